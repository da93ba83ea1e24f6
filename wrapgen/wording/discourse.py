"""What has been said so far. The state between sentences is a value; a draft holds one sentence's changes."""

from __future__ import annotations

from typing import Final, NamedTuple

from wrapgen.values import made

# Connectives that a sentence uses once.
LINKS: Final = frozenset(("after", "ahead", "as", "amid", "while", "despite", "with", "following", "but"))


class Discourse(NamedTuple):
    """What a reader knows when the next sentence begins.

    ``named``: ids introduced in the body; ``met``: companies introduced by name and ticker; ``told``:
    events told; ``verbs``: lemmas of moves, latest last; ``patterns``: ids of patterns used, latest
    last; ``sections``: the kinds of the last sentences.
    """

    named: frozenset[str] = frozenset()
    met: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    verbs: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    last_told: frozenset[str] = frozenset()
    told_before: tuple[frozenset[str], ...] = ()  # by the last sentences
    since_run: int = 99  # sentences since a run of sessions was told
    subject: str | None = None
    only_index: str | None = None  # of the sentence before, where it named one index and no other
    # The same, where it named no company either, nor sectors that went another way: what *the fall* can only mean.
    sole: str | None = None
    begun: str = ""  # what it began with, where that was a market: `speaker.opening_of`
    acts: tuple[frozenset[str], ...] = ()  # verbs of the last sentences that their patterns have of their own
    moves: tuple[str, ...] = ()  # the verbs that the sentence before had for moves

    @property
    def lately(self) -> frozenset[str]:
        """What the last three sentences told."""
        return frozenset().union(*self.told_before)

    @property
    def heard(self) -> frozenset[str]:
        """The verbs of their own that the last three sentences had: *led*, *lifted*, *dragged*."""
        return frozenset().union(*self.acts)


Mark = tuple[int, int, int, int, int, int, int, int, str | None]

# A verb that a sentence has for a move: direction, scale, the move's size, and the size that the verb is typical of.
Chosen = tuple[str, str, float, float]


class Draft:
    """The changes that one sentence makes; ``mark`` and ``undo`` take back a pattern that did not fit."""

    __slots__ = (
        "base",
        "avoided",
        "heard",
        "level_printed",
        "moved",
        "links",
        "has_on",
        "parted",
        "reasoned",
        "satellites",
        "named",
        "met",
        "told",
        "verbs",
        "moves",
        "patterns",
        "indices",
        "shares",
        "subject",
    )

    def __init__(self, base: Discourse, avoided: frozenset[str] = frozenset()) -> None:
        self.base = base
        self.avoided = avoided  # words for moves, and verbs, that another part of the sentence has
        self.heard = base.heard
        self.links: frozenset[str] = frozenset()  # connectives that the sentence has used
        self.has_on = False  # an "on" behind its verb, as in "weighing on the DAX": no reason begins with another
        self.satellites = 0
        self.reasoned = False  # one of them gave a reason
        self.level_printed = False
        self.moved = True  # it has said a move, and not only a rank
        self.parted = False  # a satellite set off by a comma stands last: the next must be set off too
        self.named: list[str] = []
        self.met: list[str] = []
        self.told: list[str] = []
        self.verbs: list[str] = []
        self.moves: list[Chosen] = []
        self.patterns: list[str] = []
        self.indices: list[str] = []
        self.shares = 0  # companies, and sectors that went another way, that it has named
        self.subject: str | None = None

    def knows(self, ident: str) -> bool:
        return ident in self.base.named or ident in self.named

    def has_met(self, ident: str) -> bool:
        return ident in self.base.met or ident in self.met

    def has_told(self, event_id: str) -> bool:
        return event_id in self.base.told or event_id in self.told

    def mark(self) -> Mark:
        return (
            len(self.named),
            len(self.met),
            len(self.told),
            len(self.verbs),
            len(self.moves),
            len(self.patterns),
            len(self.indices),
            self.shares,
            self.subject,
        )

    def undo(self, mark: Mark) -> None:
        named, met, told, verbs, moves, patterns, indices, self.shares, self.subject = mark
        del self.named[named:]
        del self.met[met:]
        del self.told[told:]
        del self.verbs[verbs:]
        del self.moves[moves:]
        del self.patterns[patterns:]
        del self.indices[indices:]

    def close(self, kind: str = "", begun: str = "", acts: frozenset[str] = frozenset()) -> Discourse:
        """The state after this sentence, which began with a market, or not, and had these verbs of its own."""
        base, indices = self.base, self.indices
        only = indices[0] if indices and indices.count(indices[0]) == len(indices) else None
        told = frozenset(self.told)
        ran = False
        for key in self.told:
            ran = ran or key.startswith("streak:")
        return made(
            Discourse,
            _with(base.named, self.named),
            _with(base.met, self.met),
            _with(base.told, self.told),
            (base.verbs + tuple(self.verbs))[-12:] if self.verbs else base.verbs,
            base.patterns[-12:] + tuple(self.patterns),
            (*base.sections[-1:], kind),
            told,
            (*base.told_before[-2:], told),
            0 if ran else base.since_run + 1,
            self.subject or base.subject,
            only,
            only if not self.shares else None,
            begun,
            (*base.acts[-2:], acts),
            tuple(self.verbs),
        )


def _with(known: frozenset[str], more: list[str]) -> frozenset[str]:
    """Both; the same set where that holds all of them already, since a copy of it takes the longest of all this."""
    return known.union(more) if more and not known.issuperset(more) else known
