"""Sentences about another span than the session: "for the month so far, the Nikkei was up 3%".

"Over the same time" is the span told of last. In such a sentence a market's name stands for its move over that
span, worked out here from the closes that were sent. The whole sentence is read so: one that also tells of the day
is not.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from wrapgen.check.claims import Reading
from wrapgen.check.truth import Thing
from wrapgen.check.world import World

_LONGEST_BREAK: Final = dt.timedelta(days=6)  # between two sessions in a row, with a long weekend
_END: Final = dt.timedelta(days=8)  # the last session of a month or year lies in its last days


def look_back(reading: Reading) -> dict[int, Thing]:
    """In a sentence that names a span, its markets become those of that span; gives what they stand for, by id()."""
    span = next(item for item in reading.items if item.role == "lookback")
    if span.sense != "same":
        reading.span = span.sense
    originals: dict[int, Thing] = {}
    made: dict[int, Thing] = {}
    for item in reading.items:
        if item.role == "lookback":
            item.used = True
        if item.role != "name":
            continue
        things = []
        for thing in item.things:
            if thing.kind == "market" and id(thing) not in made:
                made[id(thing)] = _over(reading.world, thing, reading.span)
                originals[id(made[id(thing)])] = thing
            things.append(made.get(id(thing), thing))
        item.things = tuple(things)
    return originals


def look_ahead(reading: Reading, originals: dict[int, Thing]) -> None:
    """After the sentence its markets are those of the day again."""
    reading.context[:] = [originals.get(id(thing), thing) for thing in reading.context]
    reading.subject = tuple(originals.get(id(thing), thing) for thing in reading.subject)
    if reading.market is not None:
        reading.market = originals.get(id(reading.market), reading.market)


def _over(world: World, thing: Thing, span: str) -> Thing:
    """The market with its move over the span; without any where the closes do not tell it."""
    made = thing.copied()
    made.pct = _pct(world, thing, span)
    made.change = made.direction = made.approx = None
    series = world.snapshot.history.get(thing.id)
    made.pointer = series.pointer if series is not None else thing.pointer
    return made


def _pct(world: World, thing: Thing, span: str) -> float | None:
    series = world.snapshot.history.get(thing.id)
    today = world.snapshot.date
    if series is None or thing.previous:
        return None
    if not span:
        return None  # "over the same time", and no span was named
    past = [(day, close) for day, close in zip(series.dates, series.closes, strict=True) if day < today]
    if span == "before":
        if len(past) < 2 or past[-1][0] - past[-2][0] > _LONGEST_BREAK or today - past[-1][0] > _LONGEST_BREAK:
            return None
        return 100 * (past[-1][1] - past[-2][1]) / past[-2][1]
    start = dt.date(today.year, today.month if span == "month" else 1, 1)
    outside = [(day, close) for day, close in past if day < start]
    if not outside or start - outside[-1][0] > _END or thing.level is None or outside[-1][1] <= 0:
        return None
    return 100 * (thing.level - outside[-1][1]) / outside[-1][1]
