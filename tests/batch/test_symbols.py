"""Whose prices stand under which symbol."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wrapgen.batch.making import Names
from wrapgen.batch.symbols import VENDORS, Share, load_symbols
from wrapgen.resources import default_rules_directory
from wrapgen.rulepack.errors import RuleError

REFERENCE = default_rules_directory() / "reference"


@pytest.mark.parametrize(
    ("symbol", "vendor", "market"),
    [
        ("^HSI", "yahoo", "HSI"),
        ("^hsi", "yahoo", "HSI"),
        ("HSI.INDX", "eodhd", "HSI"),
        ("000001.SHG", "eodhd", "SSEC"),
        ("000001.SS", "yahoo", "SSEC"),
        ("I:SPX", "polygon", "SPX"),
        ("C:USDJPY", "polygon", "USDJPY"),
        ("X:BTCUSD", "polygon", "BTC"),
        ("^GSPC", "fmp", "SPX"),
        ("GCUSD", "fmp", "GOLD"),
        ("^GSPC", "finnhub", "SPX"),
        ("OANDA:USD_JPY", "finnhub", "USDJPY"),
        ("US10Y.GBOND", "eodhd", "US10Y"),
        ("HSI", "", "HSI"),
        ("^HSI", "", "HSI"),
        ("I:SPX", "", "SPX"),
    ],
)
def test_a_vendors_symbol_is_that_of_a_market(names: Names, symbol: str, vendor: str, market: str) -> None:
    assert names.symbols.find(symbol, vendor) == market


@pytest.mark.parametrize(
    ("symbol", "vendor"), [("GOLD", "yahoo"), ("DAX", "polygon"), ("^HSI", "polygon"), ("SET", "fmp")]
)
def test_a_market_id_is_no_vendors_symbol(names: Names, symbol: str, vendor: str) -> None:
    # A share may have it: GOLD was a miner's, DAX is a fund's.
    assert names.symbols.find(symbol, vendor) is None


def test_every_yahoo_symbol_of_the_reference_data_is_found(names: Names) -> None:
    for symbol, market in names.reference.yahoo.items():
        assert names.symbols.find(symbol, "yahoo") == market
        assert names.symbols.find(symbol, "") == market


def test_every_market_is_found_by_its_id_in_a_table_of_ones_own(names: Names) -> None:
    assert all(names.symbols.find(market, "") == market for market in names.reference.markets)


def test_what_is_not_known_tells_the_nearest_with_its_market(names: Names) -> None:
    assert names.symbols.find("^GSPCC", "yahoo") is None
    assert names.symbols.nearest("^GSPCC", "yahoo") == "^GSPC (SPX)"


def test_shares_are_found_by_ticker_and_suffix_by_id_and_by_their_own_symbol(names: Names) -> None:
    symbols = names.symbols.with_shares([Share("XHKG:0700"), Share("XTKS:9984"), Share("XNAS:NVDA", "NVIDIA")])
    assert symbols.find("0700.HK", "yahoo") == symbols.find("700.HK", "eodhd") == "XHKG:0700"
    assert symbols.find("9984.T", "yahoo") == symbols.find("9984.T", "") == "XTKS:9984"
    assert symbols.find("NVDA", "polygon") == symbols.find("NVDA.US", "eodhd") == "XNAS:NVDA"
    assert symbols.find("XHKG:0700", "") == "XHKG:0700"
    assert symbols.find("nvidia", "") == "XNAS:NVDA"
    assert names.symbols.find("NVDA", "polygon") is None, "only where it is asked for"


def test_a_share_does_not_take_a_markets_symbol(names: Names) -> None:
    symbols = names.symbols.with_shares([Share("XNYS:XLE"), Share("XNYS:GOLD")])
    assert symbols.find("XLE", "yahoo") == "XLE"
    assert symbols.find("GOLD", "yahoo") == "XNYS:GOLD"
    assert symbols.find("GOLD", "") == "GOLD"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(REFERENCE, tmp_path / "reference")
    return tmp_path / "reference"


def test_every_fault_of_the_file_is_told_with_its_line(folder: Path, names: Names) -> None:
    text = (folder / "symbols.yaml").read_text()
    text = text.replace("{market: SPX, polygon:", "{market: SPXX, polygon:").replace("{mic: XTKS,", "{mic: XTKSS,")
    text = text.replace("{market: DJI, polygon:", "{market: DJI, poligon:")
    (folder / "symbols.yaml").write_text(text)
    with pytest.raises(RuleError) as caught:
        load_symbols(folder, names.reference)
    told = {problem.value: (problem.line, problem.nearest) for problem in caught.value.problems}
    lines = text.splitlines()
    for value, near in (("SPXX", "SPX"), ("XTKSS", "XTKS"), ("poligon", "polygon")):
        line = next(number for number, written in enumerate(lines, 1) if f"{value}" in written)
        assert told[value] == (line, near)


def test_every_vendor_of_the_file_is_one_that_a_shape_has(names: Names) -> None:
    from wrapgen.batch.prices.vendors import SHAPES

    assert {shape.vendor for shape in SHAPES} | {"yahoo"} == set(VENDORS)
