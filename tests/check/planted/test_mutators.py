"""The planted errors themselves: each changes one place, is the same every time, and is false of the snapshot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

import wrapgen
from tests.cases.library import article, day, event, sent, snapshot, stock
from tests.check.planted.moves import words
from tests.check.planted.page import Page
from tests.check.planted.plants import MUTATORS, Plant, plants

SAMPLE = ("asia-2025-11-12-morning", "us-close-record-tech", "europe-close-banks-drag", "asia-close-selloff")


def of(name: str, variant: int = 0) -> Page:
    return Page(name, variant, article(name, variant), snapshot(name), sent(name))


def made(sent: Mapping[str, Any], **options: Any) -> Page:
    read = wrapgen.read_snapshot(sent)
    return Page("by hand", 0, wrapgen.write(read, **options), read, dict(sent))


def all_of(page: Page, kind: str) -> list[Plant]:
    return plants(page, kind, most=100)


@pytest.mark.parametrize("name", SAMPLE)
def test_a_page_is_the_article_as_it_is_given_out(name: str) -> None:
    page = of(name)
    assert page.text == page.article.render("text")
    for line in page.lines:
        assert page.text[line.start : line.end] == line.text
        for run in line.runs:
            assert page.text[run.start : run.end] == run.token.text


@pytest.mark.parametrize("kind", MUTATORS)
def test_an_error_changes_one_place_and_nothing_else(kind: str) -> None:
    for name in SAMPLE:
        page = of(name)
        for plant in plants(page, kind, most=5):
            start, end = plant.sentence
            assert plant.was != plant.now
            assert start <= plant.span[0] <= plant.span[1] <= end
            assert plant.text[:start] == page.text[:start]
            assert page.text.endswith(plant.text[end:])
            assert "  " not in plant.now and " ." not in plant.now and ",," not in plant.now, plant.now


@pytest.mark.parametrize("kind", MUTATORS)
def test_the_same_article_has_the_same_errors(kind: str) -> None:
    page = of(SAMPLE[0])
    assert plants(page, kind, most=3) == plants(of(SAMPLE[0]), kind, most=3)


@pytest.mark.parametrize("kind", sorted(set(MUTATORS) - {"added clause"}))
def test_every_class_can_be_planted_in_the_sample(kind: str) -> None:
    names = (*SAMPLE, "jp-close-yen", "pti-2022-09-29-india", "ap-2017-10-24-us")
    assert any(plants(of(name, variant), kind) for name in names for variant in range(3))


# -- false of the snapshot


def test_a_figure_is_never_changed_to_one_that_it_rounds_to() -> None:
    for plant in all_of(made(day({"N225": 0.85, "HSI": -1.25, "KS11": 2.45})), "last digit"):
        new = float(re.sub(r"[^\d.]", "", plant.text[slice(*plant.span)]))
        assert min(abs(new - value) for value in (0.85, 1.25, 2.45)) > 0.051, plant.now


def test_markets_of_one_move_are_not_swapped() -> None:
    assert not all_of(made(day({"N225": 0.8, "HSI": 0.8, "KS11": 0.8})), "swap")
    assert all_of(made(day({"N225": 2.8, "HSI": 0.8, "KS11": -0.4})), "swap")


def test_a_market_is_not_replaced_by_one_that_moved_alike() -> None:
    page = made(day({"N225": 0.8, "HSI": 0.82, "KS11": 0.78}))
    for plant in all_of(page, "name"):
        new = plant.text[slice(*plant.span)]
        assert not any(name in new for name in ("Nikkei", "Hang Seng", "KOSPI")), plant.now


def test_a_verb_is_turned_round_only_where_the_data_bear_it_out() -> None:
    page = made(day({"N225": 1.2, "HSI": -1.6, "KS11": {"direction": "up"}}))
    for plant in all_of(page, "sign"):
        title = not plant.was.endswith(".")
        old, new = words(plant.was, title), words(plant.now, title)
        assert sum(w.direction == "up" for w in old) != sum(w.direction == "up" for w in new), plant.now
    assert not [p for p in all_of(made(day({"N225": 0.0})), "sign")]


def test_size_verbs_are_far_off_the_mark() -> None:
    assert not all_of(made(day({"N225": 1.0, "HSI": -1.0, "KS11": 1.1})), "size")
    far = all_of(made(day({"N225": 4.2, "HSI": 3.9, "KS11": -0.1})), "size")
    assert far
    for plant in far:
        new = plant.text[slice(*plant.span)].lower()
        assert re.match("edg|inch|tick|plung|plumm|tumbl", new), plant.now


def test_all_is_planted_only_where_a_market_went_the_other_way() -> None:
    up = all_of(made(day({"N225": 1.2, "HSI": 0.9, "KS11": 0.7, "AS51": 0.5})), "quantity")
    assert not [p for p in up if re.match("All|Nearly all", p.now)]
    mixed = made(day({"N225": 1.2, "HSI": 0.9, "KS11": 0.7, "AS51": -0.5}))
    assert [p for p in all_of(mixed, "quantity") if re.search("All|Across the Board|Few|a few", p.now)]


def test_a_leader_is_replaced_by_a_market_that_moved_less() -> None:
    found = all_of(made(day({"N225": 2.8, "HSI": 0.9, "KS11": 0.7, "AS51": 0.5, "TWII": 0.6})), "leader")
    assert found
    assert not [p for p in found if "Japan" in p.text[slice(*p.span)]]


def test_despite_is_planted_only_where_the_event_speaks_for_the_move() -> None:
    shares = [stock(change_pct=4.0, because=["news"])]
    good = made(day({"N225": 1.2, "TOPX": 1.0}, region="jp", stocks=shares, events=[event()]))
    assert all_of(good, "despite")
    neutral = made(day({"N225": 1.2, "TOPX": 1.0}, region="jp", stocks=shares, events=[event(polarity="neutral")]))
    assert not all_of(neutral, "despite")


def test_an_event_is_not_moved_to_what_it_is_tied_to() -> None:
    shares = [
        stock(change_pct=4.0, because=["news"], sector="autos"),
        stock("7203", change_pct=-2.0, sector="autos"),
        stock("6758", change_pct=3.0, sector="banks"),
    ]
    news = event(who="XTKS:9984", clause="Firm9984 won a contract", noun_phrase="a contract for Firm9984")
    page = made(day({"N225": 1.2, "TOPX": 1.0}, region="jp", stocks=shares, events=[news]))
    moved = all_of(page, "cause moved")
    assert moved
    for plant in moved:
        assert "6758" in plant.was, "the stock of another sector alone has nothing to do with it"


def test_only_what_is_awaited_is_told_as_done() -> None:
    rate = event(type="central_bank", clause=None, noun_phrase="the Bank of Japan’s rate decision", polarity="neutral")
    due = made(
        day({"N225": {"change_pct": 0.3, "because": ["news"]}}, region="jp", events=[rate | {"status": "scheduled"}])
    )
    assert all_of(due, "tense")
    done = made(day({"N225": {"change_pct": 0.3, "because": ["news"]}}, region="jp", events=[rate]))
    assert not all_of(done, "tense")


def test_what_is_added_is_not_in_the_data() -> None:
    for name in SAMPLE:
        page = of(name)
        for kind in (k for k in MUTATORS if k.startswith("added") and k != "added known"):
            for plant in plants(page, kind, most=3):
                new = plant.text[slice(*plant.span)]
                named = re.findall(r"(?<=[a-z,] )[A-Z][\w-]{3,}", new)
                assert not [n for n in named if n.lower() in repr(page.sent).lower()], new


def test_a_span_is_lengthened_and_never_shortened() -> None:
    market = {"change_pct": 1.0, "milestone": {"type": "highest", "over": "P2Y"}}
    for plant in all_of(made(day({"N225": market, "HSI": 0.4})), "since"):
        assert re.search(r"\b(?:six|eight|nine|[Ff]ifteen)\b", plant.text[slice(*plant.span)].lower()), plant.now


def test_a_run_is_longer_or_of_the_other_kind() -> None:
    run = {"change_pct": 1.0, "streak": {"direction": "up", "sessions": 4, "status": "extends"}}
    found = all_of(made(day({"N225": run}, region="jp")), "streak")
    assert found
    for plant in found:
        assert re.search(r"(?i)five|six|seven|fifth|sixth|seventh|losing|ending|losses", plant.text[slice(*plant.span)])


def test_another_day_is_another_day() -> None:
    for name in SAMPLE:
        page = of(name)
        for plant in plants(page, "another day", most=10):
            assert plant.text[slice(*plant.span)] not in page.text


def test_what_was_closed_is_not_said_to_be() -> None:
    page = made(day({"N225": {"closed": True}, "HSI": 0.9, "KS11": 0.7}))
    for plant in all_of(page, "closed"):
        new = plant.text[slice(*plant.span)]
        assert "open" in new or "Japan" not in new, plant.now
