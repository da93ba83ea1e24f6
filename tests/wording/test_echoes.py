"""A sentence does not say the verb of a move again in the move's reason."""

from __future__ import annotations

import json
import re

import pytest

from tests.cases.library import ROOT, VARIANTS, day, event, stock, write
from tests.cases.library import sent as cases_sent


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


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_section_does_not_say_the_verb_of_the_lede_again(variant: int) -> None:
    """Not *led the region's losses* behind *led down by mainland China*."""
    article = write(cases_sent("reuters-2015-08-19-asia"), variant=variant).article
    lede, *rest = [s.text for block in article.blocks if block.kind == "paragraph" for s in block.sentences]
    assert re.search(r"\b(?:led|leading)\b", lede)
    assert not any("led the region" in sentence for sentence in rest), rest


def test_what_lifts_an_index_does_not_lift_it_twice() -> None:
    """Of *lifted by Ulsan Heavy* in the lede, the section says the move of Ulsan Heavy."""
    sent = json.loads((ROOT / "rules" / "days" / "asia-seoul-milestone.json").read_text("utf-8"))
    told = 0
    for variant in VARIANTS:
        article = write(sent, variant=variant).article
        lede, *rest = [block.text for block in article.blocks if block.kind == "paragraph"]
        told += "lifted" in lede
        assert "lifted" not in lede or not any("lifted by Ulsan" in text for text in rest), rest
    assert told
