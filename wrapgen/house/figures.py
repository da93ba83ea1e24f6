"""Figures: percent, magnitudes, small numbers, levels and points of indices, decimals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wrapgen.house.page import Block, Page, Word, word_set
from wrapgen.house.types import Departure

_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
_LETTERS = {"million": "m", "billion": "bn", "trillion": "tn"}
_WRITTEN = {"m": "million", "mn": "million", "bn": "billion", "tn": "trillion"}
# What is counted in a wrap, so that the number before it is one of those that a style has rules for.
_COUNTED = word_set(
    "session sessions day days week weeks month months quarter quarters year years decade decades market markets "
    "place places indices indexes times"
)
_RUNS = frozenset(("straight", "consecutive", "successive", "trading"))
# A term is part of a name: the 10-year Treasury note.
_TERMS = word_set("note notes bond bonds bund bunds yield yields bill bills gilt gilts government paper")
# What opens a clause of its own, with figures of its own.
_CLAUSES = word_set("after as amid while though because before following which that")
_SMALLEST_LEVEL = 200.0  # what is smaller may be any figure
_SMALLEST_COARSE = 0.3  # percent; smaller moves may be printed finer than the house's decimals
_ROUND_IN_HEADINGS = 3.0  # percent


def percent(page: Page) -> Iterator[Departure]:
    style = page.style
    for block in page.blocks:
        words = block.words
        for n, word in enumerate(words[:-1]):
            if not _is_number(word):
                continue
            size, sign = _sign(words[n + 1 : n + 3])
            if not size:
                continue
            last = words[n + size]
            if sign != style.percent or words[n + 1].spaced == style.percent_joined:
                wanted = f"{word.text}{'' if style.percent_joined else ' '}{style.percent}"
                yield _departure(page, word.start, last.end, "percent", wanted)


def _sign(words: Sequence[Word]) -> tuple[int, str]:
    """How many of the words say percent, and how it is written."""
    if words[0].lower in ("%", "percent", "pct"):
        return 1, words[0].text
    if [word.lower for word in words] == ["per", "cent"]:
        return 2, " ".join(word.text for word in words)
    return 0, ""


def _is_number(word: Word) -> bool:
    return word.figure is not None or word.lower in _NUMBERS


def magnitudes(page: Page) -> Iterator[Departure]:
    letters = page.style.magnitudes == "letters"
    for block in page.blocks:
        for figure, behind in zip(block.words, block.words[1:], strict=False):
            if figure.figure is None:
                continue
            if letters and behind.text in _LETTERS:
                yield _departure(page, figure.start, behind.end, "magnitudes", figure.text + _LETTERS[behind.text])
            elif not letters and behind.text in _WRITTEN and not behind.spaced:
                wanted = f"{figure.text} {_WRITTEN[behind.text]}"
                yield _departure(page, figure.start, behind.end, "magnitudes", wanted)


def numbers_as_words_below(page: Page) -> Iterator[Departure]:
    for block in page.blocks:
        for n, word in enumerate(block.words):
            wanted = _as_the_house_counts(word, page.style.numbers_as_words_below)
            if wanted is not None and _counts(block, n):
                yield _departure(page, word.start, word.end, "numbers_as_words_below", wanted)


def _as_the_house_counts(word: Word, below: int) -> str | None:
    """How the house writes a number that stands otherwise; None where it stands right, or is none."""
    text = word.lower
    if text.isdigit() and int(text) < min(below, len(_NUMBERS)):
        return _NUMBERS[int(text)]
    if text in _NUMBERS and _NUMBERS.index(text) >= max(below, 2):
        return str(_NUMBERS.index(text))
    if text[:-2].isdigit() and text[-2:] in ("st", "nd", "rd", "th") and int(text[:-2]) < min(below, len(_ORDINALS)):
        return _ORDINALS[int(text[:-2])]
    if text in _ORDINALS and _ORDINALS.index(text) >= max(below, 3):
        return f"{_ORDINALS.index(text)}{_ending(_ORDINALS.index(text))}"
    return None


def _ending(number: int) -> str:
    return "rd" if number == 3 else "th"


def _counts(block: Block, n: int) -> bool:
    """Whether the number counts sessions, weeks, markets: *three straight sessions*, *a six-session run*."""
    words = block.words
    if n and words[n - 1].text in ("$", "€", "£", "¥", "-", "."):
        return False
    rest = list(words[n + 1 : n + 7])
    hyphened = bool(rest) and rest[0].text == "-"
    if hyphened:
        del rest[0]
    while rest and (rest[0].lower in _RUNS or rest[0].text == "-"):
        del rest[0]
    if not rest or rest[0].lower not in _COUNTED:
        return False
    named = any(word.text[0].isupper() or word.lower in _TERMS for word in rest[1:4])
    return not (hyphened and rest[0].lower in ("year", "month", "day") and named)


def levels(page: Page) -> Iterator[Departure]:
    """An index's level, where the house prints none. That one is missing cannot be read from the text."""
    if page.style.levels != "never":
        return
    for block in page.paragraphs:
        words = block.words
        for n, word in enumerate(words):
            if word.figure is None or not n or words[n - 1].lower not in ("to", "at"):
                continue
            behind = words[n + 1].lower if n + 1 < len(words) else ""
            large = word.figure >= _SMALLEST_LEVEL  # a survey that came in at 49.8 is none
            if large and behind not in ("%", "per", "percent", *_LETTERS, *_WRITTEN) and _of_index(page, word.start):
                yield _departure(page, word.start, word.end, "levels", "no levels of indices")


def points(page: Page) -> Iterator[Departure]:
    """Points of an index where the house prints none; points behind the percent where it has them before."""
    wanted = {"never": "no points of indices", "always": "the points before the percent: 251.12 points, or 0.5%"}
    if page.style.points not in wanted:
        return
    for block in page.paragraphs:
        words = block.words
        for n, word in enumerate(words[:-1]):
            if word.figure is None or words[n + 1].lower not in ("point", "points"):
                continue
            if not _of_index(page, word.start):
                continue
            behind = n >= 2 and words[n - 1].lower == "or" and words[n - 2].text == ","
            if page.style.points == "never" or behind and words[n - 3].lower in ("%", "cent", "percent"):
                yield _departure(page, word.start, words[n + 1].end, "points", wanted[page.style.points])


def _of_index(page: Page, place: int) -> bool:
    """Whether the figure there is of an index: the market named last before it, in the same clause."""
    named = page.last_named(place)
    if named is None or named.market.kind not in ("index", "future"):
        return False
    between = page.text[named.end : place].lower().split()
    return _CLAUSES.isdisjoint(between)


def decimals(page: Page) -> Iterator[Departure]:
    """A move printed finer than the house prints one; the smallest may be."""
    style = page.style
    verbs = move_forms(page)
    for block in page.blocks:
        words = block.words
        for n, word in enumerate(words[:-1]):
            size = word.figure
            if size is None or _sign(words[n + 1 : n + 3])[0] == 0:
                continue
            places = len(word.text.partition(".")[2])
            if block.heading and size >= _ROUND_IN_HEADINGS and places > style.headline_decimals:
                wanted = f"{style.headline_decimals} decimals from 3% on"
                yield _departure(page, word.start, word.end, "headline_decimals", wanted)
            moved = any(before.lower in verbs for before in words[max(n - 3, 0) : n])
            moved = moved and words[n - 1].lower not in ("to", "at")  # a yield, a rate
            if not block.heading and moved and size >= _SMALLEST_COARSE and places > style.decimals:
                yield _departure(page, word.start, word.end, "decimals", f"{style.decimals} decimals")


def move_forms(page: Page) -> frozenset[str]:
    """Every form of the verbs by which the lexicon says moves."""
    lemmas = {move.say.split()[0] for move in page.lexicon.moves} - {"be", "remain", "hold", "tread"}
    return frozenset(form for lemma in lemmas for form in (lemma, *page.lexicon.verbs[lemma]))


def _departure(page: Page, start: int, end: int, key: str, wants: str) -> Departure:
    return Departure(start, end, key, page.text[start:end], wants)
