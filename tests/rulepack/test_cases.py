"""The cases beside a rule: what they may say, and what is said of one that fails."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rulepack.conditions import SPACE
from wrapgen.rulepack.cases import CASE, failures
from wrapgen.rulepack.errors import RuleProblem
from wrapgen.rulepack.expression import compile_expression
from wrapgen.rulepack.records import check_all
from wrapgen.rulepack.yamlfile import parse_yaml


def outcome(condition: str, cases: str) -> list[str]:
    problems: list[RuleProblem] = []
    records = check_all(parse_yaml(cases.encode(), "f.yaml"), CASE, "f.yaml", problems)
    assert not problems
    return [str(each) for each in failures(compile_expression(condition, SPACE, "f.yaml", 1), records, "f.yaml")]


@pytest.mark.parametrize(
    ("condition", "cases"),
    [
        ("market.pct > 1", "- {given: {market.pct: 1.1}, holds: true, but: [{market.pct: 1}]}"),
        ("market.pct > 1", "- {given: {market.pct: 1}, holds: false}"),
        ("market.pct > 1", "- {given: {}, holds: false}"),
        ("phase == 'close'", "- {given: {phase: close}, holds: true, but: [{phase: open}]}"),
        ("2 * ramp(market.pct, 0, 2)", "- {given: {market.pct: 1}, adds: 1, but: [{market.pct: 0}, {market.pct: -1}]}"),
        ("0.1 * market.pct", "- {given: {market.pct: 3}, adds: 0.3}"),
        ("market.pct", "- {given: {}, adds: 0}"),
        ("market.closed and market.tone == 'up'",
         "- {given: {market.closed: true, market.tone: up}, holds: true, but: [{market.closed: false}]}"),
    ],
)  # fmt: skip
def test_a_case_that_is_met_says_nothing(condition: str, cases: str) -> None:
    assert outcome(condition, cases) == []


@pytest.mark.parametrize(
    ("condition", "case", "said"),
    [
        ("market.pct > 1", "{given: {market.pct: 1}, holds: true}", "this case does not hold: market.pct > 1"),
        ("market.pct > 1", "{given: {market.pct: 2}, holds: false}", "this case holds, and should not"),
        ("market.pct > 1", "{given: {market.pct: 2}, holds: true, but: [{market.pct: 3}]}", "holds, and should not"),
        ("2 * market.pct", "{given: {market.pct: 2}, adds: 3}", "this case adds 4, not 3: 2 * market.pct"),
        ("2 * market.pct", "{given: {market.pct: 2}, adds: 4, but: [{market.pct: 1}]}", "this case adds 2, not 0"),
        ("market.pct > 1", "{given: {market.pcts: 1}, holds: true}", 'not asked for "market.pcts"; did you mean'),
        ("market.pct > 1", "{given: {market.pct: up}, holds: true}", 'is a number, and cannot be "up"'),
        ("market.tone == 'up'", "{given: {market.tone: upp}, holds: true}", 'cannot be "upp"; allowed: up, down, flat'),
        ("market.closed", "{given: {market.closed: 1}, holds: true}", 'is a flag, and cannot be "1"'),
        ("market.pct > 1", "{given: {market.pct: 2}}", 'a case needs either "holds" or "adds"'),
        ("market.pct > 1", "{given: {market.pct: 2}, adds: 1}", 'a condition has cases with "holds"'),
        ("market.pct > 1", "{given: {market.pct: 0}, holds: false, but: [{market.pct: 2}]}", 'can have "but"'),
        ("market.pct > 1", "{given: {market.pct: 2}, holds: true, but: {market.pct: 1}}", "but must be a list"),
        ("market.pct > 1", "{given: 1, holds: true}", "facts by name are wanted here"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_case_is_said_with_its_line(condition: str, case: str, said: str) -> None:
    (told,) = outcome(condition, f"# a remark\n- {case}")
    assert told.startswith("f.yaml:2: ") and said in told


def test_every_case_is_looked_at() -> None:
    cases: Any = "- {given: {market.pct: 1}, holds: true}\n- {given: {market.pct: 0}, holds: true}"
    assert [told.split(":")[1] for told in outcome("market.pct > 1", cases)] == ["1", "2"]
