"""What a condition can be: whether it ever holds, always holds, or follows from another.

A condition is turned into alternatives (any of), each of which says of every name which values it may have (all of).
Values are cut to those that some condition tells apart: the numbers compared with and those between, the words asked
for and any other, and missing. What is not a name against a constant is an atom of its own, of which nothing is
known but that it holds or not; so what is found here is sure, and not all is found.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wrapgen.rulepack.namespace import Namespace
from wrapgen.rulepack.syntax import tree_of

Values = frozenset[Any]
Case = dict[str, Values]  # a value for every name that is bound
Cases = list[Case]
_MOST = 4000  # alternatives; a condition with more is left alone
_YES: Values = frozenset((True,))
_FLAGS: Values = frozenset((True, False, None))
_MISSING: Values = frozenset((None,))
_OTHER = "\0other"
_SWAPPED: dict[type, type] = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE}


class TooMany(Exception):
    """The condition has too many alternatives to be looked at."""


@dataclass
class Logic:
    """Conditions over one namespace; ``universe`` is what each name can be, by the constants of all of them."""

    namespace: Namespace
    universe: dict[str, Values] = field(default_factory=dict)
    _known: dict[tuple[str, bool], Cases] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, conditions: Iterable[str], namespace: Namespace) -> Logic:
        constants: dict[str, set[Any]] = {}
        for text in conditions:
            for node in ast.walk(parsed(text)):
                if isinstance(node, ast.Compare):
                    for side in (node.left, *node.comparators):
                        name = name_of(side)
                        if name is not None:
                            others = (node.left, *node.comparators)
                            constants.setdefault(name, set()).update(c for o in others for c in constants_of(o))
        logic = cls(namespace)
        for name, found in constants.items():
            named = namespace.get(name)
            if named is None:
                continue
            if named.type == "number":
                logic.universe[name] = frozenset(_cut(found)) | _MISSING
            elif named.type in ("word", "text"):
                words = set(named.allowed) if named.type == "word" else {*found, _OTHER}
                logic.universe[name] = frozenset(words) | _MISSING
        return logic

    def cases(self, text: str) -> Cases:
        """The alternatives of a condition. Raises TooMany."""
        return self._alternatives(text, True)

    def never(self, text: str) -> bool:
        return not self.cases(text)

    def always(self, text: str) -> bool:
        return not self._alternatives(text, False)

    def follows(self, text: str, other: str | None) -> bool:
        """Whether ``other`` holds wherever ``text`` (None: anywhere) does."""
        if other is None:
            return True
        return not _both(self.cases(text), self._alternatives(other, False))

    def idle(self, text: str) -> list[str]:
        """The parts of a condition without which it would hold just the same."""
        tree = parsed(text)
        whole, otherwise = self._cases(tree, True), self._cases(tree, False)
        found: list[str] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.BoolOp):
                values = list(node.values)
                for number, part in enumerate(values):
                    node.values = [value for at, value in enumerate(values) if at != number]
                    if not _both(self._cases(tree, True), otherwise) and not _both(self._cases(tree, False), whole):
                        found.append(ast.unparse(part))
                node.values = values
        return found

    def _alternatives(self, text: str, wanted: bool) -> Cases:
        """As `_cases`, of a whole condition; each is asked for once with every other."""
        if (text, wanted) not in self._known:
            self._known[text, wanted] = self._cases(parsed(text), wanted)
        return self._known[text, wanted]

    def _all(self, name: str) -> Values:
        return self.universe.get(name, _FLAGS)

    def _cases(self, node: ast.expr, wanted: bool) -> Cases:
        """The alternatives in which a node holds, or does not."""
        if isinstance(node, ast.BoolOp):
            parts = [self._cases(value, wanted) for value in node.values]
            if isinstance(node.op, ast.And) is wanted:
                found: Cases = [{}]
                for part in parts:
                    found = _both(found, part)
                return found
            return _slim([case for part in parts for case in part])
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._cases(node.operand, not wanted)
        if isinstance(node, ast.Compare):
            found = [{}]
            sides = [node.left, *node.comparators]
            links = [self._compared(sides[n], op, sides[n + 1]) for n, op in enumerate(node.ops)]
            if wanted:
                for case in links:
                    found = _both(found, [case])
                return found
            return [{key: self._all(key) - values} for case in links for key, values in case.items()]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "has":
            name = name_of(node.args[0]) or ""
            there = self._all(name) - _MISSING
            return [{name: there if wanted else _MISSING}]
        name = name_of(node) or ast.unparse(node)
        return [{name: _YES if wanted else self._all(name) - _YES}]

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Case:
        """What one comparison asks; of two names, or of a sum, an atom."""
        if name_of(left) is None and name_of(right) is not None and type(op) in (*_SWAPPED, ast.Eq, ast.NotEq):
            left, op, right = right, _SWAPPED.get(type(op), type(op))(), left
        name = name_of(left)
        constants = constants_of(right)
        if name is None or name not in self.universe or not constants:
            atom = ast.unparse(ast.Compare(left, [op], [right]))
            return {atom: _YES}
        return {name: frozenset(v for v in self.universe[name] if v is not None and _holds(v, op, constants))}


def _holds(value: Any, op: ast.cmpop, constants: list[Any]) -> bool:
    first = constants[0]
    if isinstance(op, ast.In | ast.Eq):
        return value in constants
    if isinstance(op, ast.NotIn | ast.NotEq):
        return value not in constants
    if isinstance(op, ast.Lt | ast.LtE):
        return bool(value < first) or isinstance(op, ast.LtE) and value == first
    return bool(value > first) or isinstance(op, ast.GtE) and value == first


def _both(one: Cases, other: Cases) -> Cases:
    """The alternatives in which both hold."""
    if len(one) * len(other) > _MOST * 8:
        raise TooMany
    found: Cases = []
    for first in one:
        for second in other:
            merged = dict(first)
            for name, values in second.items():
                merged[name] = merged[name] & values if name in merged else values
                if not merged[name]:
                    break
            else:
                found.append(merged)
    return _slim(found)


def _slim(cases: Cases) -> Cases:
    """Without alternatives that stand there twice."""
    unique = {frozenset(case.items()): case for case in cases}
    if len(unique) > _MOST:
        raise TooMany
    return list(unique.values())


def parsed(text: str) -> ast.expr:
    """The syntax tree of a condition that has been compiled before."""
    return tree_of(" ".join(str(text).split())).body


def name_of(node: ast.expr) -> str | None:
    """``market.pct``; None of what is no name."""
    dotted: list[str] = []
    while isinstance(node, ast.Attribute):
        dotted.append(node.attr)
        node = node.value
    return ".".join((node.id, *reversed(dotted))) if isinstance(node, ast.Name) else None


def constants_of(node: ast.expr) -> list[Any]:
    """The numbers or words that a side of a comparison stands for."""
    if isinstance(node, ast.Tuple):
        return [value for item in node.elts for value in constants_of(item)]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        return [-node.operand.value] if isinstance(node.operand.value, int | float) else []
    return [node.value] if isinstance(node, ast.Constant) else []


def _cut(numbers: Iterable[float]) -> list[float]:
    """The numbers, one between each two, and one beyond either end."""
    known = sorted({float(number) for number in numbers if not isinstance(number, str)})
    if not known:
        return [0.0]
    between = [(a + b) / 2 for a, b in zip(known, known[1:], strict=False)]
    return [known[0] - 1, *known, *between, known[-1] + 1]
