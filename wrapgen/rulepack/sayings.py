"""The cases beside a sentence rule: given these facts it holds, and with its slots filled so it reads so.

    - rule: stock.moved.points
      for: stock.score
      when: stock.direction == 'up' and stock.has_figure and has(stock.points)
      say: ["{stock} [moved] {change}, [adding] {index_points} to {index}"]
      tests:
        - given: {stock.direction: up, stock.has_figure: true, stock.points: 21}
          with: {stock: Toyota, change: 3.2%, index_points: 21 points, index: the Nikkei}
          says: Toyota rose 3.2%, adding 21 points to the Nikkei
          but: [{stock.direction: down}, {stock.has_figure: false}, {stock.points: null}]

``says`` has a sentence for each pattern whose slots are all filled, in their order. ``[moved]`` is said as
*rise* unless ``moved`` names other verbs. A value is taken for a plural where its words say so (*tech stocks*,
*Sony and Toyota*); where they do not, ``{say: Sony, plural: true}`` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wrapgen.clause import Form, Pattern, Phrase, Slot, Tense, make_bound, words
from wrapgen.realise import Realiser
from wrapgen.rulepack.agreement import Word, agree
from wrapgen.rulepack.cases import failures
from wrapgen.rulepack.entries import Entry
from wrapgen.rulepack.errors import RuleProblem, unknown
from wrapgen.rulepack.lexicon import Lexicon
from wrapgen.rulepack.records import Field, Kind
from wrapgen.rulepack.yamlfile import Record
from wrapgen.text import plain

SAYING = Kind(
    "case",
    (
        Field("given", "anything", says="facts by name; the others are missing"),
        Field("holds", "flag", default=True, says="whether the condition holds"),
        Field("with", "anything", says="what fills the slots, by name as in the braces"),
        Field("moved", "texts", says="the verb of each [moved]; rise where it is not given"),
        Field("says", "texts", says="the sentence of each pattern whose slots are filled"),
        Field("also", "anything", says="changes of what is given: with each, the rule still holds"),
        Field("but", "anything", says="changes of what is given: with each, the rule does not hold"),
    ),
    key="",
)

_USUAL = "rise"


def entry_failures(entry: Entry, lexicon: Lexicon, realiser: Realiser) -> list[RuleProblem]:
    """The cases of an entry that cannot be read or are not met, each with its line."""
    found: list[RuleProblem] = []
    for case in entry.tests:
        if entry.when is not None:
            found += failures(entry.when, (case,), entry.file)
        elif case["given"] or case["also"] or case["but"] or not case["holds"]:
            message = "this rule has no condition: a case of it gives no facts"
            found.append(RuleProblem(entry.file, case.line, message))
        if case["with"] is not None and not case["says"]:
            message = "slots are filled, and no sentence says what becomes of them: says is missing"
            found.append(RuleProblem(entry.file, case.line_of("with"), message))
        elif case["says"]:
            found += _Reading(entry, case, lexicon, realiser).problems()
    return found


def unsaid(entry: Entry) -> Iterator[tuple[int, Pattern]]:
    """The patterns that no case says, with their lines."""
    filled = [frozenset(case["with"]) if isinstance(case["with"], Record) else frozenset() for case in entry.tests]
    filled = [names for names, case in zip(filled, entry.tests, strict=True) if case["says"]]
    for line, pattern in zip(entry.lines, entry.patterns, strict=True):
        if not any(_named(pattern) <= names for names in filled):
            yield line, pattern


def say(pattern: Pattern, values: Mapping[str, Phrase], moved: Sequence[str], present: bool, realiser: Realiser) -> str:
    """The pattern as a reader would meet it, without capital and stop: what ``says`` is compared with."""
    verbs = tuple((moved or (_USUAL,))[min(n, len(moved) - 1) if moved else 0] for n in range(pattern.choices))
    filled = tuple(values[name_of(slot)] for slot in pattern.slots)
    tense = Tense.PRESENT if present else Tense.PAST
    return plain(realiser.fragment([make_bound(pattern, filled, verbs, Form.FINITE, tense)]))


def name_of(slot: Slot) -> str:
    """A slot as it stands between the braces."""
    return f"{slot.name}:{slot.form}" if slot.form else slot.name


def is_plural(text: str, lexicon: Lexicon) -> bool:
    """Whether a value is a plural, as far as its words say so."""
    found = agree([Word(word, 0) for word in text.split()], lexicon, strict=False)
    return found.plural


def _named(pattern: Pattern) -> frozenset[str]:
    return frozenset(name_of(slot) for slot in pattern.slots)


class _Reading:
    """One case with ``says``, and what is wrong with it."""

    def __init__(self, entry: Entry, case: Record, lexicon: Lexicon, realiser: Realiser) -> None:
        self.entry, self.case, self.lexicon, self.realiser = entry, case, lexicon, realiser
        self.found: list[RuleProblem] = []

    def wrong(self, key: str, message: str, value: str = "") -> None:
        self.found.append(RuleProblem(self.entry.file, self.case.line_of(key), message, value))

    def problems(self) -> list[RuleProblem]:
        values, moved = self.values(), self.moved()
        if self.found:
            return self.found
        sayable = [p for p in self.entry.patterns if _named(p) <= values.keys()]
        wanted = self.case["says"]
        if len(sayable) != len(wanted):
            said = f"{_count(sayable)} of the rule on line {self.entry.line} can be said"
            self.wrong("says", f"with these slots filled {said}, but the case has {len(wanted)}")
            return self.found
        for pattern, sentence, line in zip(sayable, wanted, wanted.lines, strict=True):
            said = say(pattern, values, moved, self.entry.present, self.realiser)
            if said != sentence:
                message = f'"{pattern.source}" says “{said}”, and the case has “{sentence}”'
                self.found.append(RuleProblem(self.entry.file, line, message))
        return self.found

    def values(self) -> dict[str, Phrase]:
        given = self.case["with"]
        if given is None:
            return {}
        if not isinstance(given, Record):
            self.wrong("with", "with must give a text for each slot by its name")
            return {}
        slots = sorted({name for pattern in self.entry.patterns for name in _named(pattern)})
        values: dict[str, Phrase] = {}
        for name, value in given.items():
            if name not in slots:
                line = given.line_of(name)
                self.found.append(unknown(self.entry.file, line, "a slot that no pattern here has", name, slots))
                continue
            plural = value.get("plural") if isinstance(value, Record) else None
            text = value.get("say") if isinstance(value, Record) else value
            if isinstance(text, int | float) and not isinstance(text, bool):
                text = f"{text:g}"
            if not isinstance(text, str) or not isinstance(plural, bool | None):
                self.wrong("with", "a slot is filled with a text, or {say: a text, plural: true}, not", str(value))
                continue
            values[name] = words(text, plural=is_plural(text, self.lexicon) if plural is None else plural)
        return values

    def moved(self) -> tuple[str, ...]:
        verbs: tuple[str, ...] = self.case["moved"]
        for verb in verbs:
            if verb not in self.lexicon.by_say:
                line = self.case.line_of("moved")
                known = sorted(self.lexicon.by_say)
                self.found.append(unknown(self.entry.file, line, "no verb of a move", verb, known))
        return verbs


def _count(patterns: Sequence[Pattern]) -> str:
    return "1 pattern" if len(patterns) == 1 else f"{len(patterns)} patterns"
