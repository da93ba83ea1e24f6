"""The words and figures of each event: what the sender said of it, and what may be said of its type."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from wrapgen.check.lex import words_of
from wrapgen.check.money import SIZES, unit_of, unit_of_code
from wrapgen.check.words import Vocabulary
from wrapgen.intake.reference import Reference
from wrapgen.intake.snapshot import Event, Snapshot

if TYPE_CHECKING:
    from wrapgen.check.world import Language

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Keys whose texts are ids, or are read on their own.
_UNSAID: Final = frozenset(("mood_of", "overshadowed_by", "currency", "target_price"))


_NUMBERS: Final = (int, float)


class Amount(NamedTuple):
    """A figure that an event carries; ``pointer`` where it stands, ``unit`` what it counts, "" where that is open."""

    value: float
    pointer: str
    unit: str = ""


# What the keys of frames count.
_UNITS: Final = {"size_bp": "basis_points", "rate": "percent", "units": "count", "shares": "count"}


class EventBook(NamedTuple):
    """By stem, the events whose words it is among, as bits: event 0 is 1, event 1 is 2, event 2 is 4."""

    masks: dict[str, int]
    ways: dict[str, int]
    """By direction, the events that speak of a move that way: whatever else says the same retells it."""
    amounts: tuple[tuple[Amount, ...], ...]
    involved: dict[str, int]
    """By id of a company, market or place, the events that it has part in."""


def read_events(snapshot: Snapshot, language: Language) -> EventBook:
    vocabulary, known = language.vocabulary, language.words
    masks: dict[str, int] = {}
    ways: dict[str, int] = {}
    involved: dict[str, int] = {}
    amounts: list[tuple[Amount, ...]] = []
    names = {stock.id: f"{stock.name} {stock.short_name}" for stock in snapshot.stocks} if snapshot.events else {}
    bit = 1
    for event in snapshot.events:
        figures: list[Amount] = []
        stems: set[str] = set()
        for text in _texts(event, names, language, figures):
            words = words_of(text)
            for at, each in enumerate(map(known.__getitem__, words)):
                stems.add(each.stem)
                if each.same:
                    stems.update(each.same)
                entry = each.entry
                if entry is not None:
                    if entry.direction:
                        ways[entry.direction] = ways.get(entry.direction, 0) | bit
                elif each.figure is not None and each.role == "figure":
                    following = words[at + 1 : at + 5]
                    value = each.figure.value * SIZES.get(following[0] if following else "", 1.0)
                    figures.append(Amount(value, event.pointer, unit_of(each.figure, following, known.units)))
        for typed in _typed(event, vocabulary):
            stems.update(typed)
        day = (event.when or "")[8:10]
        if day.isdigit() and event.when is not None and len(event.when) == 10:
            figures.append(Amount(float(day), f"{event.pointer}/when", "date"))
        stems.update([known[word].stem for word in (*_quarter(event), *_when(event))])
        for key in stems:
            masks[key] = masks.get(key, 0) | bit
        for ident in (event.who, *event.affects, *event.frame.values()):
            if ident and isinstance(ident, str):
                involved[ident] = involved.get(ident, 0) | bit
        amounts.append(tuple(figures))
        bit <<= 1
    return EventBook(masks, ways, tuple(amounts), involved)


def _texts(event: Event, names: Mapping[str, str], language: Language, figures: list[Amount]) -> Iterator[str]:
    """Everything that the sender wrote of an event, ids as names; its figures go to ``figures``."""
    reference, units = language.reference, language.words.units
    if event.clause:
        yield event.clause
    if event.noun_phrase:
        yield event.noun_phrase
    if event.when and not event.when[:4].isdigit():
        yield event.when
    if isinstance(event.importance, str):
        yield event.importance
    if event.who:
        yield names.get(event.who) or _name(event.who, reference)
    stack: list[tuple[str, Any]] = [
        (f"{event.pointer}/{key}", v) for key, v in event.frame.items() if key not in _UNSAID
    ]
    currency = ""
    while stack:
        pointer, value = stack.pop()
        if isinstance(value, str):
            yield names.get(value) or _name(value, reference)
        elif isinstance(value, bool):
            continue
        elif isinstance(value, _NUMBERS):
            key = pointer.rpartition("/")[2]
            unit = _UNITS.get(key, "")
            if key in ("actual", "consensus", "prior") and event.frame.get("unit") in ("percent", "%", "pct"):
                unit = "percent"
            if key == "amount":
                unit = unit_of_code(currency, units)
            figures.append(Amount(float(value), pointer, unit))
        elif isinstance(value, Mapping):
            currency = value.get("currency", currency)
            stack.extend((f"{pointer}/{key}", v) for key, v in value.items() if key not in _UNSAID)
        elif isinstance(value, list | tuple):
            stack.extend((f"{pointer}/{n}", v) for n, v in enumerate(value))


def _name(text: str, reference: Reference) -> str:
    """The words of an id of the reference data; a plain text is its own."""
    market = reference.markets.get(text)
    if market is not None:
        return f"{market.name} {market.short}"
    place = reference.places.get(text)
    if place is not None:
        return f"{place.name} {place.adjective} {place.city or ''}"
    return text.replace("_", " ")


def _typed(event: Event, vocabulary: Vocabulary) -> Iterator[Iterable[str]]:
    """The words that the event's type, and what its frame says, bring with them."""
    words = vocabulary.events.get(event.type) or vocabulary.events["any"]
    yield words.always
    for key, said in _facts(event).items():
        for value, stems in words.known.get(key, ()):
            if value is None or value in said:
                yield stems


def _facts(event: Event) -> dict[str, tuple[str, ...]]:
    """What can be asked of an event, each with its answers as words."""
    frame = event.frame
    facts: dict[str, tuple[str, ...]] = {"status": (event.status,)}
    for key in ("extent", "result", "stage", "overshadowed_by", "period"):
        if isinstance(frame.get(key), str):
            facts[key] = (frame[key],)
    guidance = frame.get("guidance")
    change = guidance.get("change") if isinstance(guidance, Mapping) else guidance
    if event.type == "guidance" and change is None:
        change = frame.get("change")
    if isinstance(change, str):
        facts["guidance"] = (change,)
    action = frame.get("action")
    if isinstance(action, str):
        facts["action"] = (action, *(word for word in action.split()))
    actual, consensus = _size(frame.get("actual")), _size(frame.get("consensus"))
    if actual is not None:
        facts["change"] = ("up" if actual > 0 else "down" if actual < 0 else "flat",)
        if consensus is not None:
            facts["surprise"] = ("above" if actual > consensus else "below" if actual < consensus else "in_line",)
    return facts


def _size(value: Any) -> float | None:
    if isinstance(value, Mapping):
        value = value.get("amount")
    return float(value) if isinstance(value, _NUMBERS) and not isinstance(value, bool) else None


def _quarter(event: Event) -> tuple[str, ...]:
    """A quarter in words: Q3 is the third."""
    period = event.frame.get("period")
    found = re.search(r"[Qq]([1-4])\b", str(period)) if period else None
    return ("quarter", ("first", "second", "third", "fourth")[int(found[1]) - 1]) if found else ()


def _when(event: Event) -> Iterator[str]:
    """A date in words: the month, the weekday."""
    parts = (event.when or "").split("-")
    if len(parts) in (2, 3) and all(part.isdigit() for part in parts) and 1 <= int(parts[1]) <= 12:
        yield _MONTHS[int(parts[1]) - 1]
        if len(parts) == 3:
            try:
                yield _WEEKDAYS[dt.date(*map(int, parts)).weekday()]
            except ValueError:
                return
            yield str(int(parts[2]))
