"""The line of correction for a figure that was published and was wrong.

A figure was wrong where the same moment is told otherwise now: the data have the time of before, or the fact is not
one that moves while a session runs. A later figure of a running session is news, and no correction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from wrapgen.preview.copy import Copy, Line
from wrapgen.preview.values import Change, Document, changes, label, rests_on, value_of

# What moves while a session runs, under the markets, stocks and sectors of that session.
_RUNNING = ("change_pct", "change", "level", "price", "direction", "high", "low", "contribution_points", "approx")
_FIGURES = (int, float)


class Correction(NamedTuple):
    """A published line that stated what was wrong, and the facts that it was wrong in."""

    line: Line
    changes: tuple[Change, ...]


def corrections(published: Copy, before: Document, after: Document) -> tuple[Correction, ...]:
    """The lines of ``published``, written from ``before``, that ``after`` shows to have been wrong."""
    same_time = before.get("as_of") == after.get("as_of") and before.get("phase") == after.get("phase")
    found, seen = [], set[str]()
    for line in published.lines:
        wrong = tuple(
            change
            for change in changes(_stated(line, before), before, after)
            if change.fact not in seen and change.old is not None and change.new is not None
            if isinstance(change.old, _FIGURES) and (same_time or not _runs(change.fact, before))
        )
        if wrong:
            seen.update(change.fact for change in wrong)
            found.append(Correction(line, wrong))
    return tuple(found)


def _stated(line: Line, document: Document) -> tuple[str, ...]:
    """The figures of a line, and not the whole market or company that it is about."""
    return tuple(name for name in rests_on(document, line.facts) if not isinstance(value_of(document, name), Mapping))


def _runs(fact: str, document: Document) -> bool:
    owner = value_of(document, "/".join(fact.split("/")[:2]))
    if not isinstance(owner, Mapping) or fact.split("/")[0] not in (
        "markets",
        "stocks",
        "sectors",
        "breadth",
        "volume",
    ):
        return False
    return owner.get("session", "current") == "current" and (
        fact.split("/")[-1] in _RUNNING or fact.startswith(("breadth", "volume"))
    )


def told(found: Sequence[Correction], pattern: str, percent: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """A sentence for each wrong figure by the house's ``pattern`` with ``{what}``, ``{old}`` and ``{new}``."""
    sentences = []
    for change in (change for correction in found for change in correction.changes):
        words = {"{old}": _figure(change, change.old, percent), "{new}": _figure(change, change.new, percent)}
        said = pattern.replace("{what}", label(change.fact, names))
        for slot, figure in words.items():
            said = said.replace(slot, figure)
        sentences.append(said)
    return tuple(sentences)


def _figure(change: Change, value: object, percent: str) -> str:
    if not isinstance(value, _FIGURES):
        return str(value)
    if change.fact.endswith("_pct"):
        return f"{value:+,}{percent}"
    return f"{value:,}"
