"""What is derived from one snapshot: tone, margins, breadth, the session before, milestones and runs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cases.library import FILES, book, day, event, sent, stock, write
from wrapgen.facts.moves import direction_of, lean_of, signed_pct, vote
from wrapgen.facts.region import tone_of

PLACES = ("HSI", "N225", "KS11", "AS51", "STI")


# -- one market


@pytest.mark.parametrize(
    ("pct", "way"),
    [(0.0, "flat"), (0.04, "flat"), (-0.049, "flat"), (0.05, "up"), (-0.05, "down"), (2.0, "up")],
)
def test_a_move_under_five_hundredths_is_flat(pct: float, way: str) -> None:
    assert direction_of(pct, None) == way


def test_a_figure_wins_over_words() -> None:
    assert direction_of(0.01, "up") == "flat"
    assert direction_of(None, "flat_to_lower") == "flat"
    assert direction_of(None, None, -3.0) == "down"
    assert direction_of(None, None) is None


def test_flat_to_lower_leans_and_counts_little() -> None:
    assert lean_of("flat_to_lower", None) == "down"
    assert lean_of("flat_to_lower", 0.2) is None
    assert -0.1 < (vote(None, "flat", "down") or 0) < 0
    assert vote(None, "up", None) == -(vote(None, "down", None) or 0)
    assert vote(None, None, None) is None


def test_a_percentage_is_worked_out_from_points_and_level() -> None:
    facts = book(day({"N225": {"level": 50_500.0, "change": 500.0}})).markets["N225"]
    assert facts.pct == pytest.approx(1.0)
    assert signed_pct(facts.market) == facts.pct


@pytest.mark.parametrize("name", FILES)
def test_direction_agrees_with_figure(name: str) -> None:
    for facts in book(sent(name)).markets.values():
        if facts.pct is not None:
            assert facts.direction == direction_of(facts.pct, None)
            assert facts.size == abs(facts.pct)


# -- the region's tone


@pytest.mark.parametrize(
    ("moves", "tone"),
    [
        ([1.0, 0.5, 0.3], "up"),
        ([-1.0, -0.5, -0.3], "down"),
        ([0.1, -0.1, 1.0, 1.0], "flat"),  # half of them within a tenth
        ([0.1, 0.1, 0.11], "flat"),
        ([0.11, 0.11, 0.11], "up"),
        ([1.0] * 7 + [-1.0] * 3, "up"),  # seven in ten
        ([1.0] * 13 + [-1.0] * 7, "mixed"),  # thirteen in twenty, as far
        ([1.0] * 3 + [-0.2] * 2, "up"),  # three in five, and much further
        ([0.5, 0.4, -5.0], "mixed"),  # one place's crash
        ([0.5, -0.5], "mixed"),
        ([0.0, 0.1, -3.4, -3.5], "down"),  # half of them stood still, and the other half makes the day
        ([0.0, 0.1, 3.4, -3.5], "mixed"),
        ([], "flat"),
    ],
)
def test_tone_of_a_region(moves: list[float], tone: str) -> None:
    assert tone_of({str(n): v for n, v in enumerate(moves)}, "region", {}) == tone


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=9))
def test_tone_has_no_favourite_side(moves: list[float]) -> None:
    other = {"up": "down", "down": "up"}
    tone = tone_of({str(n): v for n, v in enumerate(moves)}, "region", {})
    mirrored = tone_of({str(n): -v for n, v in enumerate(moves)}, "region", {})
    assert mirrored == other.get(tone, tone)


@pytest.mark.parametrize(
    ("moves", "gauge", "tone"),
    [
        ([0.0, 0.1, -0.6, -3.7], -0.6, "down"),  # the index that spans them moved
        ([0.0, 0.1, -0.6, -3.7], -0.2, "flat"),
        ([0.0, 0.0, 2.9], -1.7, "mixed"),
        ([-0.7, 4.0, 0.4], -3.9, "mixed"),  # nor did a region rise whose own index fell
        ([0.0], -1.7, "flat"),  # one place is told of by its name
    ],
)
def test_a_region_does_not_stand_still_where_the_index_that_spans_it_moved(
    moves: list[float], gauge: float, tone: str
) -> None:
    assert tone_of({str(n): v for n, v in enumerate(moves)}, "region", {}, gauge) == tone


def test_wall_street_is_flat_where_the_s_and_p_is() -> None:
    assert book(day({"DJI": -4.0, "SPX": 0.0, "CCMP": 0.0, "RTY": -2.0}, "us")).region.tone == "flat"
    assert book(day({"DJI": 0.0, "SPX": -1.4, "CCMP": 0.0, "RTY": 0.0}, "us")).region.tone == "down"


def test_a_day_on_which_half_the_places_fell_far_does_not_lean() -> None:
    assert book(day({"HSI": -0.9, "N225": -0.9, "KS11": 0.0, "STI": 0.0})).region.tone == "flat"
    assert not book(day({"HSI": -0.9, "N225": -0.9, "KS11": 0.0, "STI": 0.0})).region.flat_to_lower
    assert book(day({"HSI": -0.9, "N225": -0.1, "KS11": 0.0, "STI": 0.0})).region.flat_to_lower


def test_a_day_that_leans_one_way_has_nothing_that_went_the_other() -> None:
    assert book(day({"HSI": 0.4, "N225": 0.0, "KS11": -0.05, "STI": 0.2})).region.flat_to_higher
    assert not book(day({"HSI": 0.4, "N225": 0.0, "KS11": -0.1, "STI": 0.2})).region.flat_to_higher
    assert not book(day({"HSI": -0.4, "N225": 0.0, "KS11": 0.1, "STI": -0.2})).region.flat_to_lower


def test_two_places_named_together_have_a_verb_that_fits_both() -> None:
    assert book(day({"KS11": -3.4, "SSEC": -0.2})).region.felt is None
    assert book(day({"KS11": -3.4, "SSEC": -2.0})).region.felt == 2.7
    assert book(day({"SPX": -0.1, "DJI": -2.0, "RTY": -3.0}, "us")).region.felt == 0.1


def test_a_country_has_the_tone_of_its_first_index() -> None:
    assert book(day({"N225": 0.3, "TOPX": -0.4}, "jp")).region.tone == "up"
    assert book(day({"N225": 0.04, "TOPX": -0.4}, "jp")).region.tone == "flat"


def test_the_world_is_mixed_where_its_areas_disagree() -> None:
    region = book(day({"N225": 1.0, "HSI": 1.2, "DAX": -0.8, "SPX": 0.5}, "global")).region
    assert region.areas_disagree and region.tone == "mixed"


# -- breadth and margins


def test_breadth_counts_places_once() -> None:
    """A secondary index does not count beside its place's primary one; nor does a gauge or another region's index."""
    facts = book(day({"N225": 1.0, "TOPX": -3.0, "HSI": 2.0, "KS11": -0.5, "AS51": 0.0, "SPX": -4.0}))
    region = facts.region
    assert (region.places, region.ups, region.downs, region.flats) == (4, 2, 1, 1)
    assert (region.share_up, region.share_down, region.share_flat) == (0.5, 0.25, 0.25)
    assert (region.leader, region.laggard) == ("HSI", "KS11")
    assert region.mean == pytest.approx(0.625)
    assert region.median == pytest.approx(0.5)
    assert region.spread == pytest.approx(2.5)
    assert region.largest == 2.0
    assert region.balance == pytest.approx(2.5 / 3.5, abs=1e-3)


def test_closed_markets_count_for_nothing() -> None:
    facts = book(day({"HSI": 1.0, "N225": {"closed": True}, "KS11": 0.5}))
    assert (facts.region.places, facts.region.closed) == (2, 1)
    assert [m.id for m in facts.closed] == ["N225"]
    assert "N225" not in [m.id for m in facts.main]


def test_margins() -> None:
    markets = book(day({"HSI": 3.0, "N225": 1.0, "KS11": 0.5, "AS51": -0.2})).markets
    leader = markets["HSI"]
    assert (leader.leads, leader.trails, leader.margin) == (True, False, 2.0)
    assert leader.from_median == leader.deviation == 2.25
    assert leader.ratio == pytest.approx(3.0)
    laggard = markets["AS51"]
    assert (laggard.leads, laggard.trails) == (False, True)
    assert laggard.margin == pytest.approx(0.7)
    assert laggard.ratio is None, "nothing else fell"
    assert not (markets["N225"].leads or markets["N225"].trails)
    assert markets["N225"].margin == pytest.approx(-2.0)


def test_nobody_leads_a_tie() -> None:
    markets = book(day({"HSI": 1.0, "N225": 1.0, "KS11": 0.5})).markets
    assert not any(m.leads for m in markets.values())


def test_a_market_alone_in_its_snapshot_leads_nobody() -> None:
    facts = book(day({"N225": 2.0})).markets["N225"]
    assert (facts.leads, facts.trails, facts.margin, facts.ratio) == (False, False, None, None)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(-400, 400), min_size=2, max_size=5))
def test_margins_agree_with_the_figures(hundredths: list[int]) -> None:
    pcts = {place: n / 100 for place, n in zip(PLACES, hundredths, strict=False)}
    facts = book(day(pcts))
    for name, pct in pcts.items():
        others = [v for k, v in pcts.items() if k != name]
        market = facts.markets[name]
        assert market.leads == (pct > max(others))
        assert market.trails == (pct < min(others))
        if market.leads and pct >= 0:
            assert market.margin == pytest.approx(pct - max(others))
    region = facts.region
    assert region.ups + region.downs + region.flats == region.places == len(pcts)
    assert -1 <= region.balance <= 1


def test_one_against_the_rest() -> None:
    markets = book(day({"HSI": -1.0, "N225": 1.0, "KS11": 0.5, "AS51": 0.02})).markets
    assert markets["HSI"].alone and not markets["N225"].alone
    two = book(day({"HSI": -1.0, "N225": 1.0, "KS11": 0.01})).markets
    assert not two["HSI"].alone, "one other is no rest"


def test_a_rank_needs_figures() -> None:
    """Where a place is known only to have risen, nobody can be said to have risen most."""
    markets = book(day({"HSI": 2.0, "N225": 1.0, "KS11": {"direction": "up"}})).markets
    assert not markets["HSI"].ranked
    markets = book(day({"HSI": 2.0, "N225": 1.0, "KS11": {"direction": "down"}})).markets
    assert markets["HSI"].ranked


def test_the_best_index_is_best_among_all_indices() -> None:
    """A place leads by its primary index; the best index may be another one of its neighbour's."""
    markets = book(day({"HSI": 2.0, "N225": 1.0, "TOPX": 3.0})).markets
    assert markets["HSI"].leads and not markets["HSI"].best
    assert markets["TOPX"].best and not markets["TOPX"].leads
    assert not any(m.worst for m in markets.values()), "nothing fell"


def test_sisters_disagree_from_half_a_point() -> None:
    def apart(nikkei: Any, topix: Any) -> bool:
        return book(day({"N225": nikkei, "TOPX": topix})).markets["N225"].sister_disagrees

    assert apart(0.0, 1.0) and apart(-0.1, 0.4)
    assert not apart(0.6, 1.0)
    assert apart({"direction": "up"}, {"direction": "down"})
    assert not apart({"direction": "up"}, {"direction": "flat"})


# -- the session before


def backdrop(*pcts: Any, events: tuple[dict[str, Any], ...] = (), **keys: Any) -> Any:
    before = {"role": "backdrop", "session": "previous"}
    markets = dict(zip(("SPX", "CCMP", "DJI"), pcts, strict=False))
    behind = {i: {**(m if isinstance(m, dict) else {"change_pct": m}), **before, **keys} for i, m in markets.items()}
    return book(day({"HSI": 1.0, "N225": 0.8, **behind}, events=list(events))).backdrop


def test_no_session_before_no_backdrop() -> None:
    assert book(day({"HSI": 1.0})).backdrop is None


def test_backdrop_is_the_mean_of_its_indices() -> None:
    behind = backdrop(1.0, 2.0)
    assert (behind.pct, behind.direction, behind.same) == (1.5, "up", True)
    assert behind.markets == ("SPX", "CCMP")


def test_backdrop_the_other_way() -> None:
    assert not backdrop(-1.0, -2.0).same
    assert backdrop(1.0, -0.05).direction == "up", "a slip beside a rise is no split"
    assert backdrop(1.0, -0.8).direction == "mixed"


def test_backdrop_rebounds_where_the_sender_says_so() -> None:
    assert backdrop({"direction": "up"}, pattern="rebound").rebound
    assert not backdrop({"direction": "up"}).rebound


def test_an_event_about_wall_street_is_a_backdrop() -> None:
    told = event("ws", clause="stocks on Wall Street rallied", noun_phrase="a rally on Wall Street")
    behind = book(day({"HSI": {"change_pct": 1.0, "because": ["ws"]}, "N225": 0.5}, events=[told])).backdrop
    assert behind is not None
    assert (behind.direction, behind.linked, behind.pct) == ("up", 1, None)


def test_backdrop_carries_only_causes_that_do_not_oppose_it() -> None:
    good, bad = event("good"), event("bad", polarity="negative")
    behind = backdrop(1.0, events=(good, bad), because=["good", "bad"])
    assert [c.event.id for c in behind.causes] == ["good"]


# -- milestones and runs: stated, and derived from closes


def history(*closes: float, last: str = "2025-11-11") -> dict[str, Any]:
    """Closes of consecutive days up to ``last``."""
    import datetime as dt

    end = dt.date.fromisoformat(last)
    dates = [(end - dt.timedelta(days=len(closes) - 1 - n)).isoformat() for n in range(len(closes))]
    return {"dates": dates, "closes": list(closes)}


def nikkei(closes: dict[str, Any] | None, **keys: Any) -> Any:
    rest = {"history": {"N225": closes}} if closes else {}
    return book(day({"N225": keys}, "jp", **rest)).markets["N225"]


HIGH_AND_BACK = (100.0, 130.0, *[110.0 + 0.1 * (n % 2) for n in range(63)])


def test_highest_since_is_derived() -> None:
    facts = nikkei(history(*HIGH_AND_BACK), level=112.0)
    (milestone,) = [m for m in facts.milestones if m.type == "highest"]
    assert milestone.derived and milestone.since_date is not None
    assert (milestone.since_date.isoformat(), milestone.over) == ("2025-09-09", "P2M")
    assert milestone.sources == ("/history/N225", "/markets/0")
    assert facts.milestone_weight > 0


def test_a_stated_milestone_takes_the_place_of_a_derived_one() -> None:
    stated = {"type": "highest", "over": "three years"}
    facts = nikkei(history(*HIGH_AND_BACK), level=112.0, milestone=stated)
    (milestone,) = [m for m in facts.milestones if not m.of_day]
    assert (milestone.derived, milestone.over) == (False, "three years")


def test_a_recent_high_is_no_milestone() -> None:
    closes = history(100.0, 130.0, *[110.0 + 0.1 * (n % 2) for n in range(20)])
    assert [m for m in nikkei(closes, level=112.0).milestones if m.type == "highest"] == []


def test_a_milestone_against_the_move_weighs_nothing() -> None:
    milestone = {"type": "record_high", "basis": "intraday"}
    assert nikkei(None, change_pct=-0.5, milestone=milestone).milestone_weight == 0
    assert nikkei(None, change_pct=0.5, milestone=milestone).milestone_weight == 1


def test_milestones_weigh_by_rarity() -> None:
    def weight(**milestone: Any) -> float:
        return nikkei(None, change_pct=1.0, milestone=milestone).milestone_weight

    assert weight(type="record_high") == 1.0
    spans = ["P1W", "P1M", "P6M", "two years", "P12Y"]
    weights = [weight(type="highest", over=span) for span in spans]
    assert weights == sorted(weights) and len(set(weights)) == len(weights)
    assert weight(type="highest", over="P2Y", short_of=True) < weight(type="highest", over="P2Y")


def test_a_run_is_derived_from_three_sessions_on() -> None:
    assert nikkei(history(9.0, 10.0, 9.0, 9.5), level=10.0).streak is None
    streak = nikkei(history(9.0, 10.0, 9.0, 9.2, 9.5), level=10.0).streak
    assert (streak.direction, streak.sessions, streak.ended, streak.derived) == ("up", 3, False, True)


def test_a_run_that_ended() -> None:
    facts = nikkei(history(9.0, 10.0, 9.0, 9.2, 9.5, 9.8), level=9.6)
    assert (facts.streak.direction, facts.streak.sessions, facts.streak.ended) == ("up", 3, True)
    assert (facts.streak_sessions, facts.streak_ended, facts.streak_direction) == (3, True, "up")


def test_a_stated_run_wins() -> None:
    stated = {"direction": "up", "sessions": 7, "status": "extends"}
    streak = nikkei(history(9.0, 10.0, 9.0, 9.2, 9.5), level=10.0, streak=stated).streak
    assert (streak.sessions, streak.derived, streak.sources) == (7, False, ("/markets/0/streak",))


def test_a_run_of_unknown_length_counts_as_two() -> None:
    facts = nikkei(None, change_pct=1.0, streak={"direction": "up", "status": "extends"})
    assert facts.streak.sessions is None and facts.streak_sessions == 2


def test_rebound_and_reversal() -> None:
    assert nikkei(history(9.0, 10.0, 9.8), level=9.95).rebound
    assert nikkei(history(9.0, 9.8, 10.0), level=9.85).reversal
    assert nikkei(None, change_pct=1.0, pattern="rebound").rebound
    assert nikkei(None, change_pct=-0.2, path="erased_gains").reversal


# -- detail: what there is to tell of a place


def test_a_reason_that_all_share_makes_no_place_special() -> None:
    shared = event("shared")
    own = event("own")
    facts = book(
        day(
            {
                "HSI": {"change_pct": 1.0, "because": ["own"]},
                "N225": {"change_pct": 1.0, "because": ["shared"]},
                "KS11": {"change_pct": 1.0, "because": ["shared"]},
            },
            events=[shared, own],
            stocks=[stock(change_pct=2.0)],
        )
    )
    assert facts.markets["HSI"].own_causes == 1 and facts.markets["KS11"].own_causes == 0
    assert facts.markets["HSI"].detail > facts.markets["KS11"].detail
    assert facts.markets["N225"].detail == pytest.approx(facts.markets["KS11"].detail + 0.5)


@pytest.mark.parametrize("name", FILES)
def test_every_fact_has_its_source(name: str) -> None:
    facts = book(sent(name))
    assert all(m.sources for m in facts.markets.values())
    assert facts.region.sources or not facts.main
    assert all(milestone.sources for m in facts.markets.values() for milestone in m.milestones)


@pytest.mark.parametrize(
    ("moves", "tone"),
    [
        ({"HSI": 0.7, "N225": -0.1}, "mixed"),  # the Hang Seng did not hold steady
        ({"HSI": -0.2, "N225": 0.0}, "flat"),
        ({"HSI": 0.7, "N225": -0.1, "KS11": 0.05}, "flat"),
    ],
)
def test_half_the_places_stood_still(moves: dict[str, float], tone: str) -> None:
    assert book(day(moves)).region.tone == tone


def test_a_lean_is_no_rise() -> None:
    assert book(day({"STAR50": {"direction": "flat_to_higher"}}, "cn")).region.tone == "flat"


def test_figures_that_print_apart_are_not_one_sentence() -> None:
    text = write(day({"HSI": 1.0, "BRENT": 0.35, "GOLD": 0.3})).article.render("text")
    assert "each" not in text and "0.4%" in text and "0.3%" in text


def test_a_backdrop_is_of_the_session_before_unless_its_sender_says_today() -> None:
    moves = {"N225": -0.7, "HSI": -1.5, "KS11": -1.2}
    before = book(day({**moves, "SPX": {"change_pct": -1.7, "role": "backdrop"}}))
    assert before.backdrop is not None and before.markets["SPX"].previous
    today = book(day({**moves, "SPX": {"change_pct": -1.7, "role": "backdrop", "session": "current"}}))
    assert today.backdrop is None and "SPX" in [m.id for m in today.context]
