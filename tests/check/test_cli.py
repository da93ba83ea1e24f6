from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.check.days import asia
from wrapgen.check.types import STATUSES
from wrapgen.cli import cli
from wrapgen.commands.common import CLAIM_STATUSES


@pytest.fixture
def snapshot(tmp_path: Path) -> str:
    path = tmp_path / "snapshot.json"
    path.write_text(json.dumps(asia()), "utf-8")
    return str(path)


def run(text: str, snapshot: str, *options: str) -> Result:
    return CliRunner().invoke(cli, ["verify", "-", "--snapshot", snapshot, *options], input=text.encode())


def test_a_text_that_holds_exits_with_0_and_sums_up(snapshot: str) -> None:
    result = run("The Hang Seng rose 1.6%.", snapshot)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "2 claims: 2 supported, 0 contradicted, 0 unsupported, 0 unchecked"


def test_a_false_claim_exits_with_1_and_is_told_with_line_and_truth(snapshot: str) -> None:
    result = run("Stocks rose.\n\nThe Hang Seng fell 1.6%.", snapshot)
    assert result.exit_code == 1
    line = next(line for line in result.stdout.splitlines() if "contradicted" in line)
    assert line.split()[0] == "3"
    assert "rose 1.6%" in line


def test_json_is_the_wire_contract(snapshot: str) -> None:
    result = run("The Hang Seng fell.", snapshot, "--format", "json")
    assert result.exit_code == 1
    (claim,) = json.loads(result.stdout)["claims"]
    assert {"start", "end", "text", "kind", "status", "true_value", "pointer"} <= claim.keys()
    assert (claim["text"], claim["status"], claim["pointer"]) == ("fell", "contradicted", "/markets/0")


@pytest.mark.parametrize("case", ["no article", "no snapshot", "bad snapshot", "not text"])
def test_bad_input_exits_with_2(tmp_path: Path, snapshot: str, case: str) -> None:
    article = tmp_path / "article.txt"
    article.write_bytes(b"\xff\xfe\x00" if case == "not text" else b"The Hang Seng rose.")
    bad = tmp_path / "bad.json"
    bad.write_text("{}", "utf-8")
    paths = {
        "no article": (str(tmp_path / "none.txt"), snapshot),
        "no snapshot": (str(article), str(tmp_path / "none.json")),
        "bad snapshot": (str(article), str(bad)),
        "not text": (str(article), snapshot),
    }[case]
    result = CliRunner().invoke(cli, ["verify", paths[0], "--snapshot", paths[1]])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr and result.stderr.strip()


def test_the_statuses_of_the_summary_are_those_of_the_checker() -> None:
    assert CLAIM_STATUSES == STATUSES
