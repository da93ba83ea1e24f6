"""A cluster of processes as a manual starts them: the batch's own end and the scheduler's, by kill -9."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.batch.test_run import ITEMS, files
from wrapgen.cli import cli

pytest.importorskip("distributed")

ENOUGH = 120  # seconds within which anything here has happened


def start(stack: ExitStack, *command: object) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-m", *map(str, command)]
    # A group of its own: a worker's processes end with it.
    process = subprocess.Popen(arguments, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    stack.callback(end, process)
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait(happened: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + ENOUGH
    while not happened():
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)


def articles(out: Path) -> int:
    """How many the manifest tells of."""
    manifest = out / "manifest.json"
    return json.loads(manifest.read_bytes())["articles"] if manifest.exists() else 0


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def test_what_a_killed_batch_and_a_killed_scheduler_leave_is_gone_on_with(stack: ExitStack, tmp_path: Path) -> None:
    lines, out, where = tmp_path / "days.jsonl", tmp_path / "out", tmp_path / "scheduler.json"
    lines.write_bytes(b"\n".join(item.data for item in (*ITEMS, *ITEMS)))
    batch = ["batch", str(lines), "--shard", "2", "--out"]
    listen = ("--host", "127.0.0.1", "--port", 0, "--no-dashboard")
    scheduler = start(stack, "dask", "scheduler", *listen, "--scheduler-file", where)
    wait(where.exists, scheduler)
    start(stack, "dask", "worker", "--scheduler-file", where, "--nworkers", 1, "--nthreads", 1, "--no-dashboard")
    address = json.loads(where.read_bytes())["address"]

    driver = start(stack, "wrapgen", *batch, out, "--cluster", address)
    wait(lambda: articles(out) > 0, driver)
    end(driver)
    done = articles(out)
    assert 0 < done < 2 * len(ITEMS) and not json.loads((out / "manifest.json").read_bytes())["finished"]

    driver = start(stack, "wrapgen", *batch, out, "--cluster", address, "--resume")
    wait(lambda: articles(out) > done, driver)
    scheduler.kill()
    assert driver.wait(ENOUGH) == 2 and driver.stderr is not None
    told = driver.stderr.read().decode()
    assert re.fullmatch(rf"{address}: the scheduler was lost .*; --resume goes on when it is back\n", told), told
    assert done < articles(out) < 2 * len(ITEMS)

    resumed = CliRunner().invoke(cli, [*batch, str(out), "--workers", "1", "--resume"])
    assert resumed.exit_code == 0 and "kept from before" in resumed.stderr
    CliRunner().invoke(cli, [*batch, str(tmp_path / "whole"), "--workers", "1"])
    assert files(out) == files(tmp_path / "whole")
