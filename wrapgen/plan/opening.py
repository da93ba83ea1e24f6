"""Headline and lede: the first story, its reason, the second story beside it."""

from __future__ import annotations

from typing import NamedTuple

from wrapgen.angles.types import Angle
from wrapgen.facts.events import relation
from wrapgen.facts.types import EventFacts, FactBook, MarketFacts, Relation, SectorFacts, StockFacts
from wrapgen.plan.causes import best_cause, cause_message, cause_messages, region_driver
from wrapgen.plan.stories import extreme_of, market_of
from wrapgen.plan.types import Message, tell
from wrapgen.values import made

_SHARED = 0.3  # of the region's places that an event must be linked to, to be told behind what the region did


def _subject_message(
    kind: str,
    book: FactBook,
    angle: Angle,
    gauge: MarketFacts | None = None,
    contrast: bool = False,
    satellites: tuple[Message, ...] = (),
) -> Message:
    """A headline or lede message about an angle's subject; the region's story may be told by its gauge."""
    subject = angle.subject
    market = market_of(book, angle) or gauge
    milestone = market.milestones[0] if market is not None and market.milestones else None
    return tell(
        kind,
        market=market,
        stock=subject if isinstance(subject, StockFacts) else None,
        sector=subject if isinstance(subject, SectorFacts) else None,
        event=subject if isinstance(subject, EventFacts) else None,
        milestone=milestone,
        streak=market.streak if market is not None else None,
        items=_companions(book, angle),
        relation=_event_relation(book, subject),
        direction=subject.direction if isinstance(subject, StockFacts | SectorFacts) else None,
        contrast=contrast,
        satellites=satellites,
    )


def _event_relation(book: FactBook, subject: object) -> Relation | None:
    if not isinstance(subject, EventFacts):
        return None
    return relation(subject.polarity, book.region.tone)


def _companions(book: FactBook, angle: Angle) -> tuple[MarketFacts | StockFacts | SectorFacts, ...]:
    """What stands beside the subject in headline and lede: a sector's companions, a stock's, a mixed region's poles."""
    subject = angle.subject
    if isinstance(subject, SectorFacts):
        reasons = {c.event.id for c in subject.causes}
        same = [
            s
            for s in book.sectors
            if s.market == subject.market
            and s.direction == subject.direction
            and s is not subject
            and (not reasons or reasons & {c.event.id for c in s.causes})  # the clause's reason must be theirs too
        ]
        same.sort(key=lambda s: (not s.tells, -s.stocks))
        return (subject, *same[:1])
    if isinstance(subject, StockFacts):
        same_effect = [
            s
            for s in book.stocks.values()
            if s.market == subject.market and s.effect == subject.effect and s is not subject and s.effect
        ]
        same_effect.sort(key=lambda s: (-s.reach, -(s.size or 0)))
        return (subject, *same_effect[:2])
    if isinstance(subject, MarketFacts):
        rivals = [m for m in book.main if m.tier != "gauge" and m.place != subject.place and m.has_figure]
        opposite = [m for m in rivals if m.direction in ("up", "down") and m.direction != subject.direction]
        opposite.sort(key=lambda m: -(m.size or 0))
        return (subject, *opposite[:1])
    if "best_and_worst" in angle.names:
        ups = sorted((m for m in book.main if m.direction == "up" and m.heads), key=lambda m: -(m.pct or 0))
        downs = sorted((m for m in book.main if m.direction == "down" and m.heads), key=lambda m: m.pct or 0)
        if ups and downs:
            return tuple(sorted((ups[0], downs[0]), key=lambda m: -(m.size or 0)))  # the larger move is read first
    return ()


class Opening(NamedTuple):
    """The two stories of headline and lede, whether the second can stand behind the first, and their reasons."""

    angle: Angle
    counterpoint: Angle | None
    rides: bool
    reason: Message | None
    second_reason: Message | None  # where it rides

    @property
    def told(self) -> tuple[Angle, ...]:
        """The stories that the lede tells."""
        return (self.angle, self.counterpoint) if self.counterpoint is not None and self.rides else (self.angle,)


def opening_of(book: FactBook, angle: Angle, counterpoint: Angle | None) -> Opening:
    reason = _reason(book, angle)
    rides = counterpoint is not None and _rides(book, angle, counterpoint, reason)
    second = _reason(book, counterpoint, primary_only=True) if counterpoint is not None and rides else None
    return made(Opening, angle, counterpoint, rides, _besides(reason, counterpoint, rides), second)


def headline(book: FactBook, opening: Opening) -> Message:
    """The first story, its reason where there is room for one, the second story."""
    angle, counterpoint = opening.angle, opening.counterpoint
    satellites: list[Message] = []
    if angle.family in ("region", "mood"):  # after another subject's clause it would seem to be that one's
        reason = _besides(_reason(book, angle, kind="cause.headline"), counterpoint, opening.rides)
        satellites += [reason] if reason is not None else []
    if counterpoint is not None and opening.rides:
        contrast = _contrast(book, angle, counterpoint)
        satellites.append(
            _subject_message(f"headline.second.{counterpoint.name}", book, counterpoint, contrast=contrast)
        )
    return _subject_message(f"headline.{angle.name}", book, angle, satellites=tuple(satellites))


def lede(book: FactBook, opening: Opening, gauge: MarketFacts | None = None) -> Message:
    """The first story with its reason, and the second; ``gauge`` is what the region's day is read by."""
    angle, counterpoint = opening.angle, opening.counterpoint
    satellites: list[Message] = []
    reason = _first_reason(opening)
    if reason is not None:
        satellites.append(reason)
    second_event = counterpoint.subject if counterpoint is not None and opening.rides else None
    for event in (reason.event if reason is not None else None, second_event):
        if gauge is not None and isinstance(event, EventFacts) and gauge.id not in event.markets:
            gauge = None  # it is the reason of the region's markets, not of the index that spans them
    pole = _pole(book, angle)
    if pole is not None:
        satellites.append(tell("lede.pole", market=pole, satellites=cause_messages(pole)))
    elif counterpoint is not None and opening.rides:
        second_reason = _fitting_reason(book, opening)
        second = _subject_message(
            f"lede.second.{counterpoint.name}",
            book,
            counterpoint,
            contrast=_contrast(book, angle, counterpoint),
            satellites=(second_reason,) if second_reason is not None else (),
        )
        satellites.append(second)
    standout = book.markets.get(book.region.standout or "") if "standout" in angle.names else None
    other = market_of(book, counterpoint)
    # The second story may tell of it; and "though" it fell would be no contrast behind another that did.
    if standout is not None and standout is not other and (other is None or other.direction != standout.direction):
        satellites.append(tell("lede.standout", market=standout))
    if not satellites and gauge is None and angle.family == "region" and book.region.places > 1:
        extreme = extreme_of(book)  # where nothing else is known, it shows what the day was like
        satellites += [tell("lede.extreme", market=extreme)] if extreme is not None else []
    return _subject_message(f"lede.{angle.name}", book, angle, gauge, satellites=tuple(satellites))


def _first_reason(opening: Opening) -> Message | None:
    """The reason of the first story, where the second does not tell of the same sectors."""
    second = opening.counterpoint.subject if opening.counterpoint is not None and opening.rides else None
    reason = opening.reason
    if reason is not None and reason.kind == "lede.sectors" and isinstance(second, SectorFacts):
        return None
    return reason


def _besides(reason: Message | None, counterpoint: Angle | None, rides: bool) -> Message | None:
    """The reason, unless it and the second story are the same, Wall Street's session, or both are news.

    One that has happened may stand before one that is waited for; two of a kind read as one.
    """
    if reason is None or reason.event is None or counterpoint is None:
        return reason
    second = counterpoint.subject
    news = rides and isinstance(second, EventFacts) and second.id != reason.event.id
    if news and (not second.awaited or reason.event.awaited):  # type: ignore[union-attr]
        return None  # before the jobs report ahead of the Fed's decision, after talks amid a rise in exports
    return None if counterpoint.name == "follows_wall_street" and reason.event.topic == "wall_street" else reason


def _rides(book: FactBook, angle: Angle, counterpoint: Angle, reason: Message | None) -> bool:
    """Whether the second story can stand behind the first and its reason.

    News behind a market's clause reads as its reason, so it must be linked to it and not run against it.
    """
    if counterpoint.subject in _companions(book, angle):
        return False  # it has been told
    first, market, event = angle.subject, market_of(book, angle), counterpoint.subject
    if market is None and isinstance(event, EventFacts):
        if event.share < _SHARED or _few(book) and not _of_a_place(book, event):
            return False
        return all([m.id in event.markets for m in _companions(book, angle)[-1:] if isinstance(m, MarketFacts)])
    if market is None or not (isinstance(event, EventFacts) or counterpoint.wall_street):
        return True
    if counterpoint.wall_street and isinstance(first, StockFacts | SectorFacts) and reason is not None:
        return False  # behind a stock's own reason it would seem to be what moved the stock
    if isinstance(event, EventFacts) and isinstance(first, StockFacts | SectorFacts):
        if event.id not in {cause.event.id for cause in first.causes}:
            return False  # it would seem to be the stock's reason, not its index's
    elif isinstance(event, EventFacts) and market.id not in event.markets:
        return False
    return not _contrast(book, angle, counterpoint)


def _fitting_reason(book: FactBook, opening: Opening) -> Message | None:
    """The reason of the second story; the region's stands behind a market's clause only where it is that one's too."""
    angle, counterpoint, reason = opening.angle, opening.counterpoint, opening.second_reason
    if reason is not None and reason.kind == "lede.sectors" and isinstance(angle.subject, SectorFacts):
        return None  # the sectors are the first story
    market = market_of(book, angle)
    own = counterpoint is not None and counterpoint.subject is not None
    if reason is None or reason.event is None or own or market is None:
        return reason
    return reason if market.id in reason.event.markets else None


def _share_reason(book: FactBook, angle: Angle) -> bool:
    """Whether the companies that stand together in the lede name one and the same event."""
    stocks = [s for s in _companions(book, angle) if isinstance(s, StockFacts)]
    return bool(set.intersection(*({c.event.id for c in s.causes} for s in stocks)))


def _pole(book: FactBook, angle: Angle) -> MarketFacts | None:
    """The other extreme of a region that split: told beside the first in the lede."""
    if "other_end" not in angle.names or book.region.tone != "mixed":
        return None
    others = [i for i in _companions(book, angle)[1:] if isinstance(i, MarketFacts)]
    return others[0] if others else None


def _reason(book: FactBook, angle: Angle, kind: str = "cause", primary_only: bool = False) -> Message | None:
    """The reason that rides on an angle's clause: its subject's own, else the region's driver."""
    subject = angle.subject
    if isinstance(subject, MarketFacts) and not primary_only:
        shared = region_driver(book)
        if (
            shared is not None
            and shared.relation == "supports"
            and subject.id in shared.event.markets
            and subject.direction == book.region.tone
        ):
            return cause_message(shared, subject, kind=kind)
    if isinstance(subject, StockFacts) and len(_companions(book, angle)) > 1 and not _share_reason(book, angle):
        return None  # "after it reported" cannot stand for two companies
    if isinstance(subject, MarketFacts | StockFacts | SectorFacts):
        cause = best_cause(subject)
        if cause is not None:
            return cause_message(cause, subject, kind=kind)
        if isinstance(subject, MarketFacts):
            items = tuple(s for s in subject.sectors if s.direction == subject.direction)
            if items and kind == "cause":
                return tell(
                    "lede.sectors",
                    market=subject,
                    items=items[:1],
                    direction=subject.direction,
                    target=subject,
                )
        return None
    if isinstance(subject, EventFacts):
        return None
    driver = region_driver(book)
    if driver is None or angle.wall_street:
        return None  # behind "losses on Wall Street" it would seem to be their reason
    if _few(book) and not _of_a_place(book, driver.event):
        return None  # "stocks in Germany" are those of its index
    named = _companions(book, angle)[-1:]
    if any(
        i.id not in driver.event.markets or relation(driver.event.polarity, i.direction) != "supports"
        for i in named
        if isinstance(i, MarketFacts)
    ):
        return None  # behind a market's clause it would seem to be that one's
    return cause_message(driver, None, book.region.tone, kind=kind)


def _few(book: FactBook) -> bool:
    """Whether the region is told of by the names of its one or two places."""
    return book.region.layout == "region" and book.region.places <= 2


def _of_a_place(book: FactBook, event: EventFacts) -> bool:
    """Whether an event is linked to an index of one of the region's places, and not to one that spans them alone."""
    return any([m.id in event.markets for m in book.main if m.tier != "gauge"])


def _contrast(book: FactBook, angle: Angle, counterpoint: Angle) -> bool:
    """Whether the second story runs against the first: opposite signs."""
    return (
        _way(book, angle) in ("up", "down")
        and _way(book, counterpoint) in ("up", "down")
        and _way(book, angle) != _way(book, counterpoint)
    )


def _way(book: FactBook, angle: Angle) -> object:
    subject = angle.subject
    if isinstance(subject, StockFacts):
        return "down" if subject.effect == "drag" else "up" if subject.effect == "lift" else subject.direction
    if isinstance(subject, MarketFacts | SectorFacts):
        return subject.direction
    return book.region.tone


def told_in_lede(book: FactBook, opening: Opening) -> frozenset[str]:
    """Events that the lede will have told, so that no score repeats them."""
    reasons = (_first_reason(opening), _fitting_reason(book, opening))
    found = {r.event.id for r in reasons if r is not None and r.event is not None}
    for story in opening.told:
        if isinstance(story.subject, EventFacts):
            found.add(story.subject.id)
        if story.wall_street:
            found.update([e.id for e in book.events.values() if e.topic == "wall_street"])
    return frozenset(found)
