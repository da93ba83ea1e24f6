"""One snapshot as the checker sees it: its things by id, the names for them, the words of its events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from wrapgen.check.events import EventBook, read_events
from wrapgen.check.known import Words
from wrapgen.check.names import Name, Names, Trie, own_names, snapshot_names
from wrapgen.check.truth import Thing, market_thing, own_markets, places_of, sector_thing, stock_thing
from wrapgen.check.words import Vocabulary
from wrapgen.intake.reference import Reference
from wrapgen.intake.snapshot import Event, Snapshot


class Language(NamedTuple):
    """What does not depend on the snapshot: words, names, reference data."""

    vocabulary: Vocabulary
    reference: Reference
    names: Trie
    words: Words
    ids: dict[str, str]
    """The words that each id of the reference data stands for."""


class World:
    """Everything of one snapshot that a text can be held against."""

    def __init__(self, snapshot: Snapshot, language: Language) -> None:
        self.snapshot = snapshot
        self.language = language
        self.ways = snapshot_names(snapshot, language.names, language.vocabulary, language.reference)
        self._own: dict[str, Names] = {}
        self.book: EventBook = read_events(snapshot, language)
        self.markets = {m.id: market_thing(m) for m in snapshot.markets}
        self.stocks = {s.id: stock_thing(s) for s in snapshot.stocks}
        self.sectors = [sector_thing(s) for s in snapshot.sectors]
        self.home = own_markets(snapshot, self.markets.values())
        self.places = places_of(self.home)
        # Those that are ranked and counted: an index that spans countries is no market among them.
        self.rivals = [t for t in self.home if t.data.tier != "gauge"] or self.home
        self.race = places_of(self.rivals) if len(self.rivals) < len(self.home) else self.places
        self.here: dict[str, list[Thing]] = {}  # by place, all its markets
        self._groups: dict[str, dict[str, Thing]] = {}  # by kind and id
        self.named: dict[Name, tuple[tuple[Thing, ...], int]] = {}
        self.event_bits = {event.id: 1 << number for number, event in enumerate(snapshot.events)}
        self._link()

    def _link(self) -> None:
        """Which events bear on which things: as the sender linked them, and through what belongs together."""
        snapshot = self.snapshot
        for sent in snapshot.markets:
            self._involve(self.markets[sent.id], sent.because)
        for stock in snapshot.stocks:
            self._involve(self.stocks[stock.id], stock.because)
        for number, sector in enumerate(snapshot.sectors):
            thing = self.sectors[number]
            self._involve(thing, sector.because)
            for stock in snapshot.stocks:
                if stock.sector == sector.name and stock.market == sector.market:
                    thing.links |= self.stocks[stock.id].links
        for part in (*self.stocks.values(), *self.sectors):
            market = self.markets.get(part.market or "")
            if market is not None:
                market.links |= part.links
        for market in self.markets.values():
            if market.place:
                self.here.setdefault(market.place, []).append(market)
        for place, markets in self.here.items():
            links = all_links(markets) | self.book.involved.get(place, 0)
            for market in markets:
                market.links |= links
        for part in self.sectors:
            market = self.markets.get(part.market or "")
            if market is not None:
                part.links |= market.links

    def _involve(self, thing: Thing, because: tuple[str, ...]) -> None:
        """The events that a thing has part in: those that the sender gives for its move, and those that name it."""
        mask = self.book.involved.get(thing.id, 0)
        for ident in because:
            mask |= self.event_bits.get(ident, 0)
        thing.mask = thing.links = mask

    def event(self, mask: int) -> Event:
        """The first of some events."""
        return self.snapshot.events[(mask & -mask).bit_length() - 1]

    def own(self, word: str) -> Names:
        """The names of this snapshot's own that begin with a word."""
        names = self._own.get(word)
        if names is None:
            names = self._own[word] = own_names(tuple(self.ways[word]))
        return names

    def bearers(self, name: Name) -> tuple[tuple[Thing, ...], int]:
        """What a name can mean, and the events that its words or its bearers have part in; from then on in ``named``.

        Something that the snapshot does not have is there without data.
        """
        found = self.named[name] = self._bearers(name)
        return found

    def _bearers(self, name: Name) -> tuple[tuple[Thing, ...], int]:
        things = tuple([self._thing(kind, ident) for kind, ident in name.meanings])
        if len(things) > 1:
            things = tuple([t for t in things if t.known]) or things[:1]
        book, lexicon = self.book, self.language.words
        if not self.snapshot.events:
            return things, 0
        mask = -1
        for word in name.words:
            mask &= book.mask(lexicon[word])
            if not mask:
                break
        for thing in things:
            mask |= thing.mask
        return things, mask

    def _thing(self, kind: str, ident: str) -> Thing:
        market = self.markets.get(ident) if kind == "market" else None
        if market is not None:
            return market
        if kind in ("stock", "ticker"):
            return self.stocks[ident]
        if kind == "sector":
            return self.sectors[int(ident)]
        groups = self._groups.get(kind)
        if groups is None:
            groups = self._groups[kind] = {}
        group = groups.get(ident)
        if group is None:
            group = groups[ident] = self._group(kind, ident)
        return group

    def _group(self, kind: str, ident: str) -> Thing:
        if kind == "market":
            return Thing("market", ident, self.language.reference.markets[ident].short)
        if kind == "region" and ident == "own":
            country = self.snapshot.region.upper()
            if (
                self.snapshot.region not in self.language.reference.regions
                and country in self.language.reference.places
            ):
                return self._thing("place", country)
            return self._thing("region", self.snapshot.region)
        reference = self.language.reference
        markets = self.markets.values()
        if kind == "side":
            return self._side(ident)
        if kind == "place":
            here = self.here.get(ident, [])
            members = [t for t in here if t.instrument in ("index", "future") and not t.closed]
            chosen = [t for t in members if t.main and t.instrument == "index"] or members
            place = reference.places[ident]
            group = Thing("place", ident, place.name)
            group.place = ident
            group.members = tuple(_main_first(chosen, reference))
            group.mask = self.book.involved.get(ident, 0)
        elif kind == "region":
            region = reference.regions[ident]
            group = Thing("region", ident, region.name)
            group.members = self._home() if ident == self.snapshot.region else self._abroad(ident)
        else:
            futures = ident == "futures"
            group = Thing("group", ident, "stock futures" if futures else "Wall Street")
            wanted = "future" if futures else "index"
            group.members = tuple(
                t for t in markets if t.instrument == wanted and not t.closed and (futures or t.place == "US")
            )
        for member in group.members:
            group.links |= member.links
            group.pointer = group.pointer or member.pointer
        if kind == "place":
            group.links |= all_links(self.here.get(ident, ()))  # of those that are closed too: the holiday
            group.mask |= group.links
        if kind == "region":
            group.links |= self._loose()
        return group

    def _side(self, name: str) -> Thing:
        """A currency that the data have as the other side of a pair: it rose where the pair fell."""
        side = Thing("side", name, name)
        pair = next((t for t in self.markets.values() if t.data.against == name), None)
        if pair is not None:
            opposite = {
                "up": "down",
                "down": "up",
                "flat_to_lower": "flat_to_higher",
                "flat_to_higher": "flat_to_lower",
            }
            side.pointer, side.data, side.level = pair.pointer, pair.data, pair.level
            side.instrument = pair.instrument
            side.pct = -pair.pct if pair.pct is not None else None
            side.direction = opposite.get(pair.direction or "", pair.direction)
        return side

    def _home(self) -> tuple[Thing, ...]:
        return tuple(self.places) if len(self.places) > 1 else tuple(self.home)

    def _abroad(self, region: str) -> tuple[Thing, ...]:
        places = self.language.reference.places
        if region == "global":
            return self._home()
        inside = [
            t
            for t in self.markets.values()
            if t.place is not None
            and t.place in places
            and places[t.place].region == region
            and t.instrument == "index"
            and not t.closed
        ]
        if (
            not inside
            and self.snapshot.region.upper() in places
            and places[self.snapshot.region.upper()].region == region
        ):
            return tuple(self.places)
        return tuple(places_of(inside))

    def _loose(self) -> int:
        """The events that the sender links to nothing in particular."""
        linked = all_links(self.markets.values()) | all_links(self.stocks.values()) | all_links(self.sectors)
        return ((1 << len(self.snapshot.events)) - 1) & ~linked


def _main_first(markets: Sequence[Thing], reference: Reference) -> list[Thing]:
    """A place's indices, the main ones first; of several in the order of the reference data, whatever was sent first:
    the S&P 500 stands for Wall Street."""
    first = sorted(markets, key=lambda t: t.data.tier != "primary")
    if len(first) < 2 or first[1].data.tier != "primary":
        return first
    order = {ident: number for number, ident in enumerate(reference.markets)}
    return sorted(first, key=lambda t: (t.data.tier != "primary", order.get(t.id, len(order))))


def all_links(things: Iterable[Thing]) -> int:
    links = 0
    for thing in things:
        links |= thing.links
    return links
