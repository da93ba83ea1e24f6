"""A single market's day, told by its stocks and sectors."""

from __future__ import annotations

import json

from tests.cases.library import ROOT, VARIANTS, day, event, stock, write


def test_on_a_flat_day_there_is_no_trend_to_buck() -> None:
    firms = [
        stock("C31", "XSES", market="STI", direction="flat"),
        stock("D77", "XSES", market="STI", change_pct=-2.4),
        stock("S99", "XSES", market="STI", change_pct=3.0),
    ]
    for variant in range(6):
        text = write(day({"STI": 0.01}, "sg", stocks=firms), variant=variant).article.render("text")
        assert "Trend" not in text and "trend" not in text, text


def test_a_subhead_over_a_stock_of_another_sector_names_both() -> None:
    article = write(json.loads((ROOT / "rules" / "days" / "us-busy-earnings.json").read_text("utf-8"))).article
    heads = [block.text for block in article.blocks if block.kind == "subhead"]
    assert any(head.startswith("Financial Shares") and "Hartwell Medical" in head for head in heads), heads


def budget_day(importance: int, **rest: object) -> dict[str, object]:
    """A market that a budget lifts, a stock that lifts it, and another that had news of its own."""
    budget = event(
        "budget",
        type="fiscal",
        clause="the finance minister scrapped a levy",
        noun_phrase="a budget without a levy",
        importance=importance,
        affects=["STI"],
    )
    firms = [
        stock("C31", "XSES", market="STI", change_pct=6.1, effect="lift", because=["budget"]),
        stock("D77", "XSES", market="STI", change_pct=7.0, because=["budget"]),
        stock("S99", "XSES", market="STI", change_pct=3.0, because=["order"]),
    ]
    order = event("order", clause="S99 won an order from a shipyard", noun_phrase="an order", who="XSES:S99")
    return day({"STI": 1.2}, "sg", stocks=firms, events=[budget, order], **rest)


def test_the_news_of_a_single_markets_day_is_its_headline_before_the_stock_that_it_moved() -> None:
    for variant in VARIANTS:
        article = write(budget_day(5), variant=variant).article
        assert article.angle["name"] == "driven_by_event"
        assert "Budget Without a Levy" in article.headline.text
        assert "budget" in article.blocks[0].text or "levy" in article.blocks[0].text
    assert write(budget_day(3)).article.angle["name"] == "lifted_by_stock"


def test_stocks_whose_reason_the_lede_has_told_come_first_and_without_it() -> None:
    for variant in VARIANTS:
        article = write(budget_day(5), variant=variant).article
        told = " ".join(block.text for block in article.blocks[1:])
        assert "levy" not in told, told
        first, second, third = (told.index(f"(SGX:{ticker})") for ticker in ("C31", "D77", "S99"))
        assert first < second < third, told


def test_the_reason_of_a_stock_is_told_where_it_is_its_own() -> None:
    article = write(budget_day(5)).article
    assert "order" in " ".join(block.text for block in article.blocks[1:])


def test_sectors_behind_their_stocks_are_not_told_again_by_their_direction_alone() -> None:
    sent = json.loads((ROOT / "rules" / "days" / "th-coalition-collapse.json").read_text("utf-8"))
    for variant in VARIANTS:
        text = write(sent, variant=variant).article.render("text")
        assert "Andaman Resorts (BKK:AND)" in text and "ourism shares" not in text, text


def test_a_central_bank_is_without_its_country_in_the_headline_of_its_own_alone() -> None:
    sent = json.loads((ROOT / "rules" / "days" / "br-rate-rise.json").read_text("utf-8"))
    abroad = {**sent, "events": [{**sent["events"][0], "who": "Turkey’s central bank"}]}
    for variant in VARIANTS:
        assert "Central Bank’s Rate Rise" in write(sent, variant=variant).article.headline.text
        assert "Central Bank" not in write(abroad, variant=variant).article.headline.text
