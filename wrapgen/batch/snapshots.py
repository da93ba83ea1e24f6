"""Snapshots of the wire contract, made of measured prices: one for each session of a region.

A market that had a holiday is sent as closed; one whose price is missing is left out, and told.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from wrapgen.batch.compositions import Composition
from wrapgen.batch.measures import Measures, Track

HISTORY = 520  # sessions, two years: what "highest in more than a year" needs


class Day(NamedTuple):
    """A day that was asked for, and its snapshot; without one, ``reason`` or ``problems`` say why.

    ``notes`` are what a person should know: markets left out because their price is missing.
    """

    region: str
    date: dt.date
    snapshot: dict[str, Any] | None
    reason: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[Any, ...] = ()


def weekday_before(date: dt.date) -> str:
    """The weekday before ``date``: of a Monday and of a Sunday the Friday. Another region's session before."""
    return str(np.busday_offset(date, -1, roll="forward"))


def session_days(measures: Measures, composition: Composition, first: dt.date, last: dt.date) -> list[dt.date]:
    """The days from ``first`` to ``last`` on which one of the region's own markets has a price, or should have one."""
    own = [measures.tracks[name] for name in composition.main if name in measures.tracks]
    if not own:
        return []
    span = own[0].span
    first, last = max(first, span.first), min(last, span.last)
    found = {day for track in own for day in track.days if first.isoformat() <= day <= last.isoformat()}
    weekdays = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    for day in (day.isoformat() for day in weekdays if day.weekday() < 5):
        if day not in found and any(track.lacks(day) for track in own):
            found.add(day)
    return [dt.date.fromisoformat(day) for day in sorted(found)]


def make_day(
    measures: Measures,
    region: str,
    composition: Composition,
    date: dt.date,
    phase: str | None = None,
    history: int = HISTORY,
) -> Day:
    """The snapshot of ``region`` on ``date``: its own markets that day, the backdrop's session before, the context.

    In a ``preview`` its own markets have not traded: they stand with their session before, beside the day's futures.
    """
    day = date.isoformat()
    markets: list[dict[str, Any]] = []
    series: dict[str, Any] = {}
    notes, shut = [], set[str | None]()
    for name, its_day, more in _wanted(composition, date, phase):
        track = measures.tracks.get(name)
        if track is None:
            continue
        position = track.at.get(its_day)
        if position is not None and not math.isnan(track.moves[position]):
            markets.append({"id": name, **_figures(track, position), **more})
            if past := _history(track, day, history):
                series[name] = past
        elif position is not None:
            continue  # its first session, or the one before is missing: nothing says how it moved
        elif track.shut(its_day) and more["role"] != "context":
            place = track.instrument.place
            if more["role"] == "main" or place not in shut:  # one index says it for a whole backdrop
                markets.append({"id": name, "closed": True, **more})
            shut.add(place)
        elif track.lacks(its_day) and its_day > track.days[0]:
            notes.append(f"{name} is left out: its price of {its_day} is missing")
    leads = composition.futures if phase == "preview" else composition.main
    if not any(market["id"] in leads and "closed" not in market for market in markets):
        return Day(region, date, None, _reason(measures, leads, day, phase, notes), tuple(notes))
    head = {"region": region, "as_of": day} | ({"phase": phase} if phase else {})
    return Day(region, date, {**head, "markets": markets, "history": series}, "", tuple(notes))


def _wanted(composition: Composition, date: dt.date, phase: str | None) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The markets of a snapshot in its order, each with the day that it is wanted of and its part in the wrap."""
    day, before, previous = date.isoformat(), weekday_before(date), {"session": "previous"}
    if phase == "preview":
        for name in composition.futures:
            yield name, day, {"role": "context"}
    for name in composition.main:
        yield (name, before, {"role": "main", **previous}) if phase == "preview" else (name, day, {"role": "main"})
    for name in composition.backdrop:
        yield name, before, {"role": "backdrop", **previous}
    for name in composition.context:
        yield name, day, {"role": "context"}


def _figures(track: Track, position: int) -> dict[str, float]:
    point = "change" if track.instrument.kind == "yield" else "change_pct"
    figures = {
        "level": track.closes[position],
        point: track.moves[position],
        "previous_close": track.before[position],
    }
    low, high = track.lows[position], track.highs[position]
    # A range that its own close is outside of is the vendor's mistake: better none.
    if low <= track.closes[position] <= high and (low <= track.opens[position] <= high):
        figures |= {"open": track.opens[position], "high": high, "low": low}
    return {key: value for key, value in figures.items() if not math.isnan(value)}


def _history(track: Track, day: str, most: int) -> dict[str, list[Any]] | None:
    """The closes of the sessions before ``day``, as far back as none is missing."""
    end = bisect_left(track.days, day)
    if end == 0:
        return None
    start = max(track.since[end - 1], end - most)
    return {"dates": list(track.days[start:end]), "closes": track.closes[start:end]}


def _reason(measures: Measures, leads: Sequence[str], day: str, phase: str | None, notes: Sequence[str]) -> str:
    """Why there is no snapshot of a day."""
    what = "futures, which a preview needs" if phase == "preview" else "markets"
    own = [measures.tracks[name] for name in leads if name in measures.tracks]
    if not own:
        return f"the tables hold none of its {what}: {', '.join(leads) or 'none are known'}"
    if any(day in track.at for track in own):
        return f"nothing says how its {what} moved on {day}: no price of the session before"
    if all(track.shut(day) for track in own):
        return f"{day} was no session of {', '.join(track.instrument.id for track in own)}"
    if notes:
        return "; ".join(notes)
    first, last = min(track.days[0] for track in own), max(track.days[-1] for track in own)
    return f"there is no price of its {what} on {day}; there are some from {first} to {last}"
