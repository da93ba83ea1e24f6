"""Stocks and sectors: what lifted an index, what dragged it, what went against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from wrapgen.facts.events import causes
from wrapgen.facts.moves import share_direction
from wrapgen.facts.types import Direction, EventFacts, SectorFacts, StockFacts, make_sector, make_stock
from wrapgen.intake.snapshot import Market, Sector, Snapshot, Stock

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
    sectors = [set(s.because) for s in snapshot.sectors]
    made: dict[str, StockFacts] = {}
    for stock in snapshot.stocks:
        way = share_direction(stock)
        effect, derived = effects[stock.id]
        index_pct = pcts.get(stock.market or "")
        index_way = directions.get(stock.market or "")
        peers = [other for other in of_market[stock.market] if other is not stock]
        own = causes(stock.because, way, events)
        home = markets.get(stock.market or "")
        drives = home is not None and any([event in home.because for event in stock.because])
        reach = 1 + drives + any([not because.isdisjoint(stock.because) for because in sectors])
        relations = [cause.relation for cause in own]
        made[stock.id] = make_stock(
            stock=stock,
            id=stock.id,
            pct=stock.change_pct,
            size=abs(stock.change_pct) if stock.change_pct is not None else None,
            direction=way,
            has_figure=stock.change_pct is not None,
            market=stock.market,
            effect=effect,  # type: ignore[arg-type]
            effect_derived=derived,
            points=_points(stock, markets, pcts),
            index_direction=index_way,
            index_size=abs(index_pct) if index_pct is not None else None,
            against=way in ("up", "down") and index_way in ("up", "down") and way != index_way,
            market_main=(stock.market or "") in main,
            causes=own,
            has_cause=len(relations) > relations.count("opposes"),
            explained="supports" in relations,
            reach=reach,
            drives=drives,
            first_named=any([_first_stock(c.event) == stock.id for c in own]),
            rank=1 + _larger(peers, stock.change_pct),
            alone=not effect or all([effects[other.id][0] != effect for other in peers]),
            previous=stock.session == "previous",
        )
    return made


def _larger(peers: Sequence[Stock], pct: float | None) -> int:
    if pct is None:
        return 0
    return sum([abs(peer.change_pct) > abs(pct) for peer in peers if peer.change_pct is not None])


def _first_stock(event: EventFacts) -> str | None:
    return next((i for i in event.event.affects if ":" in i), None)


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


def _points(stock: Stock, markets: Mapping[str, Market], pcts: Mapping[str, float | None]) -> float | None:
    """Index points that the stock added: as sent, else weight times move on the index's level."""
    if stock.contribution_points is not None:
        return stock.contribution_points
    market = markets.get(stock.market or "")
    if market is None or market.level is None or stock.weight_pct is None or stock.change_pct is None:
        return None
    before = market.level / (1 + (pcts.get(market.id) or 0.0) / 100)
    return round(before * stock.weight_pct / 100 * stock.change_pct / 100, 2)


def sector_facts(
    sectors: Sequence[Sector],
    stocks: Mapping[str, StockFacts],
    directions: Mapping[str, Direction | None],
    events: Mapping[str, EventFacts],
    main: Mapping[str, str],
) -> tuple[SectorFacts, ...]:
    made = []
    ways = [share_direction(sector) for sector in sectors]
    alike = Counter([(sector.market, way) for sector, way in zip(sectors, ways, strict=True)])
    moved = Counter([(s.market, s.stock.sector, s.direction) for s in stocks.values()])
    for sector, way in zip(sectors, ways, strict=True):
        own = causes(sector.because, way, events)
        made.append(
            make_sector(
                sector=sector,
                name=sector.name,
                market=sector.market,
                direction=way,
                pct=sector.change_pct,
                effect=sector.effect,
                causes=own,
                has_cause=any([cause.relation != "opposes" for cause in own]),
                stocks=moved[sector.market, sector.name, way],
                market_main=sector.market is None or sector.market in main,
                agrees=sector.market is None or directions.get(sector.market) == way,
                companions=alike[sector.market, way],
                tells=sector.effect is not None,
                leads=_went_furthest(sector, sectors),
            )
        )
    return tuple(made)


def _went_furthest(sector: Sector, sectors: Sequence[Sector]) -> bool:
    pct = sector.change_pct
    if not pct:
        return False
    way = 1 if pct > 0 else -1
    return all(
        way * s.change_pct <= way * pct for s in sectors if s.market == sector.market and s.change_pct is not None
    )
