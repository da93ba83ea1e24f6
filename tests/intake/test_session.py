"""The session's date, and the part of its day."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from wrapgen.intake.reference import Reference, RegionRef
from wrapgen.intake.session import phase_of, session_date


def region_of(reference: Reference, key: str) -> RegionRef:
    region = reference.region(key)
    assert region is not None
    return region


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_the_date_is_that_of_the_region_not_of_the_sender(reference: Reference) -> None:
    evening = at("2024-03-05T20:30:00-05:00")
    assert session_date(evening, region_of(reference, "us")) == dt.date(2024, 3, 5)
    assert session_date(evening, region_of(reference, "asia-pacific")) == dt.date(2024, 3, 6)
    assert session_date(dt.date(2024, 3, 5), region_of(reference, "jp")) == dt.date(2024, 3, 5)


@pytest.mark.parametrize(
    ("key", "moment", "phase"),
    [
        ("asia-pacific", "2024-03-05T08:15:00+08:00", "preview"),
        ("asia-pacific", "2024-03-05T09:40:00+08:00", "open"),
        ("asia-pacific", "2024-03-05T10:30:00+08:00", "morning"),
        ("asia-pacific", "2024-03-05T12:30:00+08:00", "midday"),
        ("asia-pacific", "2024-03-05T14:00:00+08:00", "afternoon"),
        ("asia-pacific", "2024-03-05T17:00:00+08:00", "close"),
        ("asia-pacific", "2024-02-12T10:30:00+08:00", "close"),  # Lunar New Year
        ("asia-pacific", "2024-03-09T10:30:00+08:00", "close"),  # a Saturday
        ("us", "2024-03-05T23:00:00+08:00", "morning"),
        ("us", "2024-07-03T13:30:00-04:00", "close"),  # a half day
        ("global", "2024-03-05T05:00:00+00:00", "morning"),
        ("il", "2024-03-05T10:30:00+02:00", "morning"),  # no calendar: the hours of an ordinary day
        ("asia-pacific", "2099-03-05T10:30:00+08:00", "morning"),  # past the calendar's end
    ],
)
def test_the_phase_is_that_of_the_exchange(reference: Reference, key: str, moment: str, phase: str) -> None:
    pytest.importorskip("exchange_calendars")
    assert phase_of(at(moment), region_of(reference, key)) == phase


def test_a_bare_date_is_the_close(reference: Reference) -> None:
    assert phase_of(dt.date(2024, 3, 5), region_of(reference, "jp")) == "close"


def test_a_calendar_that_does_not_exist_degrades() -> None:
    region = RegionRef("xx", "Nowhere", "Nowhere", "Asia/Tokyo", "XTAE")
    assert phase_of(at("2024-03-05T14:30:00+09:00"), region) == "afternoon"
    assert phase_of(at("2024-03-05T08:30:00+09:00"), RegionRef("xx", "N", "N", "Asia/Tokyo", "NONE")) == "preview"


def test_without_the_package_the_hours_of_an_ordinary_day_are_taken(
    reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wrapgen.intake import session

    session._calendar.cache_clear()
    monkeypatch.setitem(sys.modules, "exchange_calendars", None)
    assert phase_of(at("2024-03-09T10:30:00+08:00"), region_of(reference, "hk")) == "morning"
    session._calendar.cache_clear()


def test_reading_does_not_import_the_calendars() -> None:
    heavy = "{'exchange_calendars', 'pandas'}.isdisjoint(sys.modules)"
    code = f"import sys, wrapgen.intake.reading; sys.exit(not {heavy})"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
