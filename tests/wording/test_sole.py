"""*The fall*, *the index*: said only behind a sentence that leaves no doubt what is meant."""

from __future__ import annotations

from typing import Any

from tests.cases.library import VARIANTS, day, event, stock, write
from tests.wording.test_printed_figures import scene
from wrapgen.wording.discourse import Discourse, Draft
from wrapgen.wording.refer import refer_market, refer_stock

AGAINST = event("against", clause="exports rose", noun_phrase="higher exports", polarity="positive")
SENT = day({"N225": -2.0, "HSI": 0.2}, stocks=[stock("1", change_pct=-6.0)])
SCENE = scene(SENT)
NIKKEI, FIRM = SCENE.book.markets["N225"], next(iter(SCENE.book.stocks.values()))


def sentences(sent: dict[str, Any]) -> list[list[str]]:
    articles = [write(sent, variant=variant).article for variant in VARIANTS]
    return [[s.text for block in article.blocks for s in block.sentences] for article in articles]


def test_a_sentence_on_one_market_alone_is_known_as_such() -> None:
    draft = Draft(Discourse())
    refer_market(SCENE, NIKKEI, "", "body", draft)
    assert draft.close().sole == "N225"
    refer_stock(SCENE, FIRM, "", "body", draft)
    after = draft.close()
    assert (after.sole, after.only_index) == (None, "N225")


def test_a_company_taken_back_is_not_counted() -> None:
    draft = Draft(Discourse())
    refer_market(SCENE, NIKKEI, "", "body", draft)
    mark = draft.mark()
    refer_stock(SCENE, FIRM, "", "body", draft)
    draft.undo(mark)
    assert draft.close().sole == "N225"


def test_the_fall_needs_no_name_behind_a_sentence_on_its_market_alone() -> None:
    sent = day({"N225": {"change_pct": -2.0, "because": ["against"], "level": 51000.12}}, "jp", events=[AGAINST])
    for told in sentences(sent):
        at = next(n for n, text in enumerate(told) if "higher exports" in text)
        assert "Nikkei" in told[at - 1]
        assert told[at].startswith(("The fall came despite ", "The decline came "))


def test_a_run_is_never_told_of_it() -> None:
    run = {"direction": "down", "sessions": 5, "status": "extends"}
    fall = stock("1", change_pct=-6.0, effect="drag")
    sent = day({"N225": {"change_pct": -2.0, "streak": run}, "HSI": 0.2, "KS11": 0.9}, stocks=[fall])
    told = [text for article in sentences(sent) for text in article]
    assert any("fifth" in text for text in told)
    assert not [text for text in told if text.startswith("It was")]
