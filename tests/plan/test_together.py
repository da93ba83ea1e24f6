"""What belongs together stands in one sentence: no stubs side by side."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cases.library import ROOT, VARIANTS, book, day, event, stock, write
from wrapgen.plan.joining import joined
from wrapgen.plan.scores import score_sentences
from wrapgen.plan.sections import breadth_and_volume, context
from wrapgen.plan.shares import sectors_by_direction, stock_messages
from wrapgen.plan.types import Message


def texts(sent: dict[str, Any], **options: Any) -> list[str]:
    article = write(sent, **options).article
    return [each.text for block in article.blocks for each in block.sentences]


def ids(messages: list[Message]) -> list[tuple[str, ...]]:
    return [tuple(i.id for i in m.items or (m.market,)) for m in messages]  # type: ignore[union-attr]


def test_indices_of_one_place_share_a_sentence() -> None:
    facts = book(day({"CAC": -0.3, "UKX": 0.8, "MCX": -0.31, "FTSEMIB": 0.2}, "europe"))
    told = joined([facts.markets[i] for i in ("CAC", "UKX", "MCX", "FTSEMIB")], "market.score")
    assert ids(told) == [("CAC",), ("UKX", "MCX"), ("FTSEMIB",)]


def test_a_level_is_not_lost_to_a_neighbour_without_one() -> None:
    facts = book(day({"AS51": 0.8, "HSI": {"change_pct": 0.5, "level": 26000.12}}))
    markets = [facts.markets[i] for i in ("AS51", "HSI")]
    assert ids(joined(markets, "market.score")) == [("AS51",), ("HSI",)]
    assert ids(joined(markets, "backdrop.score")) == [("AS51", "HSI")]  # told without levels anyway


def test_the_other_indices_of_a_section_share_a_sentence() -> None:
    firms = [stock(n, "XHKG", market="HSI", change_pct=4.0 + int(n)) for n in ("1", "2", "3")]
    sent = day({"HSI": 2.0, "HSTECH": 2.6, "HSCEI": 1.9, "N225": 0.5, "AS51": 0.4, "KS11": 0.3}, stocks=firms)
    told = next(text for text in texts(sent) if "Hang Seng Tech" in text)
    assert "Enterprises" in told


def test_a_reason_that_several_share_is_told_with_the_first_and_keeps_no_other_apart() -> None:
    reason = event("hopes", clause=None, noun_phrase="hopes for a truce", status="continuing")
    linked = {i: {"change_pct": pct, "because": ["hopes"]} for i, pct in (("KS11", 0.8), ("AS51", 0.4), ("TWII", 0.7))}
    facts = book(day({**linked, "N225": 0.2, "HSI": -0.9, "STI": -0.3, "SSEC": 0.1}, events=[reason]))
    told = score_sentences(facts, [facts.markets[i] for i in ("KS11", "AS51", "TWII")])
    assert ids([m for m in told if m.kind != "cause.more"]) == [("KS11",), ("AS51", "TWII")]


def test_a_sum_that_changed_hands_is_told_with_the_count_of_shares() -> None:
    sent = day({"HSI": -0.8}, "hk", breadth=[{"market": "HSI", "advancers": 20, "decliners": 60}])
    sums = {"market": "HSI", "turnover": 142e9, "currency": "HKD"}
    for average, kinds in ((None, ["breadth"]), (1e11, ["breadth", "volume"])):
        facts = book(
            {**sent, "volume": [sums if average is None else {**sums, "average": average, "average_days": 20}]}
        )
        assert [m.kind for m in breadth_and_volume(facts, facts.markets["HSI"])] == kinds


def test_no_sentence_begins_with_a_figure() -> None:
    sent = json.loads((ROOT / "rules" / "days" / "asia-stands-still-for-earnings.json").read_text("utf-8"))
    for variant in VARIANTS:
        told = texts(sent, variant=variant)
        assert any("42" in text for text in told) and not any(text[0].isdigit() for text in told)


def test_sectors_that_rose_and_those_that_fell_share_a_sentence_where_no_more_is_known() -> None:
    sectors = [{"name": "semiconductor", "direction": "up"}, {"name": "shipping", "direction": "down"}]
    facts = book(day({"TWII": 0.01}, "tw", sectors=[{"market": "TWII", **s} for s in sectors]))
    (told,) = sectors_by_direction(facts.sectors)
    assert [s.kind for s in told.satellites] == ["sat.sectors.while"]
    sized = book(
        day({"TWII": 0.01}, "tw", sectors=[{**sectors[0], "change_pct": 1.0}, {**sectors[1], "change_pct": -1.0}])
    )
    assert len(sectors_by_direction(sized.sectors)) == 2


def test_of_sectors_in_two_lists_only_those_untold_are_told() -> None:
    """The score has carried both that rose."""
    sectors = [("banks", "up"), ("autos", "up"), ("utilities", "down"), ("tobacco", "down")]
    listed = [{"market": "SPX", "name": name, "direction": way} for name, way in sectors]
    told = " ".join(texts(day({"SPX": {"change_pct": 0.01, "level": 6000.0}}, "us", sectors=listed)))
    assert all(told.lower().count(name) == 1 for name, _ in sectors), told


def test_stocks_that_rose_and_those_that_fell_share_a_sentence_where_no_more_is_known() -> None:
    firms = [stock(n, direction=way) for n, way in (("1", "up"), ("2", "up"), ("3", "down"))]
    (told,) = stock_messages(list(book(day({"N225": 0.5}, stocks=firms)).stocks.values()), 5)
    assert [s.kind for s in told.satellites] == ["sat.stocks.while"]


def test_other_markets_of_which_only_the_direction_is_known_are_listed() -> None:
    markets = {i: {"direction": way, "role": "context"} for i, way in (("BRENT", "down"), ("USBONDY", "down"))}
    (part,) = context(book(day({"N225": 0.5, **markets})), False)
    assert ids(list(part.messages)) == [("BRENT", "USBONDY")]


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (-9.5, ", and that on the 30-year Treasury bond 9.5 basis points to 4.695%."),
        (9.5, ", with that on the 30-year Treasury bond up 9.5 basis points at 4.695%."),
    ],
)
def test_a_second_yield_rides_on_the_first(second: float, said: str) -> None:
    yields = {
        "US10Y": {"role": "context", "level": 4.01, "change": -14.0},
        "US30Y": {"role": "context", "level": 4.695, "change": second},
    }
    for variant in VARIANTS:
        assert any(text.endswith(said) for text in texts(day({"SPX": -1.2, **yields}, "us"), variant=variant))


def test_a_pair_of_one_currency_that_went_another_way_rides_on_the_first() -> None:
    crosses = {
        "USDSEK": {"role": "context", "change_pct": -0.4, "level": 9.1609},
        "USDNOK": {"role": "context", "change_pct": 0.2, "level": 10.078},
    }
    for variant in VARIANTS:
        told = next(t for t in texts(day({"OMX": 0.5, **crosses}, "europe"), variant=variant) if "krona" in t)
        assert told.endswith("against the Norwegian krone, to 10.078.") and told.count("dollar") == 1


def test_stocks_without_a_reason_but_their_markets_share_a_sentence() -> None:
    """The market's has been told: each stood by itself, for a reason that nobody gave again."""
    reason = event("tests", polarity="negative", clause="tests failed", noun_phrase="failed tests")
    linked = {i: {"change_pct": pct, "because": ["tests"]} for i, pct in (("DAX", -1.6), ("CAC", -2.0))}
    firms = [stock(n, "XETR", market="DAX", change_pct=-3.0 - int(n), because=["tests"]) for n in ("1", "2")]
    facts = book(day(linked, "europe", stocks=firms, events=[reason]))
    stocks = list(facts.stocks.values())
    assert [m.kind for m in stock_messages(stocks, 5, frozenset(["tests"]))] == ["stock.pair"]
    assert [m.kind for m in stock_messages(stocks, 5)] == ["stock.group"]


def test_a_reason_of_the_session_before_keeps_no_index_apart() -> None:
    behind = {"role": "backdrop", "session": "previous"}
    mixed = event("mixed", polarity="neutral", clause="earnings were mixed", noun_phrase="mixed earnings")
    wall_street = {i: {"change_pct": pct, **behind, "because": ["mixed"]} for i, pct in (("SPX", -0.3), ("CCMP", -0.6))}
    facts = book(day({"N225": -0.5, **wall_street}, events=[mixed]))
    markets = [facts.markets[i] for i in wall_street]
    why = Message("cause", event=facts.events["mixed"])
    told = score_sentences(facts, [facts.markets["N225"], *markets], "backdrop.score", (why,))
    assert ids(told) == [("N225",), ("SPX", "CCMP")]


def test_yields_without_their_levels_share_a_sentence_too() -> None:
    yields = {"US10Y": {"role": "context", "change": 2.0}, "JGB10": {"role": "context", "change": -1.5}}
    said = ", with that on the 10-year Japanese government bond down 1.5 basis points."
    for variant in VARIANTS:
        assert any(text.endswith(said) for text in texts(day({"N225": 0.5, **yields}, "jp"), variant=variant))


def test_what_lagged_on_wall_street_stands_behind_what_led_there() -> None:
    behind = {"direction": "up", "role": "backdrop", "session": "previous"}
    moves = [("technology", "up"), ("energy", "down")]
    sectors = [{"market": "SPX", "name": name, "direction": way} for name, way in moves]
    for variant in VARIANTS:
        told = texts(day({"N225": -0.5, "HSI": 0.6, "KS11": -0.2, "SPX": behind}, sectors=sectors), variant=variant)
        (text,) = [text for text in told if "nergy shares" in text]
        assert "echnology shares" in text and ", while energy shares " in text, told
