"""The article object of the wire contract, as JSON in UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from wrapgen.article import Article


def render(article: Article) -> str:
    """`Article.to_dict`, indented by two, names in the contract's order, Unicode as it is."""
    return orjson.dumps(article.to_dict(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
