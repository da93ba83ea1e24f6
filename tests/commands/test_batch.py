"""``wrapgen batch``: what it writes, tells and refuses, and what a kill -9 leaves behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.batch.conftest import TABLES
from tests.batch.test_run import ITEMS, WRONG, files
from wrapgen.cli import cli


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ("batch", *map(str, arguments)))


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "days.jsonl"
    path.write_bytes(b"\n".join(item.data for item in ITEMS))
    return path


def test_all_articles_is_success_and_the_report_goes_to_standard_error(tmp_path: Path, lines: Path) -> None:
    result = run(lines, "--out", tmp_path / "out", "--workers", "1")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(f"23 articles, 0 failed, in {tmp_path / 'out'}\n")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "failures.jsonl",
        "manifest.json",
        "part-00001.jsonl",
        "part-00001.notes.json",
    ]


def test_failures_have_an_exit_code_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for item in (ITEMS[0], WRONG):
        (tmp_path / "in" / f"{item.name}.json").write_bytes(item.data)
    result = run(tmp_path / "in", "--out", tmp_path / "out", "--workers", "1")
    assert result.exit_code == 3
    assert json.loads((tmp_path / "out" / "failures.jsonl").read_text())["name"] == "day-999"


def test_price_tables_are_a_batch_of_their_sessions(tmp_path: Path) -> None:
    prices = TABLES / "csv" / "yfinance.csv"
    more = ("--region", "hk", "--region", "us", "--workers", "1", "--format", "text")
    result = run(prices, "--date", "2025-11-03..2025-11-12", *more, "--out", tmp_path / "out")
    assert result.exit_code == 3, result.stderr  # nothing goes before the first day of the table
    made = sorted(path.name for path in (tmp_path / "out" / "part-00001").iterdir())
    assert len(made) == 14 and made[0] == "hk-2025-11-04.txt"
    failures = [json.loads(line) for line in (tmp_path / "out" / "failures.jsonl").read_text().splitlines()]
    assert [failure["name"] for failure in failures] == ["hk-2025-11-03", "us-2025-11-03"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("none.jsonl",), "none.jsonl: cannot be read: No such file or directory"),
        (
            ("days.jsonl", "--style", "huose"),
            "--style: 'huose' is unknown; allowed: agency",
        ),
        (("days.jsonl", "--region", "us"), "--date: is needed with --region"),
        (("days.jsonl", "--date", "2025-11-12"), "--region: is needed with --date"),
        (("days.jsonl", "--date", "2025-11-12", "--region", "uss"), "--region: 'uss' is no region"),
    ],
)
def test_what_cannot_be_done_is_told(
    tmp_path: Path, lines: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments, "--out", "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(told)


def test_a_batch_is_gone_on_with_only_where_that_is_asked(tmp_path: Path, lines: Path) -> None:
    again = (lines, "--out", tmp_path / "out", "--workers", "1")
    assert run(*again).exit_code == 0
    refused = run(*again)
    assert refused.exit_code == 2 and "--resume goes on with it" in refused.stderr
    resumed = run(*again, "--resume")
    assert resumed.exit_code == 0 and "kept from before: 23 items" in resumed.stderr


def children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see the workers")
def test_a_killed_batch_leaves_no_workers_and_is_finished_by_resume(tmp_path: Path, lines: Path) -> None:
    run(lines, "--out", tmp_path / "whole", "--workers", "1", "--shard", "2")
    command = [sys.executable, "-m", "wrapgen", "batch", str(lines), "--workers", "2", "--shard", "2"]
    driver = subprocess.Popen([*command, "--out", str(tmp_path / "out")], stderr=subprocess.DEVNULL)
    manifest = tmp_path / "out" / "manifest.json"
    deadline = time.monotonic() + 120
    while not manifest.exists() and driver.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    hands = children(driver.pid)
    driver.send_signal(signal.SIGKILL)
    driver.wait()
    assert manifest.exists() and hands
    while any(os.path.exists(f"/proc/{pid}") for pid in hands) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(os.path.exists(f"/proc/{pid}") for pid in hands)
    assert subprocess.run([*command, "--out", str(tmp_path / "out"), "--resume"], capture_output=True).returncode == 0
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_an_earlier_batch_is_not_opened_like(tmp_path: Path, lines: Path) -> None:
    lines.write_bytes(ITEMS[0].data)
    one = (lines, "--workers", "1", "--out", tmp_path / "monday")
    assert run(*one).exit_code == 0
    assert run(lines, "--workers", "1", "--out", tmp_path / "tuesday", "--after", tmp_path / "monday").exit_code == 0
    first, second = ((tmp_path / day / "part-00001.jsonl").read_text() for day in ("monday", "tuesday"))
    headlines = [json.loads(text.splitlines()[0])["headline"] for text in (first, second)]
    assert headlines[0] != headlines[1]
    refused = run(lines, "--out", tmp_path / "more", "--after", tmp_path / "none")
    assert refused.exit_code == 2 and "manifest.json: cannot be read" in refused.stderr
    assert not (tmp_path / "more").exists()
