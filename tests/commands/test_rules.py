"""``wrapgen rules``: what its commands print, and how they end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cases.library import ROOT
from wrapgen.cli import cli

SEED = str(ROOT / "seeds" / "asia-2025-11-12-morning.json")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ("rules", *arguments))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A pack with a verb that no lexicon has."""
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", folder, ignore=shutil.ignore_patterns("__pycache__", "days"))
    file = folder / "sentences" / "markets.yaml"
    file.write_text(file.read_text("utf-8").replace("[outpaced] most", "[outpacd] most", 1), "utf-8")
    return folder


def test_copy_gives_rules_to_work_on_and_overwrites_nothing(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    assert run("copy", str(mine)).exit_code == 0
    assert {p.relative_to(mine) for p in mine.rglob("*.yaml")} == {
        p.relative_to(ROOT / "rules") for p in (ROOT / "rules").rglob("*.yaml")
    }
    assert not list(mine.rglob("*.py")) and run("check", "--rules", str(mine)).exit_code == 0
    again = run("copy", str(mine))
    assert again.exit_code == 2 and "is there already" in again.stderr


def test_check_finds_nothing_in_the_rules_that_ship() -> None:
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "No problem found.\n")


def test_check_tells_file_line_and_the_nearest(broken: Path) -> None:
    result = run("check", "--rules", str(broken))
    assert result.exit_code == 1
    assert "sentences/markets.yaml:" in result.stdout and 'did you mean "outpaced"' in result.stdout
    told = json.loads(run("check", "--rules", str(broken), "--format", "json").stdout)
    assert told[0]["file"] == "sentences/markets.yaml" and told[0]["line"] > 1 and told[0]["nearest"] == "outpaced"


def test_a_pack_that_does_not_load_is_not_tested(broken: Path) -> None:
    result = run("test", "--rules", str(broken))
    assert result.exit_code == 2 and result.stdout == "" and "sentences/markets.yaml:" in result.stderr


def test_test_counts_what_it_ran() -> None:
    told = json.loads(run("test", "--format", "json").stdout)
    assert told["passed"] and told["entries"] > 500 and told["cases"] > 500 and told["untested"] == []


def test_replay_of_the_same_rules_changes_nothing() -> None:
    result = run("replay", SEED, "--against", str(ROOT / "rules"))
    assert result.exit_code == 0 and result.stdout.startswith("1 days: 0 change")
    assert run("replay", SEED, "--against", str(ROOT / "rules"), "--format", "html").stdout.startswith(
        "<!doctype html>"
    )
    assert json.loads(run("replay", SEED, "--against", str(ROOT / "rules"), "--format", "json").stdout)["changed"] == []


def test_explain_tells_the_nearest_of_an_unknown_name() -> None:
    result = run("explain", "clim", SEED)
    assert result.exit_code == 2 and "climb" in result.stderr
    assert "climbs, climbed" in run("explain", "climb", SEED).stdout


def test_fired_lists_the_rules_of_a_day() -> None:
    told = json.loads(run("fired", SEED, "--format", "json").stdout)
    assert told["days"] == ["asia-2025-11-12-morning"] and told["articles"] > 10
    assert any("focus.leads.session" in rule for rule in told["rules"]) and told["never"]


def test_facts_lists_what_a_rule_can_ask_for_and_by_a_word(broken: Path) -> None:
    listed = run("facts").stdout
    assert (
        "market.from_median" in listed
        and "{stocks}" in listed
        and "asked of each of the region's own indices" in listed
    )
    some = run("facts", "median").stdout
    assert "market.from_median" in some and "{stocks}" not in some
    assert {term["what"] for term in json.loads(run("facts", "--format", "json").stdout)} >= {"over", "fact", "slot"}
    assert run("facts", "zzzz").exit_code == 2


def test_explain_offers_a_few_names_for_one_that_is_unknown() -> None:
    told = run("explain", "frobnicate", SEED).stderr
    assert told.startswith("NAME: 'frobnicate' is no fact") and len(told) < 250
