"""The words and figures of each event: what the sender said of it, and what may be said of its type."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from wrapgen.check.lex import words_of
from wrapgen.check.money import SIZES, unit_of, unit_of_code
from wrapgen.check.words import Vocabulary
from wrapgen.intake.reference import Reference
from wrapgen.intake.snapshot import Event, Snapshot, Stock

if TYPE_CHECKING:
    from wrapgen.check.world import Language

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Keys whose texts are ids, or are read on their own.
_UNSAID: Final = frozenset(("mood_of", "overshadowed_by", "currency", "target_price"))
# What an event is asked by these keys stands in its frame as it is.
_ASKED: Final = frozenset(("extent", "result", "stage", "overshadowed_by", "period", "action"))
_QUARTER: Final = re.compile(r"[Qq]([1-4])\b")


class Amount:
    """A figure that an event carries; ``pointer`` where it stands, ``unit`` what it counts, "" where that is open."""

    __slots__ = ("value", "pointer", "unit")

    def __init__(self, value: float, pointer: str, unit: str = "") -> None:
        self.value = value
        self.pointer = pointer
        self.unit = unit


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


def words_by_id(reference: Reference) -> dict[str, str]:
    """The words that stand for each id of the reference data."""
    places = {id: f"{place.name} {place.adjective} {place.city or ''}" for id, place in reference.places.items()}
    return places | {id: f"{market.name} {market.short}" for id, market in reference.markets.items()}


def read_events(snapshot: Snapshot, language: Language) -> EventBook:
    """What the events of a snapshot say, and of whom."""
    masks: dict[str, int] = {}
    ways: dict[str, int] = {}
    involved: dict[str, int] = {}
    amounts: list[tuple[Amount, ...]] = []
    stocks = {stock.id: stock for stock in snapshot.stocks}
    bit = 1
    for event in snapshot.events:
        heard = _heard(event, stocks, language)
        _mark(masks, heard.stems, bit)
        _mark(ways, heard.ways, bit)
        _mark(involved, heard.ids, bit)
        amounts.append(tuple(heard.figures))
        bit <<= 1
    return EventBook(masks, ways, tuple(amounts), involved)


def _mark(marks: dict[str, int], keys: set[str], bit: int) -> None:
    """Sets the bit under every key."""
    for key in marks.keys() & keys:
        marks[key] |= bit
    marks.update(dict.fromkeys(keys.difference(marks), bit))


class _Heard:
    """What one event says: the stems of its words, the directions in which it says that something went, the ids that
    it names, its figures."""

    def __init__(self, event: Event, stocks: dict[str, Stock], language: Language) -> None:
        self.event = event
        self.stocks = stocks
        self.language = language
        self.stems: set[str] = set()
        self.ways: set[str] = set()
        self.ids = set(event.affects)
        self.ids.update([value for value in event.frame.values() if value and isinstance(value, str)])
        self.figures: list[Amount] = []

    def hear(self, text: str) -> None:
        """Takes in some words of it."""
        words, lexicon = words_of(text), self.language.words
        for at, word in enumerate(words):
            known = lexicon[word]
            self.stems.add(known.stem)
            if known.same:
                self.stems.update(known.same)
            entry = known.entry
            if entry is not None:
                if entry.direction:
                    self.ways.add(entry.direction)
            elif known.figure is not None and known.role == "figure":
                following = words[at + 1 : at + 5]
                value = known.figure.value * SIZES.get(following[0] if following else "", 1.0)
                unit = unit_of(known.figure, following, lexicon.units)
                self.figures.append(Amount(value, self.event.pointer, unit))

    def hear_name(self, text: str) -> None:
        """Takes in the words that an id stands for; a plain text is its own."""
        stock = self.stocks.get(text)
        if stock is not None:
            self.hear(f"{stock.name} {stock.short_name}")
        else:
            self.hear(self.language.ids.get(text) or text.replace("_", " "))

    def hear_frame(self) -> None:
        """Takes in what its frame says, ids as names."""
        event = self.event
        currency: object = ""
        stack: list[tuple[str, str, Any]] = [
            (event.pointer, key, value) for key, value in event.frame.items() if key not in _UNSAID
        ]
        while stack:
            above, key, value = stack.pop()
            if isinstance(value, str):
                self.hear_name(value)
            elif isinstance(value, dict):
                currency = value.get("currency", currency)
                stack += [(f"{above}/{key}", inner, each) for inner, each in value.items() if inner not in _UNSAID]
            elif isinstance(value, (list, tuple)):
                stack += [(f"{above}/{key}", str(n), each) for n, each in enumerate(value)]
            elif isinstance(value, (int, float)) and not isinstance(value, bool):
                unit = _UNITS.get(key, "")
                if key in ("actual", "consensus", "prior") and event.frame.get("unit") in ("percent", "%", "pct"):
                    unit = "percent"
                if key == "amount":
                    unit = unit_of_code(currency, self.language.words.units)
                self.figures.append(Amount(float(value), f"{above}/{key}", unit))


def _heard(event: Event, stocks: dict[str, Stock], language: Language) -> _Heard:
    """All that is known of an event: what the sender wrote, its frame, what its type brings with it, its date."""
    heard = _Heard(event, stocks, language)
    for text in (event.clause, event.noun_phrase):
        if text:
            heard.hear(text)
    if event.when and not event.when[:4].isdigit():
        heard.hear(event.when)
    if event.who:
        heard.ids.add(event.who)
        heard.hear_name(event.who)
    heard.hear_frame()
    for stems in _typed(event, language.vocabulary):
        heard.stems |= stems
    if event.when is not None and len(event.when) == 10 and event.when[8:].isdigit():
        heard.figures.append(Amount(float(event.when[8:]), f"{event.pointer}/when", "date"))
    for word in (*_quarter(event), *_when(event)):
        heard.stems.add(language.words[word].stem)
    return heard


def _typed(event: Event, vocabulary: Vocabulary) -> list[frozenset[str]]:
    """The stems that the event's type, and what its frame says, bring with them."""
    words = vocabulary.events.get(event.type) or vocabulary.events["any"]
    found = [words.always]
    for key, values in words.known.items():
        said = _said(event, key)
        if said:
            found += [stems for value, stems in values if value is None or value in said]
    return found


def _said(event: Event, key: str) -> tuple[str, ...]:
    """What an event answers to a key of ``events.yaml``, as words; nothing where it does not say."""
    frame = event.frame
    if key == "status":
        return (event.status,)
    if key in ("change", "surprise"):
        return _released(key, _size(frame.get("actual")), _size(frame.get("consensus")))
    answer = frame.get(key)
    if key == "guidance":
        if isinstance(answer, dict):
            answer = answer.get("change")
        if event.type == "guidance" and answer is None:
            answer = frame.get("change")
    elif key not in _ASKED:
        return ()
    if not isinstance(answer, str):
        return ()
    return (answer, *answer.split()) if key == "action" else (answer,)


def _released(key: str, actual: float | None, consensus: float | None) -> tuple[str, ...]:
    """Which way a figure went that was released, or how it compares with what was expected."""
    if actual is None:
        return ()
    if key == "change":
        return ("up" if actual > 0 else "down" if actual < 0 else "flat",)
    if consensus is None:
        return ()
    return ("above" if actual > consensus else "below" if actual < consensus else "in_line",)


def _size(value: Any) -> float | None:
    if isinstance(value, dict):
        value = value.get("amount")
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _quarter(event: Event) -> tuple[str, ...]:
    """A quarter in words: Q3 is the third."""
    period = event.frame.get("period")
    found = _QUARTER.search(str(period)) if period else None
    return ("quarter", ("first", "second", "third", "fourth")[int(found[1]) - 1]) if found else ()


def _when(event: Event) -> tuple[str, ...]:
    """A date in words: the month, the weekday, the day."""
    parts = (event.when or "").split("-")
    if len(parts) not in (2, 3) or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return ()
    month = _MONTHS[int(parts[1]) - 1]
    if len(parts) == 2:
        return (month,)
    try:
        day = dt.date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return (month,)
    return (month, _WEEKDAYS[day.weekday()], str(day.day))
