"""The sections of an article, each a function from the fact book to paragraphs of messages."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Final

from wrapgen.facts.events import relation
from wrapgen.facts.types import Cause, EventFacts, FactBook, MarketFacts, StockFacts
from wrapgen.plan.causes import cause_messages, further_causes
from wrapgen.plan.joining import beside_their_kind, gathered, joined, levels_joined, set_against
from wrapgen.plan.news import left
from wrapgen.plan.scores import market_satellites, score_sentences, sector_satellites
from wrapgen.plan.shares import (
    cause_sentences,
    details,
    overshadowed,
    stock_messages,
    telling_order,
    with_own_stocks,
)
from wrapgen.plan.spans import WITH_HISTORY, span_messages
from wrapgen.plan.stories import PlaceStory
from wrapgen.plan.types import Message, Paragraph, paragraph, retold, tell

_HAD_RISEN: Final = frozenset(("pared_gains", "erased_gains", "off_high"))


def backdrop(book: FactBook, told_already: bool, most: int, behind_lede: bool = False) -> list[Paragraph]:
    """Wall Street the session before: how it went, what drove it, what stood out.

    Where the lede has told that it rose or fell, only the scores and the reasons are new; right ``behind_lede`` it
    need not be said again whose they are, and of when.
    """
    behind = book.backdrop
    if behind is None:
        shut = [tell("market.closed", market=m, target=m) for m in book.closed if m.market.role == "backdrop"]
        return [paragraph("backdrop", shut)] if shut else []
    markets = [book.markets[i] for i in behind.markets]
    figures = [m for m in markets if m.has_figure or m.points is not None]
    sectors = [s for m in markets for s in m.sectors]
    leading = tuple(s for s in sectors if s.direction == behind.direction)
    one_way = behind.direction in ("up", "down")
    others = [s for s in sectors if s.direction in ("up", "down") and s.direction != behind.direction]
    lagging = tuple(others if one_way else ())  # a session that split has no trend to buck
    stocks = [s for s in book.stocks.values() if s.previous or s.market in behind.markets]
    reason = next((c for c in behind.causes), None)
    satellites: list[Message] = []
    if leading and not figures:
        satellites.append(tell("backdrop.sectors", items=leading, direction=behind.direction, backdrop=behind))
    if reason is not None:
        satellites.append(_backdrop_cause(reason, behind.direction))
    messages: list[Message] = []
    opening = tell("backdrop", backdrop=behind, event=behind.event, direction=behind.direction)
    if behind.event is not None and not (told_already and not figures):
        messages.append(opening)
    if figures:
        figures.sort(key=lambda m: (-m.milestone_weight, m.id != "SPX", -(m.size or 0)))
        scores = score_sentences(book, figures, kind="backdrop.score", lead_satellites=tuple(satellites))
        if behind.event is None and not behind_lede:
            scores[0] = retold(scores[0], detail="backdrop")
        messages.extend(scores)
        if leading:
            messages.append(tell("backdrop.sector_line", items=leading, direction=behind.direction))
    elif behind.event is None and len(markets) > 1 and all(m.direction == "flat" for m in markets):
        messages.append(tell("market.flats", items=tuple(markets), detail="backdrop"))
    elif behind.event is None and told_already and leading:
        why = tuple(s for s in satellites if s.kind != "backdrop.sectors")
        line = tell("backdrop.sector_line", items=leading, direction=behind.direction, detail="backdrop")
        messages.append(retold(line, satellites=why))
    elif behind.event is None and markets:
        messages.append(retold(opening, not behind.same, satellites=tuple(satellites)))
    for way in ("up", "down") if not one_way else ():
        split = tuple(s for s in others if s.direction == way)
        last = messages[-1] if messages else None
        if split and messages and messages[-1].kind == "backdrop" and not messages[-1].satellites:
            carried = tell("backdrop.sectors", items=split, direction=way, backdrop=behind)  # type: ignore[arg-type]
            messages[-1] = retold(messages[-1], satellites=(carried,))
        elif split and last is not None and last.kind == "backdrop.sector_line":
            other = tell("sat.sectors.while", items=split, direction=way)  # type: ignore[arg-type]
            messages[-1] = retold(last, satellites=(other,))
        elif split:
            messages.append(tell("backdrop.sector_line", items=split, direction=way))  # type: ignore[arg-type]
    if lagging:
        partner = next((s for s in stocks if s.has_figure and s.direction == lagging[0].direction), None)
        slow = lagging[0].direction
        last = messages[-1] if messages else None
        if partner is None and last is not None and _tells_sectors_alone(last):
            other = tell("sat.sectors.while", items=lagging, direction=slow)
            messages[-1] = retold(last, satellites=(*last.satellites, other))
        else:
            why = cause_messages(partner) if partner is not None else ()
            opens = "" if messages else "backdrop"
            lag = tell("backdrop.lag", items=lagging, stock=partner, direction=slow, satellites=why, detail=opens)
            messages.append(lag)
        stocks = [s for s in stocks if s is not partner]
    messages.extend(stock_messages([s for s in stocks if s.has_figure], most))
    return [paragraph("backdrop", messages)] if messages else []


def _tells_sectors_alone(message: Message) -> bool:
    """Whether a sentence on the session before tells of sectors, and of no reason that others would seem to have."""
    if message.kind == "backdrop":
        return bool(message.satellites) and all([s.kind == "backdrop.sectors" for s in message.satellites])
    return message.kind == "backdrop.sector_line" and not message.satellites


def _backdrop_cause(cause: Cause, direction: object) -> Message:
    return tell("cause", event=cause.event, relation=cause.relation, direction=direction)  # type: ignore[arg-type]


def is_foreign_future(book: FactBook, market: MarketFacts) -> bool:
    """A future of another region, told for the mood; the region's own are told with its markets."""
    return market.kind == "future" and market.direction is not None and not is_own_future(book, market)


def is_own_future(book: FactBook, market: MarketFacts) -> bool:
    return (
        market.kind == "future"
        and market.direction is not None
        and market.place in book.own_places
        and book.region.layout == "region"
    )


def futures(book: FactBook) -> list[Paragraph]:
    """Futures of other regions, with what they wait for."""
    found = [m for m in book.context if is_foreign_future(book, m)]
    if not found:
        return []
    if len(found) > 3:
        found.sort(key=lambda m: m.market.place != "US")
    return [paragraph("futures", score_sentences(book, found))]


def story(
    book: FactBook, place: PlaceStory, section: str, drag: StockFacts | None, subhead: Message, most: int
) -> list[Paragraph]:
    """A place with a section: what its head market did and what that came to, why, its stocks, its other markets."""
    head = place.head
    own = {m.id for m in place.markets}
    stocks = [s for s in book.stocks.values() if s.market in own and not s.previous]
    told_in_head = [drag] if drag is not None and head.id == drag.market else []
    sector_lines = sector_satellites(head)
    if told_in_head:
        opening = tell("market.focus.stock", market=head, stock=drag, direction=drag.direction if drag else None)
    else:
        opening = tell("market.focus", market=head, satellites=_focus_satellites(head, sector_lines))
        sector_lines = []
    first: list[Message] = [opening]
    if drag is not None and told_in_head:
        first.extend(cause_sentences(drag))
        first.extend(details(drag))
        first.extend(overshadowed(book, drag))
    first.extend(path_sentence(head))
    first.extend(history_sentences(head))
    first.extend(breadth_and_volume(book, head))
    others = sorted((s for s in stocks if s not in told_in_head), key=telling_order)
    against = [s for s in others if {s.direction, head.direction} == {"up", "down"} or s.direction == "flat"]
    agreeing = [s for s in others if s not in against]
    lines, told = with_own_stocks(sector_sentences(head, sector_lines), stock_messages(agreeing, most))
    first.extend(lines)
    first.extend(further_causes(head))
    paragraphs = [paragraph(section, first, subhead)]
    if told:
        if len(told) <= 2 and len(first) <= 2:
            paragraphs = [paragraph(section, (*first, *told), subhead)]
        else:
            paragraphs.append(paragraph(section, told))
    if against:
        paragraphs.append(paragraph(section, stock_messages(against, most)))
    sisters = sister_messages(book, place)
    if sisters:
        paragraphs.append(paragraph(section, sisters))
    return paragraphs


def _focus_satellites(market: MarketFacts, sectors: list[Message]) -> tuple[Message, ...]:
    """What rides on the move that opens a section: its milestone and its reason; its run where there is neither.

    A run behind a reason would seem to be part of it, and a milestone that comes near another is too long to have
    a reason behind it: these follow in sentences of their own.
    """
    reasons = [*cause_messages(market), *sectors]
    best = market.milestones[:1]
    found = [tell("sat.milestone", market=market, milestone=m) for m in best if not (m.has_near and reasons)]
    found += reasons
    if not found and market.streak is not None:
        found.append(tell("sat.streak", market=market, streak=market.streak))
    return tuple(found)


def sector_sentences(market: MarketFacts, satellites: Iterable[Message]) -> list[Message]:
    return [tell("sectors", market=market, items=m.items, direction=m.direction, target=market) for m in satellites]


def path_sentence(market: MarketFacts) -> list[Message]:
    """Where its session led it before it came to where it stands."""
    if not market.path:
        return []
    # Which way it had been, whatever it came to: one that rose may have pared its losses.
    return [tell("market.path", market=market, direction="up" if market.path in _HAD_RISEN else "down")]


def history_sentences(market: MarketFacts) -> list[Message]:
    found = [tell("market.milestone", market=market, milestone=m) for m in market.milestones[:2]]
    if market.streak is not None:
        found.append(tell("market.streak", market=market, streak=market.streak))
    return found


def sister_messages(book: FactBook, place: PlaceStory) -> list[Message]:
    """The place's other indices, paired with its head."""
    rest = list(place.rest)
    if not rest:
        return []
    out: list[Message] = []
    flats = [m for m in rest if m.direction == "flat"]
    if len(flats) > 1:
        out.append(tell("market.flats", items=tuple(flats), satellites=cause_messages(flats[0])))
        rest = [m for m in rest if m not in flats]
    told = frozenset([c.event.id for c in place.head.causes])  # with the head, or with what is ahead
    bare: list[MarketFacts] = []
    for market in rest:
        satellites = market_satellites(market, told)
        contrast = market is rest[0] and {market.direction, place.head.direction} == {"up", "down"}
        if not satellites and not contrast and market.direction in ("up", "down"):
            bare.append(market)
            continue
        out += joined(bare, "market.sister")
        bare = []
        out.append(tell("market.sister", market=market, satellites=satellites, contrast=contrast))
    return [*out, *joined(bare, "market.sister")]


def breadth_and_volume(book: FactBook, market: MarketFacts) -> list[Message]:
    """How many shares rose and fell, and how much changed hands, where the sender says."""
    out: list[Message] = []
    breadth = next((b for b in book.snapshot.breadth if b.market == market.id), None)
    if breadth is not None:
        way = (
            "up"
            if breadth.advancers > breadth.decliners
            else "down"
            if breadth.advancers < breadth.decliners
            else "flat"
        )
        out.append(tell("breadth", market=market, direction=way))  # type: ignore[arg-type]
    volume = next((v for v in book.snapshot.volume if v.market == market.id), None)
    if volume is not None:
        traded = volume.turnover if volume.turnover is not None else volume.shares
        detail = ""
        if traded is not None and volume.average:
            detail = "above" if traded > volume.average else "below" if traded < volume.average else ""
        if out and not detail:  # a bare sum is told with the count of shares
            return [retold(out[0], satellites=(tell("sat.volume", market=market),))]
        out.append(tell("volume", market=market, detail=detail))
    return out


def breadth(book: FactBook, told: Collection[str]) -> list[Paragraph]:
    """Advancers, decliners and turnover of the markets whose own section, if they have one, has not told them."""
    messages = [m for market in book.main if market.id not in told for m in breadth_and_volume(book, market)]
    return [paragraph("breadth", messages)] if messages else []


def context(book: FactBook, spans: bool, first: tuple[str, ...] = ()) -> list[Paragraph]:
    """Currencies, oil, metals, yields and coins: one short clause each, and with ``spans`` the month and the year.

    Indices of the places told ``first`` stand ahead.
    """
    found = [
        m
        for m in book.context
        if m.kind != "future" and (m.direction is not None or m.milestones or m.market.level is not None)
        if not _told_as_reason(book, m)
    ]
    kinds = ("index", "fx", "commodity", "yield", "volatility", "crypto")
    found.sort(key=lambda m: (kinds.index(m.kind) if m.kind in kinds else 9, m.place not in first))
    messages: list[Message] = []
    moved = [m for m in found if m.direction is not None]
    for _, alike in groupby(moved, key=lambda m: m.kind):
        messages.extend(beside_their_kind(score_sentences(book, list(alike), kind="context.score")))
    messages = [*set_against(gathered(messages)), *levels_joined([m for m in found if m.direction is None])]
    if messages:
        messages[0] = retold(messages[0], detail="first")
    paragraphs = [messages]
    if spans:
        traded = [m for m in found if m.kind in WITH_HISTORY and not m.previous]
        paragraphs += [span_messages(book, traded, span) for span in ("month", "year")]
    return [paragraph("context", messages) for messages in paragraphs if messages]


def _told_as_reason(book: FactBook, market: MarketFacts) -> bool:
    """Whether all that is known of a market is a direction, and a reason of some move speaks of it already."""
    if market.has_figure or market.points is not None or market.level is not None or market.milestones:
        return False
    name = " ".join(market.market.name.lower().split()[-2:])  # "bond yields", whoever's
    causes = [c for m in book.main for c in m.causes]
    causes += [c for s in book.sectors for c in s.causes] + [c for s in book.stocks.values() for c in s.causes]
    return any([c.event.happened and name in (c.event.event.noun_phrase or "").lower() for c in causes])


def closed(book: FactBook) -> list[Paragraph]:
    """Markets shut for a holiday: each that the sender says more of, the others in one sentence."""
    messages: list[Message] = []
    silent: list[MarketFacts] = []
    told: set[str] = set()
    shut_here = [m for m in book.closed if m.market.role != "backdrop" or book.backdrop is not None]
    for market in shut_here:
        event = next((c.event for c in market.causes if c.event.has_clause), None)
        if event is None:
            silent.append(market)
        elif event.id not in told:
            messages.append(tell("market.closed", market=market, event=event, target=market))
        told.update(c.event.id for c in market.causes)
    # One place's other indices are shut with the one that was told, or with the lede's "U.S. markets".
    said = {m.market.place for m in (msg.market for msg in messages) if m is not None}
    lede = book.own_places if book.region.places == 0 and book.region.layout in ("us", "country") else frozenset()
    silent = [m for m in silent if m.market.place not in said | lede]
    if len(silent) > 1 and all(m.place for m in silent):
        messages.append(tell("market.closed.group", items=tuple(silent)))
    else:
        messages.extend(tell("market.closed", market=m, target=m) for m in silent)
    shut = {m.place for m in shut_here}
    for event in book.events.values():
        if event.type == "holiday" and event.id not in told and not event.awaited:
            if event.event.frame.get("place") in shut:
                continue
            messages.append(tell("event.sentence", event=event))
            messages.extend(tell("event.left", event=e) for e in left(book) if _of_the_same(e, event))
    return [paragraph("closed", messages)] if messages else []


def _of_the_same(event: EventFacts, holiday: EventFacts) -> bool:
    """Whether news is a closed place's own: the Bank of Japan's, where Japan had a holiday."""
    who, place = event.event.who, holiday.event.who
    return who is not None and place is not None and f" {place} " in f" {who} "


def ahead(book: FactBook) -> list[Paragraph]:
    """What is still to come, and what touches no listed market: each in a sentence of its own."""
    awaited = [e for e in book.events.values() if e.awaited]
    loose = [
        e
        for e in book.events.values()
        if not e.awaited
        and not e.markets
        and not e.stocks
        and e.type != "holiday"
        and not e.event.frame.get("overshadowed_by")
    ]
    tone = book.region.tone
    messages = [tell("event.loose", event=e, relation=relation(e.polarity, tone), direction=tone) for e in loose]
    messages += [tell("event.left", event=e) for e in left(book)]
    messages += [tell("event.ahead", event=e) for e in awaited]
    return [paragraph("ahead", messages)] if messages else []
