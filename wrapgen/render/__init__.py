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

# Name of the format -> its internet media type. ``wrapgen.render.NAME`` has ``render(article)``.
FORMATS = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": "text/html",
    "json": "application/json",
}


def render(article: Article, format: str) -> str:
    """The article in ``format``, ending with a newline; OptionError with the nearest name otherwise."""
    if format not in FORMATS:
        raise OptionError.unknown("format", format, tuple(FORMATS))
    visit: Callable[[Article], str] = import_module(f"{__name__}.{format}").render
    return visit(article)
