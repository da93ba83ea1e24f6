"""Scores as messages: which markets share a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.library import book, day, write
from wrapgen.plan.scores import score_sentences
from wrapgen.plan.types import Message


def _messages(moves: dict[str, Any], kind: str = "market.score") -> list[Message]:
    facts = book(day(moves))
    return score_sentences(facts, [facts.markets[ident] for ident in moves], kind)


def _kinds(moves: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    return [(m.kind, tuple(i.id for i in m.items or (m.market,))) for m in _messages(moves)]  # type: ignore[union-attr]


def _told(moves: dict[str, float]) -> list[tuple[str, str, tuple[str, ...]]]:
    facts = book(day(moves, "asia-pacific"))
    markets = [facts.markets[ident] for ident in moves]
    return [
        (m.kind, m.market.id if m.market else "", tuple(s.market.id for s in m.satellites if s.market))
        for m in score_sentences(facts, markets)
    ]


def test_an_index_that_stood_still_stands_behind_one_that_moved() -> None:
    assert _told({"N225": 0.8, "AS51": 0.01}) == [("market.score", "N225", ("AS51",))]


def test_two_that_stood_still_share_a_sentence() -> None:
    markets = {
        "N225": -0.5,
        "HSI": {"change_pct": 0.0, "level": 26000.0},
        "AS51": {"change_pct": 0.01, "level": 8800.0},
    }
    assert _kinds(markets) == [("market.score", ("N225",)), ("market.flats", ("HSI", "AS51"))]


def test_those_of_which_no_more_is_known_than_that_they_stood_still_stand_together() -> None:
    """Wherever they stand among the others."""
    flat = {"direction": "flat"}
    assert _kinds({"AS51": flat, "NZ50": -0.4, "STI": flat}) == [
        ("market.score", ("NZ50",)),
        ("market.unsized", ("AS51", "STI")),
    ]


def test_a_pair_of_movers_is_not_made_longer_by_one_that_stood_still() -> None:
    told = _told({"N225": 0.8, "HSI": 1.4, "AS51": 0.01})
    assert [kind for kind, *_ in told] == ["market.pair", "market.score"]


def test_pairs_of_one_currency_that_went_one_way_share_a_sentence() -> None:
    told = _told({"USDJPY": 0.7, "USDKRW": -0.3, "USDTHB": 0.5, "EURUSD": 0.2})
    assert [kind for kind, *_ in told] == ["context.crosses", "market.score", "market.score"]


def test_what_rose_and_what_fell_share_a_sentence_where_no_more_is_known() -> None:
    up, down = {"direction": "up"}, {"direction": "down"}
    told = _messages({"HSI": up, "N225": down, "KS11": up})
    assert [(m.kind, m.direction, [i.id for s in m.satellites for i in s.items]) for m in told] == [
        ("market.unsized", "up", ["N225"])
    ]


def test_levels_known_keep_rise_and_fall_apart() -> None:
    """ "was higher at 26,000" and its like are sentences of their own."""
    up, down = {"direction": "up", "level": 26000.0}, {"direction": "down", "level": 51000.0}
    assert [m.satellites for m in _messages({"HSI": up, "N225": down})] == [(), ()]


@pytest.mark.parametrize(("move", "set_against"), [(1.3, True), (0.5, True), (0.4, False)])
def test_an_index_that_went_clearly_against_all_others_is_set_against_them(move: float, set_against: bool) -> None:
    told = _messages({"N225": -0.6, "KS11": -0.9, "AS51": -0.5, "HSI": move})
    assert any(m.market is not None and m.market.id == "HSI" and m.detail == "bucks" for m in told) == set_against


@pytest.mark.parametrize("others", [{"N225": -0.6, "KS11": 0.9, "AS51": -0.5}, {"N225": 0.6, "KS11": 0.9, "AS51": 0.5}])
def test_one_of_several_that_rose_is_not(others: dict[str, float]) -> None:
    assert not any(m.detail == "bucks" for m in _messages({**others, "HSI": 1.3}))


@pytest.mark.parametrize(
    ("last", "kinds"),
    [
        ({"type": "worst_day", "since": "2016-06"}, ["market.triple"]),
        ({"type": "worst_day", "since": "2015-08"}, ["market.pair", "backdrop.score"]),
    ],
)
def test_one_milestone_of_wall_streets_indexes_is_told_once(last: dict[str, str], kinds: list[str]) -> None:
    worst = {"type": "worst_day", "since": "2016-06"}
    behind = {"role": "backdrop", "session": "previous"}
    moves = {"SPX": (-3.4, worst), "CCMP": (-3.7, worst), "DJI": (-3.6, last)}
    markets = {i: {**behind, "change_pct": pct, "milestone": m} for i, (pct, m) in moves.items()}
    told = _messages(markets, kind="backdrop.score")
    assert [m.kind for m in told] == kinds
    assert [len(s.items) for m in told for s in m.satellites] == ([3] if len(kinds) == 1 else [2, 0])


def test_coins_at_the_same_record_share_a_sentence() -> None:
    coin = {"role": "context", "milestone": {"type": "record_high"}}
    text = write(day({"HSI": 0.4, "BTC": {**coin, "level": 68106.0}, "ETH": {**coin, "level": 4820.0}})).article.render(
        "text"
    )
    assert "at $68,106 and ether at $4,820, each a record high." in text


def test_a_record_behind_another_is_one_more() -> None:
    metal = {"role": "context", "milestone": {"type": "record_high"}}
    gold, silver = {**metal, "change_pct": 0.8, "level": 4384.9}, {**metal, "change_pct": 2.2, "level": 77.2}
    text = write(day({"HSI": 0.4, "GOLD": gold, "SILVER": silver})).article.render("text")
    assert "to $77.20, also a record high." in text


def test_where_the_regions_gauge_stood_still_there_is_no_trend_to_buck() -> None:
    moves = {"DAX": -2.9, "CAC": -0.6, "IBEX": 0.8}
    assert "bucked the trend" in body_of(day({**moves, "SXXP": -1.1}, "europe"))
    assert "bucked the trend" not in body_of(day({**moves, "SXXP": 0.01}, "europe"))


def body_of(sent: dict[str, Any]) -> str:
    return " ".join(block.text for block in write(sent).article.blocks)
