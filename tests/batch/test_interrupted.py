"""A batch that is killed, has no room left or loses its input is gone on with as if nothing had happened."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.batch.test_run import ITEMS, WRONG, files, run
from tests.cases.library import ROOT
from wrapgen.batch import parquet
from wrapgen.batch.work import Item, Job
from wrapgen.cli import cli

SOME = [*ITEMS[:5], WRONG]


def batch(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ("batch", *map(str, arguments)))


def killed_at(count: int, out: Path, job: Job, items: list[Item] = SOME) -> bool:
    """Whether a process that ends by SIGKILL when it puts its ``count``th file in place got so far."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    replace, calls = Path.replace, itertools.count(1)

    def counted(path: Path, target: Path) -> Path:
        if next(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return replace(path, target)

    try:
        Path.replace = counted  # type: ignore[assignment,method-assign]
        run(out, items, job=job)
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("format", ["json", "text"])
def test_a_driver_killed_at_any_of_its_writes_is_gone_on_with(tmp_path: Path, format: str) -> None:
    job = Job(format=format)
    run(tmp_path / "whole", SOME, job=job)
    counts = (count for count in itertools.count(1) if not killed_at(count, tmp_path / f"{count}", job))
    writes = next(counts) - 1
    assert writes >= 9, "files, notes, failures and the manifest after each of two shards, and the last two files"
    for count in range(1, writes + 1):
        assert any((tmp_path / f"{count}").rglob("*.tmp")), "killed in the middle of a write"
        run(tmp_path / f"{count}", SOME, job=job)
        assert files(tmp_path / f"{count}") == files(tmp_path / "whole")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_driver_killed_while_it_makes_anew_what_has_changed_is_gone_on_with(tmp_path: Path) -> None:
    changed = [WRONG, ITEMS[6]]  # and shorter
    run(tmp_path / "before", SOME)
    run(tmp_path / "whole", changed)
    for count in itertools.count(1):
        out = tmp_path / f"{count}"
        shutil.copytree(tmp_path / "before", out)
        if not killed_at(count, out, Job(), changed):
            break
        run(out, changed)
        assert files(out) == files(tmp_path / "whole"), count
    assert count > 6, "articles, failures, notes and manifest of a shard, and the last two files"


FULL = """
mount -t tmpfs -o size=160k none "$1" &&
"$2" -m wrapgen batch "$3" --out "$1/out" --workers 2 --shard 2 2>"$4/full.txt"; echo $? >"$4/full.code"
cp -r "$1/out" "$4/left"
mount -o remount,size=16m "$1" &&
"$2" -m wrapgen batch "$3" --out "$1/out" --workers 2 --shard 2 --resume 2>"$4/again.txt"; echo $? >"$4/again.code"
cp -r "$1/out" "$4/again"
"""
ALONE = ("unshare", "--map-root-user", "--mount")


def may_mount() -> bool:
    return shutil.which("unshare") is not None and not subprocess.run((*ALONE, "true"), capture_output=True).returncode


@pytest.mark.skipif(not may_mount(), reason="needs a namespace of its own, to mount a small disk")
def test_a_disk_that_is_full_is_told_and_leaves_what_can_be_gone_on_with(tmp_path: Path) -> None:
    disk, lines = tmp_path / "disk", tmp_path / "days.jsonl"
    disk.mkdir()
    lines.write_bytes(b"\n".join(item.data for item in ITEMS))
    script = ("sh", "-c", FULL, "sh", str(disk), sys.executable, str(lines), str(tmp_path))
    subprocess.run((*ALONE, *script), check=True, cwd=ROOT)

    assert (tmp_path / "full.code").read_text().strip() == "2"
    told = (tmp_path / "full.txt").read_text().splitlines()[-1]
    assert told.startswith(f"{disk}/out/")
    assert told.endswith(
        ": cannot be written: No space left on device; what is done stays, and --resume goes on from there"
    )
    manifest = json.loads((tmp_path / "left" / "manifest.json").read_text())
    assert not manifest["finished"] and 0 < manifest["articles"] < 23
    assert not list((tmp_path / "left").glob("*.tmp")), "nothing half written is left"

    assert (tmp_path / "again.code").read_text().strip() == "0"
    assert f"kept from before: {manifest['articles']} items" in (tmp_path / "again.txt").read_text()
    assert batch(lines, "--out", tmp_path / "whole", "--workers", "1", "--shard", "2").exit_code == 0
    assert files(tmp_path / "again") == files(tmp_path / "whole")


def test_input_that_breaks_off_is_told_after_what_is_whole_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(parquet, "_ROWS", 1)
    days = tmp_path / "days.parquet"
    pq.write_table(pa.table({"snapshot": [item.data for item in ITEMS[:9]]}), days, row_group_size=1)
    whole = days.read_bytes()
    place = pq.ParquetFile(days).metadata.row_group(6).column(0)
    at, size = place.data_page_offset, place.total_compressed_size
    days.write_bytes(whole[:at] + b"\xff" * size + whole[at + size :])
    command = (days, "--workers", "1", "--shard", "2")

    refused = batch(*command, "--out", tmp_path / "out")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"{days}: is damaged: ")
    left = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert (left["finished"], left["articles"]) == (False, 6), "the seventh row cannot be read"

    days.write_bytes(whole)
    resumed = batch(*command, "--out", tmp_path / "out", "--resume")
    assert resumed.exit_code == 0 and "kept from before: 6 items" in resumed.stderr
    assert batch(*command, "--out", tmp_path / "whole").exit_code == 0
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_a_snapshot_that_cannot_be_read_is_a_failure_and_is_made_when_it_can(tmp_path: Path) -> None:
    folder = tmp_path / "days"
    folder.mkdir()
    for item in ITEMS[:3]:
        (folder / f"{item.name}.json").write_bytes(item.data)
    lost = folder / "day-002.json"
    lost.unlink()
    lost.symlink_to(tmp_path / "nowhere")
    command = (folder, "--workers", "1", "--out", tmp_path / "out")
    assert batch(*command).exit_code == 3
    (failure,) = map(json.loads, (tmp_path / "out" / "failures.jsonl").read_text().splitlines())
    assert failure["name"] == "day-002"
    assert failure["problems"][0]["message"] == "cannot be read: No such file or directory"
    lost.unlink()
    lost.write_bytes(ITEMS[1].data)
    assert batch(*command, "--resume").exit_code == 0
    assert (tmp_path / "out" / "failures.jsonl").read_bytes() == b""


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "days.jsonl").write_bytes(ITEMS[0].data)
    (tmp_path / "file").write_text("")
    refused = batch(tmp_path / "days.jsonl", "--workers", "1", "--out", tmp_path / "file" / "out")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"{tmp_path / 'file' / 'out'}: Not a directory")
