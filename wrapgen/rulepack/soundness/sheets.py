"""The files of a rule pack as they are written: plain data that knows its lines.

A loaded pack keeps what writing needs. What else stands in a file, and on which line, is read here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from wrapgen.rulepack.errors import RuleError, RuleProblem, unknown
from wrapgen.rulepack.yamlfile import Items, Record, read_yaml

_READABLE = 60  # allowed names worth listing


class Text(NamedTuple):
    """A text of a file and its line."""

    text: str
    line: int


@dataclass
class Sheets:
    """Every YAML file under ``root`` by its name there (``lexicon/verbs.yaml``), and what is found wrong."""

    root: Path
    files: dict[str, Any] = field(default_factory=dict)
    problems: list[RuleProblem] = field(default_factory=list)

    def records(self, file: str) -> list[Record]:
        """The records of a file that holds a list of them; none where the file cannot be read."""
        return records_of(self.files.get(file))

    def part(self, file: str, key: str) -> list[Record]:
        """The records under one key of a file that holds a mapping."""
        value = self.files.get(file)
        return records_of(value.get(key)) if isinstance(value, Record) else []

    def folder(self, name: str) -> list[str]:
        """The files of one folder."""
        return [file for file in self.files if file.startswith(f"{name}/")]

    def refuse(self, file: str, line: int, message: str, value: object = "") -> None:
        self.problems.append(RuleProblem(file, line, message, str(value)))

    def unknown(self, file: str, line: int, message: str, value: object, allowed: Any) -> None:
        """``allowed`` are told where they are few enough to read, and the nearest of them always."""
        problem = unknown(file, line, message, str(value), allowed)
        if len(problem.allowed) > _READABLE:
            problem = replace(problem, allowed=())
        self.problems.append(problem)


def read_sheets(root: Path) -> Sheets:
    """Reads every file; one that is not sound YAML is a problem."""
    sheets = Sheets(root)
    for path in sorted(root.rglob("*.yaml")):
        name = path.relative_to(root).as_posix()
        try:
            sheets.files[name] = read_yaml(path, name)
        except RuleError as error:
            sheets.problems.extend(error.problems)
    for path in sorted(root.rglob("*.yml")):
        sheets.refuse(path.relative_to(root).as_posix(), 0, "is not read; rename it", path.with_suffix(".yaml").name)
    return sheets


def records_of(value: object) -> list[Record]:
    return [item for item in value if isinstance(item, Record)] if isinstance(value, Items) else []


def texts_of(record: Record, key: str) -> list[Text]:
    """The texts under a key, one or a list, each with its line."""
    value = record.get(key)
    if isinstance(value, Items):
        return [Text(str(item), line) for item, line in zip(value, value.lines, strict=True)]
    return [] if value is None else [Text(str(value), record.line_of(key))]


def scalars(value: object, line: int = 0) -> Iterator[tuple[Any, int]]:
    """Every single value within, with its line."""
    if isinstance(value, Record):
        for key, item in value.items():
            yield from scalars(item, value.line_of(key))
    elif isinstance(value, Items):
        for item, at in zip(value, value.lines, strict=True):
            yield from scalars(item, at)
    else:
        yield value, line
