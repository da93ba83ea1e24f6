"""A rule as its file has it: what ``file.yaml:line name`` points to."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple


class RuleSource(NamedTuple):
    """One entry of a rule file, with its own lines but for its cases. ``place`` is ``file:line``."""

    place: str
    name: str
    lines: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        file, _, line = self.place.rpartition(":")
        return {"file": file, "line": int(line), "name": self.name, "says": list(self.lines)}


def rule_source(directory: Path, rule: str) -> RuleSource:
    """The entry that a sentence's ``rule`` names: its first line, and those that belong to it by their indent.

    Raises OSError where the file is no longer there, ValueError for a text that names no rule.
    """
    place, _, name = rule.partition(" ")
    file, _, line = place.rpartition(":")
    first = int(line) - 1
    lines = (directory / file).read_text("utf-8").splitlines()
    margin = len(lines[first]) - len(lines[first].lstrip())
    last = first + 1
    while last < len(lines) and (not lines[last].strip() or lines[last][: margin + 1].isspace()):
        last += 1
    entry = _without_cases([text[margin:].rstrip() for text in lines[first:last]])
    while entry and not entry[-1]:
        entry.pop()
    return RuleSource(place, name, tuple(entry))


def _without_cases(entry: list[str]) -> list[str]:
    """The entry up to its ``tests:``, which stand last; those of its parts stay."""
    cases = next((at for at, text in enumerate(entry) if text == "  tests:"), len(entry))
    after = next((at for at in range(cases + 1, len(entry)) if entry[at][:3].strip()), len(entry))
    return entry[:cases] + entry[after:]
