"""A text that is read again at every change: what was found in a sentence is kept until something about it changes."""

from __future__ import annotations

from typing import Final, NamedTuple

from wrapgen.check.claims import Group, Reading
from wrapgen.check.judge import judge
from wrapgen.check.lex import tokenise
from wrapgen.check.read import Sentence, read
from wrapgen.check.truth import Thing
from wrapgen.check.types import Claim, in_order
from wrapgen.check.world import Language, World
from wrapgen.intake.snapshot import Snapshot

_AROUND: Final = 16  # tokens before and behind a sentence that may bear on what it says: "since early", "not"
_MOST_KEPT: Final = 1_000  # sentences; an article has thirty


class _Before(NamedTuple):
    """What a sentence takes over from those before it, and leaves to those behind it."""

    market: Thing | None
    stock: Thing | None
    subject: Group
    context: tuple[Thing, ...]
    span: str


class _Kept(NamedTuple):
    """The claims of a sentence in the order they were found, where its text began, and what it left."""

    start: int
    claims: tuple[Claim, ...]
    after: _Before


class Proofreader:
    """Holds text after text against one snapshot, with the answers of `wrapgen.check.verify`, only sooner.

    For an editor that asks at every key stroke. Not for two threads at once.
    """

    def __init__(self, snapshot: Snapshot, language: Language) -> None:
        self.snapshot = snapshot
        self._world = World(snapshot, language)
        self._kept: dict[object, _Kept] = {}

    def verify(self, text: str) -> list[Claim]:
        """Every claim of ``text``, in the order of the text."""
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        tokens = tokenise(text)
        reading = Reading(tokens, self._world)
        before = _Before(None, None, (), (), "")
        for sentence in read(tokens, self._world):
            key = _key(reading, sentence, before)
            kept = self._kept.get(key)
            if kept is None:
                kept = self._kept[key] = _judged(reading, sentence, before)
            reading.claims += _moved(kept, tokens.starts[sentence[0].i])
            before = kept.after
        in_order(reading.claims)
        return reading.claims


def _key(reading: Reading, sentence: Sentence, before: _Before) -> object:
    """All that the claims of a sentence hang on: its words and those around it, and what was told before."""
    tokens = reading.tokens
    first, last = sentence[0].i, sentence[-1].j
    start, end = max(first - _AROUND, 0), min(last + _AROUND, len(tokens.words))
    written = tokens.written(start, end)
    events = (c.pointer for c in reversed(reading.claims) if c.kind in ("event", "cause"))
    told = next((pointer for pointer in events if pointer is not None and pointer.startswith("/events/")), None)
    return first - start, last - start, len(sentence), tuple(tokens.words[start:end]), written, told, before


def _judged(reading: Reading, sentence: Sentence, before: _Before) -> _Kept:
    """A sentence read anew. The claims stay out of the reading, which has them from what is kept."""
    reading.market, reading.stock, reading.subject, _, reading.span = before
    reading.context = list(before.context)
    count = len(reading.claims)
    judge(reading, sentence)
    claims = tuple(reading.claims[count:])
    del reading.claims[count:]
    after = _Before(reading.market, reading.stock, reading.subject, tuple(reading.context), reading.span)
    return _Kept(reading.tokens.starts[sentence[0].i], claims, after)


def _moved(kept: _Kept, start: int) -> tuple[Claim, ...]:
    """The claims of a sentence where it stands now."""
    by = start - kept.start
    if not by:
        return kept.claims
    return tuple([claim._replace(start=claim.start + by, end=claim.end + by) for claim in kept.claims])
