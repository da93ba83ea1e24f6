"""``wrapgen snapshot``: what it prints, writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.batch.conftest import TABLES
from tests.prices import FOLDER
from wrapgen.cli import cli
from wrapgen.commands.snapshot import PHASES
from wrapgen.intake import schema

PRICES = str(TABLES / "csv" / "yfinance.csv")


def run(*arguments: str, prices: str = PRICES, region: str = "hk", date: str = "2025-11-12") -> Result:
    return CliRunner().invoke(cli, ("snapshot", "--prices", prices, "--region", region, "--date", date, *arguments))


def refused(result: Result) -> list[str]:
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert "Traceback" not in result.stderr
    return result.stderr.splitlines()


def test_it_prints_a_snapshot_that_write_reads() -> None:
    made = run("--phase", "close")
    assert (made.exit_code, made.stderr) == (0, "")
    article = CliRunner().invoke(cli, ["write", "-"], input=made.stdout)
    assert article.exit_code == 0 and "Hang Seng" in article.stdout


def test_several_paths_may_follow_prices() -> None:
    files = [str(path) for path in sorted((TABLES / "csv" / "classic").iterdir())]
    result = CliRunner().invoke(cli, ["snapshot", "--prices", *files, "--region", "hk", "--date", "2025-11-12"])
    assert [market["id"] for market in json.loads(result.stdout)["markets"]] == ["HSI", "SPX"]


def test_a_range_is_a_line_a_session_or_a_file_each(tmp_path: Path) -> None:
    days = "2025-11-04..2025-11-12"
    lines = run(date=days).stdout.splitlines()
    assert [json.loads(line)["as_of"] for line in lines][:4] == ["2025-11-04", "2025-11-05", "2025-11-06", "2025-11-07"]
    assert run("--out", str(tmp_path / "a.jsonl"), date=days).stdout == ""
    assert (tmp_path / "a.jsonl").read_text().splitlines() == lines
    run("--out", str(tmp_path / "all" / "hk"), date=days)
    files = sorted((tmp_path / "all" / "hk").iterdir())
    assert [file.name for file in files][0] == "hk-2025-11-04.json" and len(files) == 7
    assert [file.read_text().rstrip() for file in files] == lines


def test_one_day_goes_into_a_file_or_into_a_folder_that_is_there(tmp_path: Path) -> None:
    run("--out", str(tmp_path / "one.json"))
    run("--out", str(tmp_path))
    assert (tmp_path / "one.json").read_text() == (tmp_path / "hk-2025-11-12.json").read_text() == run().stdout


def test_a_day_of_a_range_without_a_snapshot_is_told_and_the_rest_made() -> None:
    result = run(date="2025-11-03..2025-11-05")
    assert result.exit_code == 0 and len(result.stdout.splitlines()) == 2
    assert result.stderr == (
        "hk 2025-11-03: nothing says how its markets moved on 2025-11-03: no price of the session before\n"
    )


def test_a_single_day_without_a_snapshot_is_refused() -> None:
    assert refused(run(date="2025-11-08")) == ["2025-11-08: 2025-11-08 was no session of HSI"]
    assert refused(run(date="2024-01-01..2024-02-01")) == [
        "2024-01-01..2024-02-01: the tables hold no session of the region in these days"
    ]


def test_unknown_symbols_are_listed_and_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("date,HSI,HSII\n2025-11-11,1,1\n2025-11-12,2,2\n")
    result = run(prices=str(tmp_path))
    assert result.exit_code == 0
    assert result.stderr == f"{tmp_path / 'a.csv'}: 'HSII' is not known and left out; nearest: HSI (HSI)\n"


def test_the_problems_of_all_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("date,HSI\n2025-11-11,x\n")
    (tmp_path / "b.json").write_text("{}")
    (tmp_path / "events.json").write_text('{"evnts": []}')
    (tmp_path / "stocks.csv").write_text("ticker,exchange,name\n1,XHKG,\n")
    a, b, events, stocks = (str(tmp_path / name) for name in ("a.csv", "b.json", "events.json", "stocks.csv"))
    lines = refused(run("--events", events, "--stocks", stocks, b, prices=a))
    assert [line.split(":")[0].rpartition("/")[2] for line in lines] == ["a.csv", "b.json", "events.json", "stocks.csv"]


def test_a_wrong_event_is_told_by_its_place_in_the_events_file(tmp_path: Path) -> None:
    (tmp_path / "events.json").write_text('[{"id": "a", "type": "other", "statsu": "happened"}]')
    (first, *_) = refused(run("--events", str(tmp_path / "events.json")))
    assert first.startswith(f"{tmp_path / 'events.json'}: /events/0/statsu: unknown key")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"region": "hkk"}, "--region: 'hkk' is no region; a country is named as in 'jp'"),
        ({"date": "12.11.2025"}, "--date: '12.11.2025' is no date, 2025-11-12, and no range"),
        ({"date": "2025-11-12..2025-11-11"}, "--date: the range 2025-11-12..2025-11-11 ends before it begins"),
        ({"prices": "none.csv"}, "none.csv: cannot be read: No such file or directory"),
    ],
)
def test_a_bad_option_is_told(options: dict[str, str], told: str) -> None:
    assert refused(run(**options))[0].startswith(told)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    (line,) = refused(run("--out", str(tmp_path / "none" / "a.json")))
    assert "No such file or directory" in line


def test_prices_must_be_named() -> None:
    result = CliRunner().invoke(cli, ["snapshot", "--region", "hk", "--date", "2025-11-12"])
    assert refused(result) == ["--prices: names no price file or folder"]


def test_the_phases_are_those_of_the_contract() -> None:
    assert PHASES == schema.PHASES


@pytest.mark.skipif(not FOLDER.is_dir(), reason="real prices (../shared) are not here")
def test_the_hang_sengs_history_on_12_november_comes_out_of_prices_alone() -> None:
    made = run(prices=str(FOLDER), region="asia-pacific")
    facts = json.loads(CliRunner().invoke(cli, ["facts", "-", "--format", "json"], input=made.stdout).stdout)
    told = {fact["name"]: fact["value"] for fact in facts if "HSI" in fact["name"]}
    assert any("2025-10-06" in str(value) for value in told.values()), told
    assert any("2025-10-02" in str(value) for value in told.values()), told
