"""The output of a batch: shards that are there whole or not at all, and the manifest that says what is done.

A shard is a fixed run of items of the input, so that the same input, rules and options always give the same files.
Its key is a hash over all that it depends on: a resumed batch makes anew only shards whose key has changed, or
whose files are not as the manifest says.

    manifest.json                 rules, options, the report, and a record for each shard
    part-00001.jsonl              articles, one a line; or part-00001.parquet; for other formats a folder of files
    part-00001.notes.json         what the report counts, and how they open: what was looked at, what was chosen
    part-00001.failures.jsonl     what became of the others, where there are any
    failures.jsonl                all of them together, once the batch is finished
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from wrapgen.batch.files import remove, write_folder, write_whole
from wrapgen.batch.openings import Choice, Opening
from wrapgen.batch.parquet import parquet_file
from wrapgen.batch.report import added_up, tally
from wrapgen.batch.work import Item, Job, Outcome
from wrapgen.errors import InputError, Problem
from wrapgen.version import __version__

MANIFEST, FAILURES, NOTES = "manifest.json", "failures.jsonl", "notes.json"
_SUFFIXES = {
    "text": "txt", "markdown": "md", "html": "html", "ninjs": "json", "ninjs-1": "json", "newsml-g2": "xml",
    "schema.org": "jsonld", "atom": "xml",
}  # fmt: skip

_ONE_FILE = {"json": ".jsonl", "parquet": ".parquet"}


@dataclass
class Output:
    """The folder of a batch. ``shards`` are the records of the manifest, in the order of the input."""

    folder: Path
    job: Job
    rules: str
    """Hash of the rule files."""
    before: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Records of an earlier run, by name of shard."""
    shards: list[dict[str, Any]] = field(default_factory=list)
    tallies: list[Mapping[str, Any]] = field(default_factory=list)
    """Of each shard, what the report counts."""

    @classmethod
    def open(cls, folder: Path, job: Job, rules: str, resume: bool) -> Output:
        """Make the folder, or go on in it. Raises InputError where it holds a batch and ``resume`` is not asked."""
        folder.mkdir(parents=True, exist_ok=True)
        manifest = folder / MANIFEST
        if not manifest.exists():
            return cls(folder, job, rules)
        if not resume:
            message = "holds a batch already; --resume goes on with it, or name another folder"
            raise InputError([Problem(str(folder), message)])
        return cls(folder, job, rules, _read_records(manifest))

    def key(self, items: Sequence[Item]) -> str:
        """A hash over all that the shard of ``items`` depends on."""
        digest = hashlib.sha256(orjson.dumps([__version__, self.rules, self.job.options()]))
        for item in items:
            digest.update(orjson.dumps([item.name, item.problem, len(item.data)]))
            digest.update(item.data)
        return digest.hexdigest()

    def done(self, number: int, key: str) -> Mapping[str, Any] | None:
        """The record of shard ``number`` if an earlier run left it with this key, and whole."""
        record = self.before.get(_name(number))
        whole = record is not None and record["key"] == key and record["output"] == self._hash(number)
        return record if whole else None

    def keep(self, record: Mapping[str, Any]) -> None:
        """Go on with a shard as an earlier run left it."""
        self._record(dict(record), _read_notes(self._notes(len(self.shards) + 1))["tally"])

    def choices(self, number: int) -> list[Choice]:
        """How the articles of shard ``number`` open, as they were written."""
        return _choices(_read_notes(self._notes(number)))

    def write(self, number: int, key: str, outcomes: Sequence[Outcome], choices: Sequence[Choice]) -> None:
        """Write shard ``number`` and its record."""
        articles = [outcome for outcome in outcomes if not outcome.problems]
        failures = [outcome for outcome in outcomes if outcome.problems]
        path, lines = self._path(number), self._failures(number)
        lines.unlink(missing_ok=True)
        if failures:
            write_whole(lines, b"".join(map(_line, failures)))
        if self.job.format == "json":
            write_whole(path, b"".join(outcome.article for outcome in articles))
        elif self.job.format == "parquet":
            write_whole(path, parquet_file([outcome.article for outcome in articles]))
        else:
            write_folder(path, {f"{a.name}.{_SUFFIXES[self.job.format]}": a.article for a in articles})
        tallied = tally(outcomes)
        write_whole(self._notes(number), _notes_file(tallied, choices))
        counts = {"articles": len(articles), "failures": len(failures)}
        self._record({"name": _name(number), "key": key, "output": self._hash(number), **counts}, tallied)

    def finish(self) -> None:
        """Gather the failures, drop shards of an input that was longer, and say in the manifest that all is done."""
        numbers = range(1, len(self.shards) + 1)
        ours = {path(number) for number in numbers for path in (self._path, self._notes, self._failures)}
        for path in set(self.folder.glob("part-*")) - ours:
            remove(path)
        parts = (self._failures(number) for number in numbers)
        write_whole(self.folder / FAILURES, b"".join(part.read_bytes() for part in parts if part.exists()))
        self._save(finished=True)

    def report(self) -> dict[str, Any]:
        """What there is to say of all shards."""
        return added_up(self.tallies)

    def count(self, key: str) -> int:
        """``articles`` or ``failures`` of all shards."""
        return sum(record[key] for record in self.shards)

    def _record(self, record: dict[str, Any], tallied: Mapping[str, Any]) -> None:
        self.shards.append(record)
        self.tallies.append(tallied)
        self._save(finished=False)

    def _save(self, finished: bool) -> None:
        # What an earlier run did beyond this shard is not forgotten while this one is under way.
        later = [] if finished else [self.before[name] for name in sorted(self.before)[len(self.shards) :]]
        manifest = {
            "engine": __version__,
            "rules": self.rules,
            "options": self.job.options(),
            "finished": finished,
            "articles": self.count("articles"),
            "failures": self.count("failures"),
            **({"report": self.report()} if finished else {}),
            "shards": [*self.shards, *later],
        }
        write_whole(
            self.folder / MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        )

    def _path(self, number: int) -> Path:
        return self.folder / (_name(number) + _ONE_FILE.get(self.job.format, ""))

    def _failures(self, number: int) -> Path:
        return self.folder / f"{_name(number)}.{FAILURES}"

    def _notes(self, number: int) -> Path:
        return self.folder / f"{_name(number)}.{NOTES}"

    def _hash(self, number: int) -> str:
        """Over the files of a shard as they are."""
        path, digest = self._path(number), hashlib.sha256()
        sides = self._notes(number), self._failures(number)
        for file in (*(sorted(path.iterdir()) if path.is_dir() else (path,)), *sides):
            data = file.read_bytes() if file.exists() else b""
            digest.update(b"%d:%s%d:" % (len(file.name), os.fsencode(file.name), len(data)))
            digest.update(data)
        return digest.hexdigest()


def _name(number: int) -> str:
    return f"part-{number:05}"


def read_openings(folder: Path) -> list[Opening]:
    """How the articles of a batch open, finished or not. Raises InputError where ``folder`` holds none."""
    names = sorted(record["name"] for record in _read_records(folder / MANIFEST).values())
    files = [folder / f"{name}.{NOTES}" for name in names]
    try:
        return [choice.opening for file in files for choice in _choices(_read_notes(file))]
    except OSError as error:
        raise InputError([Problem(str(error.filename), f"cannot be read: {error.strerror or error}")]) from None
    except (orjson.JSONDecodeError, KeyError, TypeError, IndexError):
        raise InputError([Problem(str(folder), "holds notes that are damaged; name another folder")]) from None


def _read_records(manifest: Path) -> dict[str, Mapping[str, Any]]:
    """The records of a manifest, by name of shard."""
    try:
        return {record["name"]: record for record in orjson.loads(manifest.read_bytes())["shards"]}
    except OSError as error:
        raise InputError([Problem(str(manifest), f"cannot be read: {error.strerror or error}")]) from None
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise InputError([Problem(str(manifest), "is no manifest of a batch; name another folder")]) from None


def _notes_file(tallied: Mapping[str, Any], choices: Iterable[Choice]) -> bytes:
    openings = [
        {"name": choice.name, "chosen": choice.chosen, "openings": [list(opening) for opening in choice.openings]}
        for choice in choices
    ]
    return orjson.dumps({"tally": tallied, "openings": openings}, option=orjson.OPT_APPEND_NEWLINE)


def _read_notes(path: Path) -> Any:
    return orjson.loads(path.read_bytes())


def _choices(notes: Any) -> list[Choice]:
    return [
        Choice(choice["name"], tuple(Opening(*opening) for opening in choice["openings"]), choice["chosen"])
        for choice in notes["openings"]
    ]


def _line(outcome: Outcome) -> bytes:
    return orjson.dumps({"name": outcome.name, "problems": outcome.problems}, option=orjson.OPT_APPEND_NEWLINE)


def batched(items: Iterable[Item], size: int) -> Iterable[list[Item]]:
    """Runs of ``size`` items, the last one shorter."""
    run: list[Item] = []
    for item in items:
        run.append(item)
        if len(run) == size:
            yield run
            run = []
    if run:
        yield run
