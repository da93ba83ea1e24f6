"""Why the data do not support a story: the part that fails, where it comes nearest, with what the facts are."""

from __future__ import annotations

import dataclasses

import pytest

import wrapgen
from tests.cases.library import ROOT
from wrapgen.angles.rules import AngleRule
from wrapgen.angles.unmet import unmet
from wrapgen.facts.book import derive
from wrapgen.facts.types import FactBook
from wrapgen.rulepack import kinds
from wrapgen.rulepack.expression import compile_expression
from wrapgen.rulepack.pack import load_rules


@pytest.fixture(scope="module")
def book() -> FactBook:
    pack = load_rules()
    sent = (ROOT / "seeds" / "asia-2025-11-12-morning.json").read_bytes()
    return derive(wrapgen.read_snapshot(sent), pack.areas, pack.topics)


def rule(over: str, when: str) -> AngleRule:
    some = load_rules().angles[0]
    return dataclasses.replace(some, over=over, when=compile_expression(when, kinds.NAMES, "x.yaml", 1))


def test_only_the_parts_that_fail_are_told_with_their_facts(book: FactBook) -> None:
    said = str(unmet(rule("region", "region.places >= 1 and (region.ups >= 99 or region.downs >= 99)"), book))
    assert (
        said == f"what fails is region.ups >= 99 or region.downs >= 99 (region.ups is {book.region.ups}, "
        f"region.downs is {book.region.downs})"
    )


def test_the_candidate_that_comes_nearest_is_named(book: FactBook) -> None:
    said = str(unmet(rule("market", "market.id == 'N225' and market.tier == 'gauge' and market.size >= 50"), book))
    assert "nearest for N225," in said and "market.size >= 50" in said and "market.id" not in said


def test_where_nothing_is_asked_that_is_said(book: FactBook) -> None:
    bare = book._replace(sectors=())
    assert "asked of each sector of the region's own indices, and the data have none" in str(
        unmet(rule("sector", "sector.pct >= 1"), bare)
    )


def test_asking_for_an_angle_tells_it() -> None:
    sent = (ROOT / "seeds" / "asia-2025-11-12-morning.json").read_bytes()
    with pytest.raises(wrapgen.OptionError) as refused:
        wrapgen.write(wrapgen.read_snapshot(sent), angle="broad_decline")
    assert "it needs" in refused.value.message and "what fails is" in refused.value.message
