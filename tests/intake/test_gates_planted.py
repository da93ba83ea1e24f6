"""Errors planted in days of real closes: every kind of them is found, and on the days as they were nothing is."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

import wrapgen
from tests.prices import FOLDER, days

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="real prices (../shared) are not here")

Sent = dict[str, Any]
EVERY = 15  # of some 380 sessions, one in so many
# What would give an error away before any gate is asked: a feed that has only level, move and history.
SPARE = ("previous_close", "open", "high", "low", "streak", "milestone")


def market(sent: Sent) -> Sent:
    """The first of the region's own with a move worth the name."""
    own = (m for m in sent["markets"] if m.get("role", "main") == "main" and m.get("session") != "previous")
    return next(m for m in own if abs(m.get("change_pct", 0)) >= 0.2 and m["id"] in sent["history"])


def series(sent: Sent) -> Sent:
    found: Sent = sent["history"][market(sent)["id"]]
    return found


def cut(sent: Sent, at: int) -> None:
    for values in series(sent).values():
        del values[at]


def as_of(sent: Sent, move: Callable[[dt.date], dt.date]) -> None:
    sent["as_of"] = move(dt.date.fromisoformat(sent["as_of"])).isoformat()


def fractions(sent: Sent) -> None:
    for one in sent["markets"]:
        if "change_pct" in one:
            one["change_pct"] = round(one["change_pct"] / 100, 4)


def filled_in(sent: Sent) -> None:
    dates, closes = series(sent).values()
    found = [dt.date.fromisoformat(day) for day in dates]
    gap = next(n for n, day in enumerate(found[:-1]) if (found[n + 1] - day).days >= 3)
    dates.insert(gap + 1, (found[gap] + dt.timedelta(days=1)).isoformat())
    closes.insert(gap + 1, closes[gap])


def old(sent: Sent) -> None:
    closes = series(sent)["closes"]
    at = next(n for n in range(len(closes) - 2, 0, -1) if abs(closes[n] / closes[n - 1] - 1) > 0.002)
    market(sent).update(level=closes[at], change_pct=round(100 * (closes[at] / closes[at - 1] - 1), 2))


def unadjusted(sent: Sent) -> None:
    closes = series(sent)["closes"]
    closes[: len(closes) // 2] = [round(7 * close, 2) for close in closes[: len(closes) // 2]]


def halved(sent: Sent) -> None:
    market(sent)["level"] = round(market(sent)["level"] / 2, 2)
    del market(sent)["change_pct"]


def stood_still(sent: Sent) -> None:
    closes = series(sent)["closes"]
    closes[5:8] = [closes[5]] * 3


def shifted(sent: Sent) -> None:
    next(m for m in sent["markets"] if m is not market(sent) and "level" in m)["level"] = market(sent)["level"]


PLANTED: dict[str, tuple[Callable[[Sent], object], set[str]]] = {
    "fractions": (fractions, {"move_against_history"}),
    "one fraction": (
        lambda sent: market(sent).update(change_pct=round(market(sent)["change_pct"] / 100, 4)),
        {"move_against_history"},
    ),
    "the sign": (lambda sent: market(sent).update(change_pct=-market(sent)["change_pct"]), {"move_against_history"}),
    "the point": (lambda sent: market(sent).update(level=market(sent)["level"] / 10), {"split_jump"}),
    "a split": (halved, {"split_jump"}),
    "a split in the history": (unadjusted, {"split_in_history"}),
    "yesterday's level": (lambda sent: market(sent).update(level=series(sent)["closes"][-1]), {"resent"}),
    "an old session": (old, {"old_session"}),
    "another year": (lambda sent: as_of(sent, lambda day: day + dt.timedelta(days=364)), {"wrong_year"}),
    "a Saturday": (
        lambda sent: as_of(sent, lambda day: day + dt.timedelta(days=(5 - day.weekday()) % 7)),
        {"weekend"},
    ),
    "no last close": (lambda sent: cut(sent, -1), {"history_recent_hole"}),
    "a hole": (lambda sent: cut(sent, -3), {"history_recent_hole"}),
    "an old hole": (lambda sent: cut(sent, 5), {"history_holes"}),
    "a close of a day off": (filled_in, {"history_closed_day"}),
    "a price that stood still": (stood_still, {"history_repeats"}),
    "a line of the feed shifted": (shifted, {"same_figures", "move_against_history"}),
}


def some_days() -> list[Sent]:
    found = []
    for day in days()[::EVERY]:
        if day.snapshot is None:
            continue
        sent = copy.deepcopy(dict(day.snapshot))
        for one in sent["markets"]:
            for key in SPARE:
                one.pop(key, None)
        try:
            enough = len(series(sent)["dates"]) > 20
        except StopIteration:
            continue
        if enough:
            found.append(sent)
    return found


def test_nothing_is_said_of_the_days_as_they_were() -> None:
    sent = some_days()
    assert len(sent) > 8
    assert [wrapgen.examine_snapshot(one) for one in sent] == [()] * len(sent)


@pytest.mark.parametrize("error", PLANTED)
def test_a_planted_error_is_found_on_every_day(error: str) -> None:
    plant, gates = PLANTED[error]
    for sent in some_days():
        plant(sent)
        told = {gate.name for gate in wrapgen.examine_snapshot(sent)}
        assert told & gates, (error, sent["as_of"], told)
