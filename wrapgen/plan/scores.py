"""What markets did, in sentences of one to three: which stand together, and what rides on each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Final

from wrapgen.facts.events import relation
from wrapgen.facts.types import EventFacts, FactBook, MarketFacts, SectorFacts
from wrapgen.plan.causes import cause_messages, further_causes
from wrapgen.plan.types import Message, retold, tell

# Sentences between two runs of sessions that are told; a run that a sender states is always offered.
_RUNS_APART = 3
_TENTH: Final = Decimal("0.1")


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

    def flush() -> None:
        if waiting:
            messages.extend(_joined(waiting, kind))
            waiting.clear()

    still = _still_together(markets)
    bare = _bare_neighbours(markets)
    told: set[str] = set()
    last_run = -_RUNS_APART
    for number, market in enumerate(markets):
        if market.id in told:
            continue
        if market.id in still:
            flush()
            group = still[market.id]
            told.update(m.id for m in group)
            messages.append(tell("market.flats", items=group, satellites=cause_messages(group[0])))
            continue
        satellites = market_satellites(market, told_events)
        if number == 0 and lead_satellites:
            satellites = (*lead_satellites, *satellites)
        if _only_a_run(satellites) and len(messages) - last_run < _RUNS_APART:
            satellites = ()  # one run after another is no news: the score is joined with its neighbour's
        if market.streak is not None and any([s.kind == "sat.streak" for s in satellites]):
            last_run = len(messages)
        if satellites or market.direction == "flat" and market.id not in bare or _level_only(market):
            flush()
            if messages and not satellites and _can_carry(messages[-1], kind, market):
                messages[-1] = retold(messages[-1], satellites=(tell("sat.flat", market=market),))
                continue
            messages.append(tell(kind, market=market, satellites=satellites))
            messages.extend(m for m in further_causes(market) if m.event is not None and not _shared(m.event))
        else:
            waiting.append(market)
    flush()
    return messages


def _can_carry(score: Message, kind: str, still: MarketFacts) -> bool:
    """Whether the bare score of an index that moved has room for another that stood still."""
    first = score.market
    return (
        score.kind == kind
        and first is not None
        and not score.satellites
        and first.direction in ("up", "down")
        and (first.kind, still.kind) == ("index", "index")
        and (first.has_figure, still.has_figure) == (True, True)
        and (first.market.level is None) == (still.market.level is None)
    )


def _level_only(market: MarketFacts) -> bool:
    """A level and a direction make a sentence, which keeps its place; a bare direction is told with others."""
    return not market.has_figure and market.market.level is not None and market.kind == "index"


def _bare_neighbours(markets: Sequence[MarketFacts]) -> set[str]:
    """Neighbours that stood still and of which no more is known: they are told together, in their place."""
    if len([m for m in markets if _bare(m)]) < 2:
        return set()
    return {m.id for both in pairwise(markets) if all(map(_bare, both)) for m in both}


def _bare(market: MarketFacts) -> bool:
    """Whether all that is known of an index is that it stood still, so that it is told with others that did."""
    return not market.has_figure and market.market.level is None and market.lean is None and market.kind == "index"


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


def _joined(markets: Sequence[MarketFacts], kind: str) -> list[Message]:
    """Markets without more to tell, two or three a sentence."""
    alone = [m for m in markets if not m.has_figure and (m.points is not None or m.kind in ("yield", "fx"))]
    unsized = [m for m in markets if not m.has_figure and m not in alone]
    sized = [m for m in markets if m.has_figure]
    detail = "behind" if kind == "backdrop.score" else ""  # the session before is told without levels
    out: list[Message] = []
    while sized:
        first = sized[0]
        alike = [m for m in sized[1:] if first.kind != "fx" and _prints_alike(first, m)]  # each has its other side
        crosses = [m for m in sized[1:] if _of_one_currency(first, m)]
        if crosses:
            group = [first, crosses[0]]
            out.append(tell("context.crosses", items=tuple(group), direction=first.direction))
        elif alike:
            group = [first, *alike[:2]]
            out.append(tell("market.equal", items=tuple(group)))
        elif (
            len(sized) == 1
            or first.kind in ("volatility", "fx", "yield")
            or all(m.kind != first.kind for m in sized[1:])
        ):
            group = [first]
            out.append(tell(kind, market=first))
        elif len(sized) == 3 and len({(m.direction, m.kind) for m in sized}) == 1:
            group = sized[:3]
            out.append(tell("market.triple", items=tuple(group)))
        else:
            like = [m for m in sized[1:] if m.kind == first.kind]
            second = like[0]  # the next in the house's order: a pair may contrast
            group = [first, second]
            contrast = first.direction != second.direction
            out.append(tell("market.pair", items=tuple(group), contrast=contrast, detail=detail))
        sized = [m for m in sized if m not in group]
    out.extend(tell(kind, market=m) for m in alone)
    for way in ("up", "down", "flat", "mixed"):
        listed = [m for m in unsized if m.direction == way]
        if len(listed) == 1:
            out.append(tell(kind, market=listed[0]))
        elif listed:
            out.append(tell("market.unsized", items=tuple(listed[:6]), direction=way))  # type: ignore[arg-type]
    return out


def _prints_alike(a: MarketFacts, b: MarketFacts) -> bool:
    """Whether both moves print the same in every style: the smallest are printed finer than others."""
    return (
        a.kind == b.kind
        and a.pct is not None
        and b.pct is not None
        and a.direction == b.direction
        and a.direction != "flat"
        and (a.pct == b.pct or (_is_coarse(a.pct) and _is_coarse(b.pct) and _tenths(a.pct) == _tenths(b.pct)))
        and a.market.approx == b.market.approx
    )


def _of_one_currency(a: MarketFacts, b: MarketFacts) -> bool:
    """Whether two pairs are of one currency that went the same way against both others."""
    return a.kind == b.kind == "fx" and a.market.name == b.market.name and a.direction == b.direction != "flat"


def _tenths(pct: float) -> Decimal:
    """To one decimal, half up, as figures are printed: 0.35% and 0.30% print apart."""
    return Decimal(repr(abs(pct))).quantize(_TENTH, ROUND_HALF_UP)


def _is_coarse(pct: float) -> bool:
    """Whether one decimal is enough: not for the smallest, nor for 0.15%, which lies between two."""
    size = abs(pct)
    return size >= 0.3 or (size >= 0.1 and round(size * 100) % 10 != 5)
