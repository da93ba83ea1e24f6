"""From a snapshot to its fact book: one pass, plain Python, no DataFrame for a single request."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from wrapgen.facts.events import causes, event_facts
from wrapgen.facts.history import HistoryFacts, read_history
from wrapgen.facts.milestones import milestones_of, streak_of
from wrapgen.facts.moves import FLAT_PCT, direction_of, lean_of, signed_pct
from wrapgen.facts.region import is_own, layout_of, median_of, own_units, place_moves, region_facts
from wrapgen.facts.shares import sector_facts, stock_facts
from wrapgen.facts.types import (
    BackdropFacts,
    Cause,
    Direction,
    EventFacts,
    FactBook,
    MarketFacts,
    MilestoneFact,
    RegionFacts,
    SectorFacts,
    StockFacts,
)
from wrapgen.intake.snapshot import Market, Snapshot
from wrapgen.values import made, rounded

Moved = TypeVar("Moved", StockFacts, SectorFacts)


def derive(snapshot: Snapshot, areas: Mapping[str, str], topics: Mapping[str, Sequence[str]]) -> FactBook:
    """Derive every fact.

    ``areas`` maps a place to its region (for global wraps); ``topics`` maps a topic to the words that
    show it in a plain phrase (``rules/events/topics.yaml``).
    """
    layout = layout_of(snapshot.region)
    by_id = {market.id: market for market in snapshot.markets}
    pcts = {m.id: signed_pct(m) for m in snapshot.markets}
    directions: dict[str, Direction | None] = {
        m.id: direction_of(pcts[m.id], m.direction, m.change) for m in snapshot.markets
    }
    leans = {m.id: lean_of(m.direction, pcts[m.id]) for m in snapshot.markets}
    own = [m for m in snapshot.markets if is_own(m)]
    units = own_units(own, layout)
    units = {i: u for i, u in units.items() if directions[i] is not None}
    votes, figures = place_moves(units, pcts, directions, leans)
    home = _own_places(snapshot.region, areas)
    if not votes:  # before the open: the region's futures stand for it
        votes = {
            m.id: p
            for m in snapshot.markets
            if m.kind == "future" and m.place in home and (p := pcts[m.id]) is not None
        }
    places = _all_places(own, units, directions)
    way_of = {**directions, **{s.id: direction_of(s.change_pct, s.direction) for s in snapshot.stocks}}
    events = event_facts(snapshot, way_of, places, topics, layout in ("country", "us"))
    stocks = stock_facts(snapshot, by_id, pcts, directions, events, places)
    sectors = sector_facts(snapshot.sectors, stocks, directions, events, places)
    region = region_facts(snapshot, own, layout, units, votes, figures, areas, events, by_id, directions)
    history = {
        m.id: read_history(snapshot.history[m.id], m.level, pcts[m.id], session_day(m, snapshot.date), snapshot.phase)
        for m in snapshot.markets
        if m.id in snapshot.history
    }
    directions_own = [directions[m.id] for m in own]
    all_figures = [(m.place or m.id, p) for m in own if (p := pcts[m.id]) is not None]
    unsized = {(m.place or m.id, directions[m.id]) for m in own if pcts[m.id] is None}
    ranking = _Ranking(units, figures, votes, all_figures, unsized)
    stocks_of, sectors_of = _by_market(stocks.values()), _by_market(sectors)
    markets = {
        m.id: _market(
            m,
            snapshot,
            pcts,
            directions,
            leans,
            units,
            ranking,
            directions_own,
            events,
            stocks_of,
            sectors_of,
            history.get(m.id),
            by_id,
        )
        for m in snapshot.markets
    }
    return made(
        FactBook,
        snapshot,
        region,
        markets,
        stocks,
        sectors,
        events,
        tuple([f for f in markets.values() if f.main]),
        tuple([f for f in markets.values() if f.market.closed]),  # closed
        tuple([f for f in markets.values() if not f.main and not f.market.closed and _beside(f)]),  # context
        _backdrop(snapshot, markets, events, region),
        home,  # own_places
        (),  # warnings
    )


def _by_market(things: Iterable[Moved]) -> dict[str | None, tuple[Moved, ...]]:
    found: dict[str | None, list[Moved]] = {}
    for thing in things:
        found.setdefault(thing.market, []).append(thing)
    return {market: tuple(members) for market, members in found.items()}


def session_day(market: Market, today: dt.date) -> dt.date:
    """The day of the session that a market's figures are of: the weekday before, for a previous one."""
    if market.session != "previous":
        return today
    return today - dt.timedelta(days=3 if today.weekday() == 0 else 1)


def _own_places(region: str, areas: Mapping[str, str]) -> frozenset[str]:
    """The places that a region's wrap is about."""
    if region == "global":
        return frozenset(areas)
    if region.upper() in areas:
        return frozenset((region.upper(),))
    return frozenset([place for place, area in areas.items() if area == region])


def _all_places(
    own: Sequence[Market], units: Mapping[str, str], directions: Mapping[str, Direction | None]
) -> dict[str, str]:
    """The region's own open markets with their unit; a secondary index counts for its place."""
    places = dict(units)
    known = set(units.values())
    for market in own:
        if directions[market.id] is not None:
            place = market.place if market.place in known else market.id
            places.setdefault(market.id, place or market.id)
    return places


class _Ranking:
    """The places by figure, so that a market's margins are a look-up."""

    def __init__(
        self,
        units: dict[str, str],
        figures: dict[str, float],
        votes: dict[str, float],
        indices: Sequence[tuple[str, float]],
        unsized: Collection[tuple[str, Direction | None]],
    ) -> None:
        self.units, self.figures, self.votes, self.indices, self.unsized = units, figures, votes, indices, unsized
        self._places = sorted(figures.values())
        self.median = median_of(self._places) if figures else None
        self._indices = sorted([pct for _, pct in indices])
        self._rising = sorted([(pct, place) for place, pct in indices])
        self._falling = self._rising[::-1]
        self._ups = sum([vote >= _MOVED_PCT for vote in votes.values()])
        self._downs = sum([vote <= -_MOVED_PCT for vote in votes.values()])

    def margins(self, market_id: str, pct: float | None) -> tuple[bool, bool, float | None, float | None, float | None]:
        """(leads, trails, margin to the next place, distance from the median, ratio to the next)."""
        unit = self.units.get(market_id)
        if unit is None or pct is None or unit not in self.figures or self.median is None:
            return False, False, None, None, None
        places, own = self._places, self.figures[unit]
        if len(places) < 2:
            return False, False, None, None, None
        # The furthest of the other places: the next where its own is the furthest.
        highest = places[-2] if own == places[-1] else places[-1]
        lowest = places[1] if own == places[0] else places[0]
        up = pct >= 0
        top = highest if up else lowest
        leads, trails = pct > highest, pct < lowest
        margin = pct - top if up else top - pct
        rest = abs(top) if (top >= 0) == up else 0.0
        ratio = abs(pct) / rest if rest > NOTHING else None
        return leads, trails, rounded(margin, 4), rounded(pct - self.median, 4), ratio

    def first_of_all(self, pct: float | None, sign: int) -> bool:
        """Whether no other index of the region, whatever its place, moved as far that way."""
        if pct is None or pct * sign <= 0 or len(self.indices) < 2:
            return False
        if sign < 0:
            return bisect_right(self._indices, pct) == 1
        return len(self._indices) - bisect_left(self._indices, pct) == 1

    def proven(self, market_id: str, way: Direction | None, pct: float | None) -> bool:
        """Whether the rank of its place holds for every index: none of another place went further the same way, or
        may have, having no figure."""
        own = self.units.get(market_id)
        if self.unsized and any([place != own and direction == way for place, direction in self.unsized]):
            return False
        if pct is None:
            return True
        up = way == "up"
        for other, place in self._falling if up else self._rising:
            if other <= pct if up else other >= pct:
                break  # nor did any after it go further
            if place != own:
                return False
        return True

    def alone(self, market_id: str) -> bool:
        """Whether no other place moved its way, at least three others moving the other way."""
        unit = self.units.get(market_id)
        own = self.votes.get(unit or "")
        if own is None or abs(own) < _MOVED_PCT:
            return False
        same, against = (self._ups, self._downs) if own > 0 else (self._downs, self._ups)
        return same == 1 and against >= 2


NOTHING = 1e-9
_MOVED_PCT = 0.05  # a place that moved less counts neither as risen nor as fallen


def _market(
    market: Market,
    snapshot: Snapshot,
    pcts: dict[str, float | None],
    directions: dict[str, Direction | None],
    leans: dict[str, str | None],
    units: dict[str, str],
    ranking: _Ranking,
    directions_own: Sequence[Direction | None],
    events: dict[str, EventFacts],
    stocks: dict[str | None, tuple[StockFacts, ...]],
    sectors: dict[str | None, tuple[SectorFacts, ...]],
    history: HistoryFacts | None,
    by_id: dict[str, Market],
) -> MarketFacts:
    pct, way = pcts[market.id], directions[market.id]
    leads, trails, margin, from_median, ratio = ranking.margins(market.id, pct)
    own = causes(market.because, way, events)
    milestones = milestones_of(market, history, session_day(market, snapshot.date))
    streak = streak_of(market, history)
    its_stocks = stocks.get(market.id, ())
    its_sectors = sectors.get(market.id, ())
    sister = by_id.get(market.sister or "")
    relations = [c.relation for c in own] if own else ()
    supports = [c for c in own if c.relation == "supports"] if own else ()
    prior = history.prior_pct if history else None
    rebound = market.pattern == "rebound" or bool(history and history.rebound)
    reversal = market.pattern == "reversal" or bool(history and history.reversal)
    return made(
        MarketFacts,
        market.id,
        market,
        market.place,
        market.kind,
        market.tier,
        pct,
        abs(pct) if pct is not None else None,  # size
        way,  # direction
        leans[market.id],  # type: ignore[arg-type]  # lean
        pct is not None,  # has_figure
        is_own(market) and way is not None,  # main
        market.id in units,  # heads
        from_median,  # deviation
        leads,
        trails,
        margin,
        from_median,
        ranking.proven(market.id, way, pct),  # ranked
        ranking.first_of_all(pct, 1),  # best
        ranking.first_of_all(pct, -1),  # worst
        way in ("up", "down") and directions_own.count(way) == 1 and len(directions_own) >= 3,  # alone_index
        ranking.alone(market.id),  # alone
        ratio,
        own,  # causes
        len(supports),  # supports
        relations.count("opposes"),  # opposes
        relations.count("neutral"),  # neutrals
        sum([c.event.reach <= 1 for c in supports]) if supports else 0,  # own_causes
        its_stocks,  # stocks
        its_sectors,  # sectors
        milestones,
        max([m.weight for m in milestones if _borne_out(m, way)], default=0.0) if milestones else 0.0,
        streak,
        (streak.sessions or 2) if streak else 0,  # streak_sessions
        bool(streak and streak.ended),  # streak_ended
        streak.direction if streak else "none",  # streak_direction
        prior,  # prior_pct
        rebound,
        reversal or market.path in ("erased_gains", "erased_losses"),  # reversal
        market.path,
        market.sister if sister is not None else None,  # sister
        sister is not None and _disagree(pct, way, pcts[sister.id], directions[sister.id]),  # sister_disagrees
        _detail(supports, its_stocks, its_sectors),  # detail
        history.off_high_pct if history else None,  # off_high_pct
        market.session == "previous",  # previous
        market.change if market.kind != "yield" else None,  # points
        market.level,
        market.against,
        (market.pointer,),  # sources
    )


def _detail(supports: Sequence[Cause], stocks: Sequence[StockFacts], sectors: Sequence[SectorFacts]) -> float:
    """What can be told of a market that is not told of its neighbours: a reason that all share counts little."""
    if not (supports or stocks or sectors):
        return 0.0
    own, moved = 0.0, 0.0
    for cause in supports:
        own += 1.0 if cause.event.reach <= 1 else 0.25
    for stock in stocks:
        moved += 0.5 if stock.has_figure or (stock.has_cause and stock.direction) else 0.2
    return rounded(own + moved + 0.5 * len(sectors), 2)


def _borne_out(milestone: MilestoneFact, way: Direction | None) -> bool:
    """Whether the day's move goes with the milestone: an intraday record on a day that ended lower does not."""
    return milestone.short_of or way == milestone.direction or (way == "flat" and milestone.basis != "intraday")


def _disagree(pct: float | None, way: Direction | None, other: float | None, other_way: Direction | None) -> bool:
    if pct is not None and other is not None:
        return abs(pct - other) >= 0.5
    return {way, other_way} == {"up", "down"}


def _beside(market: MarketFacts) -> bool:
    """Whether a market stands beside the region's own: currencies, oil, another region's session of today."""
    return market.market.role == "context" or market.market.role == "backdrop" and not _behind(market)


def _behind(market: MarketFacts) -> bool:
    """Whether a backdrop is Wall Street's session before; another is told by its own name, among the other markets."""
    return market.previous and market.place in (None, "US")


def _backdrop(
    snapshot: Snapshot,
    markets: Mapping[str, MarketFacts],
    events: Mapping[str, EventFacts],
    region: RegionFacts,
) -> BackdropFacts | None:
    """Wall Street the session before; else an event that tells of it."""
    behind = [f for f in markets.values() if f.market.role == "backdrop" and f.kind == "index" and _behind(f)]
    moved = [f for f in behind if f.direction is not None]
    event = next((e for e in events.values() if e.topic == "wall_street"), None)
    if not moved and event is None:
        return None
    figures = [f.pct for f in moved if f.pct is not None]
    pct = sum(figures) / len(figures) if figures else None
    ways = {f.direction for f in moved}
    way: Direction | None = next(iter(ways)) if len(ways) == 1 else "mixed" if ways else None
    if (
        way == "mixed"
        and pct is not None
        and all((f.pct or pct) * pct > 0 or abs(f.pct or 0) <= FLAT_PCT for f in moved)
    ):
        way = "up" if pct > 0 else "down"
    if way is None and event is not None:
        way = {"positive": "up", "negative": "down"}.get(event.polarity)  # type: ignore[assignment]
    own = {c.event.id: c for f in moved for c in f.causes if c.relation != "opposes"}
    return made(
        BackdropFacts,
        moved[0].place or "US" if moved else "US",
        way,
        rounded(pct, 4) if pct is not None else None,
        abs(pct) if pct is not None else None,  # size
        tuple([f.id for f in moved]),
        any([f.rebound for f in moved]),
        tuple(own.values()),  # causes
        event,
        way in ("up", "down") and way == region.tone,  # same
        event.reach if event else 0,  # linked
        tuple([f.market.pointer for f in moved]) or ((event.event.pointer,) if event else ()),  # sources
    )
