"""Data gates: where a snapshot that is well formed is still not to be believed.

The published disasters of automated copy were data, not grammar: a share split that was not adjusted for, a
year that was wrong. A gate asks one question of the figures before anything is written. What it found is a
``note`` (told in the answer), a ``hold`` (refused, unless the sender overrides it by name) or a ``refuse``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from wrapgen.errors import OptionError
from wrapgen.intake.gates.catalogue import GATES
from wrapgen.intake.gates.types import Tripped, View
from wrapgen.intake.problems import Problem, SnapshotError
from wrapgen.intake.snapshot import Snapshot

if TYPE_CHECKING:
    from wrapgen.intake.reference import Reference

__all__ = ["admit", "check_override", "examine"]


def examine(snapshot: Snapshot, reference: Reference, now: dt.datetime | None = None) -> tuple[Tripped, ...]:
    """Everything that the gates have to say of a snapshot, gate by gate; nothing is refused here.

    ``now`` is the caller's clock: without it, age is not judged.
    """
    view = View(snapshot, reference, now)
    return tuple(
        [
            Tripped(rule.gate, rule.severity, finding.message, finding.pointer, finding.figures)
            for rule in reference.gates
            if rule.severity != "ignore"
            for finding in GATES[rule.gate].ask(view, rule.limits)
        ]
    )


def admit(
    snapshot: Snapshot, reference: Reference, now: dt.datetime | None = None, override: Iterable[str] = ()
) -> tuple[Tripped, ...]:
    """What the gates say of a snapshot that may be written: notes, and what the sender overrode.

    Raises SnapshotError with every ``hold`` that is not in ``override`` and every ``refuse``.
    """
    accepted = frozenset(override)
    found = tuple(
        tripped._replace(overridden=tripped.severity == "hold" and tripped.name in accepted)
        for tripped in examine(snapshot, reference, now)
    )
    problems = [_problem(t) for t in found if t.severity == "refuse" or (t.severity == "hold" and not t.overridden)]
    if problems:
        raise SnapshotError(problems)
    return found


def check_override(override: Iterable[str], reference: Reference) -> tuple[str, ...]:
    """The names of gates that a sender accepts. OptionError for one that is no gate, or that cannot be overridden."""
    names = tuple(override)
    if not names:
        return names
    severities = {rule.gate: rule.severity for rule in reference.gates}
    holds = tuple(name for name, severity in severities.items() if severity == "hold")
    for name in names:
        if name not in severities:
            raise OptionError.unknown("override", name, holds)
        if severities[name] == "refuse":
            raise OptionError("override", f"'{name}' cannot be overridden: mend the data", holds)
    return names


def _problem(tripped: Tripped) -> Problem:
    return Problem(
        tripped.pointer, tripped.message, gate=tripped.name, severity=tripped.severity, figures=tripped.figures
    )
