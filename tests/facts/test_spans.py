"""Spans of time as senders write them, and how rare a milestone is."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wrapgen.facts.spans import since_date, span_months, weigh

TODAY = dt.date(2025, 11, 12)


@pytest.mark.parametrize(
    ("over", "months"),
    [
        ("P1M", 1),
        ("P1Y6M", 18),
        ("P2W", 14 / 30.4),
        ("three years", 36),
        ("14 months", 14),
        ("a decade", 120),
        ("two-and-a-half weeks", 7 / 30.4),
        ("year", 12),
        ("a while", None),
        ("", None),
        (None, None),
    ],
)
def test_span_in_months(over: str | None, months: float | None) -> None:
    assert span_months(over) == (pytest.approx(months) if months is not None else None)


@pytest.mark.parametrize(
    ("since", "date"),
    [
        ("2025-10-06", dt.date(2025, 10, 6)),
        ("2011-03", dt.date(2011, 3, 1)),
        ("2007", dt.date(2007, 7, 1)),
        ("mid-2016", dt.date(2016, 7, 1)),
        ("December", dt.date(2024, 12, 1)),
        ("October", dt.date(2025, 10, 1)),
        ("2025-02-31", None),
        ("the war", None),
        (None, None),
    ],
)
def test_since(since: str | None, date: dt.date | None) -> None:
    assert since_date(since, TODAY) == date


def test_records_weigh_most_and_crossings_less() -> None:
    assert weigh("record_high", None, False) == weigh("record_low", 1, False) == 1
    assert 0.3 < weigh("first_above", None, False) < 1


@given(st.floats(0, 200), st.floats(0, 200))
def test_the_longer_ago_the_more_it_weighs(one: float, other: float) -> None:
    shorter, longer = sorted((one, other))
    assert 0 <= weigh("highest", shorter, False) <= weigh("highest", longer, False) <= 1


@given(st.floats(0, 200), st.floats(0, 0.5))
def test_weights_move_smoothly(months: float, more: float) -> None:
    assert abs(weigh("highest", months + more, False) - weigh("highest", months, False)) <= 0.2 * more + 0.002


@given(st.sampled_from(["record_high", "highest", "first_above"]), st.floats(0.5, 200))
def test_short_of_weighs_less(kind: str, months: float) -> None:
    assert weigh(kind, months, True) < weigh(kind, months, False)
