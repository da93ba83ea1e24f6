"""What is known of a word whatever the snapshot: looked up once, then kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wrapgen.check.lex import Figure, figure
from wrapgen.check.money import named
from wrapgen.check.names import Name, Names, Trie
from wrapgen.check.words import SILENT, Entry, Phrase, Vocabulary, stem

_NO_NAMES = Names(None, {})
_MOST_WORDS = 50_000
_COMMAS = frozenset(',;:()—–"“”‘[]…')
_STOPS = frozenset(".!?")
_CARDINALS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
NUMBERS = {word: number for number, word in enumerate(_CARDINALS)}
ORDINALS = {word: number for number, word in enumerate(_ORDINALS, 1)}
for _n in range(1, 100):
    _suffix = "th" if 10 <= _n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(_n % 10, "th")
    ORDINALS[f"{_n}{_suffix}"] = _n
del _n, _suffix


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The names and phrases that begin with a word, what it is itself, its stem.

    ``role``, ``sense`` and ``figure`` are what it leaves in a sentence where it is no part of a name or phrase:
    nothing where ``role`` is empty. ``key`` is the stem by which an event may then have it, "" for figures and marks.
    """

    alone: Name | None
    longer: Mapping[str, tuple[Name | Phrase, ...]]
    """By the word behind it, longest first, and of two that are as long the name first."""
    entry: Entry | None
    stem: str
    role: str
    sense: str
    figure: Figure | None
    key: str
    same: tuple[str, ...] = ()
    """The stems of the other ways to write an ordinal: the tenth day is the 10th."""


class Words(dict[str, Known]):
    """What is known of each word, looked up once."""

    def __init__(self, vocabulary: Vocabulary, names: Trie, units: Mapping[str, str] | None = None) -> None:
        """``units`` are codes and words of currencies (`money_units`): 712.50 EGP, 20 tenge."""
        super().__init__()
        self.vocabulary = vocabulary
        self.names = names
        self.units = units or {}

    def __missing__(self, word: str) -> Known:
        if len(self) > _MOST_WORDS:
            self.clear()  # texts come from anywhere; what was kept is only for speed
        vocabulary = self.vocabulary
        names, phrases = self.names.get(word, _NO_NAMES), vocabulary.phrases.get(word, {})
        entry = vocabulary.single.get(word)
        longer: dict[str, tuple[Name | Phrase, ...]] = {
            behind: tuple(sorted((*names.longer.get(behind, ()), *phrases.get(behind, ())), key=_by_size))
            for behind in (*names.longer, *phrases)
        }
        stemmed = stem(word, vocabulary.stems)
        role, sense, shown = _by_itself(word, entry)
        if role == "unknown" and named(word, self.units):
            role, sense = "unit", "currency"
        key = "" if role == "comma" or (role == "figure" and not sense) else stemmed
        number = ORDINALS.get(word, -1)
        same = tuple(stem(o, vocabulary.stems) for o, n in ORDINALS.items() if n == number and o != word)
        known = Known(names.alone, longer, entry, stemmed, role, sense, shown, key, same)
        self[word] = known
        return known


def _by_size(each: Name | Phrase) -> int:
    return -each.size


def _by_itself(word: str, entry: Entry | None) -> tuple[str, str, Figure | None]:
    """The role, sense and figure of a word: as the vocabulary has it, else as it is written."""
    if entry is not None:
        return ("" if entry.role in SILENT else entry.role), entry.sense, None
    if word in _STOPS or word[0] == "\n":
        return "stop", "", None
    if word in _COMMAS:
        return "comma", word, None
    shown = figure(word)
    if shown is not None:
        return "figure", "", shown
    if word in NUMBERS:
        return "figure", "word", Figure(float(NUMBERS[word]), 0, 0, "", False)
    if word in ORDINALS:
        return "ordinal", "", Figure(float(ORDINALS[word]), 0, 0, "", False)
    return ("unknown" if word[0].isalnum() else ""), "", None
