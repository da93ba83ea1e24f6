"""Headline and lede as messages: which reason stands behind which story."""

from __future__ import annotations

import json
from typing import Any

import pytest

import wrapgen
from tests.cases.library import CASES, ROOT, VARIANTS, book, day, event, sent, stock, write
from wrapgen.angles.rank import choose, rank
from wrapgen.plan.opening import lede, opening_of

RULES = wrapgen.load_rules().angles
BEHIND_WALL_STREET = [
    name
    for name in CASES
    if next(a for a in rank(book(sent(name)), RULES) if a.name == "follows_wall_street").supported
]


@pytest.mark.parametrize("name", BEHIND_WALL_STREET)
def test_the_losses_on_wall_street_are_not_given_the_regions_reason(name: str) -> None:
    facts = book(sent(name))
    angle, counterpoint, _ = choose(facts, rank(facts, RULES), "follows_wall_street")
    assert all(not s.kind.startswith("cause") for s in lede(facts, opening_of(facts, angle, counterpoint)).satellites)


def test_there_are_days_that_follow_wall_street() -> None:
    assert len(BEHIND_WALL_STREET) >= 3


def test_the_exception_of_a_flat_day_is_told_once_in_the_lede() -> None:
    """Where it is the second story too, that one tells of it."""
    moves = {"DAX": -1.1, "CAC": -0.05, "UKX": 0.04, "IBEX": 0.06}
    lede = write(day(moves, "europe")).article.blocks[0].text
    assert lede.count("DAX") == 1, lede


def test_a_market_that_rose_past_a_mark_hit_no_low() -> None:
    sent = day({"STAR50": {"change_pct": 0.4, "milestone": {"type": "first_above", "since": "2024"}}}, "cn")
    assert "Low" not in write(sent).article.headline.text


def test_a_headline_drops_the_articles_of_an_institution() -> None:
    meeting = event(
        "copom", type="central_bank", status="scheduled", who="Bank of England", importance=5, when="Friday"
    )
    bare = {k: v for k, v in meeting.items() if k not in ("clause", "noun_phrase", "polarity")} | {"action": "hold"}
    sent = day({"UKX": {"change_pct": 0.2, "because": ["copom"]}}, "gb", events=[bare])
    headline = write(sent).article.headline.text
    assert "Bank of England’s Rate Decision" in headline and "the Bank" not in headline


def test_news_of_the_index_does_not_stand_behind_its_stock() -> None:
    """Behind "dragged down by Firm" it would seem to be the firm's."""
    orders = event("orders", polarity="negative", clause="factory orders fell", noun_phrase="a fall in factory orders")
    cut = event(
        "cut", polarity="negative", clause="a broker cut its rating", noun_phrase="a broker's cut to its rating"
    )
    firm = stock("VOW3", "XETR", market="DAX", change_pct=-4.0, effect="drag", because=["cut"])
    sent = day({"DAX": {"change_pct": -0.9, "because": ["orders"]}}, "de", events=[orders, cut], stocks=[firm])
    for variant in range(6):
        article = write(sent, angle="held_back_by_stock", variant=variant).article
        assert "factory orders" not in article.blocks[0].sentences[0].text
        assert "factory orders" in article.render("text").lower()


def test_a_lede_without_other_news_shows_what_the_day_was_like() -> None:
    moves = {"SPX": -0.53, "DJI": -0.09, "CCMP": -1.0, "RTY": 0.7}
    for variant in range(5):
        lede = write(day(moves, "us"), variant=variant).article.blocks[0].text
        assert "Nasdaq" in lede and "1%" in lede and "S&P" not in lede, lede


def test_what_leads_is_not_said_of_another_markets_run() -> None:
    """*with the KOSPI extending its run, led by a rally in Japan* has the run led by the rally."""
    run = {"direction": "up", "sessions": 8, "status": "extends"}
    moves = {"KS11": {"change_pct": 1.5, "streak": run}, "N225": 3.1, "HSI": 0.9, "TWII": 0.5, "AS51": 0.6}
    seen = 0
    for variant in range(8):
        text = write(day(moves, "asia-pacific"), angle="extends_run", variant=variant).article.blocks[0].text
        assert "KOSPI" in text and ", led by" not in text, text
        seen += "while Japan’s Nikkei 225" in text
    assert seen > 0


def test_wall_street_is_not_told_behind_a_stocks_own_reason() -> None:
    """*lifted by Firm1 after it raised its forecast, following gains on Wall Street* has the forecast follow them."""
    raised = event("raised", clause="Firm1 raised its forecast", noun_phrase="Firm1’s raised forecast")
    firm = stock("1", "XHKG", market="HSI", change_pct=6.4, effect="lift", because=["raised"])
    moves = {"HSI": 0.8, "SPX": {"change_pct": 0.6, "role": "backdrop", "session": "previous"}}
    for variant in range(6):
        article = write(day(moves, "hk", events=[raised], stocks=[firm]), variant=variant).article
        assert "Wall Street" not in article.blocks[0].text
        assert "Wall Street" in article.render("text")


def test_sectors_that_the_second_story_is_about_are_not_the_reason_of_the_first() -> None:
    """Not *rose to a record high as bank shares advanced, with bank shares rising after the ECB eased its rules*."""
    made = json.loads((ROOT / "rules" / "days" / "it-easier-bank-rules.json").read_text("utf-8"))
    for variant in range(10):
        text = write(made, variant=variant).article.blocks[0].text
        assert text.count("bank shares") == 1, text


def test_a_reason_that_the_lede_has_no_room_for_is_left_to_the_scores() -> None:
    made = json.loads((ROOT / "rules" / "days" / "asia-tokyo-leads-on-payouts.json").read_text("utf-8"))
    for variant in range(10):
        text = write(made, variant=variant).article.render("text")
        assert text.count("Gulf ceasefire") == 1 and "supported the" not in text and "helped the" not in text, text


# -- whose reason it is

DECISION = event("e1", status="scheduled", polarity="neutral", clause="the bank decides", noun_phrase="a bank decision")
ELECTION = event("e2", status="scheduled", polarity="neutral", clause="voters decide", noun_phrase="an election")
TALKS = event("e3", status="continuing", polarity="neutral", clause="talks went on", noun_phrase="talks on tariffs")


def opened(sent: dict[str, Any]) -> list[str]:
    """Headline and lede in every variant."""
    made = [write(sent, variant=variant).article for variant in VARIANTS]
    return [text for each in made for text in (each.headline.text, each.blocks[0].text)]


def test_one_sentence_waits_for_one_thing() -> None:
    """Not *before a bank decision ahead of an election*."""
    held, feared = {**DECISION, "importance": 1}, {**ELECTION, "polarity": "negative"}
    down = {"direction": "down", "because": ["e1", "e2"]}
    days = [
        day({"SPX": down}, "us", events=[held, {**ELECTION, "polarity": "positive"}]),
        day({"N225": {"change_pct": -3.0, "because": ["e1", "e2"]}}, "jp", events=[DECISION, feared]),
    ]
    for text in [*opened(days[0]), *opened(days[1])]:
        assert not ("bank decision" in text.lower() and "election" in text.lower()), text


@pytest.mark.parametrize("place", ["IBEX", "DAX"])
def test_stocks_of_one_place_have_that_places_reason(place: str) -> None:
    """What the sender links to the index that spans Europe alone is not why stocks in Spain moved."""
    for awaited in (TALKS, DECISION):
        spanning = {"change_pct": 0.0, "because": [awaited["id"]]}
        for text in opened(day({place: 0.0, "SXXP": spanning}, "europe", events=[awaited])):
            assert awaited["noun_phrase"].removeprefix("a ") not in text.lower(), text


def test_the_index_that_spans_the_region_is_not_given_the_reason_of_its_markets() -> None:
    moves = {"UKX": {"change_pct": 2.6, "because": ["e3"]}, "DAX": {"change_pct": 2.4, "because": ["e3"]}, "SXXP": 2.5}
    for text in opened(day(moves, "europe", events=[TALKS])):
        assert not ("STOXX" in text and "talks" in text.lower()), text


def test_news_behind_the_poles_of_a_mixed_day_is_the_last_ones_too() -> None:
    moves: dict[str, Any] = {"CAC": 0.0, "UKX": 0.01, "FTSEMIB": {"direction": "down"}}
    moves |= {"DAX": {"direction": "up", "because": ["e1"]}, "IBEX": {"direction": "up"}}
    for text in opened(day(moves, "europe", events=[DECISION])):
        assert "Italy lower ahead of a bank decision" not in text


# -- what a market is said to have done


def test_a_losing_run_that_ended_is_no_winning_run() -> None:
    ended = {"status": "ended", "sessions": 12, "direction": "down"}
    for text in opened(day({"N225": {"change_pct": 1.4, "streak": ended, "pattern": "reversal"}}, "jp")):
        assert "winning" not in text.lower(), text


def test_none_that_fell_is_lifted_to_a_record() -> None:
    record = {"milestone": {"type": "record_high"}}
    moves = {"DJI": -0.2, "SPX": {"change_pct": -2.1, **record}, "RTY": {"direction": "flat", **record}}
    for text in opened(day(moves, "us")):
        assert "lifting" not in text, text


def test_a_place_did_what_its_main_index_did() -> None:
    best = {"milestone": {"type": "best_day", "over": "three years"}, "because": ["news"]}
    sent = day({"N225": 0.0, "TOPX": {"change_pct": 3.7, **best}}, events=[event()])
    for variant in VARIANTS:
        article = write(sent, variant=variant, check=False).article
        titles = [article.headline.text, *(block.text for block in article.blocks if block.kind == "subhead")]
        assert not any(title.startswith("Japan ") for title in titles), titles


def test_a_stock_lifts_no_index_that_stood_still() -> None:
    news = event("order", clause="Firm0001 won an order", noun_phrase="an order")
    firm = stock("0001", "XLON", market="UKX", change_pct=3.5, because=["order"])
    for text in opened(day({"UKX": -0.04, "IBEX": 0.2}, "europe", stocks=[firm], events=[news])):
        assert "lift" not in text.lower(), text


def test_what_one_place_waits_for_is_not_told_of_the_region() -> None:
    """A budget that the sender links to Jakarta alone."""
    sent = json.loads((ROOT / "rules" / "days" / "asia-jakarta-before-budget.json").read_text("utf-8"))
    for variant in VARIANTS:
        article = write(sent, variant=variant).article
        text = article.render("text")
        assert "budget" not in article.headline.text.lower() and "budget" not in article.blocks[0].text, text
        assert "Jakarta Composite" in text and "budget" in text, text
