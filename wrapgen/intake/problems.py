"""What is wrong with what was sent, in words for the person who sent it.

A problem says where (a JSON pointer), what, what would be allowed, and which allowed value is
nearest. Intake collects every problem before it refuses, so that one round trip mends them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from wrapgen import errors
from wrapgen.errors import Problem, describe

__all__ = ["Fault", "Findings", "Problem", "Refused", "SnapshotError", "nearest", "pointer", "show"]

# A damaged feed can be wrong ten thousand times over: looking up what each may have meant would
# take longer than reading it.
_MOST_SUGGESTIONS = 100
_SHOWN = 40  # characters of a wrong value that a message quotes


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that ``name`` was most likely meant to be: the first that it begins
    (``asia`` for ``asia-pacific``), otherwise the one that is most like it; None where none is."""
    names = tuple(known)
    if len(name) >= 3:
        for candidate in names:
            if candidate.casefold().startswith(name.casefold()):
                return candidate
    return errors.nearest(name, names)


def pointer(*tokens: str | int) -> str:
    """The JSON pointer (RFC 6901) made of ``tokens``: ``pointer("markets", 0)`` is ``/markets/0``."""
    return "".join(["/" + str(token).replace("~", "~0").replace("/", "~1") for token in tokens])


class SnapshotError(ValueError):
    """A snapshot that cannot be written from. ``problems`` holds every reason, in document order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems, key=_document_order))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(describe(problem) for problem in self.problems)


class Fault(NamedTuple):
    """A problem that does not know its place yet: what a value is refused for.

    ``meant`` is the wrong name, to be looked for among ``candidates``.
    """

    message: str
    allowed: tuple[str, ...] = ()
    meant: object = None
    candidates: tuple[str, ...] = ()


class Refused(ValueError):
    """A value that is not of its kind (`wrapgen.intake.kinds`); ``fault`` says why."""

    def __init__(self, message: str, allowed: tuple[str, ...] = (), meant: object = None) -> None:
        self.fault = Fault(message, allowed, meant)
        super().__init__(message)


class Findings:
    """Collects problems and warnings while one snapshot is read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.warnings: list[str] = []

    def problem(
        self,
        where: str,
        message: str,
        allowed: Iterable[str] = (),
        meant: object = None,
        candidates: Iterable[str] = (),
    ) -> None:
        """Something that the snapshot cannot be read with.

        ``allowed`` are the values to list, where they are few; ``meant`` is the wrong name, whose
        nearest among ``candidates`` (or ``allowed``) is suggested.
        """
        near = None
        if isinstance(meant, str) and len(self.problems) < _MOST_SUGGESTIONS:
            near = nearest(meant, candidates or allowed)
        self.problems.append(Problem(where, message, tuple(allowed), near))

    def warning(self, where: str, message: str) -> None:
        """Something that the sender should know and that stops nothing."""
        self.warnings.append(f"{where}: {message}")

    def raise_if_any(self) -> None:
        """Raise SnapshotError if there was a problem."""
        if self.problems:
            raise SnapshotError(self.problems)


def show(value: object) -> str:
    """A value as a message may quote it: short, on one line, printable."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return repr(value if len(value) <= _SHOWN else value[:_SHOWN] + "...")
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int):
        return str(value) if -(10**20) < value < 10**20 else "a number too long to show"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "an object"


def _document_order(problem: Problem) -> tuple[tuple[int, int, str], ...]:
    """Pointers in reading order: array positions count as numbers (2 before 10)."""
    return tuple(
        (0, int(token), "") if token.isascii() and token.isdigit() and len(token) < 12 else (1, 0, token)
        for token in problem.pointer.split("/")
    )
