"""Which markets a wrap made from prices holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wrapgen.batch.compositions import compose, load_compositions
from wrapgen.batch.making import Names
from wrapgen.resources import default_rules_directory
from wrapgen.rulepack.errors import RuleError


def test_every_region_and_every_country_with_an_index_has_markets_of_its_own(names: Names) -> None:
    for region in names.reference.region_keys():
        composition = names.composition(region)
        has_index = any(m.place == region.upper() and m.kind == "index" for m in names.reference.markets.values())
        assert bool(composition.main) == (region in names.reference.regions or has_index), region


def test_no_market_has_two_parts_in_one_wrap(names: Names) -> None:
    for region in names.reference.region_keys():
        markets = names.composition(region).markets()
        assert len(markets) == len(set(markets)), region


def test_a_country_without_a_record_has_its_indices_and_what_surrounds_its_area(names: Names) -> None:
    malaysia = names.composition("my")
    assert malaysia.main == ("KLCI",)
    assert malaysia.backdrop == names.composition("asia-pacific").backdrop
    emirates = names.composition("ae")
    assert emirates.main == ("DFMGI", "ADI"), "the main index first"


def test_a_country_with_a_record_has_what_it_says(names: Names) -> None:
    assert names.composition("jp").main == ("N225", "TOPX")
    assert names.composition("jp").futures == ("N225_F", "TOPX_F")


def test_wall_street_has_no_backdrop_of_its_own(names: Names) -> None:
    assert names.composition("us").backdrop == ()


@pytest.mark.parametrize("region", ["zz", "JP", "americas", "", "eu"])
def test_what_is_no_region_has_none(names: Names, region: str) -> None:
    assert compose(region, names.compositions, names.reference) is None


def test_faults_are_told_with_line_and_nearest(names: Names, tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    shutil.copytree(default_rules_directory() / "reference", folder)
    (folder / "compositions.yaml").write_text(
        "- {region: europ, main: [DAX, DAXX]}\n- {region: us, main: [SPX], context: [SPX]}\n", encoding="utf-8"
    )
    with pytest.raises(RuleError) as caught:
        load_compositions(folder, names.reference)
    told = sorted((p.line, p.value, p.nearest) for p in caught.value.problems)
    assert told == [(1, "DAXX", "DAX"), (1, "europ", "europe"), (2, "SPX", None)]
