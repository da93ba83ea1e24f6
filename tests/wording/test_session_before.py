"""When Wall Street's session was: its day by its own calendar, never guessed."""

from __future__ import annotations

import datetime as dt

import pytest

import wrapgen
from tests.cases.library import day, event, write
from wrapgen.wording.dates import session_before

WALL_STREET = {"SPX": {"role": "backdrop", "session": "previous", "change_pct": 0.4}}


@pytest.mark.parametrize(
    ("region", "as_of", "said"),
    [
        ("europe", "2026-02-11", "on Tuesday"),
        ("global", "2026-02-11", "on Tuesday"),
        ("asia-pacific", "2026-02-11", "overnight"),
        ("jp", "2026-02-11", "overnight"),
        ("mx", "2026-02-11", "on Tuesday"),  # it trades at the same hours
        ("asia-pacific", "2026-02-09", "on Friday"),
        ("asia-pacific", "2026-01-20", "on Friday"),  # the day before was a holiday there
        ("europe", "2026-12-29", "on Monday"),
    ],
)
def test_the_day_is_that_of_its_last_session(region: str, as_of: str, said: str) -> None:
    own = {"europe": {"DAX": 0.2}, "jp": {"N225": 0.2}, "mx": {"MEXBOL": 0.2}}.get(region, {"HSI": 0.2, "DAX": -0.3})
    text = write(day({**own, **WALL_STREET}, region=region, as_of=as_of)).article.render("text")
    assert f"Wall Street {said}" in text


def test_no_day_is_named_of_a_session_without_figures() -> None:
    losses = event(noun_phrase="losses on Wall Street", clause=None, polarity="negative", affects=["HSI", "N225"])
    text = write(day({"HSI": -1.0, "N225": -0.8}, as_of="2026-06-15", events=[losses])).article.render("text")
    assert "Wall Street in the previous session" in text


def test_no_day_is_named_beyond_the_calendar() -> None:
    assert session_before(dt.date(2050, 3, 2), None, by_night=False) == "in the previous session"
    closures = wrapgen.load_rules().reference.closures["XNYS"]
    assert closures.last_before(dt.date(2050, 3, 2)) is None
    assert closures.last_before(dt.date(2026, 1, 20)) == dt.date(2026, 1, 16)


@pytest.mark.parametrize(("said", "status"), [("Friday", "supported"), ("Monday", "contradicted")])
def test_the_checker_knows_the_holidays_of_wall_street(said: str, status: str) -> None:
    sent = day({"HSI": 0.2, **WALL_STREET}, as_of="2026-01-20")
    claims = wrapgen.verify(f"On Wall Street on {said}, the S&P 500 rose 0.4%.", write(sent).snapshot)
    assert [claim.status for claim in claims if claim.kind == "date"] == [status]
