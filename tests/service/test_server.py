"""The service as it runs: gunicorn with two workers, asked over the network."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from bench.serve import serving, wait_for, workers_of
from tests.cases.library import CONTRACT_SEED, ROOT, sent
from wrapgen.rulepack.hashing import pack_hash

pytestmark = pytest.mark.xdist_group("server")  # they share what takes long to make

SEED = json.dumps(sent(CONTRACT_SEED)).encode()


class Running:
    """A started service, with rules of its own."""

    def __init__(self, port: int, master: int, rules: Path) -> None:
        self.port, self.master, self.rules = port, master, rules

    def ask(
        self, method: str, path: str, body: bytes | None = None, type: str = "application/json"
    ) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, {"Content-Type": type} if body else {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def write(self) -> dict[str, Any]:
        status, data = self.ask("POST", "/v1/wraps", SEED)
        assert status == 200, data
        return json.loads(data)  # type: ignore[no-any-return]

    def edit(self, line: str) -> str:
        """Changes the rules on disk; their hash then."""
        file = self.rules / "angles" / "region.yaml"
        file.write_text(file.read_text("utf-8") + line, "utf-8")
        return pack_hash(self.rules)

    def until_all_write_by(self, hash: str) -> None:
        """Both workers, which take turns at random."""
        until = time.monotonic() + 60
        run = 0
        while run < 12:
            assert time.monotonic() < until, "a worker still writes by the rules before"
            run = run + 1 if self.write()["provenance"]["rules"] == hash else 0


def until_children(master: int, holds: Callable[[list[int]], bool]) -> None:
    until = time.monotonic() + 60
    while not holds(workers_of(master)):
        assert time.monotonic() < until, workers_of(master)
        time.sleep(0.02)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    rules = tmp_path_factory.mktemp("server") / "rules"
    # Without the golden articles: a reload is tried on them, which here would only take longer.
    shutil.copytree(ROOT / "rules", rules, ignore=shutil.ignore_patterns("__pycache__", "*-*.json", "*-*.txt"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WRAPGEN_RULES", str(rules))
        with serving("wrapgen.service.app:create_app()", 2) as (port, master):
            yield Running(port, master, rules)


def test_the_lines_of_the_readme_work(running: Running) -> None:
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    lines = re.findall(r"^curl .*$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert len(lines) >= 3
    for line in lines:
        command = shlex.split(line.replace("127.0.0.1:8000", f"127.0.0.1:{running.port}"))
        done = subprocess.run([*command, "--silent", "--fail"], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0 and done.stdout, (line, done.stderr)


def test_the_client_of_the_manual_works(running: Running) -> None:
    page = (ROOT / "docs" / "integrators.md").read_text("utf-8")
    client = next(
        code for code in re.findall(r"^```py\n(.*?)^```", page, re.MULTILINE | re.DOTALL) if "urlopen" in code
    )
    assert len(client.strip().splitlines()) <= 12
    client = client.replace("127.0.0.1:8000", f"127.0.0.1:{running.port}")
    done = subprocess.run([sys.executable, "-c", client], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and len(done.stdout) > 20, done.stderr


def test_metrics_are_those_of_all_workers(running: Running) -> None:
    def written() -> float:
        text = running.ask("GET", "/metrics")[1].decode()
        return sum(float(n) for n in re.findall(r"^wrapgen_articles_total\{.*?\} (\S+)$", text, re.MULTILINE))

    before = written()
    for _ in range(12):
        running.write()
    assert {written() - before for _ in range(6)} == {12.0}


def test_a_batch_of_a_client_that_reads_nothing_until_it_has_sent_all(running: Running) -> None:
    """More than the buffers of both sockets hold, both ways."""
    day = b'{"region": "hk", "as_of": "2025-11-12", "markets": [{"id": "HSI", "change_pct": 0.5}]}'
    status, data = running.ask("POST", "/v1/wraps/batch", (day.ljust(12_000) + b"\n") * 500, "application/x-ndjson")
    answers = data.splitlines()
    assert status == 200 and len(answers) == 500 and len(set(answers)) == 1


def test_rules_are_reloaded_under_load_and_nobody_waits(running: Running) -> None:
    stop, failed, hashes = threading.Event(), [], set()

    def client() -> None:
        while not stop.is_set():
            try:
                hashes.add(running.write()["provenance"]["rules"])
            except Exception as error:
                failed.append(error)

    clients = [threading.Thread(target=client) for _ in range(2)]
    before = running.write()["provenance"]["rules"]
    for thread in clients:
        thread.start()
    try:
        after = running.edit("# another day\n")
        status, data = running.ask("POST", "/v1/rules/reload")
        assert (status, json.loads(data)) == (200, {"hash": after, "previous": before, "changed": True})
        running.until_all_write_by(after)
        hung_up = running.edit("# and another\n")
        os.kill(running.master, signal.SIGHUP)
        until = time.monotonic() + 60
        while running.write()["provenance"]["rules"] != hung_up and time.monotonic() < until:
            time.sleep(0.2)
        running.until_all_write_by(hung_up)
    finally:
        stop.set()
        for thread in clients:
            thread.join()
    assert failed == [] and hashes == {before, after, hung_up}


def test_rules_that_fail_are_refused_and_those_before_go_on(running: Running) -> None:
    file = running.rules / "angles" / "region.yaml"
    good, hash = file.read_text("utf-8"), running.write()["provenance"]["rules"]
    try:
        running.edit("nonsense: [\n")
        status, data = running.ask("POST", "/v1/rules/reload")
        (told,) = json.loads(data)["problems"]
        assert status == 422 and told["file"] == "angles/region.yaml" and told["line"] > 1
        workers = workers_of(running.master)
        os.kill(running.master, signal.SIGHUP)
        # The rules are tried in a process of its own, and no worker is started or ended for it.
        until_children(running.master, lambda pids: set(pids) > set(workers))
        until_children(running.master, lambda pids: pids == workers)
        time.sleep(1)
        assert workers_of(running.master) == workers
        assert {running.write()["provenance"]["rules"] for _ in range(8)} == {hash}
        # A worker that dies now comes back with the rules that passed, not with those on disk.
        os.kill(workers[0], signal.SIGKILL)
        running.until_all_write_by(hash)
        assert len(workers_of(running.master)) == 2
    finally:
        file.write_text(good, "utf-8")


def test_a_worker_that_is_killed_loses_only_its_own_requests(running: Running) -> None:
    stop, failed, answered = threading.Event(), [], []

    def client() -> None:
        connection = HTTPConnection("127.0.0.1", running.port, timeout=60)
        while not stop.is_set():
            try:
                connection.request("POST", "/v1/wraps?length=brief", SEED, {"Content-Type": "application/json"})
                answered.append(connection.getresponse().read())
            except OSError as error:
                failed.append(error)
                connection.close()

    clients = [threading.Thread(target=client) for _ in range(4)]
    for thread in clients:
        thread.start()
    time.sleep(1)
    os.kill(workers_of(running.master)[0], signal.SIGKILL)
    time.sleep(4)
    stop.set()
    for thread in clients:
        thread.join()
    # At most what each client had under way; every answer that came is whole.
    assert len(failed) <= len(clients) and len(answered) > 10 and len(set(answered)) == 1


def test_a_broken_request_is_no_fault(running: Running) -> None:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{running.port}/v1/wraps", b"{", timeout=30)
    except urllib.error.HTTPError as error:
        assert error.code == 415 and error.headers["Content-Type"] == "application/problem+json"


def test_the_line_of_the_dockerfile_starts_it(tmp_path: Path) -> None:
    """Outside a container, with its keys, on another port."""
    from wrapgen.service.keys import add_key

    (command,) = re.findall(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    line = json.loads(command)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = [word.replace("8000", str(port)) for word in line]
    assert line[0] == "gunicorn" and f"0.0.0.0:{port}" in line
    keys = tmp_path / "keys.json"
    secret = add_key(keys, "tests", "write")[1]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "WRAPGEN_KEYS": str(keys), "WEB_CONCURRENCY": "1"}
    log = tmp_path / "log"
    with (
        log.open("wb") as file,
        subprocess.Popen([sys.executable, "-m", *line], cwd=tmp_path, env=environment, stderr=file) as process,
    ):
        try:
            wait_for(port, process)
            running = Running(port, process.pid, ROOT / "rules")
            assert running.ask("GET", "/healthz")[0] == 200
            assert running.ask("POST", "/v1/wraps", SEED)[0] == 401
            asked = urllib.request.Request(
                f"http://127.0.0.1:{port}/v1/wraps?format=text",
                SEED,
                {"Content-Type": "application/json", "Authorization": f"Bearer {secret}"},
            )
            with urllib.request.urlopen(asked, timeout=60) as answer:
                assert answer.status == 200 and int(answer.headers["RateLimit-Remaining"]) == 1199
        finally:
            process.terminate()
    lines = [json.loads(told) for told in log.read_text("utf-8").splitlines()]
    assert [told["status"] for told in lines if told["event"] == "request" and told["path"] == "/v1/wraps"] == [
        401,
        200,
    ]
    assert secret not in log.read_text("utf-8")
