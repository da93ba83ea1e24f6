"""The house style: what a newsroom decides once and for all."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_STYLE = "house"


@dataclass(frozen=True, slots=True)
class Style:
    """One entry of ``rules/styles``. See that file for what each key does to the copy."""

    name: str
    says: str
    percent: str = "%"
    percent_joined: bool = True
    apostrophe: str = "’"
    decimals: int = 1
    headline_decimals: int = 0
    us: str = "U.S."
    uk: str = "U.K."
    tickers: bool = True
    levels: str = "sparse"
    numbers_as_words_below: int = 10
    barred_verbs: tuple[str, ...] = ()
    day_first: bool = False
