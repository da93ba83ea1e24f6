"""The house style: what a newsroom decides once and for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DEFAULT_STYLE = "house"
HowOften = Literal["never", "sparse", "always"]


@dataclass(frozen=True, slots=True, eq=False)  # what is kept by style is looked up a dozen times an article
class Style:
    """One entry of ``rules/styles``. See that file for what each key does to the copy."""

    name: str
    says: str
    length: str = "standard"
    percent: str = "%"
    percent_joined: bool = True
    decimals: int = 1
    headline_decimals: int = 0
    magnitudes: str = "words"
    numbers_as_words_below: int = 10
    levels: HowOften = "sparse"
    points: HowOften = "sparse"
    apostrophe: str = "’"
    us: str = "U.S."
    uk: str = "U.K."
    spellings: tuple[tuple[str, str], ...] = ()
    tickers: bool = True
    first_name: str = "full"
    later_name: str = "short"
    the_company: bool = True
    the_index: bool = True
    day_first: bool = False
    short_months: bool = False
    headline_case: str = "title"
    barred_verbs: tuple[str, ...] = ()
    paragraph_sentences: int = 0
    paragraph_words: int = 0
    first: tuple[str, ...] = ()
    correction: str = "Correction: An earlier version of this article gave {what} as {old}; it is {new}."


def prints_in_full(style: Style) -> bool:
    """Whether every score carries points or level, where they were sent."""
    return "always" in (style.levels, style.points)
