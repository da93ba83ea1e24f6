"""Stocks and sectors as messages: those with a reason one a sentence, the others listed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from wrapgen.facts.types import Cause, Direction, FactBook, SectorFacts, StockFacts
from wrapgen.plan.causes import best_cause, cause_message, cause_messages, further_causes, opposing_cause
from wrapgen.plan.types import SHOWING, Message, retold, tell

_MOST_SECTORS: Final = 2  # that take stocks along
_CARRIED_AS: Final = {alone: carried for carried, alone in SHOWING.items()}
_MOST_NAMES = 4  # in a sentence of two lists of stocks, each with its symbol


def stock_messages(stocks: Sequence[StockFacts], most: int, told_events: frozenset[str] = frozenset()) -> list[Message]:
    """Stocks, those with a reason one a sentence, the others listed by direction; then events without a move.

    ``most`` bounds the stocks without a reason that are listed, each way, the largest moves first. A reason of the
    market's that has been told is none of a stock's own.
    """
    told: list[Message] = []
    defiant: list[Message] = []
    known: list[StockFacts] = []  # whose reason the opening has told
    plain: list[StockFacts] = []
    shared: dict[str, list[StockFacts]] = {}
    for stock in stocks:
        cause = best_cause(stock)
        if cause is not None and _spent(stock, cause, told_events):
            cause = None
            if stock.has_figure and stock.direction is not None:
                known.append(stock)
                continue
        if stock.direction is not None and cause is not None:
            shared.setdefault(f"{cause.event.id}:{stock.direction}:{stock.has_figure}", []).append(stock)
        elif stock.has_figure and (defied := opposing_cause(stock)):
            defiant.append(tell("stock.score", stock=stock, satellites=defied))
        elif stock.direction is not None:
            plain.append(stock)
    for group in shared.values():
        if len(group) > 1:
            cause = best_cause(group[0])
            assert cause is not None
            told.append(
                tell(
                    "stock.group",
                    items=tuple(group[:8]),
                    direction=group[0].direction,
                    satellites=(
                        tell(
                            "cause",
                            event=cause.event,
                            relation=cause.relation,
                            direction=group[0].direction,
                            items=tuple(group),
                        ),
                    ),
                )
            )
        else:
            stock = group[0]
            told.append(tell("stock.score", stock=stock, satellites=cause_messages(stock)))
            told.extend(details(stock))
            told.extend(m for m in further_causes(stock) if m.event is not None and not m.event.typed)
    known.sort(key=weight_order)
    if told:  # before them stand those whose reason is known; else these open the list
        told = [message for way in ("up", "down") for message in _listed(_of(known, way)[:most])] + told
        known = []
    lists: list[Message] = []
    for way in ("up", "down") if plain or known else ():
        listed = [s for s in _of(plain, way) if s.has_figure]
        listed.sort(key=lambda s: -(s.size or 0))
        lists.extend(_listed([*_of(known, way), *listed][:most]))
        unsized = tuple(s for s in plain if s.direction == way and not s.has_figure)[:8]
        if unsized and lists and lists[-1].kind == "stock.group" and len(unsized) + len(lists[-1].items) <= _MOST_NAMES:
            against = tell("sat.stocks.while", items=unsized, direction=way)  # type: ignore[arg-type]
            lists[-1] = retold(lists[-1], satellites=(against,))
        elif unsized:
            lists.append(tell("stock.group", items=unsized, direction=way))  # type: ignore[arg-type]
    news = [s for s in stocks if s.direction is None and s.causes]
    events: dict[str, list[StockFacts]] = {}
    for stock in news:
        events.setdefault(stock.causes[0].event.id, []).append(stock)
    for group in events.values():
        event = group[0].causes[0].event
        if len(group) > 1:
            lists.append(tell("stock.news.group", items=tuple(group), event=event))
            continue
        last = lists[-1] if lists else None
        if last is not None and last.kind == "stock.news" and last.stock is not None and _same(last.stock, group[0]):
            likewise = tell("sat.likewise", stock=group[0], event=event)
            lists[-1] = retold(last, satellites=(*last.satellites, likewise))
        else:
            lists.append(tell("stock.news", stock=group[0], items=tuple(group), event=event))
    defiant.sort(key=lambda message: -((message.stock.size or 0.0) if message.stock is not None else 0.0))
    return [*told, *defiant, *lists]


def _spent(stock: StockFacts, cause: Cause, told_events: frozenset[str]) -> bool:
    """Whether its only reason has been told, as the market's; a typed event's details are told of it all the same."""
    return (
        len(stock.causes) == 1 and cause.event.id in told_events and bool(cause.event.markets) and not cause.event.typed
    )


def _of(stocks: Sequence[StockFacts], way: str) -> list[StockFacts]:
    return [stock for stock in stocks if stock.direction == way]


def _same(a: StockFacts, b: StockFacts) -> bool:
    """Whether the news of two stocks is told in the same words, but for their names at its front."""
    told = _behind_name(a)
    return told is not None and told == _behind_name(b)


def _behind_name(stock: StockFacts) -> str | None:
    clause = stock.causes[0].event.event.clause or ""
    for name in (stock.stock.name, stock.stock.short_name):
        if name and clause.startswith(f"{name} "):
            return clause.removeprefix(name)
    return None


def _listed(stocks: Sequence[StockFacts]) -> list[Message]:
    out: list[Message] = []
    rest = list(stocks)
    while rest:
        take = 3 if len(rest) in (3, 5, 6) else 2 if len(rest) > 1 else 1
        group, rest = rest[:take], rest[take:]
        if take == 1:
            out.append(tell("stock.score", stock=group[0]))
        else:
            out.append(tell("stock.pair" if take == 2 else "stock.triple", items=tuple(group)))
    return out


def details(stock: StockFacts) -> list[Message]:
    """What the stock's events still hold once they have been named: how many shares, what it overshadows."""
    return [
        tell("event.detail", event=cause.event, stock=stock, detail=detail)
        for cause in stock.causes
        if cause.event.typed and (cause.event.happened or cause.event.status == "continuing")  # a detail is a fact
        for detail in ("first", "second")
    ]


def telling_order(stock: StockFacts) -> tuple[bool, bool]:
    """Stocks with a reason before the others, those with a figure before those without; else as sent."""
    return (not stock.has_cause, not stock.has_figure)


def weight_order(stock: StockFacts) -> tuple[bool, bool, int, float]:
    """The most telling first: what moves its index, then what has a reason, then the largest moves."""
    return (stock.effect is None, not stock.has_cause, -stock.reach, -(stock.size or 0.0))


def cause_sentences(stock: StockFacts) -> list[Message]:
    """A stock's reason as a sentence, where the opening had no room for it."""
    return [
        cause_message(c, stock, kind="cause.sentence")
        for c in stock.causes
        if c.relation != "opposes" and not c.event.typed
    ]


def overshadowed(book: FactBook, stock: StockFacts) -> list[Message]:
    """Good news that the day's bad news hid: an event that names what overshadowed it."""
    own = {c.event.id for c in stock.causes}
    return [
        tell("event.overshadowed", event=event, stock=stock, target=stock)
        for event in book.events.values()
        if event.happened and event.event.frame.get("overshadowed_by") in own and event.id not in own
    ]


def sectors_by_direction(sectors: Sequence[SectorFacts], told_events: frozenset[str] = frozenset()) -> list[Message]:
    """Sectors listed by direction, and each that has a reason of its own in a sentence with it."""
    out = []
    reasoned = [s for s in sectors if any(c.relation != "opposes" and c.event.id not in told_events for c in s.causes)]
    sectors = [s for s in sectors if s not in reasoned]
    for sector in reasoned:
        out.append(tell("sector.score", sector=sector, direction=sector.direction, satellites=cause_messages(sector)))
    ups, downs = (tuple(s for s in sectors if s.direction == way)[:6] for way in ("up", "down"))
    if ups and downs and all(s.pct is None for s in (*ups, *downs)):
        against = tell("sat.sectors.while", items=downs, direction="down")
        out.append(tell("sectors", items=ups, direction="up", satellites=(against,)))
        return out
    for listed in (ups, downs):
        if listed:
            more = "more" if any(m.kind == "sectors" for m in out) else ""
            out.append(tell("sectors", items=listed, direction=listed[0].direction, detail=more))
    return out


def with_own_stocks(
    sectors: Sequence[Message], stocks: Sequence[Message], carried: Collection[object] = ()
) -> tuple[list[Message], list[Message]]:
    """Sectors and stocks, where one or two sectors of which only the direction is known take a stock or two along.

    "Cosmetics shares retreated." says little; with the move of one of them it says how much. Sectors that a score has
    ``carried`` are told again for a reason of their own only, and take none where they have none.
    """
    lines, rest = list(sectors), list(stocks)
    for n, line in enumerate(lines):
        named = [s for s in (line.sector, *line.items) if isinstance(s, SectorFacts)]
        if not named or len(named) > _MOST_SECTORS or any([s.pct is not None for s in named]):
            continue
        if any(s.kind == "sat.sectors.while" for s in line.satellites):
            continue  # what fell is told with it
        if line.kind == "sectors" and any([s in carried for s in named]):
            continue
        at = next((k for k in range(len(rest)) if _stands_for(rest, k, named)), None)
        if at is not None:
            shown = rest.pop(at)
            lines[n] = retold(line, satellites=(*line.satellites, shown._replace(kind=_CARRIED_AS[shown.kind])))
    return lines, rest


def shown(line: Message, told: Sequence[Message]) -> bool:
    """Whether a line names sectors only, of each of which a stock that is told has moved as it did."""
    named = [item for item in line.items if isinstance(item, SectorFacts)]
    bare = line.kind == "sectors" and not line.satellites and all([s.pct is None for s in named])
    return bare and {(s.name, s.direction) for s in named} <= _moves([s for m in told for s in _stocks(m)])


def _stocks(message: Message) -> list[StockFacts]:
    return [s for s in (message.stock, *message.items) if isinstance(s, StockFacts)]


def _moves(stocks: Sequence[StockFacts]) -> set[tuple[str | None, Direction | None]]:
    """Which sectors moved which way, by their stocks."""
    return {(s.stock.sector, s.direction) for s in stocks}


def _stands_for(messages: Sequence[Message], at: int, sectors: Sequence[SectorFacts]) -> bool:
    """Whether a message tells the moves of stocks of these sectors, and nothing rides on it but a sector's reason.

    One stock does not stand for two sectors, nor two of one sector for another.
    """
    message = messages[at]
    stocks = _stocks(message)
    if message.kind not in _CARRIED_AS or not all([s.has_figure for s in stocks]):
        return False
    reasons = {c.event.id for s in sectors for c in s.causes}
    more = [*message.satellites, *[m for m in messages[at + 1 :] if m.stock in stocks]]
    if any([m.event is None or m.event.id not in reasons for m in more]):
        return False
    return _moves(stocks) == {(s.name, s.direction) for s in sectors}
