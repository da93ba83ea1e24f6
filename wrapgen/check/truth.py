"""What the snapshot says of everything that moved, by the checker's own reading of it.

A `Thing` is what a text can speak of: a market, a stock, a sector, a place, a region, Wall Street. One that
stands for others (a place for its indices, a region for its places) has them as ``members``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from wrapgen.intake.snapshot import Market, Sector, Snapshot, Stock

# A smaller move than this prints as none.
STILL: Final = 0.05
# What moves in points: gold has dollars, the dollar yen.
POINTED: Final = frozenset(("index", "future", "volatility"))
_SAID: Final = {"up": "rose", "down": "fell", "flat": "was flat", "mixed": "was mixed"}


class Thing:
    """Something that can move. ``direction`` is as sent, or of its figures; ``mask`` the events it has part in.

    ``instrument`` is the kind of market that its figures are of, "" where they are of none.
    """

    __slots__ = (
        "kind", "id", "name", "pointer", "instrument", "pct", "change", "direction", "level", "place", "members",
        "data", "mask", "approx", "previous", "closed", "links", "market", "main",
    )  # fmt: skip

    def __init__(self, kind: str, id: str, name: str, pointer: str | None = None) -> None:
        self.kind = kind
        self.id = id
        self.name = name
        self.pointer = pointer
        self.instrument = ""
        self.pct: float | None = None
        self.change: float | None = None
        self.direction: str | None = None
        self.level: float | None = None
        self.place: str | None = None
        self.members: tuple[Thing, ...] = ()
        self.data: Any = None
        self.mask = 0
        self.links = 0
        self.approx: str | None = None
        self.previous = False
        self.closed = False
        self.market: str | None = None
        self.main = False

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}>"

    def copied(self) -> Thing:
        """Another that says the same. Not by the copy module, to which a compiled class is closed."""
        made = Thing(self.kind, self.id, self.name, self.pointer)
        for name in _SAID_OF:
            setattr(made, name, getattr(self, name))
        return made

    @property
    def known(self) -> bool:
        """Whether the snapshot says anything of it."""
        return self.data is not None or bool(self.members)

    @property
    def moved(self) -> float | None:
        """The move with its sign, whatever its unit: percent before points."""
        return self.pct if self.pct is not None else self.change

    def said(self) -> str:
        """Its move in words: ``rose 0.2%``, ``fell``, ``was flat``."""
        if self.pct is not None and abs(self.pct) >= 0.005:
            return f"{'rose' if self.pct > 0 else 'fell'} {abs(self.pct):.4g}%"
        if self.pct is not None:
            return "was flat"
        if self.change:
            return "rose" if self.change > 0 else "fell"
        if self.members:
            return "; ".join(f"{each.name} {each.said()}" for each in self.members[:6])
        return _SAID.get(self.direction or "", (self.direction or "has no move in the data").replace("_", " "))


_SAID_OF: Final = (
    "instrument", "pct", "change", "direction", "level", "place", "members", "data", "mask", "links", "approx",
    "previous", "closed", "market", "main",
)  # fmt: skip


def market_thing(market: Market) -> Thing:
    thing = Thing("market", market.id, market.short_name, market.pointer)
    thing.instrument = market.kind
    thing.pct = market.change_pct
    thing.change = market.change
    thing.direction = market.direction
    thing.level = market.level
    thing.place = market.place
    thing.data = market
    thing.approx = market.approx
    thing.previous = market.session == "previous"
    thing.closed = market.closed
    thing.main = market.role == "main"
    return thing


def stock_thing(stock: Stock) -> Thing:
    thing = Thing("stock", stock.id, stock.short_name, stock.pointer)
    thing.pct = stock.change_pct
    thing.direction = stock.direction
    thing.data = stock
    thing.approx = stock.approx
    thing.market = stock.market
    thing.previous = stock.session == "previous"
    return thing


def sector_thing(sector: Sector) -> Thing:
    thing = Thing("sector", sector.pointer, sector.name, sector.pointer)
    thing.pct = sector.change_pct
    thing.direction = sector.direction
    thing.data = sector
    thing.market = sector.market
    return thing


def agrees(thing: Thing, direction: str) -> bool | None:
    """Whether a thing went that way. None where the data say nothing of its move."""
    moved, sent = thing.pct, thing.direction
    if moved is None:
        moved = thing.change
        if moved is None and sent is None:
            return _group_agrees(thing.members, direction) if thing.members else None
    if direction == "up":
        return moved > 0 if moved is not None else sent == "up"
    if direction == "down":
        return moved < 0 if moved is not None else sent == "down"
    if direction == "mixed":
        return sent == "mixed" or (thing.members != () and _group_agrees(thing.members, direction) is True)
    if sent == direction:
        return True
    if moved is None:
        return direction == "flat" and sent in ("flat_to_lower", "flat_to_higher")
    size = abs(thing.pct) if thing.pct is not None else 0.0 if moved == 0 else 9.0
    if direction == "flat":
        return size <= 0.3
    return size <= 0.6 and (moved <= STILL if direction == "flat_to_lower" else moved >= -STILL)


def still(thing: Thing) -> bool:
    """Whether it stood still: what prints as no move went no way."""
    return abs(thing.pct) < STILL if thing.pct is not None else agrees(thing, "flat") is True


def one_way(things: Sequence[Thing]) -> bool:
    """Whether all went the same way, or all stood still; what prints as nothing went no way."""
    moved = [thing for thing in things if not still(thing)]
    if len(moved) < len(things):
        return not moved
    return any([all([agrees(thing, way) for thing in things]) for way in ("up", "down")])


def _group_agrees(members: Iterable[Thing], direction: str) -> bool | None:
    """Whether a group as a whole went that way: more of it did than went the other way, or its mean did."""
    known = [m for m in members if m.moved is not None or m.direction is not None]
    if not known:
        return None
    moved = [m for m in known if not still(m)] or known  # what prints as no move is on no side
    ups = sum(agrees(m, "up") is True for m in moved)
    downs = sum(agrees(m, "down") is True for m in moved)
    figures = [m.pct for m in known if m.pct is not None]
    mean = sum(figures) / len(figures) if figures else 0.0
    if direction == "up":
        return ups > downs or (ups > 0 and mean > 0.05 and ups >= downs - 1)
    if direction == "down":
        return downs > ups or (downs > 0 and mean < -0.05 and downs >= ups - 1)
    if direction == "mixed":
        return not one_way(known) or any(m.direction == "mixed" for m in known)
    if direction == "flat":
        sizes = sorted(abs(f) for f in figures)
        flats = sum(agrees(m, "flat") is True for m in known)
        if not sizes:
            return 2 * flats >= len(known) - (len(known) > 1)  # as near as bare directions tell
        return 2 * flats >= len(known) or sizes[len(sizes) // 2] <= 0.3 or abs(mean) <= 0.1
    other = "up" if direction == "flat_to_lower" else "down"
    wrong = sum(agrees(m, other) is True and not still(m) for m in known)
    sizes = sorted(abs(m.pct) if m.pct is not None else 0.0 for m in known if m.pct is not None or still(m))
    return wrong * 2 <= len(known) and (not sizes or sizes[len(sizes) // 2] <= 0.6)


def places_of(own: Iterable[Thing]) -> list[Thing]:
    """One index a place, its main one where it is there: what counts when places are counted."""
    found: dict[str, Thing] = {}
    rest: list[Thing] = []
    for thing in own:
        place = thing.place
        if place is None:
            rest.append(thing)
        elif place not in found or (found[place].data.tier != "primary" and thing.data.tier == "primary"):
            found[place] = thing
    return [*found.values()] or rest


def own_markets(snapshot: Snapshot, markets: Iterable[Thing]) -> list[Thing]:
    """The region's own indices of today's session; before the open its futures; else whatever is its own."""
    main = [t for t in markets if t.main and not t.closed]
    for wanted in (
        [t for t in main if t.instrument == "index" and not t.previous],
        [t for t in main if t.instrument == "index"],
        [t for t in main if t.instrument == "future"],
    ):
        if wanted:
            return wanted
    return main


def moving(things: Iterable[Thing]) -> Iterator[Thing]:
    """Those whose move is known."""
    return (t for t in things if t.moved is not None or t.direction is not None)


def sign(thing: Thing) -> int:
    """1 where it went up, -1 where down, else 0."""
    if agrees(thing, "up"):
        return 1
    return -1 if agrees(thing, "down") else 0
