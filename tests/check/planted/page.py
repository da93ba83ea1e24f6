"""An article as a page of plain text, on which every run of characters still knows what it states.

A planted error must be false of the snapshot. `Page` tells what the snapshot says of the thing that a word speaks of:
it reads the snapshot and the tokens' own pointers, and nothing of how facts are derived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from wrapgen.article import Article
from wrapgen.intake.snapshot import Event, Market, Sector, Snapshot, Stock
from wrapgen.text import Derived, Sentence, Token

Subject = Market | Stock | Sector
STILL = 0.05  # percent; a smaller move is no direction that a reader would hold anyone to


class Run(NamedTuple):
    """A token and where it stands on the page."""

    token: Token
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.token.text

    @property
    def pointers(self) -> tuple[str, ...]:
        """The JSON pointers of what it states, those of derived facts left out."""
        return tuple(fact for fact in self.token.facts if isinstance(fact, str))

    @property
    def derived(self) -> tuple[Derived, ...]:
        return tuple(fact for fact in self.token.facts if isinstance(fact, Derived))

    def states(self, pattern: str) -> bool:
        return any(re.fullmatch(pattern, pointer) for pointer in self.pointers)


class Line(NamedTuple):
    """A sentence, headline or subhead on the page. ``title``: a headline or a subhead."""

    sentence: Sentence
    start: int
    title: bool
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def of_events(self) -> list[tuple[int, int]]:
        """Where words of events stand: what a sender wrote, or a frame made of what he sent."""
        return [(run.start, run.end) for run in self.runs if any(p.startswith("/events/") for p in run.pointers)]

    def own(self, start: int, end: int) -> bool:
        """Whether a stretch of the page is free of the words of events."""
        return all(end <= a or b <= start for a, b in self.of_events())


@dataclass(frozen=True, eq=False)
class Page:
    """One article with the snapshot that it was written from."""

    name: str
    variant: int
    article: Article
    snapshot: Snapshot
    sent: dict[str, Any]

    @cached_property
    def text(self) -> str:
        return self.article.render("text")

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        at = 0
        blocks: list[tuple[bool, tuple[Sentence, ...]]] = [(True, (self.article.headline,))]
        blocks += [(block.kind == "subhead", block.sentences) for block in self.article.blocks]
        for title, sentences in blocks:
            for sentence in sentences:
                runs, here = [], at
                for token in sentence.tokens:
                    runs.append(Run(token, here, here + len(token.text)))
                    here += len(token.text)
                yield Line(sentence, at, title, tuple(runs))
                at = here + 1  # a space between sentences
            at += 1  # a blank line between blocks

    # -- what the snapshot says

    @cached_property
    def _by_id(self) -> dict[str, Subject]:
        found: dict[str, Subject] = {s.id: s for s in reversed(self.snapshot.stocks)}
        found.update({m.id: m for m in reversed(self.snapshot.markets)})
        return found

    @cached_property
    def events(self) -> dict[str, Event]:
        return {event.id: event for event in self.snapshot.events}

    def at(self, pointer: str) -> Subject | None:
        """The market, stock or sector that a pointer stands in."""
        found = re.match(r"/(markets|stocks|sectors)/(\d+)", pointer)
        if found is None:
            return None
        listed: tuple[Subject, ...] = getattr(self.snapshot, found[1])
        return next((item for item in listed if item.pointer == found[0]), None)

    def subject(self, run: Run) -> Subject | None:
        """What a run names or gives a figure of. Of an event's own words: nothing."""
        if any(p.startswith("/events/") for p in run.pointers):
            return None
        for pointer in run.pointers:
            if found := self.at(pointer):
                return found
        return self._by_id.get(run.token.ref or "")

    def event(self, pointer: str) -> Event | None:
        found = re.match(r"/events/\d+", pointer)
        return found and next((e for e in self.snapshot.events if e.pointer == found[0]), None) or None

    def value(self, pointer: str) -> Any:
        """What was sent there, or what intake worked out for the figure of a market or a stock."""
        node: Any = self.sent
        for key in pointer.split("/")[1:]:
            if isinstance(node, list):
                node = node[int(key)] if key.isdigit() and int(key) < len(node) else None
            else:
                node = node.get(key) if isinstance(node, dict) else None
        if node is None and (subject := self.at(pointer)) is not None:
            return getattr(subject, pointer.rpartition("/")[2], None)
        return node

    def approximate(self, pointer: str) -> bool:
        """Whether the sender knows the figure only about."""
        subject = self.at(pointer)
        return getattr(subject, "approx", None) is not None

    @cached_property
    def data(self) -> str:
        """Everything that was sent, and the names that stand for it, in lower case: what is not in it is not known."""
        names = [n for m in self.snapshot.markets for n in (m.name, m.short_name, m.headline_name)]
        names += [n for s in self.snapshot.stocks for n in (s.name, s.short_name, s.symbol)]
        return "\n".join([repr(self.sent), *names, self.text]).lower()

    def main(self) -> list[Market]:
        """The region's own indices that traded."""
        return [m for m in self.snapshot.markets if m.role == "main" and m.kind == "index" and not m.closed]


def direction(subject: Subject | None) -> str | None:
    """``up``, ``down`` or ``flat`` where the snapshot leaves no doubt of it; else None."""
    if subject is None or getattr(subject, "closed", False):
        return None
    pct = subject.change_pct
    change = getattr(subject, "change", None)
    move = pct if pct is not None else change
    if move is None:
        return subject.direction if subject.direction in ("up", "down", "flat") else None
    if subject.direction not in (None, "up" if move > 0 else "down" if move < 0 else "flat"):
        return None
    if abs(move) < STILL:
        return "flat" if move == 0 else None
    return "up" if move > 0 else "down"


def size(subject: Subject | None) -> float | None:
    """The move in percent, its sign left out."""
    return None if subject is None or subject.change_pct is None else abs(subject.change_pct)


def key(subject: Subject) -> str:
    """An id that events may be tied to."""
    return subject.name if isinstance(subject, Sector) else subject.id
