"""A whole batch: items to workers in chunks, outcomes to shards in order, and the closing report."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from wrapgen.batch.openings import Choice, Opening, Register
from wrapgen.batch.report import Report
from wrapgen.batch.shards import Output, batched
from wrapgen.batch.work import LOOK, WRITE, Item, Job, Outcome
from wrapgen.batch.workers import Hands, Ticket

SHARD = 500  # items: what a killed batch does again, at most, for each that was under way
CHUNK = 25  # items that a worker takes at a time

Progress = Callable[[int, int], None]
"""Called with the number of items done and of failures among them."""


class _Shard(NamedTuple):
    """A shard under way, or one that an earlier run has done (``record``)."""

    number: int
    key: str
    items: Sequence[Item]
    tickets: Sequence[Ticket] = ()
    record: Mapping[str, Any] | None = None


def run_batch(
    items: Iterable[Item],
    output: Output,
    hands: Hands,
    progress: Progress = lambda done, failures: None,
    shard: int = SHARD,
    earlier: Iterable[Opening] = (),
) -> Report:
    """Write every item into ``output``, in order; shards that are done already are kept.

    ``earlier`` are the openings of a batch before this one, which are not to be used again. A few shards are under
    way at any time, so that memory does not grow with the number of items. Raises OSError where a shard cannot be
    written: what is written stays, and can be gone on with.
    """
    run = _Run(output, hands, Register(earlier), Report(), progress)
    waiting = deque[_Shard]()
    for number, its in enumerate(batched(items, shard), start=1):
        waiting.append(run.begin(number, its))
        while len(waiting) >= 2 + -(
            -2 * CHUNK * hands.width // shard
        ):  # two chunks for each worker, and two shards more
            run.finish(waiting.popleft())
    while waiting:
        run.finish(waiting.popleft())
    output.finish()
    return run.report


class _Run(NamedTuple):
    """A batch under way."""

    output: Output
    hands: Hands
    register: Register
    report: Report
    progress: Progress

    def begin(self, number: int, items: Sequence[Item]) -> _Shard:
        key = self.output.key(items)
        record = self.output.done(number, key)
        return _Shard(number, key, items, () if record else self._submit(items), record)

    def finish(self, shard: _Shard) -> None:
        if shard.record is not None and self._keep(shard.number, shard.record):
            return
        outcomes = self._written(shard.tickets or self._submit(shard.items))
        items = {item.name: item for item in shard.items}
        choices = self._choices(outcomes, items)
        outcomes = self._varied(outcomes, choices, items)
        self.register.take(choice.opening for choice in choices)
        self.output.write(shard.number, shard.key, outcomes, choices)
        self.report.add(outcomes)

    def _keep(self, number: int, record: Mapping[str, Any]) -> bool:
        """Go on with a shard as it is, unless what comes before it now opens as it does."""
        before = self.output.choices(number)
        if self.register.choose((choice.name, choice.openings) for choice in before) != before:
            return False
        self.register.take(choice.opening for choice in before)
        self.output.keep(record)
        self.report.kept += record["articles"] + record["failures"]
        self.progress(self.output.count("articles") + self.output.count("failures"), self.output.count("failures"))
        return True

    def _submit(self, items: Iterable[Item], job: Job | None = None) -> list[Ticket]:
        return [self.hands.submit(WRITE, job or self.output.job, chunk) for chunk in batched(items, CHUNK)]

    def _written(self, tickets: Iterable[Ticket]) -> list[Outcome]:
        failures, outcomes = self.output.count("failures"), list[Outcome]()
        done = self.output.count("articles") + failures
        for ticket in tickets:
            outcomes += self.hands.results(ticket)
            self.progress(done + len(outcomes), failures + sum(1 for outcome in outcomes if outcome.problems))
        return outcomes

    def _choices(self, outcomes: Iterable[Outcome], items: Mapping[str, Item]) -> list[Choice]:
        """How every article opens; what opens like another is looked at again."""
        seen = {outcome.name: (outcome.opening,) for outcome in outcomes if outcome.opening is not None}
        known: dict[str, tuple[Opening, ...]] = dict(seen)
        while True:
            choices = self.register.choose(known.items())
            alike = [name for name, choice in zip(known, choices, strict=True) if choice is None]
            if not alike:
                return [choice for choice in choices if choice is not None]
            job, chunks = self.output.job, list(batched((items[name] for name in alike), CHUNK))
            found = [self.hands.submit(LOOK, job, chunk) for chunk in chunks]
            others = (openings for ticket in found for openings in self.hands.results(ticket))
            for name, openings in zip(alike, others, strict=True):
                known[name] = (*seen[name], *(openings or seen[name]))  # where there are none, the first is all

    def _varied(self, outcomes: list[Outcome], choices: Iterable[Choice], items: Mapping[str, Item]) -> list[Outcome]:
        """The articles as they were chosen to open; where that cannot be written, as they are."""
        wanted: dict[int, list[Item]] = {}
        for choice in choices:
            if choice.chosen:
                wanted.setdefault(choice.chosen, []).append(items[choice.name])
        job = self.output.job
        tickets = [
            ticket
            for further, its in sorted(wanted.items())
            for ticket in self._submit(its, job._replace(variant=job.variant + further))
        ]
        again = {outcome.name: outcome for ticket in tickets for outcome in self.hands.results(ticket)}
        made = {name: outcome for name, outcome in again.items() if not outcome.problems}
        return [made.get(outcome.name, outcome) for outcome in outcomes]
