"""The copy of a story: its lines, their places in the text, and the article with an editor's words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wrapgen
from tests.preview.conftest import seed
from wrapgen.article import Article
from wrapgen.preview.copy import Copy, Made, claims_by_line, copy_of, edited_article, placed

SNAPSHOT = wrapgen.read_snapshot(seed())
ARTICLE: Article = wrapgen.write(SNAPSHOT)
COPY = copy_of(ARTICLE)


def test_a_copy_has_the_words_of_its_article_and_is_stored_whole() -> None:
    assert COPY.text == ARTICLE.render("text")
    assert Copy.from_dict(json.loads(json.dumps(COPY.to_dict()))) == COPY
    assert len({line.id for line in COPY.lines}) == len(COPY.lines)
    made = Made("agency", "long", 3, "broad_advance", ("stale",))
    assert Made.from_dict(json.loads(json.dumps(made.to_dict()))) == made


def test_every_line_stands_where_it_is_said_to_stand() -> None:
    places = placed(COPY)
    assert [line.id for line, _, _ in places] == [line.id for line in COPY.lines]
    for line, start, end in places:
        assert COPY.text[start:end] == line.text


def test_the_claims_of_a_line_are_counted_from_its_beginning() -> None:
    claims = wrapgen.verify(COPY.text, SNAPSHOT)
    found = claims_by_line(COPY, claims)
    assert sum(map(len, found.values())) == len(claims)
    for id, each in found.items():
        text = COPY.line(id).text
        for claim in each:
            assert text[claim.start : claim.end] == claim.text


@given(st.integers(min_value=0, max_value=20), st.text(min_size=1).filter(str.strip))
def test_a_line_that_is_typed_back_is_the_rules_again(id: int, text: str) -> None:
    edited = COPY.changed(id, lambda line: line.reworded(text, "anna"))
    assert edited.line(id).text == " ".join(text.split())
    back = edited.changed(id, lambda line: line.reworded(line.made, "bert"))
    assert back == COPY and not back.line(id).edited


def test_a_line_left_empty_is_gone_and_the_headline_stays() -> None:
    alone = next(block for block in COPY.blocks if len(block.lines) == 1 and block.kind == "paragraph")
    without = COPY.changed(alone.lines[0].id, lambda line: line.reworded("  ", "anna"))
    assert alone.lines[0].text not in without.text and "\n\n\n" not in without.text
    with pytest.raises(ValueError, match="needs a headline"):
        COPY.changed(0, lambda line: line.reworded("", "anna"))
    with pytest.raises(LookupError):
        COPY.line(999)


def test_what_nobody_changed_is_the_article_itself() -> None:
    assert edited_article(ARTICLE, COPY, wrapgen.verify(COPY.text, SNAPSHOT)) is ARTICLE


def test_an_edited_article_has_an_id_of_its_own_and_says_that_it_was_edited() -> None:
    copy = COPY.changed(4, lambda line: line.reworded("S&P 500 futures rose 0.2%.", "anna"))
    article = edited_article(ARTICLE, copy, wrapgen.verify(copy.text, SNAPSHOT))
    assert article.render("text") == copy.text
    assert article.id != ARTICLE.id and article.provenance["edited"] == 1
    assert article.checks["issues"] == []
    said = next(s for block in article.to_dict()["body"] for s in block["sentences"] if s["rule"] == "edited")
    assert said["text"] == "S&P 500 futures rose 0.2%." and any("/markets/" in fact for fact in said["facts"])
    kept = [s for block in article.blocks for s in block.sentences if s.rule != "edited"]
    assert set(kept) <= {s for block in ARTICLE.blocks for s in block.sentences}
    assert "changed by an editor" in json.loads(article.render("ninjs"))["edNote"]
