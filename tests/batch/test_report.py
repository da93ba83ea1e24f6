"""What a batch says of itself at the end, in its manifest and to people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.batch.test_run import ITEMS, WRONG, Stop, item, run, stop_after
from wrapgen.batch.report import Report, added_up, tally
from wrapgen.batch.work import Item, Job, Outcome, write_items
from wrapgen.unusual import Sign

HELD = Item("crash", ITEMS[0].data.replace(b'"change_pct":-0.8', b'"change_pct":-25.0'))


def manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text())


def made(name: str, angle: str = "mixed", *signs: Sign) -> Outcome:
    return Outcome(name, b"text", (), "us", angle, signs)


def refused(name: str, **problem: Any) -> Outcome:
    return Outcome(name, problems=({"pointer": "", "message": "is wrong", **problem},))


def test_it_counts_by_region_angle_and_gate(tmp_path: Path) -> None:
    run(tmp_path, [*ITEMS, WRONG, HELD])
    told = manifest(tmp_path)["report"]
    assert (told["articles"], told["failures"], told["regions"]) == (23, 2, {"asia-pacific": 23})
    assert sum(told["angles"].values()) == 23
    assert told["gates"] == {"hold": {"beyond_kind": 1}, "refuse": {}}
    assert told["reasons"] == {"is missing, and is required": 1}, "what a gate stopped is counted by the gate"


def test_a_gate_that_an_item_fails_twice_by_counts_once() -> None:
    twice = refused("a", gate="split_jump", severity="hold")
    twice = twice._replace(problems=twice.problems * 2)
    assert tally([twice, refused("b", gate="future", severity="refuse")])["gates"] == {
        "hold": {"split_jump": 1},
        "refuse": {"future": 1},
    }


def test_the_most_unusual_of_all_shards_come_first() -> None:
    shards = [
        tally([made("a", "mixed", Sign("move", 2.0, "SPX +2%")), made("b", "mixed", Sign("move", 9.0, "KS11 -9%"))]),
        tally([made(f"c{n}", "mixed", Sign("move", 3.0 + n, f"HSI {n}")) for n in range(5)]),
        tally([made("rare", "reversal", Sign("close", -0.1, "by 0.1"), Sign("left_out", 4, "4 warnings"))]),
    ]
    assert added_up(shards)["look_at"] == [
        {"name": "rare", "why": "rare angle: reversal, 1 of the batch"},
        {"name": "a", "why": "rare angle: mixed, 7 of the batch"},
        {"name": "b", "why": "largest moves: KS11 -9%"},
        {"name": "c4", "why": "largest moves: HSI 4"},
        {"name": "c3", "why": "largest moves: HSI 3"},
        {"name": "rare", "why": "angles that nearly lost to another: by 0.1"},
        {"name": "rare", "why": "much sent that is not told: 4 warnings"},
    ]


def test_an_article_tells_its_move_its_margin_and_the_gates_that_were_forced() -> None:
    quiet, forced = write_items(Job(override=("beyond_kind",)), [ITEMS[0], HELD])
    told = {sign.kind: sign for sign in quiet.signs}
    assert told["move"].told in ("HSI -0.8%", "N225 +0.8%") and told["close"].told.startswith(f"{quiet.angle} over ")
    assert "gate" not in told
    told = {sign.kind: sign for sign in forced.signs}
    assert (told["move"].told, told["gate"].told) == ("HSI -25%", "accepted: beyond_kind")


def test_what_was_not_told_and_what_could_not_be_checked_is_a_sign() -> None:
    snapshot = orjson.loads(item(3).data)
    snapshot["stocks"] = [{"ticker": "AAA", "exchange": "XHKG", "name": "Alpha"}]
    outcome = write_items(Job(), [Item("a", orjson.dumps(snapshot))])[0]
    assert {sign.kind: sign.told for sign in outcome.signs}["left_out"] == "1 warning"


def test_a_batch_that_stopped_reports_what_one_that_did_not_does(tmp_path: Path) -> None:
    run(tmp_path / "whole", [*ITEMS, WRONG, HELD])
    with pytest.raises(Stop):
        run(tmp_path / "stopped", [*ITEMS, WRONG, HELD], progress=stop_after(12))
    assert "report" not in manifest(tmp_path / "stopped")
    run(tmp_path / "stopped", [*ITEMS, WRONG, HELD])
    assert manifest(tmp_path / "stopped") == manifest(tmp_path / "whole")


def test_people_are_told_a_fact_a_line(tmp_path: Path) -> None:
    report = run(tmp_path, [*ITEMS, WRONG, HELD])
    told = report.lines(manifest(tmp_path)["report"], tmp_path)
    assert told[0] == f"23 articles, 2 failed, in {tmp_path}"
    assert "by region: asia-pacific 23" in told
    assert "held by gate: beyond_kind 1" in told
    assert "failed (1): is missing, and is required" in told
    assert any(line.startswith("look at: day-") for line in told)
    assert sum(line.startswith("slowest: ") for line in told) == 5


def test_the_slowest_are_told_slowest_first() -> None:
    report = Report()
    for seconds in (3.0, 1.0, 7.0, 5.0, 2.0, 4.0):
        report.add([made(f"s{seconds:g}")._replace(seconds=seconds)])
    assert [name for _, name in report.slowest] == ["s7", "s5", "s4", "s3", "s2"]
