"""What the checker finds in a text: one claim, where it stands, and whether the data bear it out."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, Literal, NamedTuple, get_args

Kind = Literal[
    "number",  # a figure with its unit: a move, a level, an amount, a share count
    "direction",  # that something rose, fell, stood still, or that a group went different ways
    "size",  # that a move was as small or as large as its verb says
    "rank",  # that something led, trailed, did best, worst, or alone went one way
    "since",  # a record, a highest or worst "since" or "in", a level crossed for the first time
    "streak",  # a run of sessions, going on or ended
    "count",  # how many: most, all, some, three of five, advancers and decliners
    "comparison",  # one figure or one move against another
    "contrast",  # that two sides went different ways
    "name",  # a company, market or place, its symbol, and what belongs to what
    "date",  # a weekday, a date, a part of the trading day
    "cause",  # why, after what, amid what, with whose help
    "event",  # what happened or is due
    "term",  # a word that nothing in the data accounts for
]
Status = Literal["supported", "contradicted", "unsupported", "unchecked"]

KINDS: tuple[str, ...] = get_args(Kind)
STATUSES: tuple[str, ...] = get_args(Status)


class Claim(NamedTuple):
    """One claim of a text. ``start`` and ``end`` are character offsets: ``text[start:end]`` makes it.

    ``true_value`` is what the data say, readable, where they say something else; ``pointer`` the JSON pointer
    of what it was held against; ``why`` a reason in plain English unless the claim is supported.
    """

    start: int
    end: int
    text: str
    kind: Kind
    status: Status
    true_value: str | None = None
    pointer: str | None = None
    why: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As the wire contract has it, and why."""
        return self._asdict()


def in_order(claims: list[Claim]) -> None:
    """Puts claims in the order of the text: by where they start, of those that start together the shorter first."""
    claims.sort(key=itemgetter(1))
    claims.sort(key=itemgetter(0))
