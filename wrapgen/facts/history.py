"""What a market's price history says about today: runs, highest-since, peaks, rebounds.

Pure functions of a series of closes and today's level. Nothing here is a word: callers get dates,
counts and percentages, and decide what is worth saying. Where the data cannot say, the answer is
None, never a guess: a run that reaches back to the first close has no known length, and a series
whose last close is not what today's move is measured from says nothing about today.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from wrapgen.intake.snapshot import Series

FLAT_PCT = 0.005  # a smaller move is flat: it would print as 0.00%
ROUNDING_PCT = 0.05  # what a percentage sent with one decimal can be off by
JOIN_PCT = 0.1  # a stated move may differ so much from the closes (rounding, or digits cut off)
STALE_DAYS = 14  # the longest exchange holidays are shorter
YEAR_DAYS = 365
NEAR_PCT = 2.0  # so close to a peak or a trough is near it
USUAL_SESSIONS = 60  # the sessions that the usual move is taken from
USUAL_AT_LEAST = 10  # fewer moves than this have no usual size
NOTABLE_TIMES_USUAL = 1.5

UP, DOWN, FLAT = "up", "down", "flat"


@dataclass(frozen=True, slots=True)
class HistoryFacts:
    """What closes up to the session before, and today's level, say. None: the data cannot say.

    Directions are ``up``, ``down`` or ``flat``. Percentages are in percent. Dates are those of
    sessions in the data. A *session count* includes today's. Facts that need today's move are None
    where neither today's level nor its move is known, or where ``contiguous`` is False.
    """

    history_days: int
    """Calendar days from the first close of the data to today; 0 without data."""
    contiguous: bool
    """The last close is the one that today's move is measured from, as far as can be seen: it is
    at most two weeks old, and a stated move agrees with a stated level. Otherwise all is None."""
    final: bool
    """Today's session is over; otherwise its facts may still change ("on track for")."""
    derived: bool = False
    """Today's level was worked out from its percent move: comparisons within rounding are None,
    and the dates of ``highest_since`` and ``lowest_since`` are floors where they lie within it."""
    implied_pct: float | None = None
    """Today's level against the last close, also where it contradicts the move that was stated."""
    level: float | None = None
    """Today's level, as sent or derived."""
    move_pct: float | None = None
    """Today's move against the last close; the stated one where the level is derived."""
    direction: str | None = None
    """Direction of today's move."""

    prior_pct: float | None = None
    """Move of the session before."""
    prior_direction: str | None = None
    """Direction of the session before."""
    usual_move_pct: float | None = None
    """Mean absolute move of the last 60 sessions before today; needs at least ten."""

    streak_direction: str | None = None
    """Direction of the run of sessions that today's belongs to; None on a flat day."""
    streak_sessions: int | None = None
    """Length of that run with today's (1: today's alone), 0 on a flat day, None where the run
    reaches back to the first close of the data."""
    ended_direction: str | None = None
    """Direction of the run that today's move ended, or of none."""
    ended_sessions: int | None = None
    """Length of the ended run, at least 1; None where it reaches back to the first close."""

    highest_since: dt.date | None = None
    """Last date with a close at least as high as today's level, with lower closes in between (at
    least one)."""
    lowest_since: dt.date | None = None
    """Last date with a close at least as low as today's level, with higher closes in between."""
    since_at_least: dt.date | None = None
    """Where that close lies within rounding of a derived level: the date that it would be if the
    level is beyond it. The true date is one of the two, or between; None where it is certain."""
    sessions_since: int | None = None
    """Sessions from that date to today's (2: one lower, or higher, close in between)."""
    is_high_of_history: bool | None = None
    """No close of the data is as high: "highest in at least ``history_days``", never "record"."""
    is_low_of_history: bool | None = None
    """No close of the data is as low."""

    best_day_since: dt.date | None = None
    """Last date with a gain at least as big as today's, where today's is notable (1.5 times the
    usual move); None also where the session before is that date."""
    worst_day_since: dt.date | None = None
    """Last date with a fall at least as big as today's notable one."""
    is_best_of_history: bool | None = None
    """Today's is a notable gain, and the data hold none as big. None where it is not notable."""
    is_worst_of_history: bool | None = None
    """Today's is a notable fall, and the data hold none as big."""

    near_peak_date: dt.date | None = None
    """Last date of the highest close of the last year, where today's level is within 2% below."""
    near_peak_level: float | None = None
    """That close."""
    near_peak_gap_pct: float | None = None
    """How far below it today's level is, above 0, in percent of the peak."""
    near_peak_dip_pct: float | None = None
    """How far below the peak the lowest close since then was (0: none in between): whether today
    comes back to the peak or has hardly left it."""
    near_trough_date: dt.date | None = None
    """Last date of the lowest close of the last year, where today's level is within 2% above."""
    near_trough_level: float | None = None
    """That close."""
    near_trough_gap_pct: float | None = None
    """How far above it today's level is, above 0, in percent of the trough."""
    near_trough_bounce_pct: float | None = None
    """How far above the trough the highest close since then was (0: none in between)."""
    off_high_pct: float | None = None
    """Today's level against the highest close of the data: negative, or 0 at or above it."""
    off_low_pct: float | None = None
    """Today's level against the lowest close of the data: positive, or 0 at or below it."""

    rebound: bool | None = None
    """Up today after a fall the session before, at least half of it recovered."""
    reversal: bool | None = None
    """Down today after a gain the session before, at least half of it given up."""
    follow_through: bool | None = None
    """Today's move goes on from the session before: same direction, at least half its size."""


class Since(NamedTuple):
    """A date as a reader measures it from today. ``over`` is an ISO 8601 duration, rounded down.

    ``over`` counts in years from a year on, then in months, weeks (from seven days) and days:
    ``P1M`` says "over a month", or "a month" where ``exact``. ``part`` is the third of ``month``
    (1 to 12) of ``year`` that the date falls in: ``early`` to the 10th, ``mid`` to the 20th, ``late``.
    """

    over: str
    exact: bool
    part: str
    month: int
    year: int


def since_words(date: dt.date, today: dt.date) -> Since:
    """Span from ``date`` to ``today`` and the part of the month: 2025-10-06 on 2025-11-12 is
    ``P1M``, early, 10, 2025. Raises ValueError where ``date`` is after ``today``."""
    days = (today - date).days
    if days < 0:
        raise ValueError(f"{date} is after {today}: a span runs from an earlier date to a later one")
    months = (today.year - date.year) * 12 + today.month - date.month - (today.day < date.day)
    if months >= 12:
        over, exact = f"P{months // 12}Y", months % 12 == 0 and today.day == date.day
    elif months:
        over, exact = f"P{months}M", today.day == date.day
    elif days >= 7:
        over, exact = f"P{days // 7}W", days % 7 == 0
    else:
        over, exact = f"P{days}D", True
    part = "early" if date.day <= 10 else "mid" if date.day <= 20 else "late"
    return Since(over, exact, part, date.month, date.year)


def read_history(
    series: Series, today_close: float | None, today_pct: float | None, date: dt.date, phase: str
) -> HistoryFacts:
    """Facts of one market on ``date`` from its earlier closes and today's level or percent move.

    ``date`` is the date of the session that the level and the move belong to (for a market whose
    session is ``previous``, that session's). Closes on or after it are ignored, and so is a last
    close that turns out to be today's own. ``today_close`` is the latest level (the close where
    ``phase`` is ``close``), ``today_pct`` the move in percent; either may be None.
    """
    past = _before(series, date, today_close, today_pct)
    dates, closes = past.dates, past.closes
    final = phase == "close"
    if not closes:
        return HistoryFacts(history_days=0, contiguous=False, final=final)
    days = (date - dates[0]).days
    last = closes[-1]
    fresh = (date - dates[-1]).days <= STALE_DAYS
    level = today_close
    derived = False
    if level is None and today_pct is not None and last > 0:
        level, derived = last * (1 + today_pct / 100), True
    implied = None if level is None or last <= 0 else (level / last - 1) * 100
    agrees = derived or today_pct is None or implied is None or abs(implied - today_pct) <= JOIN_PCT
    if not (fresh and agrees):
        return HistoryFacts(days, contiguous=False, final=final, derived=derived, implied_pct=implied)

    found: dict[str, Any] = {}
    low, high = min(closes), max(closes)
    percent = low > 0 and (level is None or level > 0)  # a percentage of a negative price means nothing
    if len(closes) > 1:
        found["prior_direction"] = _direction(closes[-2], last)
        if percent:
            found["prior_pct"] = (last / closes[-2] - 1) * 100
    usual = _usual_move(closes) if percent else None
    if level is not None:
        direction = _direction(last, level)
        margin = abs(level) * ROUNDING_PCT / 100 if derived else 0.0
        found["direction"] = direction
        found.update(_run(closes, direction, derived))
        found.update(_extreme(past, level, margin, low, high))
        if len(closes) > 1:
            found.update(_pattern(closes[-2], last, level, margin, direction, found["prior_direction"]))
        if percent:
            found["move_pct"] = today_pct if derived else implied
            found["off_high_pct"] = min(0.0, (level / high - 1) * 100)
            found["off_low_pct"] = max(0.0, (level / low - 1) * 100)
            found.update(_near(past, level, margin, low, high, date))
            if usual is not None and direction != FLAT:
                found.update(_biggest_move(past, level / last, direction, usual, derived))
    return HistoryFacts(days, True, final, derived, implied, level, usual_move_pct=usual, **found)


def _before(series: Series, date: dt.date, today_close: float | None, today_pct: float | None) -> Series:
    """The sessions before today's."""
    dates, closes = series.dates, series.closes
    if dates and dates[-1] >= date:
        end = bisect_left(dates, date)
        dates, closes = dates[:end], closes[:end]
    # The level is the last close and yet it moved, just as the last close did: it is that session's.
    if (
        today_close is not None
        and today_pct
        and len(closes) > 1
        and closes[-1] == today_close
        and closes[-2] > 0
        and abs(today_pct) > JOIN_PCT
        and abs((closes[-1] / closes[-2] - 1) * 100 - today_pct) <= JOIN_PCT
    ):
        dates, closes = dates[:-1], closes[:-1]
    return series if closes is series.closes else Series(series.pointer, dates, closes)


def _direction(before: float, after: float) -> str:
    flat = abs(after / before - 1) * 100 < FLAT_PCT if before > 0 else after == before
    return FLAT if flat else UP if after > before else DOWN


def _usual_move(closes: tuple[float, ...]) -> float | None:
    recent = closes[-USUAL_SESSIONS - 1 :]
    moves = len(recent) - 1
    if moves < USUAL_AT_LEAST:
        return None
    return sum([abs(b / a - 1) for a, b in zip(recent, recent[1:], strict=False)]) / moves * 100


def _last_run(closes: tuple[float, ...]) -> tuple[str | None, int | None]:
    """Direction and sessions of the run that the last close ends: direction None where there is
    only one close, flat where the last session was; sessions None where it reaches the first close."""
    if len(closes) < 2:
        return None, None
    direction = _direction(closes[-2], closes[-1])
    if direction == FLAT:
        return FLAT, 0
    for i in range(len(closes) - 2, 0, -1):
        if _direction(closes[i - 1], closes[i]) != direction:
            return direction, len(closes) - 1 - i
    return direction, None


def _run(closes: tuple[float, ...], direction: str, derived: bool) -> dict[str, Any]:
    """The run that today's move belongs to and the one that it ended."""
    before, sessions = _last_run(closes)
    if direction != FLAT and before in (direction, None):
        longer = None if sessions is None else sessions + 1
        return {"streak_direction": direction, "streak_sessions": longer}
    found: dict[str, Any] = {"streak_sessions": 0}
    if direction != FLAT:
        found = {"streak_direction": direction, "streak_sessions": 1}
    elif derived:  # a move that rounds to nothing may have gone on with the run
        return found
    if before in (UP, DOWN):
        found.update(ended_direction=before, ended_sessions=sessions)
    return found


def _last_beyond(closes: Sequence[float], level: float, margin: float, sign: int) -> int | None:
    """Index of the last close at least as high (``sign`` 1) or as low (-1) as ``level``; None where
    there is none, or where the one that decides is within ``margin``."""
    i = _last_at(closes, level - sign * margin, sign)
    return i if i is not None and sign * (closes[i] - level) >= margin else None


def _last_at(closes: Sequence[float], level: float, sign: int) -> int | None:
    """Index of the last close at or beyond ``level``: at least as high for ``sign`` 1, as low for -1."""
    if sign > 0:
        back = next((i for i, close in enumerate(reversed(closes)) if close >= level), None)
    else:
        back = next((i for i, close in enumerate(reversed(closes)) if close <= level), None)
    return None if back is None else len(closes) - 1 - back


def _extreme(past: Series, level: float, margin: float, low: float, high: float) -> dict[str, Any]:
    """How far back today's level is the highest or the lowest."""
    closes = past.closes
    found: dict[str, Any] = {
        "is_high_of_history": True if level - margin > high else False if level + margin <= high else None,
        "is_low_of_history": True if level + margin < low else False if level - margin >= low else None,
    }
    for sign, key in ((1, "highest_since"), (-1, "lowest_since")):
        if sign * level <= sign * closes[-1] or found[f"is_{'high' if sign > 0 else 'low'}_of_history"]:
            continue
        near = _last_at(closes, level - sign * margin, sign)
        far = _last_at(closes, level + sign * margin, sign)
        if near is None or far is None or near == len(closes) - 1:
            continue
        found[key] = past.dates[near]
        found["sessions_since"] = len(closes) - near
        if far != near:
            found["since_at_least"] = past.dates[far]
    return found


def _biggest_move(past: Series, ratio: float, direction: str, usual: float, derived: bool) -> dict[str, Any]:
    """The last move as big as today's (``ratio`` of level to last close), where it is notable."""
    if abs(ratio - 1) * 100 < NOTABLE_TIMES_USUAL * usual:
        return {}
    closes = past.closes
    sign, side = (1, "best") if direction == UP else (-1, "worst")
    margin = ROUNDING_PCT / 100 if derived else 0.0
    ratios = [b / a for a, b in zip(closes, closes[1:], strict=False)]
    if sign * (max(ratios) if sign > 0 else min(ratios)) < sign * ratio - margin:
        return {f"is_{side}_of_history": True}
    i = _last_beyond(ratios, ratio, margin, sign)
    if i is None:
        return {}
    since = past.dates[i + 1] if i < len(ratios) - 1 else None
    return {f"{side}_day_since": since, f"is_{side}_of_history": False}


def _near(past: Series, level: float, margin: float, low: float, high: float, date: dt.date) -> dict[str, Any]:
    """The year's peak just above today's level, and its trough just below."""
    found: dict[str, Any] = {}
    dates, closes = past.dates, past.closes
    start = bisect_left(dates, date - dt.timedelta(days=YEAR_DAYS))
    if start:
        low, high = min(closes[start:]), max(closes[start:])
    if high * (1 - NEAR_PCT / 100) <= level < high - margin:
        i = _last_index(closes, high)
        after = closes[i + 1 :]
        found.update(
            near_peak_date=dates[i],
            near_peak_level=high,
            near_peak_gap_pct=(1 - level / high) * 100,
            near_peak_dip_pct=(1 - min(after) / high) * 100 if after else 0.0,
        )
    if low + margin < level <= low * (1 + NEAR_PCT / 100):
        i = _last_index(closes, low)
        after = closes[i + 1 :]
        found.update(
            near_trough_date=dates[i],
            near_trough_level=low,
            near_trough_gap_pct=(level / low - 1) * 100,
            near_trough_bounce_pct=(max(after) / low - 1) * 100 if after else 0.0,
        )
    return found


def _last_index(closes: tuple[float, ...], value: float) -> int:
    return len(closes) - 1 - closes[::-1].index(value)


def _pattern(
    before: float, last: float, level: float, margin: float, direction: str, prior: str
) -> dict[str, bool | None]:
    """How today's move answers the session before's; at most one of the three holds."""
    excess = 2 * abs(level - last) - abs(last - before)
    half: bool | None = excess >= 0
    if abs(excess) < 2 * margin:
        half = None
    return {
        "rebound": half if (prior, direction) == (DOWN, UP) else False,
        "reversal": half if (prior, direction) == (UP, DOWN) else False,
        "follow_through": half if prior == direction != FLAT else False,
    }
