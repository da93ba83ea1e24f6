"""The whole engine in one call: facts, angles, plan, wording, realisation, text tree."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from wrapgen import check as checker
from wrapgen import house as house_desk
from wrapgen.about import describe
from wrapgen.angles import rank as angles
from wrapgen.angles.types import Angle
from wrapgen.angles.unmet import unmet
from wrapgen.angles.whatif import explained
from wrapgen.article import Article, collect_mentions
from wrapgen.check.proofreader import Proofreader
from wrapgen.check.types import Claim
from wrapgen.coverage import left_out, told_in
from wrapgen.errors import ClaimError, OptionError
from wrapgen.facts.book import derive
from wrapgen.facts.types import FactBook
from wrapgen.house.types import Departure
from wrapgen.intake.snapshot import Snapshot
from wrapgen.plan.document import plan
from wrapgen.plan.types import Document
from wrapgen.rulepack.kinds import LENGTHS, Length, PlanRule
from wrapgen.rulepack.pack import RulePack, load_rules
from wrapgen.steps import Steps, finished
from wrapgen.version import __version__
from wrapgen.wording.fitting import written
from wrapgen.wording.scene import Scene
from wrapgen.wording.style import DEFAULT_STYLE, Style
from wrapgen.wording.writer import Writer

if TYPE_CHECKING:
    from wrapgen.wording.tracing import Choice


def write(
    snapshot: Snapshot,
    *,
    style: str | None = None,
    angle: str | None = None,
    variant: int = 0,
    length: str | None = None,
    rules: RulePack | None = None,
    check: bool = True,
) -> Article:
    """Write a market wrap.

    ``angle`` forces a story; ``variant`` asks for another wording of the same facts; ``length`` is that of the
    style where it is not given. Raises OptionError
    for an unknown option, or an angle that the data do not support. The finished text is read again and
    held against the snapshot: raises ClaimError where a claim of it is contradicted or unsupported.
    ``check=False`` leaves that to the caller, for measurements and for those who look for such claims.
    """
    return finished(writing(snapshot, rules or load_rules(), style, angle, variant, length, check))


def writing(
    snapshot: Snapshot,
    pack: RulePack,
    style: str | None = None,
    angle: str | None = None,
    variant: int = 0,
    length: str | None = None,
    check: bool = True,
) -> Steps[Article]:
    """`write`, with a pause behind each stage; see `wrapgen.steps`."""
    book, house, primary, counterpoint, ranked, document, length, room = _planned(snapshot, pack, style, angle, length)
    yield
    writer = Writer(_scene(book, pack, house, variant, room), pack.realiser)
    headline, blocks = written(writer, document, room)
    yield
    told = told_in(headline, blocks)
    article = Article(
        id=_identity(snapshot, pack, house.name, angle, variant, length),
        headline=headline,
        blocks=blocks,
        about=describe(book, told, primary.score, pack.reference, pack.newscodes),
        angle=primary.to_dict(),
        counterpoint=counterpoint.to_dict() if counterpoint is not None else None,
        angles=tuple([a.to_dict() for a in ranked]),
        mentions=collect_mentions(headline, blocks, book.markets.keys()),
        warnings=snapshot.warnings + book.warnings + left_out(book, told),
        gates=tuple([gate.to_dict() for gate in snapshot.gates]),
        provenance={
            "engine": __version__,
            "rules": pack.hash,
            "style": house.name,
            "variant": variant,
            "length": length,
        },
    )
    if not check:
        return article
    yield
    return _checked(article, snapshot, pack)


def choices(
    snapshot: Snapshot,
    *,
    style: str | None = None,
    angle: str | None = None,
    variant: int = 0,
    length: str | None = None,
    rules: RulePack | None = None,
) -> dict[str, tuple[Choice, ...]]:
    """What each sentence of the article that `write` makes could have said and did not, and why, by its text."""
    from wrapgen.wording.tracing import TracingWriter

    pack = rules or load_rules()
    made = _planned(snapshot, pack, style, angle, length)
    writer = TracingWriter(_scene(made.book, pack, made.house, variant, made.room), pack.realiser)
    written(writer, made.document, made.room)
    return writer.choices


def openings(
    snapshot: Snapshot,
    variants: Iterable[int],
    *,
    style: str | None = None,
    length: str | None = None,
    rules: RulePack | None = None,
) -> list[tuple[str, str]]:
    """Headline and lede of each of ``variants``, as `write` makes them, without the cost of the rest."""
    pack = rules or load_rules()
    made = _planned(snapshot, pack, style, None, length)
    document = made.document._replace(paragraphs=())
    found = []
    for variant in variants:
        scene = _scene(made.book, pack, made.house, variant, made.room)
        headline, blocks = Writer(scene, pack.realiser).write(document)
        found.append((headline.text, blocks[0].text))
    return found


def _checked(article: Article, snapshot: Snapshot, pack: RulePack) -> Article:
    """The article with what the claim checker found in its words. Nothing that is not so leaves the building."""
    claims = verify(article.render("text"), snapshot, pack)
    false = [claim for claim in claims if claim.status in ("contradicted", "unsupported")]
    if false:
        raise ClaimError(false)
    supported = sum([claim.status == "supported" for claim in claims])
    issues = [claim.to_dict() for claim in claims if claim.status != "supported"]
    return replace(article, checks={"claims": len(claims), "supported": supported, "issues": issues})


def verify(text: str, snapshot: Snapshot, rules: RulePack | None = None) -> list[Claim]:
    """Every claim of ``text``, whoever wrote it, held against ``snapshot``; see `wrapgen.check`.

    ``rules`` gives the words that are understood; without it those that ship with wrapgen.
    """
    return checker.verify(text, snapshot, (rules or load_rules()).language)


def proofreader(snapshot: Snapshot, rules: RulePack | None = None) -> Proofreader:
    """For an editor that checks a text at every change: its ``verify(text)`` answers as `verify` does, only sooner.

    What was found in a sentence is kept until something that it hangs on changes. Make one for a snapshot and a rule
    pack and keep it as long as they are edited; it is not for two threads at once.
    """
    return Proofreader(snapshot, (rules or load_rules()).language)


def lint(text: str, style: str | None = None, rules: RulePack | None = None) -> tuple[Departure, ...]:
    """Where a finished text, whoever wrote it, departs from a house style; see `wrapgen.house`.

    Raises OptionError for an unknown style.
    """
    pack = rules or load_rules()
    return house_desk.lint(text, _style(pack, style), pack.lexicon, pack.reference)


def rank_angles(snapshot: Snapshot, rules: RulePack | None = None) -> tuple[Angle, ...]:
    """Every angle, best first, with evidence, margins and which two an article would carry.

    The note of the runner-up says what would have made it win.
    """
    pack = rules or load_rules()
    book = derive(snapshot, pack.areas, pack.topics)
    ranked = angles.choose(book, angles.rank(book, pack.angles))[2]
    return explained(book, ranked, pack.angles)


@dataclass(frozen=True, slots=True)
class DerivedFact:
    """One derived fact, for people: what it is, its value, and where it came from."""

    name: str
    value: Any
    unit: str
    operation: str
    sources: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "operation": self.operation,
            "from": list(self.sources),
        }


def derive_facts(snapshot: Snapshot, rules: RulePack | None = None) -> tuple[DerivedFact, ...]:
    """The derived facts with their sources, as ``wrapgen facts`` prints them."""
    from wrapgen.facts.listing import list_facts

    pack = rules or load_rules()
    return tuple(DerivedFact(*row) for row in list_facts(derive(snapshot, pack.areas, pack.topics)))


def _choose(book: FactBook, pack: RulePack, forced: str | None) -> tuple[Angle, Angle | None, tuple[Angle, ...]]:
    ranked = angles.rank(book, pack.angles)
    if forced is not None:
        found = next((a for a in ranked if a.name == forced), None)
        if found is None:
            raise OptionError.unknown("angle", forced, [a.name for a in ranked])
        if not found.supported:
            rule = next(r for r in pack.angles if r.name == forced)
            raise OptionError(
                "angle",
                f"the data do not support {forced!r}: it needs {rule.when.text}; {unmet(rule, book)}",
                [a.name for a in ranked if a.supported],
            )
    return angles.choose(book, ranked, forced)


class _Planned(NamedTuple):
    """All that is settled before a word is chosen. ``room`` is what ``length`` means for this kind of day."""

    book: FactBook
    house: Style
    primary: Angle
    counterpoint: Angle | None
    ranked: tuple[Angle, ...]
    document: Document
    length: str
    room: Length


def _planned(snapshot: Snapshot, pack: RulePack, style: str | None, angle: str | None, length: str | None) -> _Planned:
    """Facts, angles and plan. The length is that of the style where none is asked for. Raises OptionError."""
    house = _style(pack, style)
    length = length or house.length
    if length not in LENGTHS:
        raise OptionError.unknown("length", length, LENGTHS)
    book = derive(snapshot, pack.areas, pack.topics)
    primary, counterpoint, ranked = _choose(book, pack, angle)
    rule = replace(_plan_rule(pack, book), first=house.first)
    document = plan(book, primary, counterpoint, rule, length)
    return _Planned(book, house, primary, counterpoint, ranked, document, length, rule.lengths[length])


def _style(pack: RulePack, name: str | None) -> Style:
    wanted = name or DEFAULT_STYLE
    if wanted not in pack.styles:
        raise OptionError.unknown("style", wanted, sorted(pack.styles))
    return pack.styles[wanted]


def _plan_rule(pack: RulePack, book: FactBook) -> PlanRule:
    return next(p for p in pack.plans.values() if book.region.layout in p.layouts)


def _scene(book: FactBook, pack: RulePack, style: Style, variant: int, length: Length) -> Scene:
    if isinstance(variant, bool) or not isinstance(variant, int) or variant < 0:
        raise OptionError("variant", f"{variant!r} is not a number from 0 up")
    region = pack.reference.region(book.snapshot.region)
    assert region is not None  # intake refuses an unknown region
    return Scene(
        book=book,
        rules=pack,
        style=style,
        places=pack.reference.places,
        region=region,
        events={e.id: e for e in book.snapshot.events},
        variant=variant,
        names=_names(book),
        levels=_prints_levels(book, style, length),
        full=length.full,
        day=_business_day(book.snapshot.date),
    )


def _prints_levels(book: FactBook, style: Style, length: Length) -> bool:
    """Levels stand beside the percent where the house always prints them, on single markets, on days with
    little else to tell, and where the length is to tell all."""
    if style.levels != "sparse":
        return style.levels == "always"
    if length.full:
        return True
    return book.region.layout in ("country", "us") or len(book.stocks) + len(book.sectors) < 4


def _names(book: FactBook) -> tuple[tuple[str, str], ...]:
    """Names under which the sender's phrases may speak of a company or an index of the snapshot."""
    found = {name: s.id for s in book.stocks.values() for name in (s.stock.name, s.stock.short_name)}
    found.update(
        {
            name: m.id
            for m in book.markets.values()
            if m.kind == "index"
            for name in (m.market.name, m.market.short_name)
        }
    )
    return tuple(found.items())


def _business_day(date: dt.date) -> int:
    """A running number of weekdays, so that Friday and Monday are neighbours."""
    week, weekday = divmod(date.toordinal() - 1, 7)
    return week * 5 + min(weekday, 4)


def _identity(snapshot: Snapshot, pack: RulePack, style: str, angle: str | None, variant: int, length: str) -> str:
    """Stable for the same snapshot, options, rules and engine."""
    key = "\n".join((snapshot.content_hash, pack.hash, __version__, style, angle or "", str(variant), length))
    return hashlib.sha256(key.encode()).hexdigest()[:32]
