"""A finished text as a desk sees it: headings and paragraphs, their words with their places, the names in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from wrapgen.intake.reference import MarketRef, Reference
from wrapgen.rulepack.lexicon import Lexicon
from wrapgen.wording.style import Style

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d+(?:st|nd|rd|th)\b"
    r"|\d+(?:,\d{3})*(?:\.\d+)?"
    r"|[^\W\d_]+(?:['’&/.](?!\s)[^\W\d_]+)*"
    r"|[^\w\s]"
)
_LINE = re.compile(r"\S[^\n]*")
_BLOCK = re.compile(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]+)*")


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


_ENDS = frozenset(".?!…")
_CLOSING = frozenset('”’")')
# Before a capital, a stop behind these ends a sentence only where the capital opens one.
_ABBREVIATED = word_set("corp inc co ltd st no mr mrs ms dr vs jr sr jan feb aug sept oct nov dec bros cos gen sen rep")
_OPENERS = word_set(
    "the a an in on it its this that these those they as at but while meanwhile elsewhere among most all some"
)


class Word(NamedTuple):
    """A word, a figure or a mark; ``spaced`` where white space stands before it."""

    text: str
    start: int
    end: int
    spaced: bool

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def figure(self) -> float | None:
        """Its size, where it is a figure."""
        return float(self.text.replace(",", "")) if self.text[-1].isdecimal() and self.text[0].isdecimal() else None


class Block(NamedTuple):
    """A heading (a headline, a subhead: no stop at its end) or a paragraph."""

    heading: bool
    start: int
    end: int
    words: tuple[Word, ...]

    @property
    def sentences(self) -> int:
        """How many sentences it has."""
        count, words = 1, self.words
        for at, then in enumerate(words[1:]):
            n = at - 1 if words[at].text in _CLOSING and at else at  # a stop may stand before a closing quote
            here = words[n]
            opens = then.spaced and (then.text[0].isupper() or then.text[0].isdigit())
            if here.text[-1] not in _ENDS or not opens:
                continue
            # U.S. is a word with its stops, Corp. a word and a stop; an initial is one letter and a stop.
            before = words[n - 1].lower if n else ""
            short = len(here.text) > 1 or before in _ABBREVIATED or (len(before) == 1 and before.isalpha())
            count += not short or then.lower in _OPENERS
        return count

    @property
    def length(self) -> int:
        """How many words it has, as one counts them between spaces."""
        return sum(1 for n, word in enumerate(self.words) if word.spaced or not n)


class Mention(NamedTuple):
    """A market of the reference data by one of its names."""

    market: MarketRef
    text: str
    start: int
    end: int
    block: int  # its number on the page


class Page(NamedTuple):
    """A text with all that the linter holds it to."""

    text: str
    blocks: tuple[Block, ...]
    mentions: tuple[Mention, ...]
    style: Style
    lexicon: Lexicon
    reference: Reference

    @property
    def paragraphs(self) -> Iterator[Block]:
        return (block for block in self.blocks if not block.heading)

    @property
    def headings(self) -> Iterator[Block]:
        return (block for block in self.blocks if block.heading)

    def last_named(self, place: int) -> Mention | None:
        """The market named last before a place of the text, in the same block."""
        block = next((b for b in self.blocks if b.start <= place < b.end), None)
        named = [m for m in self.mentions if block is not None and block.start <= m.start < place]
        return named[-1] if named else None


def read_page(text: str, style: Style, lexicon: Lexicon, reference: Reference) -> Page:
    blocks = tuple(_blocks(text))
    return Page(text, blocks, tuple(_mentions(text, blocks, reference)), style, lexicon, reference)


def _blocks(text: str) -> Iterator[Block]:
    """Blank lines part them; in a text without any, every line is one."""
    kind = _BLOCK if re.search(r"\n[ \t\r]*\n", text.strip()) else _LINE
    for number, found in enumerate(kind.finditer(text)):
        words = tuple(_words(text, found.start(), found.end()))
        ended = found[0].rstrip("”’\"') ")[-1:] in _ENDS
        if words:
            yield Block(not number or not ended, found.start(), found.end(), words)


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    last = start
    for found in _WORD.finditer(text, start, end):
        yield Word(found[0], found.start(), found.end(), found.start() > last)
        last = found.end()


def _mentions(text: str, blocks: Sequence[Block], reference: Reference) -> Iterator[Mention]:
    markets = reference.markets.values()
    names = {name: market for market in markets for name in (market.headline, market.short, market.name)}
    pattern = _names_pattern(tuple(sorted(names, key=lambda name: (-len(name), name))))
    at = 0
    for found in pattern.finditer(text):
        while at + 1 < len(blocks) and blocks[at + 1].start <= found.start():
            at += 1
        yield Mention(names[found[0]], found[0], found.start(), found.end(), at)


@lru_cache(maxsize=8)
def _names_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names, the longest that fits, as a word of its own."""
    return re.compile(rf"(?<![\w&/-])(?:{'|'.join(map(re.escape, names))})(?![\w&])")
