"""Runs of sessions, and records, highs and worst days "since" and "in"."""

from __future__ import annotations

import datetime as dt
import re

from wrapgen.check import history
from wrapgen.check.claims import Group, Reading
from wrapgen.check.figures import rounds_to
from wrapgen.check.read import NUMBERS, Item
from wrapgen.check.subjects import candidates
from wrapgen.check.truth import Thing, agrees
from wrapgen.intake.snapshot import Milestone

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_TYPES = {
    "highest": ("highest", "record_high"), "lowest": ("lowest", "record_low"), "best": ("best_day",), "worst": ("worst_day",),
    "high": ("highest", "record_high"), "low": ("lowest", "record_low"),
    "record_high": ("record_high",), "record_low": ("record_low",),
    "above": ("first_above",), "below": ("first_below",),
}  # fmt: skip
_WITH = frozenset(("of", "its", "the", "'s", "-", "'", "their", "for", "days", "day", "run"))
_DAYS = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}


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
    return before.role == "move" and (link == ["for"] and items[start].role == "figure" or not link and items[start].sense == "straight")


def _counted(reading: Reading, k: int) -> bool:
    """Whether a figure counts sessions."""
    return any(word in ("session", "sessions", "day", "days") for word in reading.tokens.words[reading.items[k].j : reading.items[k].j + 3])


def _hold_streak(
    reading: Reading, k: int, first: Item, last: Item, count: int | None, way: str | None, ended: bool
) -> None:
    groups = candidates(reading, k, False) or candidates(reading, k, True) or [reading.subject]
    following = next((i for i in reading.items[k + 1 :] if i.role == "name" and i.group >= 0), None)
    if following is not None and reading.word(following.i - 1) in ("for", "the") and "for" in reading.tokens.words[last.j : following.i]:
        groups.insert(0, reading.groups[following.group])
    wrong: tuple[str, str | None] | None = None
    for group in groups:
        answers = [_run(reading, thing, count, way, ended) for thing in _markets(group)]
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
        reading.claim("streak", first, last, "contradicted", true=wrong[0], pointer=wrong[1], why=f"the data say {wrong[0]}")


def _markets(group: Group) -> list[Thing]:
    return [m for thing in group for m in ((thing,) if not thing.members else thing.members)]


def _run(
    reading: Reading, thing: Thing, count: int | None, way: str | None, ended: bool
) -> tuple[bool | None, str, str | None]:
    """(whether it holds, what is true, pointer)."""
    data = thing.data
    sent = getattr(data, "streak", None)
    if sent is not None and (sent.status == "ended") == ended:
        fits = (way is None or way == sent.direction) and (count is None or sent.sessions is None or sent.sessions == count)
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
    return fits, f"{length} session{'s' if length != 1 else ''} {direction}", series.pointer if series else thing.pointer


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
    span = _span_before(reading, k)
    if span is not None:
        first = span[1]
    since: dt.date | None = None
    since_exact = ""
    end = last
    tail = _tail(reading, n, last)
    if tail is not None:
        since_exact, since, over, end = tail
        span = (over, first) if over is not None else span
    over_days = span[0] if span is not None else None
    _hold_milestone(reading, k, first, end, sense, since_exact, since, over_days)


def _span_before(reading: Reading, k: int) -> tuple[tuple[float, str], Item] | None:
    items = reading.items
    if k >= 2 and items[k - 1].role == "unit" and items[k - 2].figure is not None and items[k - 1].sense in _DAYS:
        items[k - 1].used = items[k - 2].used = True
        return (items[k - 2].figure.value, items[k - 1].sense), items[k - 2]  # type: ignore[union-attr]
    return None


def _tail(
    reading: Reading, n: int, last: Item
) -> tuple[str, dt.date | None, tuple[float, str] | None, Item] | None:
    """What follows: ("since ...", date, span, last item)."""
    items, words = reading.items, reading.tokens.words
    at = last.j
    # over words that only say what it is of
    while at < len(words) and words[at] in ("level", "close", "price", "day", "session", "one-day", "closing", "yield", "point", "finish", "one", "levels"):
        at += 1
    if at >= len(words):
        return None
    if words[at] == "since":
        return _since(reading, at)
    if words[at] in ("in", "for", "of"):
        found = re.match(r"(?:(more than|over|at least|nearly|almost|about) )?(a|an|the|\w+)(?: -)? (week|month|year|day)s?\b", " ".join(words[at + 1 : at + 6]))
        if found:
            number = 1.0 if found[2] in ("a", "an", "the") else float(NUMBERS.get(found[2], 0) or (found[2] if found[2].isdigit() else 0))
            if number:
                length = len(found[0].split())
                end = _last_item(reading, at + 1 + length, last)
                return "", None, (number, found[3]), end
        if words[at + 1 : at + 3] == ["the", "year"]:
            return None
    return None


def _last_item(reading: Reading, at: int, default: Item) -> Item:
    """Marks every item up to token ``at`` used, and gives the last of them."""
    end = default
    for item in reading.items:
        if item.i >= default.i and item.j <= at:
            item.used = True
            end = item if item.j >= end.j else end
    if end.j < at:
        made = Item("span", "", end.i, at)
        made.used = True
        return made
    return end


def _since(reading: Reading, at: int) -> tuple[str, dt.date | None, tuple[float, str] | None, Item]:
    """A date after *since*: (as sent words, its first day, None, last item)."""
    words = reading.tokens.words
    start = at + 1
    end = start
    part = ""
    if end < len(words) and words[end] in _PARTS:
        part = words[end]
        end += 2 if words[end + 1 : end + 2] == ["-"] else 1
    day = month = year = None
    while end < len(words) and end - start < 6:
        word = words[end]
        if word in MONTHS and month is None:
            month = MONTHS.index(word) + 1
        elif word.isdigit() and len(word) == 4 and year is None:
            year = int(word)
        elif word.isdigit() and len(word) <= 2 and day is None and (month is not None or words[end + 1 : end + 2] and words[end + 1] in MONTHS):
            day = int(word)
        elif word == "," and words[end + 1 : end + 2] and words[end + 1].isdigit() and len(words[end + 1]) == 4:
            pass
        elif word == "then" and month is None:
            end += 1
            default = Item("span", "", at, end)
            _last_item(reading, end, default)
            return "then", None, None, default
        else:
            break
        end += 1
    default = Item("span", "", at, max(end, at + 1))
    _last_item(reading, end, default)
    today = reading.world.snapshot.date
    text = f"{part}:{year or ''}:{month or ''}:{day or ''}"
    if month is None and year is None:
        return "words:" + " ".join(words[start : start + 3]), None, None, default
    if year is None and month is not None:
        year = today.year if (month, day or 1) <= (today.month, today.day) else today.year - 1
    try:
        return text, dt.date(year or today.year, month or 1, day or 1), None, default
    except ValueError:
        return text, None, None, default


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
    wrong: tuple[str, str | None] | None = None
    for group in groups:
        for thing in _markets(group):
            holds, true, pointer = _milestone(reading, thing, sense, since, date, over)
            if holds:
                reading.claim("since", first, last, "supported", pointer=pointer)
                return
            if holds is False and wrong is None:
                wrong = (true, pointer)
    if wrong is None:
        reading.claim("since", first, last, "unsupported", why="the data say nothing of such a high, low or record")
    else:
        reading.claim("since", first, last, "contradicted", true=wrong[0], pointer=wrong[1], why=f"the data say {wrong[0]}")


def _milestone(
    reading: Reading, thing: Thing, sense: str, since: str, date: dt.date | None, over: tuple[float, str] | None
) -> tuple[bool | None, str, str | None]:
    """(whether it holds, what is true, pointer) for one market."""
    sent: list[Milestone] = [m for m in getattr(thing.data, "milestones", ()) if m.type in _TYPES.get(sense, ())]
    for each in sent:
        if _as_sent(reading, each, since, date, over):
            return True, "", each.pointer
    derived = _derived(reading, thing, sense, since, date, over)
    if derived is not None:
        if derived[0] or not sent:
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
        days = over[0] * _DAYS[over[1]]
        stated = _days(sent.over)
        if stated is not None:
            return abs(days - stated) <= 0.04 * stated + 2
        if sent.over:
            return _same_span(sent.over, over)
        since_date = _date_of(sent.since, reading.world.snapshot.date)
        if since_date is not None:
            return (reading.world.snapshot.date - since_date[0]).days >= days - 1
        return sent.type.startswith("record")
    stated_date = _date_of(sent.since, reading.world.snapshot.date)
    if stated_date is not None and date is not None:
        day, precision = stated_date
        _, year, month, number = since.split(":")
        part = since.split(":")[0]
        if part and not _PARTS[part][0] <= day.day <= _PARTS[part][1] and precision == "day":
            return False
        if day.year != date.year:
            return False
        if precision in ("month", "day") and month and day.month != date.month:
            return False
        return not (precision == "day" and number and day.day != date.day)
    return bool(sent.since) and since.startswith("words:") or bool(sent.since and since.replace(":", " ").strip() in sent.since.lower())


def _same_span(stated: str, over: tuple[float, str]) -> bool:
    """A span in the sender's words: "two years", "more than a month"."""
    words = stated.lower().split()
    number = next((float(NUMBERS.get(w, 1 if w in ("a", "an") else 0) or (w if w.isdigit() else 0)) for w in words if w in NUMBERS or w in ("a", "an") or w.isdigit()), 1.0)
    unit = next((u for u in _DAYS for w in words if w.startswith(u)), "")
    return unit == over[1] and number == over[0]


def _days(over: str | None) -> float | None:
    """The length of an ISO 8601 span in days."""
    found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", over or "")
    if not found or not over:
        return None
    years, months, weeks, days = (int(each or 0) for each in found.groups())
    return years * 365.25 + months * 30.44 + weeks * 7 + days


def _date_of(since: str | None, today: dt.date) -> tuple[dt.date, str] | None:
    """(first day, how exact) of a date as sent."""
    if not since:
        return None
    parts = since.split("-")
    if all(p.isdigit() for p in parts) and len(parts[0]) == 4:
        numbers = [int(p) for p in parts]
        try:
            return dt.date(*(numbers + [1, 1])[:3]), ("year", "month", "day")[len(numbers) - 1]  # type: ignore[arg-type]
        except ValueError:
            return None
    words = since.lower().replace(",", " ").replace("-", " ").split()
    month = next((MONTHS.index(w) + 1 for w in words if w in MONTHS), None)
    year = next((int(w) for w in words if w.isdigit() and len(w) == 4), None)
    day = next((int(w) for w in words if w.isdigit() and len(w) <= 2), None)
    if month is None and year is None:
        return None
    if year is None and month is not None:
        year = today.year if month <= today.month else today.year - 1
    try:
        return dt.date(year or today.year, month or 1, day or 1), "day" if day else "month" if month else "year"
    except ValueError:
        return None


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
        days = over[0] * _DAYS[over[1]]
        if beyond is None:
            return ((today - past.dates[0]).days >= days - 3), true, pointer
        return (today - beyond).days >= days - 2 and (today - beyond).days < days * 2.2 + 40, true, pointer
    if date is None or beyond is None:
        return False, true, pointer
    part, year, month, number = since.split(":")
    fits = beyond.year == date.year and (not month or beyond.month == date.month) and (not number or beyond.day == date.day)
    if part:
        fits = fits and _PARTS[part][0] <= beyond.day <= _PARTS[part][1]
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
    part = next((w for w in reading.tokens.words[items[k].j : month.i] if w in _PARTS), "")
    for each in items[k : n + 1]:
        each.used = True
    wanted = MONTHS.index(month.sense) + 1
    groups = candidates(reading, k, True) or [reading.subject]
    today = reading.world.snapshot.date
    wrong: tuple[str, str | None] | None = None
    for group in groups:
        for thing in _markets(group):
            for sent in getattr(thing.data, "milestones", ()):
                if not sent.near_when:
                    continue
                near = _date_of(sent.near_when, today)
                fits = near is None or (
                    near[0].month == wanted
                    and (not part or near[1] != "day" or _PARTS[part][0] <= near[0].day <= _PARTS[part][1])
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
            fits = day.month == wanted and (not part or _PARTS[part][0] <= day.day <= _PARTS[part][1])
            if fits and abs(past.values[-1] / value - 1) <= 0.03:
                reading.claim("since", items[k], target, "supported", pointer=reading.world.snapshot.history[thing.id].pointer)
                return
            wrong = wrong or (f"{day:%B %-d, %Y}", reading.world.snapshot.history[thing.id].pointer)
    if wrong is None:
        reading.claim("since", items[k], target, "unsupported", why="the data tell of no such peak or trough")
    else:
        reading.claim("since", items[k], target, "contradicted", true=wrong[0], pointer=wrong[1], why=f"the data say {wrong[0]}")


def _crossed(reading: Reading, k: int) -> None:
    """Above a round figure, with or without "for the first time"."""
    items = reading.items
    n = k + 1
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
        for thing in _markets(group):
            for sent in getattr(thing.data, "milestones", ()):
                if sent.type in ("first_above", "first_below") and sent.value is not None:
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
        reading.claim("since", items[k], last, "contradicted", true=wrong[0], pointer=wrong[1], why=f"the data say {wrong[0]}")
