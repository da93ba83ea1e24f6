"""Sessions and holidays, and where nothing is known of them."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from wrapgen.batch.calendars import Sessions, sessions


def days(*texts: str) -> np.ndarray:
    return np.array(texts, "datetime64[D]")


@pytest.fixture(scope="module")
def hong_kong() -> Sessions:
    found = sessions("XHKG", dt.date(2025, 10, 1), dt.date(2025, 11, 12))
    assert found is not None
    return found


def test_a_holiday_is_none_of_the_sessions(hong_kong: Sessions) -> None:
    assert hong_kong.has(days("2025-10-06", "2025-10-07", "2025-10-29")).tolist() == [True, False, False]
    assert hong_kong.shut(np.datetime64("2025-10-07")) and not hong_kong.shut(np.datetime64("2025-10-06"))


def test_the_session_before_skips_holidays_and_weekends(hong_kong: Sessions) -> None:
    assert hong_kong.before(days("2025-10-08", "2025-11-10")).tolist() == days("2025-10-06", "2025-11-07").tolist()


def test_past_the_end_of_a_calendar_nothing_is_known() -> None:
    shanghai = sessions("XSHG", dt.date(2026, 12, 1), dt.date(2027, 2, 1))  # its holidays are known to 2026
    assert shanghai is not None
    assert not shanghai.shut(np.datetime64("2027-01-16"))
    assert np.isnat(shanghai.before(days("2027-01-18"))).all()


@pytest.mark.parametrize(
    ("code", "first"), [("XNONE", dt.date(2025, 1, 1)), ("XSHG", dt.date(2031, 1, 1)), ("XSHG", dt.date(1980, 1, 1))]
)
def test_there_is_no_calendar_for_an_unknown_code_or_years(code: str, first: dt.date) -> None:
    assert sessions(code, first, first + dt.timedelta(days=9)) is None
