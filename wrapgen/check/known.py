"""What is known of a word whatever the snapshot: looked up once, then kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from wrapgen.check.lex import Figure, figure
from wrapgen.check.money import named
from wrapgen.check.names import Name, Names, Trie
from wrapgen.check.words import SILENT, Entry, Phrase, Vocabulary, stem

_NO_NAMES: Final = Names(None, {})
_MOST_WORDS: Final = 50_000
_COMMAS: Final = frozenset(',;:()—–"“”‘[]…')
_STOPS: Final = frozenset(".!?")
_CARDINALS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
NUMBERS: Final = {word: number for number, word in enumerate(_CARDINALS)}
ORDINALS: Final = {word: number for number, word in enumerate(_ORDINALS, 1)}
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
    longer: dict[str, tuple[Name | Phrase, ...]]
    """By the word behind it, longest first, and of two that are as long the name first."""
    entry: Entry | None
    stem: str
    role: str
    sense: str
    figure: Figure | None
    key: str
    lists: tuple[int, ...]
    """The lists of ``events.yaml`` that have the stem, by their numbers in `Words`."""
    same: tuple[str, ...] = ()
    """The stems of the other ways to write an ordinal: the tenth day is the 10th."""


class Words:
    """What is known of each word, looked up once."""

    def __init__(self, vocabulary: Vocabulary, names: Trie, units: dict[str, str] | None = None) -> None:
        """``units`` are codes and words of currencies (`money_units`): 712.50 EGP, 20 tenge."""
        self.vocabulary = vocabulary
        self.names = names
        self.units = units or {}
        self.lists: dict[frozenset[str], int] = {}
        """The lists of ``events.yaml``, as stems, numbered."""
        for kind in vocabulary.events.values():
            for stems in (kind.always, *(stems for values in kind.known.values() for _, stems in values)):
                self.lists.setdefault(stems, len(self.lists))
        self._known: dict[str, Known] = {}

    def __getitem__(self, word: str) -> Known:
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _MOST_WORDS:
                self._known.clear()  # texts come from anywhere; what was kept is only for speed
            known = self._known[word] = self._looked_up(word)
        return known

    def _looked_up(self, word: str) -> Known:
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
        lists = tuple(number for stems, number in self.lists.items() if stemmed in stems)
        same = tuple(stem(o, vocabulary.stems) for o, n in ORDINALS.items() if n == number and o != word)
        return Known(names.alone, longer, entry, stemmed, role, sense, shown, key, lists, same)


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
