"""Typed, wordless facts.

Percentages are in percent, points in index points. A field that the data cannot fill is None (or
empty), never a guess. Every derived fact has its inputs in ``sources``: JSON pointers into the
snapshot. Rule files see these classes by name: ``market.margin``, ``region.share_up``.

They are NamedTuples and not frozen dataclasses: an article makes a few dozen with up to fifty fields
each, and a NamedTuple is made in a fifth of the time. An id stands first, which tells two apart at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

from wrapgen.intake.snapshot import (
    Event,
    Kind,
    Market,
    MilestoneType,
    Path,
    Polarity,
    Sector,
    Snapshot,
    Status,
    Stock,
    Tier,
)
from wrapgen.values import maker

Direction = Literal["up", "down", "flat", "mixed"]
Relation = Literal["supports", "opposes", "neutral"]
Layout = Literal["region", "country", "us", "global"]


class MilestoneFact(NamedTuple):
    """A milestone, stated by the sender or derived from closes.

    ``weight`` ranks it from 0 to 1: a record or a best day in years is near 1, a two-week low near 0.
    """

    type: MilestoneType
    weight: float
    sources: tuple[str, ...]
    since: str | None = None
    since_date: dt.date | None = None  # with ``over`` and a derived level, a floor: the true date may be earlier
    over: str | None = None
    basis: str | None = None
    value: float | None = None
    near_what: str | None = None
    near_when: str | None = None
    short_of: bool = False
    derived: bool = False

    @property
    def of_day(self) -> bool:
        """A best or worst day, not a level."""
        return self.type in ("best_day", "worst_day")

    @property
    def has_near(self) -> bool:
        """It comes near an earlier peak or trough."""
        return self.near_when is not None

    @property
    def direction(self) -> Literal["up", "down"]:
        return "up" if self.type in ("record_high", "highest", "best_day", "first_above") else "down"


class StreakFact(NamedTuple):
    """A run of sessions. ``sessions`` includes today where ``ended`` is false."""

    direction: Literal["up", "down"]
    sessions: int | None
    ended: bool
    sources: tuple[str, ...]
    derived: bool = False


class Cause(NamedTuple):
    """A link that the sender made between an event and what moved.

    ``relation`` holds the event's polarity against the move: only ``supports`` may be told as a cause.
    """

    event: EventFacts
    relation: Relation


class FrameFacts(NamedTuple):
    """The words of a typed frame that a condition may ask for; figures and names are slots."""

    result: Annotated[str | None, "earnings: beat, miss, in_line, strong, weak, mixed"] = None
    guidance: Annotated[str | None, "guidance: raised, cut, kept, issued"] = None
    extent: Annotated[str | None, "stake_sale, stake_purchase: entire, part ..."] = None
    action: Annotated[str | None, "central_bank: raise, cut, hold; analyst: upgrade, downgrade ..."] = None
    tone: Annotated[str | None, "central_bank: hawkish, dovish, neutral"] = None
    stage: Annotated[str | None, "merger: talks, agreed, completed ..."] = None
    mood: Annotated[str | None, "how the market takes it: optimism, hopes, fears, worries, concern"] = None
    modality: Annotated[str | None, "policy, statement: may, could, will ..."] = None
    as_expected: bool = False
    first_time: bool = False
    above: Annotated[bool, "data_release: actual above consensus"] = False
    below: Annotated[bool, "data_release: actual below consensus"] = False
    in_line: Annotated[bool, "data_release: actual equal to consensus"] = False
    change: Annotated[Literal["up", "down", "flat", "none"], "data_release: a percent change, and its sign"] = "none"
    key: Annotated[bool, "importance is 5, or key"] = False


class EventFacts(NamedTuple):
    id: str
    event: Event
    frame: FrameFacts
    type: str
    status: Annotated[Status, "as sent"]
    polarity: Annotated[Polarity, "for what it affects"]
    topic: Annotated[Literal["profit_taking", "wall_street", "holiday", "none"], "what it is about"]
    happened: Annotated[bool, "it has taken place (happened or confirmed)"]
    awaited: Annotated[bool, "it is scheduled or expected"]
    reach: Annotated[int, "how many places of the region's own markets it is linked to"]
    share: Annotated[float, "the part of the region's places that it is linked to, 0 to 1"]
    agrees: Annotated[float, "of the linked moves, the part that its polarity explains, 0 to 1"]
    markets: tuple[str, ...]
    stocks: tuple[str, ...]
    importance: int
    has_clause: bool
    has_noun: bool
    noun_words: Annotated[int, "length of its noun phrase in words; 0 without one"]
    reports: Annotated[bool, "its clause itself says that it is a report"]
    typed: Annotated[bool, "it has the content of a typed frame"]


class StockFacts(NamedTuple):
    id: str
    stock: Stock
    pct: float | None
    size: float | None
    direction: Direction | None
    has_figure: bool
    market: str | None
    effect: Annotated[Literal["lift", "drag", "cap"] | None, "what it does to its index, stated or derived"]
    effect_derived: bool
    points: Annotated[float | None, "what it added to its index, in points"]
    index_direction: Direction | None
    index_size: float | None
    against: Annotated[bool, "it moved against its index"]
    market_main: Annotated[bool, "its index is one of the region's own"]
    causes: tuple[Cause, ...]
    has_cause: bool
    explained: Annotated[bool, "a reason of its own agrees with its move"]
    reach: Annotated[int, "how many things its event reaches: stock, index, sector"]
    drives: Annotated[bool, "its event is one of its index's own reasons"]
    first_named: Annotated[bool, "its event names it first among the stocks that it affects"]
    rank: Annotated[int, "place by size of move among the stocks of its index, from 1"]
    alone: Annotated[bool, "no other stock of its index has the same effect"]
    previous: bool


class SectorFacts(NamedTuple):
    name: str
    market: str | None
    sector: Sector
    direction: Direction | None
    pct: float | None
    effect: str | None
    causes: tuple[Cause, ...]
    has_cause: bool
    stocks: Annotated[int, "listed stocks of the sector that moved its way"]
    market_main: bool
    agrees: Annotated[bool, "it moved as its market did"]
    companions: Annotated[int, "sectors of the same market that moved its way, itself included"]
    tells: Annotated[bool, "the sender says that it lifted or dragged its index"]


class MarketFacts(NamedTuple):
    id: str
    market: Market
    place: str | None
    kind: Kind
    tier: Tier
    pct: Annotated[float | None, "the move in percent, signed"]
    size: Annotated[float | None, "the move in percent, without sign"]
    direction: Direction | None
    lean: Annotated[Literal["up", "down"] | None, "for flat to lower and flat to higher"]
    has_figure: bool
    main: Annotated[bool, "one of the region's own, open and with a move"]
    heads: Annotated[bool, "it stands for its place: the primary index, or the only one sent"]
    deviation: Annotated[float | None, "points of percent above (below) the region's median"]
    leads: Annotated[bool, "the region's best, by figures"]
    trails: Annotated[bool, "the region's worst, by figures"]
    margin: Annotated[float | None, "distance from the next place in its direction, percentage points"]
    from_median: Annotated[float | None, "distance from the median of the places, percentage points"]
    ranked: Annotated[bool, "no index of another place went further its way, or may have: its rank is proven"]
    best: Annotated[bool, "no index of the region rose as much, its own place's others included"]
    worst: Annotated[bool, "no index of the region fell as much, its own place's others included"]
    alone_index: Annotated[bool, "the only index that moved its way, its own place's others included"]
    alone: Annotated[bool, "the only place that moved its way"]
    ratio: Annotated[float | None, "its size over the next largest place's size in the same direction"]
    causes: tuple[Cause, ...]
    supports: Annotated[int, "causes whose polarity agrees with the move"]
    opposes: int
    neutrals: int
    own_causes: Annotated[int, "supporting causes that no other place shares"]
    stocks: tuple[StockFacts, ...]
    sectors: tuple[SectorFacts, ...]
    milestones: tuple[MilestoneFact, ...]
    milestone_weight: Annotated[float, "the weight of its best milestone, 0 to 1"]
    streak: StreakFact | None
    streak_sessions: Annotated[int, "sessions of its run, 0 if there is none"]
    streak_ended: bool
    streak_direction: Annotated[Literal["up", "down", "none"], "direction of its run"]
    prior_pct: Annotated[float | None, "the move of the session before"]
    rebound: Annotated[bool, "up after a fall, or stated so"]
    reversal: Annotated[bool, "undid the move of the session before, or gave up its early move"]
    path: Annotated[Path | None, "how the day went, as sent"]
    sister: str | None
    sister_disagrees: Annotated[bool, "its sister index moved at least 0.5 points apart, or the other way"]
    detail: Annotated[float, "how much there is to tell of it alone: own causes, stocks, sectors"]
    off_high_pct: float | None
    previous: Annotated[bool, "its move is of the session before"]
    points: Annotated[float | None, "the move in points, signed"]
    level: float | None
    against: Annotated[str | None, "the other side of a currency pair"]
    sources: tuple[str, ...]


class BackdropFacts(NamedTuple):
    """The session before, in the region that sets the mood."""

    place: str
    direction: Direction | None
    pct: Annotated[float | None, "mean move of the markets sent, percent"]
    size: float | None
    markets: tuple[str, ...]
    rebound: bool
    causes: tuple[Cause, ...]
    event: EventFacts | None
    same: Annotated[bool, "it went the way that the region goes now"]
    linked: Annotated[int, "places whose sender says that Wall Street moved them"]
    sources: tuple[str, ...]


class RegionFacts(NamedTuple):
    region: str
    layout: Layout
    tone: Direction
    places: Annotated[int, "places with a move"]
    indices: Annotated[int, "the region's own indices with a move"]
    ups: int
    downs: int
    flats: int
    still: Annotated[int, "places that moved 0.1% or less"]
    share_up: float
    share_down: float
    share_flat: float
    figures: Annotated[int, "places with a figure"]
    mean: Annotated[float | None, "mean move of the places, percent"]
    median: float | None
    size: Annotated[float | None, "mean move without sign"]
    spread: Annotated[float | None, "best place less worst place, percentage points"]
    largest: Annotated[float | None, "largest move of any place, without sign"]
    futures_only: Annotated[bool, "no index of its own has traded; its futures stand for it"]
    unanimous: Annotated[bool, "every index of the region's own, gauges included, went its way"]
    flat_to_higher: Annotated[bool, "flat, with rises and no fall worth the name"]
    flat_to_lower: Annotated[bool, "flat, with falls and no rise worth the name"]
    balance: Annotated[float, "rises less falls over all moves, -1 to 1"]
    leader: str | None
    laggard: str | None
    standout: Annotated[str | None, "the one market that moved where no other did so much as half"]
    awaited: Annotated[int, "scheduled or expected events linked to the region's own markets"]
    records: Annotated[int, "the region's own indices at a record high, intraday ones apart"]
    closed: Annotated[int, "places closed for a holiday"]
    areas_disagree: Annotated[bool, "for a global wrap: Asia, Europe and America do not agree"]
    sources: tuple[str, ...]


make_frame, make_event, make_stock = maker(FrameFacts), maker(EventFacts), maker(StockFacts)
make_sector = maker(SectorFacts)


@dataclass(frozen=True, slots=True)
class FactBook:
    """All that was derived from one snapshot."""

    snapshot: Snapshot
    region: RegionFacts
    markets: Mapping[str, MarketFacts]
    stocks: Mapping[str, StockFacts]
    sectors: tuple[SectorFacts, ...]
    events: Mapping[str, EventFacts]
    main: tuple[MarketFacts, ...] = ()
    closed: tuple[MarketFacts, ...] = ()
    context: tuple[MarketFacts, ...] = ()
    backdrop: BackdropFacts | None = None
    own_places: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()
