"""Which reason goes with which move."""

from __future__ import annotations

from collections.abc import Sequence

from wrapgen.facts.events import RANK, relation
from wrapgen.facts.types import (
    Cause,
    Direction,
    EventFacts,
    FactBook,
    MarketFacts,
    Relation,
    SectorFacts,
    StockFacts,
)
from wrapgen.plan.types import Message, retold, tell
from wrapgen.values import made

Target = MarketFacts | StockFacts | SectorFacts


def cause_message(
    cause: Cause, target: Target | None, direction: Direction | None = None, kind: str = "cause"
) -> Message:
    return tell(
        kind,
        event=cause.event,
        target=target,
        relation=cause.relation,
        direction=direction or (target.direction if target is not None else None),
        market=target if isinstance(target, MarketFacts) else None,
        stock=target if isinstance(target, StockFacts) else None,
    )


def best_cause(target: Target) -> Cause | None:
    """The reason to tell first: one that explains the move and is the target's own, else one that claims nothing."""
    if not target.causes:
        return None
    found = [c for c in target.causes if c.event.topic != "holiday"]
    best = min(found, key=_preference, default=None)
    return best if best is not None and best.relation != "opposes" else None


def _preference(cause: Cause) -> tuple[int, int, int]:
    calendar = cause.event.type == "holiday"
    return (RANK[cause.relation] + 2 * calendar, 0 if cause.event.happened else 1, -cause.event.importance)


def region_driver(book: FactBook) -> Cause | None:
    """The event that most of the region's markets are linked to, if it explains the region's tone or is awaited."""
    tone = book.region.tone
    best: tuple[float, Cause] | None = None
    for event in book.events.values():
        if event.share < 0.4 or event.topic == "holiday":
            continue
        cause = made(Cause, event, _relation(event, tone))
        if cause.relation == "opposes":
            continue
        weight = event.share * (1.0 if cause.relation == "supports" else 0.6) + 0.02 * event.importance
        if event.topic == "wall_street":
            weight -= 0.15  # told in the backdrop anyway
        if best is None or weight > best[0]:
            best = weight, cause
    return best[1] if best is not None else None


def _relation(event: EventFacts, tone: Direction) -> Relation:
    return relation(event.polarity, tone)


def cause_messages(target: Target, limit: int = 1) -> tuple[Message, ...]:
    """The target's reasons as satellites, the best first; those that oppose the move are left to sentences."""
    if not target.causes:
        return ()
    found = [
        c
        for c in target.causes
        if c.relation != "opposes" and c.event.topic != "holiday" and not _of_the_other_side(c, target)
    ]
    if len(found) > 1:
        found.sort(key=_preference)
    return tuple([cause_message(c, target) for c in found[:limit]])


def opposing_cause(target: StockFacts) -> tuple[Message, ...]:
    """The stock's own news that it moved in spite of, where nothing else explains the move.

    What the sender links to it beyond that may well be the reason: a delayed rate rise is good for most, not for banks.
    """
    if best_cause(target) is not None:
        return ()
    found = [c for c in target.causes if c.relation == "opposes" and c.event.happened and c.event.whose == target.id]
    return tuple([cause_message(c, target, kind="cause.against") for c in found[:1]])


def _of_the_other_side(cause: Cause, target: Target) -> bool:
    """For a currency: whether the phrase speaks of the other currency, whose fall is this one's rise."""
    if not isinstance(target, MarketFacts) or target.kind != "fx" or not target.against:
        return False
    event = cause.event.event
    return target.against.lower() in f"{event.clause} {event.noun_phrase}".lower()


def further_causes(target: Target) -> tuple[Message, ...]:
    """The target's reasons as sentences of their own; what has been told by then is not said again.

    What a market waits for is told with all else that is ahead, and not between its move and its stocks.
    """
    if not target.causes:
        return ()
    told = [
        c
        for c in target.causes
        if not _would_oppose(c) and not (isinstance(target, MarketFacts) and (_is_ahead(c) or _is_of_a_stock(c)))
    ]
    return _more(sorted(told, key=_preference), target)


def _would_oppose(cause: Cause) -> bool:
    """Whether it runs against the move and is still to come: nothing went up in spite of what has not happened."""
    return cause.relation == "opposes" and cause.event.awaited


def _is_ahead(cause: Cause) -> bool:
    return cause.event.awaited and cause.event.has_clause and cause.relation != "opposes"


def opposing(target: MarketFacts) -> tuple[Message, ...]:
    """The first two reasons that run against the move, told without a causal word."""
    against = [c for c in target.causes if c.relation == "opposes" and not _would_oppose(c) and not _is_of_a_stock(c)]
    return _more(against[:2], target)


def _is_of_a_stock(cause: Cause) -> bool:
    """Whether what runs against an index's move is news of one of its stocks, which is told with that stock."""
    return cause.relation == "opposes" and cause.event.company is not None


def _more(causes: Sequence[Cause], target: Target) -> tuple[Message, ...]:
    """Sentences; one that runs against the move as the one before it does is marked ``again``."""
    told = [cause_message(c, target, kind="cause.more") for c in causes]
    return tuple(
        [
            retold(m, detail="again") if n and m.relation == told[n - 1].relation == "opposes" else m
            for n, m in enumerate(told)
        ]
    )
