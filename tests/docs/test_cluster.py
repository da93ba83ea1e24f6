"""What the page on clusters tells to start: as processes, and as manifests."""

from __future__ import annotations

import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from tests.batch.test_run import ITEMS, files
from tests.cases.library import ROOT
from tests.docs.worked import listings
from wrapgen.cli import cli

PAGE = ROOT / "docs" / "cluster.md"
SHOWN = {f"{listing.name}.{listing.kind}": listing.text for listing in listings(PAGE) if listing.name}
MANIFESTS = [each for name in ("scheduler", "workers", "batch") for each in yaml.safe_load_all(SHOWN[f"{name}.yaml"])]
needs_dask = pytest.mark.skipif(find_spec("distributed") is None, reason="Dask (wrapgen[cluster]) is not installed")


@pytest.fixture
def here() -> Iterator[str]:
    """The processes of the page on this machine, one core for each host; the address of the scheduler."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    text = SHOWN["cluster.sh"].replace("--nworkers 8", "--nworkers 1")
    text = text.replace("10.0.0.1", "127.0.0.1").replace("8786", str(port))
    commands = [shlex.split(line) for line in text.splitlines()]
    assert [command[1] for command in commands] == ["scheduler", "worker", "worker", "worker"]
    running = [
        subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, stderr=subprocess.DEVNULL) for command in commands
    ]
    yield f"tcp://127.0.0.1:{port}"
    for process in reversed(running):
        process.terminate()
        process.wait()


@needs_dask
def test_three_hosts_write_what_one_writes(here: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("days.jsonl").write_bytes(b"\n".join(item.data for item in ITEMS[:6]))
    program, *arguments = shlex.split(SHOWN["batch.sh"].replace("tcp://10.0.0.1:8786", here))
    assert program == "wrapgen"
    many = CliRunner().invoke(cli, arguments)
    assert many.exit_code == 0, many.stderr
    one = CliRunner().invoke(cli, ("batch", "days.jsonl", "--out", "one", "--workers", "1"))
    assert one.exit_code == 0, one.stderr
    assert files(Path("wraps")) == files(Path("one"))


def test_a_manifest_says_what_it_is_and_no_two_share_a_name() -> None:
    assert [each["kind"] for each in MANIFESTS] == ["Deployment", "Service", "Deployment", "Job", "NetworkPolicy"]
    assert all(each["apiVersion"] and each["spec"] for each in MANIFESTS)
    assert len({(each["kind"], each["metadata"]["name"]) for each in MANIFESTS}) == len(MANIFESTS)


def test_selectors_find_their_pods() -> None:
    labels = [pod["metadata"]["labels"]["app"] for pod in pods()]
    assert labels == ["wrapgen-scheduler", "wrapgen-worker", "wrapgen-batch"]
    for each in MANIFESTS:
        if each["kind"] == "Deployment":
            assert each["spec"]["selector"]["matchLabels"] == each["spec"]["template"]["metadata"]["labels"]
    policy = named("NetworkPolicy")["spec"]
    assert policy["podSelector"]["matchExpressions"][0]["values"] == labels[:2], "who can be reached"
    (source,) = policy["ingress"][0]["from"]
    assert source["podSelector"]["matchExpressions"][0]["values"] == labels, "by whom"


def test_all_pods_share_the_image_and_speak_to_the_service() -> None:
    scheduler, worker, driver = containers()
    assert len({container["image"] for container in (scheduler, worker, driver)}) == 1
    assert scheduler["image"] in PAGE.read_text("utf-8").split("```yaml")[0], "it is told how to build it"
    service = named("Service")
    (port,) = service["spec"]["ports"]
    assert service["spec"]["selector"] == pods()[0]["metadata"]["labels"]
    assert scheduler["ports"] == [{"containerPort": port["targetPort"]}]
    assert scheduler["command"][-1] == str(port["targetPort"])
    address = f"tcp://{service['metadata']['name']}:{port['port']}"
    assert worker["command"][2] == address
    assert driver["command"][driver["command"].index("--cluster") + 1] == address


def test_the_driver_asks_for_what_the_command_has_and_writes_to_its_volume() -> None:
    driver = containers()[2]
    program, command, source, *options = driver["command"]
    assert program == "wrapgen"
    known = {name for option in cli.commands[command].params for name in option.opts}
    assert {option for option in options if option.startswith("--")} == {"--out", "--cluster", "--resume"} <= known
    (mount,), (volume,) = driver["volumeMounts"], pods()[2]["spec"]["volumes"]
    assert mount["name"] == volume["name"]
    assert all(path.startswith(f"{mount['mountPath']}/") for path in (source, options[options.index("--out") + 1]))


@needs_dask
@pytest.mark.parametrize("index", [0, 1])
def test_dask_has_the_options_of_the_manifests(index: int) -> None:
    command = containers()[index]["command"]
    told = subprocess.run([sys.executable, "-m", *command[:2], "--help"], capture_output=True, text=True).stdout
    assert all(option in told.split() for option in command if option.startswith("--"))


def named(kind: str) -> Any:
    return next(each for each in MANIFESTS if each["kind"] == kind)


def pods() -> list[Any]:
    return [each["spec"]["template"] for each in MANIFESTS if "template" in each["spec"]]


def containers() -> list[Any]:
    return [container for pod in pods() for container in pod["spec"]["containers"]]
