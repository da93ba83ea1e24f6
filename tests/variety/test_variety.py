"""Half a year of sessions does not read alike, and ten variants of one day share no sentence that could be another."""

from __future__ import annotations

import pytest

from tests import prices
from tests.cases.library import sent
from tests.thorough import interpreted
from tests.variety.survey import DAYS, SESSIONS, alike, in_all_ten, sessions, shares, structures
from wrapgen.batch.openings import first_clause

pytestmark = interpreted  # the survey looks into the realiser

real = pytest.mark.skipif(not prices.FOLDER.is_dir(), reason="real prices (../shared) are not here")


@real
@pytest.mark.parametrize("region", prices.REGIONS)
def test_two_days_in_a_row_share_neither_headline_nor_opening(region: str) -> None:
    assert len(sessions(region)) == SESSIONS
    assert not alike(region)


@real
@pytest.mark.parametrize("region", prices.REGIONS)
def test_openings_differ_even_with_the_weekday_left_out(region: str) -> None:
    clauses = [" ".join(w for w in first_clause(s.lede).split() if not w.endswith("day")) for s in sessions(region)]
    assert not [b for a, b in zip(clauses, clauses[1:], strict=False) if a == b]


@real
@pytest.mark.parametrize("region", prices.REGIONS)
def test_ledes_have_sixty_structures_and_no_one_of_them_rules(region: str) -> None:
    found = structures(region)
    assert len(found) >= 60
    assert max(found.values()) <= SESSIONS / 10


@real
@pytest.mark.parametrize("region", prices.REGIONS)
def test_no_verb_takes_more_than_15_in_100_moves(region: str) -> None:
    verb, share = shares(region)[0]
    assert sum(len(s.verbs) for s in sessions(region)) > 500
    assert share <= 0.15, verb


@pytest.mark.parametrize("name", DAYS)
def test_what_ten_variants_share_is_the_senders_own_clause(name: str) -> None:
    """A plain clause is told as it was sent; every other sentence has another wording in one of the ten."""
    clauses = [event["clause"] for event in sent(name).get("events", []) if "clause" in event]
    own = [clause[0].upper() + clause[1:].replace("'", "’") for clause in clauses]
    assert not [text for text in in_all_ten(name) if not any(text.startswith(clause) for clause in own)]
