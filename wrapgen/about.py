"""What an article is about, beside its words: when, where, which companies, places and topics.

The newswire formats carry it. It is put together when the article is written, from the snapshot and the reference
data, so that a renderer needs neither.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from wrapgen.values import maker

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wrapgen.coverage import Told
    from wrapgen.facts.types import FactBook
    from wrapgen.intake.reference import Reference, RegionRef
    from wrapgen.rulepack.newscodes import NewsCodes


class Company(NamedTuple):
    """A company that the text names. ``id`` is that of its tokens, ``exchange`` an ISO 10383 code."""

    id: str
    name: str
    ticker: str
    exchange: str
    exchange_name: str


class Place(NamedTuple):
    """A place whose markets the text tells of. ``code`` is ISO 3166-1 alpha-2, None for what is no country."""

    name: str
    code: str | None


class Topic(NamedTuple):
    """A concept of an IPTC vocabulary."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Edition:
    """An article as one of the editions of a story, for whom it is handed on to.

    ``story`` is what the story is known by through all its editions, ``number`` counts them from 1. ``at`` is when
    this one was approved and ``first`` when the first one was, both with an offset; ``correction`` what it says of a
    figure that was wrong in an earlier one, or nothing.
    """

    story: str
    number: int
    at: dt.datetime
    first: dt.datetime
    correction: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """All of it. ``region`` is the key of the contract (``asia-pacific``, ``jp``).

    ``as_of`` has an offset; where a date alone was sent it is the beginning of that ``date`` where the market is, and
    ``timed`` is false. ``urgency`` runs from 1, the most urgent, to 9. ``snapshot`` is the hash of what was sent.
    ``edition`` is set by whoever publishes; without one the article stands for itself, and is never another's later
    version.
    """

    region: str
    phase: str
    date: dt.date
    as_of: dt.datetime
    timed: bool
    provider: str
    genre: Topic
    urgency: int
    companies: tuple[Company, ...] = ()
    places: tuple[Place, ...] = ()
    topics: tuple[Topic, ...] = ()
    snapshot: str = ""
    language: str = "en"
    edition: Edition | None = None


_company: Final = maker(Company)


def describe(book: FactBook, told: Told, score: float, reference: Reference, codes: NewsCodes) -> About:
    """What an article of ``book`` is about, by what its text ``told``; ``score`` is that of its story."""
    snapshot = book.snapshot
    region = reference.region(snapshot.region)
    assert region is not None  # intake refuses an unknown region
    markets = [book.markets[ref].market for ref in told.refs if ref in book.markets]
    stocks = [book.stocks[ref].stock for ref in told.refs if ref in book.stocks]
    calls = {"every", *[market.kind for market in markets]}
    calls.update([event.event.type for event in book.events.values() if event.event.pointer in told.events])
    if stocks:
        calls.add("stock")
    return About(
        region=snapshot.region,
        phase=snapshot.phase,
        date=snapshot.date,
        as_of=snapshot.as_of or dt.datetime.combine(snapshot.date, dt.time(), ZoneInfo(region.timezone)),
        timed=snapshot.as_of is not None,
        provider=codes.provider,
        genre=codes.genre,
        urgency=codes.urgency_of(score),
        companies=tuple(
            [_company(s.id, s.name, s.ticker, s.exchange, reference.exchanges[s.exchange].name) for s in stocks]
        ),
        places=_places(region, [market.place for market in markets], reference),
        topics=codes.topics_of(calls),
        snapshot=snapshot.content_hash,
    )


def _places(region: RegionRef, ids: Iterable[str | None], reference: Reference) -> tuple[Place, ...]:
    """The wrap's own region first, then the places of its markets in the order of the text."""
    found: dict[str, Place] = {}
    if len(region.places) == 1:
        ids = (*region.places, *ids)
    elif region.id != "global":
        found[region.name] = Place(region.name, None)
    for ident in ids:
        if ident is not None:
            name = reference.places[ident].name
            found.setdefault(name, Place(name, None if ident == "EU" else ident))
    return tuple(found.values())
