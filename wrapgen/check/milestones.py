"""Records, highs and worst days "since" and "in"."""

from __future__ import annotations

import datetime as dt
from typing import Final

from wrapgen.check import history
from wrapgen.check.claims import Reading
from wrapgen.check.figures import rounds_to
from wrapgen.check.read import Item
from wrapgen.check.spans import DAYS, MONTHS, PARTS, date_of, days_in, same_span, span_before, tail_of
from wrapgen.check.subjects import candidates, markets_of
from wrapgen.check.truth import Thing
from wrapgen.check.types import Status
from wrapgen.check.volumes import judge_average
from wrapgen.intake.snapshot import Milestone

_TYPES: Final = {
    "highest": ("highest", "record_high"), "lowest": ("lowest", "record_low"),
    "best": ("best_day",), "worst": ("worst_day",),
    "high": ("highest", "record_high"), "low": ("lowest", "record_low"),
    "record_high": ("record_high",), "record_low": ("record_low",),
    "above": ("first_above",), "below": ("first_below",),
}  # fmt: skip

# Verbs that say of a level no more than that it was met in the session.
_BEEN_THERE: Final = frozenset(
    ("trades", "traded", "trading", "climbed", "climbing", "rose", "rising", "fell", "falling", "falls")
)
_AT_THE_END: Final = frozenset(("closed", "closing", "ended", "ending", "finished", "finishing", "settled", "settling"))
_NEAR: Final = ("near", "nearly")  # close to its high, close to a record


def judge_milestone(reading: Reading, k: int) -> None:
    """A highest, a worst day, a record, a peak that is near; with what follows of since when or in how long."""
    items = reading.items
    item = items[k]
    sense = item.sense
    first, n = item, k + 1
    item.used = True
    if sense in ("set", "since"):
        return
    if sense in ("above", "below"):
        _crossed(reading, k)
        return
    if sense == "near":
        _near(reading, k)
        return
    if sense == "biggest":
        follower = items[n] if n < len(items) else None
        if follower is None or follower.role != "move" or follower.entry is None:
            follower = next((i for i in items[:k] if i.role == "move" and i.entry is not None), None)
        if follower is None or follower.entry is None:
            reading.claim("since", item, item, "unsupported", why="it is not said what is the biggest")
            return
        sense = "best" if follower.entry.direction == "up" else "worst"
    if sense == "record":
        sense = "record_high"
        while n < len(items) and items[n].role == "milestone" and items[n].sense in ("high", "low"):
            sense = f"record_{items[n].sense}"
            items[n].used = True
            n += 1
    if sense == "first_time":
        reading.claim("since", item, item, "unsupported", why="the data do not say that it is the first time")
        return
    last = items[n - 1]
    while n < len(items) and items[n].role == "move" and items[n].i - last.j <= 1 and sense in ("best", "worst"):
        items[n].used = True
        last = items[n]
        n += 1
    if n < len(items) and items[n].role == "closed":
        items[n].used = True
    # before it: "three-year high", "five-month low"
    span = span_before(reading, k)
    if span is not None:
        first = span[1]
    since: dt.date | None = None
    since_exact = ""
    end = last
    tail = tail_of(reading, n, last)
    if tail is not None:
        since_exact, since, over, end = tail
        span = (over, first) if over is not None else span
    over_days = span[0] if span is not None else None
    _hold_milestone(reading, k, first, end, sense, since_exact, since, over_days)


def _hold_milestone(
    reading: Reading,
    k: int,
    first: Item,
    last: Item,
    sense: str,
    since: str,
    date: dt.date | None,
    over: tuple[float, str] | None,
) -> None:
    groups = candidates(reading, k, False) or candidates(reading, k, True) or [reading.subject]
    if groups and groups[0] and groups[0][0].kind == "stock":
        groups = [g for g in groups if g and g[0].kind != "stock"] + [groups[0]]
    if reading.market is not None and not reading.groups:
        groups.append((reading.market,))
    for thing in _of_each(reading, first):
        holds, true, pointer = _milestone(reading, thing, sense, since, date, over)
        if not holds or pointer in _short_of(thing):
            why = f"the data say {true}" if true else f"the data say no such thing of {thing.name}"
            status: Status = "contradicted" if true else "unsupported"
            reading.claim("since", first, last, status, true=true or None, pointer=pointer, why=why)
            return
    near = k > 0 and reading.items[k - 1].sense in _NEAR or reading.word(first.i - 1) == "near"
    wrong: tuple[str, str | None] | None = None
    for group in groups:
        for thing in markets_of(group):
            holds, true, pointer = _milestone(reading, thing, sense, since, date, over)
            if holds and not near and pointer in _short_of(thing):
                holds, true = False, "just short of it"
            if holds:
                reading.claim("since", first, last, "supported", pointer=pointer)
                return
            if near and sense.startswith("record") and (beside := _record_beside(thing)) is not None:
                reading.claim("since", first, last, "supported", pointer=beside)
                return
            if holds is False and wrong is None:
                wrong = (true, pointer)
    if wrong is None:
        reading.claim("since", first, last, "unsupported", why="the data say nothing of such a high, low or record")
    else:
        reading.claim(
            "since", first, last, "contradicted", true=wrong[0], pointer=wrong[1], why=f"the data say {wrong[0]}"
        )


def _of_each(reading: Reading, first: Item) -> list[Thing]:
    """The markets named before "each in its worst day", of every one of which that is said; none without the word."""
    if not any(reading.word(first.i - back) == "each" for back in (1, 2, 3)):
        return []
    return [thing for group in reading.groups for thing in group if thing.kind == "market"]


def _record_beside(thing: Thing) -> str | None:
    """The pointer of what the data say of a record that a milestone is near to."""
    milestones = getattr(thing.data, "milestones", ())
    return next((f"{each.pointer}/near" for each in milestones if each.near_what == "record"), None)


def _short_of(thing: Thing) -> tuple[str, ...]:
    """The milestones that a market is sent as only near to, by pointer."""
    return tuple(each.pointer for each in getattr(thing.data, "milestones", ()) if each.short_of)


def _milestone(
    reading: Reading, thing: Thing, sense: str, since: str, date: dt.date | None, over: tuple[float, str] | None
) -> tuple[bool | None, str, str | None]:
    """(whether it holds, what is true, pointer) for one market."""
    sent: list[Milestone] = [m for m in getattr(thing.data, "milestones", ()) if m.type in _TYPES.get(sense, ())]
    for each in sent:
        if _as_sent(reading, each, since, date, over):
            return True, "", each.pointer
    derived = _derived(reading, thing, sense, since, date, over)
    if derived is not None and (derived[0] or not sent):
        return derived
    if sent:
        return False, f"{sent[0].type.replace('_', ' ')} {_when(sent[0])}", sent[0].pointer
    return None, "", thing.pointer


def _when(sent: Milestone) -> str:
    return f"since {sent.since}" if sent.since else f"in {sent.over}" if sent.over else ""


def _as_sent(
    reading: Reading, sent: Milestone, since: str, date: dt.date | None, over: tuple[float, str] | None
) -> bool:
    if since == "then":
        return True
    if not since and over is None:
        return True
    if over is not None:
        days = over[0] * DAYS[over[1]]
        stated = days_in(sent.over)
        if stated is not None:
            return abs(days - stated) <= 0.04 * stated + 2
        if sent.over:
            return same_span(sent.over, over)
        since_date = date_of(sent.since, reading.world.snapshot.date)
        if since_date is not None:
            return (reading.world.snapshot.date - since_date[0]).days >= days - 1
        return sent.type.startswith("record")
    stated_date = date_of(sent.since, reading.world.snapshot.date)
    if stated_date is not None and date is not None:
        day, precision = stated_date
        _, year, month, number = since.split(":")
        part = since.split(":")[0]
        if part and not PARTS[part][0] <= day.day <= PARTS[part][1] and precision == "day":
            return False
        if day.year != date.year:
            return False
        if precision in ("month", "day") and month and day.month != date.month:
            return False
        return not (precision == "day" and number and day.day != date.day)
    return (
        bool(sent.since)
        and since.startswith("words:")
        or bool(sent.since and since.replace(":", " ").strip() in sent.since.lower())
    )


def _derived(
    reading: Reading, thing: Thing, sense: str, since: str, date: dt.date | None, over: tuple[float, str] | None
) -> tuple[bool | None, str, str | None] | None:
    """The same from history. None where there is none."""
    if thing.kind != "market" or thing.data is None:
        return None
    of_day = sense in ("best", "worst")
    past = history.moves(reading.world, thing) if of_day else history.closes(reading.world, thing)
    if past is None or len(past.values) < 2:
        return None
    high = sense in ("highest", "best", "high", "record_high")
    beyond = history.last_beyond(past, high=high)
    today = past.dates[-1]
    pointer = reading.world.snapshot.history[thing.id].pointer
    true = f"{'best' if high else 'worst'} day" if of_day else f"{'highest' if high else 'lowest'} level"
    true += f" since {beyond:%B %-d, %Y}" if beyond is not None else f" since {past.dates[0]:%B %Y} at least"
    if sense.startswith("record"):
        return (False if beyond is not None else None), true, pointer
    if since == "then" or (not since and over is None):
        return beyond is None or (today - beyond).days >= 20, true, pointer
    if over is not None:
        days = over[0] * DAYS[over[1]]
        if beyond is None:
            return ((today - past.dates[0]).days >= days - 3), true, pointer
        return (today - beyond).days >= days - 2 and (today - beyond).days < days * 2.2 + 40, true, pointer
    if date is None or beyond is None:
        return False, true, pointer
    part, year, month, number = since.split(":")
    fits = (
        beyond.year == date.year
        and (not month or beyond.month == date.month)
        and (not number or beyond.day == date.day)
    )
    if part:
        fits = fits and PARTS[part][0] <= beyond.day <= PARTS[part][1]
    return fits, true, pointer


def _near(reading: Reading, k: int) -> None:
    """Close to a peak or trough: of which part of which month, or a record."""
    items = reading.items
    n = k + 1
    month = None
    target: Item | None = None
    while n < len(items) and items[n].i - items[k].j <= 7 and items[n].role in ("date", "milestone", "comma", "figure"):
        if items[n].role == "date" and items[n].sense in MONTHS:
            month = items[n]
        if items[n].role == "milestone" and items[n].sense in ("high", "low"):
            target = items[n]
            break
        if month is not None and items[n].role == "milestone" and items[n].sense == "record":
            target = items[n]
            break
        if items[n].role == "milestone" and items[n].sense in ("record", "highest", "lowest", "best", "worst"):
            return  # what follows is judged on its own, near or not
        n += 1
    if target is None:
        items[k].used = True
        return
    if month is None:
        return
    part = next((w for w in reading.tokens.words[items[k].j : month.i] if w in PARTS), "")
    for each in items[k : n + 1]:
        each.used = True
    wanted = MONTHS.index(month.sense) + 1
    groups = candidates(reading, k, True) or [reading.subject]
    today = reading.world.snapshot.date
    wrong: tuple[str, str | None] | None = None
    for group in groups:
        for thing in markets_of(group):
            for sent in getattr(thing.data, "milestones", ()):
                if not sent.near_when:
                    continue
                near = date_of(sent.near_when, today)
                fits = near is None or (
                    near[0].month == wanted
                    and (not part or near[1] != "day" or PARTS[part][0] <= near[0].day <= PARTS[part][1])
                )
                if fits and (sent.near_what == "trough") == (target.sense == "low"):
                    reading.claim("since", items[k], target, "supported", pointer=f"{sent.pointer}/near")
                    return
                wrong = (f"{sent.near_what} of {sent.near_when}", f"{sent.pointer}/near")
            past = history.closes(reading.world, thing) if thing.kind == "market" else None
            if past is None:
                continue
            found = history.extreme(past, high=target.sense == "high", start=today - dt.timedelta(days=366))
            if found is None:
                continue
            day, value = found
            fits = day.month == wanted and (not part or PARTS[part][0] <= day.day <= PARTS[part][1])
            if fits and abs(past.values[-1] / value - 1) <= 0.03:
                reading.claim(
                    "since", items[k], target, "supported", pointer=reading.world.snapshot.history[thing.id].pointer
                )
                return
            wrong = wrong or (f"{day:%B %-d, %Y}", reading.world.snapshot.history[thing.id].pointer)
    if wrong is None:
        reading.claim("since", items[k], target, "unsupported", why="the data tell of no such peak or trough")
    else:
        reading.claim(
            "since", items[k], target, "contradicted", true=wrong[0], pointer=wrong[1], why=f"the data say {wrong[0]}"
        )


def _stands(reading: Reading, word: Item) -> bool:
    """Whether something is said to be above or below a figure, and not only to have been there: *traded above*."""
    where = reading.tokens.words[word.j - 1]
    if where.startswith("top"):
        return True
    if where not in ("above", "below"):
        return False
    been_there = reading.tokens.any_of(_BEEN_THERE, word.i - 1, word.j)
    return not been_there or reading.tokens.any_of(_AT_THE_END, word.i - 2, word.i - 1)  # finished trading above


def _came_back(thing: Thing, sent: Milestone) -> bool:
    """Whether a market's last level is on the other side of the figure that it crossed in the session."""
    if thing.level is None or sent.value is None:
        return False
    return (thing.level > sent.value) != (sent.type == "first_above")


def _crossed(reading: Reading, k: int) -> None:
    """Above a round figure, with or without "for the first time"."""
    items = reading.items
    n = k + 1
    last_told = next((i for i in reversed(items[:k]) if i.role != "comma"), None)
    if n < len(items) and last_told is not None and items[n].event & last_told.event:
        event = items[n].event & last_told.event
        pointer = reading.world.event(event).pointer
        why = "what is known of the event has another word there"
        reading.claim("comparison", items[k], items[n], "contradicted", true="another word", pointer=pointer, why=why)
        return
    if any([item.sense == "average" for item in items[n : n + 2]]):
        if any([item.role == "volume" for item in items[:k]]):
            judge_average(reading, k)
        else:  # an index above its 200-day average
            reading.claim("comparison", items[k], items[n], "unsupported", why="the data have no such average")
        return
    figure = items[n] if n < len(items) and items[n].role == "figure" else None
    if figure is None or figure.figure is None:
        return
    figure.used = True
    last = figure
    first_time = next((i for i in items[n + 1 : n + 3] if i.sense == "first_time"), None)
    if first_time is not None:
        first_time.used = True
        last = first_time
    above = items[k].sense == "above"
    shown = figure.figure
    wrong: tuple[str, str | None] | None = None
    turnover = next((i for i in items[:k] if i.role == "volume"), None)
    groups = candidates(reading, k, False) or [reading.subject]
    for group in groups if turnover is None else []:
        for thing in markets_of(group):
            for sent in getattr(thing.data, "milestones", ()):
                if sent.type in ("first_above", "first_below") and sent.value is not None:
                    if sent.basis == "intraday" and _stands(reading, items[k]) and _came_back(thing, sent):
                        wrong = (f"{thing.level:,.10g}", f"{thing.pointer}/level")
                        continue
                    fits = (sent.type == "first_above") == above and rounds_to(sent.value, shown.value, shown.decimals)
                    if fits:
                        reading.claim("since", items[k], last, "supported", pointer=sent.pointer)
                        return
                    wrong = (f"{sent.value:,.10g}", sent.pointer)
            if thing.level is not None and first_time is None:
                if (thing.level > shown.value) == above:
                    reading.claim("number", items[k], last, "supported", pointer=f"{thing.pointer}/level")
                    return
                wrong = wrong or (f"{thing.level:,.10g}", f"{thing.pointer}/level")
    if wrong is None:
        reading.claim("since", items[k], last, "unsupported", why="the data say nothing of such a level")
    else:
        reading.claim(
            "since", items[k], last, "contradicted", true=wrong[0], pointer=wrong[1], why=f"the data say {wrong[0]}"
        )
