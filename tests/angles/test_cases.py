"""Every condition and weight of an angle has boundary cases: change any part of it, and one of them fails.

A mutant is the same expression with one thing changed: a whole number by one and another by a twelfth, a
comparison turned round or made strict, a word left out of a choice, a clause left out of a condition.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cases.library import ROOT
from wrapgen.rulepack import kinds
from wrapgen.rulepack.cases import failures
from wrapgen.rulepack.errors import RuleError, RuleProblem
from wrapgen.rulepack.expression import Expression, compile_expression
from wrapgen.rulepack.records import check_all
from wrapgen.rulepack.yamlfile import Record, read_yaml

FILES = sorted((ROOT / "rules" / "angles").glob("*.yaml"))


def weights(file: Path) -> Iterator[tuple[str, Expression, tuple[Record, ...]]]:
    """The condition and the points of every angle of a file, each with its cases."""
    problems: list[RuleProblem] = []
    for record in check_all(read_yaml(file, file.name), kinds.ANGLE, file.name, problems):
        yield f"{record['angle']}: when", record["when"], record["tests"]
        for points in record["score"]:
            yield f"{record['angle']}: {points['points'].text}", points["points"], points["tests"]
    assert not problems


WEIGHTS = [pytest.param(*weight, id=weight[0]) for file in FILES for weight in weights(file) if weight[1].names]

Change = Callable[[ast.AST], None]
_TURNED = {ast.GtE: ast.Gt, ast.Gt: ast.GtE, ast.LtE: ast.Lt, ast.Lt: ast.LtE, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}


def changes(node: ast.AST) -> Iterator[Change]:
    """What can be changed in one node of an expression."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):

        def larger(at: ast.AST) -> None:
            value = at.value  # type: ignore[attr-defined]
            at.value = value + (1 if isinstance(value, int) else max(1.0, abs(value)) / 12)  # type: ignore[attr-defined]

        yield larger
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in _TURNED:

        def turned(at: ast.AST) -> None:
            at.ops[0] = _TURNED[type(at.ops[0])]()  # type: ignore[attr-defined]

        yield turned
    elif isinstance(node, ast.Tuple | ast.BoolOp):
        field = "elts" if isinstance(node, ast.Tuple) else "values"
        for number in range(len(getattr(node, field))):

            def without(at: ast.AST, number: int = number, field: str = field) -> None:
                del getattr(at, field)[number]

            yield without


def mutants(expression: Expression) -> Iterator[Expression]:
    tree = ast.parse(expression.text, mode="eval")
    for at, node in enumerate(ast.walk(tree)):
        for change in changes(node):
            changed = copy.deepcopy(tree)
            change(list(ast.walk(changed))[at])
            try:
                yield compile_expression(_text(changed), *expression.origin)
            except RuleError:
                continue  # the condition language has no such condition


def _text(tree: ast.AST) -> str:
    """A condition of one clause is that clause."""
    for node in ast.walk(tree):
        for field, value in ast.iter_fields(node):
            if isinstance(value, ast.BoolOp) and len(value.values) == 1:
                setattr(node, field, value.values[0])
            elif isinstance(value, list):
                value[:] = [v.values[0] if isinstance(v, ast.BoolOp) and len(v.values) == 1 else v for v in value]
    return ast.unparse(tree)


@pytest.mark.parametrize(("name", "expression", "cases"), WEIGHTS)
def test_no_part_of_it_can_change_unseen(name: str, expression: Expression, cases: tuple[Record, ...]) -> None:
    assert not failures(expression, cases, "f")
    alive = [mutant.text for mutant in mutants(expression) if not failures(mutant, cases, "f")]
    assert alive == []


def test_there_are_mutants_for_every_weight_that_asks_for_a_fact() -> None:
    counts = [len(list(mutants(param.values[1]))) for param in WEIGHTS]  # type: ignore[arg-type]
    assert len(counts) == len(WEIGHTS) >= 90 and min(counts) >= 1 and sum(counts) >= 400, sum(counts)
