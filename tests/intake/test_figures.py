"""What follows from a market's figures, and what contradicts them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wrapgen.intake.figures import contradictions, derive, direction_of

Raw = dict[str, Any]


def wrong(raw: Raw, kind: str = "index") -> list[str]:
    return [key for key, _ in contradictions(raw, kind)]


def test_the_percentage_follows_from_change_and_level() -> None:
    figures = derive({"change": -50.0, "level": 950.0}, "index", 2)
    assert (figures.change_pct, figures.previous_close, figures.direction) == (-5.0, 1000.0, "down")


def test_all_follows_from_level_and_previous_close() -> None:
    figures = derive({"level": 102.5, "previous_close": 100.0}, "index", 2)
    assert (figures.change, figures.change_pct, figures.direction) == (2.5, 2.5, "up")


def test_the_level_follows_from_previous_close_and_change() -> None:
    assert derive({"change": 1.5, "previous_close": 100.0}, "index", 2).level == 101.5


def test_the_close_before_comes_from_history_only_where_nothing_else_tells() -> None:
    assert derive({"level": 110.0}, "index", 2, last_close=100.0).change_pct == 10.0
    sent = derive({"level": 110.0, "change_pct": 3.0}, "index", 2, last_close=100.0)
    assert (sent.change_pct, sent.previous_close) == (3.0, None)


def test_a_yield_changes_in_basis_points_and_gets_no_percentage() -> None:
    figures = derive({"level": 4.25, "previous_close": 4.20}, "yield", 2)
    assert figures.change == pytest.approx(5.0)
    assert figures.change_pct is None
    assert figures.direction == "up"
    assert derive({"level": 4.25, "change": 5.0}, "yield", 2).previous_close == pytest.approx(4.20)


def test_what_was_sent_is_never_replaced() -> None:
    raw = {"change_pct": 1.1, "change": 11.0, "level": 1011.0, "previous_close": 1000.0, "direction": "up"}
    assert derive(raw, "index", 2)[:5] == (1.1, 11.0, 1011.0, 1000.0, "up")


@pytest.mark.parametrize(
    ("pct", "change", "expected"),
    [
        (0.0, None, "flat"), (0.04, None, "flat"), (-0.049, None, "flat"), (0.05, None, "up"),
        (-0.05, None, "down"), (None, -2.0, "down"), (None, 0.0, "flat"), (None, None, None),
    ],
)  # fmt: skip
def test_a_move_that_prints_as_nothing_is_flat(pct: float | None, change: float | None, expected: str | None) -> None:
    assert direction_of(pct, change) == expected


def test_a_stated_direction_is_kept() -> None:
    assert derive({"direction": "flat_to_lower"}, "index", 2).direction == "flat_to_lower"
    assert derive({"direction": "down", "change": -2.0, "level": 23514.41}, "index", 2).direction == "down"


@pytest.mark.parametrize(
    ("raw", "kind", "expected"),
    [
        ({"level": 50000.0, "change": 400.0, "change_pct": 0.0}, "index", ["change_pct"]),
        ({"level": 50000.0, "change": 400.0, "change_pct": 0.8}, "index", []),
        ({"level": 50000.0, "change": 400.0, "change_pct": 0.81}, "index", []),
        ({"level": 50000.0, "change": 400.0, "change_pct": 1.2}, "index", ["change_pct"]),
        ({"level": 50000.0, "change": 400.0, "change_pct": 1.2, "approx": "about"}, "index", []),
        ({"level": 110.0, "previous_close": 100.0, "change_pct": 1.0}, "index", ["change_pct"]),
        ({"level": 110.0, "previous_close": 100.0, "change": 5.0}, "index", ["change"]),
        ({"level": 4.25, "previous_close": 4.20, "change": 5.0}, "yield", []),
        ({"level": 4.25, "previous_close": 4.20, "change": 0.05}, "yield", ["change"]),
        ({"change_pct": 1.0, "change": -3.0}, "index", ["change"]),
        ({"change_pct": -0.5, "direction": "up"}, "index", ["direction"]),
        ({"change_pct": 0.5, "direction": "down"}, "index", ["direction"]),
        ({"change": 3.0, "direction": "down"}, "index", ["direction"]),
        ({"change_pct": 2.0, "direction": "flat"}, "index", ["direction"]),
        ({"change_pct": 0.1, "direction": "flat"}, "index", []),
        ({"change_pct": 0.2, "direction": "flat_to_lower"}, "index", ["direction"]),
        ({"change_pct": -0.2, "direction": "flat_to_lower"}, "index", []),
        ({"change_pct": -0.2, "direction": "mixed"}, "index", []),
        ({"level": -3.0}, "index", ["level"]),
        ({"level": -37.6}, "commodity", []),
        ({"low": 10.0, "high": 9.0}, "index", ["low"]),
        ({"low": 10.0, "high": 12.0, "level": 13.5}, "index", ["level"]),
        ({"low": 10.0, "high": 12.0, "open": 8.1}, "index", ["open"]),
        ({"low": 10.0, "high": 12.0, "open": 10.0, "level": 12.0}, "index", []),
    ],
)  # fmt: skip
def test_contradictions_are_found_and_rounding_is_forgiven(raw: Raw, kind: str, expected: list[str]) -> None:
    assert wrong(raw, kind) == expected


closes = st.floats(min_value=1, max_value=60_000).map(lambda value: round(value, 2))


@given(closes, st.floats(min_value=-12, max_value=12), st.integers(1, 3), st.booleans())
def test_figures_that_were_rounded_from_the_same_day_never_contradict(
    before: float, move: float, decimals: int, directed: bool
) -> None:
    level = round(before * (1 + move / 100), 2)
    assume(level > 0)
    raw: Raw = {
        "level": level,
        "previous_close": before,
        "change": round(level - before, 2),
        "change_pct": round(100 * (level - before) / before, decimals),
    }
    if directed:
        raw["direction"] = direction_of(raw["change_pct"]) or "flat"
    assert wrong(raw) == []


@given(closes, st.floats(min_value=-12, max_value=12))
def test_what_is_derived_does_not_contradict_what_it_came_from(before: float, move: float) -> None:
    level = round(before * (1 + move / 100), 2)
    assume(level > 0)
    figures = derive({"level": level, "previous_close": before}, "index", 2)
    assert wrong({key: value for key, value in figures._asdict().items() if value is not None}) == []
