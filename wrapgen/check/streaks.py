"""Runs of sessions: how long, which way, going on or ended, and whose."""

from __future__ import annotations

from typing import Final

from wrapgen.check import history
from wrapgen.check.claims import Reading
from wrapgen.check.read import Item
from wrapgen.check.subjects import candidates, markets_of
from wrapgen.check.truth import Thing, agrees

_WITH: Final = frozenset(("of", "its", "the", "'s", "-", "'", "their", "for", "days", "day", "run"))


def judge_streak(reading: Reading, k: int) -> None:
    """Words of a run in one clause: its length, its way, whether it goes on or ended, whose it is."""
    items = reading.items
    first = last = items[k]
    start, end = k, k
    while start > 0 and not items[start - 1].used and _leads_in(reading, start):
        start -= 1
    while end + 1 < len(items) and (
        items[end + 1].role in ("streak", "ordinal")
        or (items[end + 1].role == "figure" and items[end + 1].i - items[end].j <= 3 and _counted(reading, end + 1))
        or (items[end + 1].role == "move" and _WITH.issuperset(reading.tokens.words[items[end].j : items[end + 1].i]))
    ):
        end += 1
    inside = items[start : end + 1]
    first, last = inside[0], inside[-1]
    count: int | None = None
    way: str | None = None
    senses = set()
    for item in inside:
        item.used = True
        senses.add(item.sense)
        if item.role in ("figure", "ordinal") and item.figure is not None and count is None:
            count = int(item.figure.value)
        elif item.role == "move" and item.entry is not None and item.entry.direction in ("up", "down"):
            way = item.entry.direction
        elif item.sense == "winning":
            way = "up"
        elif item.sense == "losing":
            way = "down"
    if start and items[start - 1].sense == "first_time" and count is not None:
        items[start - 1].used = True  # for the first time in six sessions: a run of five ended
        _hold_streak(reading, start, items[start - 1], last, count - 1, None, True)
        return
    if senses <= {"sessions", ""} and (count is None or way is None):
        for item in inside[1:] if inside[0].sense == "sessions" else ():
            item.used = False
        if count is not None:
            reading.claim("streak", first, last, "unsupported", why="the data tell of no such run")
        return
    ended = "ends" in senses or any(
        reading.word(n) in ("after", "from", "ending", "ended", "ends", "snapping", "broke", "breaking", "snaps", "end")
        for n in range(first.i - 3, first.i)
    )
    _hold_streak(reading, k, first, last, count, way, ended and "extends" not in senses)


def _leads_in(reading: Reading, start: int) -> bool:
    """Whether the item before belongs to the run: "three straight sessions", "rising for three", "gains in a row"."""
    items = reading.items
    before = items[start - 1]
    if before.role in ("streak", "ordinal"):
        return True
    link = reading.tokens.words[before.j : items[start].i]
    if before.role == "figure":
        return before.figure is not None and not before.figure.percent and len(link) <= 2
    return before.role == "move" and (
        link == ["for"] and items[start].role == "figure" or not link and items[start].sense == "straight"
    )


def _counted(reading: Reading, k: int) -> bool:
    """Whether a figure counts sessions."""
    return any(
        word in ("session", "sessions", "day", "days")
        for word in reading.tokens.words[reading.items[k].j : reading.items[k].j + 3]
    )


def _hold_streak(
    reading: Reading, k: int, first: Item, last: Item, count: int | None, way: str | None, ended: bool
) -> None:
    groups = candidates(reading, k, False) or candidates(reading, k, True) or [reading.subject]
    following = next((i for i in reading.items[k + 1 :] if i.role == "name" and i.group >= 0), None)
    if (
        following is not None
        and reading.word(following.i - 1) in ("for", "the")
        and "for" in reading.tokens.words[last.j : following.i]
    ):
        groups.insert(0, reading.groups[following.group])
    wrong: tuple[str, str | None] | None = None
    for group in groups:
        answers = [_run(reading, thing, count, way, ended) for thing in markets_of(group)]
        if answers and all(a[0] for a in answers):
            reading.claim("streak", first, last, "supported", pointer=answers[0][2])
            return
        if answers and any(a[0] for a in answers) and group and group[0].kind in ("place", "group", "region"):
            reading.claim("streak", first, last, "supported", pointer=answers[0][2])
            return
        bad = next((a for a in answers if a[0] is False), None)
        if bad is not None and wrong is None:
            wrong = (bad[1], bad[2])
    if wrong is None:
        reading.claim("streak", first, last, "unsupported", why="the data tell of no run")
    else:
        reading.claim(
            "streak", first, last, "contradicted", true=wrong[0], pointer=wrong[1], why=f"the data say {wrong[0]}"
        )


def _run(
    reading: Reading, thing: Thing, count: int | None, way: str | None, ended: bool
) -> tuple[bool | None, str, str | None]:
    """(whether it holds, what is true, pointer)."""
    data = thing.data
    sent = getattr(data, "streak", None)
    if sent is not None and (sent.status == "ended") == ended:
        fits = (way is None or way == sent.direction) and (
            count is None or sent.sessions is None or sent.sessions == count
        )
        true = f"{sent.sessions or 'a run of'} sessions {sent.direction}"
        return fits, true, sent.pointer
    pattern = getattr(data, "pattern", None)
    if count is None and pattern is not None:
        return (pattern == "follow_through") != ended, pattern, thing.pointer
    known = history.run(reading.world, thing, before=ended)
    if known is None:
        if count is None and way is not None and not ended:
            return agrees(thing, way), thing.said(), thing.pointer
        if sent is not None:
            return False, f"the run {'ended' if sent.status == 'ended' else 'goes on'}", sent.pointer
        return None, "", thing.pointer
    direction, length = known
    fits = (way is None or way == direction) and (count is None or count == length)
    if ended:
        fits = fits and agrees(thing, direction) is not True
    elif count is None and way is None:
        fits = length >= 2
    series = reading.world.snapshot.history.get(thing.id)
    return (
        fits,
        f"{length} session{'s' if length != 1 else ''} {direction}",
        series.pointer if series else thing.pointer,
    )
