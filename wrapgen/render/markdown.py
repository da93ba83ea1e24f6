"""Markdown (CommonMark, and what GitHub adds): ``#`` headline, ``###`` subheads, plain paragraphs.

A character is escaped only where it would be markup: ``S&P 500``, ``-0.2%`` and ``3 * 4`` stay as
they are, ``*ST Group`` at the start of a name does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wrapgen.article import Article

# Markup wherever it stands. A star beside a letter can open or close emphasis, a star between
# spaces cannot; an underscore inside a word cannot either.
_INLINE = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~]|$)         # a backslash that would escape
    | `
    | \*(?!(?<=\s\*)\s)               # not between spaces
    | _(?!(?<=\s_)\s)(?!(?<=\w_)\w)   # not between spaces, not inside a word
    | ~(?=~)|(?<=~)~                  # struck out (GitHub)
    | \[(?=.*\])                      # a link, an image, a note
    | <(?=[A-Za-z/!?])                # a tag, a comment, an address
    | &(?=\#?\w+;)                    # a character reference
    """,
    re.VERBOSE,
)

# Markup only at the start of a line.
_START = re.compile(
    r"""
      (?P<mark>\#)(?=\#{0,5}(?:\s|$))          # a heading
    | (?P<bullet>[-+*])(?=\s|$)                # a list
    | (?P<rule>-)(?=(?:\s*-){2,}\s*$)          # a thematic break
    | (?P<quote>>)
    | (?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$) # a numbered list
    """,
    re.VERBOSE,
)

# "# Up #" closes a heading; a line break or space at the edge of a sender's phrase would end a block
# or begin a code block.
_HEADING_END = re.compile(r"(?:^|(?<=\s))#(?=#*$)")
_BREAK = re.compile(r"\s*[\r\n]\s*")


def render(article: Article) -> str:
    """The article as Markdown; a CommonMark reader shows the words of the plain text."""
    parts = [f"# {_heading(article.headline.text)}"]
    for block in article.blocks:
        parts.append(f"### {_heading(block.text)}" if block.kind == "subhead" else _paragraph(block.text))
    return "\n\n".join(parts) + "\n"


def _paragraph(text: str) -> str:
    text = _inline(text)
    return _START.sub(_escape_start, text, count=1) if _START.match(text) else text


def _heading(text: str) -> str:
    return _HEADING_END.sub(r"\\#", _inline(text))


def _inline(text: str) -> str:
    return _INLINE.sub(r"\\\g<0>", _BREAK.sub(" ", text).strip())


def _escape_start(found: re.Match[str]) -> str:
    if number := found["number"]:
        return f"{number}\\{found['dot']}"
    return f"\\{found[0]}"
