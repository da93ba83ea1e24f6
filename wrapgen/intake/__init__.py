"""Intake: from what a sender posts to a validated, frozen snapshot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from wrapgen.intake.gates.types import Tripped
from wrapgen.intake.reference import Reference
from wrapgen.intake.snapshot import Snapshot


def read_snapshot(
    data: Mapping[str, Any] | str | bytes,
    reference: Reference | None = None,
    *,
    now: dt.datetime | str | None = None,
    override: Iterable[str] = (),
) -> Snapshot:
    """Validate a snapshot against the rule pack's reference data, and ask its data gates.

    Raises SnapshotError with every problem. ``now`` (a date-time with offset) is the time by which the age of
    the data is judged, not at all where it is left out; ``override`` names gates of severity ``hold`` that are
    accepted. OptionError for a gate that there is not, or that cannot be overridden.
    """
    from wrapgen.intake.reading import read_snapshot as read

    return read(data, _reference(reference), now=now, override=override)


def examine_snapshot(
    data: Mapping[str, Any] | str | bytes,
    reference: Reference | None = None,
    *,
    now: dt.datetime | str | None = None,
) -> tuple[Tripped, ...]:
    """What every data gate says of a snapshot; SnapshotError only where it is not well formed."""
    from wrapgen.intake.reading import examine_snapshot as examine

    return examine(data, _reference(reference), now)


def check_options(reference: Reference, now: str | None, override: Iterable[str]) -> None:
    """Raises OptionError, as `read_snapshot` would, for a ``now`` or an ``override`` that cannot be met."""
    from wrapgen.intake.reading import check_options as check

    check(reference, now, override)


def _reference(given: Reference | None) -> Reference:
    if given is not None:
        return given
    from wrapgen.rulepack.pack import load_rules

    return load_rules().reference


__all__ = ["check_options", "examine_snapshot", "read_snapshot"]
