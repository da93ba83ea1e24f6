"""A whole batch: items to workers in chunks, outcomes to shards in order, and the closing report."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from wrapgen.batch.openings import Choice, Opening, Register
from wrapgen.batch.report import Report
from wrapgen.batch.shards import Output, batched
from wrapgen.batch.work import LOOK, WRITE, Item, Job, Outcome, Task
from wrapgen.batch.workers import Hands, Ticket
from wrapgen.errors import InputError

SHARD = 500  # items: what a killed batch does again, at most, for each that was under way
CHUNK = 25  # items that a worker takes at a time
_QUEUED = 4  # chunks for each worker that are under way or wait: none is idle while a shard is written

Progress = Callable[[int, int], None]
"""Called with the number of items done and of failures among them."""


class _Shard(NamedTuple):
    """A shard under way, as far as ``tickets``, or one that an earlier run has done (``record``)."""

    number: int
    key: str
    items: Sequence[Item]
    tickets: deque[Ticket]
    record: Mapping[str, Any] | None


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
    written, and InputError where the input cannot be read further: what is written stays, and can be gone on with.
    """
    ahead = _Ahead(batched(items, shard), output, hands, most=2 - (-2 * _QUEUED * CHUNK * hands.width // shard))
    run = _Run(output, hands, Register(earlier), Report(), progress, ahead)
    while (begun := ahead.first()) is not None:
        run.finish(begun)
    output.finish()
    return run.report


class _Ahead:
    """The shards to come, begun in order. Their chunks go to the workers a few at a time: enough that no worker waits,
    and so few that what is looked at again does not wait for long behind them."""

    def __init__(self, runs: Iterable[Sequence[Item]], output: Output, hands: Hands, most: int) -> None:
        """At ``most`` so many shards are under way, so that memory has a bound."""
        self._output, self._hands, self._most = output, hands, most
        self._runs = enumerate(runs, start=1)
        self._begun = deque[_Shard]()
        self._chunks: Iterator[Sequence[Item]] = iter(())  # of the last shard that was begun
        self._tickets: list[Ticket] = []
        self._broken: InputError | None = None

    def first(self) -> _Shard | None:
        """The next shard, which this lets go of; None after the last. Raises InputError where the input breaks off,
        after what was whole of it."""
        self.top_up()
        if not self._begun and self._broken:
            raise self._broken
        return self._begun.popleft() if self._begun else None

    def top_up(self) -> None:
        """Give the workers something to do."""
        self._tickets = [ticket for ticket in self._tickets if not ticket.done]
        while len(self._tickets) < _QUEUED * self._hands.width and (ticket := self._next()) is not None:
            self._tickets.append(ticket)

    def _next(self) -> Ticket | None:
        """The next chunk under way; None where there is none, or enough is waiting to be written."""
        while (chunk := next(self._chunks, None)) is None:
            if len(self._begun) >= self._most or not self._begin():
                return None
        ticket = self._hands.submit(WRITE, self._output.job, chunk)
        self._last.tickets.append(ticket)
        return ticket

    def _begin(self) -> bool:
        try:
            number, items = next(self._runs, (0, ()))
        except InputError as error:
            self._broken = error
            return False
        if number:
            key = self._output.key(items)
            self._last = _Shard(number, key, items, deque(), self._output.done(number, key))
            self._chunks = iter(()) if self._last.record else iter(batched(items, CHUNK))
            self._begun.append(self._last)
        return bool(number)


class _Run(NamedTuple):
    """A batch under way."""

    output: Output
    hands: Hands
    register: Register
    report: Report
    progress: Progress
    ahead: _Ahead

    def finish(self, shard: _Shard) -> None:
        if shard.record is not None and self._keep(shard.number, shard.record):
            return
        outcomes = self._written(shard)
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

    def _submit(self, task: Task[Any], items: Iterable[Item], job: Job | None = None) -> list[Ticket]:
        return [self.hands.submit(task, job or self.output.job, chunk) for chunk in batched(items, CHUNK)]

    def _results(self, tickets: Iterable[Ticket]) -> Iterator[Any]:
        """What comes of ``tickets``, item by item; before each wait the workers get more to do."""
        for ticket in tickets:
            self.ahead.top_up()
            yield from self.hands.results(ticket)

    def _written(self, shard: _Shard) -> list[Outcome]:
        failures, outcomes = self.output.count("failures"), list[Outcome]()
        done = self.output.count("articles") + failures
        if shard.record is not None:  # it was not begun with
            shard.tickets.extend(self._submit(WRITE, shard.items))
        while len(outcomes) < len(shard.items):
            self.ahead.top_up()
            outcomes += self.hands.results(shard.tickets.popleft())
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
            others = self._results(self._submit(LOOK, (items[name] for name in alike)))
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
            for ticket in self._submit(WRITE, its, job._replace(variant=job.variant + further))
        ]
        again = {outcome.name: outcome for outcome in self._results(tickets)}
        made = {name: outcome for name, outcome in again.items() if not outcome.problems}
        return [made.get(outcome.name, outcome) for outcome in outcomes]
