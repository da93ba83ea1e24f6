"""Every shape of table gives the same prices; what is no price is told with its line and column."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.batch.conftest import TABLES
from wrapgen.batch.prices import PriceError, PriceTable, read_frame, read_prices

SHAPES = ("yfinance.csv", "yfinance-by-ticker.csv", "classic", "long.csv", "wide.csv")
AT_YAHOO = {"HSI": "^HSI", "N225": "^N225", "SPX": "^GSPC"}
HANG_SENG = [20000.0, 20100.0, 19899.0, 20097.99, 20299.0, 20500.0, 20602.5, 20911.54]


def closes(tables: list[PriceTable]) -> dict[tuple[str, str], float]:
    frames = pd.concat([table.frame for table in tables])
    symbols = [AT_YAHOO.get(symbol, symbol) for symbol in frames["symbol"]]
    days = frames["date"].dt.strftime("%Y-%m-%d")
    return dict(zip(zip(symbols, days, strict=True), frames["close"], strict=True))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_holds_the_same_closes_and_none_where_there_is_none(shape: str) -> None:
    read = closes(read_prices([TABLES / "csv" / shape]))
    assert [read["^HSI", day] for day in sorted(day for symbol, day in read if symbol == "^HSI")] == HANG_SENG
    assert read["^GSPC", "2025-11-12"] == 6066.05
    assert ("^N225", "2025-11-03") not in read and len(read) == 23


@pytest.mark.parametrize("shape", SHAPES[:4])
def test_open_high_and_low_come_with_the_close(shape: str) -> None:
    frame = pd.concat([table.frame for table in read_prices([TABLES / "csv" / shape])])
    last = frame[(frame["symbol"] == "^HSI") & (frame["date"] == "2025-11-12")].iloc[0]
    assert (last["open"], last["high"], last["low"]) == (20869.72, 20995.19, 20806.98)


@pytest.mark.parametrize(("shape", "vendor"), [("yfinance.csv", "yahoo"), ("classic", "yahoo"), ("long.csv", "")])
def test_a_table_knows_whose_symbols_it_uses(shape: str, vendor: str) -> None:
    assert {table.vendor for table in read_prices([TABLES / "csv" / shape])} == {vendor}


def test_a_dataframe_of_yfinance_with_the_exchanges_own_time_keeps_its_dates() -> None:
    index = pd.DatetimeIndex(["2025-11-11", "2025-11-12"], tz="Asia/Hong_Kong", name="Date")
    frame = pd.DataFrame({("Close", "^HSI"): [1.0, 2.0], ("Volume", "^HSI"): [0, 0]}, index=index)
    frame.columns = pd.MultiIndex.from_tuples(frame.columns, names=["Price", "Ticker"])
    assert closes([read_frame(frame)]) == {("^HSI", "2025-11-11"): 1.0, ("^HSI", "2025-11-12"): 2.0}


def test_the_history_of_one_ticker_needs_its_symbol() -> None:
    frame = pd.DataFrame({"Open": [1.0], "Close": [2.0]}, index=pd.DatetimeIndex(["2025-11-12"], name="Date"))
    assert closes([read_frame(frame, symbol="^HSI")]) == {("^HSI", "2025-11-12"): 2.0}
    with pytest.raises(PriceError, match="neither a column 'symbol' nor a name"):
        read_frame(frame)


def test_a_quote_in_a_long_table_is_in_percent(tmp_path: Path) -> None:
    path = tmp_path / "quotes.csv"
    path.write_text("Date,Ticker,Close,previous_close,change_pct\n2025-11-12,HSI,110,100,10\n")
    row = read_prices([path])[0].frame.iloc[0]
    assert (row["previous_close"], row["change_pct"]) == (100.0, 10.0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("date,symbol,close\n2025-11-11,HSI,1\n2025-11-12,HSI,1.234.5\n", ":3: close: '1.234.5' is not a number"),
        ('date,symbol,close\n2025-11-12,HSI,"25,321.33"\n', ":2: close: '25,321.33' is not a number"),
        ("date,symbol,close\n12/11/2025,HSI,1\n", ":2: date: '12/11/2025' is not a date (YYYY-MM-DD)"),
        ("date,symbol,close\n2025-02-30,HSI,1\n", ":2: date: '2025-02-30' is not a date (YYYY-MM-DD)"),
        ("date,symbol,close\n\n2025-11-12,HSI,inf\n", "has no row with a date and a close"),
        ("date,symbol,last\n2025-11-12,HSI,1\n", "has no column 'close', but date, symbol, last"),
        ("date,HSI\n2025-11-12,x\n", ":2: HSI: 'x' is not a number"),
        ("date,symbol,close\n2025-11-12,HSI,1,9\n2025-11-12,HSI,1,9,9\n", "is not a table"),
        ("", "is empty"),
        ("date,symbol,close\n", "has no row with a date and a close"),
        ("Price,Close\nTicker,^HSI\nDate,\n2025-11-12,much\n", ":4: Close of ^HSI: 'much' is not a number"),
    ],
)
def test_what_is_no_price_is_told_with_its_line_and_column(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "prices.csv"
    path.write_text(text)
    with pytest.raises(PriceError) as caught:
        read_prices([path])
    assert told in str(caught.value)
    assert str(caught.value).startswith(str(path))


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("date,symbol,close\n2025-11-12,HSI,x\nsoon,HSI,y\n")
    (tmp_path / "b.csv").write_text("date,symbol,close\n2025-11-12,HSI,z\n")
    with pytest.raises(PriceError) as caught:
        read_prices([tmp_path])
    assert len(caught.value.problems) == 4
    assert [(Path(p.file).name, p.line) for p in caught.value.problems] == [
        ("a.csv", 3),
        ("a.csv", 2),
        ("a.csv", 3),
        ("b.csv", 2),
    ]


def test_blank_lines_do_not_shift_the_lines_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("date,symbol,close\n\n2025-11-11,HSI,1\n\n2025-11-12,HSI,x\n")
    with pytest.raises(PriceError, match=r"a\.csv:5: close"):
        read_prices([tmp_path])


def test_a_damaged_column_is_counted_not_listed_to_its_end(tmp_path: Path) -> None:
    rows = "".join(f"2025-11-12,HSI,x{n}\n" for n in range(500))
    (tmp_path / "a.csv").write_text("date,symbol,close\n" + rows)
    with pytest.raises(PriceError, match="480 more like: close") as caught:
        read_prices([tmp_path])
    assert len(caught.value.problems) == 21


MOMENT = pd.Timestamp("2025-11-12T21:00Z")


@pytest.mark.parametrize("unit", [1, 10**3, 10**6, 10**9])
def test_an_epoch_is_told_by_its_magnitude(unit: int) -> None:
    frame = pd.DataFrame({"date": [MOMENT.value // 10**9 * unit], "symbol": ["HSI"], "close": [1.0]})
    assert read_frame(frame).frame["moment"].dt.tz_localize("UTC").tolist() == [MOMENT]


def test_eight_digits_are_a_date() -> None:
    frame = pd.DataFrame({"date": [20251112], "symbol": ["HSI"], "close": [1.0]})
    assert closes([read_frame(frame)]) == {("^HSI", "2025-11-12"): 1.0}


@settings(max_examples=25)
@given(st.lists(st.floats(1, 1e6).map(lambda x: round(x, 4)), min_size=1, max_size=20))
def test_wide_and_long_are_one(values: list[float]) -> None:
    days = pd.date_range("2025-01-01", periods=len(values)).strftime("%Y-%m-%d")
    wide = read_frame(pd.DataFrame({"date": days, "HSI": values}))
    long = read_frame(pd.DataFrame({"date": days, "symbol": "HSI", "close": values}))
    assert closes([wide]) == closes([long])


@settings(max_examples=40)
@given(st.binary(max_size=200))
def test_no_bytes_end_in_anything_but_prices_or_a_reason(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "any.csv"
    path.write_bytes(data)
    try:
        read_prices([path])
    except PriceError as error:
        assert error.problems
