"""The memory of a batch itself does not grow with the number of its items."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wrapgen.batch.openings import Opening
from wrapgen.batch.run import run_batch
from wrapgen.batch.shards import Output
from wrapgen.batch.work import Item, Job, Outcome, Task
from wrapgen.batch.workers import Ticket

SNAPSHOT, ARTICLE = 4_000, 14_000  # bytes, as the seeds have them


class Canned:
    """Hands that have written all already: no two items open alike, which is the most to remember."""

    width = 2

    def submit(self, task: Task[Any], job: Job, items: Sequence[Item]) -> Ticket:
        return Ticket(task, job, items, None)

    def results(self, ticket: Ticket) -> list[Any]:
        return [
            Outcome(item.name, bytes(ARTICLE), region="us", angle="flat", opening=Opening(item.name, item.name))
            for item in ticket.items
        ]

    def close(self) -> None:
        pass


def megabytes(folder: Path, count: int) -> float:
    """The most that the batch had at any moment."""
    items = (Item(f"day-{number}", number.to_bytes(2) * (SNAPSHOT // 2)) for number in range(count))
    output = Output.open(folder, Job(), "rules", resume=False)
    tracemalloc.start()
    try:
        run_batch(items, output, Canned(), shard=50)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def test_four_times_the_items_need_hardly_more(tmp_path: Path) -> None:
    few, many = megabytes(tmp_path / "few", 700), megabytes(tmp_path / "many", 2800)
    assert few > 1, "all that may be under way at a time"
    remembered = 2100 * 0.0006  # an opening, and its part of the manifest
    assert many < few + remembered, (few, many)
