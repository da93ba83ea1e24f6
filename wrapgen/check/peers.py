"""Companies and sectors among their own: which of them went furthest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wrapgen.check.claims import Reading
from wrapgen.check.read import Item
from wrapgen.check.truth import Thing, agrees

# After these, what moves is somebody else: "technology led as banks fell".
_APART: Final = frozenset(("as", "while", "but", "after", "when", "although", "though", "whereas", ";"))


def went_furthest(reading: Reading, thing: Thing, down: bool, of: int = 1) -> bool | None:
    """Whether a company or sector went that way, and fewer than ``of`` of its own kind and market further.

    None where nothing tells. One whose size is not known may have gone as far as it likes.
    """
    fits = agrees(thing, "down" if down else "up")
    if not fits or thing.pct is None:
        return fits
    way = -1 if down else 1
    own = [t.pct for t in _own_kind(reading, thing) if t.pct is not None]
    return sum(way * pct > way * thing.pct + 1e-9 for pct in own) < of


def furthest(reading: Reading, thing: Thing, down: bool) -> str:
    """Which company or sector did go furthest, in words."""
    return leader(_own_kind(reading, thing), down) or thing.said()


def leader(things: Iterable[Thing], down: bool) -> str:
    """Who went furthest, in words; "" where no move is known."""
    known = [(t.pct if down else -t.pct, n, t) for n, t in enumerate(things) if t.pct is not None]
    if not known:
        return ""
    first = min(known)[2]
    return f"{first.name}, which {first.said()}"


def _own_kind(reading: Reading, thing: Thing) -> list[Thing]:
    every = reading.world.sectors if thing.kind == "sector" else reading.world.stocks.values()
    return [t for t in every if t.market == thing.market]


def direction_behind(reading: Reading, k: int, within: int = 3) -> str:
    """The way that a rank is of: "led the losses", "leads, falling 2%"; "" where it says none."""
    item = reading.items[k]
    for behind in reading.items[k + 1 : k + 1 + within]:
        if behind.i - item.j > 6 or reading.tokens.any_of(_APART, item.j, behind.i):
            break
        way = _way(behind)
        if way:
            return way
    return ""


def _way(item: Item) -> str:
    way = ""
    if item.role == "issues":
        way = item.sense
    elif item.role == "move" and item.kind != "event" and item.entry is not None:
        way = item.entry.direction
    return way if way in ("up", "down") else ""
