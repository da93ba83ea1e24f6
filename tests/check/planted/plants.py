"""What a planted error is, and how one is made of an article: deterministic, from the article's text and an index."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.check.planted.page import Line, Page


class Change(NamedTuple):
    """A stretch of the page and what takes its place."""

    start: int
    end: int
    new: str


class Edit(NamedTuple):
    """One way to make an article false: the line, and its changes."""

    line: Line
    changes: tuple[Change, ...]


class Plant(NamedTuple):
    """An article with one error in it.

    ``span`` is what was changed and ``sentence`` where the changed sentence stands, both in ``text``; ``was`` and
    ``now`` are that sentence before and after.
    """

    kind: str
    text: str
    span: tuple[int, int]
    sentence: tuple[int, int]
    original: tuple[int, int]  # the sentence's place in the clean text
    was: str
    now: str


# Yields every edit of its class that a page allows. ``rng`` chooses among equally good words.
Mutator = Callable[[Page, random.Random], Iterator[Edit]]
MUTATORS: dict[str, Mutator] = {}


def mutator(kind: str) -> Callable[[Mutator], Mutator]:
    """Enter a mutator under the class of its errors."""

    def enter(function: Mutator) -> Mutator:
        assert kind not in MUTATORS
        MUTATORS[kind] = function
        return function

    return enter


def plants(page: Page, kind: str, most: int = 1) -> list[Plant]:
    """Up to ``most`` planted errors of a class, each in its own copy of the article and, while it lasts, in another
    line."""
    rng = random.Random(hashlib.sha256(f"{kind}\n{page.text}".encode()).digest())
    edits = list(MUTATORS[kind](page, rng))
    rng.shuffle(edits)
    chosen: list[Edit] = []
    for edit in edits:
        if len(chosen) < most and all(edit.line.start != other.line.start for other in chosen):
            chosen.append(edit)
    return [apply(page, kind, edit) for edit in chosen]


def apply(page: Page, kind: str, edit: Edit) -> Plant:
    text = page.text
    grown = 0
    first, last = len(text), 0
    for start, end, new in sorted(edit.changes):
        at = start + grown
        text = text[:at] + new + text[at + end - start :]
        first, last = min(first, at), max(last, at + len(new))
        grown += len(new) - (end - start)
    line = edit.line
    sentence = (line.start, line.end + grown)
    assert text != page.text, f"{kind} changes nothing in {line.text!r}"
    return Plant(kind, text, (first, last), sentence, (line.start, line.end), line.text, text[slice(*sentence)])
