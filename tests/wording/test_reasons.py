"""How a reason hangs on its move."""

from __future__ import annotations

import json
import re

import pytest

from tests.cases.library import ROOT, VARIANTS, day, event, stock, write

SALE = event(
    "sale", polarity="negative", clause="Tarn sold its stake in Beta", noun_phrase="Tarn’s sale of its stake in Beta"
)
OTHERS = {"KS11": -0.7, "AS51": -0.4, "HSI": -0.6, "TWII": 0.8}


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_weighs_on_an_index_does_not_do_so_on_a_reason(variant: int) -> None:
    """Not *with utilities weighing on the S&P 500 on a cap*."""
    sent = json.loads((ROOT / "rules" / "days" / "us-utilities-drag.json").read_text("utf-8"))
    lede = write(sent, variant=variant).article.blocks[0].text
    assert "a cap on" not in lede or " on a cap" not in lede.partition("weighing on ")[2], lede


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_reason_of_a_move_is_not_that_of_a_rank(variant: int) -> None:
    """Not *was the region's weakest performer on a sale*."""
    sent = day({"N225": {"change_pct": -0.9, "because": ["sale"]}, **OTHERS}, events=[SALE])
    text = write(sent, variant=variant).article.render("text")
    assert not re.search(r"(?:performer|in the region|the region’s losses) (?:on|after|following) ", text), text


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_reason_may_stand_behind_a_milestone(variant: int) -> None:
    """Not *rising to its highest level in a week. A weaker yen supported the Nikkei.*"""
    yen = event("yen", clause=None, noun_phrase="a slightly weaker yen")
    best = {"type": "highest", "over": "P1W"}
    sent = day(
        {"N225": {"change_pct": 1.1, "milestone": best, "because": ["yen"]}, "KS11": 0.3, "HSI": 0.1, "TWII": 0.4},
        events=[yen],
    )
    article = write(sent, variant=variant).article
    told = [each.text for block in article.blocks for each in block.sentences if "weaker yen" in each.text]
    assert told and not any(text.startswith("A slightly") for text in told), told


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_holds_an_index_back_is_named_where_its_fall_is_not_known(variant: int) -> None:
    sent = json.loads((ROOT / "rules" / "days" / "europe-news-without-moves.json").read_text("utf-8"))
    text = write(sent, variant=variant).article.render("text")
    assert re.search(r"The DAX \w+(?: \w+)?, held back by Chemische Werke Rhein", text), text


@pytest.mark.parametrize(("what", "said"), [("its capital rules", False), ("a 25% tariff on chips", True)])
def test_a_policy_is_named_in_a_subhead_by_what_is_new_alone(what: str, said: bool) -> None:
    """*After Its Capital Rules* does not say what became of them."""
    eased = event(
        "move", type="policy", clause=None, noun_phrase=None, who="Canberra", action={"verb": "impose", "object": what}
    )
    firms = [stock(n, "XASX", market="AS51", change_pct=1.0 + int(n)) for n in ("1", "2")]
    sent = day(
        {"AS51": {"change_pct": 1.8, "because": ["move"]}, "N225": -0.7, "KS11": -0.9, "HSI": -0.8},
        events=[eased],
        stocks=firms,
    )
    text = write(sent).article.render("text")
    assert ("Its Capital Rules" not in text) and (("Tariff on Chips" in text) == said), text


def test_a_connective_that_a_reason_has_itself_does_not_stand_before_it_too() -> None:
    """*fell following profit-taking following a rapid rise*."""
    taken = event(
        "profits", type="flow", polarity="negative", noun_phrase="profit-taking following a rapid rise",
        clause="investors took profits from a rapid rise",
    )  # fmt: skip
    moves = {"N225": {"change_pct": -7.3, "because": ["profits"]}, "HSI": -2.5, "KS11": -1.2, "AS51": -2.0}
    told = 0
    for variant in VARIANTS:
        text = write(day(moves, events=[taken]), variant=variant).article.render("text")
        told += "rapid rise" in text
        assert "following profit-taking following" not in text, text
    assert told == len(VARIANTS)


@pytest.mark.parametrize("variant", VARIANTS)
def test_results_that_are_expected_are_not_out(variant: int) -> None:
    """Not *shed 2.4% amid its third-quarter results*."""
    results = event(
        "results", type="earnings", status="expected", who="XTKS:1", period="third quarter", polarity="negative",
        clause=None, noun_phrase=None,
    )  # fmt: skip
    firm = stock("1", change_pct=-2.4, because=["results"])
    text = write(day({"N225": -0.6, "HSI": -0.3}, events=[results], stocks=[firm]), variant=variant).article.render(
        "text"
    )
    assert re.search(r"(?:ahead of|before) (?:its|Firm1’s) third-quarter results", text), text
    assert not re.search(r"(?:amid|on|after) (?:its|Firm1’s) third-quarter results", text), text


def test_behind_what_a_broker_did_the_company_is_named() -> None:
    """*It said* would be the broker."""
    sent = json.loads((ROOT / "rules" / "days" / "de-thin-labor-day.json").read_text("utf-8"))
    text = write(sent).article.render("text")
    assert "Lyle Harcourt cut its rating to sell. The company said a turbine" in text


@pytest.mark.parametrize("stage", ["called off", "called_off", "terminated", "withdrawn"])
def test_a_deal_that_came_to_nothing_is_no_new_deal(stage: str) -> None:
    deal = event("deal", type="merger", who="XTKS:1", target="Beta", stage=stage, clause=None, noun_phrase=None)
    sent = day({"N225": 0.4, "HSI": 0.2}, events=[deal], stocks=[stock("1", change_pct=6.0, because=["deal"])])
    for variant in VARIANTS:
        text = write(sent, variant=variant).article.render("text")
        assert "collapse" in text and "announced a deal" not in text, text


@pytest.mark.parametrize("stage", ["floated", "rejected", "blocked"])
def test_a_stage_that_says_neither_is_told_as_no_deal_and_as_no_collapse(stage: str) -> None:
    deal = event("deal", type="merger", who="XTKS:1", target="Beta", stage=stage, clause=None, noun_phrase=None)
    sent = day({"N225": 0.4, "HSI": 0.2}, events=[deal], stocks=[stock("1", change_pct=6.0, because=["deal"])])
    assert "Beta" not in write(sent).article.render("text")


@pytest.mark.parametrize("status", ["expected", "scheduled"])
@pytest.mark.parametrize("kind", ["policy", "statement"])
def test_a_measure_to_come_is_not_taken(kind: str, status: str) -> None:
    measure = event(
        "measure", type=kind, status=status, who="Washington", action={"verb": "raise", "object": "import tariffs"},
        clause=None, noun_phrase=None, polarity="negative",
    )  # fmt: skip
    sent = day({"N225": {"change_pct": -0.8, "because": ["measure"]}, "HSI": -0.4}, events=[measure])
    for variant in VARIANTS:
        text = write(sent, variant=variant).article.render("text")
        assert "Washington is expected to raise import tariffs" in text, text
        assert "raised" not in text and "move to raise" not in text, text


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "central_bank", "who": "Bank of Japan", "action": "hold"},
        {"type": "data_release", "indicator": "gross domestic product", "place": "JP"},
    ],
)
def test_a_headline_does_not_have_what_is_due_for_a_reason(frame: dict[str, str]) -> None:
    due = event("due", status="expected", clause=None, noun_phrase=None, polarity="negative", **frame)
    sent = day({"N225": {"change_pct": -0.8, "because": ["due"]}, "TOPX": -0.4}, "jp", events=[due])
    for variant in VARIANTS:
        headline = write(sent, variant=variant).article.headline.text
        assert not re.search(r" (?:on|amid|after) ", headline, re.IGNORECASE), headline


def test_a_stake_of_unknown_size_is_not_part_of_one() -> None:
    sale = event("sale", type="stake_sale", who="XTKS:1", target="Beta", clause=None, noun_phrase=None)
    sent = day({"N225": 0.4, "HSI": 0.2}, events=[sale], stocks=[stock("1", change_pct=6.0, because=["sale"])])
    text = write(sent).article.render("text")
    assert "a stake in Beta" in text and "part of" not in text, text


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_a_stock_moved_in_spite_of_stands_with_its_move(variant: int) -> None:
    """Not *sank 5.3%. It raised its forecast.*, two lines apart; and what is not its own news is no such thing."""
    forecast = event("forecast", type="guidance", who="XTKS:1", change="raised", clause=None, noun_phrase=None)
    rates = event("rates", clause="the Bank of Japan delayed a rise", noun_phrase="a delayed rate rise")
    firms = [
        stock("1", change_pct=-5.3, because=["forecast"]),
        stock("2", change_pct=-2.3, because=["rates"]),
    ]
    sent = day({"N225": -0.6, "HSI": -0.3}, events=[forecast, rates], stocks=firms)
    text = write(sent, variant=variant).article.render("text")
    assert re.search(r"Company 1 \(TYO:1\) \w+ 5.3% (?:despite|in spite of) its", text), text
    assert not re.search(r"Company 2 \(TYO:2\) \w+ 2.3% (?:despite|in spite of)", text), text


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_fall_is_not_helped_by_a_sector(variant: int) -> None:
    """Not *leading losses across Asia, helped by bank shares*."""
    sectors = [{"market": "N225", "name": "bank", "direction": "down", "effect": "drag"}]
    sent = day({"N225": -3.8, "HSI": -0.4, "KS11": -0.2, "AS51": -0.1}, sectors=sectors)
    text = write(sent, variant=variant).article.render("text")
    assert "ank shares" in text and "help" not in text, text


def test_results_to_come_have_no_details() -> None:
    """Not *the results reflected higher fees* of results that are expected."""
    results = event(
        "results", type="earnings", status="expected", who="XTKS:1", period="third quarter", driver="higher fees",
        clause=None, noun_phrase=None,
    )  # fmt: skip
    sent = day({"N225": 0.6, "HSI": 0.3}, events=[results], stocks=[stock("1", change_pct=2.4, because=["results"])])
    assert "reflect" not in write(sent).article.render("text")
