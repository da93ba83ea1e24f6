"""The claims of one text as they are found, and what is known so far of whom the text speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from wrapgen.check.lex import Tokens
from wrapgen.check.read import Item, Sentence
from wrapgen.check.truth import Thing
from wrapgen.check.types import Claim, Kind, Status
from wrapgen.check.world import World

Group = tuple[Thing, ...]
_Values = tuple[int, int, str, Kind, Status, str | None, str | None, str]
# Makes a claim of its values in their order, which is all that `Claim` itself does with them, only faster.
_new: Final[Callable[[type[Claim], _Values], Claim]] = tuple.__new__


class Reading:
    """One pass over a text. ``market``, ``stock`` and ``subject`` are those that were spoken of last."""

    def __init__(self, tokens: Tokens, world: World) -> None:
        self.tokens = tokens
        self._count = len(tokens.words)
        self.world = world
        self.claims: list[Claim] = []
        self.market: Thing | None = None
        self.stock: Thing | None = None
        self.subject: Group = ()
        self.context: list[Thing] = []
        self.span = ""  # the span before today that was told of last
        self.ran: tuple[int, int, int] | None = None  # the event told last: its tokens and mask
        # of the sentence that is being read
        self.items: Sentence = []
        self.groups: list[Group] = []

    def claim(
        self,
        kind: Kind,
        first: Item,
        last: Item,
        status: Status,
        *,
        true: str | None = None,
        pointer: str | None = None,
        why: str = "",
    ) -> None:
        start, end = self.tokens.starts[first.i], self.tokens.end(last.j - 1)
        values = (start, end, self.tokens.text[start:end], kind, status, true, pointer, why)
        self.claims.append(_new(Claim, values))

    def verdict(
        self,
        kind: Kind,
        first: Item,
        last: Item,
        holds: bool | None,
        *,
        true: str | None = None,
        pointer: str | None = None,
        why: str = "",
    ) -> None:
        """A claim that holds, does not, or (None) of which the data say nothing."""
        if holds:
            self.claim(kind, first, last, "supported", pointer=pointer)
        elif holds is None:
            self.claim(kind, first, last, "unsupported", pointer=pointer, why=why or "the data say nothing of it")
        else:
            self.claim(kind, first, last, "contradicted", true=true, pointer=pointer, why=why or f"the data say {true}")

    def word(self, at: int) -> str:
        """The token at a place, empty beyond the ends."""
        return self.tokens.words[at] if 0 <= at < self._count else ""

    def words(self, first: Item, last: Item) -> str:
        return self.tokens.written(first.i, last.j)

    def between(self, k: int, n: int) -> list[str]:
        """The tokens between two items."""
        return self.tokens.words[self.items[k].j : self.items[n].i]


def names(things: Iterable[Thing]) -> str:
    return ", ".join(dict.fromkeys(thing.name for thing in things))
