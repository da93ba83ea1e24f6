"""News that no sentence carries: it stands behind what it is about, or, of no market told, at the article's end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wrapgen.facts.types import EventFacts, FactBook, SectorFacts, StockFacts
from wrapgen.plan.types import SHOWING, Message, Paragraph, tell

# What is told of a market or stock behind its move, without a name of its own.
_BEHIND: Final = frozenset(("cause.more", "cause.sentence", "event.detail", "event.overshadowed", "event.left"))
_NO_MOVE: Final = ("stock.news", "market.closed")


def left(book: FactBook) -> list[EventFacts]:
    """What has happened to the markets and stocks sent: each that no move could carry is told as a plain fact."""
    behind = book.backdrop is not None and bool(book.backdrop.markets)  # then its session has been told
    return [
        e
        for e in book.events.values()
        if not e.awaited
        and (e.markets or e.stocks)
        and e.type != "holiday"
        and not (behind and e.topic == "wall_street")
    ]


def with_news(book: FactBook, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, with the news of one stock, or of one place's markets, behind the sentences on it.

    A sector's news is left to its sector, what reaches several places to the article's end, and so is, where all is
    of one place, what reaches several of its stocks or its markets.
    """
    out = list(paragraphs)
    of_sectors = {c.event.id for s in book.sectors for c in s.causes}
    for event in left(book):
        if event.id in of_sectors or event.event.frame.get("overshadowed_by"):
            continue
        about = _about(book, event)
        for number, part in enumerate(out) if about else ():
            found = _place_in(part.messages, about)
            if found is not None:
                at, message = found
                messages = (*part.messages[:at], message._replace(event=event), *part.messages[at:])
                out[number] = part._replace(messages=messages)
                break
    return out


def _about(book: FactBook, event: EventFacts) -> frozenset[str]:
    """The one stock that an event is about, or the markets of the one place; empty where it reaches further."""
    if event.company is not None and not event.stocks:
        return frozenset((event.company,))
    if event.stocks:
        own = {book.stocks[i].market for i in event.stocks}
        return frozenset(event.stocks) if len(event.stocks) == 1 and own.issuperset(event.markets) else frozenset()
    places = {book.markets[i].place for i in event.markets} if book.region.layout in ("region", "global") else set()
    return frozenset(event.markets) if len(places) == 1 and None not in places else frozenset()


def _place_in(messages: Sequence[Message], about: frozenset[str]) -> tuple[int, Message] | None:
    """Behind which message of a paragraph the news stands, and the message that tells it, still without its event."""
    for at, told in enumerate(messages):
        if not _tells_of(told, about) or told.kind.startswith(_NO_MOVE):
            continue
        subject = told.stock or told.market
        end = at + 1
        while end < len(messages) and (
            messages[end].kind in _BEHIND
            or subject is not None
            and subject in (messages[end].stock, messages[end].market)
        ):
            end += 1
        # *It* is the stock behind a sentence on it alone; elsewhere it might be the index, or the sector.
        alone = told.kind == "stock.score" or messages[end - 1].kind == "event.left"
        return end, tell("event.left", target=_stock_of(told, about) if alone else None)
    return None


def _stock_of(message: Message, about: frozenset[str]) -> StockFacts | None:
    """The stock among these that a message tells of, or takes along."""
    found = [message.stock, *(s.stock for s in message.satellites)]
    return next((stock for stock in found if stock is not None and stock.id in about), None)


def _tells_of(message: Message, about: frozenset[str]) -> bool:
    """Whether a message names one of these stocks or markets."""
    subject = message.stock or message.market
    if subject is not None:
        if subject.id in about:
            return True
    else:
        for item in message.items:
            if not isinstance(item, SectorFacts) and item.id in about:
                return True
    return any([s.kind in SHOWING and _tells_of(s, about) for s in message.satellites])
