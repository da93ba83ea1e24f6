"""The days off of exchanges, against the package that they were made from.

To ask the package for thirty years of fifty calendars takes a quarter of a minute. So each record carries the digest
of what was made (``made``), and only a record that no longer fits its own is compared, to say which days are wrong.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from wrapgen.intake.gates.calendars import WEEKDAYS
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.soundness.sheets import Sheets
from wrapgen.rulepack.yamlfile import Record

HOLIDAYS = "reference/holidays.yaml"
EXCHANGES = "reference/exchanges.yaml"
FIRST, LAST = 2000, 2027
# Derivatives exchanges, whose days are not those of an index or a share; and what the package fails at.
NOT_SHARES = frozenset(("CMES", "IEPA", "XEUR"))
WITHOUT_DAYS = frozenset(("ASEX",))


def digest(record: Mapping[str, Any]) -> str:
    """Of what is made of a record: its calendars, weekend and closed days."""
    made = "\n".join(" ".join(str(record[key]).split()) for key in ("calendars", "weekend", "closed"))
    return hashlib.sha256(made.encode()).hexdigest()[:12]


@lru_cache(maxsize=64)
def closed_days(code: str, first: int = FIRST, last: int = LAST) -> tuple[str, dict[int, list[str]]] | None:
    """(weekend, days off by year) of one calendar, for whole years only; None where the package fails."""
    import exchange_calendars as package

    try:
        factory = package.calendar_utils._default_calendar_factories[package.resolve_alias(code)]
        low, high = factory.bound_min(), factory.bound_max()
        start = max(dt.date(first, 1, 1), low.date() if low is not None else dt.date.min)
        end = min(dt.date(last, 12, 31), high.date() if high is not None else dt.date.max)
        calendar = package.get_calendar(code, start=start.isoformat(), end=end.isoformat())
    except Exception:  # noqa: BLE001 - a calendar that the package lacks, or that fails on its own data
        return None
    sessions = {session.date() for session in calendar.sessions}
    off: dict[int, list[str]] = {}
    for year in range(start.year + (start > dt.date(start.year, 1, 1)), end.year + (end == dt.date(end.year, 12, 31))):
        days = (dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366))
        wanted = (day for day in days if day.year == year and calendar.weekmask[day.weekday()] == "1")
        off[year] = [f"{day:%m-%d}" for day in wanted if day not in sessions]
    weekend = " ".join(name for name, traded in zip(WEEKDAYS, calendar.weekmask, strict=True) if traded == "0")
    return weekend, off


def check_days(sheets: Sheets, pack: RulePack) -> None:
    """Each record is what was made; the days that editors added are none that stand there anyway."""
    seen: dict[str, int] = {}
    for record in sheets.records(HOLIDAYS):
        line = record.line
        for code in record["calendars"].split():
            if code in seen:
                sheets.refuse(HOLIDAYS, line, f"calendar already on line {seen[code]}", code)
            seen[code] = line
        if "made" not in record:
            sheets.refuse(HOLIDAYS, line, "needs the key made, the digest of the days; make the file anew", line)
        elif record["made"] != digest(record):
            told = len(sheets.problems)
            for at, message, value in _faults(record):
                sheets.refuse(HOLIDAYS, at, message, value)
            if len(sheets.problems) == told:
                at = record.line_of("made")
                sheets.refuse(HOLIDAYS, at, f"made is not the digest of these days, {digest(record)}:", record["made"])
        _added(sheets, record)
    lines = {record["mic"]: record.line_of("calendar") for record in sheets.records(EXCHANGES)}
    for exchange in pack.reference.exchanges.values():
        code = exchange.calendar
        if code is not None and code not in seen and code not in NOT_SHARES and code not in WITHOUT_DAYS:
            sheets.unknown(EXCHANGES, lines[exchange.mic], f"calendar that {HOLIDAYS} does not have", code, seen)


def _faults(record: Record) -> Iterator[tuple[int, str, str]]:
    """Where a record is not what the package says: (line, message, value)."""
    codes = record["calendars"].split()
    known = [code for code in codes if closed_days(code) is not None]
    for code in codes:
        if code not in known:
            yield record.line, "no calendar of exchange-calendars", code
    made = closed_days(known[0]) if known else None
    if made is None:
        return
    for code in known[1:]:
        if closed_days(code) != made:
            yield record.line, f"has other days off than {known[0]}:", code
    weekend, years = made
    if record["weekend"] != weekend:
        yield record.line_of("weekend"), f"weekend is {weekend}, not", record["weekend"]
    first = record.line_of("closed") + 1
    lines = record["closed"].splitlines()
    written = [int(text[:4]) for text in lines if text[:4].isdigit()]
    for number, text in enumerate(lines):
        year, days = int(text[:4]), text[5:].split()
        if year not in years:
            yield first + number, "a year that exchange-calendars does not have", str(year)
        elif written.count(year) > 1:
            yield first + number, "a year that stands there twice", str(year)
        elif number and written[number - 1] > year:
            yield first + number, "a year out of order", str(year)
        elif days != years[year]:
            wrong = sorted(set(days) ^ set(years[year])) or days
            yield first + number, f"not the days off of {year} in exchange-calendars; see", " ".join(wrong)
    for year in years:
        if year not in written:
            at = sum(other < year for other in written)
            yield first + max(at - 1, 0), "the year is missing after this line", str(year)


def _added(sheets: Sheets, record: Record) -> None:
    """What editors added: dates in order, each saying something that the rest does not."""
    weekend = [WEEKDAYS.index(name) for name in record["weekend"].split()]
    closed = {f"{text[:4]}-{day}" for text in record["closed"].splitlines() for day in text[5:].split()}
    for key in ("also_open", "also_closed"):
        days = str(record.get(key, "")).split()
        line = record.line_of(key)
        if days != sorted(set(days)):
            sheets.refuse(HOLIDAYS, line, f"{key} must be in order, each day once", " ".join(days))
        for day in days:
            shut = day in closed or dt.date.fromisoformat(day).weekday() in weekend
            if shut is (key == "also_closed"):
                sheets.refuse(
                    HOLIDAYS, line, "the exchange is closed then anyway:" if shut else "it is open then:", day
                )
