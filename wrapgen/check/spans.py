"""Dates after *since* and spans after *in*, in the words of a text and as sent."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from wrapgen.check.claims import Reading
from wrapgen.check.known import NUMBERS
from wrapgen.check.read import Item

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)


PARTS: Final = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


DAYS: Final = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}


def span_before(reading: Reading, k: int) -> tuple[tuple[float, str], Item] | None:
    items = reading.items
    if k >= 2 and items[k - 1].role == "unit" and items[k - 2].figure is not None and items[k - 1].sense in DAYS:
        items[k - 1].used = items[k - 2].used = True
        return (items[k - 2].figure.value, items[k - 1].sense), items[k - 2]  # type: ignore[union-attr]
    return None


# Words that only say what is the highest: its level, a close.
_OF: Final = frozenset((
    "level", "close", "price", "day", "session", "one-day", "closing", "yield", "point", "finish", "one", "levels",
    "intraday",
))  # fmt: skip


def tail_of(reading: Reading, n: int, last: Item) -> tuple[str, dt.date | None, tuple[float, str] | None, Item] | None:
    """What follows: ("since ...", date, span, last item)."""
    words = reading.tokens.words
    at = last.j
    # over words that only say what it is of
    while at < len(words) and words[at] in _OF:
        at += 1
    if at >= len(words):
        return None
    if words[at] == "since":
        return _since(reading, at)
    if words[at] in ("in", "for", "of"):
        found = re.match(
            r"(?:(more than|over|at least|nearly|almost|about) )?(a|an|the|\w+)(?: -)? (week|month|year|day)s?\b",
            " ".join(words[at + 1 : at + 6]),
        )
        if found:
            number = (
                1.0
                if found[2] in ("a", "an", "the")
                else float(NUMBERS.get(found[2], 0) or (found[2] if found[2].isdigit() else 0))
            )
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
    if end < len(words) and words[end] in PARTS:
        part = words[end]
        end += 2 if words[end + 1 : end + 2] == ["-"] else 1
    day = month = year = None
    while end < len(words) and end - start < 6:
        word = words[end]
        if word in MONTHS and month is None:
            month = MONTHS.index(word) + 1
        elif word.isdigit() and len(word) == 4 and year is None:
            year = int(word)
        elif (
            word.isdigit()
            and len(word) <= 2
            and day is None
            and (month is not None or words[end + 1 : end + 2] and words[end + 1] in MONTHS)
        ):
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


def same_span(stated: str, over: tuple[float, str]) -> bool:
    """A span in the sender's words: "two years", "more than a month"."""
    words = stated.lower().split()
    number = next(
        (
            float(NUMBERS.get(w, 1 if w in ("a", "an") else 0) or (w if w.isdigit() else 0))
            for w in words
            if w in NUMBERS or w in ("a", "an") or w.isdigit()
        ),
        1.0,
    )
    unit = next((u for u in DAYS for w in words if w.startswith(u)), "")
    return unit == over[1] and number == over[0]


def days_in(over: str | None) -> float | None:
    """The length of an ISO 8601 span in days."""
    found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", over or "")
    if not found or not over:
        return None
    years, months, weeks, days = (int(each or 0) for each in found.groups())
    return years * 365.25 + months * 30.44 + weeks * 7 + days


def date_of(since: str | None, today: dt.date) -> tuple[dt.date, str] | None:
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
