"""What an operator owns of the gates: the days off, and the limits; both are checked when the rules are loaded."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import wrapgen
from tests.intake import closed_days
from wrapgen.intake.gates.catalogue import GATES
from wrapgen.intake.reference import Reference, ReferenceDataError
from wrapgen.intake.reference_files import load_reference

RULES = Path(__file__).resolve().parents[2] / "rules" / "reference"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for path in RULES.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def faults(folder: Path) -> str:
    with pytest.raises(ReferenceDataError) as caught:
        load_reference(folder)
    return str(caught.value)


def change(folder: Path, file: str, before: str, after: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), "utf-8")


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        ("gates.yaml", "gate: stale", "gate: stael", ["'stael' is no gate", "nearest: stale", "'stale' is missing"]),
        ("gates.yaml", "severity: refuse", "severity: refused", ["future: 'refused'", "nearest: refuse"]),
        ("gates.yaml", "{minutes: 10}", "{minuts: 10}", ["'minuts' is none of its limits", "'minutes' is missing"]),
        ("gates.yaml", "{minutes: 10}", "{minutes: -1}", ["minutes must be a number that is not negative"]),
        ("gates.yaml", "{minutes: 10}", "{minutes: ten}", ["minutes must be a number"]),
        ("gates.yaml", "limits: {minutes: 10}", "limits: 10", ["limits 10 must be a mapping"]),
        ("gates.yaml", "ratios: [2,", "ratios: [0,", ["ratios must be a list of numbers above 0"]),
        ("gates.yaml", "most: {index: 15,", "most: {indices: 15,", ["most must be a number for each kind"]),
        ("gates.yaml", "  says: The session or", "  syas: The session or", ["unknown key 'syas'", "nearest: says"]),
        ("holidays.yaml", "weekend: saturday", "weekend: saturdy", ["'saturdy' is no day", "nearest: saturday"]),
        ("holidays.yaml", "    2000 01-17", "    2000 13-17", ["is not a year and its days"]),
        ("holidays.yaml", "    2001 01-01", "    2001 02-29", ["is not a year and its days"]),
        ("holidays.yaml", "2015-02-28", "2015-02-30", ["'2015-02-30' is no date"]),
    ],
)
def test_a_fault_is_told_with_its_line(files: Path, file: str, before: str, after: str, told: list[str]) -> None:
    change(files, file, before, after)
    message = faults(files)
    assert message.startswith(f"{file}:")
    assert [words for words in told if words not in message] == []


def test_a_gate_that_is_ignored_says_nothing(files: Path) -> None:
    sent = {"region": "hk", "as_of": "2025-12-25", "markets": [{"id": "HSI", "change_pct": 20.0}]}
    change(files, "gates.yaml", "- gate: holiday\n  severity: hold", "- gate: holiday\n  severity: ignore")
    tripped = wrapgen.examine_snapshot(sent, load_reference(files))
    assert {gate.name for gate in tripped} == {"beyond_kind"}


def test_the_limits_are_the_operators(files: Path) -> None:
    sent = {"region": "hk", "as_of": "2025-11-12", "markets": [{"id": "HSI", "change_pct": 4.0}]}
    assert not wrapgen.examine_snapshot(sent, load_reference(files))
    change(files, "gates.yaml", "most: {index: 15,", "most: {index: 3,")
    assert {gate.name for gate in wrapgen.examine_snapshot(sent, load_reference(files))} == {"beyond_kind"}


def test_every_gate_says_what_it_is_for(reference: Reference) -> None:
    assert [rule.gate for rule in reference.gates] == list(GATES)
    assert all(rule.says.endswith(".") for rule in reference.gates)


@pytest.mark.parametrize("code", ["XNYS", "XHKG", "XBOM"])
def test_the_days_off_are_those_of_the_calendar_package(reference: Reference, code: str) -> None:
    pytest.importorskip("exchange_calendars")
    made = closed_days.closed_days(code, 2020, 2026)
    assert made is not None
    weekend, years = made
    closures = reference.closures[code]
    assert {closed_days.NAMES[day] for day in closures.weekend} == set(weekend.split())
    assert {year: sorted(f"{day:%m-%d}" for day in closures.closed[year]) for year in years} == years


def test_a_special_session_is_one_though_feeds_may_leave_it_out(reference: Reference) -> None:
    bombay = reference.closures["XBOM"]
    sunday = dt.date(2026, 2, 1)
    assert bombay.off(sunday) is None and bombay.off(sunday + dt.timedelta(days=7)) == "weekend"
    assert sunday not in bombay.sessions(dt.date(2026, 1, 1), dt.date(2026, 3, 1))


def test_a_year_that_is_not_listed_is_not_judged(reference: Reference) -> None:
    tokyo = reference.closures["XTKS"]
    assert tokyo.off(dt.date(2060, 1, 1)) is None and not tokyo.knows(dt.date(2060, 1, 1))
    assert tokyo.sessions(dt.date(1900, 1, 1), dt.date(2000, 1, 5)) == (dt.date(2000, 1, 4),)


def test_holidays_are_known_without_the_calendar_package() -> None:
    """It takes a second to import, and seconds for some calendars: no request pays for that to be judged."""
    code = (
        "import sys, wrapgen;"
        "sent = {'region': 'hk', 'as_of': '2025-12-25', 'markets': [{'id': 'HSI', 'change_pct': 1.0}]};"
        "assert [gate.name for gate in wrapgen.examine_snapshot(sent)] == ['holiday'];"
        "sys.exit(not {'exchange_calendars', 'pandas'}.isdisjoint(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
