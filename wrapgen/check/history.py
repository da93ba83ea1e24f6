"""Runs, highs and worst days from the closes that were sent, worked out here and nowhere else."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from wrapgen.check.truth import STILL, Thing
from wrapgen.check.world import World


class Past(NamedTuple):
    """Dates and values up to the session told of, that one last."""

    dates: list[dt.date]
    values: list[float]


def closes(world: World, thing: Thing) -> Past | None:
    """A market's closes, today's level last; None where there is no history or no level."""
    series = world.snapshot.history.get(thing.id)
    if series is None or not series.closes:
        return None
    dates, values = list(series.dates), list(series.closes)
    if thing.previous and dates[-1] >= session_date(world, thing) and len(dates) > 1:
        dates.pop()  # the session told of is the last of the history
        values.pop()
    level = thing.level
    if level is None and thing.pct is not None:
        level = values[-1] * (1 + thing.pct / 100)
    if level is None:
        return None
    return Past([*dates, session_date(world, thing)], [*values, level])


def session_date(world: World, thing: Thing) -> dt.date:
    """The day that a market's figures are of: the wrap's, or the last before it on which its exchange was open."""
    day = world.snapshot.date
    if not thing.previous:
        return day
    closures = world.language.reference.closures_of(thing.place)
    day -= dt.timedelta(days=1)
    while day.weekday() > 4 if closures is None else closures.off(day) is not None:
        day -= dt.timedelta(days=1)
    return day


def moves(world: World, thing: Thing) -> Past | None:
    """Its moves in percent (of yields in points), the latest as sent."""
    past = closes(world, thing)
    if past is None or len(past.values) < 2:
        return None
    points = thing.instrument == "yield"
    made = [
        (b - a) * 100 if points else (b / a - 1) * 100 for a, b in zip(past.values, past.values[1:], strict=False) if a
    ]
    if len(made) < len(past.values) - 1:
        return None
    if thing.pct is not None and not points:
        made[-1] = thing.pct
    return Past(past.dates[1:], made)


def run(world: World, thing: Thing, *, before: bool = False) -> tuple[str, int] | None:
    """(direction, sessions) of the run up to the latest session, or up to the one before it."""
    past = moves(world, thing)
    if past is None:
        return None
    # To two decimals, as moves are sent: less than that is no move.
    values = [round(value, 2) for value in (past.values[:-1] if before else past.values)]
    if not values:
        return None
    up = values[-1] > 0
    length = 0
    for value in reversed(values):
        if value == 0 or (value > 0) != up:
            break
        length += 1
    return ("up" if up else "down", length)


def last_beyond(past: Past, *, high: bool) -> dt.date | None:
    """The last day before the latest whose value was as high (as low); None where there is none."""
    latest = past.values[-1]
    for day, value in zip(reversed(past.dates[:-1]), reversed(past.values[:-1]), strict=True):
        if value >= latest if high else value <= latest:
            return day
    return None


def extreme(past: Past, *, high: bool, start: dt.date) -> tuple[dt.date, float] | None:
    """The highest (lowest) value before the latest session, from ``start`` on."""
    inside = [(d, v) for d, v in zip(past.dates[:-1], past.values[:-1], strict=True) if d >= start]
    if not inside:
        return None
    return max(inside, key=lambda each: each[1]) if high else min(inside, key=lambda each: each[1])


def still(value: float) -> bool:
    return abs(value) < STILL
