"""An article that is an edition of a story: one identifier through all of them, and what a correction is known by."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import NewsMLG2
import pytest

from tests.render.readers import ATOM, READERS, words
from tests.render.test_ninjs import VALIDATOR
from tests.stub import ARTICLE
from wrapgen.about import Edition
from wrapgen.article import Article
from wrapgen.render import wire

FIRST = dt.datetime(2026, 1, 5, 8, 30, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 1, 5, 9, 45, 7, 125000, tzinfo=dt.UTC)
WRONG = "Correction: An earlier version gave 1.4% & more."
PUBLISHED = ("ninjs", "ninjs-1", "newsml-g2", "schema.org", "atom")


def edition(number: int, at: dt.datetime = FIRST, correction: str = "", **changes: Any) -> Article:
    made = Edition("hk 2026-01-05 close", number, at, FIRST, correction)
    return replace(ARTICLE, about=replace(ARTICLE.about, edition=made), **changes)


SECOND = edition(2, LATER, WRONG, id="another")


def newsml(article: Article) -> Any:
    return NewsMLG2.NewsMLG2Document(article.render("newsml-g2").encode()).get_item()


def test_editions_have_one_urn_and_it_is_none_of_the_articles_own() -> None:
    one, two = edition(1), SECOND
    assert wire.urn(one) == wire.urn(two) != wire.urn(ARTICLE)
    other = replace(one.about.edition, story="hk 2026-01-06 close")  # type: ignore[type-var]
    assert wire.urn(replace(one, about=replace(one.about, edition=other))) != wire.urn(one)


def test_ninjs_tells_the_edition_its_time_that_of_the_first_and_that_of_the_data() -> None:
    item = json.loads(SECOND.render("ninjs"))
    assert list(VALIDATOR.iter_errors(item)) == []
    assert (item["uri"], item["version"]) == (wire.urn(edition(1)), "2")
    assert item["versionCreated"] == "2026-01-05T09:45:07+00:00" and item["firstCreated"] == "2026-01-05T08:30:00+00:00"
    assert item["contentCreated"] == "2026-01-05T16:15:00+08:00"
    assert item["edNote"].startswith(f"{WRONG} Written from data")
    assert "Edition 2 of its story; its data are those of 2026-01-05T16:15:00+08:00." in item["edNote"]


def test_superdesk_finds_the_edition_in_its_own_keys() -> None:
    item = json.loads(SECOND.render("ninjs-1"))
    assert (item["uri"], item["version"]) == (wire.urn(edition(1)), "2")
    assert (item["firstcreated"], item["versioncreated"]) == ("2026-01-05T08:30:00Z", "2026-01-05T09:45:07Z")
    assert item["ednote"].startswith(WRONG)


def test_newsml_is_read_whole_with_its_edition_and_its_correction() -> None:
    item = newsml(SECOND)
    assert (item.guid, item.version) == (wire.urn(edition(1)), "2")
    meta = item.itemmeta
    assert str(meta.versioncreated) == "2026-01-05T09:45:07+00:00"
    assert str(meta.firstcreated) == "2026-01-05T08:30:00+00:00"
    assert str(item.contentmeta.contentcreated) == "2026-01-05T16:15:00+08:00"
    assert [str(note) for note in meta.ednote] == [WRONG, wire.note(SECOND)]
    (signal,) = meta.signal
    assert NewsMLG2.qcode_to_uri(signal.qcode) == "http://cv.iptc.org/newscodes/signal/correction"
    order = [child.tag.rpartition("}")[2] for child in ElementTree.fromstring(SECOND.render("newsml-g2").encode())[1]]
    assert order == ["itemClass", "provider", "versionCreated", "firstCreated", "pubStatus", "generator", "title",
                     "edNote", "edNote", "signal"]  # fmt: skip


def test_an_edition_that_corrects_nothing_says_nothing_of_a_correction() -> None:
    meta = newsml(edition(1)).itemmeta
    assert not meta.signal and [str(note) for note in meta.ednote] == [wire.note(edition(1))]
    assert "correction" not in json.loads(edition(1).render("schema.org"))


def test_a_page_tells_when_it_was_published_changed_and_of_what_time_it_tells() -> None:
    item = json.loads(SECOND.render("schema.org"))
    assert item["@id"] == item["identifier"] == wire.urn(edition(1)) and item["version"] == "2"
    assert (item["datePublished"], item["dateModified"]) == ("2026-01-05T08:30:00+00:00", "2026-01-05T09:45:07+00:00")
    assert item["contentReferenceTime"] == "2026-01-05T16:15:00+08:00" and item["correction"] == WRONG


def test_a_feed_takes_it_for_the_same_entry_that_was_updated() -> None:
    entry = ElementTree.fromstring(SECOND.render("atom").encode())
    assert entry.findtext(f"{ATOM}id") == wire.urn(edition(1))
    assert entry.findtext(f"{ATOM}updated") == "2026-01-05T09:45:07+00:00"
    assert entry.findtext(f"{ATOM}published") == "2026-01-05T08:30:00+00:00"


def test_data_without_a_time_of_day_keep_their_date() -> None:
    untimed = replace(SECOND, about=replace(SECOND.about, timed=False))
    assert "its data are those of 2026-01-05." in wire.note(untimed)
    assert json.loads(untimed.render("schema.org"))["contentReferenceTime"] == "2026-01-05"
    assert str(newsml(untimed).contentmeta.contentcreated) == "2026-01-05"


@pytest.mark.parametrize("format", READERS)
def test_the_words_are_those_of_the_article(format: str) -> None:
    assert READERS[format](SECOND.render(format)) == words(ARTICLE)
    if format not in PUBLISHED:
        assert SECOND.render(format) == replace(ARTICLE, id="another").render(format)
