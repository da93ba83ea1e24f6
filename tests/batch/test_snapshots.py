"""What a snapshot made from prices holds on a day, and why there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

import wrapgen
from tests.batch.conftest import TABLES
from wrapgen.batch.making import Names, make_snapshots, measure_all
from wrapgen.batch.measures import Measures, Span, measure
from wrapgen.batch.prices import read_frame, read_prices
from wrapgen.batch.snapshots import Day, make_day

Measured = Callable[[Mapping[str, Mapping[str, float | None]]], Measures]


@pytest.fixture
def tables(names: Names) -> Measures:
    return measure_all(read_prices([TABLES / "csv" / "yfinance.csv"]), names, ["asia-pacific"])


def day_of(names: Names, measures: Measures, date: str, region: str = "asia-pacific", **more: Any) -> Day:
    return make_day(measures, region, names.composition(region), dt.date.fromisoformat(date), **more)


def markets(day: Day) -> dict[str, dict[str, Any]]:
    assert day.snapshot is not None, day.reason
    return {market["id"]: market for market in day.snapshot["markets"]}


def test_it_has_moves_levels_and_the_closes_before(names: Names, tables: Measures) -> None:
    day = day_of(names, tables, "2025-11-12", phase="close")
    assert day.snapshot is not None
    assert {key: day.snapshot[key] for key in ("region", "as_of", "phase")} == {
        "region": "asia-pacific",
        "as_of": "2025-11-12",
        "phase": "close",
    }
    assert markets(day)["HSI"] == {
        **{"id": "HSI", "role": "main", "level": 20911.54, "change_pct": 1.5, "previous_close": 20602.5},
        **{"open": 20869.72, "high": 20995.19, "low": 20806.98},
    }


def test_history_ends_with_the_session_before_even_of_the_backdrop(names: Names, tables: Measures) -> None:
    snapshot = day_of(names, tables, "2025-11-12").snapshot
    assert snapshot is not None
    assert snapshot["history"]["HSI"]["dates"][-1] == "2025-11-11"
    assert snapshot["history"]["HSI"]["closes"][:2] == [20000.0, 20100.0]
    assert snapshot["history"]["SPX"]["closes"][-1] == markets(day_of(names, tables, "2025-11-12"))["SPX"]["level"]
    short = day_of(names, tables, "2025-11-12", history=3).snapshot
    assert short is not None and short["history"]["HSI"]["closes"] == [20299.0, 20500.0, 20602.5]


def test_the_backdrop_is_wall_streets_session_before(names: Names, tables: Measures) -> None:
    spx = markets(day_of(names, tables, "2025-11-10"))["SPX"]  # a Monday
    assert (spx["role"], spx["session"], spx["level"], spx["change_pct"]) == ("backdrop", "previous", 6000.0, -0.98)


def test_a_holiday_is_sent_as_closed(names: Names, tables: Measures) -> None:
    # 3 November 2025 was Culture Day in Japan; Hong Kong traded, but is the first day of the table.
    assert day_of(names, tables, "2025-11-03").snapshot is None
    closes = {"HSI": {"2025-10-31": 99.0, "2025-11-03": 100.0}, "N225": {"2025-10-31": 50.0, "2025-11-04": 51.0}}
    measures = measure([read_frame(pd.DataFrame(closes).rename_axis("date"))], names.symbols, names.reference)
    assert markets(day_of(names, measures, "2025-11-03"))["N225"] == {"id": "N225", "closed": True, "role": "main"}


def test_a_closed_wall_street_is_told_once(names: Names, measured: Measured) -> None:
    us = {"2025-11-25": 100.0, "2025-11-26": 101.0}  # Thanksgiving on the 27th
    measures = measured({"SPX": us, "DJI": us, "CCMP": us, "HSI": {"2025-11-27": 10.0, "2025-11-28": 11.0}})
    sent = markets(day_of(names, measures, "2025-11-28"))
    assert sent["SPX"] == {"id": "SPX", "closed": True, "role": "backdrop", "session": "previous"}
    assert "DJI" not in sent and "CCMP" not in sent


def test_a_missing_price_leaves_the_market_out_and_is_told(names: Names, measured: Measured) -> None:
    days = ("2025-11-10", "2025-11-11", "2025-11-12")
    closes = {"HSI": dict.fromkeys(days, 10.0), "AS51": {"2025-11-10": 1.0, "2025-11-11": 2.0}}
    day = day_of(names, measured(closes), "2025-11-12")
    assert "AS51" not in markets(day)
    assert day.notes == ("AS51 is left out: its price of 2025-11-12 is missing",)


def test_a_market_without_a_session_to_measure_from_is_left_out(names: Names, measured: Measured) -> None:
    hsi = {"2025-11-07": 10.0, "2025-11-10": 10.1, "2025-11-12": 10.2, "2025-11-13": 10.3}  # the 11th is missing
    measures = measured({"HSI": hsi, "AS51": {"2025-11-11": 5.0, "2025-11-12": 6.0, "2025-11-13": 6.6}})
    assert list(markets(day_of(names, measures, "2025-11-12"))) == ["AS51"]
    snapshot = day_of(names, measures, "2025-11-13").snapshot
    assert snapshot is not None and snapshot["history"]["HSI"] == {"dates": ["2025-11-12"], "closes": [10.2]}


def test_yields_are_sent_in_basis_points(names: Names, measured: Measured) -> None:
    spx = {"2025-11-11": 100.0, "2025-11-12": 101.0}
    day = day_of(names, measured({"SPX": spx, "US10Y": {"2025-11-11": 4.1, "2025-11-12": 4.065}}), "2025-11-12", "us")
    assert markets(day)["US10Y"] == {
        **{"id": "US10Y", "level": 4.065, "change": -3.5, "previous_close": 4.1, "role": "context"}
    }


def test_a_range_that_does_not_hold_its_own_close_is_not_sent(names: Names) -> None:
    frame = {"date": ["2025-11-11", "2025-11-12"], "symbol": "HSI", "close": [10.0, 11.0]}
    frame |= {"open": [10.0, 10.0], "high": [10.0, 10.5], "low": [10.0, 10.0]}
    measures = measure([read_frame(pd.DataFrame(frame))], names.symbols, names.reference)
    assert "high" not in markets(day_of(names, measures, "2025-11-12"))["HSI"]


@pytest.mark.parametrize(
    ("region", "date", "reason"),
    [
        ("us", "2025-11-03", "nothing says how its markets moved on 2025-11-03: no price of the session before"),
        ("us", "2025-11-08", "2025-11-08 was no session of SPX"),
        ("us", "2025-12-12", "SPX is left out: its price of 2025-12-12 is missing"),
        ("us", "2027-03-03", "there is no price of its markets on 2027-03-03; there are some from 2025-11-03 to 2025-"),
        ("europe", "2025-11-12", "the tables hold none of its markets: SXXP, SX5E"),
    ],
)
def test_a_day_without_a_snapshot_says_why(names: Names, tables: Measures, region: str, date: str, reason: str) -> None:
    assert day_of(names, tables, date, region).reason.startswith(reason)


def test_a_session_that_no_table_has_is_refused_not_skipped(names: Names, measured: Measured) -> None:
    measures = measured({"SPX": {"2025-11-10": 1.0, "2025-11-12": 2.0, "2025-11-13": 3.0}})
    days = make_snapshots(measures, names, "us", Span(dt.date(2025, 11, 8), dt.date(2025, 11, 16)))
    told = {str(day.date): day.reason or "made" for day in days}
    assert list(told) == ["2025-11-10", "2025-11-11", "2025-11-12", "2025-11-13"], "and no weekend"
    assert told["2025-11-11"] == "SPX is left out: its price of 2025-11-11 is missing"
    assert told["2025-11-12"].startswith("nothing says how its markets moved")
    assert told["2025-11-13"] == "made"


def test_a_preview_has_futures_and_yesterdays_markets(names: Names, measured: Measured) -> None:
    spx = {"2025-11-10": 100.0, "2025-11-11": 101.0}
    futures = {"2025-11-10": 99.0, "2025-11-11": 100.0, "2025-11-12": 100.5}
    day = day_of(names, measured({"SPX": spx, "ES_F": futures}), "2025-11-12", "us", phase="preview")
    assert list(markets(day)) == ["ES_F", "SPX"]
    assert markets(day)["ES_F"]["change_pct"] == 0.5
    assert markets(day)["SPX"]["session"] == "previous" and markets(day)["SPX"]["level"] == 101.0
    without = day_of(names, measured({"SPX": spx}), "2025-11-12", "us", phase="preview")
    assert without.reason.startswith("the tables hold none of its futures, which a preview needs")
    assert "ES_F" not in markets(day_of(names, measured({"SPX": spx, "ES_F": futures}), "2025-11-11", "us"))


def test_every_snapshot_is_one_of_the_contract_and_gives_an_article(names: Names, tables: Measures) -> None:
    rules = wrapgen.load_rules()
    for region in ("asia-pacific", "jp", "hk", "us", "global"):
        measures = measure_all(read_prices([TABLES / "csv" / "yfinance.csv"]), names, [region])
        made = list(make_snapshots(measures, names, region, Span(dt.date(2025, 11, 5), dt.date(2025, 11, 12))))
        assert len(made) == 6
        for day in made:
            assert day.snapshot is not None, day.reason
            snapshot = wrapgen.read_snapshot(day.snapshot, rules.reference)
            assert wrapgen.write(snapshot, rules=rules).headline.text
            assert snapshot.warnings == ()
