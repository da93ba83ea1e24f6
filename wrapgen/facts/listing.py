"""The derived facts as a flat list, each with its unit, the operation that made it and its sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wrapgen.facts.lookback import SPANS, span_of
from wrapgen.facts.types import BackdropFacts, EventFacts, FactBook, MarketFacts, StockFacts

Row = tuple[str, Any, str, str, tuple[str, ...]]


def list_facts(book: FactBook) -> list[Row]:
    """(name, value, unit, operation, sources) of every derived fact that the data could fill."""
    rows = [
        *_region(book),
        *(row for m in book.markets.values() for row in _market(m)),
        *(row for m in book.markets.values() for row in _spans(book, m)),
        *(row for s in book.stocks.values() for row in _stock(s)),
        *(row for e in book.events.values() for row in _event(e)),
        *_backdrop(book.backdrop),
    ]
    return [row for row in rows if row[1] is not None]


def _region(book: FactBook) -> Iterator[Row]:
    region, source = book.region, book.region.sources
    yield "region.tone", region.tone, "", "breadth and balance of the places' moves", source
    yield "region.places", region.places, "places", "count of places with a move", source
    yield "region.ups", region.ups, "places", "count of places at or above 0.05%", source
    yield "region.downs", region.downs, "places", "count of places at or below -0.05%", source
    yield "region.mean", region.mean, "%", "mean of the places' moves", source
    yield "region.median", region.median, "%", "median of the places' moves", source
    yield "region.spread", region.spread, "percentage points", "best place less worst place", source
    yield "region.balance", round(region.balance, 2), "", "sum of moves over sum of their sizes", source
    yield "region.leader", region.leader, "", "the place with the highest figure", source
    yield "region.laggard", region.laggard, "", "the place with the lowest figure", source


def _market(facts: MarketFacts) -> Iterator[Row]:
    name, source = f"markets.{facts.id}", facts.sources
    figures = tuple(f"{facts.market.pointer}/{k}" for k in ("change", "level") if getattr(facts.market, k) is not None)
    if facts.market.change_pct is None:
        yield f"{name}.pct", facts.pct, "%", "change over (level less change)", figures or source
    yield f"{name}.direction", facts.direction, "", "sign of the move; flat below 0.05%", source
    yield (
        f"{name}.from_median",
        facts.from_median,
        "percentage points",
        "move less the places' median",
        source,
    )
    if facts.leads or facts.trails:
        which = "leads" if facts.leads else "trails"
        yield f"{name}.{which}", facts.margin, "percentage points", "distance from the next place", source
    if facts.alone:
        yield f"{name}.alone", True, "", "no other place moved its way", source
    if facts.sister_disagrees:
        yield f"{name}.sister_disagrees", facts.sister, "", "half a point apart, or the other way", source
    yield (
        f"{name}.prior_pct",
        facts.prior_pct,
        "%",
        "the last close over the one before",
        (f"/history/{facts.id}",),
    )
    yield (
        f"{name}.off_high_pct",
        facts.off_high_pct,
        "%",
        "level against the highest close sent",
        (f"/history/{facts.id}",),
    )
    if facts.streak is not None:
        told = "ended" if facts.streak.ended else "extends"
        value = f"{facts.streak.sessions} {facts.streak.direction}, {told}"
        yield (
            f"{name}.streak",
            value,
            "sessions",
            "derived from closes" if facts.streak.derived else "as sent",
            facts.streak.sources,
        )
    for milestone in facts.milestones:
        since = milestone.since_date.isoformat() if milestone.since_date else milestone.since or milestone.over
        how = "derived from closes" if milestone.derived else "as sent"
        yield f"{name}.milestone.{milestone.type}", since or True, "", how, milestone.sources
        yield f"{name}.milestone.{milestone.type}.near", milestone.near_when, "", how, milestone.sources


def _spans(book: FactBook, facts: MarketFacts) -> Iterator[Row]:
    """What the closes sent tell of the session before, the month and the year."""
    for span in SPANS:
        found = span_of(book, facts, span)
        if found is not None:
            how = "the last close over the one before" if span == "before" else "level over the last close before it"
            yield f"markets.{facts.id}.span.{span}", found.pct, "%", how, found.sources


def _stock(facts: StockFacts) -> Iterator[Row]:
    name, source = f"stocks.{facts.id}", (facts.stock.pointer,)
    if facts.effect is not None:
        how = "from weight, contribution or size against its index" if facts.effect_derived else "as sent"
        yield f"{name}.effect", facts.effect, "", how, source
    yield (
        f"{name}.points",
        facts.points,
        "index points",
        "contribution, or weight times move on the level",
        source,
    )
    if facts.against:
        yield f"{name}.against", True, "", "it moved against its index", source


def _event(facts: EventFacts) -> Iterator[Row]:
    source = (facts.event.pointer,)
    yield f"events.{facts.id}.reach", facts.reach, "places", "places whose markets it is linked to", source
    yield f"events.{facts.id}.share", round(facts.share, 2), "", "reach over the region's places", source
    yield (
        f"events.{facts.id}.agrees",
        round(facts.agrees, 2),
        "",
        "linked moves that its polarity explains",
        source,
    )


def _backdrop(facts: BackdropFacts | None) -> Iterator[Row]:
    if facts is None:
        return
    yield "backdrop.direction", facts.direction, "", "the backdrop markets' common direction", facts.sources
    yield "backdrop.pct", facts.pct, "%", "mean of the backdrop markets' moves", facts.sources
    yield "backdrop.same", facts.same, "", "it went the way that the region goes", facts.sources
