"""An analyst's view is of a company: no sentence has a rating of nobody."""

from __future__ import annotations

import pytest

from tests.cases.library import VARIANTS, day, event, stock, write

UPGRADE = event(
    "view", type="analyst", broker="Weir & Sons", action="upgrade", rating="buy", clause=None, noun_phrase=None,
    polarity="positive",
)  # fmt: skip
MOVED = {"KS11": 0.2, "HSI": -0.3, "AS51": 0.1}


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_market_s_reason_names_the_company_that_is_rated(variant: int) -> None:
    rated = stock("1", change_pct=6.1, because=["view"])
    sent = day({"N225": {"change_pct": 0.9, "because": ["view"]}, **MOVED}, events=[UPGRADE], stocks=[rated])
    sentences = [s.text for block in write(sent, variant=variant).article.blocks for s in block.sentences]
    of_market = [s for s in sentences if "Weir & Sons" in s and "Company 1" not in s]
    assert of_market
    assert all("Firm1" in sentence for sentence in of_market), of_market


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_view_of_nobody_known_is_left_out(variant: int) -> None:
    sent = day({"N225": {"change_pct": 0.9, "because": ["view"]}, **MOVED}, events=[UPGRADE])
    assert "Weir" not in write(sent, variant=variant).article.render("text")


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_stock_s_own_sentence_does_not_name_it_twice(variant: int) -> None:
    sent = day({"N225": 0.9, **MOVED}, events=[UPGRADE], stocks=[stock("1", change_pct=6.1, because=["view"])])
    text = write(sent, variant=variant).article.render("text")
    assert "Weir & Sons" in text and "Firm1" not in text.partition("Company 1")[2], text
