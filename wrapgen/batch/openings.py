"""How the wraps of a batch open, and which variant of each lets no two open alike.

Two wraps open alike where they share a headline, or the first clause of the lede. The first in the order of the
input opens as it was asked for; a later one takes, of the next variants, the first that is like none before it, or
where all are like some, the least used. That follows from the input alone: neither workers nor a resumed batch
change it. Of an earlier batch, yesterday's, a clause counts without its weekday.

An opening that many wraps share already is left as it is: the facts hold no more openings than that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

TRIES = 8  # further variants that are looked at
_WORN = 8  # uses from which on an opening is not varied: it bounds the cost of a batch of one day a thousand times

_WEEKDAYS = frozenset(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
# What ends the first clause of a lede.
CONNECTIVES = frozenset((
    "after", "ahead", "amid", "and", "as", "but", "despite", "following", "led", "lifted", "on", "though", "to",
    "tracking", "weighed", "while", "with",
))  # fmt: skip


class Opening(NamedTuple):
    """A headline, and the first clause of a lede."""

    headline: str
    clause: str


class Choice(NamedTuple):
    """How one wrap opens: as ``openings[chosen]``, of those that were looked at. The first is that of the variant that
    was asked for, each other of the next one."""

    name: str
    openings: tuple[Opening, ...]
    chosen: int = 0

    @property
    def opening(self) -> Opening:
        return self.openings[self.chosen]


def opening_of(headline: str, lede: str) -> Opening:
    return Opening(headline, first_clause(lede))


def first_clause(lede: str) -> str:
    """The words of a lede up to the first comma, or the first connective after its subject and verb."""
    words: list[str] = []
    listed = lede.removesuffix(".").split()
    for at, word in enumerate(listed):
        weekday = word == "on" and listed[at + 1 : at + 2] and _is_weekday(listed[at + 1])
        if at > 2 and word.lower() in CONNECTIVES and not weekday:
            break
        words.append(word.removesuffix(","))
        if word.endswith(","):
            break
    return " ".join(words)


def without_weekday(clause: str) -> str:
    return " ".join(word for word in clause.split() if not _is_weekday(word))


class Register:
    """The openings that were used so far. Memory: some hundred bytes for each that is different."""

    def __init__(self, earlier: Iterable[Opening] = ()) -> None:
        self._uses = Counter[int]()
        for opening in earlier:
            headline, _, bare = _marks(opening)
            self._uses.update((headline, bare))

    def choose(self, wraps: Iterable[tuple[str, Sequence[Opening]]]) -> list[Choice | None]:
        """The choice of each of ``wraps``, name and openings, in their order.

        None where more openings than the first should be looked at; what stands after it is not settled yet. A
        choice has the openings that it depends on, and no more.
        """
        own, chosen = Counter[int](), list[Choice | None]()
        for name, openings in wraps:
            choice: Choice | None = Choice(name, tuple(openings[:1]))
            if 0 < self._used(openings[0], own) < _WORN:
                used = [self._used(opening, own) for opening in openings]
                choice = Choice(name, tuple(openings), used.index(min(used))) if len(used) > 1 else None
            chosen.append(choice)
            own.update(_marks(choice.opening if choice else openings[0])[:2])
        return chosen

    def take(self, openings: Iterable[Opening]) -> None:
        for opening in openings:
            self._uses.update(_marks(opening)[:2])

    def _used(self, opening: Opening, own: Counter[int]) -> int:
        headline, clause, bare = _marks(opening)
        uses = self._uses
        return uses[headline] + own[headline] + uses[clause] + own[clause] + uses[bare]


def _is_weekday(word: str) -> bool:
    return word.strip(",") in _WEEKDAYS


@lru_cache(maxsize=4096)  # an opening is looked at again and again while those beside it are settled
def _marks(opening: Opening) -> tuple[int, int, int]:
    """What stands for an opening's headline, for its clause, and for its clause without a weekday."""
    bare = without_weekday(opening.clause)
    return _mark("headline", opening.headline), _mark("clause", opening.clause), _mark("bare", bare)


def _mark(kind: str, text: str) -> int:
    """A number in the place of a text: eight bytes to remember instead of all its words."""
    return int.from_bytes(blake2b(f"{kind}:{text}".encode(), digest_size=8).digest())
