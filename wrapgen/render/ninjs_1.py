"""ninjs 1.6 as Superdesk reads it: keys in lower case, times in UTC without fractions, the body as ``body_html``.

Codes stand without a scheme, which Superdesk would take for a vocabulary of its own; those of media topics have
their prefix instead. Keys that are not in ninjs 1.6 are left out, ``guid`` among them: Superdesk makes it of ``uri``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from wrapgen.render import wire

if TYPE_CHECKING:
    from wrapgen.article import Article


def render(article: Article) -> str:
    """The article as a ninjs 1.6 object, indented by two."""
    about, text = article.about, wire.text(article)
    item = {
        "uri": wire.urn(article),
        "type": "text",
        "representationtype": "complete",
        "version": wire.version(article),
        "firstcreated": wire.utc(wire.first_created(article)),
        "versioncreated": wire.utc(wire.created(article)),
        "pubstatus": "usable",
        "urgency": about.urgency,
        "language": about.language,
        "ednote": wire.notes(article),
        "digitalsourcetype": {"name": wire.DIGITAL_SOURCE_NAME, "uri": wire.DIGITAL_SOURCE},
        "slugline": wire.slugline(article),
        "headline": article.headline.text,
        "body_html": wire.xhtml(article),
        "body_text": text,
        "charcount": len(text),
        "wordcount": len(text.split()),
        "organisation": [
            {
                "name": company.name,
                "rel": wire.relation(article, company),
                "code": company.id,
                "symbols": [{"ticker": company.ticker, "exchange": company.exchange}],
            }
            for company in about.companies
        ],
        "place": [{"name": place.name, "code": place.code or place.name} for place in about.places],
        "subject": [{"name": topic.name, "code": f"medtop:{topic.code}"} for topic in about.topics],
        "genre": [{"name": about.genre.name, "code": about.genre.code}],
        "infosource": [{"name": about.provider}],
        "altids": {"wrapgen": article.id},
    }
    return orjson.dumps(item, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
