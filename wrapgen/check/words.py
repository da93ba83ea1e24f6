"""The checker's vocabulary: what editors keep in ``rules/check/``, loaded once and compiled for looking up.

It is independent of the words the articles are written with, so that one mistake cannot hide another.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from wrapgen.check.lex import words_of
from wrapgen.resources import default_rules_directory
from wrapgen.rulepack.errors import RuleError, RuleProblem
from wrapgen.rulepack.records import Band, Field, Kind, check_all
from wrapgen.rulepack.yamlfile import Record, read_yaml

DIRECTIONS: Final = ("up", "down", "flat", "mixed", "flat_to_lower", "flat_to_higher", "follows")

# What a word may do, and in which senses.
ROLES: dict[str, tuple[str, ...]] = {
    "function": (),
    "news": (),
    "anaphor": ("market", "stock"),
    "cause": ("after", "as", "amid", "on", "because", "despite", "ahead", "view", "await"),
    "effect": ("lifted_by", "dragged_by", "lifts", "drags", "caps", "offsets", "points_up", "points_down"),
    "contrast": ("strong", "weak"),
    "breadth": ("most", "all", "some", "none", "elsewhere"),
    "rank": (
        *("leads", "best", "worst", "better_than_most", "only_up", "only_down", "trails", "outpaces"),
    ),
    "milestone": (
        *("highest", "lowest", "best", "worst", "biggest", "record", "high", "low", "near", "above", "below"),
        *("first_time", "since", "set"),
    ),
    "streak": ("sessions", "straight", "run", "winning", "losing", "extends", "ends"),
    "pattern": ("reversal", "rebound"),
    "path": ("pared_gains", "pared_losses", "erased_gains", "erased_losses", "off_high", "off_low"),
    "approx": ("about", "nearly", "more_than", "less_than"),
    "issues": ("up", "down", "outnumber"),
    "volume": ("turnover", "average"),
    "date": (
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "today", "previous", "tomorrow"),
    ),
    "phase": ("morning", "afternoon", "midday", "open", "close"),
    "unit": ("percent", "percentage_points", "basis_points", "week", "month", "year", "times", "cents", "currency"),
    "magnitude": ("million", "billion", "trillion"),
    "number": ("half",),
    "lookback": ("before", "month", "year", "same"),
    "closed": ("closed", "open"),
    "quality": ("good", "bad"),
    "negation": ("not",),
    "mood": ("calm",),
    "news_value": ("positive", "negative"),
}  # fmt: skip

# Roles that claim nothing by themselves.
SILENT: Final = frozenset(("function", "news"))

_VERB: Final = Kind("verb", (
    Field("verb", "text", required=True, says="the base form"),
    Field("past", "texts", says="where it is not made with -ed"),
    Field("participle", "text", says="where it differs from the past"),
    Field("present", "texts", says="where it is not made with -s"),
    Field("ing", "text", says="where it is not made with -ing"),
    Field("doubled", "flag", default=False, says="whether the last consonant is doubled"),
), key="verb")  # fmt: skip
_MOVE: Final = Kind("move", (
    Field("say", "text", required=True, says="word or phrase, its verb in brackets"),
    Field("direction", "word", required=True, allowed=DIRECTIONS),
    Field("index", "band", says="percent of an index for which the word is not false"),
    Field("stock", "band", says="the same of a stock"),
    Field("as", "word", allowed=("noun", "adjective", "adverb")),
), key="say")  # fmt: skip
_WORD: Final = Kind("word", (
    Field("role", "word", required=True, allowed=tuple(ROLES)),
    Field("sense", "text"),
    Field("say", "texts", required=True),
), key="")  # fmt: skip
_EVENT: Final = Kind("event words", (
    Field("type", "text", required=True),
    Field("key", "text"),
    Field("value", "text"),
    Field("words", "texts", required=True),
), key="")  # fmt: skip
_NAME: Final = Kind("name", (
    Field("of", "word", required=True, allowed=("market", "place", "region", "group")),
    Field("id", "text", required=True),
    Field("say", "texts", required=True),
), key="")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """What one word or phrase can mean. ``direction`` and the bands (of an index, of a stock) only for a move."""

    role: str
    sense: str
    direction: str = ""
    band: Band | None = None
    stock: Band | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase: its words from the third on, and how many it has."""

    tail: list[str]
    entry: Entry
    size: int
    capital = False


class TypeWords(NamedTuple):
    """The stems of the words that may be used of every event of a type, and of those of which more is known.

    ``known`` has them by the key of the frame, each with the value that it must have there, None for any.
    """

    always: frozenset[str]
    known: dict[str, tuple[tuple[str | None, frozenset[str]], ...]]


class Vocabulary(NamedTuple):
    """Compiled: single words, phrases by their first two words (longest first), words of events by type, names.

    The words of "any" event are among those of each type, and for a type that has none of its own.
    """

    single: dict[str, Entry]
    phrases: dict[str, dict[str, tuple[Phrase, ...]]]
    events: dict[str, TypeWords]
    names: tuple[tuple[str, str, tuple[str, ...]], ...]
    stems: dict[str, str]
    directory: Path


@functools.lru_cache(maxsize=8)
def load_vocabulary(directory: Path | str | None = None) -> Vocabulary:
    """The words of a rules directory; those that ship with wrapgen where none is named.

    Raises RuleError with every problem of every file: file, line, value, what is allowed, the nearest.
    """
    root = Path(directory) if directory is not None else default_rules_directory()
    problems: list[RuleProblem] = []
    verbs = {record["verb"]: record for record in _records(root, "verbs", _VERB, problems)}
    moves = _records(root, "moves", _MOVE, problems)
    words = _records(root, "words", _WORD, problems)
    events = _records(root, "events", _EVENT, problems)
    names = _records(root, "names", _NAME, problems)
    for record in words:
        allowed = ROLES.get(record["role"] or "", ())
        if (record["sense"] or "") not in (allowed or ("",)):
            line = record.line_of("sense")
            problems.append(
                RuleProblem(
                    "check/words.yaml", line, f"unknown sense of {record['role']}", record["sense"] or "", allowed
                )
            )
    if problems:
        raise RuleError(problems)
    entries = list(_entries(moves, words, verbs))
    single = {phrase[0]: entry for phrase, entry in entries if len(phrase) == 1}
    phrases: dict[str, dict[str, dict[tuple[str, ...], Phrase]]] = {}
    for phrase, entry in entries:
        if len(phrase) > 1:
            seconds = phrases.setdefault(phrase[0], {}).setdefault(phrase[1], {})
            seconds[phrase] = Phrase(list(phrase[2:]), entry, len(phrase))
    stems = {form: name for name in verbs for form in forms_of(name, verbs)}
    return Vocabulary(
        single=single,
        phrases={
            first: {
                second: tuple(sorted(found.values(), key=lambda phrase: -phrase.size))
                for second, found in seconds.items()
            }
            for first, seconds in phrases.items()
        },
        events={kind: _of_type(kind, events, stems) for kind in {"any", *(r["type"] for r in events)}},
        names=tuple((r["of"], r["id"], r["say"]) for r in names),
        stems=stems,
        directory=root,
    )


def _of_type(kind: str, records: Iterable[Record], stems: Mapping[str, str]) -> TypeWords:
    always: set[str] = set()
    known: dict[str, tuple[tuple[str | None, frozenset[str]], ...]] = {}
    for record in records:
        if record["type"] in ("any", kind):
            words = frozenset(stem(word, stems) for word in record["words"])
            if record["key"] is None:
                always |= words
            else:
                known[record["key"]] = (*known.get(record["key"], ()), (record["value"], words))
    return TypeWords(frozenset(always), known)


def _records(root: Path, name: str, kind: Kind, problems: list[RuleProblem]) -> tuple[Record, ...]:
    label = f"check/{name}.yaml"
    try:
        return check_all(read_yaml(root / label, label), kind, label, problems)
    except RuleError as error:
        problems.extend(error.problems)
        return ()


def _entries(
    moves: Iterable[Record], words: Iterable[Record], verbs: Mapping[str, Record]
) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Every form of every phrase; where two have the same, the one that comes later stands."""
    for record in words:
        entry = Entry(record["role"], record["sense"] or "")
        for say in record["say"]:
            for phrase in _spelled_out(say, verbs):
                yield phrase, entry
    for record in moves:
        entry = Entry(
            "move", record["direction"], record["direction"], record["index"], record["stock"], record["as"] or ""
        )
        for phrase in _spelled_out(record["say"], verbs):
            yield phrase, entry


def _spelled_out(say: str, verbs: Mapping[str, Record]) -> list[tuple[str, ...]]:
    before, bracket, rest = say.partition("[")
    if not bracket:
        return [words_of(say)]
    verb, _, after = rest.partition("]")
    return [words_of(f"{before}{form}{after}") for form in forms_of(verb, verbs)]


def forms_of(verb: str, verbs: Mapping[str, Record]) -> tuple[str, ...]:
    """Every form of a verb: climb, climbs, climbed, climbing."""
    known: Mapping[str, Any] = verbs.get(verb, {})
    final = verb + verb[-1] if known.get("doubled") else verb
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        stem_ing, ed = verb[:-1], verb + "d"
    elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
        stem_ing, ed = verb, verb[:-1] + "ied"
    else:
        stem_ing, ed = final, final + "ed"
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        s = verb + "es"
    elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
        s = verb[:-1] + "ies"
    else:
        s = verb + "s"
    past = known.get("past") or (ed,)
    forms = [verb, *(known.get("present") or (s,)), *past, known.get("ing") or stem_ing + "ing"]
    if known.get("participle"):
        forms.append(known["participle"])
    return tuple(dict.fromkeys(forms))


_ENDINGS: Final = (
    ("ies", "y"),
    ("ied", "y"),
    ("ings", ""),
    ("ing", ""),
    ("ers", ""),
    ("er", ""),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
)


def stem(word: str, irregular: Mapping[str, str]) -> str:
    """What the forms of a word have in common: sold, sells and selling are all ``sel``. Crude, for comparing only."""
    word = irregular.get(word, word)
    if len(word) > 3 and not word.endswith("ss"):
        for ending, put in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3 - len(put):
                word = word[: len(word) - len(ending)] + put
                break
    if len(word) > 4 and word.endswith("er"):  # lowered, lower, low
        word = word[:-2]
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
