"""Which stretches of a sentence tell of an event, and whether they tell it as the sender did."""

from __future__ import annotations

from typing import Final

from wrapgen.check.causes import judge_cause
from wrapgen.check.claims import Reading, names
from wrapgen.check.doubts import turned
from wrapgen.check.figures import rounds_to
from wrapgen.check.money import SIZES, unit_of
from wrapgen.check.read import Item
from wrapgen.check.subjects import is_connective
from wrapgen.check.truth import Thing
from wrapgen.check.world import all_links

_EDGES: Final = frozenset(("comma", "cause", "contrast"))

# What stands between a company and an event of its own is never pulled into the event.
_OWN: Final = frozenset(("comma", "cause", "contrast", "path"))


# Beyond a comma these bear out that the event is still being told.
_COMMITS: Final = frozenset(("unknown", "figure", "date"))

# What begins to tell of an event, behind a word for a cause that is not in the one told before it.
_OPENS: Final = frozenset(("reports", "news", "expectations"))

# What may stand between a connective and the event; what may be a connective; what may be no part of the data.
_BETWEEN: Final = frozenset(("date", "negation"))
_CONNECTIVES: Final = frozenset(("cause", "contrast", "effect"))
_FOREIGN: Final = frozenset(("market", "side"))
# What an event's own words may stand around; what may follow a figure of it.
_OTHERS: Final = frozenset(("ordinal", "move", "quality", "anaphor"))
_MEASURES: Final = frozenset(("magnitude", "unit"))

_PLAIN: Final = frozenset(("move", "figure", "date", "unit", "comma", "streak", "milestone"))
_PARTS: Final = frozenset(("place", "market", "sector", "stock"))
_MOVED: Final = frozenset(("move", "figure", "date", "unit", "comma", "name", "approx"))


def tell(reading: Reading) -> None:
    """Finds the events told in the sentence at hand; their items are used up, and each is a claim."""
    items = reading.items
    if not reading.world.snapshot.events:
        return
    told, count = -1, len(items)
    for k, item in enumerate(items):
        role = item.role
        if k <= told or (item.mask and role in _EDGES):
            continue
        if not item.mask:
            if role != "figure" or not k or not is_connective(reading, items[k - 1]):
                continue
            item.mask = _amounts(reading, k, -1)
            if not item.mask:
                continue
        before = k - 1
        while before > 0 and items[before].role in _BETWEEN:
            before -= 1
        caused = k > 0 and items[before].role in _CONNECTIVES and is_connective(reading, items[before])
        foreign = False
        if role == "name":
            thing = item.things[0]
            if not caused and thing.kind == "place" and not thing.known:
                end, mask, _ = _extend(reading, k, item.mask)
                if any(i.role == "move" for i in items[k : end + 1]):
                    _judge(reading, k, end, mask)
                    told = end
                    continue
            foreign = thing.kind in _FOREIGN and _nobody(thing)
        if role == "date" or not (caused or foreign or role == "unknown"):
            continue
        end, mask, sure = _best(reading, k, caused)
        if not sure and not foreign:
            edge = items[end + 1].role if end + 1 < count else "comma"
            if edge not in _EDGES:
                continue
            roles = {i.role for i in items[k : end + 1]}
            if roles == {"name"} and (end == k or edge == "contrast") or roles <= _PLAIN:
                continue  # a name alone after "by" is a name, "as Japan's Nikkei bucks", and gains alone are gains
            if roles <= _MOVED and all(map(_has_moved, items[k : end + 1])):
                continue  # "despite gains in banks", "dragged by banks and energy": the move of each is in the data
        start = before + 1 if caused else _reach_back(reading, k, mask)
        for each in items[start:k]:
            mask &= each.mask or -1 if each.role != "figure" else -1
        _judge(reading, start, end, mask)
        told = end


def _has_moved(item: Item) -> bool:
    """Whether it names no one, or a place, index, company or sector whose move the data give."""
    return item.role != "name" or all(
        [t.kind in _PARTS and (t.pct is not None or t.direction is not None or t.members != ()) for t in item.things]
    )


def _nobody(thing: Thing) -> bool:
    """Whether a market or currency is named that the data give no move: oil, in what an event tells."""
    return (
        thing.pct is None
        and thing.change is None
        and thing.direction is None
        and (thing.kind == "side" or not thing.level)
    )


def _best(reading: Reading, k: int, caused: bool) -> tuple[int, int, bool]:
    """The stretch as told of the subject's own events, where that is no shorter; else of any."""
    items = reading.items
    mask = items[k].mask
    if caused:
        wanted = all_links([t for i in items[:k] if i.role == "name" for t in i.things])
    else:
        owner = _before(reading, k)
        wanted = owner.mask if owner is not None and owner.role == "name" else 0
    every = _extend(reading, k, mask)
    if wanted & mask and wanted & mask != mask:
        own = _extend(reading, k, wanted & mask)
        if own[0] >= every[0]:
            return own
    return every


def _extend(reading: Reading, k: int, mask: int) -> tuple[int, int, bool]:
    """(last item, events, whether a word is among them that only an event accounts for) of the stretch from ``k``."""
    items = reading.items
    last = k
    sure = items[k].role == "unknown"
    ahead, ahead_mask = k, mask  # beyond an edge, until an event's own word bears it out
    crossed = False
    for j in range(k + 1, len(items)):
        item = items[j]
        role = item.role
        if role in _EDGES:
            if role == "cause" and not item.mask & ahead_mask and reading.word(item.j) in _OPENS:
                break  # "after reports said ..., with banks falling amid reports of ...": another event begins
            crossed = True
            continue
        shared = item.mask & ahead_mask
        if role == "figure":
            shared = _amounts(reading, j, ahead_mask) or shared
            if shared:
                ahead, ahead_mask = j, shared
            elif ahead == j - 1 and not crossed and items[j - 1].role != "move":
                ahead = j
                continue  # a figure in the midst of what an event says is a figure of the event
            else:
                break
        elif role == "negation" and not crossed:
            continue
        elif shared:
            ahead, ahead_mask = j, shared
        elif role in _OTHERS and sure and ahead == j - 1 and not crossed:
            continue  # one of the event's, if it goes on behind it
        elif (role in _MEASURES or item.sense == "side") and ahead == j - 1:
            ahead = j
            continue
        else:
            break
        if not crossed or role in _COMMITS:
            last, mask, crossed = ahead, ahead_mask, False
            sure = sure or role == "unknown"
    if not crossed and ahead > last:
        last, mask = ahead, ahead_mask
    return last, mask, sure


def _reach_back(reading: Reading, k: int, mask: int) -> int:
    """Where the stretch begins: names and adjectives before its first own word belong to it."""
    items, words = reading.items, reading.tokens.words
    start = k
    while start > 0:
        item = items[start - 1]
        if item.role == "comma" and _borne_out(reading, start - 2, mask):
            start -= 1
            continue
        if item.role in _OWN or item.used:
            break
        if item.role == "name" and "with" in words[item.j : items[start].i]:
            break  # "a rise in Italy with a deal in prospect"
        found = item.mask & mask
        if item.role == "figure":
            found = found or _amounts(reading, start - 1, mask)
        elif item.role in ("unit", "magnitude") and items[start - 2].role == "figure":
            found = mask
        if not found:
            break
        start -= 1
        mask &= found
    return start


def _borne_out(reading: Reading, k: int, mask: int) -> bool:
    """Whether the event is told before the comma too: all is its back to the next edge, with a word of its own."""
    own = False
    while k >= 0 and reading.items[k].role not in _EDGES and not reading.items[k].used:
        item = reading.items[k]
        found = item.mask & mask
        if item.role == "figure":
            found = found or _amounts(reading, k, mask)
        elif item.role in ("unit", "magnitude") and k and reading.items[k - 1].role == "figure":
            found = mask
        if not found:
            break
        mask &= found
        own = own or item.role in ("figure", "unknown")
        k -= 1
    return own


def _amounts(reading: Reading, j: int, mask: int) -> int:
    """The events among ``mask`` that carry the figure at ``j``."""
    item = reading.items[j]
    shown = item.figure
    if shown is None:
        return 0
    behind = reading.word(item.j)
    size = 0.01 if behind == "cents" else SIZES.get(behind, 1.0)
    found = 0
    bit = 1
    for amounts in reading.world.book.amounts:
        if mask & bit:
            for amount in amounts:
                if (
                    rounds_to(amount.value, shown.value, shown.decimals, size)
                    or (size != 1.0 and amount.value == shown.value)
                ) and (not amount.unit or _unit(reading, j) in ("", amount.unit)):
                    found |= bit
                    break
        bit <<= 1
    return found


def _unit(reading: Reading, j: int) -> str:
    """The unit that stands beside a figure, in the terms of `Amount`; "" for none."""
    words, item = reading.tokens.words, reading.items[j]
    assert item.figure is not None
    return unit_of(item.figure, words[item.j : item.j + 4], reading.world.language.words.units)


def _judge(reading: Reading, start: int, end: int, mask: int) -> None:
    """The claims of a stretch: what happened, its figures, and what it is said to have done to whom."""
    items, world = reading.items, reading.world
    first, last = items[start], items[end]
    for each in items[start : end + 1]:
        each.used = True
        each.kind = "event"
        each.event = mask
    before = _before(reading, start)
    owner = before if before is not None and before.role == "name" else None
    if owner is not None and owner.things[0].kind in ("stock", "place", "market") and not owner.used:
        wanted = owner.mask
        if wanted & mask:
            mask &= wanted
        else:
            reading.claim(
                "event", owner, last, "unsupported", why=f"no event of {names(owner.things)} in the data says so"
            )
            return
    event = world.event(mask)
    _figures(reading, start, end, mask)
    if turned(reading, start, end, mask, event):
        return
    connective = items[start - 1] if start else None
    if connective is not None and is_connective(reading, connective):
        judge_cause(reading, connective, start, end, mask)
        return
    reading.claim("event", first, last, "supported", pointer=event.pointer)


def _before(reading: Reading, start: int) -> Item | None:
    """The item before, a symbol in brackets passed over."""
    items = reading.items
    k = start - 1
    if k >= 3 and items[k].role == "comma" and items[k - 1].sense == "ticker":
        k -= 3
    return items[k] if k >= 0 else None


def _figures(reading: Reading, start: int, end: int, mask: int) -> None:
    for j in range(start, end + 1):
        item = reading.items[j]
        if item.role in ("ordinal", "move", "quality") and not item.mask & mask:
            event = reading.world.event(mask)
            what = "number" if item.role == "ordinal" else "word"
            reading.claim(
                "event", item, item, "contradicted", true=f"another {what}", pointer=event.pointer,
                why=f"what is known of the event has another {what} there",
            )  # fmt: skip
        if item.role != "figure" or item.figure is None:
            continue
        hits = _amounts(reading, j, mask)
        if item.sense == "word" and (hits or item.mask & mask):
            continue
        event = reading.world.event(hits or mask)
        if hits:
            reading.claim("number", item, item, "supported", pointer=event.pointer)
        else:
            amounts = reading.world.book.amounts[(mask & -mask).bit_length() - 1]
            near = min(amounts, key=lambda a: abs(a.value - item.figure.value), default=None)  # type: ignore[union-attr]
            if near is None:
                reading.claim(
                    "number", item, item, "unsupported", pointer=event.pointer, why="the event carries no figure"
                )
            else:
                true, unit = f"{near.value:,.10g}", near.unit.partition(":")[2]
                reading.claim(
                    "number", item, item, "contradicted", true=true, pointer=near.pointer,
                    why=f"the event's figure is {true}" + (f", in {unit}" if unit else ""),
                )  # fmt: skip
