"""Reads a rule file: YAML in, plain data that still knows its lines out.

Less than YAML, so that a file means what it looks like. Only ``true``, ``false``, ``null`` and plain
decimal numbers are anything but text: ``no``, ``on``, ``2025-11-12``, ``12:30``, ``0700`` and ``0x1f``
stay text. Keys are text and stand once in a mapping. Tags, merge keys, tabs and several documents
in a file are refused; ``&name`` and ``*name`` repeat a value as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from wrapgen.rulepack.errors import RuleError, RuleProblem

# libyaml where PyYAML was built with it: ten times as fast, and every start reads every rule file.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_DEEPEST = 40  # mappings and lists within each other
_MOST = 500_000  # values in a file, repeated ones counted each time: aliases cannot blow it up
_WORDS: dict[str, bool | None] = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip
# At most 15 digits before the point and two in the exponent: what a float holds exactly or nearly so.
_NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]{0,14})(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?")
_NUMBER_STARTS = frozenset("0123456789+-.")
# What an editor cannot see (control, zero-width and direction characters), and what YAML takes for a
# line break and an editor does not.
_UNSEEN = re.compile(
    r"[^\n\r -~\xa0-\xac\xae-\u200a\u2010-\u2027\u202f-\u205f\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    r"\U00010000-\U0010ffff]"
)


class Record(dict[str, Any]):
    """A mapping of a rule file. ``line`` is where it begins, ``lines`` where each of its keys stands."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}

    def line_of(self, key: str) -> int:
        """The line of ``key``, or of the mapping where the key is not there."""
        return self.lines.get(key, self.line)


class Items(list[Any]):
    """A list of a rule file. ``line`` is where it begins, ``lines`` where each of its items stands."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def read_yaml(path: Path | str, file: str) -> Any:
    """What a YAML file holds: `Record`, `Items`, str, int, float, bool or None (an empty file).

    ``file`` is the name to use in problems. Raises RuleError with everything that is wrong.
    """
    return parse_yaml(read_bytes(path, file), file)


def read_bytes(path: Path | str, file: str) -> bytes:
    """The bytes of a rule file. Raises RuleError where it cannot be read."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RuleError([RuleProblem(file, 0, f"cannot be read: {reason}")]) from None


def parse_yaml(data: bytes, file: str) -> Any:
    """As `read_yaml`, from the bytes of a file."""
    reader = _Reader(file)
    text = reader.decode(data)
    try:
        value = reader.build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        reader.broken(error)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: an impossible \U escape, without libyaml
        reader.refuse(0, f"is not YAML: {error}")
    if reader.problems:
        raise RuleError(reader.problems)
    return value


class _Reader:
    """One file being read; gathers problems as it goes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[RuleProblem] = []
        self.last = 0  # line of the file

    def refuse(self, line: int, message: str, value: str = "") -> None:
        self.problems.append(RuleProblem(self.file, line, message, value))

    def decode(self, data: bytes) -> str:
        """The text of the file. Raises RuleError where the characters themselves are wrong."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            # error.object may lack the byte order mark, which holds no line break.
            line = error.object.count(b"\n", 0, error.start) + 1
            byte = error.object[error.start]
            self.refuse(line, f"is not UTF-8 text (byte 0x{byte:02x}); save the file as UTF-8")
            raise RuleError(self.problems) from None
        seen: set[int] = set()
        for match in _UNSEEN.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            if line not in seen and len(seen) < 20:
                seen.add(line)
                unseen = f"unseen character U+{ord(match[0]):04X}; remove it"
                self.refuse(line, "tab; use spaces" if match[0] == "\t" else unseen)
        if seen:
            raise RuleError(self.problems)
        self.last = len(text.splitlines())
        return text

    def broken(self, error: yaml.MarkedYAMLError) -> None:
        at, begun = (
            # What is missing at the end is reported on the line after the last.
            min(mark.line + 1, self.last) if mark else 0
            for mark in (error.problem_mark or error.context_mark, error.context_mark)
        )
        context = f"{error.context} begun on line {begun}" if begun not in (0, at) else error.context
        reason = ", ".join(part for part in (context, error.problem) if part)
        if (error.problem or "").startswith("mapping values are not allowed"):
            reason += "; put a text with a colon in it in quotes"
        self.refuse(at, f"broken YAML: {reason}")

    def build(self, events: Iterator[Any]) -> Any:
        """The one document of a stream of YAML events, built without recursion."""
        root = Items()  # holds the document; every open mapping or list hangs from it
        stack: list[tuple[Record | Items, str | None, str | None, int]] = []
        holder: Any = root  # a Record or Items
        key: str | None = None  # of the mapping that is open, once its key has been read
        anchors: dict[str, tuple[Any, int]] = {}
        count = 0
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                line = event.start_mark.line + 1
                value = _scalar(event.value) if event.implicit[0] else event.value
                if event.anchor is not None:
                    anchors[event.anchor] = (value, 1)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                line = event.start_mark.line + 1
                if len(stack) >= _DEEPEST:
                    self.refuse(line, f"more than {_DEEPEST} levels deep")
                    return None
                value = Record(line) if kind is yaml.MappingStartEvent else Items(line)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                closed = holder
                holder, key, anchor, before = stack.pop()
                if anchor is not None:
                    anchors[anchor] = (closed, count - before)
                continue
            elif kind is yaml.AliasEvent:
                line = event.start_mark.line + 1
                value, size = anchors.get(event.anchor, (None, 0))
                count += size
                if not size:
                    self.refuse(line, "no finished value before this line has the anchor", event.anchor)
            else:
                if kind is yaml.DocumentStartEvent and root:
                    self.refuse(event.start_mark.line + 1, "a second document (---); one file, one document")
                    return None
                continue
            count += 1
            if count > _MOST:
                self.refuse(line, f"more than {_MOST} values in one file")
                return None
            if kind is not yaml.AliasEvent and event.tag is not None:
                self.refuse(line, "tags have no place in a rule file", event.tag)
            if type(holder) is Items:
                holder.append(value)
                holder.lines.append(line)
            elif key is None:
                key = self.key(holder, value, line)
                if not isinstance(value, Record | Items):
                    continue
            else:
                holder[key] = value
                key = None
            if kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                stack.append((holder, key, event.anchor, count - 1))
                holder, key = value, None
        return root[0] if root else None

    def key(self, record: Any, value: Any, line: int) -> str:
        """Notes where a key stands; where it cannot be a key, says so and gives one to go on with."""
        if not isinstance(value, str):
            if isinstance(value, Record | Items):
                self.refuse(line, "a key must be text, not a mapping or a list")
            else:
                self.refuse(line, "a key must be text; put quotes around", str(value))
            return f"\0{line}"
        if value == "<<":
            self.refuse(line, "merge keys have no place in a rule file; write the keys out", value)
        elif value in record.lines:
            self.refuse(line, f"key already on line {record.lines[value]}", value)
        else:
            record.lines[value] = line
        return value


def _scalar(text: str) -> Any:
    """The value of an unquoted scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_STARTS and _NUMBER.fullmatch(text):
        return int(text) if text.lstrip("+-").isdecimal() else float(text)
    return text
