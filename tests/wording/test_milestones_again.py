"""Two markets with the same milestone in a row: it is said once."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cases.library import day, write

WORST = {"type": "worst_day", "since": "2016-06"}


def text(variant: int, **milestones: object) -> str:
    behind = {
        name: {"role": "backdrop", "session": "previous", "change_pct": -3.4, "milestone": milestone}
        for name, milestone in milestones.items()
    }
    return write(day({"N225": -3.3, "HSI": -1.0, "KS11": -0.8, **behind}), variant=variant).article.render("text")


@pytest.mark.parametrize("variant", range(5))
def test_the_worst_day_of_both_since_the_same_date_is_said_once(variant: int) -> None:
    said = text(variant, SPX=WORST, CCMP=WORST)
    assert said.count("since June 2016") == 1
    assert "since then" not in said


@pytest.mark.parametrize("variant", range(5))
def test_another_date_is_said_in_full(variant: int) -> None:
    said = text(variant, SPX=WORST, CCMP={"type": "worst_day", "since": "2011-03"})
    assert "June 2016" in said and "March 2011" in said and "since then" not in said


def test_a_span_worked_out_from_closes_is_told_of_the_first_market_only() -> None:
    """Three indices at their lowest "in more than a month", one after another, is news once."""
    dates = [(dt.date(2025, 9, 1) + dt.timedelta(days=n)).isoformat() for n in range(72)]
    closes = [100.0, *[110.0] * 71]
    history = {name: {"dates": dates, "closes": closes} for name in ("SPX", "CCMP", "DJI")}
    behind = {
        name: {
            "role": "backdrop",
            "session": "previous",
            "level": level,
            "change_pct": round((level / 110 - 1) * 100, 2),
        }
        for name, level in (("SPX", 104.0), ("CCMP", 103.0), ("DJI", 105.0))
    }
    sent = day({"N225": -1.3, "HSI": -1.0, "KS11": -0.8, **behind})
    said = write({**sent, "history": history}).article.render("text")
    assert said.count("lowest level in") == 1
