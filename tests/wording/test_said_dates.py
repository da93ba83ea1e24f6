"""Days, months and spans in words: today is an argument, and a span that is a floor says so."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wrapgen.wording.dates import (
    month_words,
    near_words,
    over_words,
    parse,
    part_of_month,
    since_words,
    weekday,
    when_phrase,
)
from wrapgen.wording.style import Style

BRITISH = Style("british", "", day_first=True)
TODAY = dt.date(2025, 11, 12)


def test_weekday() -> None:
    assert weekday(TODAY) == "Wednesday"


@pytest.mark.parametrize(
    ("day", "part"), [(1, "early"), (10, "early"), (11, "mid"), (20, "mid"), (21, "late"), (31, "late")]
)
def test_thirds_of_a_month(day: int, part: str) -> None:
    assert part_of_month(dt.date(2025, 10, day)) == part


@pytest.mark.parametrize(
    ("text", "found"),
    [("2025-10-02", (2025, 10, 2)), ("2025-10", (2025, 10, None)), ("2025", (2025, None, None)), ("October", None),
     ("2025-13", None), ("25-10", None)],
)  # fmt: skip
def test_parse(text: str, found: object) -> None:
    assert parse(text) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-10", "October"),
        ("2025-10-02", "October 2"),
        ("2024-12", "December"),  # the last December
        ("2024-10", "October 2024"),  # not this October
        ("2008-09-15", "September 15, 2008"),
        ("2008", "2008"),
        ("last week", None),
    ],
)
def test_a_year_stands_only_where_it_is_not_this_one(text: str, words: str | None) -> None:
    assert month_words(text, TODAY) == words


def test_day_before_month() -> None:
    assert month_words("2008-09-15", TODAY, BRITISH) == "15 September 2008"
    assert month_words("2025-10-02", TODAY, BRITISH) == "2 October"


@pytest.mark.parametrize(
    ("text", "words"),
    [("2025-10-02", "on October 2"), ("2025-10", "in October"), ("Friday", "on Friday"), ("July", "in July"),
     ("this week", "this week"), ("overnight", "overnight"), ("sometime", None)],
)  # fmt: skip
def test_when(text: str, words: str | None) -> None:
    assert when_phrase(text, TODAY) == words


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ("P1M", "more than a month"),
        ("P3M", "more than three months"),
        ("P1Y", "more than a year"),
        ("P24M", "more than two years"),
        ("P14M", "more than 14 months"),
        ("P2W", "more than two weeks"),
        ("two and a half years", "two and a half years"),
        ("one week", "a week"),
        ("", None),
    ],
)
def test_an_iso_span_is_a_floor_and_words_are_the_senders(over: str, words: str | None) -> None:
    assert over_words(over) == words


@given(st.integers(1, 300))
def test_a_span_never_says_more_than_it_is(months: int) -> None:
    from wrapgen.facts.spans import span_months

    said = over_words(f"P{months}M")
    assert said is not None and (span_months(said.removeprefix("more than ")) or 0) <= months


@pytest.mark.parametrize(
    ("since", "date", "words"),
    [
        ("2011-03", None, "March 2011"),
        ("mid-2016", None, "mid-2016"),
        ("December", None, "December"),
        ("previous peak", None, None),
        (None, dt.date(2025, 10, 6), "October 6"),
        (None, dt.date(2024, 1, 15), "January 2024"),  # so long ago the day says nothing
        (None, None, None),
    ],
)
def test_since(since: str | None, date: dt.date | None, words: str | None) -> None:
    assert since_words(since, date, TODAY) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [("2025-10-02", "early October"), ("2025-10-15", "mid-October"), ("2024-03-28", "late March 2024"),
     ("2025-10", "October"), ("2007", "2007"), ("the spring", "the spring")],
)  # fmt: skip
def test_near(when: str, words: str) -> None:
    assert near_words(when, TODAY) == words
