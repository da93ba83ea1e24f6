"""What a gate is, what it sees, and what it says.

A gate looks at a snapshot that is well formed and free of contradictions, and says where its figures are
not to be believed. It knows no thresholds of its own: they are its ``limits`` in ``rules/reference/gates.yaml``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from wrapgen.intake.gates.calendars import Closures
from wrapgen.intake.past import last_close
from wrapgen.intake.snapshot import Market, Series, Snapshot, Stock

if TYPE_CHECKING:
    from wrapgen.intake.reference import ExchangeRef, Reference

Severity = Literal["note", "hold", "refuse", "ignore"]
# What a limit may be: a number, a list of numbers, or a number for each kind of instrument.
Shape = Literal["number", "numbers", "kinds"]
Figures = Mapping[str, float | int | str]


class Finding(NamedTuple):
    """What a gate found at one place: a sentence for people, and the figures that tripped it."""

    pointer: str
    message: str
    figures: Figures


class Limits(dict[str, Any]):
    """The thresholds of one gate; their names and shapes are checked when the rules are loaded."""

    def number(self, name: str) -> float:
        return float(self[name])

    def numbers(self, name: str) -> tuple[float, ...]:
        return tuple(self[name])

    def of(self, name: str, kind: str) -> float | None:
        """The limit for a kind of instrument; None where none is set."""
        found: float | None = self[name].get(kind)
        return found


@dataclass(frozen=True, slots=True)
class GateRule:
    """A gate as an operator set it: whether it notes, holds or refuses, and beyond which limits."""

    gate: str
    severity: Severity
    says: str
    limits: Limits = field(default_factory=Limits)

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.gate, "severity": self.severity, "says": self.says, "limits": dict(self.limits)}


class Tripped(NamedTuple):
    """A gate that tripped, as the answer lists it."""

    name: str
    severity: Severity
    message: str
    pointer: str
    figures: Figures
    overridden: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {**self._asdict(), "figures": dict(self.figures)}


class Gate(NamedTuple):
    """A gate of the engine: its name, its question, and the limits that the question needs."""

    name: str
    ask: Callable[[View, Limits], Iterator[Finding]]
    limits: Mapping[str, Shape]


class Past(NamedTuple):
    """A market that traded today, with its history; ``last`` is the close of the session before, where known."""

    market: Market
    series: Series
    last: float | None


class View:
    """A snapshot, sorted once for all gates. Nothing here depends on the order of a list, but for pointers."""

    def __init__(self, snapshot: Snapshot, reference: Reference, now: dt.datetime | None = None) -> None:
        self.snapshot, self.reference, self.now = snapshot, reference, now
        self.day = snapshot.date
        # Markets with a move of today's session.
        self.moved = [m for m in snapshot.markets if m.session == "current" and not m.closed and m.direction]
        self.indices = [m for m in self.moved if m.kind == "index"]
        history = snapshot.history
        self.pasts = [
            Past(m, history[m.id], last_close(history[m.id], self.day))
            for m in (snapshot.markets if history else ())
            if m.session == "current" and not m.closed and m.id in history
        ]
        self.by_index: dict[str, list[Stock]] = {}
        for stock in snapshot.stocks:
            if stock.market is not None:
                self.by_index.setdefault(stock.market, []).append(stock)

    @cached_property
    def shut(self) -> list[tuple[Market, str]]:
        """The indices that moved though every day that may be their today is off, and why it is."""
        found: list[tuple[Market, str]] = []
        for market in self.indices:
            closures = self.closures(market)
            why = closures.off(self.day) if closures is not None else None
            if closures is not None and why is not None and all(closures.off(day) for day in self.days(market)):
                found.append((market, why))
        return found

    @cached_property
    def made_up(self) -> list[Market]:
        """Indices with a move, of either session, where anything was sent of what they are made of."""
        named = self.by_index.keys() | {breadth.market for breadth in self.snapshot.breadth}
        return [m for m in self.snapshot.markets if m.id in named and m.kind == "index" and not m.closed]

    @cached_property
    def histories(self) -> list[tuple[Market, Series]]:
        """Every market that has a history."""
        history = self.snapshot.history
        return [(m, history[m.id]) for m in (self.snapshot.markets if history else ()) if m.id in history]

    @cached_property
    def missing(self) -> list[tuple[Series, list[dt.date]]]:
        """Indices' histories that lack sessions, and which.

        By the calendar of the exchange; without one, days on which most indices of the place have a close.
        """
        found = []
        indices = [(market, series) for market, series in self.histories if market.kind == "index"]
        for market, series in indices:
            if len(series.dates) < 2:
                continue
            first, has = series.dates[0], set(series.dates)
            end = self.day if market.session == "current" else series.dates[-1]
            closures = self.closures(market)
            if closures is not None:
                due = closures.sessions(first, end)
            else:
                others = [s for m, s in indices if m is not market and m.place == market.place]
                days = Counter(day for other in others for day in other.dates if first < day < end)
                due = tuple(sorted(day for day, count in days.items() if 2 * count > len(others)))
            lacking = [day for day in due if day not in has]
            if lacking:
                found.append((series, lacking))
        return found

    def constituents(self, index: Market) -> list[Stock]:
        """The stocks sent that belong to ``index``, of the same session."""
        return [stock for stock in self.by_index.get(index.id, ()) if stock.session == index.session]

    def closures(self, market: Market) -> Closures | None:
        """The days off of the exchange of an index; None where nothing is known of them."""
        exchange = self.exchange(market)
        return self.reference.closures.get(exchange.calendar or "") if exchange is not None else None

    def exchange(self, market: Market) -> ExchangeRef | None:
        """Where an index is traded: its own exchange, or the main one of its place."""
        reference = self.reference
        ref = reference.markets.get(market.id)
        mic = ref.exchange if ref is not None else None
        if mic is None and (place := reference.places.get(market.place or "")) is not None:
            mic = place.exchange
        return reference.exchanges.get(mic or "")

    def days(self, market: Market) -> set[dt.date]:
        """The days that may be a market's today: the region's, and its own where ``as_of`` has a time."""
        days = {self.day}
        exchange = self.exchange(market)
        if self.snapshot.as_of is not None and exchange is not None:
            days.add(local_date(self.snapshot.as_of, exchange.timezone))
        return days


def local_date(moment: dt.datetime, timezone: str) -> dt.date:
    return moment.astimezone(ZoneInfo(timezone)).date()


def figure(value: float) -> str:
    """A figure as a message quotes it."""
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.2f}"


def signed(value: float) -> str:
    """A move as a message quotes it: with its sign, at most two decimals."""
    return f"{value:+,.2f}".rstrip("0").rstrip(".")


def decimals(value: float) -> int:
    """How many decimals a figure was sent with; JSON keeps no trailing zero."""
    text = repr(value)
    fraction = text.partition(".")[2]
    return 0 if "e" in text or fraction == "0" else len(fraction)


def digits(value: float) -> int:
    """How many significant digits a figure was sent with: of 25,935.41 seven, of 4.1 two."""
    text = repr(abs(value))
    return 0 if "e" in text else len(text.removesuffix(".0").replace(".", "").strip("0"))
