"""Days on which an exchange is closed, from ``rules/reference/holidays.yaml``.

A table and not the calendar package: every request asks, and a day must be judged alike in a process that
has just started and in one that has run for a week.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from calendar import isleap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class HolidayRecord:
    """One record of the file, as it stands there."""

    calendars: str
    weekend: str
    closed: str
    also_open: str | None = None
    also_closed: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Closures:
    """The days off of one calendar. Holidays are known for ``years`` only, the weekend for all."""

    weekend: frozenset[int]
    years: frozenset[int]
    closed: frozenset[dt.date]
    opened: frozenset[dt.date]

    def off(self, day: dt.date) -> Literal["weekend", "holiday"] | None:
        """Why ``day`` has no session; None where it has one, or where nothing is known."""
        if day in self.opened:
            return None
        if day.weekday() in self.weekend:
            return "weekend"
        return "holiday" if day in self.closed else None

    def sessions(self, after: dt.date, before: dt.date) -> tuple[dt.date, ...]:
        """The ordinary sessions between two days, neither included, in the years that are known: special ones
        last an hour, and many a feed leaves them out."""
        known = _sessions(self)
        return known[bisect_right(known, after) : bisect_left(known, before)]


@lru_cache(maxsize=64)
def _sessions(closures: Closures) -> tuple[dt.date, ...]:
    """Every ordinary session of the years that are known."""
    days = (
        dt.date(year, 1, 1) + dt.timedelta(days=n)
        for year in sorted(closures.years)
        for n in range(366 if isleap(year) else 365)
    )
    return tuple(day for day in days if day.weekday() not in closures.weekend and day not in closures.closed)


def read_closures(records: Mapping[str, Mapping[str, Any]]) -> dict[str, Closures]:
    """By calendar code. The records have passed `holiday_faults`."""
    found: dict[str, Closures] = {}
    for record in records.values():
        years = [line.split() for line in record["closed"].splitlines()]
        closures = Closures(
            frozenset(WEEKDAYS.index(name) for name in record["weekend"].split()),
            frozenset(int(year) for year, *_ in years),
            frozenset(
                [dt.date.fromisoformat(f"{year}-{day}") for year, *days in years for day in days]
                + [dt.date.fromisoformat(day) for day in (record.get("also_closed") or "").split()]
            ),
            frozenset(dt.date.fromisoformat(day) for day in (record.get("also_open") or "").split()),
        )
        found.update(dict.fromkeys(record["calendars"].split(), closures))
    return found


def holiday_faults(record: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...], object]]:
    """(key, message, allowed, what was meant) for what is wrong with a record of the file."""
    for name in record["weekend"].split():
        if name not in WEEKDAYS:
            yield "weekend", f"{name!r} is no day of the week", WEEKDAYS, name
    years = [line.split() for line in record["closed"].splitlines()]
    days = [f"{year}-{day}" for year, *listed in years for day in listed or ("01-01",)]
    lists = {"closed": days, **{key: (record.get(key) or "").split() for key in ("also_open", "also_closed")}}
    for key, values in lists.items():
        for value in values:
            if not _is_date(value):
                yield key, f"{value!r} is no date", (), None


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False
