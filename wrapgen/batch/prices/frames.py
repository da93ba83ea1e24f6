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

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

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
    from pandas import DataFrame

_DATES = ("date", "datetime", "timestamp", "time", "day")
_SYMBOLS = ("symbol", "ticker", "market", "id")
_PRICES = ("open", "high", "low", "close")  # what a table may have besides dates and symbols
_UNREAD = ("adj close", "adj_close", "adjclose", "volume", "dividends", "stock splits", "capital gains")


def read_frame(frame: DataFrame, origin: Origin | str = "DataFrame", symbol: str | None = None) -> PriceTable:
    """A price table of any of the shapes above; ``symbol`` is that of a table without symbols.

    Raises PriceError with everything that is wrong.
    """
    where = Origin(origin) if isinstance(origin, str) else origin
    problems: list[PriceProblem] = []
    table = _yfinance(frame, where, problems) if frame.columns.nlevels == 2 else _flat(frame, where, symbol, problems)
    if problems:
        raise PriceError(problems)
    if table.frame.empty:
        raise PriceError([PriceProblem(where.file, 0, "has no row with a date and a close")])
    return table


def _yfinance(frame: DataFrame, origin: Origin, problems: list[PriceProblem]) -> PriceTable:
    """Columns of two levels; the one that has Close is that of the fields."""
    fields = [level for level in (0, 1) if "Close" in frame.columns.get_level_values(level)]
    if not fields:
        raise PriceError([PriceProblem(origin.file, 0, "two rows of headings, and neither has 'Close'")])
    by_field = frame if fields[0] == 0 else frame.swaplevel(axis=1)
    tickers = list(dict.fromkeys(by_field.columns.get_level_values(1)))
    days = dates(frame.index.to_series().reset_index(drop=True), "Date", origin, problems)
    columns: dict[str, Any] = {
        name: pd.concat([column] * len(tickers), ignore_index=True) for name, column in days.items()
    }
    columns["symbol"] = np.repeat(np.array([str(ticker) for ticker in tickers], dtype=object), len(frame))
    columns["place"] = origin.places(len(frame)) * len(tickers)
    for name in _PRICES:
        if name.title() in by_field.columns.get_level_values(0):
            part = by_field[name.title()].reset_index(drop=True).reindex(columns=tickers)
            found = [numbers(part[each], f"{name.title()} of {each}", origin, problems) for each in tickers]
            columns[name] = pd.concat(found, ignore_index=True)
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
    columns["symbol"] = symbol if ticker is None else frame[ticker].astype("str").str.strip()
    return long_table("yahoo" if ticker is None else "", origin, columns)


def _wide(
    frame: DataFrame, day: Hashable, origin: Origin, columns: dict[str, Any], problems: list[PriceProblem]
) -> PriceTable:
    """One column of closes for each symbol."""
    symbols = [column for column in frame.columns if column != day and str(column).strip().lower() not in _UNREAD]
    closes = [numbers(frame[column], str(column), origin, problems) for column in symbols]
    if not closes:
        raise PriceError([PriceProblem(origin.file, 0, "has dates, but no column of prices")])
    columns = {name: pd.concat([column] * len(symbols), ignore_index=True) for name, column in columns.items()}
    columns["symbol"] = np.repeat(np.array([str(column).strip() for column in symbols], dtype=object), len(frame))
    columns["place"] = origin.places(len(frame)) * len(symbols)
    columns["close"] = pd.concat(closes, ignore_index=True)
    return long_table("", origin, columns)


def _listed(names: dict[str, Hashable]) -> str:
    return ", ".join(str(name) for name in names.values())
