"""Scores as messages: which markets share a sentence."""

from __future__ import annotations

from tests.cases.library import book, day
from wrapgen.plan.scores import score_sentences


def _told(moves: dict[str, float]) -> list[tuple[str, str, tuple[str, ...]]]:
    facts = book(day(moves, "asia-pacific"))
    markets = [facts.markets[ident] for ident in moves]
    return [
        (m.kind, m.market.id if m.market else "", tuple(s.market.id for s in m.satellites if s.market))
        for m in score_sentences(facts, markets)
    ]


def test_an_index_that_stood_still_stands_behind_one_that_moved() -> None:
    assert _told({"N225": 0.8, "AS51": 0.01}) == [("market.score", "N225", ("AS51",))]


def test_two_that_stood_still_have_a_sentence_each() -> None:
    assert _told({"HSI": 0.0, "AS51": 0.01}) == [("market.score", "HSI", ()), ("market.score", "AS51", ())]


def test_a_pair_of_movers_is_not_made_longer_by_one_that_stood_still() -> None:
    told = _told({"N225": 0.8, "HSI": 1.4, "AS51": 0.01})
    assert [kind for kind, *_ in told] == ["market.pair", "market.score"]


def test_pairs_of_one_currency_that_went_one_way_share_a_sentence() -> None:
    told = _told({"USDJPY": 0.7, "USDKRW": -0.3, "USDTHB": 0.5, "EURUSD": 0.2})
    assert [kind for kind, *_ in told] == ["context.crosses", "market.score", "market.score"]
