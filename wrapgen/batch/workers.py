"""Worker processes that put up with the death of one of them."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from wrapgen.batch.work import Item, Job, Task, die_with
from wrapgen.errors import OptionError
from wrapgen.rulepack.errors import RuleError

T = TypeVar("T")
TRIES = 3  # deaths of a worker over the same items after which the items are to blame


class Ticket(NamedTuple):
    """Items that are being worked on. ``future`` is whoever's who does it; ``generation`` the pool that has them."""

    task: Task[Any]
    job: Job
    items: Sequence[Item]
    future: Any
    generation: int = 0

    @property
    def done(self) -> bool:
        """Whether no worker has it: it was finished with, or failed, or is done when it is asked for."""
        return self.future is None or bool(self.future.done())


class Hands(Protocol):
    """Who does the work of a batch: processes of this machine, or a cluster."""

    @property
    def width(self) -> int:
        """How many items can be worked on at the same moment."""

    def submit(self, task: Task[Any], job: Job, items: Sequence[Item]) -> Ticket:
        """Begin with ``items``."""

    def results(self, ticket: Ticket) -> list[Any]:
        """What ``task`` gives for each item, in order; waits for it."""

    def close(self) -> None:
        """Let go of what is still under way."""


class Workers:
    """``count`` processes; with one, this process does it itself.

    When a worker is killed, the executor gives up all that it holds: the pool is made anew, and what was lost is
    done again. Items that break the pool `TRIES` times are tried one by one, and the one that does it is a failure.

    Items and results pass in files. A pipe takes more than some thousand bytes piece by piece: of a worker that was
    killed between two, the executor would wait for the rest for ever, and with all workers dead for one to take its.
    """

    def __init__(self, count: int) -> None:
        self.width, self._generation = count, 0
        self._folder = tempfile.mkdtemp(prefix="wrapgen-batch-") if count > 1 else ""
        self._pool = self._start()

    def prepare(self, job: Job) -> None:
        """Have the processes started and the rules read, while this process has other things to do."""
        if self._pool is not None:
            with suppress(BrokenProcessPool):  # which the first items find out
                for _ in range(self.width):
                    self._pool.submit(_read_rules, job)

    def submit(self, task: Task[Any], job: Job, items: Sequence[Item]) -> Ticket:
        if self._pool is None:
            return Ticket(task, job, items, None)
        try:
            future = self._pool.submit(_work, self._folder, task.run, _put(self._folder, (job, items)))
            return Ticket(task, job, items, future, self._generation)
        except BrokenProcessPool:
            self._renew(self._generation)
            return self.submit(task, job, items)

    def results(self, ticket: Ticket) -> list[Any]:
        for _ in range(TRIES):
            if ticket.future is None:
                return ticket.task.run(ticket.job, ticket.items)
            try:
                results: list[Any] = _take(ticket.future.result())
                return results
            except BrokenProcessPool:
                self._renew(ticket.generation)
                ticket = self.submit(ticket.task, ticket.job, ticket.items)
        return one_by_one(self, ticket)

    def close(self) -> None:
        self._shut_down()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _shut_down(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor | None:
        if self.width == 1:
            return None
        # Not forked: a pool that is made anew must not inherit the threads of the broken one.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.width, context, initializer=die_with, initargs=(os.getpid(), self._folder))

    def _renew(self, generation: int) -> None:
        """Unless it was done since ``generation`` broke. Raises OptionError where none of the new ones lives."""
        if generation != self._generation:
            return
        for _ in range(TRIES):
            self._kill()
            self._shut_down()
            self._generation += 1
            self._pool = self._start()
            if self._pool is None or _lives(self._pool):
                return
        raise OptionError("--workers", "processes die as soon as they are started; with --workers 1 none is needed")

    def _kill(self) -> None:
        """End what is left of a broken pool. The worker that died may have held the lock of the results: another that
        waits for it answers to nothing less, and the executor would wait for that one for ever."""
        processes = getattr(self._pool, "_processes", None) or {}  # public, as kill_workers, from Python 3.14 on
        for process in list(processes.values()):
            process.kill()


def _read_rules(job: Job) -> None:
    """In a worker. What is wrong with the rules is for the process that asked to tell."""
    with suppress(RuleError):
        job.pack()


def _work(folder: str, run: Callable[[Job, Sequence[Item]], list[Any]], given: str) -> str:
    """In a worker: where it has put what ``run`` makes of the job and the items that were put at ``given``."""
    job, items = _take(given)
    return _put(folder, run(job, items))


def _put(folder: str, value: Any) -> str:
    """Keeps a value in a file of ``folder``; where. Raises OSError where it cannot be."""
    try:
        handle, path = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(value, file, pickle.HIGHEST_PROTOCOL)
    except OSError as error:  # that of a full disk does not say where
        raise OSError(error.errno, error.strerror, folder) from error
    return path


def _take(path: str) -> Any:
    """What was kept there; the file is gone after it."""
    value = pickle.loads(Path(path).read_bytes())  # of this batch's own processes, in a folder of its own
    os.unlink(path)
    return value


def _lives(pool: ProcessPoolExecutor) -> bool:
    try:
        return bool(pool.submit(os.getpid).result())
    except BrokenProcessPool:
        return False


def one_by_one(hands: Hands, ticket: Ticket) -> list[Any]:
    """The results of items among which one kills its worker, which alone is lost."""
    if len(ticket.items) == 1:
        return [ticket.task.lost(ticket.items[0], "the process that wrote it died every time")]
    task, job = ticket.task, ticket.job
    return [result for item in ticket.items for result in hands.results(hands.submit(task, job, [item]))]
