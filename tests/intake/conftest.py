"""A small snapshot made by hand, and the reference data that ships with the project."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wrapgen.intake.reference import Reference
from wrapgen.intake.reference_files import load_reference

RULES = Path(__file__).resolve().parents[2] / "rules" / "reference"

SMALL: dict[str, Any] = {
    "region": "asia-pacific",
    "as_of": "2024-03-05",
    "markets": [
        {"id": "HSI", "change_pct": -1.2, "because": ["rates"]},
        {"id": "N225", "level": 40100.0, "previous_close": 40000.0},
        {"id": "ES_F", "change_pct": 0.1},
        {"id": "SPX", "session": "previous", "change_pct": 0.4},
    ],
    "stocks": [
        {
            "ticker": "0005",
            "exchange": "XHKG",
            "name": "Harbour Holdings Ltd",
            "change_pct": -4.0,
            "market": "HSI",
        }
    ],
    "sectors": [{"market": "HSI", "name": "property", "direction": "down"}],
    "breadth": [{"market": "HSI", "advancers": 10, "decliners": 60}],
    "volume": [{"market": "HSI", "turnover": 9.1e10, "currency": "HKD"}],
    "history": {"HSI": {"dates": ["2024-03-01", "2024-03-04"], "closes": [100.0, 101.0]}},
    "events": [
        {
            "id": "rates",
            "type": "central_bank",
            "who": "the central bank",
            "action": "hold",
            "affects": ["HSI"],
        }
    ],
}


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference(RULES)


@pytest.fixture
def small() -> dict[str, Any]:
    """A valid snapshot, to be changed at will."""
    return copy.deepcopy(SMALL)


@pytest.fixture
def problems(reference: Reference) -> Callable[[Any], dict[str, Any]]:
    """Reads a snapshot that must be refused; gives its problems by pointer."""
    from wrapgen.intake.problems import SnapshotError
    from wrapgen.intake.reading import read_snapshot

    def refused(data: Any) -> dict[str, Any]:
        with pytest.raises(SnapshotError) as caught:
            read_snapshot(data, reference)
        return {problem.pointer: problem for problem in caught.value.problems}

    return refused
