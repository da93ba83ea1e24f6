"""Which places get a section of their own, and which markets belong together."""

from __future__ import annotations

from typing import Final, NamedTuple

from wrapgen.angles.types import Angle
from wrapgen.facts.types import FactBook, MarketFacts, SectorFacts, StockFacts
from wrapgen.rulepack.kinds import PlanRule
from wrapgen.values import made

_TIERS: Final = {"primary": 0, "secondary": 1, "gauge": 2}
# From here on a place has enough to tell for a section: two stocks, or a cause and a sector.
_SECTION_DETAIL = 2.0


class PlaceStory(NamedTuple):
    """The markets of one place, told together; ``head`` is the one that the section opens with."""

    key: str
    head: MarketFacts
    markets: tuple[MarketFacts, ...]
    detail: float

    @property
    def rest(self) -> tuple[MarketFacts, ...]:
        return tuple(m for m in self.markets if m is not self.head)


def market_of(book: FactBook, angle: Angle | None) -> MarketFacts | None:
    """The market that an angle is told through: its own, or its stock's or sector's."""
    if angle is None:
        return None
    subject = angle.subject
    if isinstance(subject, MarketFacts):
        return subject
    if isinstance(subject, StockFacts):
        return book.markets.get(subject.market or "")
    if isinstance(subject, SectorFacts):
        return book.markets.get(subject.market or "")
    return None


def extreme_of(book: FactBook) -> MarketFacts | None:
    """The market that went furthest the region's way; none where the region went no one way."""
    ident = {"up": book.region.leader, "down": book.region.laggard}.get(book.region.tone)
    return book.markets.get(ident or "")


def gauge_of(book: FactBook, rule: PlanRule) -> MarketFacts | None:
    """The index by which the region's day is read, where it went the region's way."""
    found = (book.markets.get(i) for i in rule.gauges)
    fitting = (m for m in found if m is not None and m.main and m.has_figure and m.direction == book.region.tone)
    return next(fitting, None) if rule.gauges and book.region.tone in ("up", "down") else None


def place_stories(book: FactBook, angle: Angle, counterpoint: Angle | None) -> tuple[PlaceStory, ...]:
    """The region's own markets by place, the most telling first within each; gauges apart."""
    wanted = [m.id for m in (market_of(book, angle), market_of(book, counterpoint)) if m is not None]
    groups: dict[str, list[MarketFacts]] = {}
    for market in book.main:
        if market.tier == "gauge" and book.region.layout in ("region", "global"):
            continue
        groups.setdefault(market.place or market.id, []).append(market)
    found: list[PlaceStory] = []
    for key, markets in groups.items():
        head = markets[0]
        most, weight = head.detail, head.milestone_weight
        if len(markets) > 1:
            markets.sort(key=lambda m: (m.id not in wanted, _TIERS.get(m.tier, 1), -m.detail, -(m.size or 0)))
            head, most = markets[0], max([m.detail for m in markets])
            weight = max([m.milestone_weight for m in markets])
        detail = most + 0.3 * (len(markets) - 1) + weight
        found.append(made(PlaceStory, key, head, tuple(markets), detail))
    return tuple(found)


def sections_of(
    book: FactBook, stories: tuple[PlaceStory, ...], angle: Angle, counterpoint: Angle | None, most: int
) -> tuple[tuple[PlaceStory, ...], tuple[PlaceStory, ...]]:
    """(places with a section, the others). The angle's place first, the counterpoint's second, then the richest."""
    chosen: list[PlaceStory] = []
    if most == 0:
        return (), stories
    for wanted in (angle, counterpoint):
        if wanted is None or "place" not in wanted.sections:
            continue
        market = market_of(book, wanted)
        story = next((s for s in stories if market is not None and market in s.markets), None)
        if story is not None and story not in chosen and story.detail >= 0.5:
            chosen.append(story)
    rich = sorted(stories, key=lambda s: (-s.detail, -(s.head.size or 0.0)))
    for story in rich:
        if len(chosen) >= most:
            break
        if story not in chosen and story.detail >= _SECTION_DETAIL and _moved(story.head):
            chosen.append(story)
    return tuple(chosen), tuple(s for s in stories if s not in chosen)


def _moved(market: MarketFacts) -> bool:
    """A section needs a move, or something that explains why there was none."""
    return market.size is None or market.size >= 0.3 or bool(market.stocks or market.milestones)
