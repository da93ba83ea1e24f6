"""A proofreader says of every text what `wrapgen.verify` says, and reads anew only what has changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wrapgen
from tests.cases.library import SEEDS, article, snapshot
from tests.check.days import DAY
from tests.thorough import interpreted
from wrapgen.check import proofreader as module
from wrapgen.check.claims import Reading
from wrapgen.check.read import Sentence

TEXTS = {name: article(name).render("text") for name in SEEDS}
TYPED = ("x", " not", " will", "the ", ", ", ". ", "\n\n", " by", " 3.1%", " rose", " Tokyo", " mixed")


@given(st.sampled_from(sorted(TEXTS)), st.data())
@settings(max_examples=60, deadline=None)
def test_it_says_of_every_change_what_verify_says(name: str, data: st.DataObject) -> None:
    text, desk = TEXTS[name], wrapgen.proofreader(snapshot(name))
    for _ in range(6):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 40)))
        text = text[:start] + data.draw(st.sampled_from(TYPED)) + text[end:]
        assert desk.verify(text) == wrapgen.verify(text, snapshot(name))


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sentences that are read anew, as they are."""
    seen: list[str] = []
    judge = module.judge

    def spy(reading: Reading, sentence: Sentence) -> None:
        seen.append(reading.words(sentence[0], sentence[-1]))
        judge(reading, sentence)

    monkeypatch.setattr(module, "judge", spy)
    return seen


@interpreted
def test_only_what_is_near_a_change_is_read_anew(judged: list[str]) -> None:
    name = "asia-2025-11-12-morning"
    text, desk = TEXTS[name], wrapgen.proofreader(snapshot(name))
    claims = desk.verify(text)
    sentences = len(judged)
    judged.clear()
    assert desk.verify(text) == claims
    assert not judged
    longer = text.replace("Asian", "Most Asian", 1)
    assert desk.verify(longer) == wrapgen.verify(longer, snapshot(name)) != claims
    assert 0 < len(judged) < sentences / 2


@interpreted
def test_who_was_spoken_of_before_counts(judged: list[str]) -> None:
    """The same sentence is true of one index and false of another."""
    desk = wrapgen.proofreader(DAY)
    filler = "Traders awaited the word of the Federal Reserve on the day, as they do and did and will do again. " * 2
    hang_seng = f"The Hang Seng rose 1.6%. {filler}The index rose 1.6%."
    nikkei = hang_seng.replace("Hang Seng rose 1.6", "Nikkei fell 0.8", 1)
    assert [desk.verify(text)[-2].status for text in (hang_seng, nikkei)] == ["supported", "contradicted"]
    assert judged.count("The index rose 1.6%") == 2
