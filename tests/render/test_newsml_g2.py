from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import NewsMLG2
import pytest

from tests.render.days import EVERY, made
from tests.render.readers import NEWSML, XHTML, blocks, words
from tests.stub import ARTICLE
from wrapgen.article import Article
from wrapgen.render import wire
from wrapgen.render.newsml_g2 import render


def read(article: Article) -> Any:
    """The item as the library of the standard's own makers reads it."""
    return NewsMLG2.NewsMLG2Document(render(article).encode()).get_item()


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("name", EVERY)
def test_the_library_reads_all_of_it_back(name: str) -> None:
    article = made(name)
    item, about = read(article), article.about
    assert (item.guid, item.version, item.xml_lang) == (wire.urn(article), "1", "en")
    assert (item.standard, item.conformance) == ("NewsML-G2", "power")

    meta = item.itemmeta
    assert NewsMLG2.qcode_to_uri(meta.itemclass.qcode) == "http://cv.iptc.org/newscodes/ninature/text"
    assert NewsMLG2.qcode_to_uri(meta.pubstatus.qcode) == "http://cv.iptc.org/newscodes/pubstatusg2/usable"
    assert str(meta.versioncreated) == wire.local(about.as_of)
    assert str(meta.provider.name[0]) == about.provider
    assert [str(note) for note in meta.ednote] == [spaced(wire.note(article))]
    assert [str(title) for title in meta.title] == [article.headline.text]

    content = item.contentmeta
    assert str(content.urgency) == str(about.urgency)
    assert content.digitalsourcetype.uri == wire.DIGITAL_SOURCE
    assert str(content.contentcreated) == (wire.local(about.as_of) if about.timed else about.date.isoformat())
    assert [str(line) for line in content.slugline] == [wire.slugline(article)]
    assert [str(line) for line in content.headline] == [article.headline.text]
    assert [genre.qcode for genre in content.genre] == [f"genre:{about.genre.code}"]
    found = [(s.type, s.qcode or s.literal, str(s.name[0])) for s in content.subject]
    assert found == [
        *[("cpnat:abstract", f"medtop:{t.code}", t.name) for t in about.topics],
        *[("cpnat:organisation", c.id, c.name) for c in about.companies],
        *[("cpnat:geoArea", f"iso3166-1a2:{p.code}" if p.code else p.name, p.name) for p in about.places],
    ]
    for subject in content.subject:
        assert subject.qcode is None or NewsMLG2.qcode_to_uri(subject.qcode).startswith("http")

    (inline,) = item.contentset.inlinexml
    assert inline.contenttype == "application/xhtml+xml"
    (page,) = inline._xs_any_content
    assert blocks(page.find(f"{XHTML}body"), XHTML) == words(article).blocks


@pytest.mark.parametrize("name", ["stub", "hostile", "asia-2025-11-12-morning"])
def test_each_company_is_asserted_with_its_ticker_and_exchange(name: str) -> None:
    article = made(name)
    read(article)  # the library knows the aliases of the catalogues of what it has read
    read_back = []
    for asserted in ElementTree.fromstring(render(article).encode()).iter(f"{NEWSML}assert"):
        (instrument,) = asserted.iter(f"{NEWSML}hasInstrument")
        market = NewsMLG2.qcode_to_uri(instrument.get("market"))
        company = asserted.findtext(f"{NEWSML}name")
        read_back.append((asserted.get("literal"), company, instrument.get("symbol"), market))
    assert read_back and read_back == [
        (c.id, c.name, c.ticker, f"http://cvx.iptc.org/iso10383-mic/{c.exchange}") for c in article.about.companies
    ]


def test_elements_stand_in_the_order_that_the_standard_asks_for() -> None:
    root = ElementTree.fromstring(render(ARTICLE).encode())
    order = {
        "newsItem": ["catalogRef", "itemMeta", "contentMeta", "assert", "contentSet"],
        "itemMeta": ["itemClass", "provider", "versionCreated", "pubStatus", "generator", "title", "edNote"],
        "contentMeta": [
            *("urgency", "contentCreated", "digitalSourceType", "altId", "language", "genre", "subject"),
            *("slugline", "headline"),
        ],
    }
    for parent, children in order.items():
        (element,) = root.iter(NEWSML + parent)
        assert list(dict.fromkeys(child.tag.removeprefix(NEWSML) for child in element)) == children


def test_it_says_its_encoding() -> None:
    assert render(ARTICLE).startswith('<?xml version="1.0" encoding="UTF-8"?>\n<newsItem xmlns="')
