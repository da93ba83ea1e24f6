"""A whole batch: items to workers in chunks, outcomes to shards in order, and the closing report."""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from wrapgen.batch.shards import Output, batched
from wrapgen.batch.work import Item, Outcome
from wrapgen.batch.workers import Ticket, Workers

SHARD = 500  # items: what a killed batch does again, at most, for each that was under way
CHUNK = 25  # items that a worker takes at a time
_SHARDS_UNDER_WAY = 3
_SHOWN = 5

Progress = Callable[[int, int], None]
"""Called with the number of items done and of failures among them."""


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


class _Shard(NamedTuple):
    """A shard under way, or one that an earlier run has done (``record``)."""

    number: int
    key: str
    tickets: Sequence[Ticket] = ()
    record: Mapping[str, Any] | None = None


def run_batch(
    items: Iterable[Item],
    output: Output,
    workers: Workers,
    progress: Progress = lambda done, failures: None,
    shard: int = SHARD,
) -> Report:
    """Write every item into ``output``, in order; shards that are done already are kept.

    A few shards are under way at any time, so that memory does not grow with the number of items. Raises OSError
    where a shard cannot be written: what is written stays, and can be gone on with.
    """
    report, waiting = Report(), deque[_Shard]()
    for number, its in enumerate(batched(items, shard), start=1):
        key = output.key(its)
        if record := output.done(number, key):
            waiting.append(_Shard(number, key, record=record))
        else:
            waiting.append(_Shard(number, key, [workers.submit(chunk) for chunk in batched(its, CHUNK)]))
        while len(waiting) >= _SHARDS_UNDER_WAY:
            _finish(waiting.popleft(), output, workers, report, progress)
    while waiting:
        _finish(waiting.popleft(), output, workers, report, progress)
    output.finish()
    return report


def _finish(shard: _Shard, output: Output, workers: Workers, report: Report, progress: Progress) -> None:
    done, failures = output.count("articles") + output.count("failures"), output.count("failures")
    if shard.record is not None:
        output.keep(shard.record)
        kept = shard.record["articles"] + shard.record["failures"]
        report.kept += kept
        progress(done + kept, output.count("failures"))
        return
    outcomes: list[Outcome] = []
    for ticket in shard.tickets:
        outcomes += workers.outcomes(ticket)
        progress(done + len(outcomes), failures + sum(1 for outcome in outcomes if outcome.problems))
    output.write(shard.number, shard.key, outcomes)
    report.add(outcomes)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())
