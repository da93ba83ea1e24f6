"""Mutants of a condition or weight: the same expression with one thing changed.

A number made larger or smaller (a whole one by one, another by a twelfth), a comparison turned round or made
strict, a word left out of a choice, a clause left out, a *not* left out.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator

from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.expression import Expression, compile_expression
from wrapgen.rulepack.namespace import Namespace
from wrapgen.rulepack.syntax import tree_of

_TURNED = {ast.GtE: ast.Gt, ast.Gt: ast.GtE, ast.LtE: ast.Lt, ast.Lt: ast.LtE, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}


def mutants(expression: Expression) -> tuple[Expression, ...]:
    """Those that are a condition of the language at all."""
    return _mutants(expression.text, expression.origin[0])


@functools.lru_cache(maxsize=4096)  # a pack is checked again after each change of an editor, who changes one condition
def _mutants(text: str, namespace: Namespace) -> tuple[Expression, ...]:
    found: list[Expression] = []
    tree = tree_of(text)
    for node in list(ast.walk(tree)):
        for _ in _changed(node):
            try:
                found.append(compile_expression(ast.unparse(tree), namespace, "", 0))
            except RuleError:
                continue
    return tuple(found)


def _changed(node: ast.AST) -> Iterator[None]:
    """One node of an expression changed in each way in turn; in the end it is as it was."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        value = node.value
        step = 1 if isinstance(value, int) else max(1.0, abs(value)) / 12
        for way in (1, -1):
            node.value = value + way * step
            yield
        node.value = value
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in _TURNED:
        op = node.ops[0]
        node.ops[0] = _TURNED[type(op)]()
        yield
        node.ops[0] = op
    elif isinstance(node, ast.Tuple | ast.BoolOp):
        field = "elts" if isinstance(node, ast.Tuple) else "values"
        parts = getattr(node, field)
        for number, part in enumerate(parts):
            instead = [part.operand] if isinstance(part, ast.UnaryOp) else []
            setattr(node, field, [*parts[:number], *instead, *parts[number + 1 :]])
            yield
        setattr(node, field, parts)
