"""Writes `rules/reference/holidays.yaml` anew from exchange-calendars: ``python -m tests.intake.closed_days``.

The package takes a second to import and up to four more for a calendar, which no request should pay to learn that
Tokyo is closed on a Monday; so the days are kept in a file. What editors added there (``also_open``, ``also_closed``)
is kept.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from wrapgen.intake.gates.calendars import WEEKDAYS
from wrapgen.rulepack.soundness.days import NOT_SHARES, closed_days, digest

FILE = Path(__file__).resolve().parents[2] / "rules" / "reference" / "holidays.yaml"
NAMES = WEEKDAYS


def calendar_codes() -> list[str]:
    """The calendars that the reference data name."""
    files = (FILE.parent / name for name in ("exchanges.yaml", "regions.yaml"))
    records = [record for file in files for record in yaml.safe_load(file.read_text("utf-8"))]
    return sorted({record["calendar"] for record in records if record.get("calendar")} - NOT_SHARES)


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
            print(f"{code}: exchange-calendars has no days", file=sys.stderr)
            continue
        weekend, years = found
        body = f"  weekend: {weekend}\n"
        for key, value in kept.get(code, {}).items():
            body += f'  {key}: "{value}"\n'
        body += "  closed: |\n" + "".join(f"    {' '.join([str(year), *days])}\n" for year, days in years.items())
        alike[body].append(code)
    FILE.write_text(head + "".join(_record(" ".join(codes), body) for body, codes in alike.items()), "utf-8")


def _record(codes: str, body: str) -> str:
    text = f"- calendars: {codes}\n{body}"
    return text.replace("  closed: |", f'  made: "{digest(yaml.safe_load(text)[0])}"\n  closed: |', 1)


if __name__ == "__main__":
    main()
