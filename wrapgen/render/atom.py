"""Atom (RFC 4287): one ``<entry>`` with the body as XHTML, to be read by itself or put into a feed.

It has no place for a note to the desk: all of an entry is published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wrapgen.render import wire
from wrapgen.render.wire import element

if TYPE_CHECKING:
    from wrapgen.article import Article


def render(article: Article) -> str:
    """The article as an entry document. ``summary`` is the first paragraph."""
    about = article.about
    lede = next((block.text for block in article.blocks if block.kind != "subhead"), article.headline.text)
    entry = element("entry", **{"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": about.language})
    author = element("author")
    author.append(element("name", about.provider))
    content = element("content", type="xhtml")
    page = element("div", xmlns="http://www.w3.org/1999/xhtml")
    page.extend(wire.body(article))
    content.append(page)
    entry.extend([
        element("id", wire.urn(article)),
        element("title", article.headline.text),
        element("updated", wire.local(wire.created(article))),
        element("published", wire.local(wire.first_created(article))),
        author,
        *[element("category", term=topic.code, scheme=wire.MEDIA_TOPICS, label=topic.name) for topic in about.topics],
        *[element("category", term=company.id, label=company.name) for company in about.companies],
        element("summary", lede),
        content,
    ])  # fmt: skip
    return wire.document(entry)
