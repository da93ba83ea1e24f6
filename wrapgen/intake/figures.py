"""The figures of one market: what follows from what was sent, and what contradicts it.

Levels are in the market's own unit, changes in points (basis points for yields, so that a change
of 1 is a hundredth of a level), percentages in percent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

# At or beyond this a move prints as a figure; below it, as no move (0.0%).
FLAT_PCT = 0.05
# A market that moved by more than this is not "flat", whatever the sender calls it.
STILL_FLAT_PCT = 0.3

_RISES = ("up",)
_FALLS = ("down",)
_OUR_DECIMALS = 2  # of a percentage that we work out


class Figures(NamedTuple):
    """A market's move, as sent where it was sent, otherwise as worked out.

    ``sources`` has for each figure that was worked out the keys that it was worked out from; ``last_close``
    is that of the history.
    """

    change_pct: float | None
    change: float | None
    level: float | None
    previous_close: float | None
    direction: str | None
    sources: Mapping[str, tuple[str, ...]] = {}


def derive(raw: dict[str, Any], kind: str, decimals: int, last_close: float | None = None) -> Figures:
    """Fill in what follows from the rest. ``last_close`` is the session before's, from history.

    A derived percentage has two decimals, a derived change or level those of the market. For
    yields no percentage is derived: nobody prints one.
    """
    point = _point(kind)
    pct, change, level = raw.get("change_pct"), raw.get("change"), raw.get("level")
    before = raw.get("previous_close")
    sources: dict[str, tuple[str, ...]] = {}
    of_before: tuple[str, ...] = ("previous_close",)
    if before is None and level is not None and change is not None:
        before = round(level - change * point, decimals)
        of_before = sources["previous_close"] = ("level", "change")
    if before is None and change is None and pct is None and last_close is not None:
        before = last_close
        of_before = sources["previous_close"] = ("last_close",)
    if level is None and before is not None and change is not None:
        level = round(before + change * point, decimals)
        sources["level"] = (*of_before, "change")
    if change is None and level is not None and before is not None:
        change = round((level - before) / point, decimals if point == 1 else 1)
        sources["change"] = ("level", *of_before)
    if pct is None and change is not None and before is not None and before > 0 and point == 1:
        pct = round(100 * change / before, _OUR_DECIMALS)
        sources["change_pct"] = sources.get("change") or tuple(dict.fromkeys(("change", *of_before)))
    return Figures(pct, change, level, before, raw.get("direction") or direction_of(pct, change), sources)


def direction_of(pct: float | None, change: float | None = None) -> str | None:
    """``up``, ``down``, or ``flat`` where the percentage prints as nothing; None without figures."""
    if pct is not None:
        return "flat" if abs(pct) < FLAT_PCT else "up" if pct > 0 else "down"
    if change is not None:
        return "flat" if change == 0 else "up" if change > 0 else "down"
    return None


def contradictions(raw: dict[str, Any], kind: str) -> Iterator[tuple[str, str]]:
    """Pairs of (key, what it contradicts), beyond what rounding explains, among figures as sent."""
    pct, change = raw.get("change_pct"), raw.get("change")
    level, before = raw.get("level"), raw.get("previous_close")
    point = _point(kind)
    yield from _signs(raw, pct, change)
    if kind in ("index", "fx", "crypto", "volatility"):
        for key in ("level", "previous_close", "open", "high", "low"):
            if raw.get(key) is not None and raw[key] <= 0:
                yield key, f"{_figure(raw[key])} must be more than 0"
                return
    if level is not None and before is not None and change is not None:
        implied = (level - before) / point
        slack = _unit(level) + _unit(before)
        if kind == "yield":  # 4.2 beside 4.25 is 4.20: a tenth of a percent is ten basis points
            slack = 2 * min(_unit(level), _unit(before))
        if abs(implied - change) > slack / point + _unit(change):
            made = f"level {_figure(level)} and previous close {_figure(before)}, which make {implied:.4g}"
            yield "change", f"{_figure(change)} contradicts {made}"
    if pct is not None and "approx" not in raw and point == 1:
        yield from _percentage(pct, change, level, before)
    yield from _range_of_day(raw)


def _signs(raw: dict[str, Any], pct: float | None, change: float | None) -> Iterator[tuple[str, str]]:
    if pct is not None and change is not None and pct * change < 0:
        yield "change", f"{_figure(change)} has another sign than change_pct {_figure(pct)}"
        return
    direction = raw.get("direction")
    if direction is None:
        return
    key, move = ("change_pct", pct) if pct is not None else ("change", change)
    if move is None:
        return
    against = (
        (move < 0 and direction in _RISES)
        or (move > 0 and direction in _FALLS)
        or (pct is not None and direction == "flat" and abs(pct) > STILL_FLAT_PCT)
        or (pct is not None and direction == "flat_to_lower" and not -STILL_FLAT_PCT <= pct < FLAT_PCT)
        or (pct is not None and direction == "flat_to_higher" and not -FLAT_PCT < pct <= STILL_FLAT_PCT)
    )
    if against:
        yield "direction", f"'{direction}' contradicts {key} {_figure(move)}"


def _percentage(
    pct: float, change: float | None, level: float | None, before: float | None
) -> Iterator[tuple[str, str]]:
    """The percentage against the pair of figures that makes one."""
    if before is None and level is not None and change is not None:
        before = level - change
    if before is None or before <= 0:
        return
    if level is not None and change is None:
        moved, slack = level - before, _unit(level) + _unit(before)
    elif change is not None:
        moved, slack = change, _unit(change)
    else:
        return
    implied = 100 * moved / before
    # Of a whole number a sender may have rounded half a percent away, hardly more.
    if abs(implied - pct) > min(_unit(pct), 0.5) + 100 * slack / before:
        yield "change_pct", f"{_figure(pct)} contradicts the level and its change, which make {implied:.2f}"


def _range_of_day(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    low, high = raw.get("low"), raw.get("high")
    if low is not None and high is not None and low > high:
        yield "low", f"{_figure(low)} is above the high, {_figure(high)}"
        return
    for key in ("open", "level"):
        value = raw.get(key)
        if value is None:
            continue
        if high is not None and value > high + _unit(high) + _unit(value):
            yield key, f"{_figure(value)} is above the day's high, {_figure(high)}"
        if low is not None and value < low - _unit(low) - _unit(value):
            yield key, f"{_figure(value)} is below the day's low, {_figure(low)}"


def _point(kind: str) -> float:
    """How much of a level one point of change is."""
    return 0.01 if kind == "yield" else 1.0


def _unit(value: float) -> float:
    """One unit of the last decimal that was sent: some round, some cut off. JSON has lost trailing
    zeros, so that 5.10 counts as 5.1: more lenient, never less."""
    text = repr(value)
    if "e" in text:
        return abs(value) * 1e-12
    decimals = text.partition(".")[2]
    return 1.0 if decimals in ("", "0") else float(10.0 ** -len(decimals))


def _figure(value: float) -> str:
    return f"{value:.12g}"
