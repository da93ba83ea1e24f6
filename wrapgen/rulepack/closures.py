"""What a compiled condition runs: closures over the facts, with the rules for missing values.

None is a missing value. Nothing here raises for a value that is missing or too large.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from wrapgen.rulepack.namespace import Named

Value = float | bool | str | None
Groups = Mapping[str, Any]
Run = Callable[[Groups], Any]

_INFINITE, _LEAST = math.inf, -math.inf


def ramp(x: float, lo: float, hi: float) -> float:
    """0 at ``lo`` and before it, 1 at ``hi`` and beyond, straight between; a step where they are equal."""
    return min(1.0, max(0.0, (x - lo) / (hi - lo))) if lo != hi else float(x > lo)


FUNCTIONS: dict[str, tuple[int, int, Callable[..., Any]]] = {  # fewest and most arguments
    "min": (2, 20, min), "max": (2, 20, max), "abs": (1, 1, abs), "ramp": (3, 3, ramp),
    "clamp": (3, 3, lambda x, lo, hi: max(lo, min(x, hi))),
    "round": (1, 2, lambda x, digits=0: round(float(x), int(digits))),
}  # fmt: skip


def load(named: Named, raw: bool = False) -> Run:
    """Reads a name of its group's object; ``raw`` leaves a missing flag missing."""
    group, _, attr = named.name.rpartition(".")

    def plain(groups: Groups) -> Any:
        owner = groups[group]
        return getattr(owner, attr) if owner is not None else None

    def flag(groups: Groups) -> bool:
        owner = groups[group]
        return owner is not None and (getattr(owner, attr) or False)  # bool() would take longer than the rest

    def number(groups: Groups) -> float | None:
        owner = groups[group]
        if owner is None:
            return None
        value = getattr(owner, attr)
        return value if value is None or _LEAST < value < _INFINITE else None

    if named.type == "number":
        return number
    return flag if named.type == "flag" and not raw else plain


def numeric(function: Callable[..., Any], runs: Sequence[Run]) -> Run:
    """The function of numbers; missing where one is missing or the outcome is no finite number."""

    def several(groups: Groups) -> float | None:
        values = [run(groups) for run in runs]
        if None in values:
            return None
        try:
            value = function(*values)
        except (ZeroDivisionError, OverflowError):
            return None
        return value if _LEAST < value < _INFINITE else None

    if len(runs) != 2:
        return several
    first, second = runs

    def two(groups: Groups) -> float | None:  # the same, in half the time: arithmetic is mostly this
        left, right = first(groups), second(groups)
        if left is None or right is None:
            return None
        try:
            value = function(left, right)
        except (ZeroDivisionError, OverflowError):
            return None
        return value if _LEAST < value < _INFINITE else None

    return two


def ramped(run: Run, lo: float, hi: float) -> Run:
    """`ramp` between two literals, which is what nearly every score is made of."""

    def value(groups: Groups) -> float | None:
        x = run(groups)
        return ramp(x, lo, hi) if x is not None else None

    return value


def every(runs: Sequence[Run]) -> Run:
    """Whether all flags hold; those after the first that does not are not asked.

    Two or three are asked in one step, more by three at a time: most conditions fail early, and a loop
    costs more than what it asks.
    """
    if len(runs) == 1:
        return runs[0]
    if len(runs) == 2:
        first, second = runs
        return lambda groups: first(groups) and second(groups)
    one, two, three, *more = runs
    if not more:
        return lambda groups: one(groups) and two(groups) and three(groups)
    rest = every(more)
    return lambda groups: one(groups) and two(groups) and three(groups) and rest(groups)


def some(runs: Sequence[Run]) -> Run:
    """Whether any flag holds; those after it are not asked."""

    def run(groups: Groups) -> bool:
        for each in runs:  # noqa: SIM110 - as above
            if each(groups):
                return True
        return False

    return run


def against(run: Run, operator: Callable[[Any, Any], Any], literal: float | str) -> Run:
    """A comparison with a literal; false where the other side is missing."""

    def holds(groups: Groups) -> bool:
        value = run(groups)
        return value is not None and operator(value, literal)

    return holds


def among(run: Run, values: Collection[float | str], inside: bool) -> Run:
    """Whether a value is (not) one of those listed; false where it is missing."""

    def holds(groups: Groups) -> bool:
        value = run(groups)
        return value is not None and (value in values) is inside

    return holds


# A name beside literals is most of all conditions: the same two in one step with reading the name, at
# half the time.


def name_against(named: Named, operator: Callable[[Any, Any], Any], literal: float) -> Run:
    """`against` for the name of a number."""
    group, _, attr = named.name.rpartition(".")

    def holds(groups: Groups) -> bool:
        owner = groups[group]
        if owner is None:
            return False
        value = getattr(owner, attr)
        return value is not None and _LEAST < value < _INFINITE and operator(value, literal)

    return holds


def name_among(named: Named, values: Collection[float | str], inside: bool) -> Run:
    """`among` for the name of a word or text."""
    group, _, attr = named.name.rpartition(".")
    word = next(iter(values), None)

    def same(groups: Groups) -> bool:
        owner = groups[group]
        return owner is not None and getattr(owner, attr) == word

    def within(groups: Groups) -> bool:
        owner = groups[group]
        return owner is not None and getattr(owner, attr) in values  # a missing value is none of them

    def outside(groups: Groups) -> bool:
        owner = groups[group]
        if owner is None:
            return False
        value = getattr(owner, attr)
        return value is not None and value not in values

    if not inside:
        return outside
    return same if len(values) == 1 else within


def compared(runs: Sequence[Run], operators: Sequence[Callable[[Any, Any], Any]]) -> Run:
    """The chain of comparisons; false as soon as one fails or has a missing side."""
    first, second, compare = runs[0], runs[1], operators[0]
    steps = list(zip(operators[1:], runs[2:], strict=True))

    def one(groups: Groups) -> bool:
        left, right = first(groups), second(groups)
        return left is not None and right is not None and compare(left, right)

    def chain(groups: Groups) -> bool:
        left, right = first(groups), second(groups)
        if left is None or right is None or not compare(left, right):
            return False
        for step, following in steps:
            left, right = right, following(groups)
            if right is None or not step(left, right):
                return False
        return True

    return chain if steps else one
