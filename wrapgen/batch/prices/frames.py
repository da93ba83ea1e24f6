"""Price tables as DataFrames: yfinance's, the old Yahoo export, long and wide tables.

=========  ==============================================================  =====================
shape      columns                                                         symbols are
=========  ==============================================================  =====================
yfinance   two levels, fields and tickers in either order                  Yahoo's
one        date and Open, High, Low, Close (no symbol: the file's name)    Yahoo's
long       date, symbol (or ticker, market, id), close, and if wished      the sender's own, or
           open, high, low, previous_close, change_pct (in percent)        any vendor's
wide       date, and one column of closes for each symbol                  the same
=========  ==============================================================  =====================

``Adj Close`` is never read: levels are told as they were printed on the day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from wrapgen.batch.prices.table import (
    FIGURES,
    Origin,
    PriceError,
    PriceProblem,
    PriceTable,
    dates,
    long_table,
    numbers,
)

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_DATES = ("date", "datetime", "timestamp", "time", "day")
_SYMBOLS = ("symbol", "ticker", "market", "id")
_PRICES = ("open", "high", "low", "close")  # what a table may have besides dates and symbols
_UNREAD = ("adj close", "adj_close", "adjclose", "volume", "dividends", "stock splits", "capital gains")


def read_frame(frame: DataFrame, origin: Origin | str = "DataFrame", symbol: str | None = None) -> PriceTable:
    """A price table of any of the shapes above; ``symbol`` is that of a table without symbols.

    Raises PriceError with everything that is wrong.
    """
    where = Origin(origin) if isinstance(origin, str) else origin
    if frame.columns.nlevels != 2:
        return _checked(where, partial(_flat, frame, where, symbol))
    days = frame.index.to_series().reset_index(drop=True)
    return read_yfinance(list(frame.columns), days, [frame.iloc[:, at] for at in range(frame.shape[1])], where)


def read_yfinance(
    headings: Sequence[tuple[Any, Any]], days: Series, columns: Sequence[Series], origin: Origin
) -> PriceTable:
    """Columns with two headings each, field and ticker in either order: the level that has Close is that of the fields.

    Raises PriceError with everything that is wrong.
    """
    level = next((level for level in (0, 1) if any(pair[level] == "Close" for pair in headings)), None)
    if level is None:
        raise PriceError([PriceProblem(origin.file, 0, "two rows of headings, and neither has 'Close'")])
    found = {(str(pair[level]), str(pair[1 - level])): column for pair, column in zip(headings, columns, strict=True)}
    return _checked(origin, partial(_yfinance, found, days, origin))


def _checked(origin: Origin, read: Callable[[list[PriceProblem]], PriceTable]) -> PriceTable:
    problems: list[PriceProblem] = []
    table = read(problems)
    if problems:
        raise PriceError(problems)
    if not len(table.columns["close"]):
        raise PriceError([PriceProblem(origin.file, 0, "has no row with a date and a close")])
    return table


def _yfinance(
    found: Mapping[tuple[str, str], Series], days: Series, origin: Origin, problems: list[PriceProblem]
) -> PriceTable:
    tickers = list(dict.fromkeys(ticker for _, ticker in found))
    columns = _repeated(dates(days, "Date", origin, problems), tickers, origin, len(days))
    for name in _PRICES:
        field = name.title()
        parts = [
            numbers(found[field, ticker], f"{field} of {ticker}", origin, problems)
            if (field, ticker) in found
            else np.full(len(days), np.nan)
            for ticker in tickers
        ]
        columns[name] = np.concatenate(parts)
    return long_table("yahoo", origin, columns)


def _flat(frame: DataFrame, origin: Origin, symbol: str | None, problems: list[PriceProblem]) -> PriceTable:
    if not {str(column).strip().lower() for column in frame.columns} & set(_DATES):
        frame = frame.reset_index(names=["date"])
    rows = np.flatnonzero(frame.notna().any(axis=1))  # a blank line is no row
    frame, origin = frame.iloc[rows].reset_index(drop=True), origin._replace(rows=tuple(rows.tolist()))
    names = {str(column).strip().lower(): column for column in frame.columns}
    day = next(names[name] for name in _DATES if name in names)
    columns: dict[str, Any] = dict(dates(frame[day], str(day), origin, problems))
    ticker = next((names[name] for name in _SYMBOLS if name in names), None)
    if ticker is None and "close" not in names:
        return _wide(frame, day, origin, columns, problems)
    if "close" not in names:
        raise PriceError([PriceProblem(origin.file, 0, f"has no column 'close', but {_listed(names)}")])
    if ticker is None and symbol is None:
        raise PriceError([PriceProblem(origin.file, 0, "has neither a column 'symbol' nor a name to take it from")])
    for name in _PRICES if ticker is None else FIGURES:
        if name in names:
            columns[name] = numbers(frame[names[name]], str(names[name]), origin, problems)
    if ticker is None:
        columns["symbol"] = np.full(len(frame), symbol, dtype=object)
        return long_table("yahoo", origin, columns)
    columns["symbol"] = frame[ticker].astype("str").str.strip().to_numpy(dtype=object)
    return long_table("", origin, columns)


def _wide(
    frame: DataFrame, day: Hashable, origin: Origin, columns: Mapping[str, Any], problems: list[PriceProblem]
) -> PriceTable:
    """One column of closes for each symbol."""
    symbols = [column for column in frame.columns if column != day and str(column).strip().lower() not in _UNREAD]
    closes = [numbers(frame[column], str(column), origin, problems) for column in symbols]
    if not closes:
        raise PriceError([PriceProblem(origin.file, 0, "has dates, but no column of prices")])
    repeated = _repeated(columns, [str(column).strip() for column in symbols], origin, len(frame))
    return long_table("", origin, {**repeated, "close": np.concatenate(closes)})


def _repeated(days: Mapping[str, Any], symbols: Sequence[str], origin: Origin, count: int) -> dict[str, Any]:
    """The ``count`` days of a table of columns, once for each symbol, with the symbols and places beside them."""
    return {
        **{name: np.tile(column, len(symbols)) for name, column in days.items()},
        "symbol": np.repeat(np.array(symbols, dtype=object), count),
        "place": np.tile(np.array(origin.places(count), dtype=object), len(symbols)),
    }


def _listed(names: dict[str, Hashable]) -> str:
    return ", ".join(str(name) for name in names.values())
