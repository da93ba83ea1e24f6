"""Plain text, as a wire sends it: headline, then paragraphs and subheads, a blank line between each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wrapgen.article import Article


def render(article: Article) -> str:
    """The article's words and nothing else."""
    return "\n\n".join([article.headline.text, *[block.text for block in article.blocks]]) + "\n"
