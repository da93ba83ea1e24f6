"""Workers share the connections that are kept, whoever wakes first."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from typing import Any

import pytest

from bench.serve import serving, workers_of

pytestmark = pytest.mark.xdist_group("server")

AS_EVEN = 2  # connections more than another: a worker that gets no processor for a while is passed over
PATIENCE = 90  # seconds until a worker must have come
BETWEEN = 0.2  # seconds between the connections opened meanwhile: gunicorn keeps some thousand a worker, no more


def who(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """An application that tells which worker answers."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]


def turn(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """An application that tells after how many seconds a thread at work lets another go on."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(sys.getswitchinterval()).encode()]


class Workers:
    """Two of them, and the connections that are kept to them."""

    def __init__(self, port: int, master: int) -> None:
        self.port, self.master = port, master
        self.kept: list[HTTPConnection] = []

    def open(self, count: int) -> Counter[int]:
        """Opens connections and keeps them; how many each worker took."""
        taken: Counter[int] = Counter()
        for _ in range(count):
            connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
            connection.request("GET", "/")
            taken[int(connection.getresponse().read())] += 1
            self.kept.append(connection)
        return taken


@pytest.fixture
def workers() -> Iterator[Workers]:
    with serving(f"{__name__}:who", 2) as (port, master):
        made = Workers(port, master)
        yield made
        for connection in made.kept:
            connection.close()


def test_each_takes_its_share_of_the_connections_that_are_kept(workers: Workers) -> None:
    taken = workers.open(40)
    assert len(taken) == 2
    assert max(taken.values()) - min(taken.values()) <= AS_EVEN


def test_one_that_takes_the_place_of_a_killed_worker_is_given_connections_until_it_has_as_many(
    workers: Workers,
) -> None:
    before = workers.open(20)
    killed, left = sorted(before)
    os.kill(killed, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    taken = Counter({left: before[left]})
    while len(taken) < 2:
        assert time.monotonic() < until, workers_of(workers.master)
        time.sleep(BETWEEN)
        taken.update(workers.open(1))
    taken.update(workers.open(2 * taken[left] - sum(taken.values())))
    assert killed not in taken and len(taken) == 2
    assert max(taken.values()) - min(taken.values()) <= AS_EVEN


def test_who_has_begun_an_article_ends_it_before_the_others_of_its_worker_go_on() -> None:
    with serving(f"{__name__}:turn", 1) as (port, _), closing(HTTPConnection("127.0.0.1", port, timeout=20)) as asked:
        asked.request("GET", "/")
        assert float(asked.getresponse().read()) > sys.getswitchinterval()
