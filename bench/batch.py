"""How many articles a second a batch makes, beside one process and beside a floor.

    python -m bench.batch --items 10000 --workers 2

The items are the first seed, each a little different. The floor parses the same snapshots and writes them back
unchanged. Every run is a command of its own, with all that it costs to start; peak memory is that of the whole
tree of processes, as the sum of what each had at the same moment. Where other work shares the machine, items a
processor second say more than items a second.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import NamedTuple

import orjson

from wrapgen.version import described

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "seeds" / "asia-2025-11-12-morning.json"
FLOOR = """
import sys, orjson
with open(sys.argv[1], "rb") as lines, open(sys.argv[2], "wb") as copy:
    for line in lines:
        copy.write(orjson.dumps(orjson.loads(line), option=orjson.OPT_APPEND_NEWLINE))
"""


class Run(NamedTuple):
    """One command: wall-clock and processor seconds, and the most memory of its processes together in megabytes."""

    name: str
    seconds: float
    cpu: float
    megabytes: float


def varied(count: int) -> Iterator[bytes]:
    """Snapshots of the seed's size: the moves of each are its own."""
    for number in range(count):
        seed = orjson.loads(SEED.read_bytes())
        for index, market in enumerate(seed["markets"]):
            if abs(market.get("change_pct", 0)) > 0.2:
                market["change_pct"] = round(market["change_pct"] + (number * (index + 3) % 17 - 8) / 100, 2)
        yield orjson.dumps(seed, option=orjson.OPT_APPEND_NEWLINE)


def timed(name: str, command: Sequence[str]) -> Run:
    """Run ``command``. Raises SystemExit where it fails."""
    start, used, most = perf_counter(), _cpu(), 0.0
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        most = max(most, tree_megabytes(process.pid))
        sleep(0.2)  # looking takes time of its own
    if process.returncode:
        raise SystemExit(f"{name} ended with {process.returncode}")
    return Run(name, perf_counter() - start, _cpu() - used, most)


def _cpu() -> float:
    """Processor seconds of all children that have ended, and theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def tree_megabytes(root: int) -> float:
    """Resident memory of a process and all under it, from /proc; 0 where there is none."""
    tree, pages = [root], 0
    for pid in tree:
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
            for thread in Path(f"/proc/{pid}/task").iterdir():
                tree += map(int, (thread / "children").read_text("ascii").split())
        except OSError:  # it has just ended
            continue
    return pages * 4096 / 1e6


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="How many articles a second a batch makes.")
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3, help="of all three, in turns; medians are told (3)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "in.jsonl"
        with given.open("wb") as file:
            file.writelines(varied(options.items))

        def batch(workers: int) -> list[str]:
            out = str(Path(folder) / f"out-{workers}")
            return [sys.executable, "-m", "wrapgen", "batch", str(given), "--out", out, "--workers", str(workers)]

        commands = {
            f"{options.workers} workers": batch(options.workers),
            "one process": batch(1),
            "parsed and written back": [sys.executable, "-c", FLOOR, str(given), str(Path(folder) / "floor")],
        }
        rounds: list[list[Run]] = []
        for _ in range(options.rounds):
            for out in Path(folder).glob("out-*"):
                shutil.rmtree(out)
            rounds.append([timed(name, command) for name, command in commands.items()])
    runs = [
        Run(each[0].name, *(median(values) for values in zip(*(run[1:] for run in each), strict=True)))
        for each in zip(*rounds, strict=True)
    ]
    print(described())
    print(f"{f'{options.items:,} items':24}{'seconds':>9} {'items/s':>9} {'CPU s':>8} {'items/CPU s':>12} {'MB':>6}")
    for run in runs:
        rate, efficiency = options.items / run.seconds, options.items / run.cpu
        print(f"{run.name:24}{run.seconds:9.1f} {rate:9,.0f} {run.cpu:8.1f} {efficiency:12,.0f} {run.megabytes:6,.0f}")
    times = median(one.seconds / several.seconds for several, one, _ in rounds)
    over = median(several.seconds / floor.seconds for several, _, floor in rounds)
    print(f"{times:.2f} times one process; {over:.1f} times the seconds of the floor")
    return 0


if __name__ == "__main__":
    sys.exit(main())
