"""Stated streaks and milestones, held against history."""

from __future__ import annotations

from typing import Any

import pytest

from wrapgen.intake.problems import SnapshotError
from wrapgen.intake.reading import read_snapshot, read_ungated
from wrapgen.intake.reference import Reference

CLOSES = [100.0, 103.0, 101.0, 102.0, 104.0]  # to the session before; the last two are rises


def warnings(reference: Reference, **market: Any) -> list[str]:
    dates = [f"2024-02-{day:02}" for day in (26, 27, 28, 29)] + ["2024-03-04"]
    data = {
        "region": "hk",
        "as_of": "2024-03-05",
        "markets": [{"id": "HSI", **market}],
        "history": {"HSI": {"dates": dates, "closes": CLOSES}},
    }
    return list(read_ungated(data, reference).warnings)


@pytest.mark.parametrize(
    "market",
    [
        {"level": 105.0, "streak": {"direction": "up", "sessions": 3, "status": "extends"}},
        {
            "level": 105.0,
            "streak": {"direction": "up", "sessions": 2, "status": "extends"},
        },  # today not counted
        {"level": 103.0, "streak": {"direction": "up", "sessions": 2, "status": "ended"}},
        {"level": 105.0, "milestone": {"type": "highest", "since": "2024-02"}},
        {"level": 105.0, "milestone": {"type": "record_high"}},
        {"level": 101.5, "milestone": {"type": "lowest", "over": "P4D"}},
        {"level": 103.5, "milestone": {"type": "lowest", "over": "two years"}},  # words are let be
        {"level": 103.5, "milestone": {"type": "record_high", "basis": "intraday"}},
        {"level": 103.5, "milestone": {"type": "record_high", "short_of": True}},
        {"level": 105.0, "previous_close": 104.0},
    ],
)
def test_what_history_bears_out_is_taken_in_silence(reference: Reference, market: dict[str, Any]) -> None:
    assert warnings(reference, **market) == []


@pytest.mark.parametrize(
    ("market", "pointer"),
    [
        ({"level": 105.0, "streak": {"direction": "up", "sessions": 6, "status": "extends"}}, "streak"),
        ({"level": 103.0, "streak": {"direction": "up", "sessions": 3, "status": "extends"}}, "streak"),
        ({"level": 105.0, "streak": {"direction": "up", "sessions": 2, "status": "ended"}}, "streak"),
        ({"level": 103.5, "milestone": {"type": "record_high"}}, "milestone"),
        ({"level": 103.5, "milestone": [{"type": "highest", "over": "P1W"}]}, "milestone/0"),
        ({"level": 100.5, "milestone": {"type": "record_low"}}, "milestone"),
        ({"level": 106.0, "previous_close": 102.0}, "previous_close"),
    ],
)
def test_what_history_contradicts_is_told(reference: Reference, market: dict[str, Any], pointer: str) -> None:
    told = warnings(reference, **market)
    assert any(text.startswith(f"/markets/0/{pointer}: ") for text in told), told


def test_a_move_follows_from_the_last_close(reference: Reference) -> None:
    data = {
        "region": "hk",
        "as_of": "2024-03-05",
        "markets": [{"id": "HSI", "level": 52.0}],
        "history": {"HSI": {"dates": ["2024-03-04"], "closes": [50.0]}},
    }
    market = read_ungated(data, reference).markets[0]
    assert (market.change_pct, market.change, market.previous_close) == (4.0, 2.0, 50.0)
    data["history"]["HSI"]["dates"] = ["2023-03-04"]  # a year old: says nothing of yesterday
    assert read_ungated(data, reference).markets[0].change_pct is None


def test_a_history_of_two_lengths_is_a_problem_and_no_more(reference: Reference) -> None:
    """Whatever else the market states of its past."""
    market = {"id": "HSI", "change_pct": 1.0, "milestone": {"type": "highest", "since": "2024-03-04"}}
    history = {"HSI": {"dates": ["2024-03-04", "2024-03-05", "2024-03-06"], "closes": [50.0, 51.0]}}
    data = {"region": "hk", "as_of": "2024-03-07", "markets": [market], "history": history}
    with pytest.raises(SnapshotError) as refused:
        read_snapshot(data, reference)
    assert [problem.pointer for problem in refused.value.problems] == ["/history/HSI"]


@pytest.mark.parametrize("over", ["0", "12", "1.5"])
def test_a_bare_figure_is_no_span_of_time(reference: Reference, over: str) -> None:
    market = {"id": "HSI", "change_pct": 1.0, "milestone": {"type": "highest", "over": over}}
    with pytest.raises(SnapshotError) as refused:
        read_snapshot({"region": "hk", "as_of": "2024-03-05", "markets": [market]}, reference)
    assert [(p.pointer, "no span of time" in p.message) for p in refused.value.problems] == [
        ("/markets/0/milestone/over", True)
    ]
