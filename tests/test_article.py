from __future__ import annotations

import dataclasses
import json
from timeit import repeat

import pytest

from tests.stub import ARTICLE, BLOCKS, HEADLINE, MARKETS, sentence
from wrapgen.article import collect_mentions
from wrapgen.text import Block, Token


def test_the_dictionary_has_the_contracts_keys_in_its_order() -> None:
    assert list(ARTICLE.to_dict()) == [
        "id",
        "headline",
        "body",
        "angle",
        "counterpoint",
        "angles",
        "mentions",
        "checks",
        "warnings",
        "gates",
        "provenance",
    ]


def test_headline_is_its_words() -> None:
    assert ARTICLE.to_dict()["headline"] == "Hong Kong Gains, Utilities < Banks & Insurers"


def test_a_block_has_its_words_and_those_of_each_sentence() -> None:
    lede, subhead, _ = ARTICLE.to_dict()["body"]
    assert (lede["kind"], lede["section"]) == ("paragraph", "lede")
    assert lede["text"] == "The Hang Seng rose 1.5%, helped by Čez & Søn. Japan’s Nikkei 225 was flat."
    assert [s["text"] for s in lede["sentences"]] == [
        "The Hang Seng rose 1.5%, helped by Čez & Søn.",
        "Japan’s Nikkei 225 was flat.",
    ]
    assert subhead == {
        "kind": "subhead",
        "section": "lead",
        "text": "Hong Kong Leads",
        "sentences": [{"text": "Hong Kong Leads", "rule": "heads.yaml:9 sub", "facts": []}],
    }


def test_facts_of_a_sentence_are_its_own_and_its_tokens_without_repeats() -> None:
    first = ARTICLE.to_dict()["body"][0]["sentences"][0]
    assert first["facts"] == [
        "/markets/0/change_pct",
        {"fact": "region.spread", "from": ["/markets/0/change_pct", "/markets/1/change_pct"]},
    ]


def test_a_fact_that_only_a_token_states_is_collected() -> None:
    block = Block("paragraph", "x", (sentence(Token("1%", facts=("/markets/4/change_pct",))),))
    article = dataclasses.replace(ARTICLE, blocks=(block,))
    assert article.to_dict()["body"][0]["sentences"][0]["facts"] == ["/markets/4/change_pct"]


def test_told_angles_have_the_contracts_shape_and_the_others_say_why() -> None:
    made = ARTICLE.to_dict()
    shape = ["name", "score", "tone", "subjects", "because"]
    assert list(made["angle"]) == shape
    assert list(made["counterpoint"]) == shape
    assert [angle["chosen"] for angle in made["angles"]] == [True, True, False]
    assert made["angles"][2]["note"] == "weaker than the one above"


def test_an_article_may_have_no_counterpoint() -> None:
    assert dataclasses.replace(ARTICLE, counterpoint=None).to_dict()["counterpoint"] is None


def test_unchecked_text_claims_nothing() -> None:
    assert ARTICLE.to_dict()["checks"] == {"claims": 0, "supported": 0, "issues": []}


def test_the_dictionary_survives_json() -> None:
    made = ARTICLE.to_dict()
    assert json.loads(json.dumps(made)) == made


def test_mentions_follow_the_reader() -> None:
    assert ARTICLE.mentions == {
        "headline": ["HSI"],
        "lede": ["HSI", "XHKG:0001", "N225"],
        "order": ["HSI", "N225", "SPX"],
    }


def test_only_markets_are_in_the_order_and_the_headline_is_no_part_of_it() -> None:
    assert collect_mentions(HEADLINE, BLOCKS[2:], {"SPX"})["order"] == ["SPX"]
    assert collect_mentions(HEADLINE, (), MARKETS) == {"headline": ["HSI"], "lede": [], "order": []}


def test_the_lede_is_the_first_paragraph_even_after_a_subhead() -> None:
    assert collect_mentions(HEADLINE, BLOCKS[1:], MARKETS)["lede"] == ["SPX", "HSI"]


def test_an_article_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ARTICLE.id = "other"  # type: ignore[misc]


def test_the_dictionary_of_a_whole_article_takes_a_small_part_of_a_millisecond() -> None:
    long = sentence(*[Token(f"word{i} ", None, (f"/markets/{i}/change_pct",)) for i in range(25)])
    article = dataclasses.replace(ARTICLE, blocks=(Block("paragraph", "x", (long,) * 22),))
    best = min(repeat(article.to_dict, number=20, repeat=5)) / 20
    assert best < 0.001  # about 0.05 ms where nothing else runs; the rest is for busy machines
