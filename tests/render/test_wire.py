"""What holds for every newswire format, on every day that the project has."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.library import sent, write
from tests.render.days import EVERY, HOSTILE, made, odd
from tests.render.readers import READERS, words
from tests.stub import ARTICLE, sentence
from wrapgen.render import FORMATS, render, wire
from wrapgen.text import Block

WIRE = ("ninjs", "ninjs-1", "newsml-g2", "schema.org", "atom")
printable = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)


@pytest.mark.parametrize("name", EVERY)
def test_a_reader_gets_every_word_back_in_its_place(name: str) -> None:
    article = made(name)
    assert {format: read(article.render(format)) for format, read in READERS.items()} == dict.fromkeys(
        READERS, words(article)
    )


def test_each_format_of_the_newswires_is_read_here_or_by_its_own_test() -> None:
    assert set(FORMATS) == {"text", "markdown", "html", "json", *WIRE} == {*FORMATS, *READERS}


@pytest.mark.parametrize("format", WIRE)
def test_the_same_article_is_the_same_bytes(format: str) -> None:
    name = "us-close-record-tech"
    assert write(sent(name)).article.render(format) == made(name).render(format)


@pytest.mark.parametrize("name", ["asia-2025-11-12-morning", "denied-rumour"])
def test_times_are_those_of_the_snapshot(name: str) -> None:
    """And of nothing else: an article of another time differs in them alone."""
    article = made(name)
    later = replace(article, about=replace(article.about, as_of=article.about.as_of + dt.timedelta(hours=1)))
    for format in WIRE:
        before, after = article.render(format).splitlines(), later.render(format).splitlines()
        changed = [new for old, new in zip(before, after, strict=True) if old != new]
        assert all(wire.local(later.about.as_of) in line or wire.utc(later.about.as_of) in line for line in changed)
        assert changed or (format == "schema.org" and not article.about.timed)


def test_a_time_in_utc_has_no_fractions_and_ends_with_z() -> None:
    assert wire.utc(ARTICLE.about.as_of) == "2026-01-05T08:15:00Z"
    assert wire.local(ARTICLE.about.as_of) == "2026-01-05T16:15:00+08:00"


def test_the_identifier_is_a_urn_of_the_articles_own() -> None:
    urn = wire.urn(ARTICLE)
    assert urn.startswith("urn:uuid:") and urn == wire.urn(replace(ARTICLE, blocks=()))
    assert urn != wire.urn(replace(ARTICLE, id="a1b2c4"))


def test_the_note_says_how_the_article_was_made() -> None:
    note = wire.note(replace(ARTICLE, checks={"claims": 9, "supported": 8, "issues": []}))
    for told in ("without a language model", "wrapgen 0.1.0", "rules f00d", "snapshot 5eed5eed5eed", "style wire"):
        assert told in note
    assert "8 of 9 claims" in note and "date" not in note and "gates" not in note


def test_the_note_says_what_was_overridden_and_that_there_was_no_time_of_day() -> None:
    about = replace(ARTICLE.about, timed=False)
    gates = ({"name": "stale", "overridden": True}, {"name": "weekend", "overridden": False})
    note = wire.note(replace(ARTICLE, about=about, gates=gates))
    assert "overrode: stale." in note and "no time of day" in note and "claims" not in note


def test_a_company_of_the_headline_or_the_story_is_what_the_article_is_about() -> None:
    (company,) = ARTICLE.about.companies
    assert wire.relation(ARTICLE, company) == "mentions"
    in_headline = replace(ARTICLE, mentions={"headline": [company.id]})
    subject = {**ARTICLE.angle, "subjects": {"stock": company.id}}
    for carried in (in_headline, replace(ARTICLE, angle=subject), replace(ARTICLE, counterpoint=subject)):
        assert wire.relation(carried, company) == "about"


@given(words=printable)
def test_the_body_is_well_formed_and_holds_any_words(words: str) -> None:
    block = Block("paragraph", "x", (sentence(words, ' <b onclick="x">&amp;]]>'),))
    read = ElementTree.fromstring(f"<div>{wire.xhtml(replace(ARTICLE, blocks=(block,)))}</div>")
    assert [p.text for p in read] == [words + ' <b onclick="x">&amp;]]>']


def test_names_that_try_to_be_markup_are_words() -> None:
    """Intake takes out what cannot be seen; what is left comes back to the letter from every format."""
    article = made("hostile")
    name = "<script>alert(\"1\")</script> & 'Sons' ]]> Corp"
    assert [company.name for company in article.about.companies] == [name] and name != HOSTILE
    assert name.replace("'", "’") in article.render("text")
    for format, read in READERS.items():
        assert read(article.render(format)) == words(article), format


@pytest.mark.parametrize("format", ["newsml-g2", "atom"])
def test_what_xml_cannot_hold_does_not_break_it(format: str) -> None:
    read = ElementTree.fromstring(render(odd(), format)).iter()
    assert "Nul\ufffd \ufffd\ufffd \ufffd" in "".join(
        value for element in read for value in (element.text or "", *element.attrib.values())
    )
