"""The days on which rules are tried: snapshots from files and folders, those of a rule folder first among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import wrapgen
from wrapgen.errors import InputError, Problem, decode_json, describe
from wrapgen.intake.snapshot import Snapshot
from wrapgen.rulepack.pack import RulePack

# Where a rule folder keeps its sample days, NAME.json, and the golden articles of them, NAME.txt.
DAYS = "days"


class Day(NamedTuple):
    """A day to write of. ``name`` is that of its file; ``problem`` says why there is no snapshot."""

    name: str
    snapshot: Snapshot | None
    problem: str = ""


def sample_days(pack: RulePack) -> tuple[Day, ...]:
    """The pack's own days, by name."""
    folder = pack.directory / DAYS
    return tuple(read_days([folder], pack)) if any(folder.glob("*.json")) else ()


def read_days(paths: Iterable[Path], pack: RulePack, override: tuple[str, ...] = ()) -> Iterator[Day]:
    """The days of files and folders, in their order, those of a folder by name.

    A snapshot that is refused is a day with a problem. Raises InputError for a path that holds no snapshot.
    """
    for path in paths:
        for file in _files(path):
            try:
                snapshot = wrapgen.read_snapshot(decode_json(file.read_bytes()), pack.reference, override=override)
            except (wrapgen.SnapshotError, InputError) as error:
                yield Day(file.stem, None, "; ".join(map(describe, error.problems)))
            else:
                yield Day(file.stem, snapshot)


def _files(path: Path) -> list[Path]:
    found = sorted(path.glob("*.json")) if path.is_dir() else [path] if path.is_file() else []
    if not found:
        raise InputError([Problem(str(path), "holds no snapshot (*.json)" if path.is_dir() else "no such file")])
    return found
