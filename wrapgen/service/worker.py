"""gunicorn's worker with threads, which leaves a new connection to a worker that has fewer.

Workers share one listening socket, and whoever wakes first takes a connection. A newsroom's tools keep theirs, so that
one worker may come to have seven of eight, and answer them one after the other, while the next has nothing to do.
"""

from __future__ import annotations

import sys
from multiprocessing.sharedctypes import RawArray
from time import monotonic, sleep
from typing import Any, Final

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

# Made when gunicorn reads its configuration, so that all workers have the same; each writes its own place alone.
_PLACES: Final = 64
_FREE: Final = -1
_held = RawArray("q", [_FREE] * _PLACES)  # the connections that a worker has
_taken = RawArray("q", _PLACES)  # those that it has ever taken

# Seconds that the others have to take it, and after which one looks whether they have. Who writes an article keeps
# Python's lock, and cannot take one sooner.
_GRACE: Final = 0.02
_LOOK: Final = 0.002

# Seconds after which a thread that is at work lets another go on. An article takes less, and so who has begun one ends
# it: by turns, as Python would have it after 0.005, four would each be late. Beside a batch the others wait this long.
_TURN: Final = 0.01


class Worker(ThreadWorker):  # type: ignore[misc]
    """Takes part while it answers: as long as it loads, and once it is told to end, it is left out of account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._count = 0
        self._answers = False
        super().__init__(*args, **kwargs)

    @property
    def nr_conns(self) -> int:
        """The connections that it has."""
        return self._count

    @nr_conns.setter
    def nr_conns(self, count: int) -> None:
        place = place_of(self)
        if count > self._count:
            _taken[place] += 1
        if self._answers:
            _held[place] = count if self.alive else _FREE
        self._count = count

    def run(self) -> None:
        sys.setswitchinterval(_TURN)
        self._answers = True
        _held[place_of(self)] = self._count
        super().run()

    def accept(self, listener: Any) -> None:
        if not self._left_to_others():
            super().accept(listener)  # where there is none any more, it does nothing

    def _left_to_others(self) -> bool:
        """Whether one with fewer connections took one while this one waited for that.

        Then whatever waits now is another, and is for them too.
        """
        lighter = [place for place, count in enumerate(_held) if _FREE < count < self._count]
        before = [_taken[place] for place in lighter]
        until = monotonic() + _GRACE
        while lighter and monotonic() < until:
            sleep(_LOOK)
            if [_taken[place] for place in lighter] != before:
                return True
        return False


def place_of(worker: Any) -> int:
    return int(worker.age) % _PLACES


def forget(worker: Any) -> None:
    """A worker that has ended, however it did."""
    _held[place_of(worker)] = _FREE
