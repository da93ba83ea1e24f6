"""Highs, lows, records and worst days, of each that is named and of what they come near to."""

from __future__ import annotations

import re

import pytest

from tests.cases.library import VARIANTS, day, write
from tests.check.days import faults, read


@pytest.mark.parametrize("without", [None, "SPX", "CCMP", "DJI"])
def test_each_in_its_worst_day_is_said_of_every_one_named(without: str | None) -> None:
    worst = {"type": "worst_day", "since": "2016-06"}
    moves = {"SPX": -3.4, "CCMP": -3.7, "DJI": -3.6}
    markets = {i: {"change_pct": pct, **({} if i == without else {"milestone": worst})} for i, pct in moves.items()}
    of = read(day(markets, "us"))
    found = faults(
        "The S&P 500 fell 3.4%, the Nasdaq Composite fell 3.7% and the Dow Jones Industrial Average fell 3.6%, "
        "each in its worst day since mid-2016.",
        of,
    )
    assert [c.kind for c in found] == ([] if without is None else ["since"])


def test_close_to_its_record_is_what_the_data_say_stands_beside_the_milestone() -> None:
    near = {"type": "highest", "since": "2025-10-14", "near": {"what": "record", "when": "2025-10-13"}}
    sent = day({"N225": {"change_pct": 0.8, "milestone": near}, "HSI": 0.4, "KS11": 0.3})
    text = "Japan’s Nikkei 225 climbed 0.8% to its highest level since October 14, close to its record."
    assert not faults(text, read(sent))
    sent["markets"][0]["milestone"] = {**near, "near": {"what": "peak", "when": "2025-10-13"}}
    assert [claim.text for claim in faults(text, read(sent))] == ["record"]


def test_the_most_since_is_a_milestone() -> None:
    assert faults("The Nikkei fell the most since April.") == []
    (fault,) = faults("The Nikkei fell the most since June.")
    assert (fault.kind, fault.status) == ("since", "contradicted")


CROSSED = {"type": "first_above", "value": 6000}


@pytest.mark.parametrize(
    ("level", "basis", "stood"), [(5993.4, "intraday", False), (6011.9, "intraday", True), (6011.9, "close", True)]
)
def test_where_a_market_was_is_not_where_it_stood(level: float, basis: str, stood: bool) -> None:
    """Above 6,000 in the session and below it at the end, it *traded* there for the first time."""
    milestone = {**CROSSED, "basis": basis}
    of = read(day({"KS11": {"change_pct": 0.9, "level": level, "milestone": milestone}, "HSI": 0.3, "N225": 0.5}))
    assert not faults("The KOSPI traded above 6,000 for the first time.", of)
    for said in (
        "The KOSPI closed above 6,000 for the first time.",
        "The KOSPI finished trading above 6,000 for the first time.",
        "Asian stocks rose on Wednesday, with the KOSPI above 6,000 for the first time.",
    ):
        assert [fault.status for fault in faults(said, of)] == ([] if stood else ["contradicted"]), said


@pytest.mark.parametrize("region", ["kr", "asia-pacific"])
def test_what_came_back_is_not_told_to_stand_there(region: str) -> None:
    milestone = {**CROSSED, "basis": "intraday"}
    sent = day({"KS11": {"change_pct": 0.9, "level": 5993.4, "milestone": milestone}, "HSI": 0.3, "N225": 0.5}, region)
    for variant in VARIANTS:
        text = write(sent, variant=variant).article.render("text")
        assert re.search(r"(?:traded|trading) above 6,000 for the first time", text), text
        assert not re.search(r"(?<!traded )(?<!trading )above 6,000", text), text
