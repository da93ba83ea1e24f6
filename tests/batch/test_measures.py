"""The pass over all prices: moves, missing sessions, holidays, rounding, contradictions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.batch.conftest import TABLES
from wrapgen.batch.making import Names
from wrapgen.batch.measures import Measures, measure
from wrapgen.batch.prices import PriceError, read_frame, read_prices
from wrapgen.batch.symbols import Share

Measured = Callable[[Mapping[str, Mapping[str, float | None]]], Measures]

# Hong Kong had a holiday on 7 October 2025.
WEEK = {"2025-10-03": 100.0, "2025-10-06": 101.0, "2025-10-08": 99.99}


def test_a_move_is_against_the_markets_own_session_before(measured: Measured) -> None:
    track = measured({"HSI": WEEK}).tracks["HSI"]
    assert track.moves[1:] == [1.0, -1.0]
    assert track.before[1:] == [100.0, 101.0]
    assert np.isnan(track.moves[0]) and np.isnan(track.before[0])


def test_each_market_has_its_own_days(measured: Measured) -> None:
    measures = measured({"HSI": WEEK, "SPX": {"2025-10-03": 50.0, "2025-10-06": 51.0, "2025-10-07": 51.51}})
    assert measures.tracks["SPX"].moves[1:] == [2.0, 1.0]
    assert measures.tracks["HSI"].days == tuple(WEEK)
    assert measures.notes == ()


def test_a_holiday_is_no_missing_session(measured: Measured) -> None:
    track = measured({"HSI": WEEK}).tracks["HSI"]
    assert track.shut("2025-10-07") and not track.lacks("2025-10-07")
    assert track.since == [0, 0, 0]


def test_over_a_missing_session_nothing_is_measured_and_history_begins_anew(measured: Measured) -> None:
    measures = measured({"HSI": {"2025-10-02": 100.0, "2025-10-06": 101.0, "2025-10-08": 102.01}})
    track = measures.tracks["HSI"]
    assert np.isnan(track.moves[1]) and track.moves[2] == 1.0
    assert track.since == [0, 1, 1]
    assert track.lacks("2025-10-03") and not track.shut("2025-10-03")
    assert measures.notes == ("HSI: no price of 2025-10-03; its history begins anew on 2025-10-06",)


def test_a_close_carried_over_a_holiday_is_no_session(measured: Measured) -> None:
    track = measured({"HSI": {**WEEK, "2025-10-07": 101.0}}).tracks["HSI"]
    assert track.days == tuple(WEEK)
    assert track.moves[2] == -1.0


def test_a_session_that_the_calendar_does_not_know_counts_where_prices_moved(measured: Measured) -> None:
    # Mumbai's short session of Diwali, 21 October 2025, is in no calendar.
    closes = {"2025-10-20": 100.0, "2025-10-21": 101.0, "2025-10-23": 102.01}
    assert measured({"NIFTY": closes}).tracks["NIFTY"].moves[1:] == [1.0, 1.0]


def test_what_trades_without_settlement_on_some_days_has_no_missing_sessions(measured: Measured) -> None:
    closes = {"2025-11-26": 60.0, "2025-11-28": 60.6}  # Thanksgiving between
    track = measured({"WTI": closes, "BTC": {"2025-11-28": 1.0, "2025-11-30": 2.0}}).tracks["WTI"]
    assert track.moves[1] == 1.0 and not track.shut("2025-11-27") and not track.lacks("2025-11-27")


def test_yields_move_in_basis_points(measured: Measured) -> None:
    assert measured({"US10Y": {"2025-11-11": 4.1, "2025-11-12": 4.0652}}).tracks["US10Y"].moves[1] == -3.5


def test_rounding_comes_before_measuring(measured: Measured) -> None:
    track = measured({"HSI": {"2025-11-11": 10.004, "2025-11-12": 10.006}}).tracks["HSI"]
    assert track.closes == [10.0, 10.01] and track.moves[1] == 0.1


def test_an_unknown_symbol_is_listed_with_the_nearest(names: Names) -> None:
    frame = pd.DataFrame({"date": ["2025-11-12"], "HSI": [1.0], "HSII": [2.0]})
    measures = measure([read_frame(frame, "closes.csv")], names.symbols, names.reference)
    assert list(measures.tracks) == ["HSI"]
    assert measures.notes == ("closes.csv: 'HSII' is not known and left out; nearest: HSI (HSI)",)


def test_two_files_may_overlap_but_not_differ(names: Names, tmp_path: Path) -> None:
    same = read_prices([TABLES / "csv" / "long.csv", TABLES / "csv" / "classic"])
    assert len(measure(same, names.symbols, names.reference).tracks["HSI"].days) == 8
    (tmp_path / "other.csv").write_text("date,symbol,close\n2025-11-12,HSI,1\n2025-11-13,HSI,2\n")
    with pytest.raises(PriceError) as caught:
        measure(read_prices([TABLES / "csv" / "long.csv", tmp_path]), names.symbols, names.reference)
    (problem,) = caught.value.problems
    assert (Path(problem.file).name, problem.line) == ("other.csv", 2)
    assert problem.message.startswith("HSI closed at 1 on 2025-11-12, but not in ") and "long.csv:9" in problem.message


def test_a_close_of_nothing_is_refused_but_oil_may_cost_less(names: Names) -> None:
    frame = pd.DataFrame({"date": ["2020-04-17", "2020-04-20"], "HSI": [1.0, 0.0], "WTI": [18.27, -37.63]})
    with pytest.raises(PriceError, match="row 2: close 0 must be more than 0") as caught:
        measure([read_frame(frame, "a")], names.symbols, names.reference)
    assert len(caught.value.problems) == 1


def test_a_quote_continues_a_series_and_its_own_figures_stay(names: Names) -> None:
    series = read_frame(pd.DataFrame({"date": ["2025-11-11"], "symbol": ["HSI"], "close": [100.0]}))
    quote = {
        "date": ["2025-11-12"],
        "symbol": ["HSI"],
        "close": [102.0],
        "previous_close": [101.0],
        "change_pct": [0.99],
    }
    track = measure([series, read_frame(pd.DataFrame(quote))], names.symbols, names.reference).tracks["HSI"]
    assert (track.days, track.before[1], track.moves[1]) == (("2025-11-11", "2025-11-12"), 101.0, 0.99)


@pytest.mark.parametrize(("market", "day"), [("HSI", "2025-11-12"), ("SPX", "2025-11-11"), ("BTC", "2025-11-11")])
def test_a_moment_is_a_day_on_the_exchanges_own_clock(names: Names, market: str, day: str) -> None:
    moment = int(pd.Timestamp("2025-11-11T23:30Z").timestamp())
    frame = pd.DataFrame({"date": [moment], "symbol": [market], "close": [1.0]})
    assert measure([read_frame(frame)], names.symbols, names.reference).tracks[market].days == (day,)


def test_shares_are_measured_with_the_cents_that_they_have(names: Names) -> None:
    frame = pd.DataFrame({"date": ["2025-11-11", "2025-11-12"], "0088.HK": [0.035, 0.0357]})
    symbols = names.symbols.with_shares([Share("XHKG:0088")])
    assert measure([read_frame(frame)], symbols, names.reference).tracks["XHKG:0088"].moves[1] == 2.0


def test_no_tables_measure_nothing(names: Names) -> None:
    assert measure([], names.symbols, names.reference) == Measures({}, ())


CLOSES = st.lists(st.none() | st.floats(1, 1e5).map(lambda x: round(x, 2)), min_size=1, max_size=15)


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from(["BTC", "USDJPY", "WTI", "GOLD"]), CLOSES, min_size=1))
def test_the_pass_gives_what_each_market_alone_would(names: Names, columns: dict[str, list[float | None]]) -> None:
    longest = max(map(len, columns.values()))
    days = pd.bdate_range("2025-01-01", periods=longest).strftime("%Y-%m-%d")
    frame = pd.DataFrame({"date": days, **{name: pd.Series(values, dtype=float) for name, values in columns.items()}})
    if frame.drop(columns="date").isna().all(axis=None):
        return
    tracks = measure([read_frame(frame)], names.symbols, names.reference).tracks
    for name, values in columns.items():
        closes = [value for value in values if value is not None]
        expected: list[Any] = [round((b / a - 1) * 100, 2) for a, b in zip(closes, closes[1:], strict=False)]
        assert (tracks[name].closes if name in tracks else []) == closes
        assert (tracks[name].moves[1:] if name in tracks else []) == pytest.approx(expected, abs=0.0101)
