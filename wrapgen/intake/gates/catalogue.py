"""The gates there are, in the order in which they are listed, with the limits that each needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wrapgen.intake.gates import constituents, duplicates, events, history, moves, times, units
from wrapgen.intake.gates.types import Gate, Shape

SEVERITIES = ("note", "hold", "refuse", "ignore")
KINDS = ("index", "future", "fx", "commodity", "yield", "volatility", "crypto", "stock")


def _numbers(*names: str) -> dict[str, Shape]:
    return dict.fromkeys(names, "number")


GATES: Mapping[str, Gate] = {
    gate.name: gate
    for gate in (
        Gate("future", times.future, _numbers("minutes")),
        Gate("stale", times.stale, _numbers("days", "hours")),
        Gate("weekend", times.weekend, {}),
        Gate("holiday", times.holiday, {}),
        Gate("closed_on_session_day", times.closed_on_session_day, {}),
        Gate("wrong_year", times.wrong_year, _numbers("days")),
        Gate("history_ends_early", times.history_ends_early, _numbers("days", "less_than_days")),
        Gate("impossible_date", times.impossible_date, {}),
        Gate("event_date", times.event_date, _numbers("days")),
        Gate(
            "fraction_as_percent",
            units.fraction_as_percent,
            _numbers("figures", "all_below", "fine_below", "decimals"),
        ),
        Gate("yield_change_unit", units.yield_change_unit, _numbers("below", "decimals")),
        Gate("yield_level", units.yield_level, _numbers("most")),
        Gate("move_against_history", units.move_against_history, _numbers("percent", "basis_points")),
        Gate(
            "beyond_usual",
            moves.beyond_usual,
            _numbers("deviations", "history", "sessions") | {"floor": "kinds"},
        ),
        Gate("beyond_kind", moves.beyond_kind, {"most": "kinds", "history": "number"}),
        Gate("day_range", moves.day_range, {"most": "kinds"}),
        Gate("split_jump", moves.split_jump, {"ratios": "numbers", "tolerance": "number"}),
        Gate("split_in_history", moves.split_in_history, {"ratios": "numbers", "tolerance": "number"}),
        Gate("against_constituents", constituents.against_constituents, _numbers("index", "stock", "stocks")),
        Gate("against_breadth", constituents.against_breadth, _numbers("index", "shares", "percent")),
        Gate("weights_sum", constituents.weights_sum, _numbers("slack")),
        Gate("constituents_add_up", constituents.constituents_add_up, _numbers("slack", "tolerance", "rest")),
        Gate("contribution", constituents.contribution, _numbers("points", "heaviest", "factor")),
        Gate("contributions_sum", constituents.contributions_sum, _numbers("covered", "tolerance", "rest")),
        Gate("same_market", duplicates.same_market, {}),
        Gate("same_figures", duplicates.same_figures, _numbers("digits")),
        Gate("same_share", duplicates.same_share, {}),
        Gate("twin_listing", duplicates.twin_listing, {}),
        Gate("history_holes", history.history_holes, _numbers("missing", "recent")),
        Gate("history_recent_hole", history.history_recent_hole, _numbers("missing", "recent")),
        Gate("history_closed_day", history.history_closed_day, _numbers("days")),
        Gate("history_repeats", history.history_repeats, {"closes": "kinds"}),
        Gate("history_not_positive", history.history_not_positive, {}),
        Gate("resent", history.resent, _numbers("move")),
        Gate("old_session", history.old_session, _numbers("digits", "rounding", "move")),
        Gate("actual_unlike_consensus", events.actual_unlike_consensus, _numbers("factor", "least")),
        Gate("result_against_figures", events.result_against_figures, _numbers("percent")),
    )
}


def gate_faults(record: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...], object]]:
    """(key, message, allowed, what was meant) for what is wrong with a record of ``gates.yaml``."""
    gate = GATES.get(record["gate"])
    if gate is None:
        yield "gate", f"{record['gate']!r} is no gate", tuple(GATES), record["gate"]
        return
    if record["severity"] not in SEVERITIES:
        yield "severity", f"{gate.name}: {record['severity']!r} is no severity", SEVERITIES, record["severity"]
    limits = record.get("limits") or {}
    for name in limits:
        if name not in gate.limits:
            yield "limits", f"{gate.name}: {name!r} is none of its limits", tuple(gate.limits), name
    for name, shape in gate.limits.items():
        if name not in limits:
            yield "limits", f"{gate.name}: the limit {name!r} is missing", tuple(gate.limits), None
        elif not _fits(limits[name], shape):
            yield "limits", f"{gate.name}: {name} must be {_WANTED[shape]}", (), None


_WANTED: Mapping[Shape, str] = {
    "number": "a number that is not negative",
    "numbers": "a list of numbers above 0",
    "kinds": f"a number for each kind that it holds for, of {', '.join(KINDS)}",
}


def _fits(value: object, shape: Shape) -> bool:
    if shape == "number":
        return _is_number(value)
    if shape == "numbers":
        return isinstance(value, list) and bool(value) and all(_is_number(item) and item for item in value)
    return isinstance(value, dict) and all(kind in KINDS and _is_number(most) for kind, most in value.items())


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < float("inf")
