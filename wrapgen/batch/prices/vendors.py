"""The JSON that price vendors answer with: each shape says where its figures stand and what its unit is.

A quote gives one session with the close before it; a series gives many sessions. The unit of a percentage is
declared here, shape by shape (`PERCENT` or `FRACTION`), and never guessed from the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from wrapgen.batch.prices.table import FIGURES, Origin, PriceError, PriceProblem, PriceTable, dates, long_table
from wrapgen.errors import InputError, decode_json, nearest

PERCENT, FRACTION = 1.0, 100.0  # what 1.2% is written as: 1.2, or 0.012


class Row(NamedTuple):
    """One session as the vendor gives it: where it stands (a JSON pointer), whose it is, its figures."""

    pointer: str
    symbol: str | None
    values: Mapping[str, Any]


class Shape(NamedTuple):
    """One kind of answer.

    ``rows`` finds its sessions, and nothing in a document of another kind. ``columns`` says under which keys
    ours stand (``day/c`` is c inside day); of several, the first that is there counts.
    """

    vendor: str
    name: str
    rows: Callable[[Any], Iterator[Row]]
    columns: Mapping[str, Sequence[str]]
    percent: float = PERCENT


def read_json(data: bytes, file: str, stem: str) -> PriceTable:
    """The table in a vendor's JSON; ``stem`` is the symbol where the answer names none.

    Raises PriceError with everything that is wrong, a document of no known shape among it.
    """
    try:
        document = decode_json(data)
    except InputError as error:
        message = error.problems[0].message.partition(";")[0]
        raise PriceError([PriceProblem(file, 0, message)]) from None
    for shape in SHAPES:
        rows = list(shape.rows(document))
        if rows:
            return _table(shape, rows, file, stem)
    if isinstance(document, Mapping) and (told := next((document[k] for k in _REFUSALS if k in document), None)):
        raise PriceError([PriceProblem(file, 0, f"the vendor gave no prices, but said: {str(told)[:120]!r}")])
    known = tuple(f"{shape.vendor} {shape.name}" for shape in SHAPES)
    raise PriceError([PriceProblem(file, 0, "is no vendor's answer that we know, or one without prices", known)])


def _table(shape: Shape, rows: Sequence[Row], file: str, stem: str) -> PriceTable:
    problems: list[PriceProblem] = []
    columns: dict[str, Any] = {
        "symbol": np.array([row.symbol or stem for row in rows], dtype=object),
        "place": np.array([row.pointer for row in rows], dtype=object),
    }
    for name in FIGURES:
        unit = shape.percent if name == "change_pct" else 1.0
        columns[name] = np.array([_number(row, shape, name, unit, file, problems) for row in rows])
    times = pd.Series([_find(row.values, shape.columns["date"])[1] for row in rows])
    timed: list[PriceProblem] = []
    columns |= dates(times, shape.columns["date"][0], Origin(file), timed)
    if timed:  # the same, told by pointer
        problems += [PriceProblem(file, 0, f"{rows[0].pointer or '/'}: {problem.message}") for problem in timed]
    if problems:
        raise PriceError(problems)
    table = long_table(shape.vendor, Origin(file), columns)
    if not len(table.columns["close"]):
        raise PriceError([PriceProblem(file, 0, f"{shape.vendor} {shape.name} without a close")])
    return table


def _number(row: Row, shape: Shape, name: str, unit: float, file: str, problems: list[PriceProblem]) -> float:
    key, value = _find(row.values, shape.columns.get(name, ()))
    if value is None or value in ("", "NA", "None"):
        return float("nan")
    try:
        if isinstance(value, bool):
            raise ValueError
        # Alpha Vantage writes everything as text, and the unit behind a percentage.
        written = value.strip().removesuffix("%") if isinstance(value, str) and name == "change_pct" else value
        number = float(written)
        if number - number != 0:
            raise ValueError
    except (TypeError, ValueError):
        close = None if key is None or isinstance(value, (str, int, float)) else nearest(key, shape.columns)
        problems.append(PriceProblem(file, 0, f"{row.pointer}/{key}: {str(value)[:40]!r} is not a number", None, close))
        return float("nan")
    return number * unit


def _find(values: Mapping[str, Any], keys: Sequence[str]) -> tuple[str | None, Any]:
    """The first of ``keys`` that has a value, with it; a vendor's 0 for "no trade yet" is a value too."""
    for key in keys:
        found: Any = values
        for part in key.split("/"):
            found = found.get(part) if isinstance(found, Mapping) else None
        if found is not None:
            return key, found
    return None, None


def _all(items: Any, pointer: str, needs: str, symbol: str | None = None, *keys: str) -> Iterator[Row]:
    """The records of a list that have the key ``needs``; each is ``symbol``'s, or names its own under ``keys``."""
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, Mapping) and _find(item, (needs,))[0]:
            own = _find(item, keys)[1]
            yield Row(f"{pointer}/{index}", symbol if own is None else str(own), item)


def _is(document: Any, *keys: str) -> bool:
    return isinstance(document, Mapping) and all(key in document for key in keys)


# --- the shapes ----------------------------------------------------------------------------------


def _polygon_bars(document: Any) -> Iterator[Row]:
    """Aggregates of one ticker, or grouped daily bars with the ticker in each (T)."""
    if _is(document, "results"):
        yield from (row for row in _all(document["results"], "/results", "c", document.get("ticker"), "T"))


def _polygon_snapshots(document: Any) -> Iterator[Row]:
    if _is(document, "tickers"):
        yield from _all(document["tickers"], "/tickers", "day/c", None, "ticker")
    elif _is(document, "ticker") and _is(document["ticker"], "day"):
        yield Row("/ticker", document["ticker"].get("ticker"), document["ticker"])


def _polygon_indices(document: Any) -> Iterator[Row]:
    if _is(document, "results"):
        yield from _all(document["results"], "/results", "session/close", None, "ticker")


def _alphavantage_quote(document: Any) -> Iterator[Row]:
    if _is(document, "Global Quote"):
        quote = document["Global Quote"]
        if _is(quote, "05. price"):
            yield Row("/Global Quote", quote.get("01. symbol"), quote)


def _alphavantage_series(document: Any) -> Iterator[Row]:
    """Days under a key that begins with "Time Series"; the symbol in the meta data, of a pair in two halves."""
    if not _is(document, "Meta Data"):
        return
    meta = {key.partition(". ")[2]: value for key, value in document["Meta Data"].items()}
    pair = (meta.get("From Symbol") or meta.get("Digital Currency Code"), meta.get("To Symbol"))
    symbol = meta.get("Symbol") or "".join(part for part in pair if part) or None
    for key, days in document.items():
        if key.startswith("Time Series") and isinstance(days, Mapping):
            for day, values in days.items():
                yield Row(f"/{key}/{day}", symbol, {**values, "date": day})


def _fmp_quotes(document: Any) -> Iterator[Row]:
    yield from _all(document, "", "price", None, "symbol")


def _fmp_history(document: Any) -> Iterator[Row]:
    if _is(document, "historical"):
        yield from _all(document["historical"], "/historical", "close", document.get("symbol"))
    elif isinstance(document, list) and all(_is(item, "symbol", "date") for item in document):
        yield from _all(document, "", "close", None, "symbol")


def _eodhd_quotes(document: Any) -> Iterator[Row]:
    if _is(document, "code", "previousClose"):
        yield Row("", document["code"], document)
    elif isinstance(document, list) and all(_is(item, "code", "previousClose") for item in document):
        yield from _all(document, "", "close", None, "code")


def _eodhd_history(document: Any) -> Iterator[Row]:
    if isinstance(document, list) and all(_is(item, "adjusted_close") for item in document):
        yield from _all(document, "", "close")


def _finnhub_quote(document: Any) -> Iterator[Row]:
    if _is(document, "c", "pc", "t"):
        yield Row("", None, document)


def _finnhub_candles(document: Any) -> Iterator[Row]:
    """Columns of one symbol, side by side."""
    if _is(document, "c", "t", "s") and isinstance(document["c"], list) and isinstance(document["t"], list):
        keys = [key for key in ("o", "h", "l", "c", "t") if isinstance(document.get(key), list)]
        for index, values in enumerate(zip(*(document[key] for key in keys), strict=False)):
            yield Row(f"/*/{index}", None, dict(zip(keys, values, strict=True)))


_LETTERS = {"open": ("o",), "high": ("h",), "low": ("l",), "close": ("c",), "date": ("t",)}
_WORDS = {"open": ("open",), "high": ("high",), "low": ("low",), "close": ("close",), "date": ("date",)}
_REFUSALS = ("Information", "Note", "Error Message", "error", "message")  # where vendors say why they gave nothing

SHAPES = (
    Shape(
        "polygon",
        "snapshot",
        _polygon_snapshots,
        {
            "open": ("day/o",), "high": ("day/h",), "low": ("day/l",), "close": ("day/c",),
            "previous_close": ("prevDay/c",), "change_pct": ("todaysChangePerc",), "date": ("updated",),
        },
        PERCENT,
    ),
    Shape(
        "polygon",
        "index snapshot",
        _polygon_indices,
        {
            **{name: (f"session/{name}",) for name in ("open", "high", "low", "close", "previous_close")},
            "change_pct": ("session/change_percent",), "date": ("last_updated",),
        },
        PERCENT,
    ),
    Shape("polygon", "bars", _polygon_bars, _LETTERS),
    Shape(
        "alphavantage",
        "quote",
        _alphavantage_quote,
        {
            "open": ("02. open",), "high": ("03. high",), "low": ("04. low",), "close": ("05. price",),
            "previous_close": ("08. previous close",), "change_pct": ("10. change percent",),
            "date": ("07. latest trading day",),
        },
        PERCENT,
    ),
    Shape(
        "alphavantage",
        "time series",
        _alphavantage_series,
        {"open": ("1. open",), "high": ("2. high",), "low": ("3. low",), "close": ("4. close",), "date": ("date",)},
    ),
    Shape(
        "fmp",
        "quotes",
        _fmp_quotes,
        {
            "open": ("open",), "high": ("dayHigh",), "low": ("dayLow",), "close": ("price",),
            "previous_close": ("previousClose",), "change_pct": ("changesPercentage", "changePercentage"),
            "date": ("timestamp",),
        },
        PERCENT,
    ),
    Shape("fmp", "history", _fmp_history, _WORDS),
    Shape(
        "eodhd",
        "quotes",
        _eodhd_quotes,
        {**_WORDS, "previous_close": ("previousClose",), "change_pct": ("change_p",), "date": ("timestamp",)},
        PERCENT,
    ),
    Shape("eodhd", "history", _eodhd_history, _WORDS),
    Shape(
        "finnhub",
        "quote",
        _finnhub_quote,
        {**_LETTERS, "previous_close": ("pc",), "change_pct": ("dp",)},
        PERCENT,
    ),
    Shape("finnhub", "candles", _finnhub_candles, _LETTERS),
)  # fmt: skip
