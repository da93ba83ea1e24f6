"""A sentence does not say the verb of a move again in the move's reason."""

from __future__ import annotations

import json

import pytest

from tests.cases.library import ROOT, VARIANTS, day, event, stock, write


def told(sent: dict[str, object], words: str) -> set[str]:
    """The sentences that hold the words, over all variants."""
    articles = [write(sent, variant=variant).article for variant in VARIANTS]
    sentences = [s.text for article in articles for block in article.blocks for s in block.sentences]
    return {sentence for sentence in sentences if words in sentence}


@pytest.mark.parametrize(
    ("clause", "noun", "pct", "echo"),
    [
        ("bond yields climbed", "a climb in bond yields", 2.9, "climb"),
        ("orders surged", "a surge in orders", 8.0, "surg"),
        ("its sales slid", "a slide in its sales", -3.7, "slid"),
    ],
)
def test_the_verb_of_a_move_is_not_that_of_its_reason(clause: str, noun: str, pct: float, echo: str) -> None:
    way = "positive" if pct > 0 else "negative"
    reason = event("reason", clause=clause, noun_phrase=noun, polarity=way)
    sent = day({"HSI": 0.3, "N225": 0.2}, events=[reason], stocks=[stock("1", change_pct=pct, because=["reason"])])
    found = told(sent, "Company 1")
    assert found
    assert all(sentence.lower().count(echo) <= 1 for sentence in found), found


def test_a_gain_is_not_told_of_gains() -> None:
    run = {"direction": "up", "sessions": 4, "status": "extends"}
    found = told(day({"AS51": {"change_pct": 0.6, "streak": run}, "HSI": 0.4, "N225": -0.5}), "session of gains")
    assert found
    assert not [sentence for sentence in found if "gained" in sentence]


def test_the_only_gainer_did_not_gain() -> None:
    sectors = [{"name": "semiconductor", "direction": "up", "market": "TWII"}]
    sent = day({"TWII": 0.9, "N225": -0.6, "KS11": -0.9, "HSI": -0.7, "AS51": -0.3}, sectors=sectors, phase="morning")
    found = told(sent, "only gainer")
    assert found
    assert not [sentence for sentence in found if "gained" in sentence.replace("semiconductor shares gained", "")]


def test_losses_do_not_go_on_as_losses() -> None:
    """Not *extending its losses as losses in casinos outweighed gains in utilities*."""
    sent = json.loads((ROOT / "rules" / "days" / "asia-losing-run.json").read_text("utf-8"))
    found = told(sent, "extending its losses")
    assert found
    assert not [sentence for sentence in found if sentence.count("losses") > 1]
