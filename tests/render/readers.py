"""How a reader of each newswire format gets back the words of an article: headline, and blocks with their kinds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree

from wrapgen.article import Article

NEWSML = "{http://iptc.org/std/nar/2006-10-01/}"
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"


class Words(NamedTuple):
    headline: str
    blocks: list[tuple[str, str]]


def words(article: Article) -> Words:
    """What every reader should find."""
    return Words(article.headline.text, [(block.kind, block.text) for block in article.blocks])


def blocks(elements: Iterator[ElementTree.Element] | ElementTree.Element, namespace: str = "") -> list[tuple[str, str]]:
    """The blocks of an XHTML body; fails on anything but paragraphs and subheads of plain text."""
    kinds = {f"{namespace}h2": "subhead", f"{namespace}p": "paragraph"}
    found = []
    for element in elements:
        assert not len(element) and not element.attrib and not (element.tail or "").strip()
        found.append((kinds[element.tag], element.text or ""))
    return found


def fragment(xhtml: str) -> list[tuple[str, str]]:
    return blocks(ElementTree.fromstring(f"<div>{xhtml}</div>"))


def _ninjs(made: str) -> Words:
    item = json.loads(made)
    ((headline,), (xhtml, text)) = ([h["value"] for h in item["headlines"]], [b["value"] for b in item["bodies"]])
    read = Words(headline, fragment(xhtml))
    assert text == "\n\n".join(words for _, words in read.blocks)
    return read


def _ninjs_1(made: str) -> Words:
    item = json.loads(made)
    read = Words(item["headline"], fragment(item["body_html"]))
    assert item["body_text"] == "\n\n".join(words for _, words in read.blocks)
    return read


def _newsml(made: str) -> Words:
    root = ElementTree.fromstring(made.encode())
    body = root.find(f"{NEWSML}contentSet/{NEWSML}inlineXML/{XHTML}html/{XHTML}body")
    headline = root.findtext(f"{NEWSML}contentMeta/{NEWSML}headline")
    assert body is not None and headline is not None
    return Words(headline, blocks(body, XHTML))


def _atom(made: str) -> Words:
    root = ElementTree.fromstring(made.encode())
    body, title = root.find(f"{ATOM}content/{XHTML}div"), root.findtext(f"{ATOM}title")
    assert body is not None and title is not None
    return Words(title, blocks(body, XHTML))


READERS: dict[str, Callable[[str], Words]] = {
    "ninjs": _ninjs, "ninjs-1": _ninjs_1, "newsml-g2": _newsml, "atom": _atom,
}  # fmt: skip


def json_ld(made: str) -> dict[str, Any]:
    """The object of a JSON-LD document that stands in a page."""
    assert "<" not in made and ">" not in made and "&" not in made
    read: dict[str, Any] = json.loads(made)
    return read
