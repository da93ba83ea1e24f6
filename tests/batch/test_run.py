"""A batch: every item ends as an article or a failure, whatever dies on the way."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

import wrapgen
from wrapgen.batch import shards, work
from wrapgen.batch.run import Report, run_batch
from wrapgen.batch.shards import Output
from wrapgen.batch.work import WRITE, Item, Job, write_items
from wrapgen.batch.workers import Workers
from wrapgen.errors import InputError
from wrapgen.render import FORMATS

pytestmark = pytest.mark.xdist_group("batch")  # they share what takes long to make


def item(number: int, **more: Any) -> Item:
    move = round(0.1 * (number % 19) - 0.9, 2) or 0.3
    markets = [{"id": "HSI", "change_pct": move, "level": 20000.0 + number}, {"id": "N225", "change_pct": -move}]
    snapshot = {"region": "asia-pacific", "as_of": "2025-11-12", "phase": "close", "markets": markets, **more}
    return Item(f"day-{number:03}", orjson.dumps(snapshot))


ITEMS = [item(number) for number in range(1, 24)]
WRONG = Item("day-999", b'{"region": "asia-pacific"}')


def run(
    out: Path, items: list[Item] = ITEMS, *, job: Job | None = None, workers: int = 1, shard: int = 5, **more: Any
) -> Report:
    job = job or Job()
    output = Output.open(out, job, job.pack().hash, resume=True)
    hands = Workers(workers)
    try:
        return run_batch(items, output, hands, shard=shard, **more)
    finally:
        hands.close()


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("undisturbed")
    run(folder, [*ITEMS, WRONG])
    return files(folder)


def test_every_item_is_an_article_or_a_failure(undisturbed: dict[str, bytes]) -> None:
    shards = [name for name in sorted(undisturbed) if re.fullmatch(r"part-\d+\.jsonl", name)]
    articles = [json.loads(line)["name"] for name in shards for line in undisturbed[name].splitlines()]
    assert articles == [each.name for each in ITEMS], "once each, in the order of the input"
    failures = [json.loads(line) for line in undisturbed["failures.jsonl"].splitlines()]
    assert [failure["name"] for failure in failures] == ["day-999"]
    assert {problem["pointer"] for problem in failures[0]["problems"]} == {"/as_of", "/markets"}
    manifest = json.loads(undisturbed["manifest.json"])
    assert (manifest["articles"], manifest["failures"], manifest["finished"]) == (23, 1, True)
    assert sum(shard["articles"] for shard in manifest["shards"]) == 23


def test_an_article_is_that_of_the_engine(undisturbed: dict[str, bytes]) -> None:
    first = json.loads(undisturbed["part-00001.jsonl"].splitlines()[0])
    article = wrapgen.write(wrapgen.read_snapshot(json.loads(ITEMS[0].data)))
    assert first == {"name": "day-001", **json.loads(orjson.dumps(article.to_dict()))}


def test_processes_write_the_same_bytes(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    run(tmp_path, [*ITEMS, WRONG], workers=2)
    assert files(tmp_path) == undisturbed


def test_a_worker_that_is_killed_loses_nothing(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    killed: list[int] = []

    def kill(done: int, failures: int) -> None:
        victim = multiprocessing.active_children()[0] if len(killed) < 2 else None
        if victim is not None and victim.pid:
            os.kill(victim.pid, signal.SIGKILL)
            killed.append(victim.pid)

    run(tmp_path, [*ITEMS, WRONG], workers=2, progress=kill)
    assert len(killed) == 2
    assert files(tmp_path) == undisturbed


class Bomb(bytes):
    """Ends the process that unpickles it."""

    def __reduce__(self) -> Any:
        return os._exit, (9,)


def test_an_item_that_kills_its_worker_is_a_failure_and_the_others_are_written() -> None:
    hands = Workers(2)
    try:
        outcomes = hands.results(hands.submit(WRITE, Job(), [ITEMS[0], Item("bomb", Bomb(b"x")), ITEMS[1]]))
    finally:
        hands.close()
    assert [(outcome.name, bool(outcome.article)) for outcome in outcomes] == [
        ("day-001", True),
        ("bomb", False),
        ("day-002", True),
    ]
    assert outcomes[1].problems[0]["message"] == "the process that wrote it died every time"


class Stop(Exception):
    pass


def stop_after(count: int) -> Callable[[int, int], None]:
    def progress(done: int, failures: int) -> None:
        if done > count:
            raise Stop

    return progress


def test_a_batch_that_stopped_goes_on_where_it_was(undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    with pytest.raises(Stop):
        run(tmp_path, [*ITEMS, WRONG], progress=stop_after(12))
    assert not json.loads((tmp_path / "manifest.json").read_text())["finished"]
    report = run(tmp_path, [*ITEMS, WRONG])
    assert report.kept == 10
    assert files(tmp_path) == undisturbed


def test_a_full_disk_leaves_what_was_written(
    undisturbed: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = shards.write_whole

    def full(path: Path, data: bytes) -> None:
        if path.name == "part-00003.jsonl":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        whole(path, data)

    monkeypatch.setattr(shards, "write_whole", full)
    with pytest.raises(OSError, match="No space left"):
        run(tmp_path, [*ITEMS, WRONG])
    monkeypatch.undo()
    assert run(tmp_path, [*ITEMS, WRONG]).kept == 10
    assert files(tmp_path) == undisturbed


def written(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("part-*")}


def test_only_what_changed_is_done_again(tmp_path: Path) -> None:
    run(tmp_path)
    before = written(tmp_path)
    assert run(tmp_path).kept == 23 and written(tmp_path) == before
    changed = [*ITEMS[:7], item(700), *ITEMS[8:]]
    assert run(tmp_path, changed).kept == 18
    assert {name for name, time in written(tmp_path).items() if time != before[name]} == {
        "part-00002.jsonl",
        "part-00002.notes.json",
    }
    assert b"day-700" in (tmp_path / "part-00002.jsonl").read_bytes()


def test_other_options_are_another_batch(tmp_path: Path) -> None:
    run(tmp_path)
    assert run(tmp_path, job=Job(variant=1)).kept == 0
    assert run(tmp_path, job=Job(variant=1)).kept == 23


def test_a_damaged_or_lost_shard_is_made_anew(tmp_path: Path) -> None:
    run(tmp_path)
    whole = files(tmp_path)
    (tmp_path / "part-00002.jsonl").write_bytes(b"half")
    (tmp_path / "part-00004.jsonl").unlink()
    assert run(tmp_path).kept == 13
    assert files(tmp_path) == whole


def test_a_shorter_input_leaves_no_shards_of_the_longer_one(tmp_path: Path) -> None:
    run(tmp_path / "long")
    run(tmp_path / "long", ITEMS[:7])
    run(tmp_path / "short", ITEMS[:7])
    assert files(tmp_path / "long") == files(tmp_path / "short")


def test_a_failure_that_was_mended_is_no_failure_any_more(tmp_path: Path) -> None:
    run(tmp_path / "mended", [WRONG, *ITEMS[:6]])
    run(tmp_path / "mended", [item(999), *ITEMS[:6]])
    run(tmp_path / "right", [item(999), *ITEMS[:6]])
    assert files(tmp_path / "mended") == files(tmp_path / "right")


def test_other_formats_are_a_file_an_article(tmp_path: Path) -> None:
    run(tmp_path, ITEMS[:6], job=Job(format="markdown"))
    assert sorted(path.name for path in (tmp_path / "part-00001").iterdir())[0] == "day-001.md"
    article = wrapgen.write(wrapgen.read_snapshot(json.loads(ITEMS[5].data)))
    assert (tmp_path / "part-00002" / "day-006.md").read_text() == article.render("markdown")
    run(tmp_path, ITEMS[:6])
    assert not (tmp_path / "part-00001").exists() and (tmp_path / "part-00001.jsonl").exists()


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "json"])
def test_every_format_has_an_ending_of_its_files(tmp_path: Path, format: str) -> None:
    run(tmp_path, ITEMS[:1], job=Job(format=format))
    (path,) = (tmp_path / "part-00001").iterdir()
    assert path.stem == "day-001" and path.suffix[1:].isalpha()
    article = wrapgen.write(wrapgen.read_snapshot(json.loads(ITEMS[0].data)))
    assert path.read_text("utf-8") == article.render(format)


def test_a_fault_of_the_engine_is_a_failure_of_one_item(monkeypatch: pytest.MonkeyPatch) -> None:
    writing = work.writing

    def broken(snapshot: Any, pack: Any, **options: Any) -> Any:
        if snapshot.markets[0].level == 20002.0:
            raise ZeroDivisionError("by nothing")
        return writing(snapshot, pack, **options)

    monkeypatch.setattr(work, "writing", broken)
    outcomes = write_items(Job(), ITEMS[:3])
    assert [bool(outcome.article) for outcome in outcomes] == [True, False, True]
    assert outcomes[1].problems[0]["message"] == "internal error: ZeroDivisionError: by nothing"


def test_items_side_by_side_are_what_each_is_alone() -> None:
    items = [*ITEMS[:5], Item("none", b"{}"), Item("cut", b'{"region"'), Item("gone", b"", "no such file"), ITEMS[5]]
    together = [outcome._replace(seconds=0.0) for outcome in write_items(Job(), items)]
    assert together == [write_items(Job(), [item])[0]._replace(seconds=0.0) for item in items]
    assert [bool(outcome.article) for outcome in together] == [True] * 5 + [False] * 3 + [True]


def test_a_folder_with_a_batch_is_not_written_over(tmp_path: Path) -> None:
    run(tmp_path, ITEMS[:1])
    with pytest.raises(InputError, match="holds a batch already; --resume goes on with it"):
        Output.open(tmp_path, Job(), "", resume=False)
    (tmp_path / "manifest.json").write_text("[1]")
    with pytest.raises(InputError, match="is no manifest of a batch"):
        Output.open(tmp_path, Job(), "", resume=True)
