"""What it takes to make snapshots from a folder of price files, beside only reading the files.

    python -m bench.prices FOLDER

All series and all sessions of three regions at once: the files read, the moves of every session measured in one
pass, a snapshot made for each session. The floor is pandas reading the same files and nothing else. Measured in
one process, in interleaved rounds; the median is told. The calendars of the exchanges are built once a process
and are told apart.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import orjson
import pandas as pd

from bench.run import measure, row, table
from wrapgen.batch.making import Names, load_names, make_snapshots
from wrapgen.batch.measures import Measures, Span
from wrapgen.batch.measures import measure as measure_prices
from wrapgen.batch.prices import read_prices
from wrapgen.resources import default_rules_directory

REGIONS = ("asia-pacific", "europe", "us")
EVER = Span(dt.date(1900, 1, 1), dt.date(2200, 1, 1))


def only_read(folder: Path) -> list[Any]:
    """The floor: the files as pandas reads them."""
    return [pd.read_csv(file, header=[0, 1], index_col=0, skiprows=[2]) for file in sorted(folder.glob("*.csv"))]


def make(measures: Measures, names: Names) -> list[bytes]:
    """The snapshots of every session of the three regions, as JSON."""
    days = (day for region in REGIONS for day in make_snapshots(measures, names, region, EVER, "close"))
    return [orjson.dumps(day.snapshot) for day in days if day.snapshot is not None]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="How long snapshots from prices take.")
    parser.add_argument("folder", type=Path, help="yfinance CSV files, one symbol each")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args(arguments)
    names = load_names(default_rules_directory())
    tables = read_prices([options.folder])
    start = perf_counter()
    measures = measure_prices(tables, names.symbols, names.reference)
    cold = perf_counter() - start
    made = make(measures, names)
    sessions = sum(len(track.days) for track in measures.tracks.values())
    print(f"{len(measures.tracks)} series, {sessions} sessions of theirs; {len(made)} snapshots")

    times = measure(
        {
            "read": lambda: read_prices([options.folder]),
            "measure": lambda: measure_prices(tables, names.symbols, names.reference),
            "make": partial(make, measures, names),
            "floor": lambda: only_read(options.folder),
        },
        options.rounds,
        1,
    )
    rows = [
        row("read into one form", times["read"]),
        row("measure, one pass", times["measure"]),
        row(f"make {len(made)} snapshots, to JSON", times["make"]),
        row("only reading the CSVs", times["floor"]),
    ]
    print(table(rows))
    whole = sum(line.median for line in rows[:3])
    print(
        f"\nall of it: {whole / 1000:.3f} s, {whole / len(made):.3f} ms a snapshot; {whole / rows[3].median:.1f} floors"
    )
    print(f"the first pass of a process, with the calendars: {cold:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
