"""Worker processes: what becomes of those that do not live."""

from __future__ import annotations

import os
from typing import Any, cast

import pytest

from wrapgen.batch import workers
from wrapgen.batch.work import Job, Task
from wrapgen.batch.workers import Workers
from wrapgen.errors import OptionError


def _die(parent: int) -> None:
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
