"""The small immutable values that pass between stages: made, and figures of them rounded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import copysign, floor
from typing import Any, Final, ParamSpec, TypeVar

P = ParamSpec("P")
Value = TypeVar("Value")
Fields = TypeVar("Fields", bound=tuple[Any, ...])

_new: Final[Any] = tuple.__new__
_SCALES: Final = [1.0, 10.0, 100.0, 1000.0, 10000.0]  # by digits


def maker(kind: Callable[P, Value]) -> Callable[P, Value]:
    """Makes a NamedTuple as calling its class does, in a third of the time where fields are named.

    A class that is called puts the names in a dictionary, only to take them out again.
    """
    new: Any = kind.__new__
    return partial(new, kind)


def made(kind: Callable[P, Value], *fields: P.args, **named: P.kwargs) -> Value:
    """A NamedTuple of all its fields in their order, checked like a call of its class, at a fraction of the time.

    Nothing is filled in: a field that has a default is given too.
    """
    value: Value = _new(kind, fields)
    return value


def ending(value: Fields, *last: object) -> Fields:
    """The same NamedTuple with other last fields: `_replace` goes through a dictionary of all names."""
    changed: Fields = _new(type(value), value[: -len(last)] + last)
    return changed


def rounded(value: float, digits: int) -> float:
    """`round` to at most four digits, which writes a number out and reads it again, in a tenth of the time.

    Near the middle between two it is `round` that tells to which side of it a number lies.
    """
    scale = _SCALES[digits]
    scaled = abs(value) * scale
    if scaled < 1e9:
        whole = floor(scaled)
        part = scaled - whole
        if part < 0.499:
            return copysign(whole / scale, value)
        if part > 0.501:
            return copysign((whole + 1) / scale, value)
    return round(value, digits)
