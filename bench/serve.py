"""The service under load, beside two floors that validate the same body and give a constant answer.

    python -m bench.serve                    8 connections for 20 s each, in turns
    python -m bench.serve --seconds 600      longer; tells how the memory of the workers went
    python -m bench.serve --kill             with kill -9 of a worker in the middle

The bare floor is Flask with one view: what it leaves out, the service's limits, logs and metrics among it, counts with
the article. The other is the service itself, in which only the writing is left out.

All run under gunicorn with the configuration of production, each on its own port, one at a time, so that they have
the machine to themselves but for the client, which is this process. Requests are sent on connections that are kept.
CPU is that of the workers.
"""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import NamedTuple

import flask

import wrapgen
from wrapgen.errors import decode_json
from wrapgen.service import wraps
from wrapgen.service.app import create_app
from wrapgen.service.context import pack
from wrapgen.service.parameters import Options
from wrapgen.version import described

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "seeds" / "asia-2025-11-12-morning.json"
SERVICE = "wrapgen.service.app:create_app()"
FLOORS = {"bare": "bench.serve:make_bare()", "constant": "bench.serve:make_constant()"}
TICKS = os.sysconf("SC_CLK_TCK")


class Load(NamedTuple):
    """What a server did in a round."""

    answered: int
    failed: int
    seconds: float
    cpu: float  # seconds of the workers
    times: list[float]  # seconds a request, sorted
    memory: list[float]  # MB of the workers, as it went

    @property
    def rate(self) -> float:
        return self.answered / self.seconds

    @property
    def cpu_ms(self) -> float:
        return self.cpu / max(1, self.answered) * 1000

    def quantile(self, part: float) -> float:
        """Milliseconds within which this part of the requests was answered."""
        return self.times[min(len(self.times) - 1, int(len(self.times) * part))] * 1000


def written_once(rules: wrapgen.RulePack) -> bytes:
    """The answer of the floors."""
    article = wrapgen.write(wrapgen.read_snapshot(SEED.read_bytes(), rules.reference), rules=rules)
    return article.render("json").encode()


def make_bare() -> flask.Flask:
    """Validates the body and answers what was written once."""
    app = flask.Flask("floor")
    rules = wrapgen.load_rules()
    constant = written_once(rules)

    @app.post("/v1/wraps")
    def answered() -> flask.Response:
        wrapgen.read_snapshot(decode_json(flask.request.get_data(cache=False)), rules.reference)
        return flask.Response(constant, content_type="application/json")

    @app.get("/readyz")
    def ready() -> str:
        return "ready"

    return app


def make_constant() -> flask.Flask:
    """The service, with its limits, logs and metrics, which validates the body and answers what was written once."""
    app = create_app()
    constant = written_once(wrapgen.load_rules())

    def answered(body: bytes, options: Options) -> flask.Response:
        wraps.read_gated(decode_json(body), options.gates, pack())
        return flask.Response(constant, content_type="application/json")

    wraps._written = answered  # in this process, which serves nothing else
    return app


@contextmanager
def serving(app: str, workers: int) -> Iterator[tuple[int, int]]:
    """A started gunicorn: its port and the process that minds its workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "python:wrapgen.service.gunicorn_conf"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), app]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port, process)
            yield port, process.pid
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until it can be asked; SystemExit where that does not come."""
    until = monotonic() + 120
    while monotonic() < until and process.poll() is None:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/readyz")
                with connection.getresponse() as answer:
                    ready = answer.status == 200
            if ready:
                sleep(3)  # for the workers that are not ready yet
                return
        except OSError:
            sleep(0.2)
    raise SystemExit("the server did not start")


def workers_of(master: int) -> list[int]:
    found = Path(f"/proc/{master}/task/{master}/children").read_text("ascii").split()
    return [int(pid) for pid in found]


def cpu_of(pids: Sequence[int]) -> float:
    """Seconds of CPU that processes have had."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def memory_of(pids: Sequence[int]) -> float:
    lines = (line for pid in pids for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def load(port: int, master: int, body: bytes, connections: int, seconds: float, kill: bool = False) -> Load:
    """Sends ``body`` over kept connections, each as fast as it is answered."""
    times: list[float] = []
    failed = 0
    stop = monotonic() + seconds

    def client() -> None:
        nonlocal failed
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while monotonic() < stop:
            start = perf_counter()
            try:
                connection.request("POST", "/v1/wraps", body, {"Content-Type": "application/json"})
                answer = connection.getresponse()
                answer.read()
                ok = answer.status == 200
            except (OSError, http.client.HTTPException):
                connection.close()
                ok = False
            if ok:
                times.append(perf_counter() - start)
            else:
                failed += 1

    pids = workers_of(master)
    before, start = cpu_of(pids), monotonic()
    threads = [threading.Thread(target=client) for _ in range(connections)]
    for thread in threads:
        thread.start()
    memory = [memory_of(pids)]
    while monotonic() < stop:
        sleep(min(max(seconds / 10, 0.5), max(0.0, stop - monotonic())))
        if kill and len(memory) == 4:
            os.kill(pids[0], signal.SIGKILL)
            kill = False
        memory.append(memory_of([pid for pid in workers_of(master) if Path(f"/proc/{pid}").exists()]))
    for thread in threads:
        thread.join()
    now = workers_of(master)
    cpu = cpu_of(pids) - before if now == pids else float("nan")
    return Load(len(times), failed, monotonic() - start, cpu, sorted(times), memory)


def told(name: str, rounds: Sequence[Load]) -> str:
    """One line: medians of the rounds."""

    def middle(values: Iterable[float]) -> float:
        return float(statistics.median(list(values)))

    p50, p99 = (middle(r.quantile(part) for r in rounds) for part in (0.5, 0.99))
    return (
        f"{name:8} {middle(r.rate for r in rounds):8.1f}/s  {middle(r.cpu_ms for r in rounds):6.2f} ms CPU"
        f"  p50 {p50:6.1f} ms  p99 {p99:6.1f} ms  failed {sum(r.failed for r in rounds)}"
    )


def compared(service: Sequence[Load], floor: Sequence[Load]) -> str:
    """Throughput and p99 of the service as parts of the floor's: medians of the rounds."""
    pairs = list(zip(service, floor, strict=True))
    rate = statistics.median([s.rate / f.rate for s, f in pairs])
    tail = statistics.median([s.quantile(0.99) / f.quantile(0.99) for s, f in pairs])
    return (
        f"throughput {rate:.0%} (limit 50%), {verdict(rate >= 0.5)}; "
        f"p99 {tail:.2f} times (limit 3), {verdict(tail <= 3)}"
    )


def verdict(met: bool) -> str:
    return "met" if met else "MISSED"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="The service under load, beside a floor.")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20, help="of each round (20)")
    parser.add_argument("--rounds", type=int, default=2, help="of each server, in turns (2)")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kill", action="store_true", help="kill -9 a worker in the middle of each round")
    options = parser.parse_args(arguments)
    body = SEED.read_bytes()
    servers = {"service": SERVICE, **FLOORS}
    results: dict[str, list[Load]] = {name: [] for name in servers}
    for _ in range(options.rounds):
        for name, app in servers.items():
            with serving(app, options.workers) as (port, master):
                load(port, master, body, options.connections, 3)  # warm
                results[name].append(load(port, master, body, options.connections, options.seconds, options.kill))
    print(described())
    for name, rounds in results.items():
        print(told(name, rounds))
    service = results["service"]
    for name in FLOORS:
        print(f"beside the {name} floor: {compared(service, results[name])}")
    cpu = statistics.median([s.cpu_ms for s in service])
    print(f"CPU {cpu:.2f} ms a request (limit 8), {verdict(cpu <= 8)}")
    print("memory of the workers, MB: " + ", ".join(f"{mb:.0f}" for mb in service[-1].memory))
    return 0


if __name__ == "__main__":
    sys.exit(main())
