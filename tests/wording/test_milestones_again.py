"""Two markets with the same milestone: the second points back to the first."""

from __future__ import annotations

from tests.cases.library import day, write

WORST = {"type": "worst_day", "since": "2016-06"}


def text(**markets: object) -> str:
    return write(day(dict(markets), "us")).article.render("text")


def test_the_second_worst_day_since_the_same_date_points_back() -> None:
    said = text(SPX={"change_pct": -3.4, "milestone": WORST}, CCMP={"change_pct": -3.7, "milestone": WORST})
    assert said.count("since June 2016") == 1
    assert "since then" in said


def test_another_date_is_said_in_full() -> None:
    other = {"type": "worst_day", "since": "2011-03"}
    said = text(SPX={"change_pct": -3.4, "milestone": WORST}, CCMP={"change_pct": -3.7, "milestone": other})
    assert "March 2011" in said and "since then" not in said
