"""The stories that editors chose on 35 real days, and what the engine chooses."""

from __future__ import annotations

import pytest

from tests.cases.agreement import MEASURES, agreement, halves, means, rank_correlation, rows

LEAST = {"tone": 0.95, "angle": 0.85, "both": 0.95, "subject": 0.85, "lede": 0.70, "order": 0.55}


@pytest.mark.parametrize("measure", MEASURES)
def test_the_engine_chooses_as_editors_chose(measure: str) -> None:
    assert means(rows().values())[measure] >= LEAST[measure]


def test_no_half_of_the_cases_falls_far_behind() -> None:
    """Rules made for a few days would do well on some halves and badly on the others."""
    split = halves()
    for measure in ("tone", "angle", "both"):
        assert min(half[measure] for half in split) >= LEAST[measure] - 0.1, measure


@pytest.mark.parametrize(
    ("theirs", "ours", "found"),
    [
        ("ABC", "ABC", 1.0),
        ("ABC", "CBA", -1.0),
        ("ABC", "AXCB", 1 / 3),
        ("AB", "AB", None),
        ("ABC", "AB", 0.0),
    ],
)
def test_rank_correlation(theirs: str, ours: str, found: float | None) -> None:
    assert rank_correlation(theirs, ours) == found


def test_agreement_sees_a_wrong_choice() -> None:
    label = {
        "tone": "up",
        "angles": ["broad_advance"],
        "leader": "HSI",
        "headline_mentions": ["HSI"],
        "lede_mentions": ["N225", "e1"],
        "market_order": ["HSI", "N225", "KS11"],
    }
    written = {
        "angle": {"name": "flat", "tone": "flat", "subjects": {"leader": None}},
        "counterpoint": None,
        "mentions": {"headline": [], "lede": ["N225"], "order": ["KS11", "N225", "HSI"]},
    }
    row = agreement(label, written, ["HSI", "N225", "KS11"])
    assert row == {"tone": 0.0, "angle": 0.0, "both": 0.0, "subject": 0.0, "lede": 0.5, "order": -1.0}
