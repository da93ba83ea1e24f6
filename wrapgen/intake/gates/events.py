"""Gates about the figures of events: results that do not fit them, and figures of different units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wrapgen.intake.gates.types import Finding, Limits, View, figure
from wrapgen.intake.snapshot import Event


def actual_unlike_consensus(view: View, limits: Limits) -> Iterator[Finding]:
    """What was reported is many times what was expected, or a fraction of it: thousands against millions."""
    for event, actual, consensus in _pairs(view):
        if actual * consensus <= 0:
            continue
        small, large = sorted((abs(actual), abs(consensus)))
        # Small figures, growth of 0.1% where 1% was expected, are many times apart on ordinary days.
        if large >= small * limits.number("factor") and large >= limits.number("least"):
            message = f"{figure(actual)} against an expected {figure(consensus)}: are both of one unit and share count?"
            yield Finding(f"{event.pointer}/actual", message, {"actual": actual, "consensus": consensus})


def result_against_figures(view: View, limits: Limits) -> Iterator[Finding]:
    """A beat below what was expected, a miss above it, or a figure in line that is far from it."""
    for event, actual, consensus in _pairs(view):
        result = event.frame.get("result")
        apart = 100 * abs(actual - consensus) / abs(consensus) if consensus else 0.0
        wrong = (
            (result == "beat" and actual < consensus)
            or (result == "miss" and actual > consensus)
            or (result == "in_line" and apart > limits.number("percent"))
        )
        if wrong:
            message = f"'{result}', though {figure(actual)} was reported and {figure(consensus)} expected"
            yield Finding(f"{event.pointer}/result", message, {"actual": actual, "consensus": consensus})


def _pairs(view: View) -> Iterator[tuple[Event, float, float]]:
    """(event, actual, consensus) where both are numbers of one currency."""
    for event in view.snapshot.events:
        if "actual" in event.frame and "consensus" in event.frame:
            actual, consensus = event.frame["actual"], event.frame["consensus"]
            if _currency(actual) == _currency(consensus):
                yield event, _amount(actual), _amount(consensus)


def _amount(value: Any) -> float:
    return float(value["amount"] if isinstance(value, Mapping) else value)


def _currency(value: Any) -> object:
    return value.get("currency") if isinstance(value, Mapping) else None
