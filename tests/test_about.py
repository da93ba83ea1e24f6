from __future__ import annotations

from typing import Any

import pytest

import wrapgen
from tests.cases.library import book, day, event, sent, snapshot, stock, write
from tests.render.days import DAYS, made
from wrapgen.about import About, Place, describe
from wrapgen.coverage import Told


def about(sent: dict[str, Any]) -> About:
    return write(sent).article.about


@pytest.mark.parametrize("name", DAYS)
def test_companies_are_those_that_the_text_names(name: str) -> None:
    article = made(name)
    named = {t.ref for s in (article.headline, *(s for b in article.blocks for s in b.sentences)) for t in s.tokens}
    shares = {f"{s['exchange']}:{s['ticker']}": s["name"] for s in sent(name).get("stocks", ())}
    assert {c.id: c.name for c in article.about.companies} == {i: n for i, n in shares.items() if i in named}


def test_a_company_has_its_ticker_and_exchange() -> None:
    (company, *_) = about(day({"N225": 1.2}, region="jp", stocks=[stock(change_pct=8.0)])).companies
    assert company == ("XTKS:9984", "Company 9984", "9984", "XTKS", "Tokyo Stock Exchange")


def test_places_are_the_region_and_those_of_the_markets_told_of() -> None:
    assert about(day({"HSI": 1.0, "N225": 0.5})).places[0] == Place("Asia", None)
    assert {p.code for p in about(day({"HSI": 1.0, "N225": 0.5})).places} == {None, "HK", "JP"}
    assert about(day({"HSI": 1.0}, region="hk")).places == (Place("Hong Kong", "HK"),)
    assert about(day({"SPX": 1.0}, region="us")).places == (Place("U.S.", "US"),)
    assert all(place.code for place in about(day({"SPX": 1.0, "HSI": 0.4}, region="global")).places)


def test_europe_is_no_country() -> None:
    europe = about(day({"SXXP": 1.0, "DAX": 0.5}, region="europe")).places
    assert europe == (Place("Europe", None), Place("Germany", "DE"))


def codes(sent: dict[str, Any]) -> set[str]:
    return {topic.code for topic in about(sent).topics}


def test_topics_follow_what_is_told() -> None:
    plain = {"04000000", "20000385"}
    assert codes(day({"HSI": 1.0}, region="hk")) == plain
    assert codes(day({"HSI": 1.0}, region="hk", stocks=[stock("1810", "XHKG", market="HSI", change_pct=6.0)])) == {
        *plain,
        "20000186",
    }
    rates = event("fed", type="central_bank", clause="the central bank cut rates", noun_phrase="a rate cut")
    told = day({"HSI": {"change_pct": 1.0, "because": ["fed"]}}, region="hk", events=[rates])
    assert codes(told) == {*plain, "20000350", "20000379"}


def test_what_is_not_told_is_no_topic() -> None:
    rules, facts = wrapgen.load_rules(), book(sent("asia-2025-11-12-morning"))

    def topics(told: Told) -> list[str]:
        return [t.code for t in describe(facts, told, 5.0, rules.reference, rules.newscodes).topics]

    assert topics(Told((), frozenset())) == ["04000000", "20000385"]
    assert topics(Told(("XTKS:9984",), frozenset())) == ["04000000", "20000385", "20000186"]
    assert topics(Told((), frozenset({"/events/1"}))) == ["04000000", "20000385", "20000178"]


def test_a_time_that_was_sent_is_kept_and_a_date_begins_where_the_market_is() -> None:
    timed = about(day({"HSI": 1.0}, as_of="2025-11-12T10:30:00.5+08:00"))
    assert timed.timed and timed.as_of.isoformat() == "2025-11-12T10:30:00.500000+08:00"
    dated = about(day({"SPX": 1.0}, region="us", as_of="2025-11-12"))
    assert not dated.timed and dated.as_of.isoformat() == "2025-11-12T00:00:00-05:00"


def test_the_rest_is_of_the_snapshot_and_the_rules() -> None:
    found = made("asia-2025-11-12-morning").about
    assert (found.region, found.phase, found.date.isoformat()) == ("asia-pacific", "morning", "2025-11-12")
    assert found.snapshot == snapshot("asia-2025-11-12-morning").content_hash
    assert (found.provider, found.genre.code, found.language) == ("wrapgen", "Current", "en")


def test_a_stronger_story_is_more_urgent() -> None:
    scored = sorted((made(name).angle["score"], -made(name).about.urgency) for name in DAYS)
    urgencies = [urgency for _, urgency in scored]
    assert urgencies == sorted(urgencies) and len(set(urgencies)) == 3
