from __future__ import annotations

from xml.etree import ElementTree

from tests.render.readers import ATOM
from tests.stub import ARTICLE
from wrapgen.render import wire
from wrapgen.render.atom import render


def test_an_entry_has_what_a_feed_needs() -> None:
    entry = ElementTree.fromstring(render(ARTICLE).encode())
    assert entry.tag == f"{ATOM}entry"
    assert entry.findtext(f"{ATOM}id") == wire.urn(ARTICLE)
    assert entry.findtext(f"{ATOM}updated") == "2026-01-05T16:15:00+08:00"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Desk & Co"
    assert entry.findtext(f"{ATOM}summary") == ARTICLE.blocks[0].text
    assert [category.get("term") for category in entry.iter(f"{ATOM}category")] == ["20000385", "XHKG:0001"]
