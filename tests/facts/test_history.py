"""Runs, highest-since, peaks and rebounds, by example."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.facts.closes import TODAY, date_of, read, series
from wrapgen.facts.history import HistoryFacts, Since, read_history, since_words
from wrapgen.intake.snapshot import Series

PRICES = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "prices-2025-26"
needs_prices = pytest.mark.skipif(not PRICES.is_dir(), reason="real prices (../shared) are not here")

# --- runs -------------------------------------------------------------------------------------


def test_a_run_counts_todays_session() -> None:
    facts = read([101, 100, 101, 102], 103)
    assert (facts.streak_direction, facts.streak_sessions) == ("up", 3)
    assert (facts.ended_direction, facts.ended_sessions) == (None, None)


def test_todays_move_ends_the_run_before_it() -> None:
    facts = read([101, 100, 101, 102, 103], 102)
    assert (facts.streak_direction, facts.streak_sessions) == ("down", 1)
    assert (facts.ended_direction, facts.ended_sessions) == ("up", 3)


def test_a_flat_session_breaks_a_run() -> None:
    facts = read([99, 100, 100.004, 101], 102)  # the second move is +0.004%
    assert (facts.streak_direction, facts.streak_sessions) == ("up", 2)
    assert read([99, 100, 100.006, 101], 102).streak_sessions is None  # the run reaches the first close


def test_a_flat_today_is_no_run_and_ends_one() -> None:
    facts = read([101, 100, 101, 102], 102)
    assert (facts.direction, facts.streak_direction, facts.streak_sessions) == ("flat", None, 0)
    assert (facts.ended_direction, facts.ended_sessions) == ("up", 2)


def test_a_percent_of_zero_may_have_gone_on_with_the_run() -> None:
    facts = read([101, 100, 101, 102], pct=0.0)
    assert (facts.streak_sessions, facts.ended_direction) == (0, None)


def test_a_run_back_to_the_first_close_has_no_known_length() -> None:
    assert (read([100, 101], 102).streak_direction, read([100, 101], 102).streak_sessions) == ("up", None)
    assert (read([100, 101], 99).ended_direction, read([100, 101], 99).ended_sessions) == ("up", None)
    assert (read([100], 99).streak_direction, read([100], 99).streak_sessions) == ("down", None)


# --- highest and lowest -----------------------------------------------------------------------


def test_highest_since_is_the_last_close_at_least_as_high() -> None:
    closes = [120, 108, 104, 100, 103]
    facts = read(closes, 105)
    assert facts.highest_since == date_of(closes, 1)
    assert facts.sessions_since == 4
    assert (facts.is_high_of_history, facts.lowest_since) == (False, None)


def test_an_equal_close_counts_as_at_least_as_high() -> None:
    assert read([105, 100, 103], 105).highest_since == date_of([0, 0, 0], 0)


def test_lowest_since_mirrors_it() -> None:
    closes = [80, 95, 100, 97]
    facts = read(closes, 96)
    assert (facts.lowest_since, facts.sessions_since) == (date_of(closes, 1), 3)
    assert (facts.highest_since, facts.is_low_of_history) == (None, False)


def test_a_fall_is_never_the_highest_since_the_session_before() -> None:
    facts = read([108, 102, 105], 103)
    assert (facts.highest_since, facts.lowest_since) == (None, date_of([0] * 3, 1))


def test_higher_than_all_data_is_said_with_the_span_of_the_data() -> None:
    closes = [100, 101, 99]
    facts = read(closes, 102)
    assert (facts.is_high_of_history, facts.highest_since) == (True, None)
    assert facts.history_days == (TODAY - date_of(closes, 0)).days


def test_off_high_and_off_low() -> None:
    facts = read([80, 100, 90], 95)
    assert facts.off_high_pct == pytest.approx(-5.0)
    assert facts.off_low_pct == pytest.approx(18.75)
    assert read([80, 100, 90], 101).off_high_pct == 0.0


# --- a level known from its percent only ------------------------------------------------------


def test_a_derived_level_compares_only_beyond_rounding() -> None:
    clear = read([106, 100, 99, 103], pct=2.0)  # 105.06: below 106 by more than 0.05%
    assert (clear.derived, clear.highest_since) == (True, date_of([0] * 4, 0))
    unclear = read([110, 105.04, 99, 103], pct=2.0)  # 105.04 may be above or below
    assert (unclear.highest_since, unclear.since_at_least) == (date_of([0] * 4, 1), date_of([0] * 4, 0))
    assert unclear.is_high_of_history is False
    assert read([105.04, 99, 103], pct=2.0).is_high_of_history is None
    assert read([105.0, 99, 103], 105.06).is_high_of_history is True  # the level itself decides


def test_half_a_fall_within_rounding_is_unknown() -> None:
    assert read([102, 100], pct=1.02).rebound is None
    assert read([102, 100], 101.0).rebound is True
    assert read([102, 100], pct=1.5).rebound is True


# --- best and worst days ----------------------------------------------------------------------


def calm(last: Sequence[float]) -> list[float]:
    """Closes that move by about 0.5% a session, then ``last``."""
    return [*([100.0, 100.5] * 10), *last]


def test_best_day_since_the_last_gain_as_big() -> None:
    closes = calm([100, 103, 102.5, 103])
    facts = read(closes, 105)
    assert facts.best_day_since == date_of(closes, -3)
    assert (facts.is_best_of_history, facts.worst_day_since) == (False, None)


def test_a_bigger_gain_than_all_in_the_data() -> None:
    facts = read(calm([100]), 102)
    assert (facts.best_day_since, facts.is_best_of_history) == (None, True)
    assert facts.is_worst_of_history is None


def test_worst_day_mirrors_it() -> None:
    closes = calm([100, 96, 96.5])
    assert read(closes, 94).worst_day_since == date_of(closes, -2)
    assert read(calm([100]), 97).is_worst_of_history is True


def test_an_ordinary_move_is_no_best_day() -> None:
    facts = read(calm([100]), 100.6)
    assert (facts.best_day_since, facts.is_best_of_history) == (None, None)


def test_too_little_history_has_no_usual_move() -> None:
    facts = read([100, 101, 100], 110)
    assert (facts.usual_move_pct, facts.is_best_of_history) == (None, None)


# --- peaks and troughs ------------------------------------------------------------------------


def test_near_a_peak_that_it_had_left() -> None:
    closes = [95, 100, 92, 96]
    facts = read(closes, 99)
    assert (facts.near_peak_date, facts.near_peak_level) == (date_of(closes, 1), 100)
    assert facts.near_peak_gap_pct == pytest.approx(1.0)
    assert facts.near_peak_dip_pct == pytest.approx(8.0)


def test_not_near_when_further_or_above() -> None:
    assert read([95, 100, 92, 96], 97.9).near_peak_date is None
    assert read([95, 100, 92, 96], 100.5).near_peak_date is None


def test_a_peak_of_more_than_a_year_ago_is_no_peak_of_the_year() -> None:
    old = dt.date(2024, 6, 3)
    past = series([96, 98, 92, 96])
    past = Series(past.pointer, (old, *past.dates), (99.5, *past.closes))
    assert read_history(past, 97.5, None, TODAY, "close").near_peak_level == 98


def test_near_a_trough_mirrors_it() -> None:
    closes = [95, 90, 99, 93]
    facts = read(closes, 90.9)
    assert (facts.near_trough_date, facts.near_trough_level) == (date_of(closes, 1), 90)
    assert facts.near_trough_gap_pct == pytest.approx(1.0)
    assert facts.near_trough_bounce_pct == pytest.approx(10.0)


# --- patterns ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("closes", "close", "holds"),
    [
        ([102, 100], 101, "rebound"),
        ([102, 100], 100.9, None),
        ([100, 102], 101, "reversal"),
        ([100, 102], 101.1, None),
        ([100, 102], 103, "follow_through"),
        ([100, 102], 102.9, None),
        ([102, 100], 98, "follow_through"),
        ([100, 100], 101, None),
    ],
)
def test_patterns(closes: list[float], close: float, holds: str | None) -> None:
    facts = read(closes, close)
    assert [name for name in ("rebound", "reversal", "follow_through") if getattr(facts, name)] == (
        [holds] if holds else []
    )


# --- what today's figures are measured from ---------------------------------------------------


def only_today_unknown(facts: HistoryFacts) -> bool:
    known = {"history_days", "contiguous", "final", "derived", "implied_pct"}
    return all(getattr(facts, f.name) is None for f in fields(facts) if f.name not in known)


def test_a_stated_move_that_contradicts_the_closes_says_that_a_session_is_missing() -> None:
    facts = read([101, 100, 101, 102], 104, pct=0.5)
    assert not facts.contiguous
    assert facts.implied_pct == pytest.approx(1.96, abs=0.01)
    assert only_today_unknown(facts)


def test_a_stale_series_says_nothing() -> None:
    old = series([101, 100, 101], before=TODAY - dt.timedelta(days=20))
    assert only_today_unknown(read_history(old, 104, None, TODAY, "close"))


def test_a_rounded_move_agrees() -> None:
    assert read([101, 100], 101.04, pct=1.0).contiguous


def test_a_last_close_that_is_todays_own_is_left_out() -> None:
    facts = read([98, 100, 99, 101], 101, pct=2.0)
    assert facts == replace(
        read_history(series([98, 100, 99, 101]), 101, 2.0, date_of([0] * 4, 3), "close"),
        history_days=facts.history_days,
    )
    assert (facts.prior_direction, facts.rebound, facts.is_high_of_history) == ("down", True, True)


def test_nothing_known_of_today_leaves_the_session_before() -> None:
    facts = read([102, 100])
    assert (facts.prior_direction, facts.prior_pct) == ("down", pytest.approx(-1.96, abs=0.01))
    assert (facts.direction, facts.streak_direction, facts.off_high_pct) == (None, None, None)


def test_no_history() -> None:
    facts = read([], 100, 1.0)
    assert (facts.history_days, facts.contiguous) == (0, False)
    assert only_today_unknown(facts)


def test_a_negative_price_has_directions_but_no_percentages() -> None:
    facts = read([18, -37.5], 10)
    assert (facts.direction, facts.prior_direction, facts.streak_direction) == ("up", "down", "up")
    assert (facts.move_pct, facts.prior_pct, facts.off_high_pct, facts.near_peak_date) == (None,) * 4


@pytest.mark.parametrize(("phase", "final"), [("close", True), ("morning", False), ("midday", False)])
def test_only_a_close_is_final(phase: str, final: bool) -> None:
    assert read([100, 101], 102, phase=phase).final is final


# --- dates as a reader measures them ----------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "today", "expected"),
    [
        ("2025-10-06", "2025-11-12", Since("P1M", False, "early", 10, 2025)),
        ("2025-10-12", "2025-11-12", Since("P1M", True, "mid", 10, 2025)),
        ("2025-10-13", "2025-11-12", Since("P4W", False, "mid", 10, 2025)),
        ("2025-10-29", "2025-11-12", Since("P2W", True, "late", 10, 2025)),
        ("2025-11-10", "2025-11-12", Since("P2D", True, "early", 11, 2025)),
        ("2024-12-20", "2025-11-12", Since("P10M", False, "mid", 12, 2024)),
        ("2024-11-12", "2025-11-12", Since("P1Y", True, "mid", 11, 2024)),
        ("2023-01-31", "2025-11-12", Since("P2Y", False, "late", 1, 2023)),
    ],
)
def test_since(date: str, today: str, expected: Since) -> None:
    assert since_words(dt.date.fromisoformat(date), dt.date.fromisoformat(today)) == expected


def test_a_later_date_is_refused() -> None:
    with pytest.raises(ValueError, match="2025-11-13 is after 2025-11-12"):
        since_words(dt.date(2025, 11, 13), TODAY)


@given(st.dates(dt.date(1990, 1, 1), TODAY))
def test_the_span_never_claims_more_than_has_passed(date: dt.date) -> None:
    over = since_words(date, TODAY).over
    count, unit = int(over[1:-1]), over[-1]
    shortest = {"Y": 365, "M": 28, "W": 7, "D": 1}[unit] * count
    assert shortest <= (TODAY - date).days
