"""What shares a sentence: scores that are alike or opposite; and what shares a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Final

from wrapgen.facts.types import MarketFacts
from wrapgen.plan.types import Message, Paragraph, paragraph, retold, tell

_TENTH: Final = Decimal("0.1")
_MOST_NAMES = 6  # in a sentence of two lists
_OPPOSITES: Final = frozenset(("up", "down"))
_SCORES: Final = frozenset(("market.score", "context.score"))
_NEVER: Final = frozenset(("fx", "future"))  # against a currency, ahead of an event
_OWN_WORDS: Final = frozenset(("fx", "yield", "future"))  # against a currency, to a level, ahead of an event


def joined(markets: Sequence[MarketFacts], kind: str) -> list[Message]:
    """Markets without more to tell, two or three a sentence."""
    alone = [m for m in markets if not m.has_figure and (m.points is not None or m.kind in ("yield", "fx"))]
    unsized = [m for m in markets if not m.has_figure and m not in alone]
    sized = [m for m in markets if m.has_figure]
    detail = "behind" if kind == "backdrop.score" else ""  # the session before is told without levels
    out: list[Message] = []
    while sized:
        first = sized[0]
        alike = [m for m in sized[1:] if first.kind != "fx" and _prints_alike(first, m)]  # each has its other side
        alike = [m for m in alike if m.place == first.place or not _follows_its_head(m, sized)]
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
        elif len(sized) == 3 and len({(m.direction, m.kind, detail or m.level is None) for m in sized}) == 1:
            group = sized[:3]
            out.append(tell("market.triple", items=tuple(group)))
        else:
            second = _beside(first, [m for m in sized[1:] if m.kind == first.kind])
            if second is None or not detail and (first.level is None) != (second.level is None):  # the level would go
                group = [first]
                out.append(tell(kind, market=first))
            else:
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


def _beside(first: MarketFacts, others: Sequence[MarketFacts]) -> MarketFacts | None:
    """The index that shares a sentence with the first: another of its place, else the next in the house's order.

    None where that one is read with another of its own place. A pair may contrast.
    """
    own = [m for m in others if m.place is not None and m.place == first.place]
    following = others[0]
    if own or any([m.place is not None and m.place == following.place for m in others[1:]]):
        return own[0] if own else None
    return following


def _prints_alike(a: MarketFacts, b: MarketFacts) -> bool:
    """Whether both moves print the same in every style: the smallest are printed finer than others."""
    return (
        a.kind == b.kind
        and a.pct is not None
        and b.pct is not None
        and a.direction == b.direction
        and a.direction != "flat"
        and printed(a.pct) == printed(b.pct)
        and a.market.approx == b.market.approx
    )


def _follows_its_head(market: MarketFacts, waiting: Sequence[MarketFacts]) -> bool:
    """Whether the main index of its place is still to be told, behind which it is read."""
    return market.tier != "primary" and any([m.place == market.place and m.tier == "primary" for m in waiting])


def _of_one_currency(a: MarketFacts, b: MarketFacts) -> bool:
    """Whether two pairs are of one currency that went the same way against both others."""
    return a.kind == b.kind == "fx" and a.market.name == b.market.name and a.direction == b.direction != "flat"


def printed(pct: float) -> Decimal:
    """The size of a move as it is printed, half up to one decimal: 0.35% and 0.30% print apart; the smallest finer."""
    size = Decimal(repr(abs(pct)))
    return size.quantize(_TENTH, ROUND_HALF_UP) if _is_coarse(pct) else size


def _is_coarse(pct: float) -> bool:
    """Whether one decimal is enough: not for the smallest, nor for 0.15%, which lies between two."""
    size = abs(pct)
    return size >= 0.3 or (size >= 0.1 and round(size * 100) % 10 != 5)


def beside_their_kind(messages: Sequence[Message]) -> list[Message]:
    """The messages; a bare yield behind another, and a pair of a currency behind another of it, ride on that one's."""
    out: list[Message] = []
    for message in messages:
        kind = _rider(out[-1], message) if out else None
        if kind is not None:
            assert message.market is not None and out[-1].market is not None
            other = message.market.direction != out[-1].market.direction
            out[-1] = retold(out[-1], satellites=(tell(kind, market=message.market, contrast=other),))
        else:
            out.append(message)
    return out


def _rider(before: Message, message: Message) -> str | None:
    """As what a market's move rides on the one before it; None where either has more to tell, or they differ."""
    first, second = before.market, message.market
    if first is None or second is None or before.kind != "context.score" or message.kind != "context.score":
        return None
    if before.satellites or message.satellites or first.kind != second.kind:
        return None
    if first.kind == "fx":
        return "sat.cross" if first.market.name == second.market.name and first.direction != second.direction else None
    known = {first.direction, second.direction} <= _OPPOSITES and (first.level is None) == (second.level is None)
    return "sat.yield" if first.kind == "yield" and known else None


def levels_joined(markets: Sequence[MarketFacts]) -> list[Message]:
    """Where markets stand whose move was not sent: neighbours of a kind at the same record in one sentence."""
    out: list[Message] = []
    for record, run in groupby(markets, key=_record):
        group = list(run)
        if record is not None and len(group) == 2:
            out.append(tell("context.level", items=tuple(group), market=group[0], milestone=group[0].milestones[0]))
        else:
            out += [tell("context.level", market=m, milestone=m.milestones[0] if m.milestones else None) for m in group]
    return out


def _record(market: MarketFacts) -> tuple[object, ...] | None:
    """The kind of market and of its record; None where it has none, or stands against a currency."""
    best = market.milestones[0] if market.milestones else None
    if best is None or best.type not in ("record_high", "record_low") or market.kind == "fx" or market.level is None:
        return None
    return (market.kind, best.type, best.basis, best.short_of)


def takes_along(score: Message, kind: str, still: MarketFacts) -> bool:
    """Whether the bare score of an index has room for another, of which as much is known, that stood still."""
    first = score.market
    return (
        score.kind == kind
        and first is not None
        and not score.satellites
        and score.detail != "bucks"
        and first.direction in ("up", "down", "flat")
        and first.lean is None
        and still.direction == "flat"
        and (first.kind, still.kind) == ("index", "index")
        and first.has_figure == still.has_figure
        and (first.market.level is None) == (still.market.level is None)
    )


def with_still(score: Message, still: MarketFacts) -> Message:
    """The score with an index that stood still: beside one that moved, or both in one list where neither did."""
    assert score.market is not None
    if score.market.direction == "flat":
        return tell("market.flats", items=(score.market, still), detail=score.detail)
    return retold(score, satellites=(tell("sat.flat", market=still),))


def gathered(messages: Sequence[Message]) -> list[Message]:
    """The messages; what went one way by no known size in one list, whatever it is, where it stands side by side."""
    out: list[Message] = []
    for message in messages:
        names, before = _bare_directions(message, _NEVER), _bare_directions(out[-1], _NEVER) if out else ()
        alike = names and before and names[0].direction == before[0].direction and not message.detail
        if alike and len(names) + len(before) <= _MOST_NAMES:
            out[-1] = tell("market.unsized", items=(*before, *names), direction=names[0].direction)
        else:
            out.append(message)
    return out


def set_against(messages: Sequence[Message]) -> list[Message]:
    """The messages; what rose and what fell by no known size in one sentence, where they stand side by side."""
    out: list[Message] = []
    for message in messages:
        names, before = _bare_directions(message), _bare_directions(out[-1]) if out else ()
        opposite = names and before and {names[0].direction, before[0].direction} == _OPPOSITES
        if opposite and len(names) + len(before) <= _MOST_NAMES and not message.detail:
            against = tell("sat.unsized", items=names, direction=names[0].direction)
            out[-1] = retold(out[-1], satellites=(against,))
        else:
            out.append(message)
    return out


def _bare_directions(message: Message, own_words: frozenset[str] = _OWN_WORDS) -> tuple[MarketFacts, ...]:
    """The markets of which a message tells the direction alone; none where it tells more, or something else.

    Kinds with ``own_words`` are told in sentences of their own.
    """
    if message.satellites:
        return ()
    if message.kind == "market.unsized":
        return tuple([m for m in message.items if isinstance(m, MarketFacts)])
    market = message.market if message.kind in _SCORES else None
    if market is None or market.has_figure or market.points is not None or market.level is not None:
        return ()
    return (market,) if market.kind not in own_words and market.direction in _OPPOSITES else ()


def halves(section: str, messages: Sequence[Message], most: int) -> list[Paragraph]:
    """One paragraph, or two where it would be long; never split before a sentence that leans on the last."""
    if not messages:
        return []
    if len(messages) <= most:
        return [paragraph(section, messages)]
    half = (len(messages) + 1) // 2
    while half < len(messages) and (
        messages[half].kind in ("cause.more", "cause.sentence")
        or messages[half].kind.startswith("stock.")
        or _place_of(messages[half]) == _place_of(messages[half - 1]) is not None
    ):
        half += 1  # a stock stays beside its index, a reason beside what it moved, one index of a place beside another
    return [paragraph(section, part) for part in (messages[:half], messages[half:]) if part]


def _place_of(message: Message) -> str | None:
    """Whose market a message tells, or the first of those that it tells."""
    first = message.market or next((i for i in message.items if isinstance(i, MarketFacts)), None)
    return first.place if first is not None else None
