"""Figures as the house prints them. Each function returns text only; the caller attaches the fact."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from wrapgen.intake.reference import CurrencyRef
from wrapgen.wording.style import Style

Currencies = Mapping[str, CurrencyRef]

# Round amounts in words, and in letters where the house has them so.
MAGNITUDES: Final = {"million": "m", "billion": "bn", "trillion": "tn"}
_WORDS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_ORDINALS: Final = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip


@lru_cache(maxsize=4096)
def decimals_sent(value: float) -> int:
    """How many decimals a figure was sent with; ``1.0`` counts as none, JSON keeps no trailing zero."""
    text = repr(float(value))
    if "e" in text:
        return 2
    fraction = text.partition(".")[2]
    return 0 if fraction == "0" else len(fraction)


@lru_cache(maxsize=4096)
def rounded(value: float, decimals: int) -> str:
    """Half-up rounding of the decimal figure that was sent, without trailing zeros."""
    quantum = Decimal(1).scaleb(-decimals)
    figure = Decimal(repr(float(value))).copy_abs().quantize(quantum, rounding=ROUND_HALF_UP)
    text = f"{figure:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=4096)
def fixed(value: float, decimals: int) -> str:
    """As ``rounded`` but with exactly so many decimals and thousands separators (levels, points)."""
    figure = Decimal(repr(float(value))).copy_abs().quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{figure:,f}"


def count_words(number: int, below: int = 10) -> str:
    """Small whole numbers in words, as the house style sets."""
    return _WORDS[number] if 0 <= number < min(below, len(_WORDS)) else f"{number:,}"


def recounted(word: str, below: int = 10) -> str:
    """A sender's small number or ordinal, in figures or words, as the house has it; any other word as it is."""
    number = number_of(word)
    if number is None or number < 2:
        return word
    counts = word.isdigit() or word.lower() in _WORDS
    return count_words(number, below) if counts else ordinal(number, below) if number > 2 else word


def number_of(word: str) -> int | None:
    """The whole number of a small number or ordinal, in figures or words; None for any other word."""
    lower = word.lower()
    if word.isdigit():
        return int(word)
    if word[:-2].isdigit() and word == ordinal(int(word[:-2]), 0):
        return int(word[:-2])
    return next((names.index(lower) for names in (_WORDS, _ORDINALS) if lower in names), None)


def ordinal(number: int, below: int = 10) -> str:
    """``fifth``, ``12th``; in words as far as the numbers are."""
    if number < min(below, len(_ORDINALS)):
        return _ORDINALS[number]
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def with_percent(style: Style, figure: str) -> str:
    """``1.2%``, or ``1.2 per cent`` where the house writes it so."""
    return f"{figure}{style.percent}" if style.percent_joined else f"{figure} {style.percent}"


def with_magnitude(style: Style, figure: str, word: str) -> str:
    """``31.2 million``, or ``31.2m`` where the house writes letters."""
    return f"{figure} {word}" if style.magnitudes == "words" else f"{figure}{MAGNITUDES[word]}"


def magnitude(amount: float, style: Style) -> str:
    """``31.2 million``, ``48,654``, ``1.5 trillion``: round sizes get words or letters, exact counts stay exact."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(amount) >= size:
            return with_magnitude(style, rounded(amount / size, 2), word)
    return rounded(amount, 2)


def exact_money(amount: float, places: int, currency: str, known: Currencies) -> str:
    """A price to the last digit sent: ``$189.20``, ``71,300 won``, and ``712.50 EGP`` where there is no word."""
    said = known.get(currency)
    return _counted(fixed(amount, places), currency, said, said is not None and said.symbol is not None)


def money(amount: float, currency: str, style: Style, known: Currencies) -> str:
    """An amount in the house's way: ``$5.8 billion``, ``270 billion yen``."""
    said = known.get(currency)
    signed = said is not None and said.symbol is not None and (said.word is None or abs(amount) < 1e6)
    return _counted(magnitude(amount, style), currency, said, signed)


def _counted(text: str, currency: str, said: CurrencyRef | None, signed: bool) -> str:
    if said is None:
        return f"{text} {currency}"
    return f"{said.symbol}{text}" if signed else f"{text} {said.word}"
