"""Companies and sectors among their own: which of them went furthest."""

from __future__ import annotations

from wrapgen.check.claims import Reading
from wrapgen.check.read import Item
from wrapgen.check.truth import Thing, agrees

# After these, what moves is somebody else: "technology led as banks fell".
_APART = frozenset(("as", "while", "but", "after", "when", "although", "though", "whereas", ";"))


def went_furthest(reading: Reading, thing: Thing, down: bool) -> bool | None:
    """Whether a part of a market went that way, and none of its own kind and market further; None where nothing tells.

    One whose size is not known may have gone as far as it likes.
    """
    fits = agrees(thing, "down" if down else "up")
    if not fits or thing.pct is None:
        return fits
    way = -1 if down else 1
    peers = _peers(reading, thing)
    return not any(t.pct is not None and way * t.pct > way * thing.pct + 1e-9 for t in peers)


def furthest(reading: Reading, thing: Thing, down: bool) -> str:
    """Who did go furthest, in words."""
    known = [t for t in (thing, *_peers(reading, thing)) if t.pct is not None]
    if not known:
        return thing.said()
    first = min(known, key=lambda t: (t.pct or 0.0) * (-1 if not down else 1))
    return f"{first.name}, which {first.said()}"


def _peers(reading: Reading, thing: Thing) -> list[Thing]:
    world = reading.world
    if thing.kind == "market":
        return [t for t in world.home if t is not thing and t.data.kind == thing.data.kind]
    every = world.sectors if thing.kind == "sector" else list(world.stocks.values())
    return [t for t in every if t is not thing and t.market == thing.market]


def direction_behind(reading: Reading, k: int, within: int = 3) -> str:
    """The way that a rank is of: "led the losses", "leads, falling 2%"; "" where it says none."""
    item = reading.items[k]
    for behind in reading.items[k + 1 : k + 1 + within]:
        if behind.i - item.j > 6 or not _APART.isdisjoint(reading.tokens.words[item.j : behind.i]):
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
