"""Mutants of a condition or weight: the same expression with one thing changed.

A number made larger or smaller (a whole one by one, another by a twelfth), a comparison turned round or made
strict, a word left out of a choice, a clause left out, a *not* left out.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterator

from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.expression import Expression, compile_expression
from wrapgen.rulepack.namespace import Namespace
from wrapgen.rulepack.syntax import tree_of

Change = Callable[[ast.AST], None]
_TURNED = {ast.GtE: ast.Gt, ast.Gt: ast.GtE, ast.LtE: ast.Lt, ast.Lt: ast.LtE, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}


def mutants(expression: Expression) -> tuple[Expression, ...]:
    """Those that are a condition of the language at all."""
    return _mutants(expression.text, expression.origin[0])


@functools.lru_cache(maxsize=4096)  # a pack is checked again after each change of an editor, who changes one condition
def _mutants(text: str, namespace: Namespace) -> tuple[Expression, ...]:
    found: list[Expression] = []
    for at, node in enumerate(ast.walk(tree_of(text))):
        for change in _changes(node):
            changed = tree_of(text)
            change(list(ast.walk(changed))[at])
            try:
                found.append(compile_expression(_text(changed), namespace, "", 0))
            except RuleError:
                continue
    return tuple(found)


def _changes(node: ast.AST) -> Iterator[Change]:
    """What can be changed in one node of an expression."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield _moved(1)
        yield _moved(-1)
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in _TURNED:

        def turned(at: ast.AST) -> None:
            at.ops[0] = _TURNED[type(at.ops[0])]()  # type: ignore[attr-defined]

        yield turned
    elif isinstance(node, ast.Tuple | ast.BoolOp):
        field = "elts" if isinstance(node, ast.Tuple) else "values"
        for number in range(len(getattr(node, field))):

            def without(at: ast.AST, number: int = number, field: str = field) -> None:
                if isinstance(getattr(at, field)[number], ast.UnaryOp):
                    getattr(at, field)[number] = getattr(at, field)[number].operand
                else:
                    del getattr(at, field)[number]

            yield without


def _moved(way: int) -> Change:
    def moved(at: ast.AST) -> None:
        value = at.value  # type: ignore[attr-defined]
        at.value = value + way * (1 if isinstance(value, int) else max(1.0, abs(value)) / 12)  # type: ignore[attr-defined]

    return moved


def _text(tree: ast.AST) -> str:
    """A condition of one clause is that clause."""
    for node in ast.walk(tree):
        for field, value in ast.iter_fields(node):
            if isinstance(value, ast.BoolOp) and len(value.values) == 1:
                setattr(node, field, value.values[0])
            elif isinstance(value, list):
                value[:] = [v.values[0] if isinstance(v, ast.BoolOp) and len(v.values) == 1 else v for v in value]
    return ast.unparse(tree)
