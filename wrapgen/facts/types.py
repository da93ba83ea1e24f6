"""Typed, wordless facts.

Percentages are in percent, points in index points. A field that the data cannot fill is None (or
empty), never a guess. Every derived fact has its inputs in ``sources``: JSON pointers into the
snapshot. Rule files see these classes by name: ``market.margin``, ``region.share_up``.

They are NamedTuples and not frozen dataclasses: an article makes a few dozen with up to fifty fields
each, and a NamedTuple is made in a fifth of the time, in a tenth by `wrapgen.values.made`, and read by the
number of a field. An id stands first, which tells two apart at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal, NamedTuple

from wrapgen.intake.snapshot import (
    OF_DAYS,
    UPWARD,
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

Direction = Literal["up", "down", "flat", "mixed"]
Relation = Literal["supports", "opposes", "neutral"]
Layout = Literal["region", "country", "us", "global"]


class MilestoneFact(NamedTuple):
    """A milestone, stated by the sender or derived from closes.

    ``weight`` ranks it from 0 to 1: a record or a best day in years is near 1, a two-week low near 0.
    """

    type: Annotated[MilestoneType, "what kind of milestone it is"]
    weight: Annotated[float, "how rare it is, 0 (a two-week low) to 1 (a record)"]
    sources: tuple[str, ...]
    since: Annotated[str | None, "the day, month or words it is counted from; missing where it is not"] = None
    since_date: dt.date | None = None  # with ``over`` and a derived level, a floor: the true date may be earlier
    over: Annotated[str | None, "the span that it covers, P1M or words; missing where it is not told by one"] = None
    basis: Annotated[str | None, "close or intraday; missing where it was not sent"] = None
    value: Annotated[float | None, "the round level that was crossed; missing for other types"] = None
    near_what: Annotated[str | None, "what it comes near: peak, trough, record; missing where nothing"] = None
    near_when: Annotated[str | None, "when that was; missing where nothing is near"] = None
    short_of: Annotated[bool, "it was only nearly reached"] = False
    derived: Annotated[bool, "it was worked out from closes"] = False

    @property
    def of_day(self) -> bool:
        """A best or worst day, not a level."""
        return self.type in OF_DAYS

    @property
    def has_near(self) -> bool:
        """It comes near an earlier peak or trough."""
        return self.near_when is not None

    @property
    def direction(self) -> Literal["up", "down"]:
        """Up for a high, a best day or a level crossed upwards."""
        return "up" if self.type in UPWARD else "down"


class StreakFact(NamedTuple):
    """A run of sessions. ``sessions`` includes today where ``ended`` is false."""

    direction: Annotated[Literal["up", "down"], "the way of the run"]
    sessions: Annotated[int | None, "how many, today included where it goes on; missing where the sender does not say"]
    ended: Annotated[bool, "it ended with this session"]
    sources: tuple[str, ...]
    derived: Annotated[bool, "it was worked out from closes"] = False


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
    as_expected: Annotated[bool, "central_bank: the step was expected"] = False
    first_time: Annotated[bool, "sales_ranking: it had not happened before"] = False
    above: Annotated[bool, "data_release: actual above consensus"] = False
    below: Annotated[bool, "data_release: actual below consensus"] = False
    in_line: Annotated[bool, "data_release: actual equal to consensus"] = False
    change: Annotated[Literal["up", "down", "flat", "none"], "data_release: a percent change, and its sign"] = "none"
    key: Annotated[bool, "importance is 5, or key"] = False


class EventFacts(NamedTuple):
    id: Annotated[str, "as sent"]
    event: Event
    frame: FrameFacts
    type: Annotated[str, "earnings, central_bank, policy ..."]
    status: Annotated[Status, "as sent"]
    polarity: Annotated[Polarity, "for what it affects"]
    topic: Annotated[Literal["profit_taking", "wall_street", "holiday", "none"], "what it is about"]
    happened: Annotated[bool, "it has taken place (happened or confirmed)"]
    awaited: Annotated[bool, "it is scheduled or expected"]
    due: Annotated[bool, "it is scheduled, or results, figures or a decision expected without more"]
    reach: Annotated[int, "how many places of the region's own markets it is linked to"]
    share: Annotated[float, "the part of the region's places that it is linked to, 0 to 1"]
    agrees: Annotated[float, "of the linked moves, the part that its polarity explains, 0 to 1"]
    markets: tuple[str, ...]
    stocks: tuple[str, ...]
    company: Annotated[str | None, "the listed stock whose own news it is: who did it, or whom it was done to"]
    corporate: Annotated[bool, "it is the news of a listed stock"]
    importance: Annotated[int, "1 to 5; 3 where it was not sent"]
    has_clause: Annotated[bool, "the sender told it as a clause"]
    has_noun: Annotated[bool, "the sender told it as a noun phrase"]
    noun_words: Annotated[int, "length of its noun phrase in words; 0 without one"]
    reports: Annotated[bool, "its clause itself says that it is a report"]
    typed: Annotated[bool, "it has the content of a typed frame"]

    @property
    def whose(self) -> str | None:
        """Who did it, or else the listed stock whose own news it is: an id or a plain name."""
        return self.event.who or self.company


class StockFacts(NamedTuple):
    id: Annotated[str, "MIC:ticker"]
    stock: Stock
    pct: Annotated[float | None, "the move in percent, signed; missing where only a direction or nothing is known"]
    size: Annotated[float | None, "the move in percent, without sign; missing like pct"]
    direction: Annotated[Direction | None, "the move's way; missing for a stock that is there for its event only"]
    has_figure: Annotated[bool, "its move in percent is known"]
    market: Annotated[str | None, "id of its index; missing where the sender names none"]
    effect: Annotated[Literal["lift", "drag", "cap"] | None, "what it does to its index, stated or derived"]
    effect_derived: Annotated[bool, "its effect was worked out, not stated"]
    points: Annotated[float | None, "what it added to its index, in points"]
    index_direction: Annotated[Direction | None, "the way of its index; missing where that is not known"]
    index_size: Annotated[float | None, "its index's move in percent, without sign; missing without a figure"]
    against: Annotated[bool, "it moved against its index"]
    market_main: Annotated[bool, "its index is one of the region's own"]
    causes: tuple[Cause, ...]
    has_cause: Annotated[bool, "it has a reason that does not run against its move"]
    explained: Annotated[bool, "a reason of its own agrees with its move"]
    reach: Annotated[int, "how many things its event reaches: stock, index, sector"]
    drives: Annotated[bool, "its event is one of its index's own reasons"]
    first_named: Annotated[bool, "its event names it first among the stocks that it affects"]
    rank: Annotated[int, "place by size of move among the stocks of its index, from 1"]
    alone: Annotated[bool, "no other stock of its index has the same effect"]
    previous: Annotated[bool, "its move is of the session before"]


class SectorFacts(NamedTuple):
    name: Annotated[str, "as sent: technology, bank"]
    market: Annotated[str | None, "id of its index; missing for a sector of the whole region"]
    sector: Sector
    direction: Annotated[Direction | None, "the move's way; missing where nothing is known"]
    pct: Annotated[float | None, "the move in percent, signed; missing where only a direction is known"]
    effect: Annotated[str | None, "what it does to its index, as stated: lift, drag, cap"]
    causes: tuple[Cause, ...]
    has_cause: Annotated[bool, "it has a reason that does not run against its move"]
    stocks: Annotated[int, "listed stocks of the sector that moved its way"]
    market_main: Annotated[bool, "its index is one of the region's own, or it is the whole region's"]
    agrees: Annotated[bool, "it moved as its market did"]
    companions: Annotated[int, "sectors of the same market that moved its way, itself included"]
    tells: Annotated[bool, "the sender says that it lifted or dragged its index"]
    leads: Annotated[bool, "no sector of the same market went further its way, by the figures sent"]


class MarketFacts(NamedTuple):
    id: Annotated[str, "its id in the reference data, or as sent"]
    market: Market
    place: Annotated[str | None, "two letters, or EU; missing where it spans countries"]
    kind: Annotated[Kind, "what it is"]
    tier: Annotated[Tier, "primary: its place's main index; gauge: spans countries, or is no index"]
    pct: Annotated[float | None, "the move in percent, signed"]
    size: Annotated[float | None, "the move in percent, without sign"]
    direction: Annotated[
        Direction | None, "the move's way, of a figure before a stated one; missing where nothing is known"
    ]
    lean: Annotated[Literal["up", "down"] | None, "for flat to lower and flat to higher"]
    has_figure: Annotated[bool, "its move in percent is known"]
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
    opposes: Annotated[int, "causes whose polarity runs against the move"]
    neutrals: Annotated[int, "causes whose polarity says nothing of the move"]
    own_causes: Annotated[int, "supporting causes that no other place shares"]
    stocks: tuple[StockFacts, ...]
    sectors: tuple[SectorFacts, ...]
    milestones: tuple[MilestoneFact, ...]
    milestone_weight: Annotated[float, "the weight of its best milestone, 0 to 1"]
    streak: StreakFact | None
    streak_sessions: Annotated[int, "sessions of its run, 0 if there is none"]
    streak_ended: Annotated[bool, "its run ended with this session"]
    streak_direction: Annotated[Literal["up", "down", "none"], "direction of its run"]
    prior_pct: Annotated[float | None, "the move of the session before"]
    rebound: Annotated[bool, "up after a fall, or stated so"]
    reversal: Annotated[bool, "undid the move of the session before, or gave up its early move"]
    path: Annotated[Path | None, "how the day went, as sent"]
    sister: Annotated[str | None, "id of the index it is paired with; missing where that one was not sent"]
    sister_disagrees: Annotated[bool, "its sister index moved at least 0.5 points apart, or the other way"]
    detail: Annotated[float, "how much there is to tell of it alone: own causes, stocks, sectors"]
    off_high_pct: Annotated[float | None, "percent below its highest close of the history; missing without one"]
    previous: Annotated[bool, "its move is of the session before"]
    points: Annotated[float | None, "the move in points, signed"]
    level: Annotated[
        float | None, "where it stands, in points, currency or percent (yields); missing where it was not sent"
    ]
    against: Annotated[str | None, "the other side of a currency pair"]
    sources: tuple[str, ...]


class BackdropFacts(NamedTuple):
    """The session before, in the region that sets the mood."""

    place: Annotated[str, "two letters: US, Wall Street"]
    direction: Annotated[Direction | None, "the way of its session; missing where it is not known"]
    pct: Annotated[float | None, "mean move of the markets sent, percent"]
    size: Annotated[float | None, "the mean move in percent, without sign; missing without figures"]
    markets: tuple[str, ...]
    rebound: Annotated[bool, "it rose after a fall"]
    causes: tuple[Cause, ...]
    event: EventFacts | None
    same: Annotated[bool, "it went the way that the region goes now"]
    linked: Annotated[int, "places whose sender says that Wall Street moved them"]
    sources: tuple[str, ...]


class RegionFacts(NamedTuple):
    region: Annotated[str, "as sent: asia-pacific, europe, us, global or a country"]
    layout: Annotated[Layout, "how a wrap of it is laid out"]
    tone: Annotated[Direction, "the day as the scores bear it out"]
    places: Annotated[int, "places with a move"]
    indices: Annotated[int, "the region's own indices with a move"]
    ups: Annotated[int, "places that rose 0.05% or more"]
    downs: Annotated[int, "places that fell 0.05% or more"]
    flats: Annotated[int, "places that did neither"]
    still: Annotated[int, "places that moved 0.1% or less"]
    share_up: Annotated[float, "the part of its places that rose, 0 to 1"]
    share_down: Annotated[float, "the part of its places that fell, 0 to 1"]
    share_flat: Annotated[float, "the part of its places that did neither, 0 to 1"]
    figures: Annotated[int, "places with a figure"]
    mean: Annotated[float | None, "mean move of the places, percent"]
    median: Annotated[float | None, "median move of the places, percent, signed; missing without figures"]
    size: Annotated[float | None, "mean move without sign"]
    felt: Annotated[float | None, "the size by which its verb is chosen; missing where two places are far apart"]
    spread: Annotated[float | None, "best place less worst place, percentage points"]
    largest: Annotated[float | None, "largest move of any place, without sign"]
    futures_only: Annotated[bool, "no index of its own has traded; its futures stand for it"]
    unanimous: Annotated[bool, "every index of the region's own, gauges included, went its way"]
    flat_to_higher: Annotated[bool, "flat, with rises and no fall worth the name"]
    flat_to_lower: Annotated[bool, "flat, with falls and no rise worth the name"]
    balance: Annotated[float, "rises less falls over all moves, -1 to 1"]
    leader: Annotated[str | None, "id of the index that rose most or fell least; missing without figures"]
    laggard: Annotated[str | None, "id of the index that fell most or rose least; missing without figures"]
    standout: Annotated[str | None, "the one market that moved where no other did so much as half"]
    awaited: Annotated[int, "scheduled or expected events linked to the region's own markets"]
    records: Annotated[int, "the region's own indices at a record high, intraday ones apart"]
    closed: Annotated[int, "places closed for a holiday"]
    areas_disagree: Annotated[bool, "for a global wrap: Asia, Europe and America do not agree"]
    sources: tuple[str, ...]


class FactBook(NamedTuple):
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
