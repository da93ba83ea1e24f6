"""What a snapshot states about the past, held against the closes that came with it.

A stated streak wins over history, since senders count differently; a milestone that a close refutes is left out. The
sender is told of both. Only clear disagreements count: words for a span ("two years") and intraday records are let be.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from wrapgen.intake.snapshot import Market, Milestone, Series, Streak

_HIGHS = ("record_high", "highest")
_LOWS = ("record_low", "lowest")
_STALE = dt.timedelta(days=7)


def last_close(series: Series | None, day: dt.date) -> float | None:
    """The close of the session before ``day``, where history reaches up to it."""
    if series is None or not series.dates or day - series.dates[-1] > _STALE:
        return None
    return series.closes[-1]


def disagreements(market: Market, series: Series, day: dt.date) -> Iterator[tuple[str, str]]:
    """Pairs of (pointer, message) for what ``market`` states and ``series`` does not bear out."""
    closes, dates = list(series.closes), list(series.dates)
    if market.session == "current":
        before = last_close(series, day)
        if market.previous_close is not None and before is not None:
            slack = max(1e-4 * abs(before), 10.0**-market.decimals)
            if abs(before - market.previous_close) > slack:
                yield (
                    f"{market.pointer}/previous_close",
                    f"{market.previous_close:g} is kept, though history ends at {before:g}",
                )
        if market.level is not None and not market.closed:
            closes.append(market.level)
            dates.append(day)
    if len(closes) < 2:
        return
    if market.streak is not None:
        message = _streak(market.streak, closes)
        if message:
            yield market.streak.pointer, message
    for milestone in market.milestones:
        message = _milestone(milestone, dates, closes)
        if message:
            yield milestone.pointer, message


def _streak(streak: Streak, closes: list[float]) -> str | None:
    sign = 1 if streak.direction == "up" else -1
    moves = [sign * (after - before) for before, after in zip(closes, closes[1:], strict=False)]
    if streak.status == "ended" and moves.pop() > 0:
        return f"an ended streak {streak.direction} is kept, though history says that it goes on"
    run = 0
    while run < len(moves) and moves[-1 - run] > 0:
        run += 1
    # A run that fills the history may have begun before it; a sender may or may not count today.
    fits = streak.sessions is None or run in (streak.sessions, streak.sessions + 1)
    if run == 0 or (not fits and (run < len(moves) or (streak.sessions or 0) < run)):
        stated = f"{streak.sessions} sessions {streak.direction}" if streak.sessions else streak.direction
        return f"a streak of {stated} is kept, though history has {run}"
    return None


def _milestone(milestone: Milestone, dates: list[dt.date], closes: list[float]) -> str | None:
    high = milestone.type in _HIGHS
    if milestone.short_of or milestone.basis == "intraday" or not (high or milestone.type in _LOWS):
        return None
    start = _start(milestone, dates[-1])
    if start is None:
        return None
    today = closes[-1]
    for day, close in zip(dates[:-1], closes[:-1], strict=True):
        if day >= start and (close > today if high else close < today):
            return f"'{milestone.type}' is left out: it was {close:g} on {day}, and is {today:g} now"
    return None


def _start(milestone: Milestone, today: dt.date) -> dt.date | None:
    """The first day that a milestone speaks of; None where that is said in words."""
    if milestone.type.startswith("record"):
        return dt.date.min
    since = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", milestone.since or "")
    if since:
        year, month, day = (int(part) if part else None for part in since.groups())
        try:
            # Since March means: after March; so from the first day behind the period named.
            if day and month:
                return dt.date(year or 1, month, day) + dt.timedelta(days=1)
            return dt.date((year or 1) + (month in (None, 12)), (month or 12) % 12 + 1, 1)
        except ValueError:
            return None
    over = re.fullmatch(r"P(\d+)([YMWD])", milestone.over or "")
    if over:
        days = {"Y": 365, "M": 30, "W": 7, "D": 1}[over[2]] * min(int(over[1]), 100_000)
        return today - dt.timedelta(days=days) if days < today.toordinal() else dt.date.min
    return None
