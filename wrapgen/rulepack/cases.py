"""The cases beside a rule: given these facts, it holds, or adds so much; with one of them changed, not.

    - points: 2.4 * ramp(market.from_median, 0.3, 2)
      says: A lead of a point makes a leader; a tenth does not.
      tests:
        - {given: {market.from_median: 2}, adds: 2.4, but: [{market.from_median: 0.3}]}

A fact that a case does not give is missing. A pack with a case that fails does not load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wrapgen.rulepack.errors import RuleProblem, unknown
from wrapgen.rulepack.expression import Expression
from wrapgen.rulepack.namespace import Namespace
from wrapgen.rulepack.nodes import Groups
from wrapgen.rulepack.records import Field, Kind
from wrapgen.rulepack.yamlfile import Items, Record

CASE = Kind(
    "case",
    (
        Field("given", "anything", required=True, says="facts by name; the others are missing"),
        Field("holds", "flag", says="whether the condition holds"),
        Field("adds", "number", says="what the score gains"),
        Field("but", "anything", says="changes of what is given: with each, it does not hold, or adds nothing"),
    ),
    key="",
)

_NEAR = 1e-6
Value = float | bool | str | None


def failures(expression: Expression, cases: Iterable[Record], file: str) -> list[RuleProblem]:
    """The cases that cannot be read, and those that the expression does not meet, each with its line."""
    found: list[RuleProblem] = []
    for case in cases:
        given = _facts(expression, case["given"], file, case.line_of("given"), found)
        adds = case.get("adds")
        wanted: float | bool = case["holds"] if case["holds"] is not None else adds or 0
        if (case["holds"] is None) == (adds is None):
            found.append(RuleProblem(file, case.line, 'a case needs either "holds" or "adds"'))
        elif (case["holds"] is None) == (expression.type == "flag"):
            found.append(RuleProblem(file, case.line, 'a condition has cases with "holds", points with "adds"'))
        elif case["but"] is not None and not wanted:
            found.append(RuleProblem(file, case.line, 'only a case that holds or adds something can have "but"'))
        elif given is not None:
            found.extend(_outcome(expression, given, wanted, file, case.line))
            for line, changed in _changes(expression, case, "but", given, file, found):
                found.extend(_outcome(expression, changed, wanted * 0, file, line))
            for line, changed in _changes(expression, case, "also", given, file, found):
                found.extend(_outcome(expression, changed, wanted, file, line))
    return found


def _changes(
    expression: Expression, case: Record, key: str, given: Mapping[str, Value], file: str, found: list[RuleProblem]
) -> list[tuple[int, dict[str, Value]]]:
    changes = case.get(key)
    if changes is None:
        return []
    if not isinstance(changes, Items):
        found.append(RuleProblem(file, case.line_of(key), f"{key} must be a list of facts by name"))
        return []
    read = [(at, _facts(expression, each, file, at, found)) for each, at in zip(changes, changes.lines, strict=True)]
    return [(at, {**given, **facts}) for at, facts in read if facts is not None]


def _facts(
    expression: Expression, value: object, file: str, line: int, found: list[RuleProblem]
) -> dict[str, Value] | None:
    """What a case gives, checked against what the expression asks for; ``null`` is a fact that is missing."""
    if value is None:
        return {}
    if not isinstance(value, Record):
        found.append(RuleProblem(file, line, "facts by name are wanted here"))
        return None
    known = len(found)
    for name, given in value.items():
        if name not in expression.names:
            found.append(unknown(file, value.line_of(name), "a fact that is not asked for", name, expression.names))
            continue
        named = expression.origin[0].describe(name)
        if given is None:
            continue
        if not _FITS[named.type](given) or (named.allowed and given not in named.allowed):
            message = f"{name} cannot be" if named.allowed else f"{name} is a {named.type}, and cannot be"
            found.append(RuleProblem(file, value.line_of(name), message, str(given), named.allowed))
    return dict(value) if len(found) == known else None


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "number": lambda given: isinstance(given, int | float) and not isinstance(given, bool),
    "flag": lambda given: isinstance(given, bool),
    "word": lambda given: isinstance(given, str),
    "text": lambda given: isinstance(given, str),
}


def _outcome(
    expression: Expression, given: Mapping[str, Value], wanted: float | bool, file: str, line: int
) -> list[RuleProblem]:
    result = expression.evaluate(groups_of(expression.origin[0], given))
    if expression.type == "flag":
        if bool(result) is bool(wanted):
            return []
        said = "this case does not hold" if wanted else "this case holds, and should not"
        return [RuleProblem(file, line, f"{said}: {expression.text}")]
    number = result if isinstance(result, int | float) else 0
    if abs(number - wanted) <= _NEAR:
        return []
    return [RuleProblem(file, line, f"this case adds {number:g}, not {wanted:g}: {expression.text}")]


class _Given:
    """A group of facts of which all are missing but those that are set."""

    def __getattr__(self, name: str) -> None:
        return None


def groups_of(namespace: Namespace, given: Mapping[str, Value]) -> Groups:
    """The groups of facts as a condition sees them, with what is given and nothing else."""
    groups = {group: _Given() for group in namespace.groups()}
    for name, value in given.items():
        group, _, field = name.rpartition(".")
        setattr(groups[group], field, value)
    return namespace.gather(groups)
