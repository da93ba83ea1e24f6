from __future__ import annotations

import os

import orjson
import pytest

import wrapgen
from bench.batch import main, tree_megabytes, varied
from tests.thorough import thorough


def test_the_items_differ_and_are_snapshots() -> None:
    items = list(varied(5))
    assert len(set(items)) == 5
    for item in items:
        wrapgen.read_snapshot(orjson.loads(item))


def test_memory_is_that_of_the_tree() -> None:
    assert tree_megabytes(os.getpid()) > 10


@thorough
def test_it_tells_rate_memory_and_floor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--items", "4", "--workers", "2"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line[:24].strip() for line in told[1:4]] == ["2 workers", "one process", "parsed and written back"]
    assert "times one process" in told[4]
