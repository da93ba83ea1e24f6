"""The golden articles of a pack: what its sample days read like, kept word for word beside them.

``days/NAME.txt`` has the article of ``days/NAME.json``, a sentence a line, and below it the angles with their
scores and evidence; ``days/NAME.WAY.txt`` has the same day in another way: of a style, or of a length. A rule that
changes one of them shows here, with the places in the rule files that the changed words come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import wrapgen
from wrapgen.article import Article
from wrapgen.explain import numbered
from wrapgen.rulepack.hashing import rule_files
from wrapgen.rulepack.kinds import LENGTHS
from wrapgen.rulepack.pack import RulePack
from wrapgen.trials.days import DAYS, Day
from wrapgen.trials.words import Run, marked, pairs, word_diff

_LINE = "--"
_MOST_PLACES = 6
_NAMES = ("reference/", "styles/", "events/topics", "lexicon/nouns")
_VERBS = ("lexicon/moves", "lexicon/verbs")


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of a golden article that reads otherwise now; one of ``old`` and ``new`` may be empty.

    ``problem`` says why there is none now, where it cannot be written.
    ``day`` is the name of the article's file: that of the day, and behind a stop the way, if it has one.
    ``places`` are ``file.yaml:line name``: the rules of the sentence, and the entries that have the changed words.
    """

    day: str
    line: int
    old: str
    new: str
    places: tuple[str, ...]
    problem: str = ""

    @property
    def runs(self) -> tuple[Run, ...]:
        return word_diff(self.old, self.new)

    def to_dict(self) -> dict[str, Any]:
        told = {"day": self.day, "line": self.line, "old": self.old, "new": self.new, "places": list(self.places)}
        return told | ({"problem": self.problem} if self.problem else {})

    def render(self) -> str:
        if self.problem:
            lines = [f"{DAYS}/{self.day}.txt: cannot be written: {self.problem}"]
            return "\n".join([*lines, *(f"    from {place}" for place in self.places)])
        lines = [f"{DAYS}/{self.day}.txt:{self.line}: {marked(self.runs)}"]
        return "\n".join([*lines, *(f"    from {place}" for place in self.places)])


@dataclass(frozen=True, slots=True)
class Told:
    """A day's article as lines, each with the rules that made it."""

    lines: tuple[str, ...]
    rules: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def told(article: Article, pack: RulePack) -> Told:
    """The article a sentence a line, and its angles."""
    lines: list[tuple[str, tuple[str, ...]]] = []
    ends = {id(block.sentences[-1]) for block in article.blocks}
    for _, kind, sentence in numbered(article):
        title = {"headline": "# ", "subhead": "## "}.get(kind, "")
        lines.append((title + sentence.text, sentence.rules))
        if title or id(sentence) in ends:
            lines.append(("", ()))
    lines.append((_LINE, ()))
    rule_of = {rule.name: rule.rule for rule in pack.angles}
    for report in article.angles:
        if report["score"]:
            subjects = " ".join(f"{role} {ident}" for role, ident in report["subjects"].items() if ident)
            because = "; ".join(report["because"])
            line = f"{report['score']:.2f} {report['name']} {subjects}".rstrip() + f": {because}"
            lines.append((line, (rule_of[report["name"]],)))
    return Told(tuple(text for text, _ in lines), tuple(rules for _, rules in lines))


def golden_path(pack: RulePack, day: Day, way: str = "") -> Path:
    return pack.directory / DAYS / f"{_named(day, way)}.txt"


def ways(pack: RulePack, day: Day) -> tuple[str, ...]:
    """The styles and lengths of which a day's article is kept beside the plain one."""
    return tuple(way for way in (*pack.styles, *LENGTHS) if golden_path(pack, day, way).exists())


def _named(day: Day, way: str) -> str:
    return f"{day.name}.{way}" if way else day.name


def differences(pack: RulePack, days: Iterable[Day], accept: bool = False) -> list[Difference]:
    """Where the articles of the days are not as they are kept; ``accept`` keeps them as they are now.

    A day without a kept article has none to differ from; one whose article cannot be written is a difference, too.
    """
    found: list[Difference] = []
    for day in days:
        plain = golden_path(pack, day).exists() or accept
        as_kept = True
        for way in (*(("",) if plain else ()), *ways(pack, day)):
            differs = _different(pack, day, way, accept)
            if way and as_kept:
                # Where the plain article reads as it did, it is not the rule of the sentence that changed.
                differs = [replace(each, places=(*entries_of(pack, way), *each.places)) for each in differs]
            as_kept = as_kept and (bool(way) or not differs)
            found += differs
    return found


def _different(pack: RulePack, day: Day, way: str, accept: bool) -> list[Difference]:
    name, path = _named(day, way), golden_path(pack, day, way)
    kept = path.read_text("utf-8") if path.exists() else ""
    first = kept.partition("\n")[0]
    if day.snapshot is None:
        return [Difference(name, 1, first, "", (f"{DAYS}/{day.name}.json",), day.problem)]
    style, length = (way, None) if way in pack.styles else (None, way or None)
    try:
        now = told(wrapgen.write(day.snapshot, style=style, length=length, rules=pack), pack)
    except (wrapgen.ClaimError, LookupError) as error:
        return [Difference(name, 1, first, "", (), str(error))]
    if now.text == kept:
        return []
    if accept:
        path.write_text(now.text, "utf-8")
    return _compared(pack, name, kept.splitlines(), now)


def entries_of(pack: RulePack, way: str) -> tuple[str, ...]:
    """Where a style stands, or what the plans say of a length."""
    folder, key = ("styles/", "style") if way in pack.styles else ("plans/", "length")
    return tuple(
        f"{name}:{number} {way}"
        for name, path in rule_files(pack.directory)
        if name.startswith(folder)
        for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if text.lstrip(" -{").partition(",")[0] == f"{key}: {way}"
    )


def _compared(pack: RulePack, name: str, kept: Sequence[str], now: Told) -> list[Difference]:
    found: list[Difference] = []
    for before, after in pairs(kept, now.lines):
        old = kept[before] if before is not None else ""
        new = now.lines[after] if after is not None else ""
        if not (old or new):
            continue
        rules = now.rules[after] if after is not None else ()
        line = (before if before is not None else min(after or 0, len(kept))) + 1
        found.append(Difference(name, line, old, new, places(pack, old, new, rules)))
    return found


def places(pack: RulePack, old: str, new: str, rules: Sequence[str]) -> tuple[str, ...]:
    """Where a changed line may come from: names that have its changed words, its rules, the verbs that changed."""
    runs = [run.text.strip(" ,.;:") for run in word_diff(old, new) if run.kind != "same"]
    lemmas = {read[0] for run in runs for word in run.split() if (read := pack.lexicon.lemma_of(word.strip(",.")))}
    words = [run for run in runs if len(run) > 2]
    names: list[str] = []
    verbs: list[str] = []
    for name, path in rule_files(pack.directory):
        for number, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if text.startswith("#"):
                continue
            if name.startswith(_NAMES) and any(word in text for word in words):
                names.append(f"{name}:{number}")
            elif name.startswith(_VERBS) and any(_names(text, lemma) for lemma in lemmas):
                verbs.append(f"{name}:{number}")
    return (*names[:_MOST_PLACES], *rules, *verbs[:_MOST_PLACES])


def _names(text: str, lemma: str) -> bool:
    """Whether a line of the lexicon is the entry of a verb."""
    for key in ("say: ", "verb: "):
        _, _, after = text.partition(key)
        if after and after.replace(",", " ").replace("}", " ").split()[:1] == [lemma]:
            return True
    return False
