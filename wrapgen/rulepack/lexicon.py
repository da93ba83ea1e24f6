"""The newsroom's words: verbs with their principal parts, nouns with their plurals, and how a move is said.

Nothing about a word is guessed. A verb that no file lists cannot stand in a pattern, and a noun
that none lists cannot be its subject: both are errors when the rules are loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, NamedTuple, TypeVar

DIRECTIONS: Final = ("up", "down", "flat")
KINDS: Final = ("index", "stock")
SMALLEST, LARGEST = 0.03, 30.0  # percent; between them every move must have enough verbs


class Parts(NamedTuple):
    """Principal parts: *climbs, climbed, climbed, climbing*."""

    third: str
    past: str
    past_participle: str
    participle: str


class Band(NamedTuple):
    """Absolute percentages that a word is fit for, and the one that it is typical of."""

    low: float
    high: float
    typical: float

    def holds(self, size: float) -> bool:
        return self.low <= size <= self.high


@dataclass(frozen=True, slots=True)
class MoveVerb:
    """A way to say a move. ``say`` is what goes into ``Bound.verbs``: ``edge up``, ``be flat``.

    ``figure`` is ``printed`` where the verb needs the figure beside it (add), ``required`` where it
    states a size that a known figure must bear out, ``optional`` where it states the direction
    alone, ``never`` where it takes none; ``figure_join`` is the word before the figure, if any.
    """

    say: str
    direction: str
    index: Band
    stock: Band
    figure: str = "optional"
    figure_join: str = ""

    def band(self, kind: str) -> Band:
        return self.stock if kind == "stock" else self.index

    @property
    def states_no_size(self) -> bool:
        """Whether it fits moves of nearly any size (rise, fall), so that it claims none: not one that begins high."""
        any_size = self.direction == "flat" or (self.index.low <= 0.5 and self.index.high >= 2)
        return self.figure in ("optional", "never") and any_size


@dataclass(frozen=True, slots=True)
class MoveNoun:
    """A noun for a move: ``a 10% drop``. ``plural`` is None where the noun has none."""

    say: str
    plural: str | None
    direction: str
    index: Band
    stock: Band

    def band(self, kind: str) -> Band:
        return self.stock if kind == "stock" else self.index


Word = TypeVar("Word", MoveVerb, MoveNoun)


# How far a move is from what the word is typical of, as a ratio from 1 up, and the word.
Near = tuple[float, Word]
Finder = Callable[[float], tuple[Near[Word], ...]]  # by the size of the move; it keeps what it found


class Fit(NamedTuple, Generic[Word]):
    """A verb or noun with its band for one kind of thing; ``typical`` is at least 0.01, to divide by."""

    low: float
    high: float
    typical: float
    word: Word


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words that rules may use. Made by `load_lexicon`, never changed; the same files make the same object."""

    verbs: Mapping[str, Parts]
    readings: Mapping[str, tuple[tuple[str, str], ...]]
    reporting: frozenset[str]
    plurals: Mapping[str, str]
    numbers: Mapping[str, bool]
    collectives: frozenset[str]
    moves: tuple[MoveVerb, ...]
    move_nouns: tuple[MoveNoun, ...]
    by_say: Mapping[str, MoveVerb]
    verb_fits: Mapping[tuple[str, str, bool], tuple[Fit[MoveVerb], ...]]  # by direction, kind, figure printed
    noun_fits: Mapping[tuple[str, str], tuple[Fit[MoveNoun], ...]]  # by direction, kind
    unsized_verbs: Mapping[tuple[str, str, bool], tuple[MoveVerb, ...]]  # those that state no size
    near_verbs: Mapping[tuple[str, str, bool], Finder[MoveVerb]]
    near_nouns: Mapping[tuple[str, str], Finder[MoveNoun]]

    def lemma_of(self, form: str) -> tuple[str, str] | None:
        """The verb of a form and the tag of the form, ``("rise", "past")``; None if no verb has it.

        Tags are ``base``, ``third``, ``past``, ``past_participle`` and ``participle``. Of several
        readings the first in the order third, past, past participle, participle, base.
        """
        found = self.readings.get(form)
        return found[0] if found else None

    def principal_parts(self, lemma: str) -> Parts:
        """Raises KeyError for a verb that is not listed."""
        return self.verbs[lemma]

    def is_plural(self, noun: str) -> bool | None:
        """The number of a form of a noun, disregarding case; None if no noun has that form."""
        return self.numbers.get(noun.lower())

    def is_uncounted(self, noun: str) -> bool:
        """Whether it is a noun without a plural (growth, income), which needs no article."""
        known = noun.lower()
        return self.numbers.get(known) is False and known not in self.plurals

    def verbs_near(self, direction: str, size: float, kind: str, printed: bool) -> tuple[Near[MoveVerb], ...]:
        """The verbs fit for a move of ``size`` percent (absolute) of an ``index`` or a ``stock``, and how far each is.

        Those whose typical size is nearest come first, on a scale of ratios: 1% is as far from 0.5% as
        from 2%. ``printed`` says whether the figure stands beside the verb.
        """
        near = self.near_verbs.get((direction, kind, printed))
        return near(size) if near is not None else ()

    def nouns_near(self, direction: str, size: float, kind: str) -> tuple[Near[MoveNoun], ...]:
        """The nouns fit for a move, as `verbs_near`."""
        near = self.near_nouns.get((direction, kind))
        return near(size) if near is not None else ()
