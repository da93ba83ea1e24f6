"""How a sentence begins, beside the one before it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.library import VARIANTS, article, day, event, write
from wrapgen.article import Article

RUN = {"direction": "down", "sessions": 4, "status": "extends"}
OTHERS = {"N225": -0.6, "AS51": -0.4, "TWII": -0.5}
REASON = event("levy", polarity="negative", clause="Seoul raised a levy", noun_phrase="a higher levy")


def paragraphs(made: Article) -> list[list[str]]:
    return [[each.text for each in block.sentences] for block in made.blocks]


@pytest.mark.parametrize("rest", [{"streak": RUN}, {"path": "pared_losses"}, {"streak": RUN, "path": "pared_losses"}])
@pytest.mark.parametrize("variant", VARIANTS)
def test_no_two_sentences_in_a_row_begin_with_the_same_index(rest: dict[str, Any], variant: int) -> None:
    sent = day({"KS11": {"change_pct": -2.4, "because": ["levy"], **rest}, **OTHERS}, events=[REASON])
    for told in paragraphs(write(sent, variant=variant).article):
        begins = [" ".join(text.replace("’s", "").replace(",", "").split()[:2]) for text in told]
        assert all(a != b for a, b in zip(begins, begins[1:], strict=False)), told


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_an_index_did_is_told_of_it_behind_a_sentence_on_it(variant: int) -> None:
    """Not *The index traded higher. The index ended 2013 with a gain.*"""
    told = [text for part in paragraphs(article("investing-2013-12-30-asia", variant)) for text in part]
    (at,) = [n for n, text in enumerate(told) if "ended 2013" in text]
    assert told[at].startswith("It ended 2013") and ("Nikkei" in told[at - 1] or "The index" in told[at - 1]), told
