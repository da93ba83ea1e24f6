"""ninjs 3.1, the IPTC's News in JSON: headline, body as XHTML and as text, companies, places, topics.

https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from wrapgen.render import wire

if TYPE_CHECKING:
    from wrapgen.article import Article


def render(article: Article) -> str:
    """The article as a ninjs object, indented by two."""
    about, xhtml, text = article.about, wire.xhtml(article), wire.text(article)
    counts = {"charCount": len(text), "wordCount": len(text.split())}
    item = {
        "uri": wire.urn(article),
        "standard": {
            "name": "ninjs",
            "version": "3.1",
            "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
        },
        "type": "text",
        "representationType": "full",
        "profile": "text-only",
        "version": wire.version(article),
        "versionCreated": wire.local(wire.created(article)),
        **({"firstCreated": wire.local(wire.first_created(article))} if about.edition is not None else {}),
        "contentCreated": wire.local(about.as_of),
        "pubStatus": "usable",
        "urgency": about.urgency,
        "language": about.language,
        "edNote": wire.notes(article),
        "digitalSourceType": {"name": wire.DIGITAL_SOURCE_NAME, "uri": wire.DIGITAL_SOURCE},
        "slugline": wire.slugline(article),
        "title": article.headline.text,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": article.headline.text}],
        "bodies": [
            {"role": "main", "contentType": "application/xhtml+xml", **counts, "value": xhtml},
            {"role": "text", "contentType": "text/plain", **counts, "value": text},
        ],
        "organisations": [
            {
                "name": company.name,
                "rel": wire.relation(article, company),
                "literal": company.id,
                "symbols": [{"exchange": company.exchange, "symbol": company.ticker}],
            }
            for company in about.companies
        ],
        "places": [
            {"name": place.name} | ({"uri": wire.COUNTRIES + place.code, "literal": place.code} if place.code else {})
            for place in about.places
        ],
        "subjects": [
            {"name": topic.name, "rel": "about", "uri": wire.MEDIA_TOPICS + topic.code, "literal": topic.code}
            for topic in about.topics
        ],
        "genres": [{"name": about.genre.name, "uri": wire.GENRES + about.genre.code, "literal": about.genre.code}],
        "infoSources": [{"name": about.provider, "literal": about.provider}],
        "altIds": [{"role": "wrapgen", "value": article.id}],
    }
    return orjson.dumps(item, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
