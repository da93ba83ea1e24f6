"""What an events file adds to which day."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import wrapgen
from wrapgen.batch.extras import Extras, read_extras, read_stocks
from wrapgen.batch.making import Names, make_snapshots
from wrapgen.batch.measures import Span, measure
from wrapgen.batch.prices import PriceError, read_frame
from wrapgen.batch.snapshots import Day

DAYS = ("2025-11-06", "2025-11-07", "2025-11-10", "2025-11-11", "2025-11-12")
CLOSES = {
    "HSI": (100.0, 101.0, 102.0, 103.0, 104.0),
    "0700.HK": (10.0, 11.0, 12.0, 13.0, 13.26),
    "NVDA": (5.0, 5.0, 5.5, 5.5, 9.9),
}
TENCENT = {"ticker": "0700", "exchange": "XHKG", "name": "Tencent Holdings Ltd", "market": "HSI"}
NVIDIA = {"ticker": "NVDA", "exchange": "XNAS", "name": "Nvidia Corp"}


def event(name: str, when: str | None = None, **more: Any) -> dict[str, Any]:
    dated = {} if when is None else {"when": when}
    content = {"type": "other", "status": "happened", "clause": "traders met", "affects": ["HSI"]}
    return {"id": name, **content, **dated, **more}


def write(folder: Path, document: Any) -> Path:
    path = folder / "events.json"
    path.write_text(json.dumps(document))
    return path


@pytest.fixture
def made(names: Names, tmp_path: Path) -> Callable[..., list[Day]]:
    def make(document: Any, first: str, last: str | None = None, stocks: Any = ()) -> list[Day]:
        extras = replace(read_extras(write(tmp_path, document)), stocks=stocks)
        frame = pd.DataFrame({"date": DAYS, **CLOSES})
        symbols = names.symbols.with_shares(extras.shares())
        measures = measure([read_frame(frame)], symbols, names.reference)
        span = Span(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))
        return list(make_snapshots(measures, names, "hk", span, "close", extras))

    return make


def ids(day: Day, key: str = "events") -> list[str]:
    assert day.snapshot is not None, (day.reason, day.problems)
    return [item.get("id") or item.get("ticker") or item["name"] for item in day.snapshot.get(key, [])]


def test_what_stands_under_a_day_is_that_days(made: Callable[..., list[Day]]) -> None:
    document = {
        "2025-11-10": {"events": [event("a")], "sectors": [{"name": "technology", "direction": "up"}]},
        "2025-11-12": {"events": [event("b")], "breadth": [{"market": "HSI", "advancers": 2, "decliners": 1}]},
    }
    monday, tuesday, wednesday = made(document, "2025-11-10", "2025-11-12")
    assert (ids(monday), ids(monday, "sectors")) == (["a"], ["technology"])
    assert ids(tuesday) == []
    assert ids(wednesday) == ["b"] and wednesday.snapshot is not None and len(wednesday.snapshot["breadth"]) == 1


def test_what_happened_belongs_to_the_first_session_from_then_on(made: Callable[..., list[Day]]) -> None:
    saturday, monday = event("weekend", "2025-11-08"), event("monday", "2025-11-10")
    days = made([saturday, monday], "2025-11-07", "2025-11-11")
    assert [ids(day) for day in days] == [[], ["weekend", "monday"], []]


def test_what_is_scheduled_is_told_in_the_week_before_and_on_the_day(made: Callable[..., list[Day]]) -> None:
    due = event("data", "2025-11-11", status="scheduled", noun_phrase="the data")
    later = event("far", "2025-12-11", status="scheduled", noun_phrase="the meeting")
    assert [ids(day) for day in made([due, later], "2025-11-07", "2025-11-12")] == [["data"], ["data"], ["data"], []]


def test_a_month_is_every_day_of_it_and_no_date_only_the_one_day(made: Callable[..., list[Day]]) -> None:
    assert [ids(day) for day in made([event("m", "2025-11")], "2025-11-11", "2025-11-12")] == [["m"], ["m"]]
    assert ids(made([event("w", "this week"), event("x")], "2025-11-12")[0]) == ["w", "x"]


def test_what_says_no_day_of_a_range_is_refused_with_its_place(made: Callable[..., list[Day]]) -> None:
    document = {"events": [event("w", "this week"), event("x")], "sectors": [{"name": "energy", "direction": "up"}]}
    document["stocks"] = [{**TENCENT, "change_pct": 1.0}, NVIDIA]
    with pytest.raises(PriceError) as caught:
        made(document, "2025-11-10", "2025-11-12")
    told = [problem.message.split(":")[0] for problem in caught.value.problems]
    assert told == ["/events/0", "/events/1", "/sectors/0", "/stocks/0"]


def test_a_stock_gets_its_move_from_the_prices_a_foreign_one_that_of_the_session_before(
    made: Callable[..., list[Day]],
) -> None:
    (day,) = made({"stocks": [TENCENT, NVIDIA]}, "2025-11-12")
    assert day.snapshot is not None
    assert day.snapshot["stocks"] == [
        {"price": 13.26, "change_pct": 2.0, **TENCENT},
        {"price": 5.5, "change_pct": 0.0, "session": "previous", **NVIDIA},
    ]


def test_a_move_that_is_stated_stays(made: Callable[..., list[Day]]) -> None:
    (day,) = made({"stocks": [{**TENCENT, "change_pct": 2.1}]}, "2025-11-12")
    assert day.snapshot is not None and day.snapshot["stocks"] == [{**TENCENT, "change_pct": 2.1}]


def test_of_a_stocks_table_those_with_prices_are_told_or_those_an_event_names(made: Callable[..., list[Day]]) -> None:
    other = {"ticker": "0005", "exchange": "XHKG", "name": "Harbour Bank Ltd"}
    named = event("sale", "2025-11-12", who="XHKG:0005", affects=["XHKG:0005"])
    tuesday, wednesday = made([named], "2025-11-11", "2025-11-12", stocks=[TENCENT, other])
    assert (ids(tuesday, "stocks"), ids(wednesday, "stocks")) == (["0700"], ["0700", "0005"])


def test_a_cause_of_another_day_is_dropped(made: Callable[..., list[Day]]) -> None:
    document = {"events": [event("a", "2025-11-12")], "stocks": [{**TENCENT, "because": ["a"]}]}
    tuesday, wednesday = made(document, "2025-11-11", "2025-11-12")
    assert [day.snapshot["stocks"][0]["because"] for day in (tuesday, wednesday) if day.snapshot] == [[], ["a"]]


def test_a_problem_of_the_contract_is_told_of_the_events_file(made: Callable[..., list[Day]]) -> None:
    early, wrong = event("a", "2025-11-03"), event("b", "2025-11-12", type="corprate", affects=["HSII"])
    (day,) = made([early, wrong], "2025-11-12")
    assert day.snapshot is None
    told = [(Path(problem.file).name, problem.message.split(":")[0], problem.nearest) for problem in day.problems]
    assert told == [("events.json", "/events/1/type", "corporate")]


def test_an_article_is_written_of_prices_and_events(made: Callable[..., list[Day]], names: Names) -> None:
    aid = event("a", "2025-11-12", clause="China promised aid")
    (day,) = made({"stocks": [TENCENT], "events": [aid]}, "2025-11-12")
    text = wrapgen.write(wrapgen.read_snapshot(day.snapshot or {})).render("text")
    assert "Tencent" in text and "promised aid" in text


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"evnts": []}, "/evnts: unknown key; allowed: events, stocks, sectors, breadth, volume; nearest: events"),
        ({"events": {}}, "/events: must be a list of objects"),
        ({"2025-11-12": []}, "/2025-11-12: must be an object of lists"),
        ({"2025-11-12": {"stock": []}}, "/2025-11-12/stock: unknown key"),
        ({"2025-02-30": {}}, "/2025-02-30: unknown key"),
        ("x", "must be an object or a list of events"),
    ],
)
def test_what_is_no_events_file_is_told(tmp_path: Path, document: Any, told: str) -> None:
    with pytest.raises(PriceError) as caught:
        read_extras(write(tmp_path, document))
    assert told in str(caught.value)


def test_a_stocks_table_is_csv(tmp_path: Path) -> None:
    path = tmp_path / "stocks.csv"
    path.write_text("ticker,exchange,name,weight_pct,symbol\n0700,XHKG,Tencent Holdings Ltd,8.5,TCEHY\n")
    (stock,) = read_stocks(path)
    named = {key: TENCENT[key] for key in ("ticker", "exchange", "name")}
    assert stock == {**named, "weight_pct": 8.5, "symbol": "TCEHY"}
    assert [share.symbol for share in Extras(stocks=[stock]).shares()] == ["TCEHY"]


def test_every_fault_of_a_stocks_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "stocks.csv"
    path.write_text("tiker,exchange\n1,XHKG\n")
    with pytest.raises(PriceError) as caught:
        read_stocks(path)
    assert "unknown column 'tiker'" in str(caught.value) and "nearest: ticker" in str(caught.value)
    assert "column 'name' is missing" in str(caught.value)
    path.write_text("ticker,exchange,name,weight_pct\n1,XHKG,,much\n")
    with pytest.raises(PriceError) as caught:
        read_stocks(path)
    told = ("name is empty", "weight_pct: 'much' is not a number")
    assert str(caught.value).splitlines() == [f"{path}:2: {each}" for each in told]
