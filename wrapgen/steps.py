"""Work that stops between its stages, so that many pieces of it can pass through a stage together.

A stage that does sixteen articles one after another finds its code and its rules in the processor's caches fifteen
times. In a whole article's turn the stages drive each other's out, and each takes up to twice as long.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")
Steps = Generator[None, None, T]  # ends with what it made


def finished(steps: Steps[T]) -> T:
    """What the work makes, done without a pause."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            made: T = end.value
            return made


def side_by_side(works: Sequence[Steps[T]]) -> list[tuple[T, float]]:
    """What each piece of work makes, in their order, and the seconds that it took of its own.

    What one of them raises is raised here, and ends them all: work that may fail must end with its failure.
    """
    made: dict[int, T] = {}
    seconds = [0.0] * len(works)
    going = list(enumerate(works))
    while going:
        still = []
        for number, steps in going:
            start = perf_counter()
            try:
                next(steps)
                still.append((number, steps))
            except StopIteration as end:
                made[number] = end.value
            seconds[number] += perf_counter() - start
        going = still
    return [(made[number], seconds[number]) for number in range(len(works))]
