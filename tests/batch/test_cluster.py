"""The same batch on a Dask cluster of two worker processes, one of which is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.batch.test_run import ITEMS, WRONG, files, run
from tests.cases.library import ROOT
from wrapgen.batch.cluster import Cluster, Mismatch, Same, run_same
from wrapgen.batch.run import run_batch
from wrapgen.batch.shards import Output
from wrapgen.batch.work import WRITE, Item, Job, Outcome, Task, failed
from wrapgen.cli import cli
from wrapgen.errors import InputError, OptionError
from wrapgen.version import __version__

pytestmark = pytest.mark.xdist_group("cluster")  # they share what takes long to make

needs_dask = pytest.mark.skipif(find_spec("distributed") is None, reason="Dask (wrapgen[cluster]) is not installed")
RULES = Job().pack().hash


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster


@pytest.fixture
def address(local: Any) -> str:
    return str(local.scheduler_address)


@pytest.fixture
def cluster(address: str) -> Iterator[Cluster]:
    hands = Cluster(address, RULES)
    yield hands
    hands.close()


def slowly(job: Job, items: Sequence[Item]) -> list[Outcome]:
    """As a batch writes, but so that its worker is seen at work."""
    time.sleep(0.3)
    return WRITE.run(job, items)


@needs_dask
def test_a_cluster_writes_the_bytes_of_one_machine_though_a_worker_is_killed(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [*ITEMS, WRONG]
    run(tmp_path / "one", items, shard=3)
    monkeypatch.setattr("wrapgen.batch.run.WRITE", WRITE._replace(run=slowly))
    pids = cluster._client.run(os.getpid)
    killed: list[int] = []

    def kill(done: int, failures: int) -> None:
        for _ in range(200 if not killed else 0):  # until one is seen at work: what is done is told before that
            busy = [worker for worker, keys in cluster._client.processing().items() if keys]
            if busy:
                killed.append(pids[busy[0]])
                os.kill(killed[0], signal.SIGKILL)
                return
            time.sleep(0.01)

    output = Output.open(tmp_path / "many", Job(), RULES, resume=False)
    run_batch(items, output, cluster, kill, shard=3)
    assert killed and killed[0] not in cluster._client.run(os.getpid).values()
    assert files(tmp_path / "many") == files(tmp_path / "one")


@needs_dask
def test_a_worker_with_other_rules_ends_the_batch(address: str) -> None:
    hands = Cluster(address, "0123456789abcdef")
    try:
        with pytest.raises(OptionError, match=r"cluster: the worker on .* has other rules, .*, not 0123456789ab"):
            hands.results(hands.submit(WRITE, Job(), ITEMS[:1]))
    finally:
        hands.close()


@needs_dask
def test_the_command_works_on_a_cluster(address: str, tmp_path: Path) -> None:
    lines = tmp_path / "days.jsonl"
    lines.write_bytes(b"\n".join(item.data for item in ITEMS[:4]))
    command = ("batch", str(lines), "--out", str(tmp_path / "out"), "--cluster", address)
    refused = CliRunner().invoke(cli, (*command, "--workers", "2"))
    assert refused.exit_code == 2 and refused.stderr.startswith("--workers: is for this machine alone")
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.stderr
    assert result.stderr.startswith("4 articles, 0 failed")


@needs_dask
def test_an_item_that_kills_its_workers_is_a_failure_and_the_others_are_written(
    local: Any, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One death is enough to suspect a task: the default, more than three, is only slower.
    monkeypatch.setattr(local.scheduler, "allowed_failures", 0)

    def explode(job: Job, items: Sequence[Item]) -> list[Any]:
        if any(item.name == "bomb" for item in items):
            os._exit(9)
        return [item.name for item in items]

    items = [ITEMS[0], Item("bomb", b""), ITEMS[1]]
    first, bomb, last = cluster.results(cluster.submit(Task(explode, failed), Job(), items))
    assert (first, last) == ("day-001", "day-002")
    assert bomb.problems[0]["message"] == "the process that wrote it died every time"


@needs_dask
def test_a_driver_that_is_killed_is_gone_on_with(address: str, tmp_path: Path) -> None:
    lines, manifest = tmp_path / "days.jsonl", tmp_path / "out" / "manifest.json"
    lines.write_bytes(b"\n".join(item.data for item in ITEMS))
    command = ("batch", str(lines), "--shard", "2", "--out")
    driver = subprocess.Popen(
        [sys.executable, "-m", "wrapgen", *command, str(tmp_path / "out"), "--cluster", address],
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    deadline = time.monotonic() + 120
    while not manifest.exists() and driver.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    driver.kill()
    driver.wait()
    assert 0 < json.loads(manifest.read_bytes())["articles"] < len(ITEMS)
    resumed = CliRunner().invoke(cli, (*command, str(tmp_path / "out"), "--cluster", address, "--resume"))
    assert resumed.exit_code == 0 and "kept from before: " in resumed.stderr
    assert CliRunner().invoke(cli, (*command, str(tmp_path / "whole"), "--workers", "1")).exit_code == 0
    assert files(tmp_path / "out") == files(tmp_path / "whole")


@needs_dask
@pytest.mark.parametrize("question", ["nthreads", "submit"])
@pytest.mark.parametrize("name", ["CommClosedError", "OSError"])
def test_a_scheduler_that_is_lost_is_told_at_any_question(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, question: str, name: str
) -> None:
    """Where no connection can be made any more Dask has a plain OSError, which was told as a full disk."""
    from distributed.comm.core import CommClosedError

    error = {"CommClosedError": CommClosedError, "OSError": OSError}[name]

    def lost(*arguments: Any, **more: Any) -> Any:
        raise error("reset by peer")

    monkeypatch.setattr(cluster._client, question, lost)
    with pytest.raises(InputError, match=rf"the scheduler was lost \({name}\); --resume goes on"):
        assert cluster.width
        cluster.submit(WRITE, Job(), ITEMS[:1])


@needs_dask
def test_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wrapgen.batch.cluster._PATIENCE", 1)
    with pytest.raises(OptionError, match="no scheduler answers at 'tcp://127.0.0.1:9'"):
        Cluster("tcp://127.0.0.1:9", RULES)


@needs_dask
def test_settings_of_tls_that_do_not_fit_the_address_are_told_at_once() -> None:
    import dask

    with pytest.raises(OptionError, match="needs the certificates that DASK_DISTRIBUTED__COMM__TLS__CA_FILE, "):
        Cluster("tls://127.0.0.1:9", RULES)
    with (
        dask.config.set({"distributed.comm.require-encryption": True}),
        pytest.raises(OptionError, match="ask for encryption; 'tcp://127.0.0.1:9' does not begin with tls://"),
    ):
        Cluster("tcp://127.0.0.1:9", RULES)


def test_without_dask_it_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wrapgen.batch.cluster.find_spec", lambda name: None)
    with pytest.raises(OptionError, match=r"needs Dask, which is not installed: pip install 'wrapgen\[cluster\]'"):
        Cluster("tcp://127.0.0.1:8786", RULES)


def test_a_worker_writes_only_by_the_engine_and_the_rules_of_the_batch() -> None:
    same = Same(__version__, RULES)
    assert [outcome.name for outcome in run_same(same, WRITE.run, Job(), ITEMS[:1])] == ["day-001"]
    with pytest.raises(Mismatch, match="has wrapgen .*, not 99"):
        run_same(same._replace(engine="99"), WRITE.run, Job(), [])
    with pytest.raises(Mismatch, match="has other rules"):
        run_same(same._replace(rules="x"), WRITE.run, Job(), [])
    with pytest.raises(Mismatch, match="cannot read the rules"):
        run_same(same, WRITE.run, Job(rules="/nowhere/at/all"), [])
