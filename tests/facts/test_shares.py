"""Stocks and sectors: what lifted an index, what dragged it, what went against it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases.library import book, day, event, stock
from wrapgen.facts.types import SectorFacts, StockFacts

FIRM = "XTKS:9984"


def one(index: float | dict[str, Any] = 0.2, *, region: str = "jp", **keys: Any) -> StockFacts:
    return book(day({"N225": index}, region, stocks=[stock(**keys)], events=[event()])).stocks[FIRM]


# -- effect


@pytest.mark.parametrize(("effect", "pct"), [("lift", 0.1), ("drag", -0.1), ("cap", 0.1), ("cap", -0.1)])
def test_a_stated_effect_is_taken(effect: str, pct: float) -> None:
    facts = one(change_pct=pct, effect=effect)
    assert (facts.effect, facts.effect_derived) == (effect, False)


@pytest.mark.parametrize(("effect", "pct"), [("lift", -2.0), ("drag", 2.0)])
def test_a_stated_effect_that_the_move_denies_is_left_out(effect: str, pct: float) -> None:
    """Not *lifted by a 2% loss in SoftBank*."""
    assert one(change_pct=pct, effect=effect).effect is None


@pytest.mark.parametrize(("points", "effect"), [(35.0, "lift"), (-0.5, "drag")])
def test_effect_from_contribution(points: float, effect: str) -> None:
    facts = one(change_pct=1.0 if points > 0 else -1.0, contribution_points=points)
    assert (facts.effect, facts.effect_derived, facts.points) == (effect, True, points)


@pytest.mark.parametrize(
    ("index", "weight", "pct", "effect"),
    [
        (0.2, 5.0, -10.0, "drag"),  # half a point of percent
        (0.2, 5.0, 10.0, "lift"),
        (0.2, 1.0, 2.0, None),  # two hundredths: nothing
        (2.0, 5.0, 8.0, None),  # 0.4 of 2: less than a quarter of the move
        (2.0, 8.0, 8.0, "lift"),
        (0.0, 1.0, -5.0, "drag"),
    ],
)
def test_effect_from_weight(index: float, weight: float, pct: float, effect: str | None) -> None:
    facts = one(index, change_pct=pct, weight_pct=weight)
    assert (facts.effect, facts.effect_derived) == (effect, effect is not None)


@pytest.mark.parametrize(
    ("index", "pct", "effect"),
    [
        (0.1, -6.0, "drag"),
        (-0.1, 6.0, "lift"),
        (0.1, 6.0, None),  # the same way
        (1.5, -10.0, None),  # an index that clearly moved was not held still
        (0.1, -2.0, None),  # too small to matter
        (0.0, -10.0, None),  # nothing to go against
    ],
)
def test_effect_from_going_against_the_index(index: float, pct: float, effect: str | None) -> None:
    assert one(index, change_pct=pct).effect == effect


def test_the_session_before_has_no_effect_today() -> None:
    assert one(0.1, change_pct=-9.0, session="previous").effect is None


@given(st.floats(0.1, 20), st.floats(0.5, 15))
@settings(max_examples=40, deadline=None)
def test_the_effect_has_the_sign_of_the_move(weight: float, pct: float) -> None:
    for sign, effect in ((1, "lift"), (-1, "drag")):
        found = one(0.1, change_pct=round(sign * pct, 2), weight_pct=round(weight, 2)).effect
        assert found in (effect, None)


def test_points_from_weight_on_the_level_before() -> None:
    facts = one({"level": 50_500.0, "change_pct": 1.0}, change_pct=-10.0, weight_pct=4.0)
    assert facts.points == pytest.approx(-200.0)


def test_no_points_without_a_level() -> None:
    assert one(change_pct=-10.0, weight_pct=4.0).points is None


# -- beside its index


def test_against_its_index() -> None:
    assert one(1.0, change_pct=-0.5).against
    assert not one(-1.0, change_pct=-0.5).against
    assert not one(0.01, change_pct=-0.5).against, "a flat index has no way to go against"


def test_rank_and_company_by_index() -> None:
    facts = book(
        day(
            {"N225": -1.0, "HSI": 1.0},
            stocks=[
                stock("0001", change_pct=-2.0, effect="drag"),
                stock("0002", change_pct=-5.0, effect="drag"),
                stock("0700", "XHKG", market="HSI", change_pct=9.0, effect="lift"),
            ],
        )
    ).stocks
    assert [facts[i].rank for i in ("XTKS:0001", "XTKS:0002", "XHKG:0700")] == [2, 1, 1]
    assert [facts[i].alone for i in ("XTKS:0001", "XTKS:0002", "XHKG:0700")] == [False, False, True]


def test_market_main_is_one_of_the_regions_own() -> None:
    before = {"change_pct": -0.4, "role": "backdrop", "session": "previous"}
    facts = book(
        day(
            {"N225": 1.0, "SPX": before},
            stocks=[stock(change_pct=2.0), stock("NVDA", "XNAS", market="SPX", change_pct=-3.0, session="previous")],
        )
    ).stocks
    assert facts[FIRM].market_main and not facts["XNAS:NVDA"].market_main
    assert facts["XNAS:NVDA"].previous


# -- reasons


def test_a_reason_explains_only_what_goes_its_way() -> None:
    up = one(change_pct=3.0, because=["news"])
    assert (up.has_cause, up.explained) == (True, True)
    down = one(change_pct=-3.0, because=["news"])
    assert (down.has_cause, down.explained) == (False, False)
    assert down.causes[0].relation == "opposes"


def test_news_that_reaches_stock_index_and_sector() -> None:
    sent = day(
        {"N225": {"change_pct": 1.0, "because": ["news"]}},
        "jp",
        stocks=[stock(change_pct=3.0, because=["news"], sector="banks"), stock("0001", change_pct=1.0)],
        sectors=[{"market": "N225", "name": "banks", "direction": "up", "because": ["news"]}],
        events=[event(affects=[FIRM])],
    )
    facts = book(sent).stocks
    assert (facts[FIRM].reach, facts[FIRM].drives, facts[FIRM].first_named) == (3, True, True)
    assert (facts["XTKS:0001"].reach, facts["XTKS:0001"].drives, facts["XTKS:0001"].first_named) == (1, False, False)


def test_an_event_names_one_stock_first() -> None:
    sent = day(
        {"N225": 1.0},
        "jp",
        stocks=[stock("0001", change_pct=3.0, because=["news"]), stock("0002", change_pct=4.0, because=["news"])],
        events=[event(affects=["XTKS:0002", "XTKS:0001"])],
    )
    facts = book(sent).stocks
    assert not facts["XTKS:0001"].first_named and facts["XTKS:0002"].first_named


# -- sectors


def sectors(*sent: dict[str, Any], index: float = 1.0, **rest: Any) -> tuple[SectorFacts, ...]:
    return book(day({"N225": index}, "jp", sectors=[{"market": "N225", **s} for s in sent], **rest)).sectors


def test_a_sector_and_its_stocks() -> None:
    (facts,) = sectors(
        {"name": "banks", "direction": "up"},
        stocks=[
            stock("0001", sector="banks", change_pct=1.0),
            stock("0002", sector="banks", change_pct=-1.0),
            stock("0003", sector="autos", change_pct=1.0),
        ],
    )
    assert (facts.stocks, facts.agrees, facts.companions, facts.tells) == (1, True, 1, False)


def test_companions_are_those_that_moved_its_way() -> None:
    found = sectors(
        {"name": "banks", "direction": "up"},
        {"name": "autos", "change_pct": 0.4},
        {"name": "miners", "direction": "down", "effect": "drag"},
    )
    assert [s.companions for s in found] == [2, 2, 1]
    assert [s.agrees for s in found] == [True, True, False]
    assert [s.tells for s in found] == [False, False, True]


def test_a_sector_of_no_market_is_the_regions() -> None:
    (facts,) = book(day({"HSI": 1.0}, sectors=[{"name": "banks", "direction": "down"}])).sectors
    assert facts.market is None and facts.market_main and facts.agrees


def test_the_sector_that_went_furthest_its_way() -> None:
    found = sectors(
        {"name": "banks", "change_pct": 1.2},
        {"name": "autos", "change_pct": 0.4},
        {"name": "miners", "change_pct": -2.0},
        {"name": "energy", "direction": "up"},
    )
    assert [s.leads for s in found] == [True, False, True, False]
