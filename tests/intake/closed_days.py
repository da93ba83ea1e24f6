"""Writes `rules/reference/holidays.yaml` anew from exchange-calendars: ``python -m tests.intake.closed_days``.

The package takes a second to import and up to four more for a calendar, which no request should pay to learn that
Tokyo is closed on a Monday; so the days are kept in a file. What editors added there (``also_open``, ``also_closed``)
is kept.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parents[2] / "rules" / "reference" / "holidays.yaml"
FIRST, LAST = 2000, 2027
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Derivatives exchanges, whose days are not those of an index or a share.
NOT_SHARES = {"CMES", "IEPA", "XEUR"}


def calendar_codes() -> list[str]:
    """The calendars that the reference data name."""
    files = (FILE.parent / name for name in ("exchanges.yaml", "regions.yaml"))
    records = [record for file in files for record in yaml.safe_load(file.read_text("utf-8"))]
    return sorted({record["calendar"] for record in records if record.get("calendar")} - NOT_SHARES)


def closed_days(code: str, first: int = FIRST, last: int = LAST) -> tuple[str, dict[int, list[str]]] | None:
    """(weekend, days off by year) of one calendar, for whole years only; None where the package fails."""
    import exchange_calendars as package

    try:
        factory = package.calendar_utils._default_calendar_factories[package.resolve_alias(code)]
        low, high = factory.bound_min(), factory.bound_max()
        start = max(dt.date(first, 1, 1), low.date() if low is not None else dt.date.min)
        end = min(dt.date(last, 12, 31), high.date() if high is not None else dt.date.max)
        calendar = package.get_calendar(code, start=start.isoformat(), end=end.isoformat())
    except Exception as error:  # noqa: BLE001 - a calendar that fails on its own data
        print(f"{code}: {error!r}", file=sys.stderr)
        return None
    sessions = {session.date() for session in calendar.sessions}
    off: dict[int, list[str]] = {}
    for year in range(start.year + (start > dt.date(start.year, 1, 1)), end.year + (end == dt.date(end.year, 12, 31))):
        days = (dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366))
        wanted = (day for day in days if day.year == year and calendar.weekmask[day.weekday()] == "1")
        off[year] = [f"{day:%m-%d}" for day in wanted if day not in sessions]
    weekend = " ".join(name for name, traded in zip(NAMES, calendar.weekmask, strict=True) if traded == "0")
    return weekend, off


def main() -> None:
    text = FILE.read_text("utf-8") if FILE.exists() else ""
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    kept: dict[str, dict[str, Any]] = {
        code: {key: record[key] for key in ("also_open", "also_closed") if key in record}
        for record in yaml.safe_load(text) or ()
        for code in record["calendars"].split()
    }
    alike: dict[str, list[str]] = defaultdict(list)
    for code in calendar_codes():
        found = closed_days(code)
        if found is None:
            continue
        weekend, years = found
        body = f"  weekend: {weekend}\n"
        for key, value in kept.get(code, {}).items():
            body += f'  {key}: "{value}"\n'
        body += "  closed: |\n" + "".join(f"    {' '.join([str(year), *days])}\n" for year, days in years.items())
        alike[body].append(code)
    FILE.write_text(head + "".join(f"- calendars: {' '.join(codes)}\n{body}" for body, codes in alike.items()), "utf-8")


if __name__ == "__main__":
    main()
