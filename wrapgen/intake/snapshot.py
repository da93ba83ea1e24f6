"""The snapshot as the engine sees it: validated, resolved, frozen.

Everything here has passed intake: ids resolve, figures agree, names are filled in from the
reference data. Percentages are in percent (``1.2`` is +1.2%), points in index points (basis
points for yields). ``pointer`` is the JSON pointer of the object in what was sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from wrapgen.values import maker

if TYPE_CHECKING:
    from wrapgen.intake.gates.types import Tripped

Kind = Literal["index", "future", "fx", "commodity", "yield", "volatility", "crypto"]
Tier = Literal["primary", "secondary", "gauge"]
Path = Literal["pared_gains", "pared_losses", "erased_gains", "erased_losses", "off_high", "off_low"]
Status = Literal["happened", "confirmed", "reported", "expected", "scheduled", "continuing", "denied"]
Polarity = Literal["positive", "negative", "mixed", "neutral"]
MilestoneType = Literal[
    "record_high", "record_low", "highest", "lowest", "best_day", "worst_day", "first_above", "first_below"
]

# Milestones reached by going up; and those that a whole day is, not a level reached in it.
UPWARD: Final = frozenset(("record_high", "highest", "best_day", "first_above"))
OF_DAYS: Final = frozenset(("best_day", "worst_day"))

_NONE: Mapping[str, Any] = {}  # of all that have none: never written to


class Streak(NamedTuple):
    """A run of sessions in one direction; ``status`` is ``extends`` or ``ended``."""

    direction: str
    sessions: int | None
    status: str
    pointer: str


class Milestone(NamedTuple):
    """A record, a highest-since, a best day. ``since`` and ``over`` are as sent."""

    type: MilestoneType
    pointer: str
    since: str | None = None
    over: str | None = None
    basis: str | None = None
    value: float | None = None
    near_what: str | None = None
    near_when: str | None = None
    short_of: bool = False


class Market(NamedTuple):
    """One index, future, currency, commodity, yield or coin.

    ``name``, ``short_name``, ``kind``, ``place`` come from the reference data where the id is
    known there, otherwise from the sender. ``tier`` is ``primary`` (a place's main index),
    ``secondary`` (another index of a place) or ``gauge`` (spans countries).
    ``plural`` and ``article`` say how the name behaves in a sentence. ``worked_out`` has the JSON
    pointers that a figure came from, for each that was not sent.
    """

    id: str
    pointer: str
    name: str
    short_name: str
    kind: Kind
    place: str | None
    tier: Tier
    role: str
    session: str
    headline_name: str
    article: bool = True
    plural: bool = False
    sister: str | None = None
    underlying: str | None = None
    group: str | None = None
    against: str | None = None
    decimals: int = 2
    currency: str | None = None
    known: bool = True
    change_pct: float | None = None
    change: float | None = None
    level: float | None = None
    previous_close: float | None = None
    open: float | None = None
    high: float | None = None
    low: float | None = None
    approx: str | None = None
    direction: str | None = None
    closed: bool = False
    streak: Streak | None = None
    milestones: tuple[Milestone, ...] = ()
    path: Path | None = None
    pattern: str | None = None
    because: tuple[str, ...] = ()
    worked_out: Mapping[str, tuple[str, ...]] = _NONE


class Stock(NamedTuple):
    """One company's share. ``id`` is ``MIC:ticker``; ``symbol`` is as printed, ``HK:6618``."""

    id: str
    pointer: str
    ticker: str
    exchange: str
    symbol: str
    name: str
    short_name: str
    plural: bool = False
    market: str | None = None
    sector: str | None = None
    session: str = "current"
    change_pct: float | None = None
    approx: str | None = None
    direction: str | None = None
    price: float | None = None
    currency: str | None = None
    weight_pct: float | None = None
    contribution_points: float | None = None
    effect: str | None = None
    milestones: tuple[Milestone, ...] = ()
    because: tuple[str, ...] = ()


class Sector(NamedTuple):
    """A sector of one market, or of the region where ``market`` is None."""

    pointer: str
    name: str
    market: str | None = None
    direction: str | None = None
    change_pct: float | None = None
    effect: str | None = None
    because: tuple[str, ...] = ()


class Event(NamedTuple):
    """Something that happened or will. ``frame`` holds the keys of its type, as sent."""

    id: str
    pointer: str
    type: str
    status: Status
    when: str | None = None
    who: str | None = None
    affects: tuple[str, ...] = ()
    polarity: Polarity = "neutral"
    importance: int = 3
    clause: str | None = None
    noun_phrase: str | None = None
    frame: Mapping[str, Any] = _NONE


class Breadth(NamedTuple):
    market: str
    pointer: str
    advancers: int
    decliners: int
    unchanged: int | None = None
    new_highs: int | None = None
    new_lows: int | None = None


class Volume(NamedTuple):
    market: str
    pointer: str
    shares: float | None = None
    turnover: float | None = None
    currency: str | None = None
    average: float | None = None
    average_days: int | None = None


class Series(NamedTuple):
    """Closes of one market, oldest first, up to the session before ``as_of``."""

    pointer: str
    dates: tuple[dt.date, ...]
    closes: tuple[float, ...]


class Snapshot(NamedTuple):
    """What a newsroom tool sent, ready to write from.

    ``date`` is the session's date in the region's own time zone (the weekday in the text comes
    from it). ``content_hash`` is the SHA-256 of the canonical JSON that was sent. ``gates`` are the data
    gates that tripped: notes, and what the sender overrode.
    """

    region: str
    date: dt.date
    phase: str
    markets: tuple[Market, ...]
    stocks: tuple[Stock, ...] = ()
    sectors: tuple[Sector, ...] = ()
    events: tuple[Event, ...] = ()
    breadth: tuple[Breadth, ...] = ()
    volume: tuple[Volume, ...] = ()
    history: Mapping[str, Series] = _NONE
    as_of: dt.datetime | None = None
    warnings: tuple[str, ...] = ()
    content_hash: str = ""
    gates: tuple[Tripped, ...] = ()


make_market: Final = maker(Market)
make_stock: Final = maker(Stock)
make_event: Final = maker(Event)
make_milestone: Final = maker(Milestone)
