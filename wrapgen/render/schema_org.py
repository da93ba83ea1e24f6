"""JSON-LD: a schema.org ``NewsArticle``, to stand beside the text in a page or to be read by itself.

``<``, ``>`` and ``&`` are written as JSON escapes, so that no name ends the ``<script>`` that the object stands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from wrapgen.render import wire

if TYPE_CHECKING:
    from wrapgen.about import Company, Place, Topic
    from wrapgen.article import Article

_NO_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def render(article: Article) -> str:
    """The article as a ``NewsArticle``, indented by two."""
    about, edition, text = article.about, article.about.edition, wire.text(article)
    moment = wire.local(about.as_of) if about.timed else about.date.isoformat()
    provider = {"@type": "NewsMediaOrganization", "name": about.provider}
    item = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": wire.urn(article),
        "identifier": article.id if edition is None else wire.urn(article),
        "headline": article.headline.text,
        "datePublished": moment if edition is None else wire.local(edition.first),
        "dateModified": moment if edition is None else wire.local(edition.at),
        **({} if edition is None else {"contentReferenceTime": moment}),
        "author": provider,
        "publisher": provider,
        "inLanguage": about.language,
        "version": wire.version(article),
        "articleBody": text,
        "wordCount": len(text.split()),
        "genre": wire.GENRES + about.genre.code,
        "keywords": [topic.name for topic in about.topics],
        "about": [
            *[_topic(topic) for topic in about.topics],
            *[_company(company) for company in about.companies if wire.relation(article, company) == "about"],
        ],
        "mentions": [_company(company) for company in about.companies if wire.relation(article, company) != "about"],
        "contentLocation": [_place(place) for place in about.places],
        "digitalSourceType": "https://schema.org/DataDrivenMediaDigitalSource",
        "isBasedOn": {"@type": "Dataset", "name": "snapshot", "identifier": about.snapshot},
        **({"correction": correction} if (correction := wire.correction(article)) else {}),
        "backstory": wire.note(article),
    }
    return orjson.dumps(item, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode().translate(_NO_MARKUP)


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "@type": "DefinedTerm",
        "@id": wire.MEDIA_TOPICS + topic.code,
        "termCode": topic.code,
        "name": topic.name,
    }


def _company(company: Company) -> dict[str, Any]:
    """schema.org wants exchange and ticker with a space between."""
    return {"@type": "Corporation", "name": company.name, "tickerSymbol": f"{company.exchange} {company.ticker}"}


def _place(place: Place) -> dict[str, Any]:
    if place.code is None:
        return {"@type": "Place", "name": place.name}
    return {"@type": "AdministrativeArea", "name": place.name, "identifier": place.code}
