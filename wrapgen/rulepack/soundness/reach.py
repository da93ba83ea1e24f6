"""Conditions that cannot hold, and rules that nothing can reach."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from wrapgen.clause import Pattern
from wrapgen.rulepack import kinds
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.soundness.logic import Logic, TooMany
from wrapgen.rulepack.soundness.sayings import WORDS, Entry, entries, known_words
from wrapgen.rulepack.soundness.sheets import Sheets, Text, records_of, texts_of
from wrapgen.wording.speaker import Mover, Traits, movers_of


class Condition(NamedTuple):
    """A condition with its place."""

    file: str
    line: int
    text: str


def check_conditions(sheets: Sheets, pack: RulePack) -> None:
    """No condition is never or always true, and no part of one is idle."""
    found = list(conditions(sheets))
    logic = Logic.of([condition.text for condition in found], kinds.NAMES)
    for file, line, text in found:
        try:
            if logic.never(text):
                sheets.refuse(file, line, "this can never hold:", text)
            elif logic.always(text):
                sheets.refuse(file, line, "this always holds; leave it out:", text)
            else:
                for part in logic.idle(text):
                    sheets.refuse(file, line, "this part changes nothing:", part)
        except TooMany:
            continue


def conditions(sheets: Sheets) -> Iterator[Condition]:
    """Every condition of a sentence, of an angle, its ways and its evidence."""
    for entry in entries(sheets):
        for text in texts_of(entry.record, "when"):
            yield Condition(entry.file, text.line, text.text)
    for file in sheets.folder("angles"):
        for angle in sheets.records(file):
            for record in (angle, *records_of(angle.get("evidence"))):
                for text in texts_of(record, "when"):
                    yield Condition(file, text.line, text.text)


def check_reach(sheets: Sheets, pack: RulePack) -> None:
    """Every rule can be reached: no earlier one of its kind takes all of its messages and can say them all."""
    found = list(entries(sheets))
    logic = Logic.of([c.text for c in conditions(sheets)], kinds.NAMES)
    sayings = _sayings(pack)
    by_kind: dict[str, list[Entry]] = {}
    for entry in found:
        by_kind.setdefault(entry.kind, []).append(entry)
        _within(sheets, entry, sayings)
    for rules in by_kind.values():
        for number, later in enumerate(rules):
            if "when" not in later.record and number + 1 < len(rules):
                message = f"without a condition, and {len(rules) - 1 - number} rules of its kind come after it:"
                sheets.refuse(later.file, later.record.line, message, _name_of(later))
            for earlier in rules[:number]:
                if _covers(earlier, later, logic, sayings):
                    where = f"line {earlier.record.line}"
                    if earlier.file != later.file:
                        where += f" of {earlier.file}"
                    message = f"never said, for {where} comes before it:"
                    sheets.refuse(later.file, later.record.line, message, _name_of(later))
                    break
    for kind in kinds.MESSAGES:
        if kind not in pack.sentences:
            sheets.refuse("sentences", 0, "no rule says a message of the kind", kind)


class _Said(NamedTuple):
    """What a pattern needs: its slots, whose moves it says, its connectives, whether it can follow an apposition."""

    slots: frozenset[tuple[str, str]]
    movers: frozenset[Mover]
    links: frozenset[str]
    apart: bool
    content: frozenset[str]

    def asks_no_more(self, other: _Said) -> bool:
        """Whether it can be said wherever the other can."""
        return (
            self.slots <= other.slots
            and self.movers <= other.movers
            and self.links <= other.links
            and (self.apart or not other.apart)
        )


Sayings = dict[tuple[str, str], _Said]


def _sayings(pack: RulePack) -> Sayings:
    return {
        (pattern.rule.partition(":")[0], pattern.source): _said(pattern, pack.traits[pattern.id])
        for rules in pack.sentences.values()
        for rule in rules
        for pattern in rule.patterns
    }


def _said(pattern: Pattern, traits: Traits) -> _Said:
    return _Said(
        frozenset((slot.name, slot.form) for slot in pattern.slots),
        frozenset(movers_of(pattern)),
        traits.links,
        traits.set_off and not traits.apposition,
        frozenset(f"{slot.name}:back" if slot.form == "back" else slot.name for slot in pattern.slots),
    )


def _within(sheets: Sheets, entry: Entry, sayings: Sayings) -> None:
    """Of one entry's patterns, none stands behind one of another content that can be said wherever it can."""
    if entry.record.get("turns") is True or entry.kind.startswith("lede."):
        return  # these take turns
    before: list[tuple[Text, _Said]] = []
    for text in entry.says:
        said = sayings.get((entry.file, text.text))
        if said is None:
            continue
        for other, first in before:
            if first.content != said.content and first.asks_no_more(said):
                message = f"never said, for the pattern on line {other.line} needs less and comes before it:"
                sheets.refuse(entry.file, text.line, message, text.text)
                break
        before.append((text, said))


def _covers(earlier: Entry, later: Entry, logic: Logic, sayings: Sayings) -> bool:
    firsts = [said for text in earlier.says if (said := sayings.get((earlier.file, text.text)))]
    seconds = [said for text in later.says if (said := sayings.get((later.file, text.text)))]
    if not all(any(first.asks_no_more(second) for first in firsts) for second in seconds):
        return False
    when, other = later.record.get("when"), earlier.record.get("when")
    if other is None:
        return True
    if when is None:
        return False
    try:
        return logic.follows(str(when), str(other))
    except TooMany:
        return False


def _name_of(entry: Entry) -> str:
    return str(entry.record.get("rule", entry.kind))


def check_rule_names(sheets: Sheets, pack: RulePack) -> None:
    """A rule is named once in the whole pack, for its name is what an explanation shows, in words that are known."""
    named = [(entry, str(entry.record["rule"])) for entry in entries(sheets) if "rule" in entry.record]
    seen: dict[str, Entry] = {}
    parts = Counter(part for _, name in named for part in set(_PART.split(name)))
    known = known_words(sheets, pack)
    for entry, name in named:
        other = seen.setdefault(name, entry)
        if other is not entry:
            message = f"rule already on line {other.record.line} of {other.file}"
            sheets.refuse(entry.file, entry.record.line, message, name)
        said = " ".join((entry.kind, str(entry.record.get("when", "")), *(text.text for text in entry.says)))
        for part in _PART.split(name):
            if part not in known and parts[part] < 2 and part not in _LETTERS.findall(said):
                every = [word for word in (*parts, *known) if word != part]
                message = f"name of a rule with a word that the lexicon, {WORDS} and other rules lack:"
                sheets.unknown(entry.file, entry.record.line_of("rule"), message, part, every)


_PART, _LETTERS = re.compile(r"[._]"), re.compile(r"[a-z]+")
