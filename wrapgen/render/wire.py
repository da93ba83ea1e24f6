"""What the newswire formats share: identifiers, times, the note on how an article was made, and its body as XHTML."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from wrapgen.about import Company
    from wrapgen.article import Article

# Rules over data, and no model that was trained on texts.
DIGITAL_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/dataDrivenMedia"
DIGITAL_SOURCE_NAME = "Data-driven media"
GENRES = "http://cv.iptc.org/newscodes/genre/"
MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
COUNTRIES = "http://cvx.iptc.org/iso3166-1a2/"
VERSION = "1"  # an article is never changed: other data, options or rules make another one

_SUBHEAD, _PARAGRAPH = "h2", "p"
# What XML 1.0 cannot hold, not even as a reference. No text that passed intake has any.
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def urn(article: Article) -> str:
    """The article's own URN: the same for the same snapshot, options, rules and engine."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"wrapgen:article:{article.id}").urn


def slugline(article: Article) -> str:
    """``markets-asia-pacific-morning``."""
    return f"markets-{article.about.region}-{article.about.phase}"


def utc(article: Article) -> str:
    """The time of the data in UTC, to the second: ``2025-11-12T02:30:00Z``."""
    moment = article.about.as_of.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None)
    return f"{moment.isoformat()}Z"


def local(article: Article) -> str:
    """The time of the data with the offset that it was sent with, to the second."""
    return article.about.as_of.isoformat(timespec="seconds")


def note(article: Article) -> str:
    """How the article was made, for the desk that receives it."""
    about, made, checks = article.about, article.provenance, article.checks
    parts = [
        "Written from data by editors’ rules, without a language model.",
        f"wrapgen {made.get('engine', '')}, rules {str(made.get('rules', ''))[:12]}, snapshot {about.snapshot[:12]}; "
        f"style {made.get('style', '')}, length {made.get('length', '')}, variant {made.get('variant', '')}.",
    ]
    if checks["claims"]:
        parts.append(f"{checks['supported']} of {checks['claims']} claims of the text were found in the data.")
    if edited := made.get("edited"):
        parts.append(f"{edited} sentence{'s were' if edited != 1 else ' was'} changed by an editor.")
    if overridden := [gate["name"] for gate in article.gates if gate.get("overridden")]:
        parts.append(f"Data gates that the sender overrode: {', '.join(overridden)}.")
    if not about.timed:
        parts.append("The data have a date and no time of day; times are the beginning of that day.")
    return " ".join(parts)


def relation(article: Article, company: Company) -> str:
    """``about`` for a company that carries the headline or the story, ``mentions`` for the others."""
    subjects = (article.angle["subjects"], article.counterpoint["subjects"] if article.counterpoint else {})
    carried = {*article.mentions.get("headline", ()), *[ident for roles in subjects for ident in roles.values()]}
    return "about" if company.id in carried else "mentions"


def text(article: Article) -> str:
    """The body as plain text, paragraphs and subheads with a blank line between."""
    return "\n\n".join([block.text for block in article.blocks])


def body(article: Article) -> list[ElementTree.Element]:
    """The body as XHTML elements: ``<h2>`` for each subhead, ``<p>`` for each paragraph."""
    return [element(_SUBHEAD if block.kind == "subhead" else _PARAGRAPH, block.text) for block in article.blocks]


def xhtml(article: Article) -> str:
    """The body as a fragment of XHTML, which is HTML too; one element a line."""
    return "\n".join([ElementTree.tostring(block, encoding="unicode") for block in body(article)])


def element(tag: str, words: str = "", /, **attributes: str) -> ElementTree.Element:
    """An element with its text and attributes, all of it characters that XML can hold.

    Names of namespaces are given as attributes (``xmlns``) on the element that begins them, so that what is written
    has no prefixes.
    """
    made = ElementTree.Element(tag, {name: _clean(value) for name, value in attributes.items()})
    if words:
        made.text = _clean(words)
    return made


def document(root: ElementTree.Element) -> str:
    """The document with its declaration, indented by two."""
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _clean(words: str) -> str:
    return _NO_XML.sub("\ufffd", words)
