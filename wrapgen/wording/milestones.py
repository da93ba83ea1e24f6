"""Milestones and runs of sessions as phrases."""

from __future__ import annotations

from typing import Final

from wrapgen.clause import Phrase, words
from wrapgen.facts.types import MilestoneFact
from wrapgen.plan.types import Message
from wrapgen.text import Derived, FactRef
from wrapgen.wording.dates import month_of, near_words, over_words, since_words
from wrapgen.wording.figures import count_words, decimals_sent, fixed, ordinal, recounted
from wrapgen.wording.scene import Scene

_WORD: Final = {"highest": "highest", "lowest": "lowest", "best_day": "best", "worst_day": "worst"}


def facts_of(milestone: MilestoneFact) -> tuple[FactRef, ...]:
    if milestone.derived:
        return (Derived(f"milestone.{milestone.type}", milestone.sources),)
    return milestone.sources


def span_key(milestone: MilestoneFact) -> str:
    """What is told of a milestone, whose ever it is: two markets may have the same."""
    return f"span:{milestone.type}:{milestone.since or milestone.over or milestone.since_date}"


def milestone_phrase(scene: Scene, message: Message, form: str) -> Phrase | None:
    """``its highest level in three years``, ``a record high``, ``its worst day since March 2011``.

    Forms: none, ``headline`` (``three-year high``, ``worst day since 2011``), ``near`` (``early-October
    peak``: the earlier peak or trough that it comes near), ``bare`` (no ``its``), ``again`` (``its worst
    day since then``, where the one before it was said to be of the same span).
    """
    milestone = message.milestone
    if milestone is None:
        return None
    if form == "near":
        return _near(scene, milestone)
    if form == "value":
        if milestone.value is None or milestone.type not in ("first_above", "first_below"):
            return None
        return words(fixed(milestone.value, decimals_sent(milestone.value)), facts=facts_of(milestone))
    if form == "again" and milestone.type in _WORD:
        thing = "day" if milestone.of_day else _level_noun(message, milestone)
        return words(f"its {_WORD[milestone.type]} {thing} since then", facts=facts_of(milestone))
    said = _headline(scene, milestone) if form == "headline" else _said(scene, message, milestone)
    if said is None:
        return None
    if form == "bare":
        said = said.removeprefix("its ").removeprefix("a ").removeprefix("having traded ")
    return words(said, facts=facts_of(milestone))


def _said(scene: Scene, message: Message, milestone: MilestoneFact) -> str | None:
    kind = milestone.type
    if kind in ("record_high", "record_low"):
        high = "high" if kind == "record_high" else "low"
        if milestone.basis == "close":
            return "a record close" if high == "high" else "a record closing low"
        return f"an intraday record {high}" if milestone.basis == "intraday" else f"a record {high}"
    if kind in ("first_above", "first_below") and milestone.value is not None:
        side = "above" if kind == "first_above" else "below"
        said = f"{side} {fixed(milestone.value, decimals_sent(milestone.value))} for the first time"
        return f"having traded {said}" if milestone.basis == "intraday" else said  # it may not have stayed there
    if kind not in _WORD:
        return None
    thing = "day" if milestone.of_day else _level_noun(message, milestone)
    measure = _measure(scene, milestone)
    return f"its {_WORD[kind]} {thing} {measure}" if measure is not None else None


def _measure(scene: Scene, milestone: MilestoneFact) -> str | None:
    """How far back it reaches: ``since October 6``, ``in two years``."""
    since = since_words(milestone.since, milestone.since_date, scene.book.snapshot.date, scene.style)
    if milestone.since and since:
        return f"since {since}"
    # A derived span is a floor ("more than a month"); a stated one is used as the sender put it.
    over = over_words(milestone.over, scene.style.numbers_as_words_below) if milestone.over else None
    if over:
        return f"in {over}"
    return f"since {since}" if since else None


def _level_noun(message: Message, milestone: MilestoneFact) -> str:
    if milestone.basis == "close":
        return "close"
    kind = message.market.kind if message.market is not None else "index"
    noun = "price" if kind in ("commodity", "crypto") else "level"
    return f"intraday {noun}" if milestone.basis == "intraday" else noun


def _headline(scene: Scene, milestone: MilestoneFact) -> str | None:
    """As short as a headline wants it."""
    kind = milestone.type
    if kind in ("record_high", "record_low"):
        return "record high" if kind == "record_high" else "record low"
    if kind not in _WORD:
        return None
    today = scene.book.snapshot.date
    since = since_words(milestone.since, milestone.since_date, today, scene.style)
    if milestone.of_day and not since and milestone.over:
        span = over_words(milestone.over, scene.style.numbers_as_words_below)
        return f"{_WORD[kind]} day in {span}" if span else None
    if milestone.of_day and since:
        year = since.split()[-1]
        return f"{_WORD[kind]} day since {year if len(year) == 4 and year.isdigit() else since}"
    high = "high" if kind == "highest" else "low"
    if milestone.over and not milestone.over.startswith("P"):
        words = milestone.over.split()
        if len(words) == 2 and (words[1].endswith("s") or words[0] == "one"):
            number = recounted(words[0], scene.style.numbers_as_words_below)
            return f"{number}-{words[1].removesuffix('s')} {high}"
        return f"{high} in {milestone.over}"
    if milestone.over and not milestone.since:
        span = over_words(milestone.over, scene.style.numbers_as_words_below)
        return f"highest in {span}" if span and kind == "highest" else f"lowest in {span}" if span else None
    if since:
        return f"highest since {since}" if kind == "highest" else f"lowest since {since}"
    return None


def _same_month(one: str, other: str) -> bool:
    """Whether two dates, or words that name a month, are of the same; one without a year is of any."""
    first, second = month_of(one), month_of(other)
    if first is None or second is None or first[1] != second[1]:
        return False
    return first[0] == second[0] or first[0] is None or second[0] is None


def _near(scene: Scene, milestone: MilestoneFact) -> Phrase | None:
    if milestone.near_when is None:
        return None
    when = near_words(milestone.near_when, scene.book.snapshot.date)
    what = milestone.near_what or "peak"
    if when is None:
        return None
    source: FactRef = Derived("near", milestone.sources) if milestone.derived else f"{milestone.sources[0]}/near"
    by_date = (_measure(scene, milestone) or "").startswith("since")
    if by_date and _same_month(milestone.near_when, milestone.since or str(milestone.since_date)):
        # "Its lowest since June 24, close to its late-June trough" is one thing twice; that it was a record is new.
        return words("record", facts=(source,)) if what == "record" else None
    spelled = when.replace(" ", "-", 1) if when.split()[0] in ("early", "late") else when
    return words(f"{spelled} {what}", facts=(source,))


def streak_phrase(scene: Scene, message: Message, form: str) -> Phrase | None:
    """A run: ``ordinal`` (``seventh``), ``length`` (``six-session``), ``count`` (``six sessions``)."""
    streak = message.streak
    if streak is None or streak.sessions is None or streak.sessions < 2:
        return None
    below = scene.style.numbers_as_words_below
    if form == "ordinal":
        text = ordinal(streak.sessions, below)
    elif form == "length":
        text = f"{count_words(streak.sessions, below)}-session"
    else:
        text = f"{count_words(streak.sessions, below)} sessions"
    source: FactRef = Derived("streak", streak.sources) if streak.derived else f"{streak.sources[0]}/sessions"
    return words(text, facts=(source,))
