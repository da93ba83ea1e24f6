"""What is wrong with a rule file, in words an editor can act on.

A problem names the file and the line, says what is wrong, and where it can, what is allowed and
which allowed name is nearest to the one written. A `RuleError` carries every problem found, never
only the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wrapgen.errors import nearest

_SHOWN = 12  # allowed names listed beside the nearest before the rest is only counted
_MOST_SHOWN = 60  # where none is near, so that the one that is meant must be found in the list
_LONGEST = 60  # characters of a wrong value that are quoted back


@dataclass(frozen=True)
class RuleProblem:
    """One thing wrong in one place.

    ``line`` counts from 1; 0 means the file as a whole. ``message`` is a phrase without the wrong
    value (``unknown verb class``), which stands in ``value`` and is quoted after it. ``nearest`` is
    the allowed name that was probably meant.
    """

    file: str
    line: int
    message: str
    value: str = ""
    allowed: tuple[str, ...] = ()
    nearest: str | None = None

    def to_dict(self) -> dict[str, object]:
        return {
            "file": self.file,
            "line": self.line,
            "message": self.message,
            "value": self.value,
            "allowed": list(self.allowed),
            "nearest": self.nearest,
        }

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        words = f"{place}: {_one_line(self.message)}"
        if self.value:
            words += f' "{_short(self.value)}"'
        if self.nearest is not None:
            words += f'; did you mean "{self.nearest}"?'
        if self.allowed:
            shown = _SHOWN if self.nearest else _MOST_SHOWN
            more = len(self.allowed) - shown
            tail = f" and {more} more" if more > 0 else ""
            words += f"{'' if self.nearest else ';'} allowed: {', '.join(self.allowed[:shown])}{tail}"
        return words


class RuleError(Exception):
    """Rule files that cannot be used; ``problems`` has everything wrong with them, by file and line.

    As text, one line a problem.
    """

    def __init__(self, problems: Sequence[RuleProblem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line)))
        super().__init__(self.problems)  # as args, so that the error survives pickling between processes

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def unknown(file: str, line: int, message: str, value: str, allowed: Iterable[str]) -> RuleProblem:
    """The problem of a ``value`` that is not among ``allowed``, with the nearest that is."""
    names = tuple(allowed)
    return RuleProblem(file, line, message, value, names, nearest(value, names))


def _one_line(text: str) -> str:
    """``text`` with line breaks and other unprintable characters escaped."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _short(text: str) -> str:
    return _one_line(text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "...")
