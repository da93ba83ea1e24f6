"""The limits of the data gates: those that two gates share are the same, and each is of its unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wrapgen.intake.gates.catalogue import GATES as CATALOGUE
from wrapgen.intake.gates.catalogue import KINDS
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.soundness.sheets import Sheets
from wrapgen.rulepack.yamlfile import Items, Record

GATES = "reference/gates.yaml"
# One limit under two gates: what one lets through the other must look at with the same eyes.
_SAME = (
    (("split_jump", "ratios"), ("split_in_history", "ratios")),
    (("split_jump", "tolerance"), ("split_in_history", "tolerance")),
    (("beyond_usual", "history"), ("beyond_kind", "history")),
    (("wrong_year", "days"), ("history_ends_early", "less_than_days")),
    (("same_figures", "digits"), ("old_session", "digits")),
    (("weights_sum", "slack"), ("constituents_add_up", "slack")),
    (("constituents_add_up", "rest"), ("contributions_sum", "rest")),
    (("history_holes", "recent"), ("history_recent_hole", "recent")),
    (("history_holes", "missing"), ("history_recent_hole", "missing")),
    (("move_against_history", "percent"), ("old_session", "move")),
)
# The first is no more than the second.
_NO_MORE = (
    (("beyond_usual", "floor"), ("beyond_kind", "most")),
    (("beyond_kind", "most"), ("day_range", "most")),
    (("history_ends_early", "days"), ("history_ends_early", "less_than_days")),
    (("stale", "days"), ("history_ends_early", "days")),
    (("beyond_usual", "history"), ("beyond_usual", "sessions")),
    (("fraction_as_percent", "all_below"), ("fraction_as_percent", "fine_below")),
    (("old_session", "rounding"), ("resent", "move")),
    (("contributions_sum", "tolerance"), ("constituents_add_up", "tolerance")),
)
# What a limit can be by its unit, whatever the gate: from, to.
_RANGES: Mapping[str, tuple[float, float]] = {
    "minutes": (1, 60), "hour": (1, 23), "hours": (1, 48), "days": (0, 366), "less_than_days": (30, 366),
    "figures": (2, 10), "decimals": (1, 4), "digits": (3, 8), "percent": (0.01, 50), "basis_points": (0.5, 10),
    "deviations": (4, 20), "history": (10, 60), "sessions": (60, 500), "stocks": (3, 30), "shares": (5, 100),
    "covered": (50, 100), "heaviest": (20, 100), "factor": (1.5, 20), "missing": (0, 3), "recent": (2, 20),
    "tolerance": (0.01, 0.5), "rounding": (0.001, 0.1), "move": (0.01, 1), "below": (0.05, 1), "least": (1, 10),
    "rest": (2, 50), "slack": (0.1, 5), "all_below": (0.001, 0.1), "fine_below": (0.01, 0.5), "index": (0.1, 5),
    "stock": (0.1, 5), "points": (0.1, 10),
}  # fmt: skip
# An index never moves as a coin does: each kind by how far it goes in a day, the calmest first.
_CALM_TO_WILD = ("fx", "index", "commodity", "crypto")


def check_gates(sheets: Sheets, pack: RulePack) -> None:
    """Limits in their ranges, alike where they are one, in the order of the gates of the engine."""
    records = {record["gate"]: record for record in sheets.records(GATES)}
    for record in records.values():
        if "says" not in record:
            sheets.refuse(GATES, record.line, "needs says, what the gate is for:", record["gate"])
        for name, value, line in _limits(record):
            lowest, highest = _RANGES.get(name, (0, float("inf")))
            if isinstance(value, int | float) and not lowest <= value <= highest:
                message = f"{name} is {value:g}; the limit {name} is from {lowest:g} to {highest:g} at"
                sheets.refuse(GATES, line, message, record["gate"])
            if isinstance(value, Items) and list(value) != sorted(set(value)):
                sheets.refuse(GATES, line, f"{name} must rise:", ", ".join(map(str, value)))
            if isinstance(value, Record):
                _kinds(sheets, record["gate"], name, value, line)
    for one, other in _SAME:
        _compare(sheets, records, one, other, lambda a, b: a == b, "is not that of")
    for one, other in _NO_MORE:
        _compare(sheets, records, one, other, _no_more, "is more than that of")
    order = [name for name in CATALOGUE if name in records]
    for name, written in zip(order, records, strict=True):
        if name != written:
            sheets.refuse(GATES, records[written].line, f"out of order, {name} comes first:", written)
            break


def _limits(record: Record) -> Iterator[tuple[str, Any, int]]:
    limits = record.get("limits")
    if isinstance(limits, Record):
        for name, value in limits.items():
            yield name, value, limits.line_of(name)


def _kinds(sheets: Sheets, gate: str, name: str, value: Record, line: int) -> None:
    known = [value[kind] for kind in _CALM_TO_WILD if kind in value]
    if gate != "history_repeats" and known != sorted(known):
        sheets.refuse(GATES, line, f"{name} does not rise from {' to '.join(_CALM_TO_WILD)}:", gate)
    if "index" in value and "future" in value and not value["index"] <= value["future"] <= 1.1 * value["index"]:
        sheets.refuse(GATES, line, f"{name} of a future is that of an index, or hardly more:", gate)
    for kind, most in value.items():
        if most not in (round(most, 1), int(most)) or not 0 < most <= 500:
            sheets.refuse(GATES, line, f"no limit for {kind}:", most)
    order = [kind for kind in KINDS if kind in value]
    if list(value) != order:
        sheets.refuse(GATES, line, f"kinds in another order than {', '.join(order)}:", ", ".join(value))


def _compare(
    sheets: Sheets, records: Mapping[str, Record], one: tuple[str, str], other: tuple[str, str], holds: Any, how: str
) -> None:
    first, second = (records[gate].get("limits") for gate, _ in (one, other))
    if not isinstance(first, Record) or not isinstance(second, Record):
        return
    a, b = first.get(one[1]), second.get(other[1])
    if a is None or b is None or holds(a, b):
        return
    for mine, its, (gate, name), (far, other_name) in ((first, second, one, other), (second, first, other, one)):
        way = how if mine is first or how.startswith("is not") else "is less than that of"
        message = f"{name} of {gate} {way} {far} ({other_name}) on line {its.line_of(other_name)}:"
        sheets.refuse(GATES, mine.line_of(name), message, _shown(mine[name]))


def _shown(value: Any) -> str:
    return ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)


def _no_more(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return all(one[kind] <= other[kind] for kind in one.keys() & other.keys())
    return bool(one <= other)
