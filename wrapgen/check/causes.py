"""Whether an event that a sentence tells moved what the sentence says that it moved: the sender's link, and its way."""

from __future__ import annotations

from typing import Final

from wrapgen.check.claims import Reading, names
from wrapgen.check.read import Item
from wrapgen.check.subjects import is_noun
from wrapgen.check.truth import Thing, agrees
from wrapgen.check.world import all_links

_GOOD: Final = {"positive": 1, "negative": -1}


def judge_cause(reading: Reading, connective: Item, start: int, end: int, mask: int) -> None:
    """Whether the sender links the event to what the sentence says it moved."""
    items, world = reading.items, reading.world
    subjects = _subjects(reading, start - 1)
    after = () if subjects else tuple(t for i in items[end + 1 :] if i.role == "name" for t in i.things)
    subjects = subjects or list(after) or list(reading.subject)
    linked = all_links(subjects) & mask if subjects else mask
    event = world.event(linked or mask)
    first, last = connective, items[end]
    sense = "despite" if connective.role == "contrast" else connective.sense
    if sense == "despite":
        linked = mask
    good = _GOOD.get(event.polarity, 0)
    way = _way(subjects) if good and any(i.role == "name" and not i.used for i in items[: start - 1]) else 0
    against = (
        (sense == "despite" and good and good == way)
        or (connective.sense == "because" and good * way < 0)
        or (connective.sense == "lifted_by" and good < 0)
        or (connective.sense == "dragged_by" and good > 0)
    )
    if against:
        reading.claim(
            "cause",
            first,
            last,
            "contradicted",
            true=event.polarity,
            pointer=f"{event.pointer}/polarity",
            why=f"the event is {event.polarity}",
        )
        return
    if not linked:
        reading.claim(
            "cause", first, last, "unsupported", pointer=event.pointer,
            why=f"the data do not link it to {names(subjects)}",
        )  # fmt: skip
        return
    status = event.status
    if connective.sense == "after" and status in ("scheduled", "expected"):
        reading.claim(
            "cause",
            first,
            last,
            "contradicted",
            true=f"it is {status}",
            pointer=event.pointer,
            why="it has not happened",
        )
        return
    if connective.sense == "ahead" and status in ("happened", "confirmed"):
        reading.claim(
            "cause", first, last, "contradicted", true="it has happened", pointer=event.pointer, why="it is not ahead"
        )
        return
    connective.used = True
    reading.claim("cause", first, last, "supported", pointer=event.pointer)


def _subjects(reading: Reading, end: int) -> list[Thing]:
    """Who is named before an item; a region that is only where they are (elsewhere in Asia) is left out."""
    named = [item for item in reading.items[:end] if item.role == "name"]
    kept = [item for item in named if not _is_where(reading, item)] or named
    return [thing for item in kept[_last_clause(reading, kept, end) :] for thing in item.things]


def _is_where(reading: Reading, item: Item) -> bool:
    return item.things[0].kind == "region" and "in" in reading.tokens.words[max(item.i - 2, 0) : item.i]


def _last_clause(reading: Reading, named: list[Item], end: int) -> int:
    """Where the names of the last of several clauses begin, "A rose, B fell and C gained": a reason is of that one.

    0 where there is but one clause, or the last is not joined to the others by *and*.
    """
    items, words = reading.items, reading.tokens.words
    if len(named) < 2:
        return 0
    n = len(named) - 1
    if n and words[named[n - 1].j : named[n].i] == ["'s"]:
        n -= 1  # Japan's Nikkei
    first = named[n]
    if "and" not in words[first.i - (2 if words[first.i - 1] == "the" else 1) : first.i]:
        return 0
    verbs = [i for k, i in enumerate(items[:end]) if i.role == "move" and not is_noun(reading, k)]
    told = any(i.i > first.i for i in verbs)
    before = any(named[0].i < i.i < first.i for i in verbs)
    return n if told and before else 0


def _way(subjects: list[Thing]) -> int:
    """1 where the first of the subjects that moved went up, -1 where it went down."""
    for thing in reversed(subjects):
        if agrees(thing, "up"):
            return 1
        if agrees(thing, "down"):
            return -1
    return 0
