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

_SUBHEAD, _PARAGRAPH = "h2", "p"
# What XML 1.0 cannot hold, not even as a reference. No text that passed intake has any.
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def urn(article: Article) -> str:
    """The URN of the story that the article is an edition of, or else its own: the same for the same snapshot,
    options, rules and engine."""
    edition = article.about.edition
    name = f"article:{article.id}" if edition is None else f"story:{edition.story}"
    return uuid.uuid5(uuid.NAMESPACE_URL, f"wrapgen:{name}").urn


def version(article: Article) -> str:
    """The number of the edition. What is no edition is never changed: other data, options or rules make another one."""
    return "1" if article.about.edition is None else str(article.about.edition.number)


def created(article: Article) -> dt.datetime:
    """When this version was made: when it was approved, or else the time of the data."""
    return article.about.as_of if article.about.edition is None else article.about.edition.at


def first_created(article: Article) -> dt.datetime:
    """When the first version was made."""
    return article.about.as_of if article.about.edition is None else article.about.edition.first


def slugline(article: Article) -> str:
    """``markets-asia-pacific-morning``."""
    return f"markets-{article.about.region}-{article.about.phase}"


def utc(moment: dt.datetime) -> str:
    """A time in UTC, to the second: ``2025-11-12T02:30:00Z``."""
    return f"{moment.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def local(moment: dt.datetime) -> str:
    """A time with the offset that it came with, to the second."""
    return moment.isoformat(timespec="seconds")


def correction(article: Article) -> str:
    """What the article says of a figure that was wrong in an earlier edition; nothing where it corrects none."""
    return "" if article.about.edition is None else article.about.edition.correction


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
    if about.edition is not None:
        told = local(about.as_of) if about.timed else about.date.isoformat()
        parts.append(f"Edition {about.edition.number} of its story; its data are those of {told}.")
    elif not about.timed:
        parts.append("The data have a date and no time of day; times are the beginning of that day.")
    return " ".join(parts)


def notes(article: Article) -> str:
    """What the desk that receives the article is told: what it corrects, and how it was made."""
    return " ".join(filter(None, (correction(article), note(article))))


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
