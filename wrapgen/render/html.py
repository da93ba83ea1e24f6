"""HTML: one ``<article>``, every character escaped, every name marked with the id that it names.

``<span data-ref="HSI">`` lets a page link a name or show its figures; the words are those of the
plain text.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wrapgen.article import Article
    from wrapgen.text import Block, Sentence

_ELEMENTS = {"subhead": "h3"}


def render(article: Article) -> str:
    """``<article><h1>…</h1>`` and then ``<h3>`` for each subhead, ``<p>`` for each paragraph."""
    lines = ["<article>", f"<h1>{_sentence(article.headline)}</h1>"]
    lines += [_block(block) for block in article.blocks]
    lines.append("</article>")
    return "\n".join(lines) + "\n"


def _block(block: Block) -> str:
    element = _ELEMENTS.get(block.kind, "p")
    return f"<{element}>{' '.join([_sentence(sentence) for sentence in block.sentences])}</{element}>"


def _sentence(sentence: Sentence) -> str:
    return "".join(
        _run(ref, "".join([token.text for token in tokens]))
        for ref, tokens in groupby(sentence.tokens, key=lambda token: token.ref)
    )


def _run(ref: str | None, text: str) -> str:
    words = escape(text, quote=False)
    return words if ref is None else f'<span data-ref="{escape(ref)}">{words}</span>'
