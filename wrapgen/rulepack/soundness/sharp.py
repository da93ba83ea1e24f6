"""The cases of angles: change any part of a condition or a weight, and one of them must fail.

A mutant is the same expression with one thing changed: a whole number by one and another by a twelfth, a
comparison turned round or made strict, a word left out of a choice, a clause left out of a condition.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

from wrapgen.rulepack import kinds
from wrapgen.rulepack.cases import failures
from wrapgen.rulepack.errors import RuleError, RuleProblem
from wrapgen.rulepack.expression import Expression, compile_expression
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.records import check_all
from wrapgen.rulepack.soundness.sheets import Sheets
from wrapgen.rulepack.yamlfile import Items, Record

Change = Callable[[ast.AST], None]
_TURNED = {ast.GtE: ast.Gt, ast.Gt: ast.GtE, ast.LtE: ast.Lt, ast.Lt: ast.LtE, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}


def check_cases(sheets: Sheets, pack: RulePack) -> None:
    """No part of an angle's condition or weights can change unseen; no case and no evidence stands twice."""
    for file in sheets.folder("angles"):
        problems: list[RuleProblem] = []
        # As the loader checks them; what is wrong with them it has told.
        for record in check_all(sheets.files[file], kinds.ANGLE, file, problems):
            _sharp(sheets, file, record, record["when"], record["tests"])
            for points in record["score"]:
                _sharp(sheets, file, points, points["points"], points["tests"])
            _twice(sheets, file, record["evidence"], "evidence")


def _sharp(sheets: Sheets, file: str, record: Record, expression: Expression, cases: tuple[Record, ...]) -> None:
    _twice(sheets, file, cases, "case")
    if not expression.names:
        return
    line = record.line_of("tests") if "tests" in record.lines else record.line
    for mutant in mutants(expression):
        if not failures(mutant, cases, file):
            sheets.refuse(file, line, f"no case would fail if this were {mutant.text}:", expression.text)
            return


def _twice(sheets: Sheets, file: str, records: tuple[Record, ...], what: str) -> None:
    seen: dict[str, int] = {}
    for record in records:
        text = repr(sorted((key, _plain(value)) for key, value in record.items()))
        if text in seen:
            sheets.refuse(file, record.line, f"{what} already on line {seen[text]}")
        seen[text] = record.line


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return repr(sorted((key, _plain(item)) for key, item in value.items()))
    if isinstance(value, Items):
        return repr([_plain(item) for item in value])
    return value.text if isinstance(value, Expression) else repr(value)


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
    """The expression with one thing changed, each way that is still one."""
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
