"""Closes made by hand, and how they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from wrapgen.facts.history import HistoryFacts, read_history
from wrapgen.intake.snapshot import Series

TODAY = dt.date(2025, 11, 12)


def weekdays_before(date: dt.date, count: int) -> tuple[dt.date, ...]:
    days: list[dt.date] = []
    while len(days) < count:
        date -= dt.timedelta(days=1)
        if date.weekday() < 5:
            days.append(date)
    return tuple(reversed(days))


def series(closes: Sequence[float], before: dt.date = TODAY) -> Series:
    return Series("/history/X", weekdays_before(before, len(closes)), tuple(closes))


def read(
    closes: Sequence[float], close: float | None = None, pct: float | None = None, phase: str = "close"
) -> HistoryFacts:
    return read_history(series(closes), close, pct, TODAY, phase)


def date_of(closes: Sequence[float], index: int) -> dt.date:
    return weekdays_before(TODAY, len(closes))[index]
