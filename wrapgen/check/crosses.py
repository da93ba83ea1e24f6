"""A currency against several others: "the dollar rose 0.4% against the ringgit and 0.6% against the peso"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wrapgen.check.claims import Group, Reading
from wrapgen.check.read import Item
from wrapgen.check.truth import Thing

_OPPOSED: Final = frozenset(("against", "versus"))


def crossed(reading: Reading, first: Item, last: Item, group: Group) -> Group:
    """The pair that a figure is of: by the other side right behind it, else by the last one named before it.

    A group that is of nothing but one pair of a currency is looked at; any other comes back as it is.
    """
    pairs = _pairs(reading, group)
    if len(pairs) < 2:
        return group
    sides = other_sides(reading)
    behind = next((side for side in sides if side.i >= last.j), None)
    if behind is not None and reading.word(last.j) in _OPPOSED:
        return against(reading, pairs, behind) or group
    before = next((side for side in reversed(sides) if side.j <= first.i), None)
    return before is not None and against(reading, pairs, before) or group


def crossed_by_move(reading: Reading, k: int, group: Group) -> Group:
    """The pair that a verb is said of: by the other side named before the next verb."""
    pairs = _pairs(reading, group)
    if len(pairs) < 2:
        return group
    items = reading.items
    end = next((item.i for item in items[k + 1 :] if item.role == "move"), len(reading.tokens.words))
    side = next((side for side in other_sides(reading) if items[k].j <= side.i < end), None)
    return side is not None and against(reading, pairs, side) or group


def against_its_verb(reading: Reading, k: int, thing: Thing) -> bool:
    """Whether the verb before a figure says the other direction than the thing went."""
    verb = next((item for item in reversed(reading.items[:k]) if item.role == "move"), None)
    moved = {"up", "down"}
    return verb is not None and verb.sense in moved and thing.direction in moved and verb.sense != thing.direction


def _pairs(reading: Reading, group: Group) -> list[Thing]:
    """The pairs of the currency that a group is of."""
    if len(group) != 1 or group[0].kind != "market" or group[0].instrument != "fx":
        return []
    pair = group[0]
    known = [t for t in reading.world.markets.values() if t.instrument == "fx"]
    return [t for t in known if t.data.name == pair.data.name] if pair in known else []


def other_sides(reading: Reading) -> list[Item]:
    """The currencies that stand as the other side: "against the dollar"."""
    return [item for n, item in enumerate(reading.items) if item.role == "name" and is_other_side(reading, n)]


def against(reading: Reading, things: Iterable[Thing], side: Item) -> Group:
    """Of several things those that are pairs with that other side."""
    said = " ".join(reading.tokens.words[side.i : side.j])
    return tuple(t for t in things if t.data is not None and (getattr(t.data, "against", None) or "").lower() == said)


def is_other_side(reading: Reading, k: int) -> bool:
    """Whether a currency stands as the other side: "against the dollar"."""
    item = reading.items[k]
    if not reading.tokens.any_of(_OPPOSED, item.i - 2, item.i):
        return False
    markets = reading.world.language.reference.markets
    return any(
        t.kind == "side" or t.kind == "market" and t.id in markets and markets[t.id].kind == "fx" for t in item.things
    )
