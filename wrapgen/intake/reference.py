"""Reference data: the markets, exchanges, places and regions that the engine knows by name.

Editors keep them in ``rules/reference/*.yaml``, with the days on which exchanges are closed and the
limits of the data gates; `wrapgen.intake.reference_files` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from wrapgen.errors import describe
from wrapgen.intake.gates.calendars import Closures
from wrapgen.intake.gates.types import GateRule

KINDS = ("index", "future", "fx", "commodity", "yield", "volatility", "crypto")
TIERS = ("primary", "secondary", "gauge")
AREAS = ("asia-pacific", "europe", "us", "americas", "middle-east", "africa", "global")


@dataclass(frozen=True, slots=True)
class ExchangeRef:
    """A stock exchange. ``prefix`` stands before a ticker in print; ``calendar`` is its
    exchange-calendars code, or None where that package has none to trust."""

    mic: str
    name: str
    prefix: str
    place: str
    timezone: str
    currency: str
    calendar: str | None = None


@dataclass(frozen=True, slots=True)
class CurrencyRef:
    """How money is said: ``symbol`` stands before an amount, ``word`` (a plural) behind it; one of them is given."""

    currency: str
    symbol: str | None = None
    word: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A country or territory, or EU. ``name`` is without "the"; ``article`` says that running
    text needs it. ``possessive`` and ``city`` are None where there is none to print."""

    id: str
    name: str
    adjective: str
    possessive: str | None
    city: str | None
    region: str
    article: bool = False
    demonym_stocks: str | None = None
    exchange: str | None = None

    @property
    def stocks_adjective(self) -> str:
        """What stands before "stocks"."""
        return self.demonym_stocks or self.adjective


@dataclass(frozen=True, slots=True)
class RegionRef:
    """What a wrap can be about. ``places`` are its own; ``calendar`` may be None for a country
    whose exchange has none."""

    id: str
    name: str
    adjective: str
    timezone: str
    calendar: str | None = None
    places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MarketRef:
    """An index, future, currency, commodity, yield or coin as the reference data knows it.

    For a currency ``name`` is what rises when the figure rises, ``against`` the other side.
    ``group`` is the label a wrap gives to a place's markets together (mainland China).
    """

    id: str
    name: str
    short: str
    headline: str
    kind: str
    tier: str
    region: str
    article: bool
    plural: bool
    decimals: int
    place: str | None = None
    exchange: str | None = None
    currency: str | None = None
    sister: str | None = None
    underlying: str | None = None
    against: str | None = None
    group: str | None = None
    sector: str | None = None
    yahoo: str | None = None


class ReferenceProblem(NamedTuple):
    """One thing wrong in a reference file."""

    file: str
    line: int
    message: str
    allowed: tuple[str, ...] = ()
    nearest: str | None = None


class ReferenceDataError(ValueError):
    """Reference files that cannot be used; ``problems`` has every reason."""

    def __init__(self, problems: Iterable[ReferenceProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(describe(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything the reference files say, by id."""

    markets: Mapping[str, MarketRef]
    exchanges: Mapping[str, ExchangeRef]
    currencies: Mapping[str, CurrencyRef]
    places: Mapping[str, PlaceRef]
    regions: Mapping[str, RegionRef]
    yahoo: Mapping[str, str]
    closures: Mapping[str, Closures]
    gates: tuple[GateRule, ...]

    def region(self, key: str) -> RegionRef | None:
        """The region called ``key``: one of the four, or a country in lower case (``jp``); else None."""
        if key in self.regions:
            return self.regions[key]
        place = self.places.get(key.upper()) if key.islower() else None
        if place is None or place.id == "EU" or place.exchange is None:
            return None
        exchange = self.exchanges[place.exchange]
        name = f"the {place.name}" if place.article else place.name
        own = frozenset((place.id,))
        return RegionRef(key, name, place.adjective, exchange.timezone, exchange.calendar, own)

    def closures_of(self, place: str | None) -> Closures | None:
        """The days off of a place's exchange; None where it has none, or no calendar that is known."""
        found = self.places.get(place or "")
        exchange = self.exchanges.get(found.exchange or "") if found is not None else None
        return self.closures.get(exchange.calendar or "") if exchange is not None else None

    def why_no_region(self, key: str) -> str:
        """Why ``region`` has none for a key, in words for those who keep the reference data."""
        place = self.places.get(key.upper()) if key.islower() else None
        if place is None and key.islower() and key.isalpha() and len(key) == 2:
            return f"is no region: reference/places.yaml has no place {key.upper()}"
        if place is not None and place.exchange is None:
            return f"is no region: {place.name} has no exchange in reference/places.yaml, whose clock a wrap follows"
        return "is no region; a country is named as in 'jp'"

    def region_keys(self) -> tuple[str, ...]:
        """Every key that ``region`` answers to."""
        countries = (key.lower() for key, place in self.places.items() if place.exchange and key != "EU")
        return tuple(dict.fromkeys((*self.regions, *countries)))

    def by_yahoo(self, symbol: str) -> MarketRef | None:
        """The market whose prices a Yahoo file keeps under ``symbol``."""
        found = self.yahoo.get(symbol)
        return self.markets[found] if found else None
