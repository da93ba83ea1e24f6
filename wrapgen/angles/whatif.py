"""What would have made the runner-up win: one fact changed, all else the same.

Each fact that its score asks for is moved up and down until the story overtakes the first. Of all
that would do, the smallest change in proportion is told. Only for people who ask: an article does
not wait for it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from wrapgen.angles.rank import candidates_of, score_of
from wrapgen.angles.rules import AngleRule
from wrapgen.angles.types import Angle, noted
from wrapgen.facts.types import FactBook
from wrapgen.rulepack.nodes import Groups
from wrapgen.rulepack.seen import GROUPS

_MOST_TIMES = 10.0  # a fact that had to be ten times as large makes another day, not another choice
_STEP = 1.05
# Facts that end somewhere: shares and weights at 1, the importance that a sender gives at 5.
_CEILING = {
    "agrees": 1.0,
    "importance": 5,
    "milestone_weight": 1.0,
    "share": 1.0,
    "share_down": 1.0,
    "share_up": 1.0,
}
_LEAST = 0.01  # nothing is said more finely

Wins = Callable[[float | bool], bool]


class Change(NamedTuple):
    """A fact by name, its value, and the least change of it with which the story wins."""

    name: str
    now: float | bool
    needed: float | bool

    def __str__(self) -> str:
        if isinstance(self.needed, bool):
            return f"{self.name} were {'true' if self.needed else 'false'}"
        bound = "or more" if self.needed > self.now else "or less"
        return f"{self.name} were {self.needed:g} {bound} (it is {round(self.now, 2):g})"


def explained(book: FactBook, angles: Sequence[Angle], rules: Sequence[AngleRule]) -> tuple[Angle, ...]:
    """The same angles, the note of the runner-up telling what would have made it win."""
    first, second = angles[0], angles[1]
    if not second.supported:
        return tuple(angles)
    rule = next(rule for rule in rules if rule.name == second.name)
    groups = next(groups for subject, groups in candidates_of(book, rule.over) if subject is second.subject)
    change = would_win(rule, groups, first.score)
    said = f"it would win if {change}" if change else "no one fact alone would make it win"
    note = f"{second.note}; it is {first.score - second.score:.1f} behind, and {said}"
    return (first, noted(second, note, second.chosen), *angles[2:])


def would_win(rule: AngleRule, groups: Groups, rival: float) -> Change | None:
    """The smallest change of one fact with which ``rule`` scores more than ``rival``."""
    found = [change for change in _changes(rule, groups, rival) if change is not None]
    return min(found, key=_effort, default=None)


def _effort(change: Change) -> float:
    """How much a fact has to change: a flag turned counts as much as a figure doubled."""
    if isinstance(change.needed, bool) or not change.now:
        return 1.0
    return abs(math.log(change.needed / change.now)) if change.needed else math.inf


def _changes(rule: AngleRule, groups: Groups, rival: float) -> Iterator[Change | None]:
    names = dict.fromkeys(name for points in rule.score for name in points.expression.names)
    for name in names:
        group, _, field = name.partition(".")
        at = GROUPS.index(group)
        now = getattr(groups[at], field, None)

        def wins(value: float | bool, at: int = at, field: str = field) -> bool:
            if value > _CEILING.get(field, math.inf):
                return False
            changed = (*groups[:at], groups[at]._replace(**{field: value}), *groups[at + 1 :])
            return bool(rule.when.evaluate(changed)) and score_of(rule, changed) > rival

        if isinstance(now, bool):
            yield Change(name, now, not now) if wins(not now) else None
        elif isinstance(now, int):
            yield _count(name, now, wins)
        elif isinstance(now, float) and now > 0:
            yield _figure(name, now, wins, _STEP)
            yield _figure(name, now, wins, 1 / _STEP)


def _count(name: str, now: int, wins: Wins) -> Change | None:
    near = sorted((n for n in range(max(0, now - 10), now + 11) if n != now), key=lambda n: abs(n - now))
    return next((Change(name, now, n) for n in near if wins(n)), None)


def _figure(name: str, now: float, wins: Wins, step: float) -> Change | None:
    """By steps to the first value that wins, then back to where it begins to, rounded outwards."""
    value = now
    while now / _MOST_TIMES <= value <= now * _MOST_TIMES:
        before, value = value, value * step
        if wins(value):
            break
    else:
        return None
    for _ in range(20):
        middle = (before + value) / 2
        before, value = (before, middle) if wins(middle) else (middle, value)
    rounded = (math.ceil if step > 1 else math.floor)(round(value / _LEAST, 6)) * _LEAST
    return Change(name, now, round(rounded, 2)) if wins(rounded) else None
