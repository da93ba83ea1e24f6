"""What people are told at the end of a batch."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from wrapgen.batch.shards import Output
from wrapgen.batch.work import Outcome

_SHOWN = 5


@dataclass
class Report:
    """What people are told at the end. Items of shards that were done before are only counted."""

    kept: int = 0
    slowest: list[tuple[float, str]] = field(default_factory=list)
    first_of_angle: dict[str, str] = field(default_factory=dict)
    """An item of each angle, to look at where an angle is rare."""
    warned: list[tuple[int, str]] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)

    def add(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            if outcome.problems:
                self.problems[str(outcome.problems[0]["message"])] += 1
                continue
            self.first_of_angle.setdefault(outcome.angle, outcome.name)
            self.slowest = heapq.nlargest(_SHOWN, [*self.slowest, (outcome.seconds, outcome.name)])
            if outcome.warnings:
                self.warned = heapq.nlargest(_SHOWN, [*self.warned, (outcome.warnings, outcome.name)])

    def lines(self, output: Output) -> list[str]:
        """The report, a fact a line."""
        angles = output.total("angles")
        told = [f"{output.count('articles')} articles, {output.count('failures')} failed, in {output.folder}"]
        if self.kept:
            told.append(f"kept from before: {self.kept} items")
        told += [f"by {key[:-1]}: {_listed(output.total(key))}" for key in ("regions", "angles") if output.total(key)]
        told += [f"failed ({count}): {message}" for message, count in self.problems.most_common(_SHOWN)]
        rare = [name for name, _ in sorted(angles.items(), key=lambda pair: pair[1])[:3] if name in self.first_of_angle]
        told += [f"look at: {self.first_of_angle[name]}, {name}: {angles[name]} of the batch" for name in rare]
        told += [f"look at: {name}, {count} warnings" for count, name in self.warned]
        told += [f"slowest: {name}, {seconds * 1000:.0f} ms" for seconds, name in self.slowest]
        return told


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())
