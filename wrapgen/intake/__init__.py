"""Intake: from what a sender posts to a validated, frozen snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wrapgen.intake.reference import Reference
from wrapgen.intake.snapshot import Snapshot


def read_snapshot(data: Mapping[str, Any] | str | bytes, reference: Reference | None = None) -> Snapshot:
    """Validate a snapshot against the rule pack's reference data (``SnapshotError`` has every problem)."""
    from wrapgen.intake.reading import read_snapshot as read

    if reference is None:
        from wrapgen.rulepack.pack import load_rules

        reference = load_rules().reference
    return read(data, reference)


__all__ = ["read_snapshot"]
