"""Headline and lede as messages: which reason stands behind which story."""

from __future__ import annotations

import json

import pytest

import wrapgen
from tests.cases.library import CASES, ROOT, book, day, event, sent, stock, write
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
