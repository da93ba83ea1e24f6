"""The words and figures of each event: what the sender said of it, and what may be said of its type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from wrapgen.check.lex import figure, words_of
from wrapgen.check.words import Vocabulary
from wrapgen.intake.reference import Reference
from wrapgen.intake.snapshot import Event, Snapshot

if TYPE_CHECKING:
    from wrapgen.check.world import Language

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SIZES = {"million": 1e6, "billion": 1e9, "trillion": 1e12}
# Keys whose texts are ids, or are read on their own.
_UNSAID = frozenset(("mood_of", "overshadowed_by", "currency", "target_price"))


class Amount(NamedTuple):
    """A figure that an event carries; ``pointer`` where it stands."""

    value: float
    pointer: str


class EventBook(NamedTuple):
    """By stem, the events whose words it is among, as bits: event 0 is 1, event 1 is 2, event 2 is 4."""

    masks: Mapping[str, int]
    amounts: tuple[tuple[Amount, ...], ...]
    involved: Mapping[str, int]
    """By id of a company, market or place, the events that it has part in."""


def read_events(snapshot: Snapshot, language: Language) -> EventBook:
    reference, vocabulary, known = language.reference, language.vocabulary, language.words
    masks: dict[str, int] = {}
    involved: dict[str, int] = {}
    amounts: list[tuple[Amount, ...]] = []
    names = {stock.id: stock.name for stock in snapshot.stocks}
    names.update((stock.id, f"{stock.name} {stock.short_name}") for stock in snapshot.stocks)
    for number, event in enumerate(snapshot.events):
        bit = 1 << number
        figures: list[Amount] = []
        for text in _texts(event, names, reference, figures):
            for word in words_of(text):
                _, _, moves, key = known[word]
                masks[key] = masks.get(key, 0) | bit
                if moves is not None and moves.direction:
                    # Whatever else says the same direction retells it: a fall, losses.
                    masks[moves.direction + ":"] = masks.get(moves.direction + ":", 0) | bit
                shown = figure(word)
                if shown is not None:
                    figures.append(Amount(shown.value, event.pointer))
        for words in _typed(event, vocabulary):
            for key in words:
                masks[key] = masks.get(key, 0) | bit
        for word in _when(event):
            key = known[word].stem
            masks[key] = masks.get(key, 0) | bit
        for ident in (event.who, *event.affects, *(v for v in event.frame.values() if isinstance(v, str))):
            if ident:
                involved[ident] = involved.get(ident, 0) | bit
        amounts.append(tuple(figures))
    for linked in (*snapshot.markets, *snapshot.stocks):
        for ident in linked.because:
            bit = next((1 << n for n, event in enumerate(snapshot.events) if event.id == ident), 0)
            involved[linked.id] = involved.get(linked.id, 0) | bit
    return EventBook(masks, tuple(amounts), involved)


def _texts(
    event: Event, names: Mapping[str, str], reference: Reference, figures: list[Amount]
) -> Iterator[str]:
    """Everything that the sender wrote of an event, ids as names; its figures go to ``figures``."""
    if event.clause:
        yield event.clause
    if event.noun_phrase:
        yield event.noun_phrase
    if event.when:
        yield event.when
    if isinstance(event.importance, str):
        yield event.importance
    if event.who:
        yield names.get(event.who) or _name(event.who, reference)
    stack: list[tuple[str, Any]] = [(f"{event.pointer}/{key}", v) for key, v in event.frame.items() if key not in _UNSAID]
    while stack:
        pointer, value = stack.pop()
        if isinstance(value, bool):
            continue
        if isinstance(value, int | float):
            figures.append(Amount(float(value), pointer))
        elif isinstance(value, str):
            yield names.get(value) or _name(value, reference)
        elif isinstance(value, Mapping):
            stack.extend((f"{pointer}/{key}", v) for key, v in value.items())
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


def _typed(event: Event, vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    """The words that the event's type, and what its frame says, bring with them."""
    facts = _facts(event)
    for words in vocabulary.events:
        if words.type not in ("any", event.type):
            continue
        if words.key is not None:
            said = facts.get(words.key)
            if said is None or (words.value is not None and words.value not in said):
                continue
        yield words.stems


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
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _when(event: Event) -> Iterator[str]:
    """A date in words: the month, the weekday."""
    parts = (event.when or "").split("-")
    if len(parts) in (2, 3) and all(part.isdigit() for part in parts) and 1 <= int(parts[1]) <= 12:
        yield _MONTHS[int(parts[1]) - 1]
        if len(parts) == 3:
            import datetime as dt

            try:
                yield _WEEKDAYS[dt.date(*map(int, parts)).weekday()]
            except ValueError:
                return
            yield str(int(parts[2]))
