"""How a message stands in the article: the group ``this`` of a sentence rule's conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from wrapgen.facts.types import Direction, MarketFacts, Relation, SectorFacts, StockFacts
from wrapgen.plan.joining import printed
from wrapgen.plan.types import Message, Place
from wrapgen.wording.discourse import Draft
from wrapgen.wording.milestones import span_key
from wrapgen.wording.scene import Scene
from wrapgen.wording.style import prints_in_full
from wrapgen.wording.verbs import size_of


class Telling:
    """A message in its place, seen by conditions.

    Everything here is worked out when a condition asks: a rule asks for one or two of these, and most
    messages meet a rule that asks for none.
    """

    __slots__ = ("_draft", "_message", "_scene", "_where")

    def __init__(self, scene: Scene, message: Message, where: Place, draft: Draft) -> None:
        self._scene, self._message, self._where, self._draft = scene, message, where, draft

    @property
    def direction(self) -> Direction | None:
        """The way of what is told: as the plan gave it, else its subject's, else the region's tone."""
        message = self._message
        if message.direction is not None:
            return message.direction
        subject = message.target or message.market or message.stock or message.sector
        return subject.direction if subject is not None else self._scene.book.region.tone

    @property
    def relation(self) -> Relation | None:
        """How the event's polarity stands to the move; missing without an event."""
        return self._message.relation

    @property
    def target(self) -> Literal["market", "stock", "sector", "region", "none"]:
        """What the event is said to have moved; region where that is no one market, stock or sector."""
        target = self._message.target
        if isinstance(target, MarketFacts):
            return "market"
        if isinstance(target, StockFacts):
            return "stock"
        return "sector" if isinstance(target, SectorFacts) else "region"

    @property
    def number(self) -> int:
        """How many things are listed."""
        return len(self._message.items)

    @property
    def contrast(self) -> bool:
        """It runs against what was told before it."""
        return self._message.contrast

    @property
    def told(self) -> bool:
        """The event, the milestone or the run has been told."""
        message, draft = self._message, self._draft
        if message.milestone is not None and message.market is not None and message.kind.endswith(".milestone"):
            return draft.has_told(f"milestone:{message.market.id}:{message.milestone.type}")
        if message.streak is not None and message.market is not None and message.kind.endswith((".streak", ".runs")):
            return draft.has_told(f"streak:{message.market.id}")
        return message.event is not None and draft.has_told(message.event.id)

    @property
    def own(self) -> bool:
        """The event is about the very thing that it is said to move."""
        event, target = self._message.event, self._message.target
        who = event.whose if event is not None else None
        if who is None:
            return False
        if isinstance(target, MarketFacts):
            return who in (target.id, target.market.name, target.market.short_name)
        return who == getattr(target or self._message.stock, "id", None)

    @property
    def place(self) -> Place:
        """Where it is said: headline, subhead, lede, body."""
        return self._where

    @property
    def detail(self) -> str:
        """Which part of a longer telling this is: first, too, elsewhere, backdrop, bucks, above; empty for none."""
        return self._message.detail

    @property
    def mood(self) -> str:
        """How the market takes the event, in the sender's word; none where there is no such word."""
        event = self._message.event
        return (event.frame.mood or "none") if event is not None else "none"

    @property
    def has_reason(self) -> bool:
        """Something rides on it: a reason, a milestone, a second story."""
        return bool(self._message.satellites)

    @property
    def size(self) -> float | None:
        """The subject's move in percent, without sign, else the region's mean; missing without figures."""
        message = self._message
        subject = message.target or message.market or message.stock or message.sector
        return size_of(subject)[0] if subject is not None else self._scene.book.region.size

    @property
    def same_size(self) -> bool:
        """The listed moves print alike."""
        return same_size(self._message.items)

    @property
    def all_indices(self) -> bool:
        """All that is listed are indices."""
        return all(isinstance(i, MarketFacts) and i.kind == "index" for i in self._message.items)

    @property
    def all_figures(self) -> bool:
        """The moves of all that is listed are known in percent."""
        items = self._message.items
        return bool(items) and all(getattr(i, "pct", None) is not None for i in items)

    @property
    def tells(self) -> bool:
        """The sender says of a listed sector that it lifted or dragged its index."""
        return any(isinstance(i, SectorFacts) and i.tells for i in self._message.items)

    @property
    def opened(self) -> bool:
        """The sentence before was of the same kind."""
        sections = self._draft.base.sections
        return bool(sections) and sections[-1] == self._message.kind

    @property
    def levels(self) -> bool:
        """The house prints levels in this article."""
        return self._scene.levels

    @property
    def full(self) -> bool:
        """The length of the article is to tell all that was sent."""
        return self._scene.full

    @property
    def whole_score(self) -> bool:
        """The house prints every score of the body in full: with its points, or its level, where they were sent."""
        return self._where == "body" and prints_in_full(self._scene.style)

    @property
    def lean(self) -> Literal["up", "down", "none"]:
        """Which way all that is listed leans: flat to lower, flat to higher; none where they differ."""
        leans = {item.lean if isinstance(item, MarketFacts) else None for item in self._message.items}
        return (leans.pop() or "none") if len(leans) == 1 else "none"

    @property
    def own_sector(self) -> bool:
        """The stock belongs to one of the sectors listed, so that both fit one subhead."""
        stock, items = self._message.stock, self._message.items
        return stock is not None and any(isinstance(i, SectorFacts) and i.name == stock.stock.sector for i in items)

    @property
    def carried(self) -> bool:
        """Another market or stock is told behind it in the same sentence."""
        return any(
            m.kind.startswith(("lede.second", "headline.second")) and (m.market or m.stock)
            for m in self._message.satellites
        )

    @property
    def named(self) -> bool:
        """Its market, or its stock, has been named."""
        message, draft = self._message, self._draft
        if message.stock is not None:
            return draft.knows(message.stock.id) or draft.knows(f"named:{message.stock.id}")
        return message.market is not None and draft.knows(message.market.id)

    @property
    def place_named(self) -> bool:
        """Another part of the same headline has named the market's, or the stock's index's, place."""
        stock, market = self._message.stock, self._message.market
        if stock is not None:
            market = self._scene.book.markets.get(stock.market or "")
        return market is not None and f"place:{market.place}" in self._draft.named

    @property
    def sector_named(self) -> bool:
        """Another part of the same headline has named the sector."""
        sector = self._message.sector
        return sector is not None and f"sector:{sector.market}:{sector.name}" in self._draft.named

    @property
    def stock_named(self) -> bool:
        """A company has been named in this headline or sentence."""
        return any(ident in self._scene.book.stocks for ident in self._draft.named)

    @property
    def index_told(self) -> bool:
        """The sector's index, or the stock's, has been named in this headline or sentence."""
        part = self._message.sector or self._message.stock
        return part is not None and (part.market or "") in self._draft.named

    @property
    def event_told(self) -> bool:
        """An event has been told in this headline or sentence."""
        return any(ident in self._scene.book.events for ident in self._draft.told)

    @property
    def span_told(self) -> bool:
        """The sentence before gave another market the same milestone, counted from the same date."""
        milestone = self._message.milestone
        if milestone is None or not milestone.since:
            return False  # a derived one is told by its span, to which *then* cannot point
        return span_key(milestone) in self._draft.base.last_told

    @property
    def span_repeated(self) -> bool:
        """A derived milestone whose span ("in more than a month") one of the last sentences has told of another."""
        milestone = self._message.milestone
        return milestone is not None and milestone.derived and span_key(milestone) in self._draft.base.lately

    @property
    def record_told(self) -> bool:
        """One of the last sentences has told the same kind of record of another market."""
        milestone = self._message.milestone
        record = milestone is not None and milestone.type in ("record_high", "record_low")
        return record and milestone is not None and span_key(milestone) in self._draft.base.lately

    @property
    def trailing(self) -> bool:
        """A reason stands in the sentence already: what follows must not seem to belong to it."""
        return bool(self._draft.links or self._draft.reasoned) and bool(self._draft.satellites)

    @property
    def beside(self) -> bool:
        """Another market, no gauge of the region, or a company is named in the sentence: a clause without a subject of
        its own would be read as that one's."""
        own, book = self._message.market, self._scene.book
        others = [book.markets[i] for i in self._draft.named if i in book.markets and (own is None or i != own.id)]
        return self.stock_named or any(m.tier != "gauge" for m in others)

    @property
    def level_printed(self) -> bool:
        """The sentence has printed the level."""
        return self._draft.level_printed

    @property
    def moved(self) -> bool:
        """The sentence has said a move, and not only a rank."""
        return self._draft.moved

    @property
    def recent_run(self) -> bool:
        """A run of sessions was told within the last sentences."""
        return self._draft.base.since_run < 3

    @property
    def scored(self) -> bool:
        """The lede has printed this market's figure."""
        market = self._message.market
        return market is not None and f"pct:{market.id}" in self._draft.base.told

    @property
    def placed(self) -> bool:
        """The lede has printed this market's figure as its place's: a 1.8% rally in South Korea."""
        market = self._message.market
        return market is not None and f"placed:{market.id}" in self._draft.base.told

    @property
    def path_told(self) -> bool:
        """Another market's session has been told to have gone the same way."""
        market = self._message.market
        return market is not None and f"path:{market.path}" in self._draft.base.told

    @property
    def recently_told(self) -> bool:
        """The event was told within the last three sentences, so that *the news* can only mean it."""
        event = self._message.event
        return event is not None and event.id in self._draft.base.lately

    @property
    def index_named(self) -> bool:
        """The stock's index has been named in this headline or sentence."""
        stock = self._message.stock
        return stock is not None and (stock.market or "") in self._draft.named

    @property
    def supported(self) -> bool:
        """A reason that supports the market's move has been told."""
        target = self._message.target
        causes = target.causes if isinstance(target, MarketFacts) else ()
        return any(c.relation == "supports" and self._draft.has_told(c.event.id) for c in causes)

    @property
    def just_told(self) -> bool:
        """The sentence before told the event, so that *that* can point to it."""
        event = self._message.event
        return event is not None and event.id in self._draft.base.last_told

    @property
    def follows(self) -> bool:
        """The sentence before named its market and nothing else that moves: *it* and *the fall* can only mean that."""
        market = self._message.market
        return market is not None and self._draft.base.sole == market.id

    @property
    def away(self) -> bool:
        """The sentence before was on another market alone: what is said of no one would be said of that one."""
        market, before = self._message.market, self._draft.base.only_index
        return market is not None and before is not None and before != market.id

    @property
    def shared_reason(self) -> bool:
        """All the stocks listed name one and the same event."""
        causes = [{c.event.id for c in i.causes} for i in self._message.items if isinstance(i, StockFacts)]
        return len(causes) >= 2 and bool(set.intersection(*causes))


def same_size(items: Sequence[object]) -> bool:
    """Whether the listed moves print alike, so that they are paired and never ranked."""
    known = [pct for pct in (getattr(item, "pct", None) for item in items) if pct is not None]
    sizes = [(pct > 0, printed(pct)) for pct in known]
    return len(sizes) >= 2 and len(sizes) == len(items) and len(set(sizes)) == 1
