"""Spans of time as senders write them, and how much a milestone weighs."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from wrapgen.facts.types import MilestoneFact
from wrapgen.intake.snapshot import Milestone
from wrapgen.values import rounded

_NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_NUMBERS = {word: number for number, word in enumerate(_NUMBER_WORDS)} | {"a": 1, "an": 1}
_UNITS = {
    "day": 1 / 30.4,
    "session": 1 / 21,
    "week": 7 / 30.4,
    "month": 1.0,
    "quarter": 3.0,
    "year": 12.0,
    "decade": 120.0,
}
_ISO = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@lru_cache(maxsize=1024)
def span_months(over: str | None) -> float | None:
    """Length in months of ``P1M``, ``three years``, ``14 months``, ``two weeks``; None if not a span."""
    if not over:
        return None
    match = _ISO.fullmatch(over)
    if match and any(match.groups()):
        years, months, weeks, days = (int(g or 0) for g in match.groups())
        return years * 12 + months + weeks * 7 / 30.4 + days / 30.4
    words = over.lower().replace("-", " ").split()
    number: float | None = None
    for word in words:
        if word.isdigit():
            number = float(word)
        elif word in _NUMBERS:
            number = float(_NUMBERS[word])
        unit = _UNITS.get(word.rstrip("s"))
        if unit is not None:
            return (number if number is not None else 1.0) * unit
    return None


def since_date(since: str | None, today: dt.date) -> dt.date | None:
    """The day meant by ``2011-03``, ``2007``, ``mid-2016``, ``December``; None if it cannot be told."""
    if not since:
        return None
    parts = since.split("-")
    try:
        if len(parts) == 3:
            return dt.date(int(parts[0]), int(parts[1]), int(parts[2]))
        if len(parts) == 2 and parts[0].isdigit():
            return dt.date(int(parts[0]), int(parts[1]), 1)
        if since.isdigit() and len(since) == 4:
            return dt.date(int(since), 7, 1)
    except ValueError:
        return None
    for word in since.replace("-", " ").split():
        if word.isdigit() and len(word) == 4:
            return dt.date(int(word), 7, 1)
    for number, month in enumerate(_MONTHS, start=1):
        if since.lower().startswith(month.lower()):
            year = today.year if number < today.month else today.year - 1
            return dt.date(year, number, 1)
    return None


def _age_months(milestone: Milestone, today: dt.date) -> float | None:
    date = since_date(milestone.since, today)
    if date is not None:
        return max(0.0, (today - date).days / 30.4)
    return span_months(milestone.over)


def weigh(kind: str, months: float | None, short_of: bool) -> float:
    """How rare a milestone is, 0 to 1: records at the top, a two-week low at the bottom."""
    if kind in ("record_high", "record_low"):
        weight = 1.0
    elif kind in ("first_above", "first_below"):
        weight = 0.55
    elif months is None:
        weight = 0.1  # a highest without a span says little
    else:
        # A month weighs 0.3, a year 0.6, three years 0.85, ten years 1.
        for low, high, base, top in (
            (0, 1, 0.1, 0.3),
            (1, 12, 0.3, 0.6),
            (12, 36, 0.6, 0.85),
            (36, 120, 0.85, 1.0),
        ):
            if months <= high:
                weight = base + (top - base) * (months - low) / (high - low)
                break
        else:
            weight = 1.0
    return rounded(weight * (0.45 if short_of else 1.0), 3)


def stated_milestone(milestone: Milestone, today: dt.date) -> MilestoneFact:
    return MilestoneFact(
        type=milestone.type,
        weight=weigh(milestone.type, _age_months(milestone, today), milestone.short_of),
        sources=(milestone.pointer,),
        since=milestone.since,
        since_date=since_date(milestone.since, today),
        over=milestone.over,
        basis=milestone.basis,
        value=milestone.value,
        near_what=milestone.near_what,
        near_when=milestone.near_when,
        short_of=milestone.short_of,
    )
