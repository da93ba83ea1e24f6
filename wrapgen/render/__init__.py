"""One visitor of the text tree for each output format, and the table that finds it by name.

A format's module is imported when it is first asked for: the shell pays only for what it prints.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from wrapgen.errors import OptionError

if TYPE_CHECKING:
    from wrapgen.article import Article

# Name of the format -> its internet media type, each with a type of its own: the one that the IANA has registered,
# where there is one. ninjs has none; this name is in use for it. ``wrapgen.render.NAME`` has ``render(article)``,
# with ``_`` for what a module's name cannot hold.
FORMATS = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": "text/html",
    "json": "application/json",
    "ninjs": "application/ninjs+json",
    "ninjs-1": "application/ninjs+json;version=1.6",
    "newsml-g2": "application/vnd.iptc.g2.newsitem+xml",
    "schema.org": "application/ld+json",
    "atom": "application/atom+xml",
}


def render(article: Article, format: str) -> str:
    """The article in ``format``, ending with a newline; OptionError with the nearest name otherwise."""
    if format not in FORMATS:
        raise OptionError.unknown("format", format, tuple(FORMATS))
    module = format.replace("-", "_").replace(".", "_")
    visit: Callable[[Article], str] = import_module(f"{__name__}.{module}").render
    return visit(article)
