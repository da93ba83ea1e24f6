"""The document plan: from the chosen angles to headline, lede and sections, still without words."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from wrapgen.angles.types import Angle
from wrapgen.facts.types import FactBook, MarketFacts, StockFacts
from wrapgen.plan import scores, sections, shares, spans
from wrapgen.plan.causes import best_cause, opposing, region_driver
from wrapgen.plan.country import country_stories
from wrapgen.plan.joining import halves
from wrapgen.plan.news import with_news
from wrapgen.plan.opening import Opening, headline, lede, opening_of, told_in_lede
from wrapgen.plan.stories import PlaceStory, extreme_of, gauge_of, market_of, place_stories, sections_of
from wrapgen.plan.types import Document, Message, Paragraph, paragraph, retold, tell
from wrapgen.rulepack.kinds import Length, PlanRule

_LARGE_MOVE = 2.0  # percent
_NEWS_DETAIL = 1.0  # a reason, or two of its stocks


def plan(book: FactBook, angle: Angle, counterpoint: Angle | None, rule: PlanRule, length: str) -> Document:
    """Lay out the article. ``length`` is brief, standard or long; the rule says what each holds."""
    held = rule.lengths[length]
    stories = place_stories(book, angle, counterpoint)
    opening = opening_of(book, angle, counterpoint)
    told_events = told_in_lede(book, opening)
    told, others = sections_of(book, stories, angle, counterpoint, held.places)
    if book.region.layout in ("country", "us"):
        told, others = (), stories
    told = tuple(sorted(told, key=lambda s: s.key not in rule.first))
    paragraphs: list[Paragraph] = []
    for name in _in_order(held.sections, book, angle):
        paragraphs.extend(_section(name, book, opening, rule, held, told, others, told_events))
    paragraphs = _with_drivers(_drivers(book, angle, told_events), [p for p in paragraphs if p.messages])
    paragraphs = with_news(book, paragraphs)
    if not held.subheads:
        paragraphs = [p._replace(subhead=None) for p in paragraphs]
    return Document(
        angle,
        counterpoint,
        headline(book, opening),
        lede(book, opening, gauge_of(book, rule)),
        tuple(paragraphs),
    )


def _drivers(book: FactBook, angle: Angle, told_events: frozenset[str]) -> list[Message]:
    """The region's further reasons. Behind a lede on one market they are read as that one's: only if they are."""
    market = market_of(book, angle)
    found = scores.shared_causes(book, told_events)
    if market is None:
        return found
    same = market.direction == book.region.tone
    return [m for m in found if same and m.event is not None and market.id in m.event.markets]


def _with_drivers(drivers: Sequence[Message], paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The region's further reasons right after the lede, which they are read with; scores may share the paragraph."""
    if not drivers:
        return list(paragraphs)
    if paragraphs and paragraphs[0].section == "scores":
        first = paragraphs[0]
        return [first._replace(messages=(*drivers, *first.messages)), *paragraphs[1:]]
    return [paragraph("drivers", drivers), *paragraphs]


def _in_order(names: Sequence[str], book: FactBook, angle: Angle) -> list[str]:
    """The plan's sections; Wall Street comes first where it is news or part of the day's explanation.

    In the morning the session before is the newest there is. Later in the day a region moved by news
    of its own has that told first, and the session before as a postscript.
    """
    ordered = list(names)
    driver = region_driver(book)
    own_news = driver is not None and driver.relation == "supports" and driver.event.topic != "wall_street"
    early = book.snapshot.phase in ("open", "morning")
    if own_news and not early and not angle.wall_street and "backdrop" in ordered and "elsewhere" in ordered:
        ordered.remove("backdrop")
        ordered.insert(ordered.index("elsewhere") + 1, "backdrop")
    return ordered


def _section(
    name: str,
    book: FactBook,
    opening: Opening,
    rule: PlanRule,
    held: Length,
    told: Sequence[PlaceStory],
    others: Sequence[PlaceStory],
    told_events: frozenset[str],
) -> list[Paragraph]:
    angle = opening.angle
    if name == "backdrop":
        told_already = any(story.wall_street for story in opening.told)
        opens = _in_order(held.sections, book, angle)[0] == name
        return sections.backdrop(book, told_already, held.stocks, behind_lede=told_already and opens)
    if name == "futures":
        return sections.futures(book)
    if name == "scores" and told:
        ahead = [s for s in told if s.key in rule.first]
        return [
            *_stories(book, opening, rule, held, ahead, others, told_events),
            *_first_places(book, rule, held, others, told_events),
            *_scores(book, angle, rule, (), told_events),
        ]
    if name == "scores":
        return _scores(book, angle, rule, others, told_events)
    if name == "story":
        rest = [s for s in told if s.key not in rule.first]
        return (
            _stories(book, opening, rule, held, rest, others, told_events)
            if told
            else country_stories(book, angle, held, told_events)
        )
    if name == "elsewhere":
        return _elsewhere(book, angle, rule, held, _not_neighbours(rule, told, others), told_events) if told else []
    if name == "breadth":
        return sections.breadth(book, {s.head.id for s in told})
    if name == "history":
        return spans.history(book, book.main)
    if name == "context":
        return sections.context(book, held.full, rule.first)
    if name == "closed":
        return sections.closed(book)
    if name == "movers":
        return _movers(book, held, told)
    if name == "ahead":
        return sections.ahead(book)
    return []


def _not_neighbours(rule: PlanRule, told: Sequence[PlaceStory], others: Sequence[PlaceStory]) -> list[PlaceStory]:
    """The places that no section takes along as its neighbour, and that the house does not tell first."""
    taken = {rule.neighbours.get(s.key) for s in told}
    return [s for s in others if s.key not in taken and s.key not in rule.first]


def _first_places(
    book: FactBook, rule: PlanRule, held: Length, others: Sequence[PlaceStory], told_events: frozenset[str]
) -> list[Paragraph]:
    """The places that the house tells before others, where they have no section: their scores and their stocks."""
    messages: list[Message] = []
    for story in others:
        if story.key in rule.first:
            own = {m.id for m in story.markets}
            messages.extend(scores.score_sentences(book, story.markets, told_events=told_events))
            stocks = [s for s in book.stocks.values() if s.market in own and not s.previous]
            messages.extend(shares.stock_messages([s for s in stocks if s.direction is not None], held.stocks))
            messages.extend(shares.stock_messages([s for s in stocks if s.direction is None], held.stocks))
    return [paragraph("scores", messages)] if messages else []


def _stories(
    book: FactBook,
    opening: Opening,
    rule: PlanRule,
    held: Length,
    told: Sequence[PlaceStory],
    others: Sequence[PlaceStory],
    told_events: frozenset[str],
) -> list[Paragraph]:
    """Places under their subheads, each with the neighbour that is read with it."""
    out: list[Paragraph] = []
    for place in told:
        own = {m.id for m in place.markets}
        drag = next(
            (
                a.subject
                for a in (opening.angle, opening.counterpoint)
                if a is not None and isinstance(a.subject, StockFacts) and a.subject.market in own
            ),
            None,
        )
        name = f"story.{place.key}"
        own_paragraphs = sections.story(book, place, name, drag, subhead_for(book, place.head, drag), held.stocks)
        out.extend(own_paragraphs)
        neighbour = next((s for s in others if s.key == rule.neighbours.get(place.key)), None)
        if neighbour is not None:
            opposite = neighbour.head.direction != place.head.direction
            said = told_events | {c.event.id for c in place.head.causes}
            messages = scores.score_sentences(book, neighbour.markets, told_events=said)
            if messages and opposite:
                messages[0] = retold(messages[0], contrast=True)
            out.append(paragraph(name, messages, apart=len(own_paragraphs) > 1))
    return out


def subhead_for(book: FactBook, market: MarketFacts, stock: StockFacts | None) -> Message:
    """A subhead states a move and its cause: whichever of stock, sectors and event the section is told through."""
    sectors = tuple(s for s in market.sectors if s.direction == market.direction)
    told = [s for s in sectors if s.tells] or list(sectors)
    if stock is None:
        stock = next((s for s in market.stocks if s.effect and s.direction == market.direction and s.alone), None)
    cause = best_cause(market)
    return tell(
        "subhead.market",
        market=market,
        stock=stock,
        items=tuple(told),
        milestone=market.milestones[0] if market.milestones else None,
        streak=market.streak,
        event=cause.event if cause is not None else None,
        relation=cause.relation if cause is not None else None,
        target=market,
        direction=market.direction,
    )


def _standout(book: FactBook) -> MarketFacts | None:
    """On a day of large moves the largest is told first, even where the region is the story."""
    market = extreme_of(book)
    return market if market is not None and (market.size or 0.0) >= _LARGE_MOVE else None


def _scores(
    book: FactBook, angle: Angle, rule: PlanRule, others: Sequence[PlaceStory], told_events: frozenset[str]
) -> list[Paragraph]:
    """The scores, where no place has a section: gauges that open, then the angle's place, then the house's order."""
    own = market_of(book, angle)
    gauges = [m for m in _gauges(book) if _opens(m, book, angle, rule)]
    closing = [m for m in _gauges(book) if m not in gauges] if others else []
    markets = [m for s in others for m in s.markets]
    if book.region.futures_only:
        markets = [m for m in book.markets.values() if sections.is_own_future(book, m)]
    order = {key: n for n, key in enumerate(rule.order)}
    if book.region.layout not in ("country", "us"):
        head = own or _standout(book)
        lead = head.place if head is not None else None
        bare = {s.key for s in others if s.head.detail < _NEWS_DETAIL}
        markets.sort(key=lambda m: (m.place != lead, m.place in bare, order.get(m.place or "", 50), m is not head))
    else:
        markets.sort(key=lambda m: (m is not own, order.get(m.id, 50), m.tier != "primary"))
    everything = [*(g for g in gauges if g not in markets), *markets]
    everything.sort(key=lambda m: m.place not in rule.first)
    in_lede = bool(everything) and everything[0].tier == "gauge" and everything[0] is (own or gauge_of(book, rule))
    messages: list[Message] = []
    for market in everything[:1]:
        messages.extend(_first_score(market, told_events, in_lede))
        messages.extend(opposing(market))
    messages.extend(scores.score_sentences(book, everything[1:], told_events=told_events))
    messages.extend(scores.score_sentences(book, closing, told_events=told_events))
    return halves("scores", messages, 5)


def _gauges(book: FactBook) -> list[MarketFacts]:
    return [m for m in book.main if m.tier == "gauge" and (m.has_figure or m.direction)]


def _opens(gauge: MarketFacts, book: FactBook, angle: Angle, rule: PlanRule) -> bool:
    """The gauge by which a region is read, or one with news of its own, stands first; another sums up at the end."""
    news = bool(gauge.milestones or gauge.sectors or gauge.supports)
    return gauge.id in rule.gauges or news or gauge is market_of(book, angle) or book.region.layout != "region"


def _first_score(market: MarketFacts, told_events: frozenset[str], in_lede: bool) -> list[Message]:
    """The score with what rides on it; of a gauge that the lede may have been told by, what is new."""
    if not in_lede:
        return [tell("market.score", market=market, satellites=scores.market_satellites(market, told_events))]
    sectors = scores.sector_satellites(market)
    return [
        tell("market.told", market=market),
        *sections.path_sentence(market),
        *sections.sector_sentences(market, sectors),
        *sections.history_sentences(market),
    ]


def _elsewhere(
    book: FactBook,
    angle: Angle,
    rule: PlanRule,
    held: Length,
    others: Sequence[PlaceStory],
    told_events: frozenset[str],
) -> list[Paragraph]:
    """The places without a section: those with something to tell before bare scores, in the house's order; gauges."""
    order = {key: n for n, key in enumerate(rule.order)}
    ranked = sorted(others, key=lambda s: (s.head.detail < _NEWS_DETAIL, order.get(s.key, 50), -(s.head.size or 0)))
    messages: list[Message] = []
    waiting: list[MarketFacts] = []
    news: list[StockFacts] = []
    for story in ranked:
        own = {m.id for m in story.markets}
        stocks = [s for s in book.stocks.values() if s.market in own and not s.previous]
        shared = [s for s in stocks if s.direction is None and not _of_one_place(book, s, own)]
        news.extend(shared)
        stocks = [s for s in stocks if s not in shared]
        if not stocks:
            waiting.extend(story.markets)
            continue
        # A place with stocks is told by itself, so that they and their news stand beside their index.
        messages.extend(scores.score_sentences(book, waiting, told_events=told_events))
        waiting = []
        messages.extend(scores.score_sentences(book, story.markets, told_events=told_events))
        messages.extend(shares.stock_messages(stocks, held.stocks, told_events))
    messages.extend(scores.score_sentences(book, waiting, told_events=told_events))
    messages.extend(shares.stock_messages(news, held.stocks))
    gauges = [m for m in _gauges(book) if not _opens(m, book, angle, rule)]  # never in one breath with a place's own
    messages.extend(scores.score_sentences(book, gauges, told_events=told_events))
    own_futures = [m for m in book.markets.values() if sections.is_own_future(book, m)]
    messages.extend(scores.score_sentences(book, own_futures, told_events=told_events))
    if not messages:
        return []
    messages[0] = retold(messages[0], detail="elsewhere")
    return halves("elsewhere", messages, 6)


def _of_one_place(book: FactBook, stock: StockFacts, own: Collection[str]) -> bool:
    """Whether a stock's news is of stocks of its own place alone, so that it can be told there."""
    return all([book.stocks[i].market in own for i in stock.causes[0].event.stocks]) if stock.causes else True


def _movers(book: FactBook, held: Length, told: Sequence[PlaceStory]) -> list[Paragraph]:
    """Stocks that belong to no market of the article; where no place may have a section, all of them."""
    single = book.region.layout in ("country", "us")
    homes = {m.id for m in book.main} if told or single else set()
    homeless = [
        s
        for s in book.stocks.values()
        if not s.previous
        and (s.market is None or s.market not in homes)
        and (book.backdrop is None or s.market not in book.backdrop.markets)
    ]
    if book.region.layout in ("country", "us"):
        homeless = [s for s in homeless if s.market is not None]
    if not held.places:
        homeless.sort(key=shares.weight_order)
    messages = shares.stock_messages(homeless, held.stocks)
    loose = [s for s in book.sectors if s.market is None] if book.region.layout in ("region", "global") else []
    everything = [*shares.sectors_by_direction(loose), *messages]
    return [paragraph("movers", everything)] if everything else []
