"""Directions and sizes: what is said to have moved which way, and whether the word fits the move."""

from __future__ import annotations

from typing import Final

from wrapgen.check.claims import Group, Reading, names
from wrapgen.check.crosses import crossed_by_move
from wrapgen.check.read import Item
from wrapgen.check.subjects import candidates, is_noun
from wrapgen.check.truth import Thing, agrees, one_way

_SAYS: Final = {
    "up": "rose", "down": "fell", "flat": "was flat", "mixed": "was mixed",
    "flat_to_lower": "was flat to lower", "flat_to_higher": "was flat to higher",
}  # fmt: skip


# A currency moves so much less than a stock for the same word: a euro that falls 0.3% has slid.
_OF_CURRENCY: Final = 0.3

_FORECASTS: Final = frozenset(("will", "would", "may", "might", "could", "should"))
_COUNTED: Final = frozenset(("shares", "stocks", "issues", "of", "them"))
_DENIALS: Final = frozenset(("not", "never", "n't", "without"))
_FAILS: Final = frozenset(("failed", "fails"))  # to rise


def judge_move(reading: Reading, k: int) -> None:
    """A word of movement: its direction, and its size where it has one."""
    items = reading.items
    item = items[k]
    entry = item.entry
    if entry is None:
        return
    direction = entry.direction
    last = item
    if direction == "follows":
        follower = next((i for i in items[k + 1 : k + 5] if i.role == "move"), None)
        if follower is None or follower.entry is None or follower.entry.part != "adverb":
            direction = ""
        else:
            direction, last = follower.entry.direction, follower
            follower.used = True
    if _issues(reading, k, direction):
        return
    item.used = True
    item.sense = direction
    noun = is_noun(reading, k)
    item.kind = "noun" if noun else "verb"
    groups = [crossed_by_move(reading, k, group) for group in candidates(reading, k, noun)]
    if not direction:
        return
    if not noun and _foretold(reading, k):
        reading.claim("direction", item, last, "unsupported", why="the data hold no forecast")
        return
    if reading.word(item.j) == "elsewhere":
        _elsewhere(reading, item, direction)
        return
    if not groups:
        reading.claim("direction", item, last, "unsupported", why="nothing is named that could have moved")
        return
    denied = _is_denied(reading, item.i)
    verdicts: list[tuple[bool | None, Group]] = []
    for group in groups:
        if direction == "mixed" and len(group) == 1 and group[0].kind not in ("region", "group"):
            group = tuple(t for g in reading.groups for t in g) or group
        holds = _all_agree(reading, group, direction)
        if (
            noun
            and holds is False
            and group[0].kind in ("region", "place", "group")
            and any(i.role == "rank" for i in items[:k])
        ):
            holds = any(agrees(m, direction) for t in group for m in t.members)  # "leads Asian losses"
        if denied and holds is not None:
            holds = not holds
        verdicts.append((holds, group))
        if holds:
            break
    holds, group = verdicts[-1] if verdicts[-1][0] else verdicts[0]
    thing = group[0] if holds else next((t for t in group if agrees(t, direction) is not True), group[0])
    if holds is None:
        reading.claim(
            "direction",
            item,
            last,
            "unsupported",
            pointer=thing.pointer,
            why=f"the data have no move of {names(group)}",
        )
        return
    if not holds:
        said = thing.said()
        why = f"{thing.name} {said}"
        reading.claim("direction", item, last, "contradicted", true=said, pointer=thing.pointer, why=why)
        return
    reading.claim("direction", item, last, "supported", pointer=thing.pointer)
    if not denied:
        for each in group if len(group) == 1 or len({t.name for t in group}) == len(group) else ():
            _size(reading, item, last, each.members[0] if each.kind == "place" and each.members else each)


def _is_denied(reading: Reading, start: int) -> bool:
    """Whether a word of movement is denied by one of the three words before it: *not*, *failed to*."""
    tokens, words = reading.tokens, reading.tokens.words
    if tokens.any_of(_DENIALS, start - 3, start):
        return True
    if not tokens.any_of(_FAILS, start - 3, start - 1):
        return False
    return any(words[at] in _FAILS and words[at + 1] == "to" for at in range(max(0, start - 3), start - 1))


def _issues(reading: Reading, k: int, direction: str) -> bool:
    """Whether the move is of a number of shares, "421 shares fell": then the count is the claim."""
    items, breadths = reading.items, reading.world.snapshot.breadth
    if not breadths or not k or direction not in ("up", "down"):
        return False
    count = items[k - 1]
    if count.role != "figure" or count.figure is None or count.used:
        return False
    if count.figure.percent or count.figure.decimals or not reading.tokens.only(_COUNTED, count.j, items[k].i):
        return False
    places = {t.id for t in reading.context[:3]}
    mine = [b for b in breadths if b.market in places] or list(breadths)
    true = [b.advancers if direction == "up" else b.decliners for b in mine]
    count.used = items[k].used = True
    reading.verdict(
        "count", count, items[k], count.figure.value in true, true=str(true[0]), pointer=mine[0].pointer,
        why=f"the data count {true[0]}",
    )  # fmt: skip
    return True


def _all_agree(reading: Reading, group: Group, direction: str) -> bool | None:
    """Whether all of a group went that way; two things of one name are readings, and one is enough."""
    if len(group) == 1:
        return _agrees(reading, group[0], direction)
    if direction == "mixed" and len({t.name for t in group}) > 1:
        return not one_way([m for t in group for m in t.members or (t,)]) or all(agrees(t, "mixed") for t in group)
    by_name: dict[str, list[bool | None]] = {}
    for thing in group:
        by_name.setdefault(thing.name.lower(), []).append(_agrees(reading, thing, direction))
    answers = [True if True in each else False if False in each else None for each in by_name.values()]
    if False in answers:
        return False
    return None if None in answers else True


def _agrees(reading: Reading, thing: Thing, direction: str) -> bool | None:
    if thing.kind == "place" and direction in ("up", "down"):
        answers = [agrees(m, direction) for m in thing.members]
        return True if True in answers else False if False in answers else None
    return agrees(thing, direction)


def _elsewhere(reading: Reading, item: Item, direction: str) -> None:
    """Gains elsewhere: something else did go that way."""
    world = reading.world
    others = (*world.markets.values(), *world.stocks.values(), *world.sectors)
    holds = any(agrees(t, direction) for t in others)
    reading.verdict("direction", item, item, holds, true="nothing did", why="nothing in the data went that way")


def _foretold(reading: Reading, k: int) -> bool:
    """Whether a verb says what is yet to come: will rise; an accord due to lift."""
    item = reading.items[k]
    if reading.tokens.any_of(_FORECASTS, item.i - 2, item.i):
        return True
    told = reading.items[k - 1]
    return k > 0 and told.kind == "event" and told.role == "unknown" and reading.word(item.i - 1) == "to"


def _size(reading: Reading, first: Item, last: Item, thing: Thing) -> None:
    """Whether the move is of a size for the word; only where the percentage is known."""
    entry = first.entry
    if entry is None or thing.pct is None:
        return
    band = entry.stock if thing.kind in ("stock", "sector") or thing.instrument not in ("", "index") else entry.band
    if band is None or (band.low <= 0.1 and band.high >= 20):
        return
    size = abs(thing.pct)
    if thing.kind in ("region", "group"):
        return
    least = band.low * (_OF_CURRENCY if thing.instrument == "fx" else 0.9)
    if least <= size <= band.high * 1.1:
        reading.claim("size", first, last, "supported", pointer=thing.pointer)
        return
    said = thing.said()
    why = f"{thing.name} {said}: too {'small' if size < least else 'large'} for the word"
    reading.claim("size", first, last, "contradicted", true=said, pointer=thing.pointer, why=why)
