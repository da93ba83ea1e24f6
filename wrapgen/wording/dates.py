"""Days, months and spans in words. Pure: today is always an argument."""

from __future__ import annotations

import datetime as dt
from typing import Final

from wrapgen.facts.spans import span_months
from wrapgen.wording.figures import count_words, recounted
from wrapgen.wording.style import Style

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# Beside a day; March to July are short as they are.
_SHORT: Final = {1: "Jan.", 2: "Feb.", 8: "Aug.", 9: "Sept.", 10: "Oct.", 11: "Nov.", 12: "Dec."}
_USUAL: Final = Style("", "")
WEEKDAYS: Final = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def weekday(date: dt.date) -> str:
    return WEEKDAYS[date.weekday()]


def part_of_month(date: dt.date) -> str:
    """``early``, ``mid`` or ``late``."""
    return "early" if date.day <= 10 else "mid" if date.day <= 20 else "late"


def parse(text: str) -> tuple[int, int | None, int | None] | None:
    """(year, month, day) of ``2025-10-02``, ``2025-10`` or ``2025``; None for words."""
    parts = text.split("-")
    if not all(p.isdigit() for p in parts) or len(parts[0]) != 4 or len(parts) > 3:
        return None
    numbers = [int(p) for p in parts]
    if len(numbers) > 1 and not 1 <= numbers[1] <= 12:
        return None
    return numbers[0], numbers[1] if len(numbers) > 1 else None, numbers[2] if len(numbers) > 2 else None


def month_of(text: str) -> tuple[int | None, int] | None:
    """(year, month) of ``2025-10-02`` or of words that name a month: ``early October``. None where there is none."""
    found = parse(text)
    if found is not None:
        return (found[0], found[1]) if found[1] is not None else None
    named = [MONTHS.index(word) + 1 for word in text.replace("-", " ").split() if word in MONTHS]
    return (None, named[0]) if named else None


def day_and_month(month: int, day: int, style: Style = _USUAL) -> str:
    """``October 2``, ``2 October``, ``Oct. 2``, as the house has it."""
    name = _SHORT.get(month, MONTHS[month - 1]) if style.short_months else MONTHS[month - 1]
    return f"{day} {name}" if style.day_first else f"{name} {day}"


def month_words(text: str, today: dt.date, style: Style = _USUAL) -> str | None:
    """``October``, ``October 2`` or ``September 2008``; a year only where it is not this one. None for words."""
    found = parse(text)
    if found is None:
        return None
    year, month, day = found
    if month is None:
        return str(year)
    name = MONTHS[month - 1]
    recent = year == today.year or (year == today.year - 1 and month > today.month)
    if day is not None:
        name = day_and_month(month, day, style)
    if recent:
        return name
    return f"{name} {year}" if day is None or style.day_first else f"{name}, {year}"


def when_phrase(text: str, today: dt.date, style: Style = _USUAL) -> str | None:
    """``in October``, ``on Monday``, ``this week``: an event's time as an adverbial. None if it adds nothing."""
    found = parse(text)
    if found is not None:
        words = month_words(text, today, style)
        if found[1] is not None and found[2] is not None:
            ahead = (dt.date(found[0], found[1], found[2]) - today).days
            if ahead == 0:
                return "later in the day"
            if 1 <= ahead <= 6:
                return f"on {weekday(dt.date(found[0], found[1], found[2]))}"
        return f"on {words}" if found[2] is not None else f"in {words}"
    lowered = text.lower()
    if text in WEEKDAYS:
        return f"on {text}"
    if text in MONTHS:
        return f"in {text}"
    if lowered.split()[0] in ("this", "last", "next", "later", "overnight", "earlier", "early", "late"):
        return text
    return None


def session_before(today: dt.date, last: dt.date | None, by_night: bool) -> str:
    """When another market's session before was: ``overnight`` where its day ends in the night before this one's
    (``by_night``), else ``on Friday``. ``last`` is the day of it; where it is not known, none is named."""
    if by_night and (today.weekday() > 0 if last is None else (today - last).days == 1):
        return "overnight"
    return f"on {weekday(last)}" if last is not None else "in the previous session"


def over_words(over: str, below: int = 10) -> str | None:
    """``more than a month`` for an ISO span (which is a floor), the sender's words otherwise."""
    if not over:
        return None
    if over.startswith("P") and over[1:2].isdigit():
        months = span_months(over)
        if months is None:
            return None
        if months >= 12 and months % 12 == 0:
            return f"more than {_span(int(months // 12), 'year', below)}"
        if months >= 1:
            return f"more than {_span(int(months), 'month', below)}"
        return f"more than {_span(max(1, round(months * 30.4 / 7)), 'week', below)}"
    number, _, unit = over.partition(" ")
    if number.lower() in ("one", "1") and unit in ("week", "month", "year", "decade"):
        return f"a {unit}"
    return f"{recounted(number, below)} {unit}" if unit else over


def _span(number: int, unit: str, below: int) -> str:
    if number == 1:
        return f"a {unit}"
    return f"{count_words(number, below)} {unit}s"


def since_words(since: str | None, date: dt.date | None, today: dt.date, style: Style = _USUAL) -> str | None:
    """What follows ``since``: ``March 2011``, ``October 6``, ``mid-2016``. None where it cannot be said."""
    if since:
        if since.lower().startswith("previous"):
            return None
        return month_words(since, today, style) or since
    if date is None:
        return None
    if (today - date).days > 200:
        return month_words(f"{date.year}-{date.month:02d}", today)
    return month_words(date.isoformat(), today, style)


def near_words(when: str, today: dt.date) -> str | None:
    """``early October`` for a date, the sender's words otherwise."""
    found = parse(when)
    if found is None:
        return when
    year, month, day = found
    if month is None:
        return str(year)
    name = (
        MONTHS[month - 1]
        if year == today.year or (year == today.year - 1 and month > today.month)
        else f"{MONTHS[month - 1]} {year}"
    )
    if day is None:
        return name
    part = part_of_month(dt.date(year, month, day))
    return f"mid-{name}" if part == "mid" else f"{part} {name}"
