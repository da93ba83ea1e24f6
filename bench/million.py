"""What a million wraps would take on a cluster, computed from the processor time that each part of it takes here.

    python -m bench.million --items 500

Of a worker: the time to validate, write and check an item. Of the driver and the scheduler, of which there is one each:
the time to pass on an item, in a batch on a Dask cluster of this machine whose workers answer at once with an article
that they have ready. A cluster in which every process has a core does what its workers do together, and never more than
the busier of those two. The items are those of `bench.batch`. Needs Dask.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from bench.batch import ROOT, varied
from wrapgen.batch.cluster import Cluster
from wrapgen.batch.openings import Opening
from wrapgen.batch.run import run_batch
from wrapgen.batch.shards import Output
from wrapgen.batch.work import WRITE, Item, Job, Outcome, Task, write_items
from wrapgen.batch.workers import Ticket

MILLION = 1_000_000
WORKERS = (2, 8, 24, 96)
PASSED_ON = 20  # times the items: they pass faster than they are written


class Rates(NamedTuple):
    """Items for a second of processor time, of each part."""

    worker: float
    driver: float
    scheduler: float

    def of(self, workers: int) -> float:
        """Items a second of ``workers``."""
        return min(workers * self.worker, self.driver, self.scheduler)


def items_of(count: int) -> list[Item]:
    return [Item(f"item-{number:07}", data) for number, data in enumerate(varied(count))]


def worker_rate(count: int) -> float:
    job, items = Job(), items_of(count)
    write_items(job, items[:20])  # rules are read, and what is kept between articles is there
    start = process_time()
    write_items(job, items)
    return count / (process_time() - start)


@lru_cache(maxsize=1)
def _article() -> Outcome:
    return write_items(Job(), items_of(1))[0]


def ready(job: Job, items: Sequence[Item]) -> list[Outcome]:
    """An outcome for each item without the work."""
    return [_article()._replace(name=item.name) for item in items]


def unlooked(job: Job, items: Sequence[Item]) -> list[tuple[Opening, ...]]:
    """No other opening for any item."""
    return [() for _ in items]


class Idle(Cluster):
    """A cluster whose workers have every article ready."""

    def submit(self, task: Task[Any], job: Job, items: Sequence[Item]) -> Ticket:
        return super().submit(task._replace(run=ready if task is WRITE else unlooked), job, items)


def passed_on(count: int) -> tuple[float, float]:
    """Items for a second of the driver, and of the scheduler."""
    import psutil  # comes with Dask

    def used() -> tuple[float, float]:
        times = psutil.Process(pid).cpu_times()
        return process_time(), times.user + times.system

    with tempfile.TemporaryDirectory() as folder, scheduler(folder) as (address, pid):
        rules = Job().pack().hash
        hands = Idle(address, rules)
        try:
            run_batch(items_of(100), Output.open(Path(folder, "first"), Job(), rules, False), hands)
            items, before = items_of(count), used()
            run_batch(items, Output.open(Path(folder, "second"), Job(), rules, False), hands)
            driver, other = (end - begin for begin, end in zip(before, used(), strict=True))
        finally:
            hands.close()
    return count / driver, count / other


@contextmanager
def scheduler(folder: str) -> Iterator[tuple[str, int]]:
    """A scheduler with two workers, each a process: its address, and its process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    commands = (
        ("scheduler", "--host", "127.0.0.1", "--port", str(port), "--dashboard-address", "127.0.0.1:0"),
        ("worker", address, "--nworkers", "2", "--nthreads", "1", "--local-directory", folder, "--no-dashboard"),
    )
    running = [
        subprocess.Popen([sys.executable, "-m", "dask", *command], cwd=ROOT, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    try:
        yield address, running[0].pid
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait()


def clock(seconds: float) -> str:
    """``1:05`` hours and minutes, of at least a minute."""
    hours, minutes = divmod(max(1, round(seconds / 60)), 60)
    return f"{hours}:{minutes:02}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="What a million wraps would take on a cluster.")
    parser.add_argument("--items", type=int, default=500)
    count = parser.parse_args(arguments).items
    rates = Rates(worker_rate(count), *passed_on(count * PASSED_ON))
    print("items for a second of a core: ", end="")
    print(f"worker {rates.worker:,.1f}, driver {rates.driver:,.0f}, scheduler {rates.scheduler:,.0f}")
    for workers in WORKERS:
        rate = rates.of(workers)
        print(f"{workers:4} workers {rate:9,.0f} items/s   a million in {clock(MILLION / rate)} h")
    return 0


if __name__ == "__main__":
    from bench import million  # the workers know its functions by this name

    sys.exit(million.main())
