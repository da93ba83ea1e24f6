"""What a compiled condition is made of: nodes that ask the facts, with the rules for missing values.

None is a missing value. Nothing here raises for a value that is missing or too large. They are classes and not
closures, since compiled code calls a method of a class that it knows in a tenth of the time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from sys import intern
from typing import Any, Final

from wrapgen.rulepack.namespace import Address

Value = float | bool | str | None
Groups = tuple[Any, ...]  # an object a group, None where there is none, in the order of the namespace

_INFINITE: Final = math.inf


def ramp(x: float, lo: float, hi: float) -> float:
    """0 at ``lo`` and before it, 1 at ``hi`` and beyond, straight between; a step where they are equal."""
    return min(1.0, max(0.0, (x - lo) / (hi - lo))) if lo != hi else float(x > lo)


FUNCTIONS: dict[str, tuple[int, int, Callable[..., Any]]] = {  # fewest and most arguments
    "min": (2, 20, min), "max": (2, 20, max), "abs": (1, 1, abs), "ramp": (3, 3, ramp),
    "clamp": (3, 3, lambda x, lo, hi: max(lo, min(x, hi))),
    "round": (1, 2, lambda x, digits=0: round(float(x), int(digits))),
}  # fmt: skip


class Node:
    """A piece of a condition; this one is always missing."""

    def value(self, groups: Groups) -> Any:
        return None


class Constant(Node):
    def __init__(self, literal: float | str) -> None:
        self.literal: Any = literal

    def value(self, groups: Groups) -> Any:
        return self.literal


class Name(Node):
    """Reads a name of its group's object: by number where that is a NamedTuple, which is most of the facts."""

    def __init__(self, address: Address) -> None:
        self.group, self.field = address.group, address.field
        self.attribute = intern(address.attribute)

    def value(self, groups: Groups) -> Any:
        owner = groups[self.group]
        if owner is None:
            return None
        if self.field >= 0 and isinstance(owner, tuple):
            return owner[self.field]
        return getattr(owner, self.attribute)


class Flag(Name):
    """A missing flag is false."""

    def value(self, groups: Groups) -> Any:
        return bool(super().value(groups))


class Number(Name):
    """What is no finite number is missing."""

    def value(self, groups: Groups) -> Any:
        return _finite(super().value(groups))


class Has(Node):
    def __init__(self, name: Node) -> None:
        self.name = name

    def value(self, groups: Groups) -> Any:
        return self.name.value(groups) is not None


def reading(address: Address, kind: str) -> Node:
    """Reads a name of this type."""
    return Number(address) if kind == "number" else Flag(address) if kind == "flag" else Name(address)


def presence(address: Address, kind: str) -> Node:
    """Whether the name has a value; a flag that is there and false has one."""
    return Has(Number(address) if kind == "number" else Name(address))


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if -_INFINITE < value < _INFINITE else None
    return value


class Function(Node):
    """The function of numbers; missing where one is missing or the outcome is no finite number."""

    def __init__(self, function: Callable[..., Any], arguments: Sequence[Node]) -> None:
        self.function, self.arguments = function, tuple(arguments)

    def value(self, groups: Groups) -> Any:
        values = [argument.value(groups) for argument in self.arguments]
        if None in values:
            return None
        try:
            return _finite(self.function(*values))
        except (ZeroDivisionError, OverflowError):
            return None


class Operation(Node):
    """The same of two, in half the time: arithmetic is mostly this."""

    def __init__(self, function: Callable[[Any, Any], Any], left: Node, right: Node) -> None:
        self.function, self.left, self.right = function, left, right

    def value(self, groups: Groups) -> Any:
        left, right = self.left.value(groups), self.right.value(groups)
        if left is None or right is None:
            return None
        try:
            return _finite(self.function(left, right))
        except (ZeroDivisionError, OverflowError):
            return None


class Ramp(Node):
    """`ramp` between two literals, which is what nearly every score is made of."""

    def __init__(self, x: Node, lo: float, hi: float) -> None:
        self.x, self.lo, self.hi = x, lo, hi

    def value(self, groups: Groups) -> Any:
        x = self.x.value(groups)
        return ramp(x, self.lo, self.hi) if x is not None else None


class Both(Node):
    def __init__(self, first: Node, second: Node) -> None:
        self.first, self.second = first, second

    def value(self, groups: Groups) -> Any:
        return self.first.value(groups) and self.second.value(groups)


class Either(Node):
    def __init__(self, first: Node, second: Node) -> None:
        self.first, self.second = first, second

    def value(self, groups: Groups) -> Any:
        return self.first.value(groups) or self.second.value(groups)


class Not(Node):
    def __init__(self, flag: Node) -> None:
        self.flag = flag

    def value(self, groups: Groups) -> Any:
        return not self.flag.value(groups)


class Choice(Node):
    """One of two values, as a flag decides."""

    def __init__(self, flag: Node, then: Node, other: Node) -> None:
        self.flag, self.then, self.other = flag, then, other

    def value(self, groups: Groups) -> Any:
        return self.then.value(groups) if self.flag.value(groups) else self.other.value(groups)


def joined(pair: Callable[[Node, Node], Node], nodes: Sequence[Node]) -> Node:
    """All of them by twos, as a tree no deeper than it must be."""
    if len(nodes) == 1:
        return nodes[0]
    half = (len(nodes) + 1) // 2
    return pair(joined(pair, nodes[:half]), joined(pair, nodes[half:]))


class Compared(Node):
    """A comparison of two values; false where a side is missing."""

    def __init__(self, left: Node, operator: Callable[[Any, Any], Any], right: Node) -> None:
        self.left, self.operator, self.right = left, operator, right

    def value(self, groups: Groups) -> Any:
        left = self.left.value(groups)
        if left is None:
            return False
        right = self.right.value(groups)
        return right is not None and self.operator(left, right)


class Is(Node):
    """Whether a word or text is the one given; false where it is missing."""

    def __init__(self, name: Node, word: str) -> None:
        self.name, self.word = name, intern(word)

    def value(self, groups: Groups) -> Any:
        value = self.name.value(groups)
        return isinstance(value, str) and value == self.word


class Among(Node):
    """Whether a value is (not) one of those listed; false where it is missing."""

    def __init__(self, node: Node, values: Collection[float | str], inside: bool) -> None:
        self.node, self.values, self.inside = node, frozenset(values), inside

    def value(self, groups: Groups) -> Any:
        value = self.node.value(groups)
        return value is not None and (value in self.values) is self.inside
