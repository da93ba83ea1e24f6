"""The work of a batch on a Dask cluster: chunks to its workers, and what a dead one held to another.

Dask comes with the extra ``cluster`` and is asked for only when it is needed. A worker must have this engine and these
rules: each chunk is refused by one that has others, so that no machine can write by another pack than the rest.
"""

from __future__ import annotations

import logging
import socket
from asyncio import CancelledError
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError as FutureCancelled
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, NamedTuple, TypeVar

from wrapgen.batch.work import Item, Job, Task
from wrapgen.batch.workers import Ticket, one_by_one
from wrapgen.errors import InputError, OptionError, Problem
from wrapgen.version import __version__

T = TypeVar("T")
_RETRIES = 2  # of a chunk that fails on a worker for a reason of that machine's
_PATIENCE = 60  # seconds within which scheduler and a first worker are there


class Mismatch(RuntimeError):
    """A worker that would write by another engine or other rules."""


class Same(NamedTuple):
    """What a worker must have: the version of wrapgen, and the hash of the rules."""

    engine: str
    rules: str


class Cluster:
    """The workers of the scheduler at ``address``, as `wrapgen.batch.workers.Hands`.

    Dask gives what a dead worker held to another. Items that workers die of, again and again, are tried one by one,
    and the one that does it is a failure. Raises OptionError where there is no cluster at ``address``.
    """

    def __init__(self, address: str, rules: str) -> None:
        if find_spec("distributed") is None:
            raise OptionError("cluster", "needs Dask, which is not installed: pip install 'wrapgen[cluster]'")
        from distributed import Client

        _check_encryption(address)
        # They tell of a lost scheduler in tracebacks; here that is one line.
        for name in ("distributed.client", "distributed.batched", "distributed.comm"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._address, self._same = address, Same(__version__, rules)
        try:
            self._client = Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:  # a timeout is an OSError
            raise OptionError("cluster", f"no scheduler answers at {address[:80]!r}: {error}") from None
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            self._client.close()
            raise OptionError("cluster", f"no worker has come to {address[:80]!r} within {_PATIENCE} seconds") from None

    @property
    def width(self) -> int:
        """Threads of the workers that are there now: some may come, and some may go."""
        with self._asked(OSError):
            return max(1, sum(int(threads) for threads in self._client.nthreads().values()))

    def submit(self, task: Task[Any], job: Job, items: Sequence[Item]) -> Ticket:
        with self._asked(OSError):
            future = self._client.submit(run_same, self._same, task.run, job, list(items), pure=False, retries=_RETRIES)
        return Ticket(task, job, items, future)

    def results(self, ticket: Ticket) -> list[Any]:
        from distributed import KilledWorker

        try:
            with self._asked():
                return list(ticket.future.result())
        except KilledWorker:
            return one_by_one(self, ticket)
        except Mismatch as error:
            raise OptionError("cluster", str(error)) from None

    @contextmanager
    def _asked(self, *also: type[BaseException]) -> Iterator[None]:
        """Raises InputError where the scheduler does not answer any more: it can be lost at any question.

        ``also`` are errors that mean it where no worker's own can come: a connection that cannot be made is an OSError.
        """
        from distributed.comm.core import CommClosedError

        lost: tuple[type[BaseException], ...] = (CancelledError, FutureCancelled, CommClosedError, TimeoutError, *also)
        try:
            yield
        except lost as error:
            told = f"the scheduler was lost ({type(error).__name__}); --resume goes on when it is back"
            raise InputError([Problem(self._address, told)]) from None

    def close(self) -> None:
        self._client.close()


def _check_encryption(address: str) -> None:
    """Raises OptionError where Dask's settings and the address do not fit: asking in vain would take minutes."""
    from distributed.security import Security

    settings = Security().get_connection_args("client")
    if settings["require_encryption"] and not address.startswith("tls://"):
        raise OptionError("cluster", f"Dask's settings ask for encryption; {address[:80]!r} does not begin with tls://")
    if address.startswith("tls://") and settings["ssl_context"] is None:
        variables = ", ".join(
            f"DASK_DISTRIBUTED__COMM__TLS__{name}" for name in ("CA_FILE", "CLIENT__CERT", "CLIENT__KEY")
        )
        raise OptionError("cluster", f"tls:// needs the certificates that {variables} name")


def run_same(same: Same, run: Callable[[Job, Sequence[Item]], list[T]], job: Job, items: Sequence[Item]) -> list[T]:
    """What a worker does with a chunk. Raises Mismatch where its engine or its rules are not those of the batch."""
    host = socket.gethostname()
    if __version__ != same.engine:
        raise Mismatch(f"the worker on {host} has wrapgen {__version__}, not {same.engine}")
    try:
        rules = job.pack().hash
    except Exception as error:  # whatever it is, this machine cannot write
        raise Mismatch(f"the worker on {host} cannot read the rules: {type(error).__name__}: {error}") from None
    if rules != same.rules:
        raise Mismatch(f"the worker on {host} has other rules, {rules[:12]}, not {same.rules[:12]}")
    return run(job, items)
