"""What a verb agrees with: the head of the words and slots before it.

The head is the last noun or slot before the first preposition (*shares* in ``shares of {company}``).
Words joined by *and* are plural. A noun that the lexicon lacks is an error, never a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from wrapgen.clause import Slot, word_set
from wrapgen.errors import nearest
from wrapgen.rulepack.lexicon import Lexicon

_PREPOSITIONS = word_set(
    "of in on at for from by among with to across amid over under between after before during against "
    "behind than as including into despite outside within near around following because that which"
)
_ADVERBS = word_set(
    "also then still now only just even again later once together meanwhile already too both each all "
    "soon however overnight earlier elsewhere instead alone finally today twice ago nearly almost "
    "about"
)
_SINGULAR = word_set("it this that one each none much another something everything nothing what who")
_PLURAL = word_set("they these those most many several few some others all both two three four five")


class Word(NamedTuple):
    """One word of a pattern, punctuation and all; ``column`` counts from 1."""

    text: str
    column: int


class Agreement(NamedTuple):
    """Number of a subject: that of the value of slot ``governor``, or where it is -1, ``plural``."""

    plural: bool = False
    governor: int = -1


class UnknownNoun(ValueError):
    """The head of a subject is a word that the lexicon does not have."""

    def __init__(self, word: Word, near: str | None) -> None:
        super().__init__(f"unknown noun {word.text}")
        self.word, self.near = word, near


def is_adverb(word: str) -> bool:
    """Whether a word may stand between a subject and its verb: *also*, *broadly*."""
    return word in _ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in ("rally", "supply"))


def agree(subject: Sequence[Word | Slot], lexicon: Lexicon, strict: bool = True) -> Agreement:
    """The number of a subject. Raises UnknownNoun where ``strict``; otherwise takes it for singular."""
    plain = _without_brackets(subject)
    head = _head(plain, lexicon)
    while head and isinstance(head[-1], Word) and (not _bare(head[-1]) or is_adverb(_bare(head[-1]))):
        head.pop()
    if not head:
        return Agreement()
    if any(isinstance(part, Word) and part.text == "and" for part in head):
        return Agreement(plural=True)
    # A comma that none answers is a headline's "and": "Tokyo, Seoul [fall]".
    if len(head) < len(plain) and _commas(plain) == 1 and isinstance(plain[-1], Slot):
        return Agreement(plural=True)
    return _number(head[-1], lexicon, strict)


def antecedent(before: Sequence[Word | Slot], lexicon: Lexicon) -> Agreement:
    """The number of what *which*, *who* or *that* stands for: the nearest slot or known noun before it."""
    for part in reversed(_without_brackets(before)):
        if isinstance(part, Slot):
            return Agreement(governor=part.index)
        if lexicon.is_plural(_bare(part)) is not None or _bare(part)[:1].isupper():
            return _number(part, lexicon, strict=False)
    return Agreement()


def _number(part: Word | Slot, lexicon: Lexicon, strict: bool) -> Agreement:
    if isinstance(part, Slot):
        return Agreement(governor=part.index)
    word = _bare(part)
    plural = lexicon.is_plural(word)
    if plural is None and "-" in word:
        plural = lexicon.is_plural(word.rsplit("-", 1)[1])
    if plural is not None:
        return Agreement(plural)
    if word.lower() in _PLURAL:
        return Agreement(True)
    # A name stands for one thing, whatever it ends in; a bare number counts many.
    if word.lower() in _SINGULAR or word[:1].isupper() or not strict:
        return Agreement(False)
    if word[:1].isdigit():
        return Agreement(word != "1")
    raise UnknownNoun(part, nearest(word, lexicon.numbers))


def _head(parts: list[Word | Slot], lexicon: Lexicon) -> list[Word | Slot]:
    """The parts before the first preposition; all of them where the first is one."""
    for position, part in enumerate(parts):
        if position and isinstance(part, Word) and part.text in _PREPOSITIONS:
            before = parts[position - 1]
            if part.text == "of" and isinstance(before, Word) and _bare(before) in lexicon.collectives:
                return _head(parts[position + 1 :], lexicon)
            return parts[:position]
        # An apposition follows the head; a list goes on to its "and".
        if isinstance(part, Word) and _comma(part) and not _joins(parts[position + 1 :]):
            return parts[: position + 1]
    return list(parts)


def _comma(word: Word) -> bool:
    return word.text.startswith(",") or word.text.endswith(",")


def _commas(parts: Sequence[Word | Slot]) -> int:
    return sum(isinstance(part, Word) and _comma(part) for part in parts)


def _joins(parts: Sequence[Word | Slot]) -> bool:
    return any(isinstance(part, Word) and part.text in ("and", "or") for part in parts)


def _without_brackets(parts: Sequence[Word | Slot]) -> list[Word | Slot]:
    """``{company} ({symbol})`` without the symbol."""
    kept: list[Word | Slot] = []
    depth = 0
    for part in parts:
        opens = part.text.count("(") if isinstance(part, Word) else 0
        closes = part.text.count(")") if isinstance(part, Word) else 0
        if not depth and not opens:
            kept.append(part)
        depth = max(0, depth + opens - closes)
    return kept


def _bare(word: Word) -> str:
    return word.text.strip(",.;:()“”‘’'\"—–")
