"""What a batch is made of: a folder of snapshots, JSON Lines, Parquet, or the days of price tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from wrapgen.batch import parquet
from wrapgen.batch.snapshots import Day
from wrapgen.batch.work import Item
from wrapgen.errors import InputError, Problem

_PARQUET = ".parquet"


def count_items(path: Path) -> int:
    """How many there are, for the progress line. Raises InputError for what is no input."""
    if path.is_dir():
        return len(_files(path))
    if path.suffix == _PARQUET:
        return parquet.count_rows(path)
    try:
        with path.open("rb") as file:
            return sum(1 for line in file if line.strip())
    except OSError as error:
        raise _unreadable(path, error) from None


def read_items(path: Path) -> Iterator[Item]:
    """The snapshots in a fixed order: of a folder its ``*.json`` by name, of JSON Lines the lines that are
    not blank, of Parquet the rows.

    One at a time, so that memory does not grow with their number. A file of a folder that cannot be read is an item
    with a problem; another file that cannot be read raises InputError.
    """
    if path.is_dir():
        for file in _files(path):
            try:
                yield Item(file.stem, file.read_bytes())
            except OSError as error:
                yield Item(file.stem, b"", f"cannot be read: {error.strerror or error}")
        return
    if path.suffix == _PARQUET:
        for number, (data, problem) in enumerate(parquet.read_rows(path), start=1):
            yield Item(f"{path.stem}-{number:06}", data, problem)
        return
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield Item(f"{path.stem}-{number:06}", line)
    except OSError as error:
        raise _unreadable(path, error) from None


def day_items(days: Iterable[Day]) -> Iterator[Item]:
    """Days made from price tables; one without a snapshot is an item with a problem."""
    for day in days:
        problem = "; ".join([day.reason, *(p.message for p in day.problems)]).strip("; ")
        yield Item(f"{day.region}-{day.date}", orjson.dumps(day.snapshot) if day.snapshot else b"", problem)


def _files(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.json"))
    if not found:
        raise InputError([Problem(str(folder), "holds no snapshot (*.json)")])
    return found


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError([Problem(str(path), f"cannot be read: {error.strerror or error}")])
