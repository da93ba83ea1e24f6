"""Rules that fit single days would choose worse on the half of the cases that they were not tuned on."""

from __future__ import annotations

from statistics import fmean

import pytest

from tests.cases import crosscheck
from tests.cases.crosscheck import NONE, agreement, cases, splits, tuned


@pytest.fixture(scope="module")
def found() -> list[crosscheck.Split]:
    return splits(8)


def test_tuning_helps_the_half_that_it_sees(found: list[crosscheck.Split]) -> None:
    """Else the cross-check would show nothing."""
    sample = cases()[::2]
    assert sum(agreement(sample, tuned(sample))) >= sum(agreement(sample, NONE))
    assert fmean(s.seen for s in found) > fmean(s.unseen for s in found)


def test_rules_tuned_on_one_half_choose_well_on_the_other(found: list[crosscheck.Split]) -> None:
    assert fmean(s.unseen for s in found) >= 0.85


def test_the_rules_that_ship_do_as_well_as_tuned_ones(found: list[crosscheck.Split]) -> None:
    assert fmean(s.shipped for s in found) >= fmean(s.unseen for s in found)
