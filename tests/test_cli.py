from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import stub
from wrapgen import render
from wrapgen.cli import cli
from wrapgen.commands.common import FORMATS

ROOT = Path(__file__).parents[1]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    return stub.install(monkeypatch)


@pytest.fixture
def snapshot(tmp_path: Path, calls: list[dict[str, Any]]) -> str:
    return save(tmp_path, stub.SNAPSHOT)


def save(folder: Path, document: Any) -> str:
    path = folder / "snapshot.json"
    path.write_text(json.dumps(document), "utf-8")
    return str(path)


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, arguments, input=stdin)


def refused(result: Result) -> list[str]:
    """The lines on standard error of a command that refused its input and printed nothing."""
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    return result.stderr.splitlines()


def test_write_prints_the_article(snapshot: str) -> None:
    result = run("write", snapshot)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == stub.ARTICLE.render("text")


@pytest.mark.parametrize("format", FORMATS)
def test_write_prints_every_format_in_utf_8(snapshot: str, format: str) -> None:
    assert run("write", snapshot, "--format", format).stdout_bytes.decode() == stub.ARTICLE.render(format)


def test_the_formats_of_the_command_are_those_of_the_renderers() -> None:
    assert tuple(render.FORMATS) == FORMATS


def test_a_dash_is_standard_input(calls: list[dict[str, Any]]) -> None:
    assert run("write", "-", stdin=json.dumps(stub.SNAPSHOT).encode()).exit_code == 0


def test_options_reach_the_engine(snapshot: str, tmp_path: Path, calls: list[dict[str, Any]]) -> None:
    result = run(
        *("write", snapshot, "--style", "wire", "--angle", "flat", "--variant", "3"),
        *("--length", "brief", "--rules", str(tmp_path)),
    )
    assert result.exit_code == 0, result.stderr
    rules = f"rules of {tmp_path}"
    assert calls == [{"style": "wire", "angle": "flat", "variant": 3, "length": "brief", "rules": rules}]


def test_the_engine_chooses_where_no_option_is_given(snapshot: str, calls: list[dict[str, Any]]) -> None:
    run("write", snapshot)
    assert calls == [{"style": None, "angle": None, "variant": 0, "length": None, "rules": None}]


@pytest.mark.parametrize("command", ["write", "angles", "facts"])
def test_every_problem_of_a_snapshot_is_told_on_a_line_of_its_own(
    tmp_path: Path, calls: list[dict[str, Any]], command: str
) -> None:
    wrong = save(tmp_path, {"markets": [{"id": "HIS"}]})
    assert refused(run(command, wrong, "--format", "json")) == [
        "/markets/0/id: 'HIS' is no market; allowed: HSI, SPX; nearest: HSI",
        "/as_of: is missing",
    ]


def test_the_callers_time_and_overrides_reach_the_gates(snapshot: str, calls: list[dict[str, Any]]) -> None:
    run("write", snapshot, "--now", "2025-11-12T10:00:00Z", "--override", "holiday", "--override", "weekend")
    assert calls[0] == {"now": "2025-11-12T10:00:00Z", "override": ("holiday", "weekend")}


CRASH = {"region": "hk", "as_of": "2025-11-12", "markets": [{"id": "HSI", "change_pct": -20.0}]}


@pytest.mark.parametrize("command", ["write", "angles", "facts"])
def test_what_a_gate_holds_is_refused_unless_it_is_overridden_by_name(tmp_path: Path, command: str) -> None:
    held = save(tmp_path, CRASH)
    (line,) = refused(run(command, held))
    assert line.startswith("/markets/0/change_pct: ") and line.endswith(
        "; gate: beyond_kind, which an override accepts"
    )
    assert run(command, held, "--override", "beyond_kind").exit_code == 0
    (line,) = refused(run(command, held, "--override", "beyond_knd"))
    assert line.startswith("--override: 'beyond_knd' is unknown") and line.endswith("nearest: beyond_kind")


def test_gates_say_what_they_are_for_and_what_they_say_of_a_snapshot(tmp_path: Path) -> None:
    listed = run("gates").stdout.splitlines()
    assert listed[0].split() == ["GATE", "SEVERITY", "SAYS"] and any(line.startswith("split_jump ") for line in listed)
    told = run("gates", save(tmp_path, CRASH), "--now", "2025-11-12T09:00:00Z").stdout.splitlines()
    assert told[1].split()[:3] == ["beyond_kind", "hold", "/markets/0/change_pct"]
    assert told[-1] == f"{len(listed) - 2} gates have nothing to say."


SEED = str(ROOT / "seeds" / "asia-2025-11-12-morning.json")


def test_explain_lists_the_sentences_with_their_numbers_and_rules() -> None:
    lines = run("explain", SEED, "--variant", "1").stdout.splitlines()
    words = [line.split("  ", 1)[-1].strip() for line in lines]
    assert lines[0].split()[0] == "0" and all(line.endswith("]") and ".yaml:" in line for line in lines)
    headline = run("write", SEED, "--variant", "1").stdout.splitlines()[0]
    assert words[0].startswith(f"{headline}  [angles/")


def test_explain_tells_a_sentence_from_words_to_data() -> None:
    text = run("explain", SEED, "--sentence", "3").stdout
    assert "/stocks/5/change_pct = -2.9" in text and "rule  sentences/" in text
    told = json.loads(run("explain", SEED, "--sentence", "3", "--format", "json").stdout)
    assert told["sentence"] == "3" and {"text", "rule", "words", "rests_on"} <= set(told)
    (line,) = refused(run("explain", SEED, "--sentence", "77"))
    assert line.startswith("--sentence: '77' is unknown; allowed: 0, 1")


def test_gates_come_as_json(tmp_path: Path) -> None:
    (tripped,) = json.loads(run("gates", save(tmp_path, CRASH), "--format", "json").stdout)
    assert tripped["name"] == "beyond_kind" and tripped["figures"] == {"move": -20.0, "most": 15.0}
    assert json.loads(run("gates", "--format", "json").stdout)[0]["limits"] == {"minutes": 10}


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path, calls: list[dict[str, Any]]) -> None:
    assert refused(run("write", str(tmp_path / "none.json"))) == [
        f"{tmp_path / 'none.json'}: cannot be read: No such file or directory"
    ]
    assert refused(run("write", str(tmp_path))) == [f"{tmp_path}: cannot be read: Is a directory"]


def test_broken_json_is_told_with_its_line(calls: list[dict[str, Any]]) -> None:
    (line,) = refused(run("write", "-", stdin=b'{\n  "region": }'))
    assert line.startswith("(snapshot): is not JSON") and "line 2, column 13" in line


@given(data=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_input_ends_in_a_traceback(calls: list[dict[str, Any]], data: bytes) -> None:
    result = run("write", "-", stdin=data)
    assert result.exit_code == 2 and result.stdout == "" and "Traceback" not in result.stderr


def test_an_angle_that_the_data_do_not_support_says_why(snapshot: str) -> None:
    told = "--angle: no market is at a milestone; allowed: flat, mixed"
    assert refused(run("write", snapshot, "--angle", "milestone")) == [told]


def test_an_unknown_style_tells_the_nearest(snapshot: str) -> None:
    (line,) = refused(run("write", snapshot, "--style", "wrie"))
    assert line == "--style: 'wrie' is unknown; allowed: wire; nearest: wire"


def test_a_broken_rule_file_is_told_with_file_and_line(snapshot: str, tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (line,) = refused(run("write", snapshot, "--rules", str(tmp_path / "broken")))
    assert line.startswith("angles/flat.yaml:7: unknown key; found: scroe") and "nearest: score" in line


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--format", "jsno", "nearest: json"),
        ("--length", "breif", "nearest: brief"),
        ("--variant", "-1", "not in the range"),
        ("--variant", "x", "not a valid integer"),
        ("--rules", "/no/such/folder", "does not exist"),
    ],
)
def test_a_bad_option_is_refused_before_anything_is_read(option: str, value: str, told: str) -> None:
    assert told in refused(run("write", "never-read.json", option, value))[-1]


def test_a_mistyped_command_is_answered_with_the_one_meant() -> None:
    assert "Did you mean 'write'?" in refused(run("wirte"))[-1]


def test_a_fault_of_the_engine_is_one_line_and_another_exit_code(tmp_path: Path, calls: list[dict[str, Any]]) -> None:
    result = run("write", save(tmp_path, {"markets": [{"id": "BUG"}]}))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("wrapgen: internal error, please report it: KeyError: ")
    assert "tests/stub.py:" in result.stderr and len(result.stderr.splitlines()) == 1


def test_angles_are_a_table_with_the_told_ones_starred_and_the_runner_up_explained(snapshot: str) -> None:
    assert run("angles", snapshot).stdout == (
        "   ANGLE          SCORE  MARGIN  EVIDENCE\n"
        "*  led_by_market    0.9    0.25  the evidence for led_by_market\n"
        "*  flat            0.65    0.25  the evidence for flat\n"
        "   mixed            0.4    0.25  the evidence for mixed\n"
        "\nflat: told.\n"
    )


def test_facts_are_a_table_with_where_each_came_from(snapshot: str) -> None:
    head, row = run("facts", snapshot).stdout.splitlines()
    assert head.split() == ["FACT", "VALUE", "UNIT", "OPERATION", "FROM"]
    assert row == ("region.spread    1.5  percent  max - min  /markets/0/change_pct /markets/1/change_pct")


@pytest.mark.parametrize(("command", "name"), [("angles", "led_by_market"), ("facts", "region.spread")])
def test_angles_and_facts_come_as_json(snapshot: str, command: str, name: str) -> None:
    listed = json.loads(run(command, snapshot, "--format", "json").stdout)
    assert listed[0]["name"] == name


def every_command(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, f"{before}{name} ")
        else:
            yield before + name, command


COMMANDS = dict(every_command(cli))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_with_an_example(command: str) -> None:
    text = run(*command.split(), "--help").stdout
    assert f"  wrapgen {command} " in text.split("Example:")[1]


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_option_says_what_it_is_for(command: click.Command) -> None:
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert options and all(option.help and option.help.endswith((".", ".")) for option in options)


def shell(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "wrapgen", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60, **options)


def test_help_and_version_load_nothing_of_the_engine() -> None:
    code = (
        "import sys; from wrapgen.cli import cli; cli(['--help'], standalone_mode=False);"
        "print(sorted({'pandas', 'numpy', 'simplenlg', 'marshmallow', 'flask', 'yaml'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    assert done.stdout.decode().splitlines()[-1] == "[]", done.stderr
    assert shell("--version").stdout.startswith(b"wrapgen, version ")


def test_output_is_utf_8_in_an_ascii_locale(tmp_path: Path) -> None:
    done = shell("write", "mańana.json")
    assert done.returncode == 2 and done.stdout == b""
    assert "mańana.json: cannot be read" in done.stderr.decode()


def test_serve_tells_where_it_listens_and_answers_there(tmp_path: Path) -> None:
    code = (
        "import signal, sys, pytest; from tests import stub; stub.install(pytest.MonkeyPatch());"
        # Tests that run in the background ignore the key that ends a program, and so would what they start.
        "signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from wrapgen.cli import cli; cli(['serve', '--port', sys.argv[1]])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-c", code]
    server = subprocess.Popen([*command, "0"], stderr=subprocess.PIPE, env=environment, cwd=ROOT)
    try:
        assert server.stderr
        line = server.stderr.readline().decode()
        assert "answers on http://127.0.0.1:" in line
        address = line.split()[-1].replace("/v1/wraps", "/healthz")
        with urlopen(address, timeout=10) as answer:
            assert json.load(answer)["status"] == "ok"
        desk = server.stderr.readline().decode()
        assert desk == f"the editors’ desk is at {address.removesuffix('healthz')}\n"
        with urlopen(desk.split()[-1], timeout=10) as page:
            assert b"<h1>Queue</h1>" in page.read()
        assert (tmp_path / "wrapgen" / "desk.sqlite").is_file()
        port = address.split(":")[2].split("/")[0]
        second = subprocess.run([*command, port], capture_output=True, env=environment, cwd=ROOT, timeout=60)
        assert (second.returncode, second.stdout) == (2, b"")
        assert second.stderr.decode() == f"127.0.0.1:{port}: cannot listen: Address already in use\n"
    finally:
        server.send_signal(signal.SIGINT)
        deadline = time.monotonic() + 10
        while server.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        server.kill()
        server.wait()
        assert server.stderr
        server.stderr.close()
    assert server.returncode != -signal.SIGKILL
