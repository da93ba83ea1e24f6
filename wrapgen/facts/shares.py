"""Stocks and sectors: what lifted an index, what dragged it, what went against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wrapgen.facts.events import causes
from wrapgen.facts.moves import share_direction
from wrapgen.facts.types import Direction, EventFacts, SectorFacts, StockFacts
from wrapgen.intake.snapshot import Market, Sector, Snapshot, Stock
from wrapgen.values import made, rounded

# A stock that moved this many times its index, the other way, is a drag or a lift even where the
# sender states no effect; the index hardly moved while it did.
_AGAINST_RATIO = 4.0
_AGAINST_MIN_PCT = 3.0


def stock_facts(
    snapshot: Snapshot,
    markets: Mapping[str, Market],
    pcts: Mapping[str, float | None],
    directions: Mapping[str, Direction | None],
    events: Mapping[str, EventFacts],
    main: Mapping[str, str],
) -> dict[str, StockFacts]:
    """Facts of every stock; ``main`` maps the region's own open markets to their place."""
    of_market: dict[str | None, list[Stock]] = {}
    for stock in snapshot.stocks:
        of_market.setdefault(stock.market, []).append(stock)
    effects = {stock.id: _effect(stock, pcts, directions) for stock in snapshot.stocks}
    of_sectors = {event for sector in snapshot.sectors for event in sector.because}
    found: dict[str, StockFacts] = {}
    for stock in snapshot.stocks:
        index, pct, way = stock.market or "", stock.change_pct, share_direction(stock)
        effect, derived = effects[stock.id]
        home, index_pct, index_way = markets.get(index), pcts.get(index), directions.get(index)
        peers = [other for other in of_market[stock.market] if other is not stock]
        own = causes(stock.because, way, events)
        drives = home is not None and any([event in home.because for event in stock.because])
        reach = 1 + drives + any([event in of_sectors for event in stock.because])
        relations = [cause.relation for cause in own]
        found[stock.id] = made(
            StockFacts,
            stock.id,
            stock,
            pct,
            abs(pct) if pct is not None else None,  # size
            way,  # direction
            pct is not None,  # has_figure
            stock.market,
            effect,  # type: ignore[arg-type]
            derived,
            _points(stock, home, index_pct),
            index_way,
            abs(index_pct) if index_pct is not None else None,  # index_size
            way in ("up", "down") and index_way in ("up", "down") and way != index_way,  # against
            index in main,  # market_main
            own,  # causes
            len(relations) > relations.count("opposes"),  # has_cause
            "supports" in relations,  # explained
            reach,
            drives,
            any([_first_stock(c.event) == stock.id for c in own]),  # first_named
            1 + _larger(peers, pct),  # rank
            not effect or all([effects[other.id][0] != effect for other in peers]),  # alone
            stock.session == "previous",
        )
    return found


def _larger(peers: Sequence[Stock], pct: float | None) -> int:
    if pct is None:
        return 0
    return sum([abs(peer.change_pct) > abs(pct) for peer in peers if peer.change_pct is not None])


def _first_stock(event: EventFacts) -> str | None:
    for ident in event.event.affects:
        if ":" in ident:
            return ident
    return None


def _effect(
    stock: Stock, pcts: Mapping[str, float | None], directions: Mapping[str, Direction | None]
) -> tuple[str | None, bool]:
    if stock.effect:
        return stock.effect, False
    if stock.contribution_points:
        return ("lift" if stock.contribution_points > 0 else "drag"), True
    if stock.change_pct is None or stock.session == "previous":
        return None, False
    index = pcts.get(stock.market or "")
    if stock.weight_pct is not None:
        share = stock.weight_pct * stock.change_pct / 100
        if abs(share) >= max(0.05, 0.25 * abs(index or 0.0)):
            return ("lift" if share > 0 else "drag"), True
        return None, False
    if index is None or directions.get(stock.market or "") is None:
        return None, False
    opposite = stock.change_pct * index <= 0 and abs(index) <= 0.3
    if opposite and abs(stock.change_pct) >= max(_AGAINST_MIN_PCT, _AGAINST_RATIO * abs(index)) and index != 0:
        return ("lift" if stock.change_pct > 0 else "drag"), True
    return None, False


def _points(stock: Stock, market: Market | None, index_pct: float | None) -> float | None:
    """Index points that the stock added: as sent, else weight times move on the index's level."""
    if stock.contribution_points is not None:
        return stock.contribution_points
    if market is None or market.level is None or stock.weight_pct is None or stock.change_pct is None:
        return None
    before = market.level / (1 + (index_pct or 0.0) / 100)
    return rounded(before * stock.weight_pct / 100 * stock.change_pct / 100, 2)


def sector_facts(
    sectors: Sequence[Sector],
    stocks: Mapping[str, StockFacts],
    directions: Mapping[str, Direction | None],
    events: Mapping[str, EventFacts],
    main: Mapping[str, str],
) -> tuple[SectorFacts, ...]:
    found: list[SectorFacts] = []
    ways = [share_direction(sector) for sector in sectors]
    for sector, way in zip(sectors, ways, strict=True):
        market, own = sector.market, causes(sector.because, way, events)
        shares = [s for s in stocks.values() if s.market == market and s.stock.sector == sector.name]
        beside = [ways[n] for n, other in enumerate(sectors) if other.market == market]
        found.append(
            made(
                SectorFacts,
                sector.name,
                market,
                sector,
                way,  # direction
                sector.change_pct,
                sector.effect,
                own,  # causes
                any([cause.relation != "opposes" for cause in own]),  # has_cause
                len([share for share in shares if share.direction == way]),  # stocks
                market is None or market in main,  # market_main
                market is None or directions.get(market) == way,  # agrees
                beside.count(way),  # companions
                sector.effect is not None,  # tells
                _went_furthest(sector, sectors),  # leads
            )
        )
    return tuple(found)


def _went_furthest(sector: Sector, sectors: Sequence[Sector]) -> bool:
    pct = sector.change_pct
    if not pct:
        return False
    way = 1 if pct > 0 else -1
    return all(
        [way * s.change_pct <= way * pct for s in sectors if s.market == sector.market and s.change_pct is not None]
    )
