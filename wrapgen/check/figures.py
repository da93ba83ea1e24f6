"""Figures as printed against figures as sent: rounding, and what *about* and *nearly* allow."""

from __future__ import annotations

from typing import Final

_EPSILON: Final = 1e-9


def rounds_to(true: float, shown: float, decimals: int, unit: float = 1.0) -> bool:
    """Whether ``shown``, with so many decimals in steps of ``unit`` (a million), is ``true`` rounded, halves up."""
    half = 0.5 * unit * 10.0**-decimals
    return -half * (1 + 1e-7) - _EPSILON <= abs(true) - shown * unit < half * (1 - 1e-7)


def near(true: float, shown: float, decimals: int, approx: str | None, unit: float = 1.0) -> bool:
    """As `rounds_to`; after an approximation, whether it holds.

    *About* allows a round figure a tenth of itself, a finer one only its rounding. *Nearly* and *less than*
    want a little less, *more than* a little more.
    """
    if approx is None:
        return rounds_to(true, shown, decimals, unit)
    size, shown = abs(true), shown * unit
    step = unit * 10.0**-decimals
    slack = max(0.1 * shown, (0.5 if shown >= 3 * unit else 0.15) * unit) if decimals == 0 else 0.5 * step
    if approx == "about":
        return abs(size - shown) <= slack + _EPSILON
    wide = max(0.2 * shown, 0.5 * step) if decimals == 0 else step
    if approx == "nearly":
        return shown - wide - _EPSILON <= size <= shown + _EPSILON
    if approx == "more_than":
        return shown - _EPSILON <= size < shown + max(wide, step) + _EPSILON
    return shown - max(wide, step) - _EPSILON <= size <= shown + _EPSILON


def words_for(true: float, decimals: int) -> str:
    """A true figure with the decimals of the one printed, halves rounded up; one where a whole number would mislead."""
    if decimals == 0 and abs(true) < 10 and true % 1:
        decimals = 1
    return f"{abs(true) + _EPSILON:,.{decimals}f}"
