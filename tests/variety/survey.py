"""How varied the copy is over half a year of real sessions, and over ten variants of one day.

    python -m tests.variety.survey

Over 120 sessions in a row of one region, default options:

- *neighbours*: pairs of days that follow each other and share a headline, or the opening clause of the lede: its
  words up to the first comma or connective, weekday left as printed;
- *structures*: how many different ledes there are by structure: the sequence of the patterns (as the rules have
  them) that lede and satellites were said with, phrases in slots apart, with the verbs that were chosen for moves;
- *verbs*: the share of the commonest verb lemma among all moves told in bodies (of the verbs of
  ``rules/lexicon/moves.yaml``).

Over ten variants of one day: sentences of more than eight words that stand word for word in all ten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import wrapgen
from tests import prices
from tests.cases.library import CASES, SEEDS, article, snapshot
from wrapgen.article import Article
from wrapgen.batch.openings import first_clause
from wrapgen.clause import Bound
from wrapgen.engine import _choose, _plan_rule, _scene
from wrapgen.facts.book import derive
from wrapgen.intake.snapshot import Snapshot
from wrapgen.plan.document import plan
from wrapgen.plan.types import Document
from wrapgen.rulepack.pack import RulePack
from wrapgen.wording.discourse import Discourse, Draft
from wrapgen.wording.style import DEFAULT_STYLE
from wrapgen.wording.writer import Writer

SESSIONS = 120
VARIANTS = range(10)
LONG_SENTENCE = 8  # words; a longer one is held against its neighbours
# Ten cases of all kinds of region beside the seeds.
DAYS = (*SEEDS, *list(CASES)[::3][:10])


class Session(NamedTuple):
    """One real session: its article, the structure of its lede, the verbs of moves in its body."""

    label: str
    headline: str
    lede: str
    structure: tuple[str, ...]
    verbs: tuple[str, ...]


def _parts(bound: Bound) -> Iterator[str]:
    yield f"{bound.pattern.rule.split()[-1]}:{bound.pattern.source}"
    yield from bound.verbs


def structure(document: Document, writer: Writer) -> tuple[str, ...]:
    """The patterns of the lede and its satellites with their chosen verbs."""
    bounds = writer._bounds(document.lede, "lede", Draft(Discourse()))
    return tuple(part for bound in bounds for part in _parts(bound))


def _document(read: Snapshot, rules: RulePack) -> tuple[Document, Writer]:
    book = derive(read, rules.areas, rules.topics)
    first, second, _ = _choose(book, rules, None)
    rule = _plan_rule(rules, book)
    scene = _scene(book, rules, rules.styles[DEFAULT_STYLE], 0, rule.lengths["standard"])
    return plan(book, first, second, rule, "standard"), Writer(scene, rules.realiser)


def body_verbs(document: Document, writer: Writer) -> tuple[str, ...]:
    """The lemmas of every move told in a body, in order."""
    found: list[str] = []
    realise = writer.realiser.realise

    def spy(bounds: Sequence[Bound], *house: Any) -> object:
        found.extend(lemma for bound in bounds for lemma in _all_verbs(bound))
        return realise(bounds, *house)

    writer.realiser = _Spy(writer.realiser, spy)  # type: ignore[assignment]
    writer.write(document)
    return tuple(found)


def _all_verbs(bound: Bound) -> Iterator[str]:
    yield from bound.verbs
    for value in bound.values:
        if isinstance(value, Bound):
            yield from _all_verbs(value)


class _Spy:
    """The realiser, with a look at what it is handed."""

    def __init__(self, realiser: object, realise: object) -> None:
        self._realiser, self.realise = realiser, realise

    def __getattr__(self, name: str) -> object:
        return getattr(self._realiser, name)


@cache
def sessions(region: str) -> tuple[Session, ...]:
    """The last 120 sessions in a row of a region."""
    rules = wrapgen.load_rules()
    made: list[Session] = []
    for day in prices.days():
        if day.region != region or day.snapshot is None:
            continue
        try:
            read = wrapgen.read_snapshot(day.snapshot, rules.reference)
        except wrapgen.SnapshotError:
            continue
        written: Article = wrapgen.write(read, rules=rules, check=False)
        document, writer = _document(read, rules)
        made.append(
            Session(
                f"{region} {day.date:%Y-%m-%d}",
                written.headline.text,
                written.blocks[0].text,
                structure(document, writer),
                body_verbs(document, writer),
            )
        )
    return tuple(made[-SESSIONS:])


def alike(region: str) -> list[str]:
    """Neighbouring days that share a headline or an opening clause."""
    days = sessions(region)
    return [
        f"{b.label}: {what!r}"
        for a, b in zip(days, days[1:], strict=False)
        for same, what in (
            (a.headline == b.headline, b.headline),
            (first_clause(a.lede) == first_clause(b.lede), first_clause(b.lede)),
        )
        if same
    ]


def structures(region: str) -> Counter[tuple[str, ...]]:
    return Counter(session.structure for session in sessions(region))


def shares(region: str) -> list[tuple[str, float]]:
    """Verb lemmas of moves in bodies, without their particles, each with its share; the commonest first."""
    verbs = [verb.split()[0] if verb.split()[0] != "be" else verb for s in sessions(region) for verb in s.verbs]
    return [(verb, count / len(verbs)) for verb, count in Counter(verbs).most_common()]


def in_all_ten(name: str) -> list[str]:
    """Sentences of more than eight words that all ten variants of a day have word for word."""
    bodies = [{s.text for b in article(name, v).blocks for s in b.sentences} for v in VARIANTS]
    common = set.intersection(*bodies)
    return [s.text for b in article(name).blocks for s in b.sentences if s.text in common and len(s.text.split()) > 8]


def main() -> None:
    for region in prices.REGIONS:
        found, counts = alike(region), structures(region)
        print(f"{region}: {len(sessions(region))} sessions, {len(found)} neighbours alike, {len(counts)} structures")
        print("  most used:", [count for _, count in counts.most_common(5)])
        print("  verbs:", ", ".join(f"{verb} {share:.1%}" for verb, share in shares(region)[:8]))
        for line in found[:10]:
            print("   ", line)
    for name in DAYS:
        snapshot(name)
        same = in_all_ten(name)
        print(f"{name}: {len(same)} in all ten")
        for text in same:
            print("   ", text)


if __name__ == "__main__":
    main()
