"""Milestones that cannot be so are left out, and told."""

from __future__ import annotations

import pytest

from tests.cases.library import day, stock, write


@pytest.mark.parametrize(
    ("milestone", "phase"),
    [
        ({"type": "first_above", "value": 50000, "short_of": True}, "close"),
        ({"type": "best_day", "since": "2025-04", "short_of": True}, "close"),
        ({"type": "record_high", "basis": "close"}, "open"),
        ({"type": "record_high", "basis": "close"}, "morning"),
    ],
)
def test_a_milestone_that_cannot_be_so_is_left_out_and_warned_of(milestone: dict[str, object], phase: str) -> None:
    sent = day({"N225": {"change_pct": 1.2, "level": 49900.0, "milestone": milestone}, "TOPX": 0.6}, "jp", phase=phase)
    made = write(sent)
    assert made.snapshot.markets[0].milestones == ()
    assert any("is left out" in warning for warning in made.snapshot.warnings)


@pytest.mark.parametrize(("session", "kept"), [("current", False), ("previous", True)])
def test_a_stock_of_the_session_before_has_closed(session: str, kept: bool) -> None:
    record = {"type": "record_high", "basis": "close"}
    firm = stock("1", change_pct=1.2, session=session, milestone=record)
    made = write(day({"N225": 0.4, "TOPX": 0.3}, "jp", phase="morning", stocks=[firm]))
    assert bool(made.snapshot.stocks[0].milestones) == kept


def test_a_milestone_that_a_close_refutes_is_left_out_and_a_run_is_kept() -> None:
    closes = {"N225": {"dates": ["2025-11-10", "2025-11-11"], "closes": [51000.0, 49000.0]}}
    market = {"level": 50000.0, "milestone": {"type": "record_high"}, "streak": {"direction": "up", "sessions": 5}}
    streak = {**market["streak"], "status": "extends"}  # type: ignore[dict-item]
    read = write(day({"N225": {**market, "streak": streak}}, "jp", history=closes)).snapshot
    assert read.markets[0].milestones == () and read.markets[0].streak is not None
    assert any("51000 on 2025-11-10" in warning for warning in read.warnings)
