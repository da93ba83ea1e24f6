"""Headline and lede as messages: which reason stands behind which story."""

from __future__ import annotations

import pytest

import wrapgen
from tests.cases.library import CASES, book, sent
from wrapgen.angles.rank import choose, rank
from wrapgen.plan.opening import lede

RULES = wrapgen.load_rules().angles
BEHIND_WALL_STREET = [
    name
    for name in CASES
    if next(a for a in rank(book(sent(name)), RULES) if a.name == "follows_wall_street").supported
]


@pytest.mark.parametrize("name", BEHIND_WALL_STREET)
def test_the_losses_on_wall_street_are_not_given_the_regions_reason(name: str) -> None:
    facts = book(sent(name))
    angle, counterpoint, _ = choose(facts, rank(facts, RULES), "follows_wall_street")
    assert all(not s.kind.startswith("cause") for s in lede(facts, angle, counterpoint).satellites)


def test_there_are_days_that_follow_wall_street() -> None:
    assert len(BEHIND_WALL_STREET) >= 3
