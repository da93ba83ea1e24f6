"""What the wording of one article works with: rules, style, facts, and a way to vary that repeats itself.

Nothing here changes while an article is written, so that a scene can be shared by threads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol
from zlib import crc32

from wrapgen.facts.types import FactBook
from wrapgen.intake.reference import PlaceRef, Reference, RegionRef
from wrapgen.intake.snapshot import Event
from wrapgen.plan.types import Message
from wrapgen.rulepack.nodes import Groups
from wrapgen.rulepack.seen import seen
from wrapgen.wording.style import Style

if TYPE_CHECKING:
    from wrapgen.rulepack.lexicon import Lexicon
    from wrapgen.wording.speaker import RuleTable, Traits
    from wrapgen.wording.telling import Telling


class Rules(Protocol):
    """What wording asks of a `wrapgen.rulepack.pack.RulePack`, where each of these is told."""

    @property
    def tables(self) -> Mapping[str, RuleTable]: ...
    @property
    def traits(self) -> Mapping[str, Traits]: ...
    @property
    def rule_of(self) -> Mapping[str, str]: ...
    @property
    def lexicon(self) -> Lexicon: ...
    @property
    def share_nouns(self) -> frozenset[str]: ...
    @property
    def article_nouns(self) -> frozenset[str]: ...
    @property
    def reference(self) -> Reference: ...


@dataclass(frozen=True, slots=True)
class Scene:
    book: FactBook
    rules: Rules
    style: Style
    places: Mapping[str, PlaceRef]
    region: RegionRef
    events: Mapping[str, Event]
    variant: int
    names: tuple[tuple[str, str], ...]  # (name, id) of companies and indices, for linking in plain phrases
    levels: bool  # scores print the level too
    full: bool  # all that was sent is told: prices of stocks, points of what moved an index
    day: int  # a running number of the business day, so that days in a row differ

    def pick(self, count: int, *key: object) -> int:
        """Which of ``count`` equally good choices is first in line: by variant and by the key alone."""
        if count <= 1 or self.variant == 0:
            return 0
        return _scattered(self.variant, *key) % count

    def turn(self, count: int) -> int:
        """Like ``pick``, but turning from one business day to the next: for openings."""
        return (self.day + self.variant) % count if count > 1 else 0

    def near(self, count: int, *key: object) -> int:
        """Which of ``count`` words about as fit as each other is taken: turning by the day and with the key."""
        if count <= 1:
            return 0
        if self.variant:
            return self.pick(count, *key)
        return (self.day + _scattered(*key)) % count

    def groups(self, message: Message, telling: Telling) -> Groups:
        """The objects that a rule's condition sees."""
        return seen(
            self.book,
            message.market,
            message.stock,
            message.sector,
            message.event,
            message.backdrop,
            message.milestone,
            message.streak,
            telling,
        )


@lru_cache(maxsize=4096)  # the same rules speak of the same markets, in one article after another
def _scattered(*key: object) -> int:
    """A number that depends on the key alone. Multiplied, since a checksum of keys that differ in one digit, as
    variants do, may agree in the very bits that choose between two."""
    return (crc32(".".join(map(str, key)).encode()) * 0x9E3779B1 & 0xFFFFFFFF) >> 15


def rotate(items: Sequence[Any], start: int) -> list[Any]:
    return [*items[start:], *items[:start]]
