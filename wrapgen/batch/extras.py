"""What prices cannot say: events, stocks, sectors, breadth and volume, from an events file, day by day.

The file is JSON in the form of the contract: an object with some of the lists of `KEYS`, or a list of events, or an
object of such objects by day (``{"2025-11-12": {"events": [...]}}``). What stands under no day is dated by ``when``:
an event that happened belongs to the first session from then on, one that is expected or scheduled to the week
before, a month to every day of it.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from wrapgen.batch.measures import Measures, Track
from wrapgen.batch.prices.table import PriceError, PriceProblem
from wrapgen.batch.snapshots import weekday_before
from wrapgen.batch.symbols import Share
from wrapgen.errors import InputError, decode_json, nearest

KEYS = ("events", "stocks", "sectors", "breadth", "volume")
_STOCK_COLUMNS = ("ticker", "exchange", "name", "short_name", "market", "sector", "currency", "weight_pct", "symbol")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AHEAD = ("expected", "scheduled")
_WEEK = dt.timedelta(days=7)


class Item(NamedTuple):
    """One entry of a file: its JSON pointer there, and what it says."""

    pointer: str
    value: Mapping[str, Any]


@dataclass(frozen=True)
class Extras:
    """An events file, read: lists by day, and lists under no day (``""``). ``stocks`` are those of a stocks table."""

    file: str = ""
    days: Mapping[str, Mapping[str, Sequence[Item]]] = field(default_factory=dict)
    stocks: Sequence[Mapping[str, Any]] = ()

    def shares(self) -> Iterator[Share]:
        """Every stock of both files, to be looked for in the price tables."""
        named = [item.value for lists in self.days.values() for item in lists.get("stocks", ())]
        for stock in (*self.stocks, *named):
            if stock.get("ticker") and stock.get("exchange"):
                yield Share(_id(stock), stock.get("symbol"))


class Added(NamedTuple):
    """What a day gets: lists of the contract, and the pointer in the events file of each entry from there."""

    lists: dict[str, list[Mapping[str, Any]]]
    origins: dict[str, str]


def read_extras(path: Path) -> Extras:
    """The events file. Raises PriceError with every part of it that has no place in one."""
    file, problems = str(path), list[PriceProblem]()
    try:
        document = decode_json(path.read_bytes())
    except OSError as error:
        raise PriceError([PriceProblem(file, 0, f"cannot be read: {error.strerror or error}")]) from None
    except InputError as error:
        raise PriceError([PriceProblem(file, 0, error.problems[0].message.partition(";")[0])]) from None
    if isinstance(document, list):
        document = {"events": document}
    if not isinstance(document, Mapping):
        raise PriceError([PriceProblem(file, 0, "must be an object or a list of events")])
    days: dict[str, dict[str, list[Item]]] = {"": {}}
    for key, value in document.items():
        if _is_day(key):
            if isinstance(value, Mapping):
                days[key] = {name: _items(f"/{key}", name, part, file, problems) for name, part in value.items()}
            else:
                problems.append(PriceProblem(file, 0, f"/{key}: must be an object of lists", KEYS))
        else:
            days[""][key] = _items("", key, value, file, problems)
    if problems:
        raise PriceError(problems)
    return Extras(file, days)


def read_stocks(path: Path) -> list[dict[str, Any]]:
    """A stocks table: CSV with ticker, exchange (MIC), name, and if wished market, sector, weight_pct, symbol."""
    file, problems, stocks = str(path), list[PriceProblem](), list[dict[str, Any]]()
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            columns = reader.fieldnames or ()
            for column in columns:
                if column not in _STOCK_COLUMNS:
                    close = nearest(column, _STOCK_COLUMNS)
                    problems.append(PriceProblem(file, 1, f"unknown column {column!r}", _STOCK_COLUMNS, close))
            for column in _STOCK_COLUMNS[:3]:
                if column not in columns:
                    problems.append(PriceProblem(file, 1, f"column {column!r} is missing"))
            for row in () if problems else reader:
                stock: dict[str, Any] = {key: value.strip() for key, value in row.items() if key and value}
                for column in (column for column in _STOCK_COLUMNS[:3] if not stock.get(column)):
                    problems.append(PriceProblem(file, reader.line_num, f"{column} is empty"))
                try:
                    stock.update({key: float(stock[key]) for key in ("weight_pct",) if key in stock})
                except ValueError:
                    message = f"weight_pct: {stock['weight_pct']!r} is not a number"
                    problems.append(PriceProblem(file, reader.line_num, message))
                stocks.append(stock)
    except OSError as error:
        raise PriceError([PriceProblem(file, 0, f"cannot be read: {error.strerror or error}")]) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise PriceError([PriceProblem(file, 0, f"is not a table: {error}")]) from None
    if problems:
        raise PriceError(problems)
    return stocks


def undated(extras: Extras) -> list[PriceProblem]:
    """What cannot be used for more than one day, because nothing says which day it belongs to."""
    problems = []
    for key, items in extras.days.get("", {}).items():
        for item in items:
            when = item.value.get("when")
            if key == "events" and not _dated(when):
                told = f"{when!r} does not say which day" if when else "no day"
                problems.append(f"{item.pointer}: {told}")
            elif key == "stocks" and _moved(item.value) or key in ("sectors", "breadth", "volume"):
                problems.append(f"{item.pointer}: no day")
    remedy = 'of the range it belongs to; put it under its day: {"2025-11-12": {...}}'
    return [PriceProblem(extras.file, 0, f"{problem} {remedy}") for problem in problems]


def added(
    extras: Extras, measures: Measures, home: frozenset[str], date: dt.date, before: dt.date, many: bool
) -> Added:
    """What ``date`` gets; ``before`` is the region's session before, ``many`` that other days are made too.

    ``home`` are the region's exchanges (MICs): shares of others stand with their session before.
    """
    day, loose = extras.days.get(date.isoformat(), {}), extras.days.get("", {})
    events = [*day.get("events", ())]
    events += [item for item in loose.get("events", ()) if _belongs(item.value, date, before)]
    chosen = {str(item.value.get("id")) for item in events}
    dropped = {str(item.value.get("id")) for item in loose.get("events", ())} - chosen
    named = set(_named(item.value for item in events))

    entries = {key: [*day.get(key, ()), *loose.get(key, ())] for key in KEYS}
    entries["events"] = events
    told = {_id(item.value): item for item in (*loose.get("stocks", ()), *day.get("stocks", ()))}
    table = {_id(stock): Item("", stock) for stock in extras.stocks}
    entries["stocks"] = []
    for name, item in {**table, **told}.items():
        stock = _priced(item.value, measures.tracks.get(name), home, date)
        always = item.pointer and (not many or item in day.get("stocks", ()))
        if always or _moved(stock) or name in named:
            entries["stocks"].append(Item(item.pointer, stock))

    lists: dict[str, list[Mapping[str, Any]]] = {}
    origins: dict[str, str] = {}
    for key in KEYS:
        for pointer, value in entries[key]:
            kept = lists.setdefault(key, [])
            if pointer:
                origins[f"/{key}/{len(kept)}"] = pointer
            kept.append(_without(value, dropped))
    return Added(lists, origins)


def _items(where: str, key: str, value: Any, file: str, problems: list[PriceProblem]) -> list[Item]:
    if key not in KEYS:
        problems.append(PriceProblem(file, 0, f"{where}/{key}: unknown key", KEYS, nearest(key, KEYS)))
    elif not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        problems.append(PriceProblem(file, 0, f"{where}/{key}: must be a list of objects"))
    else:
        return [Item(f"{where}/{key}/{index}", item) for index, item in enumerate(value)]
    return []


def _is_day(text: object) -> bool:
    try:
        return bool(_DAY.fullmatch(str(text)) and dt.date.fromisoformat(str(text)))
    except ValueError:
        return False


def _dated(when: object) -> bool:
    return _is_day(when) or _is_day(f"{when}-01")


def _belongs(event: Mapping[str, Any], date: dt.date, before: dt.date) -> bool:
    """Whether an event that stands under no day is one of this session; one without a date always is."""
    when = str(event.get("when"))
    if _is_day(when):
        if event.get("status") in _AHEAD:
            return date <= dt.date.fromisoformat(when) <= date + _WEEK
        return before < dt.date.fromisoformat(when) <= date
    return date.isoformat().startswith(when) if _dated(when) else True


def _named(events: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for event in events:
        yield from (str(event[key]) for key in ("who", "target") if key in event)
        yield from (str(name) for name in event.get("affects") or ())


def _moved(stock: Mapping[str, Any]) -> bool:
    return "change_pct" in stock or "direction" in stock


def _id(stock: Mapping[str, Any]) -> str:
    return f"{stock.get('exchange')}:{stock.get('ticker')}"


def _priced(stock: Mapping[str, Any], track: Track | None, home: frozenset[str], date: dt.date) -> Mapping[str, Any]:
    """The stock with the move that its prices show; what its sender states stays."""
    if track is None or _moved(stock):
        return stock
    current = stock.get("session", "current" if stock.get("exchange") in home else "previous") == "current"
    position = track.at.get(date.isoformat() if current else weekday_before(date))
    if position is None or math.isnan(track.moves[position]):
        return stock
    figures: dict[str, Any] = {"price": track.closes[position], "change_pct": track.moves[position]}
    return {**figures, **({} if current else {"session": "previous"}), **stock}


def _without(value: Mapping[str, Any], dropped: set[str]) -> Mapping[str, Any]:
    """Without causes that belong to another day, and without what is not of the contract."""
    kept = {key: part for key, part in value.items() if key != "symbol"}
    if isinstance(kept.get("because"), list):
        kept["because"] = [name for name in kept["because"] if name not in dropped]
    return kept
