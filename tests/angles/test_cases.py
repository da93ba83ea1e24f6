"""Every condition and weight of an angle has boundary cases: change any part of it, and one of them fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cases.library import ROOT
from wrapgen.rulepack import kinds
from wrapgen.rulepack.cases import failures
from wrapgen.rulepack.errors import RuleProblem
from wrapgen.rulepack.expression import Expression
from wrapgen.rulepack.records import check_all
from wrapgen.rulepack.soundness.sharp import mutants
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


@pytest.mark.parametrize(("name", "expression", "cases"), WEIGHTS)
def test_no_part_of_it_can_change_unseen(name: str, expression: Expression, cases: tuple[Record, ...]) -> None:
    assert not failures(expression, cases, "f")
    alive = [mutant.text for mutant in mutants(expression) if not failures(mutant, cases, "f")]
    assert alive == []


def test_there_are_mutants_for_every_weight_that_asks_for_a_fact() -> None:
    counts = [len(list(mutants(param.values[1]))) for param in WEIGHTS]  # type: ignore[arg-type]
    assert len(counts) == len(WEIGHTS) >= 90 and min(counts) >= 1 and sum(counts) >= 400, sum(counts)
