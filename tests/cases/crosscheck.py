"""Is the choice of angles fitted to the cases? Tuned on one random half of them, scored on the other.

``python -m tests.cases.crosscheck`` prints it. One number for each angle is added to its score, and moved as long
as that helps the half at hand: the freest way in which an editor could tune the rules without rewriting them. If
the rules that ship do as well on a half as rules tuned on the other one, they hang on no single day; how much
less a tuned set does on the half it has not seen says how much 17 days can teach.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cache
from statistics import fmean
from typing import NamedTuple

import wrapgen
from tests.cases.library import CASES, facts, labels
from wrapgen.angles.rank import choose, rank
from wrapgen.angles.types import Angle
from wrapgen.facts.types import FactBook

SPLITS = 40
STEPS = (-1.0, -0.6, -0.3, 0.3, 0.6, 1.0)
PASSES = 2

Offsets = Mapping[str, float]
NONE: Offsets = {}


class Case(NamedTuple):
    book: FactBook
    angles: tuple[Angle, ...]
    editors: frozenset[str]


@cache
def cases() -> tuple[Case, ...]:
    rules = wrapgen.load_rules().angles
    return tuple(Case(facts(n), rank(facts(n), rules), frozenset(labels(n)["angles"])) for n in CASES)


def chosen(case: Case, offsets: Offsets) -> tuple[bool, bool]:
    """Whether the first angle is one of the editor's; whether the first or second is."""
    moved = [
        a._replace(score=a.score + offsets.get(a.name, 0.0)) if a.supported else a  # what cannot be told stays so
        for a in case.angles
    ]
    moved.sort(key=lambda a: (-a.score, a.name))
    first, second, _ = choose(case.book, moved)
    both = {first.name} | ({second.name} if second is not None else set())
    return first.name in case.editors, bool(both & case.editors)


def agreement(sample: Sequence[Case], offsets: Offsets) -> tuple[float, float]:
    found = [chosen(case, offsets) for case in sample]
    return fmean(float(first) for first, _ in found), fmean(float(both) for _, both in found)


def tuned(sample: Sequence[Case]) -> Offsets:
    """What to add to each angle's score so that the sample agrees best: one angle at a time, while it helps."""
    offsets: dict[str, float] = {}
    best = sum(agreement(sample, offsets))
    for _ in range(PASSES):
        for name in sorted({a.name for case in sample for a in case.angles}):
            for step in STEPS:
                tried = {**offsets, name: step}
                found = sum(agreement(sample, tried))
                if found > best + 1e-9:
                    best, offsets = found, tried
    return offsets


class Split(NamedTuple):
    """First angle agrees, on the half tuned on and on the half not seen; and as the rules ship, on the latter."""

    seen: float
    unseen: float
    shipped: float


def splits(count: int = SPLITS) -> list[Split]:
    found = []
    for seed in range(count):
        shuffled = random.Random(seed).sample(cases(), len(cases()))
        seen, unseen = shuffled[: len(shuffled) // 2], shuffled[len(shuffled) // 2 :]
        offsets = tuned(seen)
        found.append(Split(agreement(seen, offsets)[0], agreement(unseen, offsets)[0], agreement(unseen, NONE)[0]))
    return found


def main() -> None:
    found = splits()
    print(f"first angle is one of the editor's, over {len(found)} splits of {len(cases())} days")
    for name, column in zip(Split._fields, zip(*found, strict=True), strict=True):
        listed = sorted(column)
        print(f"{name:8} mean {fmean(listed):.3f}  lowest {listed[0]:.3f}  highest {listed[-1]:.3f}")


if __name__ == "__main__":
    main()
