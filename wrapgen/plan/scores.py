"""What markets did, in sentences of one to three: which stand together, and what rides on each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from wrapgen.facts.events import relation
from wrapgen.facts.types import EventFacts, FactBook, MarketFacts, SectorFacts
from wrapgen.plan.causes import cause_messages, further_causes
from wrapgen.plan.joining import joined, set_against, takes_along, with_still
from wrapgen.plan.types import Message, retold, tell

# Sentences between two runs of sessions that are told; a run that a sender states is always offered.
_RUNS_APART = 3
_CLEAR_MOVE = 0.5  # percent; from here on an index that went against all others is set against them


def score_sentences(
    book: FactBook,
    markets: Sequence[MarketFacts],
    kind: str = "market.score",
    lead_satellites: tuple[Message, ...] = (),
    told_events: frozenset[str] = frozenset(),
) -> list[Message]:
    """Scores in sentences of one to three markets.

    A market with a reason, a milestone or sectors has a sentence of its own; the others are joined
    two by two, those that print alike first, so that no rank is claimed between them.
    """
    messages: list[Message] = []
    waiting: list[MarketFacts] = []

    still = _still_together(markets)
    bare = _bare_together([m for m in markets if m.id not in still])
    alike = _same_milestones(markets, lead_satellites) if kind == "backdrop.score" else {}
    told: set[str] = set()
    told_events |= {s.event.id for s in lead_satellites if s.event is not None}
    last_run = -_RUNS_APART
    for number, market in enumerate(markets):
        if market.id in told:
            continue
        if market.id in still:
            _join(waiting, kind, messages)
            group = still[market.id]
            told.update(m.id for m in group)
            messages.append(tell("market.flats", items=group, satellites=cause_messages(group[0])))
            continue
        if market in bare:
            told.update(m.id for m in bare)
            waiting.extend(bare)
            continue
        if market.id in alike:
            _join(waiting, kind, messages)
            group = alike[market.id]
            told.update(m.id for m in group)
            messages.extend(_with_milestone(joined(group, kind), group))
            continue
        satellites = market_satellites(market, told_events)
        # A reason that several share is told with the first of them.
        told_events |= {s.event.id for s in satellites if s.kind == "cause" and s.event is not None}
        if number == 0 and lead_satellites:
            satellites = (*lead_satellites, *satellites)
        if _only_a_run(satellites) and len(messages) - last_run < _RUNS_APART:
            satellites = ()  # one run after another is no news: the score is joined with its neighbour's
        if market.streak is not None and any([s.kind == "sat.streak" for s in satellites]):
            last_run = len(messages)
        bucks = _bucks(book, market)
        if satellites or bucks or market.direction == "flat" or _level_only(market):
            _join(waiting, kind, messages)
            if messages and not satellites and takes_along(messages[-1], kind, market):
                messages[-1] = with_still(messages[-1], market)
                continue
            messages.append(tell(kind, market=market, satellites=satellites, detail="bucks" if bucks else ""))
            messages.extend(m for m in further_causes(market) if m.event is not None and not _shared(m.event))
        else:
            waiting.append(market)
    _join(waiting, kind, messages)
    return set_against(messages)


def _join(waiting: list[MarketFacts], kind: str, messages: list[Message]) -> None:
    """Tells those that wait for a neighbour, so that none waits any more."""
    if waiting:
        messages.extend(joined(waiting, kind))
        waiting.clear()


def _bucks(book: FactBook, market: MarketFacts) -> bool:
    """Whether an index went clearly against all others of a region that went one way, its gauges among them."""
    region = book.region
    against = {market.direction, region.tone} == {"up", "down"}
    against = against and not any([m.tier == "gauge" and m.direction != region.tone for m in book.main])
    return against and market.alone and market.main and region.places > 2 and (market.size or 0.0) >= _CLEAR_MOVE


def _level_only(market: MarketFacts) -> bool:
    """A level and a direction make a sentence, which keeps its place; a bare direction is told with others."""
    return not market.has_figure and market.market.level is not None and market.kind == "index"


def _bare_together(markets: Sequence[MarketFacts]) -> tuple[MarketFacts, ...]:
    """Indices of which no more is known than that they stood still: two or more are told where the first stands."""
    bare = tuple([m for m in markets if _bare(m)])
    return bare if len(bare) > 1 else ()


def _bare(market: MarketFacts) -> bool:
    """Whether all that is known of an index is that it stood still, so that it is told with others that did."""
    still = market.direction == "flat" and market.lean is None and market.kind == "index"
    return still and not market.has_figure and market.market.level is None and not market_satellites(market)


def _same_milestones(
    markets: Sequence[MarketFacts], lead_satellites: tuple[Message, ...]
) -> dict[str, tuple[MarketFacts, ...]]:
    """Two or three neighbours on which one and the same milestone rides, and nothing else: it is told once."""
    found: dict[str, tuple[MarketFacts, ...]] = {}
    for key, run in groupby(markets, key=_only_milestone):
        group = tuple(run)
        if key is not None and 2 <= len(group) <= 3 and not (lead_satellites and group[0] is markets[0]):
            found.update({m.id: group for m in group})
    return found


def _with_milestone(shared: Sequence[Message], group: tuple[MarketFacts, ...]) -> list[Message]:
    """What tells a group's scores, with the milestone of each; behind "each lost 0.9%" it needs no other "each"."""
    detail = "alike" if shared[0].kind == "market.equal" else ""
    each = tell("sat.milestone", market=group[0], milestone=group[0].milestones[0], items=group, detail=detail)
    return [retold(m, satellites=(each,)) for m in shared]


def _only_milestone(market: MarketFacts) -> tuple[object, ...] | None:
    """What tells a market's milestone from others; None where it has none, or more to tell."""
    best = market.milestones[0] if market.milestones else None
    if best is None or best.direction != market.direction or best.has_near or best.short_of or best.value is not None:
        return None
    if not market.has_figure or best.basis == "intraday" or len(market_satellites(market)) > 1:
        return None
    return (best.type, best.since, best.over, best.since_date, best.basis, market.kind)


def _only_a_run(satellites: Sequence[Message]) -> bool:
    """Whether all that rides on a score is a run of sessions that was counted from closes."""
    return len(satellites) == 1 and satellites[0].streak is not None and satellites[0].streak.derived


def _still_together(markets: Sequence[MarketFacts]) -> dict[str, tuple[MarketFacts, ...]]:
    """Two or more indices of one place that stood still the same way: one sentence."""
    groups: dict[tuple[str | None, str | None], list[MarketFacts]] = {}
    for market in markets:
        if market.direction == "flat" and market.place and not market.milestones:
            groups.setdefault((market.place, market.lean), []).append(market)
    return {m.id: tuple(group) for group in groups.values() if len(group) > 1 for m in group}


def _shared(event: EventFacts) -> bool:
    """An event that most of the region is linked to is told of the region, not of one score."""
    return event.share >= 0.5 and event.reach >= 2


def shared_causes(book: FactBook, told_events: frozenset[str]) -> list[Message]:
    """What the lede had no room for of the reasons that most places share, and what ran against them."""
    tone = book.region.tone
    return [
        tell("cause.more", event=e, relation=relation(e.polarity, tone), direction=tone)
        for e in book.events.values()
        if _shared(e)
        and e.id not in told_events
        and e.type != "holiday"
        and not e.awaited
        and relation(e.polarity, tone) != "neutral"
    ]


def market_satellites(market: MarketFacts, told_events: frozenset[str] = frozenset()) -> tuple[Message, ...]:
    """What rides on a market's score: its first reason that is not told yet, its milestone, run, path, sectors."""
    found: list[Message] = []
    for milestone in market.milestones[:1]:
        found.append(tell("sat.milestone", market=market, milestone=milestone))
    for reason in cause_messages(market, 3):
        if reason.event is None or not _shared(reason.event) and reason.event.id not in told_events:
            found.append(reason)
            break
    if market.streak is not None and market.kind not in ("yield", "volatility"):
        found.append(tell("sat.streak", market=market, streak=market.streak))
    if market.path:
        found.append(tell("sat.path", market=market))
    found.extend(sector_satellites(market))
    return tuple(found)


def sector_satellites(market: MarketFacts) -> list[Message]:
    """Sectors that moved with the market, set against those that did not."""
    if not market.sectors:
        return []
    same = tuple(s for s in market.sectors if s.direction == market.direction)
    other = tuple(s for s in market.sectors if s.direction in ("up", "down") and s.direction != market.direction)
    moved = market.direction in ("up", "down")
    if same:
        return [_sectors("sat.sectors.against" if other and moved else "sat.sectors", market, same)]
    if other and moved:
        return [_sectors("sat.sectors.despite", market, other)]
    return []


def _sectors(kind: str, market: MarketFacts, sectors: tuple[SectorFacts, ...]) -> Message:
    return tell(kind, market=market, items=sectors[:3], direction=sectors[0].direction, target=market)
