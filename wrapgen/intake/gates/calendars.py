"""Days on which an exchange is closed, from ``rules/reference/holidays.yaml``.

A table and not the calendar package: every request asks, and a day must be judged alike in a process that
has just started and in one that has run for a week.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from calendar import isleap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

# Checked as text: to read fourteen thousand dates as dates would take longer than all the other reference data.
_DAY = r"(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-9])"
_YEAR = re.compile(rf"(?:19|20)\d\d(?: (?:{_DAY}))*")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class HolidayRecord:
    """One record of the file, as it stands there."""

    calendars: str
    weekend: str
    closed: str
    made: str | None = None  # digest of the days, for `wrapgen rules check`
    also_open: str | None = None
    also_closed: str | None = None


class Closures:
    """The days off of one calendar. Holidays are known for ``years`` only, the weekend for all.

    Its lines are read when it is first asked: a wrap needs a few of some fifty calendars.
    """

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.weekend = frozenset(WEEKDAYS.index(name) for name in record["weekend"].split())
        self._listed, self._more, self._special = (
            record.get(key) or "" for key in ("closed", "also_closed", "also_open")
        )

    @cached_property
    def closed(self) -> Mapping[int, frozenset[dt.date]]:
        """The holidays by year, with a key for each year that is known."""
        years: dict[int, frozenset[dt.date]] = {}
        more = [dt.date.fromisoformat(day) for day in self._more.split()]
        for line in self._listed.splitlines():
            year, *days = line.split()
            listed = [dt.date.fromisoformat(f"{year}-{day}") for day in days]
            years[int(year)] = frozenset([*listed, *(day for day in more if day.year == int(year))])
        return years

    @cached_property
    def opened(self) -> frozenset[dt.date]:
        """Special sessions."""
        return frozenset(dt.date.fromisoformat(day) for day in self._special.split())

    def knows(self, day: dt.date) -> bool:
        """Whether the holidays of the day's year are listed."""
        return day.year in self.closed

    def off(self, day: dt.date) -> Literal["weekend", "holiday"] | None:
        """Why ``day`` has no session; None where it has one, or where nothing is known."""
        if day in self.opened:
            return None
        if day.weekday() in self.weekend:
            return "weekend"
        return "holiday" if day in self.closed.get(day.year, ()) else None

    def last_before(self, day: dt.date) -> dt.date | None:
        """The last session before ``day``; None where the holidays of its year are not known."""
        day -= dt.timedelta(days=1)
        while self.off(day) is not None:
            day -= dt.timedelta(days=1)
        return day if self.knows(day) else None

    def sessions(self, after: dt.date, before: dt.date) -> tuple[dt.date, ...]:
        """The ordinary sessions between two days, neither included, in the years that are known: special ones
        last an hour, and many a feed leaves them out."""
        known = self._sessions
        return known[bisect_right(known, after) : bisect_left(known, before)]

    @cached_property
    def _sessions(self) -> tuple[dt.date, ...]:
        return tuple(
            day
            for year, closed in sorted(self.closed.items())
            for n in range(366 if isleap(year) else 365)
            if (day := dt.date(year, 1, 1) + dt.timedelta(days=n)).weekday() not in self.weekend and day not in closed
        )


def read_closures(records: Mapping[str, Mapping[str, Any]]) -> dict[str, Closures]:
    """By calendar code. The records have passed `holiday_faults`."""
    found: dict[str, Closures] = {}
    for record in records.values():
        found.update(dict.fromkeys(record["calendars"].split(), Closures(record)))
    return found


def holiday_faults(record: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...], object]]:
    """(key, message, allowed, what was meant) for what is wrong with a record of the file."""
    for name in record["weekend"].split():
        if name not in WEEKDAYS:
            yield "weekend", f"{name!r} is no day of the week", WEEKDAYS, name
    for line in record["closed"].splitlines():
        if not _YEAR.fullmatch(line) or ("02-29" in line and not isleap(int(line[:4]))):
            yield "closed", f"{line[:40]!r} is not a year and its days, as in 2025 01-01 12-25", (), None
    for key in ("also_open", "also_closed"):
        for day in (record.get(key) or "").split():
            if not _is_date(day):
                yield key, f"{day!r} is no date", (), None


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False
