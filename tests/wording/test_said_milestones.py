"""Milestones and runs as phrases, and what each form of them says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

import wrapgen
from tests.cases.library import day, sent
from tests.wording.test_printed_figures import scene, text
from wrapgen.facts.types import MilestoneFact, StreakFact
from wrapgen.plan.types import Message
from wrapgen.text import Derived
from wrapgen.wording.milestones import milestone_phrase, streak_phrase

SCENE = scene(day({"N225": 1.0, "BRENT": {"change_pct": 1.0, "role": "context"}}, "jp"))
SOURCE = ("/markets/0/milestone",)


def said(form: str = "", market: str = "N225", **keys: Any) -> str | None:
    keys.setdefault("weight", 0.5)
    keys.setdefault("sources", SOURCE)
    message = Message("m", market=SCENE.book.markets[market], milestone=MilestoneFact(**keys))
    return text(milestone_phrase(SCENE, message, form))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"type": "record_high"}, "a record high"),
        ({"type": "record_low"}, "a record low"),
        ({"type": "record_high", "basis": "close"}, "a record close"),
        ({"type": "record_high", "basis": "intraday"}, "an intraday record high"),
        ({"type": "highest", "over": "P1M"}, "its highest level in more than a month"),
        ({"type": "highest", "over": "three years"}, "its highest level in three years"),
        ({"type": "lowest", "since": "2011-03"}, "its lowest level since March 2011"),
        ({"type": "lowest", "since": "2011-03", "over": "P1Y"}, "its lowest level since March 2011"),
        ({"type": "highest", "since": "2007", "basis": "close"}, "its highest close since 2007"),
        ({"type": "best_day", "since": "2020-11"}, "its best day since November 2020"),
        ({"type": "worst_day", "over": "two years"}, "its worst day in two years"),
        ({"type": "highest", "since_date": dt.date(2025, 10, 6)}, "its highest level since October 6"),
        ({"type": "first_above", "value": 50000}, "above 50,000 for the first time"),
        ({"type": "first_above", "value": 50000, "basis": "intraday"}, "having traded above 50,000 for the first time"),
        ({"type": "first_below", "value": 0.5, "basis": "intraday"}, "having traded below 0.5 for the first time"),
        ({"type": "highest"}, None),
    ],
)
def test_in_a_sentence(keys: dict[str, Any], words: str | None) -> None:
    assert said(**keys) == words


def test_a_commodity_has_a_price() -> None:
    assert said(market="BRENT", type="highest", over="P1Y") == "its highest price in more than a year"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"type": "record_high"}, "record high"),
        ({"type": "highest", "over": "three years"}, "three-year high"),
        ({"type": "lowest", "over": "P1M"}, "lowest in more than a month"),
        ({"type": "worst_day", "since": "2011-03"}, "worst day since 2011"),
        ({"type": "best_day", "since": "2025-04-07"}, "best day since April 7"),
        ({"type": "highest", "since": "2025-10"}, "highest since October"),
    ],
)
def test_in_a_headline(keys: dict[str, Any], words: str) -> None:
    assert said("headline", **keys) == words


def test_without_its_article() -> None:
    assert said("bare", type="highest", over="three years") == "highest level in three years"
    assert said("bare", type="record_high") == "record high"


@pytest.mark.parametrize(
    ("when", "what", "words"),
    [("2025-10-02", "peak", "early-October peak"), ("2025-10-15", "trough", "mid-October trough"), (None, None, None)],
)
def test_what_it_comes_near(when: str | None, what: str | None, words: str | None) -> None:
    assert said("near", type="highest", near_when=when, near_what=what) == words


@pytest.mark.parametrize(
    ("reach", "what", "words"),
    [
        ({"since_date": dt.date(2025, 6, 24)}, "trough", None),  # both say late June
        ({"since": "2025-06"}, "trough", None),
        ({"since": "June"}, "trough", None),
        ({"since": "2024-06-24"}, "trough", "late-June trough"),
        ({"since_date": dt.date(2025, 7, 8)}, "trough", "late-June trough"),
        ({"since_date": dt.date(2025, 6, 24), "over": "P4M"}, "trough", "late-June trough"),  # told by its span
        ({"since_date": dt.date(2025, 6, 24)}, "record", "record"),  # which the date does not say
    ],
)
def test_what_it_comes_near_is_not_the_date_that_it_was_counted_from(
    reach: dict[str, Any], what: str, words: str | None
) -> None:
    assert said("near", type="lowest", near_when="2025-06-23", near_what=what, **reach) == words


def test_a_milestone_knows_its_fact() -> None:
    def facts(**keys: Any) -> tuple[Any, ...]:
        milestone = MilestoneFact("record_high", 1.0, ("/history/N225", "/markets/0"), **keys)
        phrase = milestone_phrase(SCENE, Message("m", market=SCENE.book.markets["N225"], milestone=milestone), "")
        assert phrase is not None
        return phrase.tokens[0].facts

    assert facts() == ("/history/N225", "/markets/0")
    assert facts(derived=True) == (Derived("milestone.record_high", ("/history/N225", "/markets/0")),)


@pytest.mark.parametrize(
    ("sessions", "form", "words"),
    [
        (7, "ordinal", "seventh"),
        (7, "length", "seven-session"),
        (3, "", "three sessions"),
        (12, "", "12 sessions"),
        (12, "ordinal", "12th"),
        (1, "", None),
        (None, "", None),
    ],
)
def test_a_run(sessions: int | None, form: str, words: str | None) -> None:
    streak = StreakFact("up", sessions, False, ("/markets/0/streak",))
    assert text(streak_phrase(SCENE, Message("s", streak=streak), form)) == words


def test_a_house_that_writes_the_day_first_does_so_in_milestones() -> None:
    written = wrapgen.write(wrapgen.read_snapshot(sent("jp-close-yen")), style="british").render("text")
    assert "since 26 December" in written and "December 26" not in written
