"""Sectors of which only the direction is known: with one of their stocks, against the trend, or not at all."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.cases.library import day, event, stock, write

REASON = event("deal", polarity="negative", clause="Beta lost an order", noun_phrase="Beta's loss of an order")


def text_of(sector: dict[str, Any], **firm: Any) -> str:
    """The body of a Japanese day on which carmakers fell against the market."""
    carmaker = stock("7203", name="Beta Motor", short_name="Beta", change_pct=-3.0, sector="auto", **firm)
    bank = stock("8306", name="Alpha Bank", short_name="Alpha", change_pct=3.0, sector="bank")
    sectors = [{"name": "auto", "direction": "down", **sector}]
    sent = day({"N225": 1.0, "TOPX": 0.9}, "jp", stocks=[bank, carmaker], sectors=sectors, events=[REASON])
    return write(sent).article.render("text")


def test_a_sector_takes_its_stock_along() -> None:
    text = text_of({})
    assert ", with Beta Motor (TYO:7203) " in text
    assert text.count("Beta Motor") == 1


def test_a_sector_with_a_figure_stands_by_itself() -> None:
    assert ", with Beta" not in text_of({"change_pct": -1.2})


def test_a_stock_with_a_reason_of_its_own_stands_by_itself() -> None:
    assert ", with Beta" not in text_of({}, because=["deal"])


def test_sectors_that_went_the_other_way_buck_the_trend() -> None:
    assert "Auto shares bucked the trend" in text_of({})


@pytest.mark.parametrize(("known", "told"), [({}, False), ({"change_pct": 2.0}, True), ({"level": 4.1}, True)])
def test_a_direction_that_a_reason_has_told_is_not_told_again(known: dict[str, Any], told: bool) -> None:
    rise = event("rise", clause="bond yields rose", noun_phrase="a rise in bond yields")
    yields = {"name": "U.S. bond yields", "kind": "yield", "role": "context", "direction": "up", **known}
    sent = day({"DJI": {"change_pct": 0.7, "because": ["rise"]}, "SPX": 0.4, "USY": yields}, "us", events=[rise])
    assert ("U.S. bond yields" in write(sent).article.render("text")) == told


def test_a_day_without_a_trend_has_none_to_buck() -> None:
    sectors = [{"market": "DJI", "name": name, "direction": "up"} for name in ("banks", "technology")]
    firms = [stock("0001", market="DJI", change_pct=0.03)]
    firms.append(stock("0002", market="DJI", change_pct=0.0, because=["deal"]))
    sent = day({"DJI": {"direction": "flat"}}, "us", sectors=sectors, stocks=firms, events=[REASON])
    text = write(sent, check=False).article.render("text")
    assert "buck" not in text.lower(), text


@pytest.mark.parametrize(
    ("sectors", "along"), [(("auto", "bank"), True), (("auto",), False), (("auto", "bank", "steel"), False)]
)
def test_two_sectors_take_a_stock_of_each_along(sectors: tuple[str, ...], along: bool) -> None:
    """Two stocks show how far two sectors fell; not how far one of them did, nor three."""
    firms = [
        stock("7203", name="Beta Motor", short_name="Beta", change_pct=-3.0, sector="auto"),
        stock("8306", name="Alpha Bank", short_name="Alpha", change_pct=-2.0, sector="bank"),
    ]
    listed = [{"name": name, "direction": "down"} for name in sectors]
    sent = day({"N225": -1.0, "TOPX": -0.9}, "jp", stocks=firms, sectors=listed)
    text = write(sent).article.render("text")
    assert text.count("Beta Motor (") == text.count("Alpha Bank (") == 1
    assert (re.search(r", with Beta Motor \(TYO:7203\) \w+ 3% and Alpha Bank \(TYO:8306\) ", text) is not None) == along
