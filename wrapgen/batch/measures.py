"""What prices say of every session of every market and stock, in one pass over all of them.

Each row of the long table of prices gets its move against the market's own session before. Rounding comes first,
so that a level, its history and its move are figures of one and the same series.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from wrapgen.batch.calendars import Sessions, sessions
from wrapgen.batch.prices.table import COLUMNS, PriceError, PriceProblem, PriceTable, problem_at
from wrapgen.batch.symbols import Symbols
from wrapgen.errors import describe
from wrapgen.intake.figures import contradictions
from wrapgen.intake.reference import Reference

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame

# Futures, commodities and currencies trade on days that have no settlement: only an exchange's own indices and
# shares tell a missing session from a holiday.
_KEEPS_SESSIONS = ("index", "volatility")
_SHARE_DECIMALS = 4
_MAY_BE_NEGATIVE = ("commodity", "yield")
_LEVELS = ("open", "high", "low", "close", "previous_close")


class Instrument(NamedTuple):
    """A market or stock as the pass needs it: how it is rounded, whose sessions and whose clock it keeps."""

    id: str
    kind: str
    place: str | None
    decimals: int
    timezone: str
    calendar: str | None


class Span(NamedTuple):
    """A first and a last day, both included."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Track:
    """One market or stock, oldest session first. Levels are in its own unit; NaN is not known.

    ``moves`` are in percent (of yields: basis points), ``before`` the closes that they are measured against;
    ``since`` is the position of the first session from which none is missing up to this one.
    """

    instrument: Instrument
    span: Span
    days: tuple[str, ...]
    closes: list[float]
    opens: list[float]
    highs: list[float]
    lows: list[float]
    before: list[float]
    moves: list[float]
    since: list[int]

    @cached_property
    def at(self) -> Mapping[str, int]:
        """Positions by day."""
        return {day: position for position, day in enumerate(self.days)}

    def shut(self, day: str) -> bool:
        """Whether the exchange is known to have had no session."""
        found = _sessions(self.instrument, self.span)
        return day not in self.at and found is not None and found.shut(np.datetime64(day))

    def lacks(self, day: str) -> bool:
        """Whether there was a session, and its price is not there."""
        found = _sessions(self.instrument, self.span)
        return day not in self.at and found is not None and bool(found.has(np.array([day], "datetime64[D]"))[0])


@dataclass(frozen=True)
class Measures:
    """Everything that the tables say, by id."""

    tracks: Mapping[str, Track]
    notes: tuple[str, ...]
    """For people: symbols that nobody knows, sessions without a price."""


def measure(
    tables: Sequence[PriceTable], symbols: Symbols, reference: Reference, wanted: Collection[str] | None = None
) -> Measures:
    """The moves of all tables together, or of the ids that are ``wanted``.

    Raises PriceError with every contradiction in and between the tables.
    """
    notes: list[str] = []
    prices, known = _mapped(tables, symbols, reference, wanted, notes)
    if prices.empty:
        return Measures({}, tuple(notes))
    problems = [*_impossible(prices, known), *_differing(prices)]
    if problems:
        raise PriceError(problems)
    prices = prices[~prices.duplicated(["code", "date"], keep="last")]
    days = prices["date"].to_numpy().astype("datetime64[D]")
    span = Span(days.min().item(), days.max().item())
    prices = prices[~_carried_over(prices, days, known, span)]
    return Measures(_tracks(prices, known, span, notes), tuple(notes))


def _mapped(
    tables: Sequence[PriceTable],
    symbols: Symbols,
    reference: Reference,
    wanted: Collection[str] | None,
    notes: list[str],
) -> tuple[DataFrame, list[Instrument]]:
    """One table of what is known: instruments by number (``code``), dates for moments, levels rounded."""
    if not tables:
        return pd.DataFrame(), []
    prices = pd.DataFrame({name: np.concatenate([table.columns[name] for table in tables]) for name in COLUMNS})
    vendors = np.repeat([table.vendor for table in tables], [len(table.columns["close"]) for table in tables])
    numbers, pairs = pd.MultiIndex.from_arrays([vendors, prices["symbol"]]).factorize()
    found = [symbols.find(symbol, vendor) for vendor, symbol in pairs]
    for number, (vendor, symbol) in enumerate(pairs):
        if found[number] is None:
            close = symbols.nearest(symbol, vendor)
            file = prices["file"].iloc[int((numbers == number).argmax())]
            notes.append(f"{file}: {symbol!r} is not known and left out" + (f"; nearest: {close}" if close else ""))
    ids = sorted({name for name in found if name is not None and (wanted is None or name in wanted)})
    known = [_instrument(name, reference) for name in ids]
    prices["code"] = np.array([ids.index(name) if name in ids else -1 for name in found])[numbers]
    prices = prices[prices["code"] >= 0].reset_index(drop=True)
    if prices["moment"].notna().any():
        _localise(prices, known)
    places = np.array([one.decimals for one in known], dtype=int)[prices["code"]]
    levels = prices[list(_LEVELS)].to_numpy(copy=True)
    for count in np.unique(places):
        levels[places == count] = levels[places == count].round(count)
    prices[list(_LEVELS)] = levels
    # Of two rows of one day the one with figures of its own (a quote) stands last.
    order = np.lexsort((prices["previous_close"].notna(), prices["date"], prices["code"]))
    return prices.iloc[order], known


def _localise(prices: DataFrame, known: Sequence[Instrument]) -> None:
    """Dates for moments: those of the exchange's own clock."""
    zones = np.array([one.timezone for one in known])[prices["code"]]
    timed = prices["moment"].notna().to_numpy()
    for zone in np.unique(zones[timed]):
        its = timed & (zones == zone)
        local = prices.loc[its, "moment"].dt.tz_localize("UTC").dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
        prices.loc[its, "date"] = local.astype(prices["date"].dtype)


def _instrument(name: str, reference: Reference) -> Instrument:
    mic, colon, _ = name.partition(":")
    if colon:
        exchange = reference.exchanges[mic]
        return Instrument(name, "stock", exchange.place, _SHARE_DECIMALS, exchange.timezone, exchange.calendar)
    ref = reference.markets[name]
    place = reference.places.get(ref.place or "")
    home = ref.exchange or (place.exchange if place is not None else None)
    return Instrument(
        id=name,
        kind=ref.kind,
        place=ref.place,
        decimals=3 if ref.kind == "yield" else max(2, ref.decimals),
        timezone=reference.exchanges[home].timezone if home else "UTC",
        calendar=reference.exchanges[ref.exchange].calendar if ref.exchange and ref.kind in _KEEPS_SESSIONS else None,
    )


def _sessions(instrument: Instrument, span: Span) -> Sessions | None:
    return sessions(instrument.calendar, *span) if instrument.calendar else None


def _impossible(prices: DataFrame, known: Sequence[Instrument]) -> Iterable[PriceProblem]:
    """Levels that cannot be, and figures of one quote that contradict each other (a fraction sent as percent)."""
    positive = np.array([one.kind not in _MAY_BE_NEGATIVE for one in known])[prices["code"]]
    for row in prices[positive & (prices["close"] <= 0)].itertuples():
        yield problem_at(row.file, row.place, f"close {row.close:g} must be more than 0")
    for row in prices[prices["change_pct"].notna()].itertuples():
        sent = {"change_pct": row.change_pct, "level": row.close, "previous_close": row.previous_close}
        figures = {key: float(value) for key, value in sent.items() if not np.isnan(value)}
        for key, message in contradictions(figures, known[row.code].kind):
            yield problem_at(row.file, row.place, f"{key} {message}")


def _differing(prices: DataFrame) -> Iterable[PriceProblem]:
    """Two closes of one session."""
    same = prices.duplicated(["code", "date"], keep=False)
    for (_, day), rows in prices[same].groupby(["code", "date"], sort=False):
        first = next(rows.itertuples())
        for row in rows[rows["close"] != first.close].itertuples():
            other = describe(problem_at(first.file, first.place, f"at {first.close:g}"))
            message = f"{row.symbol} closed at {row.close:g} on {day:%Y-%m-%d}, but not in {other}"
            yield problem_at(row.file, row.place, message)


def _firsts(codes: NDArray[np.int_]) -> NDArray[np.bool_]:
    """Where each instrument begins."""
    return np.concatenate([[True], codes[1:] != codes[:-1]])


def _carried_over(
    prices: DataFrame, days: NDArray[np.datetime64], known: Sequence[Instrument], span: Span
) -> NDArray[np.bool_]:
    """Rows of holidays that only repeat the close before, as some vendors and every filled table have them."""
    codes, closes = prices["code"].to_numpy(), prices["close"].to_numpy()
    repeats = ~_firsts(codes) & (closes == np.roll(closes, 1))
    found = np.zeros(len(prices), dtype=bool)
    for code in np.unique(codes[repeats]):
        calendar = _sessions(known[code], span)
        if calendar is not None:
            found |= repeats & (codes == code) & ~calendar.has(days) & (days <= calendar.until)
    return found


def _tracks(prices: DataFrame, known: Sequence[Instrument], span: Span, notes: list[str]) -> dict[str, Track]:
    codes, closes, stated = (prices[name].to_numpy() for name in ("code", "close", "previous_close"))
    days = prices["date"].to_numpy().astype("datetime64[D]")
    first = _firsts(codes)
    fresh = first | _gaps(codes, days, first, known, span, notes)  # rows without a session before to measure from
    since = np.maximum.accumulate(np.where(fresh, np.arange(len(prices)), 0))

    before = np.where(fresh, np.nan, np.roll(closes, 1))
    before = np.where(np.isnan(stated), before, stated)
    told = prices["change_pct"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = np.where(before > 0, (closes / before - 1) * 100, np.nan)
    percent = np.round(np.where(np.isnan(told), percent, told), 2)
    points = np.round((closes - before) * 100, 1)
    of_yield = np.array([one.kind == "yield" for one in known])[codes]
    moves = np.where(of_yield, points, percent) + 0.0  # no minus before a zero

    written = np.datetime_as_string(days, unit="D").tolist()
    opens, highs, lows = (prices[name].tolist() for name in ("open", "high", "low"))
    closes, before, moves = closes.tolist(), before.tolist(), moves.tolist()
    tracks = {}
    for start, end in pairwise([*np.flatnonzero(first).tolist(), len(prices)]):
        instrument, its = known[codes[start]], slice(start, end)
        tracks[instrument.id] = Track(
            instrument=instrument,
            span=span,
            days=tuple(written[its]),
            closes=closes[its],
            opens=opens[its],
            highs=highs[its],
            lows=lows[its],
            before=before[its],
            moves=moves[its],
            since=(since[its] - start).tolist(),
        )
    return tracks


def _gaps(
    codes: NDArray[np.int_],
    days: NDArray[np.datetime64],
    first: NDArray[np.bool_],
    known: Sequence[Instrument],
    span: Span,
    notes: list[str],
) -> NDArray[np.bool_]:
    """Rows whose session before is missing: no move can be told of them, and no history reaches past them."""
    gap = np.zeros(len(days), dtype=bool)
    previous = np.where(first, days, np.roll(days, 1))
    # A calendar can take seconds to build: only where weekdays are left out is there anything to ask it.
    holes = np.busday_count(previous, days) > 1
    for code in np.unique(codes[holes]):
        calendar = _sessions(known[code], span)
        if calendar is None:
            continue
        its = holes & (codes == code)
        its[its] = previous[its] < calendar.before(days[its])
        gap |= its
        for row in np.flatnonzero(its):
            missing = calendar.days[(calendar.days > previous[row]) & (calendar.days < days[row])]
            listed = ", ".join(map(str, missing[:3])) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
            notes.append(f"{known[code].id}: no price of {listed}; its history begins anew on {days[row]}")
    return gap
