"""NewsML-G2 2.35: one ``<newsItem>`` at power conformance with the body inline as XHTML.

https://iptc.org/std/NewsML-G2/guidelines/ . Each company is a subject, and an assertion with its ticker and the
exchange that it is traded on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from wrapgen.render import wire
from wrapgen.render.wire import element

if TYPE_CHECKING:
    from wrapgen.article import Article

_NEWSML = "http://iptc.org/std/nar/2006-10-01/"
_XHTML = "http://www.w3.org/1999/xhtml"
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"


def render(article: Article) -> str:
    """The article as a ``newsItem`` document."""
    root = element(
        "newsItem",
        **{
            "xmlns": _NEWSML,
            "guid": wire.urn(article),
            "version": wire.version(article),
            "standard": "NewsML-G2",
            "standardversion": "2.35",
            "conformance": "power",
            "xml:lang": article.about.language,
        },
    )
    root.append(element("catalogRef", href=_CATALOG))
    root.append(_within("itemMeta", _item(article)))
    root.append(_within("contentMeta", _content(article)))
    root.extend(_assertions(article))
    root.append(_within("contentSet", [_inline(article)]))
    return wire.document(root)


def _item(article: Article) -> Iterable[Element]:
    about = article.about
    yield element("itemClass", qcode="ninat:text")
    yield _within(element("provider", literal=about.provider), [element("name", about.provider)])
    yield element("versionCreated", wire.local(wire.created(article)))
    if about.edition is not None:
        yield element("firstCreated", wire.local(wire.first_created(article)))
    yield element("pubStatus", qcode="stat:usable")
    yield element("generator", "wrapgen", versioninfo=str(article.provenance.get("engine", "")))
    yield element("title", article.headline.text)
    if correction := wire.correction(article):
        yield element("edNote", correction)
    yield element("edNote", wire.note(article))
    if correction:
        yield element("signal", qcode="sig:correction")


def _content(article: Article) -> Iterable[Element]:
    about = article.about
    yield element("urgency", str(about.urgency))
    yield element("contentCreated", wire.local(about.as_of) if about.timed else about.date.isoformat())
    yield element("digitalSourceType", uri=wire.DIGITAL_SOURCE)
    yield element("altId", article.id)
    yield element("language", tag=about.language)
    yield _named(element("genre", qcode=f"genre:{about.genre.code}"), about.genre.name)
    for topic in about.topics:
        yield _named(element("subject", type="cpnat:abstract", qcode=f"medtop:{topic.code}"), topic.name)
    for company in about.companies:
        yield _named(element("subject", type="cpnat:organisation", literal=company.id), company.name)
    for place in about.places:
        code = {"qcode": f"iso3166-1a2:{place.code}"} if place.code else {"literal": place.name}
        yield _named(element("subject", type="cpnat:geoArea", **code), place.name)
    yield element("slugline", wire.slugline(article))
    yield element("headline", article.headline.text)


def _assertions(article: Article) -> Iterable[Element]:
    for company in article.about.companies:
        instrument = element(
            "hasInstrument",
            symbol=company.ticker,
            market=f"mic:{company.exchange}",
            marketlabel=company.exchange_name,
        )
        yield _within(
            element("assert", literal=company.id),
            [element("name", company.name), _within("organisationDetails", [instrument])],
        )


def _inline(article: Article) -> Element:
    page = element("html", **{"xmlns": _XHTML, "xml:lang": article.about.language})
    page.append(_within("head", [element("title", article.headline.text)]))
    page.append(_within("body", wire.body(article)))
    words = str(len(wire.text(article).split()))
    return _within(element("inlineXML", contenttype="application/xhtml+xml", wordcount=words), [page])


def _named(concept: Element, name: str) -> Element:
    return _within(concept, [element("name", name)])


def _within(parent: str | Element, children: Iterable[Element]) -> Element:
    """The parent with its children in it."""
    made = element(parent) if isinstance(parent, str) else parent
    made.extend(children)
    return made
