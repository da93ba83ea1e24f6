"""What was sent and is not in the article, and why: the sender's warnings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from wrapgen.facts.types import FactBook
from wrapgen.text import Block, Sentence, named

_EVENTS: Final = "/events/"


class Told(NamedTuple):
    """What a text tells: the ids that it names, in the reader's order, and the pointers of its events."""

    refs: tuple[str, ...]
    events: frozenset[str]


def told_in(headline: Sentence, blocks: Iterable[Block]) -> Told:
    """What a headline and its text tell."""
    sentences = [headline, *[sentence for block in blocks for sentence in block.sentences]]
    events = {
        _EVENTS + fact.removeprefix(_EVENTS).partition("/")[0]
        for sentence in sentences
        for token in sentence.tokens
        if token.facts
        for fact in token.facts
        if isinstance(fact, str) and fact.startswith(_EVENTS)
    }
    return Told(named(sentences), frozenset(events))


def left_out(book: FactBook, told: Told) -> tuple[str, ...]:
    """One line for each market, stock and event that no sentence tells."""
    refs, events = frozenset(told.refs), told.events
    lines = [
        f"{m.market.pointer}: {m.market.name} is left out: {_why_market(m.direction is None, m.market.closed)}"
        for m in book.markets.values()
        if m.id not in refs
    ]
    lines += [
        f"{s.stock.pointer}: {s.stock.name} is left out: "
        + ("neither a move nor news was sent" if s.direction is None and not s.causes else "there was no room")
        for s in book.stocks.values()
        if s.id not in refs and not _told_by_event(s.causes, events)
    ]
    lines += [
        f"{e.event.pointer}: event {e.id} is left out: {_why_event(e.has_clause or e.has_noun or e.typed, e.status)}"
        for e in book.events.values()
        if e.event.pointer not in events
    ]
    return tuple(lines)


def _told_by_event(causes: Iterable[object], events: frozenset[str]) -> bool:
    """A stock without a move is told by its news alone, in the sender's own words."""
    return any(c.event.event.pointer in events for c in causes)  # type: ignore[attr-defined]


def _why_market(silent: bool, closed: bool) -> str:
    if closed:
        return "it was closed and another sentence says so"
    return "no move was sent" if silent else "a level or a plain name for its place stands for it"


def _why_event(has_words: bool, status: str) -> str:
    if not has_words:
        return "it has no words that a sentence could use"
    if status == "denied":
        return "it was denied"
    if status == "reported":
        return "a report is told only as the reason of a move"
    return "another reason was told in its place"
