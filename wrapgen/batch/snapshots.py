"""Snapshots of the wire contract, made of measured prices: one for each session of a region.

A market that had a holiday is sent as closed; one whose price is missing is left out, and told.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
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

    In a ``preview`` its own markets have not traded: they stand with their session before.
    """
    day = date.isoformat()
    before = weekday_before(date)
    own_day, own = (before, {"session": "previous"}) if phase == "preview" else (day, {})
    wanted: list[tuple[str, str, dict[str, str]]] = [(name, own_day, {"role": "main", **own}) for name in composition.main]
    wanted += [(name, before, {"role": "backdrop", "session": "previous"}) for name in composition.backdrop]
    wanted += [(name, day, {"role": "context"}) for name in composition.context]

    markets: list[dict[str, Any]] = []
    series: dict[str, Any] = {}
    notes = []
    for name, its_day, more in wanted:
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
            markets.append({"id": name, "closed": True, **more})
        elif track.lacks(its_day) and its_day > track.days[0]:
            notes.append(f"{name} is left out: its price of {its_day} is missing")
    if not any(market["role"] == "main" and "closed" not in market for market in markets):
        return Day(region, date, None, _reason(measures, composition, own_day, notes), tuple(notes))
    snapshot: dict[str, Any] = {"region": region, "as_of": day}
    if phase is not None:
        snapshot["phase"] = phase
    return Day(region, date, {**snapshot, "markets": markets, "history": series}, "", tuple(notes))


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


def _reason(measures: Measures, composition: Composition, day: str, notes: list[str]) -> str:
    """Why there is no snapshot of a day."""
    own = [measures.tracks[name] for name in composition.main if name in measures.tracks]
    if not own:
        return f"the tables hold none of its markets: {', '.join(composition.main) or 'none are known'}"
    if any(day in track.at for track in own):
        return f"nothing says how its markets moved on {day}: no price of the session before"
    if notes:
        return "; ".join(notes)
    if all(track.shut(day) for track in own):
        return f"{day} was no session of {', '.join(track.instrument.id for track in own)}"
    first, last = min(track.days[0] for track in own), max(track.days[-1] for track in own)
    return f"there is no price of {day}; there are some from {first} to {last}"
