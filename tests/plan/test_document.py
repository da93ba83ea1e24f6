"""What is said, in which order, and what goes with what; still without words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import wrapgen
from tests.cases.library import FILES, book, day, event, sent, stock
from wrapgen import engine
from wrapgen.angles.rank import choose, rank
from wrapgen.facts.types import FactBook
from wrapgen.plan.causes import best_cause, cause_messages, region_driver
from wrapgen.plan.document import plan
from wrapgen.plan.scores import score_sentences
from wrapgen.plan.shares import stock_messages
from wrapgen.plan.stories import place_stories
from wrapgen.plan.types import Document, Message

UP = {"HSI": 1.0, "N225": 0.9, "KS11": 1.1, "AS51": 0.8}


def laid_out(facts: FactBook, length: str = "standard") -> Document:
    rules = wrapgen.load_rules()
    first, second, _ = choose(facts, rank(facts, rules.angles))
    return plan(facts, first, second, engine._plan_rule(rules, facts), length)


def every(document: Document) -> Iterator[Message]:
    def walk(message: Message) -> Iterator[Message]:
        yield message
        for satellite in message.satellites:
            yield from walk(satellite)

    for message in (document.headline, document.lede, *(m for p in document.paragraphs for m in p.messages)):
        yield from walk(message)


def linked(pct: float, *events: str) -> dict[str, Any]:
    return {"change_pct": pct, "because": list(events)}


# -- layout


@pytest.mark.parametrize("name", FILES)
def test_a_section_stands_in_one_place(name: str) -> None:
    """Paragraphs of one section follow each other, and none is empty."""
    document = laid_out(book(sent(name)))
    order = [p.section for p in document.paragraphs]
    seen = list(dict.fromkeys(order))
    assert order == sorted(order, key=seen.index)
    assert all(p.messages for p in document.paragraphs)


@pytest.mark.parametrize("name", FILES)
def test_every_message_has_a_rule(name: str) -> None:
    """No message of a kind that nothing in the rules can say."""
    rules = wrapgen.load_rules()
    missing = {m.kind for m in every(laid_out(book(sent(name))))} - set(rules.sentences)
    assert {
        kind for kind in missing if "." in kind and not kind.startswith(("headline.second", "lede.second"))
    } == set()


@pytest.mark.parametrize("name", FILES)
def test_lengths_nest(name: str) -> None:
    """Brief tells less than standard, and long no less."""
    facts = book(sent(name))
    brief, standard, long = (len(list(every(laid_out(facts, n)))) for n in ("brief", "standard", "long"))
    assert brief <= standard <= long + 2


@pytest.mark.parametrize("name", FILES)
def test_brief_has_no_subheads(name: str) -> None:
    written = wrapgen.write(wrapgen.read_snapshot(sent(name)), length="brief")
    assert [b for b in written.blocks if b.kind == "subhead"] == []


def test_what_is_ahead_comes_last() -> None:
    vote = event("vote", type="vote", status="scheduled", polarity="neutral", clause=None, noun_phrase="a vote")
    document = laid_out(book(day({**UP, "USDJPY": {"change_pct": 0.2, "role": "context"}}, events=[vote])))
    assert [p.section for p in document.paragraphs][-2:] == ["context", "ahead"]


def test_closed_markets_have_their_place() -> None:
    document = laid_out(book(day({**UP, "STI": {"closed": True}})))
    assert "closed" in [p.section for p in document.paragraphs]
    scores = [m for p in document.paragraphs if p.section in ("scores", "elsewhere") for m in p.messages]
    assert all(m.market is None or not m.market.market.closed for m in scores)


# -- places


def test_a_place_is_told_together_its_main_index_first() -> None:
    facts = book(day({"TOPX": 0.6, "HSI": 1.5, "N225": 0.4}))
    rules = wrapgen.load_rules()
    first, second, _ = choose(facts, rank(facts, rules.angles))
    stories = {s.key: s for s in place_stories(facts, first, second)}
    assert [m.id for m in stories["JP"].markets] == ["N225", "TOPX"]
    assert stories["JP"].rest == (facts.markets["TOPX"],)
    assert stories["HK"].head.id == "HSI"


def test_the_angles_place_has_the_first_section() -> None:
    hang_seng = {**linked(3.0, "news"), "because": ["news"]}
    sent_day = day(
        {"HSI": hang_seng, "N225": 0.3, "KS11": 0.4, "AS51": 0.2},
        events=[event()],
        stocks=[
            stock("0700", "XHKG", market="HSI", change_pct=5.0),
            stock("0005", "XHKG", market="HSI", change_pct=4.0),
        ],
    )
    document = laid_out(book(sent_day))
    assert document.angle.name == "led_by_market"
    stories = [p.section for p in document.paragraphs if p.section.startswith("story")]
    assert stories and stories[0] == "story.HK"


def test_a_section_tells_what_the_move_came_to_before_its_stocks() -> None:
    """The milestone on the move itself, the run in a sentence behind it."""
    history = {"milestone": {"type": "best_day", "since": "2024-05"}, "streak": {"direction": "up", "sessions": 7}}
    history["streak"]["status"] = "extends"
    stocks = [stock(f"000{n}", change_pct=3.0 - n / 2) for n in range(4)]
    markets = {"N225": {**linked(1.6, "news"), **history}, "HSI": 0.2, "KS11": 0.4, "AS51": 0.3}
    document = laid_out(book(day(markets, events=[event()], stocks=stocks)))
    told = [m for p in document.paragraphs if p.section == "story.JP" for m in p.messages]
    kinds = [m.kind for m in told]
    assert [s.kind for s in told[0].satellites] == ["sat.milestone", "cause"]
    assert kinds.index("market.streak") < next(n for n, kind in enumerate(kinds) if kind.startswith("stock."))


@pytest.mark.parametrize("near", [None, {"what": "peak", "when": "2025-09"}])
def test_a_milestone_that_comes_near_another_leaves_room_for_the_reason(near: dict[str, str] | None) -> None:
    """It is too long to have a reason behind it, and has a sentence of its own."""
    milestone = {"type": "highest", "over": "P1M", **({"near": near} if near else {})}
    markets = {"N225": {**linked(1.6, "news"), "milestone": milestone}, "HSI": 0.2, "KS11": 0.4, "AS51": 0.3}
    stocks = [stock("0001", change_pct=3.0), stock("0002", change_pct=2.0)]
    document = laid_out(book(day(markets, events=[event()], stocks=stocks)))
    opening = next(m for p in document.paragraphs if p.section == "story.JP" for m in p.messages)
    assert [s.kind for s in opening.satellites] == (["cause"] if near else ["sat.milestone", "cause"])


# -- reasons


def test_a_reason_that_opposes_the_move_is_never_first() -> None:
    facts = book(
        day(
            {"HSI": linked(1.0, "bad", "odd")},
            events=[event("bad", polarity="negative"), event("odd", polarity="mixed")],
        )
    )
    market = facts.markets["HSI"]
    cause = best_cause(market)
    assert cause is not None and cause.event.id == "odd"
    assert [m.event.id for m in cause_messages(market, 5) if m.event] == ["odd"]


def test_no_reason_where_all_oppose() -> None:
    facts = book(day({"HSI": linked(1.0, "bad")}, events=[event("bad", polarity="negative")]))
    assert best_cause(facts.markets["HSI"]) is None
    assert cause_messages(facts.markets["HSI"]) == ()


def test_what_happened_beats_what_goes_on_and_the_weightier_the_lighter() -> None:
    facts = book(
        day(
            {"HSI": linked(1.0, "going", "light", "heavy")},
            events=[event("going", status="continuing"), event("light", importance=2), event("heavy", importance=4)],
        )
    )
    assert [m.event.id for m in cause_messages(facts.markets["HSI"], 3) if m.event] == ["heavy", "light", "going"]


def test_nothing_moved_in_spite_of_what_has_not_happened() -> None:
    vote = event("vote", status="scheduled", polarity="positive", clause="lawmakers vote", noun_phrase="a vote")
    held = {"change_pct": -0.5, "because": ["vote"]}
    firm = stock("0001", change_pct=-2.0, because=["vote"])
    messages = every(laid_out(book(day({"N225": held, "HSI": -0.7}, events=[vote], stocks=[firm]))))
    assert not [m for m in messages if m.kind.startswith("cause") and m.event is not None and m.relation == "opposes"]


def test_a_further_reason_behind_one_markets_lede_is_that_markets_own() -> None:
    """*A rise in exports also helped*, behind a lede on the DAX alone, helped the DAX."""
    linked = {"change_pct": 0.4, "because": ["news"]}
    moves = {"DAX": {"direction": "up", "milestone": {"type": "highest", "over": "three years"}}}
    facts = book(day({**moves, "N225": linked, "HSI": linked}, "global", events=[event()]))
    rules = wrapgen.load_rules()
    first, second, _ = choose(facts, rank(facts, rules.angles), "milestone")
    document = plan(facts, first, second, engine._plan_rule(rules, facts), "standard")
    assert "cause.more" not in [m.kind for m in document.paragraphs[0].messages]


def test_the_regions_driver_reaches_most_of_it_and_agrees() -> None:
    wide = {i: linked(p, "wide") for i, p in UP.items()}
    facts = book(day({**wide, "STI": linked(0.3, "narrow")}, events=[event("wide"), event("narrow")]))
    driver = region_driver(facts)
    assert driver is not None and (driver.event.id, driver.relation) == ("wide", "supports")


@pytest.mark.parametrize("keys", [{"polarity": "negative"}, {"type": "holiday", "place": "JP"}])
def test_what_opposes_the_tone_or_shuts_the_market_drives_nothing(keys: dict[str, Any]) -> None:
    facts = book(day({i: linked(p, "news") for i, p in UP.items()}, events=[event(**keys)]))
    assert region_driver(facts) is None


# -- who shares a sentence


def names(messages: list[Message]) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (
            m.kind,
            (
                *(tuple(getattr(i, "id", "") for i in m.items) or ((m.market or m.stock).id,)),  # type: ignore[union-attr]
                *(getattr(i, "id", "") for s in m.satellites if s.kind == "sat.unsized" for i in s.items),
            ),
        )
        for m in messages
    ]


def scores(markets: dict[str, Any], **rest: Any) -> list[tuple[str, tuple[str, ...]]]:
    facts = book(day(markets, **rest))
    return names(score_sentences(facts, facts.main))


def test_scores_that_print_alike_stand_together() -> None:
    assert scores({"HSI": 0.51, "N225": -0.3, "KS11": 0.52}) == [
        ("market.equal", ("HSI", "KS11")),
        ("market.score", ("N225",)),
    ]


def test_scores_without_more_to_tell_are_paired() -> None:
    assert scores({"HSI": 0.5, "N225": -0.3}) == [("market.pair", ("HSI", "N225"))]
    assert scores({"HSI": 0.5, "N225": 0.3, "KS11": 0.9}) == [("market.triple", ("HSI", "N225", "KS11"))]


def test_a_market_with_a_reason_has_its_sentence() -> None:
    found = scores({"HSI": linked(0.5, "news"), "N225": 0.3, "KS11": 0.9}, events=[event()])
    assert [(kind, ids) for kind, ids in found if kind != "cause.more"] == [
        ("market.score", ("HSI",)),
        ("market.pair", ("N225", "KS11")),
    ]


def test_still_indices_of_a_place_stand_together() -> None:
    flat = {"direction": "flat_to_lower"}
    assert scores({"SSEC": flat, "CSI300": flat, "HSI": 0.5})[0] == ("market.flats", ("SSEC", "CSI300"))


def test_moves_known_by_direction_are_listed_by_it() -> None:
    up, down = {"direction": "up"}, {"direction": "down"}
    found = scores({"HSI": up, "N225": down, "KS11": up})
    assert found == [("market.unsized", ("HSI", "KS11", "N225"))]


@pytest.mark.parametrize("name", FILES)
def test_every_market_is_scored_once(name: str) -> None:
    facts = book(sent(name))
    told = [i for kind, ids in names(score_sentences(facts, facts.main)) if kind != "cause.more" for i in ids]
    assert sorted(told) == sorted(m.id for m in facts.main)


@pytest.mark.parametrize("name", FILES)
def test_every_stock_is_told_once(name: str) -> None:
    """Those with neither move nor news apart."""
    facts = book(sent(name))
    told = [
        i
        for m in stock_messages(tuple(facts.stocks.values()), 8)
        if m.kind.startswith("stock.")
        for i in (
            *([s.id for s in m.items if hasattr(s, "id")] or ([m.stock.id] if m.stock else [])),
            *(s.stock.id for s in m.satellites if s.stock is not None and s.kind == "sat.likewise"),
        )
    ]
    expected = [
        s.id for s in facts.stocks.values() if s.direction in ("up", "down") or s.direction is None and s.causes
    ]
    assert sorted(set(told)) == sorted(told)
    missing = set(expected) - set(told)
    assert len(missing) <= max(0, len(expected) - 8), missing


def test_stocks_that_share_a_reason_share_a_sentence() -> None:
    facts = book(
        day(
            {"N225": 1.0},
            events=[event()],
            stocks=[
                stock("0001", change_pct=3.0, because=["news"]),
                stock("0002", change_pct=2.0, because=["news"]),
                stock("0003", change_pct=1.0),
            ],
        )
    )
    found = names([m for m in stock_messages(tuple(facts.stocks.values()), 8) if m.kind.startswith("stock.")])
    assert found == [("stock.group", ("XTKS:0001", "XTKS:0002")), ("stock.score", ("XTKS:0003",))]


def test_a_second_run_counted_from_closes_does_not_keep_a_score_apart() -> None:
    """Two indices with runs one after the other: the first tells its run, the others are joined."""
    dates = [f"2025-11-{n:02d}" for n in (3, 4, 5, 6, 7, 10, 11)]
    closes = [105.0, 100.0, 101.0, 102.0, 103.0, 104.0, 105.0]
    history = {name: {"dates": dates, "closes": closes} for name in ("N225", "KS11", "AS51")}
    facts = book(day({"N225": 0.9, "KS11": 0.7, "AS51": 0.5}, history=history))
    markets = [facts.markets[name] for name in ("N225", "KS11", "AS51")]
    assert all(m.streak is not None and m.streak.derived for m in markets)
    plain = [m._replace(milestones=()) for m in markets]
    assert [m.kind for m in score_sentences(facts, plain)] == ["market.score", "market.pair"]
