"""The words and figures of each event: what the sender said of it, and what may be said of its type."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from wrapgen.check.known import Known
from wrapgen.check.lex import tokenise, words_of
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


class EventBook:
    """What the events of a snapshot say, each event as a bit: event 0 is 1, event 1 is 2, event 2 is 4.

    ``own`` are by stem the events that say the word themselves, ``listed`` by list of ``events.yaml`` those of which
    its words may be said. ``ways`` are by direction the events that speak of a move that way: whatever else says the
    same retells it. ``involved`` are by id of a company, market or place the events that it has part in. ``amounts``
    are the figures of each event.
    """

    def __init__(self, lists: int) -> None:
        self.own: dict[str, int] = {}
        self.listed = [0] * lists
        self.ways: dict[str, int] = {}
        self.involved: dict[str, int] = {}
        self.amounts: list[list[Amount]] = []

    def mask(self, known: Known) -> int:
        """The events that a word may tell of."""
        mask = self.own.get(known.stem, 0)
        for number in known.lists:
            mask |= self.listed[number]
        return mask


def words_by_id(reference: Reference) -> dict[str, str]:
    """The words that stand for each id of the reference data."""
    places = {id: f"{place.name} {place.adjective} {place.city or ''}" for id, place in reference.places.items()}
    return places | {id: f"{market.name} {market.short}" for id, market in reference.markets.items()}


def read_events(snapshot: Snapshot, language: Language) -> EventBook:
    """What the events of a snapshot say, and of whom."""
    lists = language.words.lists
    book = EventBook(len(lists))
    stocks = {stock.id: stock for stock in snapshot.stocks}
    bit = 1
    for event in snapshot.events:
        heard = _heard(event, stocks, language)
        _mark(book.own, heard.stems, bit)
        _mark(book.ways, heard.ways, bit)
        _mark(book.involved, event.affects, bit)
        said = [value for value in (event.who, *event.frame.values()) if value and isinstance(value, str)]
        _mark(book.involved, said, bit)
        for stems in _typed(event, language.vocabulary):
            book.listed[lists[stems]] |= bit
        book.amounts.append(heard.figures)
        bit <<= 1
    return book


def _mark(marks: dict[str, int], keys: Iterable[str], bit: int) -> None:
    for key in keys:
        marks[key] = marks.get(key, 0) | bit


class _Heard:
    """What one event says: the stems of its words, the directions in which it says that something went, its figures."""

    def __init__(self, event: Event, stocks: dict[str, Stock], language: Language) -> None:
        self.event = event
        self.stocks = stocks
        self.language = language
        self.stems: set[str] = set()
        self.ways: set[str] = set()
        self.figures: list[Amount] = []

    def hear(self, words: tuple[str, ...]) -> None:
        """Takes in some words of it."""
        lexicon = self.language.words
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
            self.hear(words_of(f"{stock.name} {stock.short_name}"))
        else:
            self.hear(words_of(self.language.ids.get(text) or text.replace("_", " ")))

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
    """All that the sender says of an event: phrases, frame, date."""
    heard = _Heard(event, stocks, language)
    for text in (event.clause, event.noun_phrase):
        if text:
            heard.hear(tuple(tokenise(text).words))
    if event.when and not event.when[:4].isdigit():
        heard.hear(words_of(event.when))
    if event.who:
        heard.hear_name(event.who)
    heard.hear_frame()
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
