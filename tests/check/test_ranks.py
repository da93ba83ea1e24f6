"""Who led, did best, went furthest or went alone, held to the figures of those beside it."""

from __future__ import annotations

import pytest

from tests.cases.library import day
from tests.check.days import asia, claims, faults, read


def test_the_second_best_of_many_does_not_lead_the_gains() -> None:
    sent = asia()
    sent["markets"] += [{"id": "TWII", "change_pct": 1.2}, {"id": "NIFTY", "change_pct": 0.9}]
    assert not faults("Hong Kong led Asian gains.", read(sent))
    assert faults("Taiwan led Asian gains.", read(sent))


@pytest.mark.parametrize("behind", ["", ", helped by a slightly weaker yen", " on a slightly weaker yen"])
def test_who_led_is_not_held_to_the_move_in_the_reason_behind_it(behind: str) -> None:
    sent = asia()
    yen = {"id": "yen", "type": "other", "status": "happened", "polarity": "positive"}
    sent["events"].append({**yen, "noun_phrase": "a slightly weaker yen"})
    found = claims(f"Asian stocks rose, led by Hong Kong{behind}.", read(sent))
    assert [c.status for c in found if c.kind == "rank"] == ["supported"]


@pytest.mark.parametrize("led", ["led down by", "led lower by"])
def test_who_led_losses_is_held_to_the_figures(led: str) -> None:
    moves = {"N225": -1.2, "HSI": -2.0, "KS11": -0.4, "AS51": -0.7}
    markets = [{"id": ident, "change_pct": pct} for ident, pct in moves.items()]
    sent = {"region": "asia-pacific", "as_of": "2025-11-12", "phase": "close", "markets": markets}
    for place, status in (("Hong Kong", "supported"), ("South Korea", "contradicted"), ("Japan", "contradicted")):
        found = claims(f"Asian stocks fell, {led} {place}.", read(sent))
        assert [c.status for c in found if c.kind == "rank"] == [status]


PARTS = day(
    {"SXXP": -0.9, "DAX": -1.1, "CAC": -0.8},
    "europe",
    sectors=[
        {"name": "utilities", "change_pct": 1.3},
        {"name": "health care", "change_pct": 0.4},
        {"name": "technology", "change_pct": -2.1},
        {"name": "banks", "change_pct": -1.0},
    ],
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Utilities led the gainers, rising 1.3%.", []),
        ("Utilities led as European shares fell.", []),
        ("Utilities fared best as European shares fell.", []),
        ("Utilities were the best performers.", []),
        ("Utilities rose the most.", []),
        ("Technology shares fell the most, losing 2.1%.", []),
        ("Technology led the losses.", []),
        ("Germany’s DAX fell the most in the region.", []),
        ("Health care shares led gains.", ["led"]),
        ("Health care shares set the pace.", ["set the pace"]),
        ("Banks fell the most.", ["most"]),
        ("France’s CAC 40 fell the most.", ["most"]),
        ("Utilities led the losses.", ["led", "losses"]),
    ],
)
def test_who_went_furthest_of_its_own_kind(text: str, wrong: list[str]) -> None:
    assert [claim.text for claim in faults(text, read(PARTS))] == wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Germany fell the most.", []),
        ("France fell the most.", ["most"]),
        ("Germany and France fell the most.", []),
        ("Utilities and health care shares rose the most.", []),
        ("Technology and banks fell the most.", []),
    ],
)
def test_places_and_several_at_once_went_the_most(text: str, wrong: list[str]) -> None:
    assert [claim.text for claim in faults(text, read(PARTS))] == wrong


SPANNED = {"DAX": 0.37, "CAC": -1.5, "UKX": -1.2, "IBEX": -2.6, "FTSEMIB": 2.0, "SXXP": 1.0}


def test_an_index_that_spans_the_region_is_no_market_among_its_own() -> None:
    split = read(day(SPANNED, "europe"))
    assert not faults("Most stock markets in Europe fell.", split)
    assert faults("Most stock markets in Europe rose.", split)
    led = read(day({**SPANNED, "SXXP": -3.8}, "europe"))
    assert not faults("Spain’s IBEX 35 led European losses.", led)
    assert faults("France’s CAC 40 led European losses.", led)


def test_most_peers_are_more_than_half_of_them() -> None:
    five = read(day({"HSI": 2.0, "N225": 1.0, "KS11": 0.5, "STI": 0.2, "AS51": 0.1}))
    assert not faults("The Nikkei outpaced most of its regional peers.", five)
    assert faults("The KOSPI outpaced most of its regional peers.", five)


def test_what_prints_as_no_move_is_on_no_side() -> None:
    alone = read(day({"N225": 0.6, "AS51": -0.3, "KS11": 0.02, "TWII": 0.01, "HSI": -0.4}))
    assert not faults("The Nikkei was the region’s only gainer.", alone)
    assert faults("The KOSPI was the region’s only gainer.", alone)
    sectors = [{"market": "DJI", "name": "energy", "direction": "up"}]
    down = read(day({"DJI": 0.02, "SPX": -0.4, "CCMP": -1.5, "RTY": 0.01}, "us", sectors=sectors))
    assert not faults("Energy shares bucked the trend.", down)
    assert not faults("U.S. stocks fell.", down)


def test_whose_gains_are_led_is_told_by_those_that_rose() -> None:
    split = read(day({"HSI": 3.3, "SPX": 0.2, "N225": -3.2, "DAX": -0.6}, "global"))
    assert not faults("Hong Kong Leads Global Gains", split)
    assert faults("Japan Leads Global Gains", split)


def test_who_bucked_the_trend_is_told_by_places() -> None:
    """Two places of three fell: one that rose bucked the trend, though a second index of one that fell rose too."""
    moves = {"N225": -3.3, "TOPX": {"direction": "up"}, "HSI": 0.8, "KS11": -1.2}
    assert not faults("Hong Kong’s Hang Seng Index bucked the trend, advancing 0.8%.", read(day(moves)))
    assert faults("South Korea’s KOSPI bucked the trend, falling 1.2%.", read(day(moves)))
