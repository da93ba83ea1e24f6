"""What an event reaches, and whether it explains what moved."""

from __future__ import annotations

from typing import Any

import pytest

import wrapgen
from tests.cases.library import FILES, book, day, event, sent, stock
from wrapgen.facts.events import causes, relation
from wrapgen.facts.types import EventFacts


def one(markets: dict[str, Any], region: str = "asia-pacific", **keys: Any) -> EventFacts:
    return book(day(markets, region, events=[event(**keys)])).events["news"]


def linked(pct: float) -> dict[str, Any]:
    return {"change_pct": pct, "because": ["news"]}


@pytest.mark.parametrize(
    ("polarity", "direction", "said"),
    [
        ("positive", "up", "supports"),
        ("negative", "down", "supports"),
        ("positive", "down", "opposes"),
        ("negative", "up", "opposes"),
        ("positive", "flat", "neutral"),
        ("negative", None, "neutral"),
        ("mixed", "up", "neutral"),
        ("neutral", "down", "neutral"),
    ],
)
def test_relation(polarity: str, direction: Any, said: str) -> None:
    assert relation(polarity, direction) == said


def test_reach_counts_places_of_the_region() -> None:
    """A place's second index adds no place; another region's index is not the region's."""
    facts = one(
        {"HSI": linked(1.0), "N225": linked(1.0), "TOPX": linked(1.0), "KS11": 0.5, "AS51": 0.4, "ES_F": linked(0.2)}
    )
    assert (facts.reach, facts.share) == (2, 0.5)
    assert facts.markets == ("HSI", "N225", "TOPX", "ES_F")


def test_affects_reaches_as_because_does() -> None:
    facts = one({"HSI": 1.0, "N225": linked(1.0)}, affects=["HSI"])
    assert facts.reach == 2 and set(facts.markets) == {"HSI", "N225"}


def test_agrees_is_the_part_of_the_moves_that_it_explains() -> None:
    facts = one({"HSI": linked(1.0), "N225": linked(-1.0), "KS11": linked(0.5), "AS51": linked(0.01)})
    assert facts.agrees == pytest.approx(2 / 3), "a flat market says nothing for or against"


def test_what_moves_one_index_of_a_country_moves_the_country() -> None:
    assert one({"N225": linked(1.0), "TOPX": 1.0}, "jp").share == 1.0
    assert one({"N225": 1.0, "TOPX": 1.0}, "jp").share == 0.0


def test_stocks_are_linked_too() -> None:
    facts = book(day({"N225": 1.0}, events=[event()], stocks=[stock(change_pct=2.0, because=["news"])])).events["news"]
    assert facts.stocks == ("XTKS:9984",) and facts.markets == () and facts.reach == 0


@pytest.mark.parametrize(
    ("status", "happened", "awaited"),
    [
        ("happened", True, False),
        ("confirmed", True, False),
        ("reported", False, False),
        ("continuing", False, False),
        ("denied", False, False),
        ("expected", False, True),
        ("scheduled", False, True),
    ],
)
def test_status(status: str, happened: bool, awaited: bool) -> None:
    facts = one({"HSI": 1.0}, status=status)
    assert (facts.happened, facts.awaited) == (happened, awaited)


@pytest.mark.parametrize(
    ("keys", "topic"),
    [
        ({"noun_phrase": "some profit-taking"}, "profit_taking"),
        ({"clause": "Wall Street ended higher"}, "wall_street"),
        ({"type": "holiday", "place": "JP"}, "holiday"),
        ({}, "none"),
    ],
)
def test_topic(keys: dict[str, Any], topic: str) -> None:
    assert one({"HSI": 1.0}, **keys).topic == topic


def test_a_frame_is_typed_by_its_content() -> None:
    """Mood and importance are no content: an event that has them only is told by the sender's phrases."""
    assert not one({"HSI": 1.0}, mood="hopes").typed
    sale = {"type": "stake_sale", "who": "SoftBank", "target": "Nvidia", "extent": "entire"}
    assert book(day({"N225": 1.0}, events=[event(**sale)])).events["news"].typed


def test_frame_words() -> None:
    data = {"type": "data_release", "indicator": "jobs", "place": "US", "actual": 231.0, "consensus": 225.0}
    frame = one({"HSI": 1.0}, **data).frame
    assert (frame.above, frame.below) == (True, False)
    policy = {
        "type": "policy",
        "who": "Beijing",
        "action": {"verb": "restrict", "object": "exports", "modality": "may"},
    }
    frame = one({"HSI": 1.0}, **policy).frame
    assert (frame.action, frame.modality) == ("restrict", "may")
    assert one({"HSI": 1.0}, importance=5).frame.key


def test_causes_put_what_explains_the_move_first() -> None:
    facts = book(day({"HSI": 1.0}, events=[event("bad", polarity="negative"), event("odd", polarity="mixed"), event()]))
    ranked = causes(["bad", "odd", "news"], "up", facts.events)
    assert [c.event.id for c in ranked] == ["news", "odd", "bad"]
    assert [c.relation for c in ranked] == ["supports", "neutral", "opposes"]
    assert causes(["unknown"], "up", facts.events) == ()


@pytest.mark.parametrize("name", FILES)
def test_shares_are_parts(name: str) -> None:
    for facts in book(sent(name)).events.values():
        assert 0 <= facts.share <= 1 and 0 <= facts.agrees <= 1 and facts.reach >= 0


@pytest.mark.parametrize("name", FILES)
def test_listed_facts_have_sources(name: str) -> None:
    rows = wrapgen.derive_facts(wrapgen.read_snapshot(sent(name)))
    assert rows and all(row.sources and row.operation for row in rows if row.name != "region.tone")
    assert len({row.name for row in rows}) == len(rows)


@pytest.mark.parametrize(("who", "stocks", "company"), [
    (None, ["1"], "XTKS:1"),
    (None, ["1", "2"], None),
    ("Zorvex", ["1"], None),
    ("XTKS:2", ["1", "2"], "XTKS:2"),
])  # fmt: skip
def test_an_analyst_s_view_is_of_the_one_stock_that_names_it(
    who: str | None, stocks: list[str], company: str | None
) -> None:
    view = event(type="analyst", broker="Weir & Sons", action="upgrade", clause=None)
    listed = [stock(ticker, change_pct=1.0, because=["news"]) for ticker in stocks]
    sent_day = day({"N225": 0.4}, events=[view if who is None else {**view, "who": who}], stocks=listed)
    assert book(sent_day).events["news"].company == company
