"""Weekdays, dates and parts of the day, and what else stands by itself: paths, closed markets, terms."""

from __future__ import annotations

from typing import Final

from wrapgen.check.claims import Group, Reading, names
from wrapgen.check.history import session_date
from wrapgen.check.subjects import candidates
from wrapgen.check.truth import Thing, agrees

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PHASES: Final = {
    "morning": ("morning", "open"), "midday": ("midday", "morning", "afternoon"), "afternoon": ("afternoon", "close"),
    "open": ("open", "preview"), "close": ("close",),
}  # fmt: skip


_STATES: Final = frozenset(("was", "were", "is", "are", "be", "kept", "trading"))


def judge_date(reading: Reading, k: int) -> None:
    """A weekday must be that of the session, or of the one before where that is told of."""
    item = reading.items[k]
    item.used = True
    world = reading.world
    day = world.snapshot.date
    told = reading.items[k - 1].event if k else 0
    if told and item.sense in WEEKDAYS and not item.mask & told:
        events = [
            e for n, e in enumerate(world.snapshot.events) if told & (1 << n) and e.status in ("scheduled", "expected")
        ]
        if events and events[0].when and (events[0].when[:4].isdigit() or events[0].when.lower() in WEEKDAYS):
            reading.claim(
                "date", item, item, "contradicted", true=events[0].when, pointer=f"{events[0].pointer}/when",
                why=f"it is due {events[0].when}",
            )  # fmt: skip
            return
    if item.sense in WEEKDAYS:
        wanted = WEEKDAYS.index(item.sense)
        subject = _subject_of_tracking(reading, k)
        groups = candidates(reading, k, False) if subject is None else [subject]
        holds = wanted == day.weekday()
        if groups and groups[0] and all(t.previous for t in _parts(groups[0])):
            day = session_date(world, _parts(groups[0])[0])
            holds = wanted == day.weekday()
        elif not holds:
            leads = not any(i.role == "name" for i in reading.items[:k])  # "On Friday, U.S. stocks rose"
            after = [i.things for i in reading.items[k:] if i.role == "name"][:1] if leads else []
            holds = any(
                t.previous and session_date(world, t).weekday() == wanted
                for group in (*groups, *after)
                for t in (*group, *(m for x in group for m in x.members))
            )
        true = WEEKDAYS[day.weekday()].capitalize()
        reading.verdict("date", item, item, holds, true=true, pointer="/as_of", why=f"the session is of a {true}")
    elif item.sense == "previous":
        groups = [*reading.groups, reading.subject]
        every = [t for group in groups for t in (*group, *(m for x in group for m in x.members))]
        holds = (
            any(i.kind == "event" for i in reading.items)
            or any(t.previous for t in every)
            or any(t.previous for t in world.markets.values())
        )
        reading.verdict(
            "date", item, item, holds or None, pointer="/markets", why="nothing in the data is of the session before"
        )
    elif item.sense in ("today", "tomorrow"):
        reading.verdict("date", item, item, item.sense == "today" or None, pointer="/as_of")
    else:
        reading.claim("date", item, item, "unsupported", why="no date of the data is told of here")


def _subject_of_tracking(reading: Reading, k: int) -> Group | None:
    """Who tracked the market named last before a weekday, "A tracked B higher on Friday": the session is A's."""
    items = reading.items
    n = next((n for n in range(k - 1, 1, -1) if items[n].role == "name"), 0)
    if n < 2 or reading.word(items[n - 1].i) not in _TRACKS or items[n - 1].role != "cause":
        return None
    return reading.groups[items[n - 1].group] if items[n - 2].role == "name" and items[n - 1].group >= 0 else None


# The verbs of one market that goes the way of another, with a subject: "following" may only mean after.
_TRACKS: Final = frozenset(
    ("track", "tracks", "tracked", "mirror", "mirrors", "mirrored", "follow", "follows", "followed")
)


def _parts(group: Group) -> list[Thing]:
    return [m for thing in group for m in (thing.members or (thing,))]


def judge_phase(reading: Reading, k: int) -> None:
    item = reading.items[k]
    item.used = True
    phase = reading.world.snapshot.phase
    holds = phase in _PHASES[item.sense]
    reading.verdict("date", item, item, holds, true=phase, pointer="/phase", why=f"the data are of the {phase}")


def judge_path(reading: Reading, k: int) -> None:
    """Off its high, losses pared: as sent, or as open, high and low show."""
    item = reading.items[k]
    item.used = True
    groups = candidates(reading, k, False) or [reading.subject]
    wrong = None
    for group in groups:
        for thing in group:
            for market in (thing, *thing.members):
                path = getattr(market.data, "path", None)
                if path is None:
                    continue
                near = {"pared_gains": ("pared_gains", "off_high"), "pared_losses": ("pared_losses", "off_low")}
                if path in near.get(item.sense, (item.sense,)) or item.sense in near.get(path, ()):
                    reading.claim("event", item, item, "supported", pointer=f"{market.pointer}/path")
                    return
                wrong = wrong or (path.replace("_", " "), market)
    if wrong is None:
        reading.claim("event", item, item, "unsupported", why="the data say nothing of the course of the day")
    else:
        reading.claim(
            "event",
            item,
            item,
            "contradicted",
            true=wrong[0],
            pointer=f"{wrong[1].pointer}/path",
            why=f"the data say {wrong[0]}",
        )


_TURNS: Final = frozenset(("erased_gains", "erased_losses"))


def judge_pattern(reading: Reading, k: int) -> None:
    """Reversed course: down after a rise, within the day or before it, or as sent."""
    from wrapgen.check import history

    item = reading.items[k]
    item.used = True
    groups = candidates(reading, k, False) or [reading.subject]
    for group in groups:
        for thing in group:
            for market in (thing, *thing.members):
                data = market.data
                streak = getattr(data, "streak", None)
                sent = getattr(data, "pattern", None) == "reversal" or getattr(data, "path", None) in _TURNS
                if sent or (streak is not None and streak.status == "ended"):
                    reading.claim("event", item, item, "supported", pointer=market.pointer)
                    return
                before = history.run(reading.world, market, before=True) if market.kind == "market" else None
                if before is not None and agrees(market, "down" if before[0] == "up" else "up"):
                    reading.claim("event", item, item, "supported", pointer=market.pointer)
                    return
    reading.claim("event", item, item, "unsupported", why="the data show no turn")


def judge_closed(reading: Reading, k: int) -> None:
    item = reading.items[k]
    item.used = True
    groups = candidates(reading, k, False) or [reading.subject]
    every = [t for g in groups for t in g]
    if item.sense == "open":
        shut = next((t for t in every if t.closed or _shut(reading, t)), None)
        if shut is not None:
            why = f"{shut.name} was closed"
            reading.claim("event", item, item, "contradicted", true="closed", pointer=shut.pointer, why=why)
        return
    following = [t for i in reading.items[k + 1 :] if i.role == "name" for t in i.things]
    world = reading.world
    if reading.word(item.i - 1) in ("it", "to") or not every:
        return
    for thing in (*every, *following):
        place = thing.place or (thing.id if thing.kind == "place" else None)
        if thing.closed or any(m.closed and m.place == place and place for m in world.markets.values()):
            reading.claim("event", item, item, "supported", pointer=thing.pointer)
            return
        if (thing.kind == "region" or place == "EU") and all(m.closed for m in world.markets.values() if m.main):
            reading.claim("event", item, item, "supported", pointer="/markets")
            return
    moved = any(t.moved is not None or t.direction is not None for t in every)
    if moved and reading.word(item.j) and reading.word(item.i - 1) not in _STATES:
        return  # closed higher, closed at
    reading.verdict(
        "event", item, item, False, true="it traded", pointer=every[0].pointer, why=f"{names(every)} was not closed"
    )


def _shut(reading: Reading, thing: Thing) -> bool:
    """Whether the data have every market of a place closed, or a holiday there."""
    place = thing.place or thing.id
    here = [m for m in reading.world.markets.values() if m.place == place]
    holidays = [e for e in reading.world.snapshot.events if e.type == "holiday"]
    holiday = any([e.frame.get("place") == place or e.who is not None and e.who == thing.name for e in holidays])
    return holiday or (bool(here) and all(m.closed for m in here))


def judge_mood(reading: Reading, k: int) -> None:
    item = reading.items[k]
    item.used = True
    sizes = [abs(t.pct) for t in reading.world.home if t.pct is not None]
    calm = bool(sizes) and sorted(sizes)[len(sizes) // 2] <= 1.0
    reading.verdict("term", item, item, calm or None, why="nothing in the data says so")


def judge_terms(reading: Reading) -> None:
    """What neither the vocabulary nor a name nor an event accounts for, and names of which the data say nothing."""
    items = reading.items
    unknown: list[int] = []
    for k, item in enumerate(items):
        if item.used:
            continue
        if item.role == "unknown":
            unknown.append(k)
        elif item.role == "name":
            thing = item.things[0]
            if thing.data is None and thing.kind in _NAMED and not thing.members:
                reading.claim("name", item, item, "unsupported", why=f"the data say nothing of {thing.name}")
    if not unknown:
        return
    if len(unknown) == 1 and _harmless(reading, unknown[0]):
        item = items[unknown[0]]
        why = "neither the checker nor the data know the word; all else in the sentence holds"
        reading.claim("term", item, item, "unchecked", why=why)
        return
    while unknown:
        k = end = unknown.pop(0)
        while unknown and unknown[0] == end + 1 and items[end + 1].i - items[end].j <= 1:
            end = unknown.pop(0)
        item = items[k]
        capital = reading.tokens.text[reading.tokens.starts[item.i]].isupper() and k > 0
        reading.claim("name" if capital else "term", item, items[end], "unsupported", why="nothing in the data says so")


_NAMED: Final = frozenset(("market", "side"))
_SHARES: Final = frozenset(("shares", "stocks", "equities", "sector", "makers", "companies"))
# After these, with or without an article, a word names what it is about.
_OBJECTS: Final = frozenset(("in", "of", "by", "on", "to", "from", "for", "with", "as", "after", "amid", "at", "and"))


def _harmless(reading: Reading, k: int) -> bool:
    """Whether an unknown word stands in small letters in a sentence that says something of the data, all of it true."""
    items, tokens = reading.items, reading.tokens
    item = items[k]
    if item.mask or tokens.text[tokens.starts[item.i]].isupper() or not reading.groups:
        return False
    words = tokens.words
    word, behind = words[item.i], words[item.j : item.j + 1]
    if word.endswith(("ed", "ing", "s")) or behind and behind[0] in _SHARES:
        return False  # a verb, or a sector
    if _OBJECTS.intersection(words[max(item.i - 2, 0) : item.i]):
        return False
    beside = [items[n] for n in (k - 1, k + 1) if 0 <= n < len(items)]
    if any(each.kind == "event" or each.role in ("cause", "effect", "figure") for each in beside):
        return False
    start, end = tokens.starts[items[0].i], tokens.end(items[-1].j - 1)
    here = [claim for claim in reading.claims if start <= claim.start and claim.end <= end]
    held = any(claim.kind in ("direction", "number", "rank", "since") for claim in here)
    return held and all(claim.status == "supported" for claim in here)
