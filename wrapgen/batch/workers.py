"""Worker processes that put up with the death of one of them."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from wrapgen.batch.work import Item, Job, Outcome, die_with, failed, write_items

_TRIES = 3


class Ticket(NamedTuple):
    """Items that are being written; ``generation`` is the pool that has them."""

    items: Sequence[Item]
    future: Future[list[Outcome]] | None
    generation: int


class Workers:
    """``count`` processes that write items; with one, this process does it itself.

    When a worker is killed, the executor gives up all that it holds: the pool is made anew, and what was lost is
    done again. Items that break the pool `_TRIES` times are tried one by one, and the one that does it is a failure.
    """

    def __init__(self, job: Job, count: int) -> None:
        self._job, self._count, self._generation = job, count, 0
        self._pool = self._start()

    def submit(self, items: Sequence[Item]) -> Ticket:
        if self._pool is None:
            return Ticket(items, None, 0)
        try:
            return Ticket(items, self._pool.submit(write_items, self._job, items), self._generation)
        except BrokenProcessPool:
            self._renew(self._generation)
            return self.submit(items)

    def outcomes(self, ticket: Ticket) -> list[Outcome]:
        """Waits for them."""
        for _ in range(_TRIES):
            if ticket.future is None:
                return write_items(self._job, ticket.items)
            try:
                return ticket.future.result()
            except BrokenProcessPool:
                self._renew(ticket.generation)
                ticket = self.submit(ticket.items)
        if len(ticket.items) == 1:
            return [failed(ticket.items[0], f"the process that wrote it died, {_TRIES} times")]
        return [outcome for item in ticket.items for outcome in self.outcomes(self.submit([item]))]

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor | None:
        if self._count == 1:
            return None
        # Not forked: a pool that is made anew must not inherit the threads of the broken one.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._count, context, initializer=die_with, initargs=(os.getpid(),))

    def _renew(self, generation: int) -> None:
        """Unless it was done already since ``generation`` broke."""
        if generation == self._generation:
            self._kill()
            self.close()
            self._generation += 1
            self._pool = self._start()

    def _kill(self) -> None:
        """End what is left of a broken pool. The worker that died may have held the lock of the results: another that
        waits for it answers to nothing less, and the executor would wait for that one for ever."""
        processes = getattr(self._pool, "_processes", None) or {}  # public, as kill_workers, from Python 3.14 on
        for process in list(processes.values()):
            process.kill()
