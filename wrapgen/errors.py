"""Errors for people: what is wrong, where, what is allowed, and the nearest name.

Every room that refuses something raises an error with ``problems`` or with the same four parts, so
that the command line and the service can tell of any of them in one way.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from wrapgen.check.types import Claim

SHOWN = 24  # names listed before "and N more": a line must stay readable
LONGEST = 80  # characters of a wrong value that are quoted, or looked up: beyond it, it is no name

# What would break "one problem, one line": control characters and the Unicode line separators.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Problem(NamedTuple):
    """One thing that is wrong. ``pointer`` is a JSON pointer; ``""`` is the whole document.

    Where a data gate found it, ``gate`` is its name, ``severity`` is ``hold`` or ``refuse``, and ``figures``
    are those that tripped it.
    """

    pointer: str
    message: str
    allowed: Sequence[str] | None = None
    nearest: str | None = None
    gate: str | None = None
    severity: str | None = None
    figures: Mapping[str, Any] | None = None


class InputError(ValueError):
    """What came in is no JSON document: unreadable, not UTF-8, broken. Carries ``problems``."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


class ClaimError(RuntimeError):
    """An article that says what its data do not bear out: a fault of the rules, and nothing is given out.

    Carries ``problems``, one a claim: where it was held against the data, the words, and what the data say.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.claims = tuple(claims)
        self.problems = tuple(
            Problem(
                claim.pointer or "",
                f"the article says {claim.text!r} ({claim.kind}), which is {claim.status}"
                + (f": {claim.why}" if claim.why else "")
                + (f"; the data say {claim.true_value}" if claim.true_value else ""),
            )
            for claim in self.claims
        )
        super().__init__("; ".join(problem.message for problem in self.problems))


class OptionError(ValueError):
    """An option that cannot be met: an unknown name, or an angle that the data do not support."""

    def __init__(
        self, option: str, message: str, allowed: Sequence[str] | None = None, nearest: str | None = None
    ) -> None:
        self.option = option
        self.message = message
        self.allowed = allowed
        self.nearest = nearest
        super().__init__(f"{option}: {message}")

    @classmethod
    def unknown(cls, option: str, value: object, allowed: Sequence[str]) -> OptionError:
        """The error for a ``value`` that is not among the ``allowed`` names."""
        return cls(option, f"{str(value)[:LONGEST]!r} is unknown", allowed, nearest(str(value), allowed))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that ``name`` most likely meant, whatever its case; None if none is like it.

    One with two neighbouring letters the other way round comes first, and of two alike the one that begins alike.
    """
    if len(name) > LONGEST:
        return None
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.casefold(), candidate)
    folded = name.casefold()
    swaps = (f"{folded[:n]}{folded[n + 1]}{folded[n]}{folded[n + 2 :]}" for n in range(len(folded) - 1))
    found = [swap for swap in swaps if swap in by_folded] or difflib.get_close_matches(folded, by_folded, n=3)
    likeness = {each: difflib.SequenceMatcher(None, each, folded).ratio() for each in found}
    return by_folded[max(found, key=lambda each: (likeness[each], _shared(each, folded)))] if found else None


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with in common."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def decode_json(data: bytes) -> Any:
    """The JSON document in ``data`` (UTF-8, with or without a byte order mark).

    Raises InputError with line and column where it breaks. ``NaN`` and ``Infinity`` are not JSON.
    """
    import orjson

    try:
        return orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        if not data.strip():
            message = "is empty; a snapshot is a JSON object"
        elif not _is_utf8(data):
            message = "is not UTF-8 text; a snapshot is a JSON object in UTF-8"
        else:
            message = f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        raise InputError([Problem("", message)]) from None


def describe(problem: Any) -> str:
    """One line about a problem of any room: where, what, allowed, nearest.

    ``problem`` has ``message`` and either ``pointer`` (input), ``option``, or ``file`` and ``line``
    (rules); ``value``, ``allowed`` and ``nearest`` are told where they are there.
    """
    remedies = []
    value = getattr(problem, "value", None)
    if value is not None and str(value) not in problem.message:
        remedies.append(f"found: {str(value)[:LONGEST]}")
    if allowed := getattr(problem, "allowed", None):
        remedies.append(f"allowed: {_listed(allowed)}")
    if close := getattr(problem, "nearest", None):
        remedies.append(f"nearest: {_listed(close)}")
    if gate := getattr(problem, "gate", None):
        held = getattr(problem, "severity", None) == "hold"
        remedies.append(f"gate: {gate}, {'which an override accepts' if held else 'which cannot be overridden'}")
    text = f"{_place(problem)}: {problem.message}" + "".join(f"; {remedy}" for remedy in remedies)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _place(problem: Any) -> str:
    if (pointer := getattr(problem, "pointer", None)) is not None:
        return pointer or "(snapshot)"
    if (option := getattr(problem, "option", None)) is not None:
        return option if option.isupper() else f"--{option}"  # an argument is called SNAPSHOT
    file, line = getattr(problem, "file", None), getattr(problem, "line", None)
    return f"{file}:{line}" if line else str(file)


def _listed(names: str | Iterable[object]) -> str:
    if isinstance(names, str):
        return names
    listed = [str(name) for name in names]
    rest = len(listed) - SHOWN
    return ", ".join(listed[:SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
