"""Worker processes: what becomes of those that do not live."""

from __future__ import annotations

import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from wrapgen.batch import workers
from wrapgen.batch.work import Item, Job, Task
from wrapgen.batch.workers import Workers
from wrapgen.errors import OptionError


def _die(parent: int, folder: str) -> None:
    os._exit(3)


def test_processes_that_die_as_they_start_end_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """They were started again and again, for ever."""
    monkeypatch.setattr(workers, "die_with", _die)
    hands = Workers(2)
    with pytest.raises(OptionError, match="die as soon as they are started"):
        hands.results(hands.submit(cast(Task[Any], _Nothing()), cast(Job, None), []))
    hands.close()


class _Nothing:
    def run(self, job: object, items: object) -> list[object]:
        return []


def _sent_in_halves(job: Job, items: Sequence[Item]) -> list[bytes]:
    """Much to send, by a worker that is killed in the middle of whatever it sends in more than one piece."""
    whole = multiprocessing.connection.Connection._send  # type: ignore[attr-defined]

    def half(self: Any, data: Any, *more: Any) -> None:
        if len(data) > 4096:
            os.write(self.fileno(), bytes(data[:4096]))
            os.kill(os.getpid(), signal.SIGKILL)
        whole(self, data, *more)

    multiprocessing.connection.Connection._send = half  # type: ignore[attr-defined]
    return [item.data * 1000 for item in items]


def test_a_worker_that_is_killed_while_it_sends_keeps_nobody_waiting() -> None:
    """The batch waited for the other half for ever."""
    hands = Workers(2)
    found: list[list[bytes]] = []
    items = [Item("a", b"x" * 100), Item("b", b"y" * 100)]
    task = Task(_sent_in_halves, lambda item, message: b"")
    thread = threading.Thread(target=lambda: found.append(hands.results(hands.submit(task, Job(), items))), daemon=True)
    thread.start()
    thread.join(60)
    assert found == [[b"x" * 100_000, b"y" * 100_000]]
    hands.close()


def test_nothing_is_left_of_what_was_sent() -> None:
    hands = Workers(2)
    folder = Path(hands._folder)
    hands.results(hands.submit(Task(_sizes, lambda item, message: 0), Job(), [Item("a", b"x")]))
    assert list(folder.iterdir()) == []
    hands.close()
    assert not folder.exists()


def _killed(job: Job, items: Sequence[Item]) -> list[bytes]:
    """Ends its worker, but for those that are told to live."""
    if items[0].name != "lives":
        os.kill(os.getpid(), signal.SIGKILL)
    return [item.data for item in items]


def test_much_that_waits_for_workers_that_are_killed_keeps_nobody_waiting() -> None:
    """The executor waited for ever for a worker to take what it had begun to send."""
    hands = Workers(2)
    task = Task(_killed, lambda item, message: message.encode())
    much = b"x" * 300_000
    tickets = [hands.submit(task, Job(), [Item(f"dies {n}", much)]) for n in range(4)]
    tickets += [hands.submit(task, Job(), [Item("lives", much)]) for _ in range(4)]
    found: list[list[bytes]] = []
    thread = threading.Thread(target=lambda: found.extend(map(hands.results, tickets)), daemon=True)
    thread.start()
    thread.join(100)
    assert [results[0] for results in found] == [b"the process that wrote it died every time"] * 4 + [much] * 4
    hands.close()


def _sizes(job: Job, items: Sequence[Item]) -> list[int]:
    return [len(item.data) for item in items]
