"""``wrapgen lint``: departures with line and key, and an exit code that a script can ask."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from wrapgen.cli import cli

CLEAN = "Stocks Rise\n\nThe Nikkei 225 rose 0.5%.\n"
DEPARTS = "Stocks Rise\n\nThe Nikkei 225 rose 0.5 percent on US data.\n"


def run(text: str, *options: str) -> Result:
    return CliRunner().invoke(cli, ["lint", "-", *options], input=text.encode())


def test_a_text_in_style_exits_with_0() -> None:
    result = run(CLEAN)
    assert (result.exit_code, result.stdout) == (0, "0 departures\n")


def test_departures_exit_with_1_and_are_told_with_line_key_and_what_is_wanted() -> None:
    result = run(DEPARTS)
    assert result.exit_code == 1
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["3", "percent", "0.5", "percent", "0.5%"] in rows
    assert ["3", "us", "US", "U.S."] in rows
    assert rows[-1] == ["2", "departures"]


def test_the_style_is_the_one_asked_for() -> None:
    told = run(DEPARTS, "--style", "british").stdout
    assert "0.5 per cent" in told and "U.S." not in told
    assert run(CLEAN, "--style", "british").exit_code == 1


def test_json_has_places_in_the_text() -> None:
    result = run(DEPARTS, "--format", "json")
    departures = json.loads(result.stdout)["departures"]
    assert [DEPARTS[each["start"] : each["end"]] for each in departures] == [each["found"] for each in departures]
    assert [each["key"] for each in departures] == ["percent", "us"]


def test_a_long_paragraph_is_shown_by_its_beginning() -> None:
    result = run("Stocks rise\n\n" + "Sony rose. " * 20, "--style", "mobile")
    assert result.exit_code == 1
    assert max(map(len, result.stdout.splitlines())) < 160


@pytest.mark.parametrize("options", [("--style", "britisch"), ("--rules", "no-such-folder")])
def test_bad_options_exit_with_2(options: tuple[str, str]) -> None:
    result = run(CLEAN, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    if options[0] == "--style":
        assert "british" in result.stderr


def test_bad_files_exit_with_2(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"\xff\xfe\x00")
    for path in ("none.txt", "x.txt"):
        result = CliRunner().invoke(cli, ["lint", str(tmp_path / path)])
        assert (result.exit_code, result.stdout) == (2, "")
