"""The JSON of vendors: where the figures stand, in which unit, on which day."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import TABLES
from wrapgen.batch.making import Names
from wrapgen.batch.measures import measure
from wrapgen.batch.prices import PriceError, read_prices
from wrapgen.batch.prices.vendors import SHAPES, read_json

SERIES = ("polygon.json", "^GSPC.json", "GSPC.INDX.json", "fmp.json", "fmp-list.json")
QUOTES = {
    "alphavantage-quote.json": "XLE",
    "polygon-snapshot.json": "XLE",
    "polygon-index.json": "VIX",
    "fmp-quotes.json": "XLE",
    "eodhd-quote.json": "VIX",
    "XLE.json": "XLE",
}


@pytest.mark.parametrize("file", SERIES)
def test_a_series_of_any_vendor_is_the_same_days_and_closes(names: Names, file: str) -> None:
    track = measure(read_prices([TABLES / "series" / file]), names.symbols, names.reference).tracks["SPX"]
    assert (track.days[0], track.days[-1], len(track.days)) == ("2025-11-03", "2025-11-12", 8)
    assert track.closes == [6000.0, 5940.0, 5999.4, 6059.39, 6000.0, 6060.0, 6072.12, 6066.05]
    assert track.moves[1:3] == [-1.0, 1.0]


@pytest.mark.parametrize(("file", "market"), QUOTES.items())
def test_a_quote_of_any_vendor_is_the_same_move_in_percent(names: Names, file: str, market: str) -> None:
    track = measure(read_prices([TABLES / "vendors" / file]), names.symbols, names.reference).tracks[market]
    assert (track.days, track.closes, track.before, track.moves) == (("2025-11-12",), [88.0], [80.0], [10.0])
    assert (track.opens, track.highs, track.lows) == ([81.0], [89.0], [80.5])


@pytest.mark.parametrize(("file", "market"), [("alphavantage-daily.json", "XLE"), ("alphavantage-fx.json", "USDJPY")])
def test_days_under_keys_are_a_series(names: Names, file: str, market: str) -> None:
    track = measure(read_prices([TABLES / "vendors" / file]), names.symbols, names.reference).tracks[market]
    assert (track.days, track.moves[1]) == (("2025-11-11", "2025-11-12"), 10.0)


def test_every_shape_of_every_vendor_has_an_example() -> None:
    shown = set()
    for path in [*TABLES.glob("vendors/*.json"), *TABLES.glob("series/*.json")]:
        document = json.loads(path.read_text())
        shown.add(next(shape for shape in SHAPES if list(shape.rows(document))).name)
    assert shown == {shape.name for shape in SHAPES}


def test_a_fraction_where_percent_is_declared_is_refused_not_rescaled(names: Names, tmp_path: Path) -> None:
    quote = json.loads((TABLES / "vendors" / "fmp-quotes.json").read_text())
    quote[0]["changesPercentage"] = 0.1
    (tmp_path / "quote.json").write_text(json.dumps(quote))
    with pytest.raises(PriceError, match="/0: change_pct 0.1 contradicts the level and its change, which make 10.00"):
        measure(read_prices([tmp_path]), names.symbols, names.reference)


def refused(document: Any) -> str:
    with pytest.raises(PriceError) as caught:
        read_json(json.dumps(document).encode(), "a.json", "a")
    return str(caught.value)


def test_what_is_no_number_and_no_date_is_told_with_its_place() -> None:
    document = json.loads((TABLES / "vendors" / "polygon-snapshot.json").read_text())
    broken = copy.deepcopy(document)
    broken["tickers"][0]["day"]["c"] = "much"
    broken["tickers"][0]["todaysChangePerc"] = [1]
    told = refused(broken)
    assert "a.json: /tickers/0/day/c: 'much' is not a number" in told
    assert "a.json: /tickers/0/todaysChangePerc: '[1]' is not a number" in told
    document["tickers"][0]["updated"] = "yesterday"
    assert "updated: 'yesterday' is not a date" in refused(document)


def test_what_a_vendor_said_instead_of_prices_is_passed_on() -> None:
    assert "the vendor gave no prices, but said: 'call frequency" in refused({"Note": "call frequency exceeded"})


@pytest.mark.parametrize("document", [{}, [], 1, "x", {"results": []}, [{"a": 1}], {"c": 1}])
def test_a_document_of_no_known_shape_says_which_are_known(document: Any) -> None:
    assert "polygon bars" in refused(document)


def test_broken_json_is_told_with_its_line() -> None:
    with pytest.raises(PriceError, match="a.json: is not JSON: .* at line 1"):
        read_json(b"{", "a.json", "a")
