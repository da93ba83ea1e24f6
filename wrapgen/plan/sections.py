"""The sections of an article, each a function from the fact book to paragraphs of messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from wrapgen.facts.events import relation
from wrapgen.facts.types import Cause, EventFacts, FactBook, MarketFacts, SectorFacts, StockFacts
from wrapgen.plan.causes import best_cause, cause_message, cause_messages, further_causes
from wrapgen.plan.stories import PlaceStory
from wrapgen.plan.types import Message, Paragraph

# Stocks without a reason that a paragraph lists, each way, the largest moves first.
_MOST_LISTED = 8


def backdrop(book: FactBook, told_already: bool) -> list[Paragraph]:
    """Wall Street the session before: how it went, what drove it, what stood out.

    Where the lede has told that it rose or fell, only the scores and the reasons are new.
    """
    behind = book.backdrop
    if behind is None:
        shut = [Message("market.closed", market=m, target=m) for m in book.closed if m.market.role == "backdrop"]
        return [Paragraph("backdrop", tuple(shut))] if shut else []
    markets = [book.markets[i] for i in behind.markets]
    figures = [m for m in markets if m.has_figure or m.points is not None]
    sectors = [s for m in markets for s in m.sectors]
    leading = tuple(s for s in sectors if s.direction == behind.direction)
    lagging = tuple(s for s in sectors if s.direction in ("up", "down") and s.direction != behind.direction)
    stocks = [s for s in book.stocks.values() if s.previous or s.market in behind.markets]
    reason = next((c for c in behind.causes), None)
    satellites: list[Message] = []
    if leading and not figures:
        satellites.append(Message("backdrop.sectors", items=leading, direction=behind.direction, backdrop=behind))
    if reason is not None:
        satellites.append(_backdrop_cause(reason, behind.direction))
    messages: list[Message] = []
    opening = Message("backdrop", backdrop=behind, event=behind.event, direction=behind.direction)
    if behind.event is not None and not (told_already and not figures):
        messages.append(opening)
    if figures:
        figures.sort(key=lambda m: (-m.milestone_weight, m.id != "SPX", -(m.size or 0)))
        scores = score_sentences(book, figures, kind="backdrop.score", lead_satellites=tuple(satellites))
        if behind.event is None:
            scores[0] = scores[0]._replace(detail="backdrop")
        messages.extend(scores)
        if leading:
            messages.append(Message("backdrop.sector_line", items=leading, direction=behind.direction))
    elif behind.event is None and len(markets) > 1 and all(m.direction == "flat" for m in markets):
        messages.append(Message("market.flats", items=tuple(markets), detail="backdrop"))
    elif behind.event is None and markets:
        messages.append(opening._replace(satellites=tuple(satellites), contrast=not behind.same))
    if lagging:
        partner = next((s for s in stocks if s.has_figure and s.direction == lagging[0].direction), None)
        messages.append(
            Message(
                "backdrop.lag",
                items=lagging,
                stock=partner,
                direction=lagging[0].direction,
                satellites=cause_messages(partner) if partner is not None else (),
            )
        )
        stocks = [s for s in stocks if s is not partner]
    messages.extend(stock_messages([s for s in stocks if s.has_figure]))
    return [Paragraph("backdrop", tuple(messages))] if messages else []


def _backdrop_cause(cause: Cause, direction: object) -> Message:
    return Message("cause", event=cause.event, relation=cause.relation, direction=direction)  # type: ignore[arg-type]


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
    return [Paragraph("futures", tuple(score_sentences(book, found)))]


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
    told: set[str] = set()
    for number, market in enumerate(markets):
        if market.id in told:
            continue
        if market.id in still:
            flush()
            group = still[market.id]
            told.update(m.id for m in group)
            messages.append(Message("market.flats", items=group, satellites=cause_messages(group[0])))
            continue
        satellites = market_satellites(market, told_events)
        if number == 0 and lead_satellites:
            satellites = (*lead_satellites, *satellites)
        if satellites or market.direction == "flat":
            flush()
            messages.append(Message(kind, market=market, satellites=satellites))
            messages.extend(m for m in further_causes(market) if m.event is not None and not _shared(m.event))
        else:
            waiting.append(market)
    flush()
    return messages


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
        Message("cause.more", event=e, relation=relation(e.polarity, tone), direction=tone)
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
        found.append(Message("sat.milestone", market=market, milestone=milestone))
    own = [m for m in cause_messages(market, 3) if m.event is None or not _shared(m.event)]
    found.extend([m for m in own if m.event is None or m.event.id not in told_events][:1])
    if market.streak is not None and market.kind not in ("yield", "volatility"):
        found.append(Message("sat.streak", market=market, streak=market.streak))
    if market.path:
        found.append(Message("sat.path", market=market))
    found.extend(sector_satellites(market))
    return tuple(found)


def sector_satellites(market: MarketFacts) -> list[Message]:
    """Sectors that moved with the market, set against those that did not."""
    same = tuple(s for s in market.sectors if s.direction == market.direction)
    other = tuple(s for s in market.sectors if s.direction in ("up", "down") and s.direction != market.direction)
    if same and other and market.direction in ("up", "down"):
        return [
            Message(
                "sat.sectors.against",
                market=market,
                items=same[:3],
                direction=same[0].direction,
                target=market,
            )
        ]
    if same:
        return [Message("sat.sectors", market=market, items=same[:3], direction=same[0].direction, target=market)]
    if other and market.direction in ("up", "down"):
        return [
            Message(
                "sat.sectors.despite",
                market=market,
                items=other[:3],
                direction=other[0].direction,
                target=market,
            )
        ]
    return []


def opposing(market: MarketFacts) -> list[Message]:
    """The reason that runs against the move, told without a causal word."""
    against = [c for c in market.causes if c.relation == "opposes"]
    return [cause_message(c, market, kind="cause.more") for c in against[:2]]


def _joined(markets: Sequence[MarketFacts], kind: str) -> list[Message]:
    """Markets without more to tell, two or three a sentence."""
    alone = [m for m in markets if not m.has_figure and (m.points is not None or m.kind in ("yield", "fx"))]
    unsized = [m for m in markets if not m.has_figure and m not in alone]
    sized = [m for m in markets if m.has_figure]
    out: list[Message] = []
    while sized:
        first = sized[0]
        alike = [m for m in sized[1:] if _prints_alike(first, m)]
        if alike:
            group = [first, *alike[:2]]
            out.append(Message("market.equal", items=tuple(group)))
        elif (
            len(sized) == 1
            or first.kind in ("volatility", "fx", "yield")
            or all(m.kind != first.kind for m in sized[1:])
        ):
            group = [first]
            out.append(Message(kind, market=first))
        elif len(sized) == 3 and len({(m.direction, m.kind) for m in sized}) == 1:
            group = sized[:3]
            out.append(Message("market.triple", items=tuple(group)))
        else:
            like = [m for m in sized[1:] if m.kind == first.kind]
            second = like[0]  # the next in the house's order: a pair may contrast
            group = [first, second]
            out.append(Message("market.pair", items=tuple(group), contrast=first.direction != second.direction))
        sized = [m for m in sized if m not in group]
    out.extend(Message(kind, market=m) for m in alone)
    for way in ("up", "down", "flat", "mixed"):
        listed = [m for m in unsized if m.direction == way]
        if len(listed) == 1:
            out.append(Message(kind, market=listed[0]))
        elif listed:
            out.append(Message("market.unsized", items=tuple(listed[:6]), direction=way))  # type: ignore[arg-type]
    return out


def _prints_alike(a: MarketFacts, b: MarketFacts) -> bool:
    """Whether both moves print the same in every style: the smallest are printed finer than others."""
    return (
        a.kind == b.kind
        and a.pct is not None
        and b.pct is not None
        and a.direction == b.direction
        and a.direction != "flat"
        and (a.pct == b.pct or (_is_coarse(a.pct) and _is_coarse(b.pct) and round(a.pct, 1) == round(b.pct, 1)))
        and a.market.approx == b.market.approx
    )


def _is_coarse(pct: float) -> bool:
    """Whether one decimal is enough: not for the smallest, nor for 0.15%, which lies between two."""
    size = abs(pct)
    return size >= 0.3 or (size >= 0.1 and round(size * 100) % 10 != 5)


def stock_messages(stocks: Sequence[StockFacts]) -> list[Message]:
    """Stocks, those with a reason one a sentence, the others listed by direction; then events without a move."""
    told: list[Message] = []
    plain: list[StockFacts] = []
    shared: dict[str, list[StockFacts]] = {}
    for stock in stocks:
        cause = best_cause(stock)
        if stock.direction is not None and cause is not None:
            shared.setdefault(f"{cause.event.id}:{stock.direction}:{stock.has_figure}", []).append(stock)
        elif stock.direction is not None:
            plain.append(stock)
    for group in shared.values():
        if len(group) > 1:
            cause = best_cause(group[0])
            assert cause is not None
            told.append(
                Message(
                    "stock.group",
                    items=tuple(group[:8]),
                    direction=group[0].direction,
                    satellites=(
                        Message(
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
            told.append(Message("stock.score", stock=stock, satellites=cause_messages(stock)))
            told.extend(details(stock))
            told.extend(m for m in further_causes(stock) if m.event is not None and not m.event.typed)
    lists: list[Message] = []
    for way in ("up", "down"):
        listed = [s for s in plain if s.direction == way and s.has_figure]
        listed.sort(key=lambda s: -(s.size or 0))
        listed = listed[:_MOST_LISTED]
        lists.extend(_listed(listed))
        unsized = [s for s in plain if s.direction == way and not s.has_figure]
        if unsized:
            lists.append(Message("stock.group", items=tuple(unsized[:8]), direction=way))  # type: ignore[arg-type]
    news = [s for s in stocks if s.direction is None and s.causes]
    events: dict[str, list[StockFacts]] = {}
    for stock in news:
        events.setdefault(stock.causes[0].event.id, []).append(stock)
    for group in events.values():
        lists.append(
            Message(
                "stock.news" if len(group) == 1 else "stock.news.group",
                stock=group[0] if len(group) == 1 else None,
                items=tuple(group),
                event=group[0].causes[0].event,
                target=None,
            )
        )
    return [*told, *lists]


def _listed(stocks: Sequence[StockFacts]) -> list[Message]:
    out: list[Message] = []
    rest = list(stocks)
    while rest:
        take = 3 if len(rest) in (3, 5, 6) else 2 if len(rest) > 1 else 1
        group, rest = rest[:take], rest[take:]
        if take == 1:
            out.append(Message("stock.score", stock=group[0]))
        else:
            out.append(Message("stock.pair" if take == 2 else "stock.triple", items=tuple(group)))
    return out


def details(stock: StockFacts) -> list[Message]:
    """What the stock's events still hold once they have been named: how many shares, what it overshadows."""
    return [
        Message("event.detail", event=cause.event, stock=stock, detail=detail)
        for cause in stock.causes
        if cause.event.typed
        for detail in ("first", "second")
    ]


def story(
    book: FactBook, place: PlaceStory, section: str, drag: StockFacts | None, subhead: Message
) -> list[Paragraph]:
    """A place with a section: its head market, its stocks, its milestones, its other markets."""
    head = place.head
    own = {m.id for m in place.markets}
    stocks = [s for s in book.stocks.values() if s.market in own and not s.previous]
    told_in_head = [drag] if drag is not None and head.id == drag.market else []
    satellites: list[Message] = []
    sector_lines = sector_satellites(head)
    if told_in_head:
        opening = Message("market.focus.stock", market=head, stock=drag, direction=drag.direction if drag else None)
    else:
        satellites = [*cause_messages(head), *sector_lines]
        sector_lines = []
        opening = Message("market.focus", market=head, satellites=tuple(satellites))
    first: list[Message] = [opening]
    if drag is not None and told_in_head:
        first.extend(cause_sentences(drag))
        first.extend(details(drag))
        first.extend(overshadowed(book, drag))
    first.extend(breadth_and_volume(book, head))
    first.extend(_sector_sentences(head, sector_lines))
    first.extend(further_causes(head))
    others = sorted((s for s in stocks if s not in told_in_head), key=_telling_order)
    agreeing = [s for s in others if s.direction == head.direction or head.direction not in ("up", "down")]
    against = [s for s in others if s not in agreeing]
    paragraphs = [Paragraph(section, tuple(first), subhead)]
    told = stock_messages(agreeing)
    if told:
        if len(told) <= 2 and len(first) <= 2:
            paragraphs = [Paragraph(section, (*first, *told), subhead)]
        else:
            paragraphs.append(Paragraph(section, tuple(told)))
    if against:
        paragraphs.append(Paragraph(section, tuple(stock_messages(against))))
    closing = history_sentences(head)
    sisters = sister_messages(book, place)
    if closing or sisters:
        paragraphs.append(Paragraph(section, (*closing, *sisters)))
    return paragraphs


def _telling_order(stock: StockFacts) -> tuple[bool, bool]:
    """Stocks with a reason before the others, those with a figure before those without; else as sent."""
    return (not stock.has_cause, not stock.has_figure)


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
        Message("event.overshadowed", event=event, stock=stock, target=stock)
        for event in book.events.values()
        if event.event.frame.get("overshadowed_by") in own and event.id not in own
    ]


def _sector_sentences(market: MarketFacts, satellites: Iterable[Message]) -> list[Message]:
    return [Message("sectors", market=market, items=m.items, direction=m.direction, target=market) for m in satellites]


def history_sentences(market: MarketFacts) -> list[Message]:
    found = [Message("market.milestone", market=market, milestone=m) for m in market.milestones[:2]]
    if market.streak is not None:
        found.append(Message("market.streak", market=market, streak=market.streak))
    if market.path:
        found.append(Message("market.path", market=market))
    return found


def sister_messages(book: FactBook, place: PlaceStory) -> list[Message]:
    """The place's other indices, paired with its head."""
    rest = list(place.rest)
    if not rest:
        return []
    out: list[Message] = []
    flats = [m for m in rest if m.direction == "flat"]
    if len(flats) > 1:
        out.append(Message("market.flats", items=tuple(flats), satellites=cause_messages(flats[0])))
        rest = [m for m in rest if m not in flats]
    for market in rest:
        satellites = market_satellites(market)
        out.append(
            Message(
                "market.sister",
                market=market,
                satellites=satellites,
                contrast=market is rest[0] and {market.direction, place.head.direction} == {"up", "down"},
            )
        )
    return out


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
        out.append(Message("breadth", market=market, direction=way))  # type: ignore[arg-type]
    volume = next((v for v in book.snapshot.volume if v.market == market.id), None)
    if volume is not None:
        traded = volume.turnover if volume.turnover is not None else volume.shares
        detail = ""
        if traded is not None and volume.average:
            detail = "above" if traded > volume.average else "below" if traded < volume.average else ""
        out.append(Message("volume", market=market, detail=detail))
    return out


def sectors_by_direction(sectors: Sequence[SectorFacts], told_events: frozenset[str] = frozenset()) -> list[Message]:
    """Sectors listed by direction, and each that has a reason of its own in a sentence with it."""
    out = []
    reasoned = [s for s in sectors if any(c.relation != "opposes" and c.event.id not in told_events for c in s.causes)]
    sectors = [s for s in sectors if s not in reasoned]
    for sector in reasoned:
        out.append(
            Message("sector.score", sector=sector, direction=sector.direction, satellites=cause_messages(sector))
        )
    for way in ("up", "down"):
        listed = tuple(s for s in sectors if s.direction == way)
        if listed:
            out.append(Message("sectors", items=listed[:6], direction=way))  # type: ignore[arg-type]
    return out


def context(book: FactBook) -> list[Paragraph]:
    """Currencies, oil, metals, yields and coins: one short clause each."""
    found = [
        m
        for m in book.context
        if m.kind != "future" and (m.direction is not None or m.milestones or m.market.level is not None)
    ]
    kinds = ("index", "fx", "commodity", "yield", "volatility", "crypto")
    found.sort(key=lambda m: kinds.index(m.kind) if m.kind in kinds else 9)
    messages: list[Message] = []
    moved = [m for m in found if m.direction is not None]
    for _, alike in groupby(moved, key=lambda m: m.kind):
        messages.extend(score_sentences(book, list(alike), kind="context.score"))
    for market in found:
        if market.direction is None:
            milestone = market.milestones[0] if market.milestones else None
            messages.append(
                Message(
                    "context.level",
                    market=market,
                    milestone=milestone,
                )
            )
    if messages:
        messages[0] = messages[0]._replace(detail="first")
    return [Paragraph("context", tuple(messages))] if messages else []


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
            messages.append(Message("market.closed", market=market, event=event, target=market))
        told.update(c.event.id for c in market.causes)
    # One place's other indices are shut with the one that was told, or with the lede's "U.S. markets".
    said = {m.market.place for m in (msg.market for msg in messages) if m is not None}
    lede = book.own_places if book.region.places == 0 and book.region.layout in ("us", "country") else frozenset()
    silent = [m for m in silent if m.market.place not in said | lede]
    if len(silent) > 1 and all(m.place for m in silent):
        messages.append(Message("market.closed.group", items=tuple(silent)))
    else:
        messages.extend(Message("market.closed", market=m, target=m) for m in silent)
    shut = {m.place for m in shut_here}
    for event in book.events.values():
        if event.type == "holiday" and event.id not in told and not event.awaited:
            if event.event.frame.get("place") in shut:
                continue
            messages.append(Message("event.sentence", event=event))
    return [Paragraph("closed", tuple(messages))] if messages else []


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
    messages = [Message("event.loose", event=e, relation=relation(e.polarity, tone), direction=tone) for e in loose]
    left = [e for e in book.events.values() if not e.awaited and (e.markets or e.stocks) and e.type != "holiday"]
    messages += [Message("event.left", event=e) for e in left]
    messages += [Message("event.ahead", event=e) for e in awaited]
    return [Paragraph("ahead", tuple(messages))] if messages else []
