"""Text to tokens with their places: words in lower case, figures, marks. No sentence is understood here."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(
    r"[A-Za-z]{2,}(?=[\s,;:)]|$)"  # most words
    r"|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.(?!\w)"
    r"|\d+(?:st|nd|rd|th)\b"
    r"|(?:(?:HK|US|NT|NZ|A|C|S|R)?[$]|[€£¥₹₩])?[+−]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:%|(?=[^\w]|$|(?:m|bn|mn|tn|bp|bps|pct|pc)\b))"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:[.&/][^\W_]+)*"
    r"|['’]s\b"
    r"|\n+"
    r"|[^\s\w]|_"
)
_MONTHS: Final = {
    "Jan.": "january", "Feb.": "february", "Aug.": "august", "Sept.": "september", "Oct.": "october",
    "Nov.": "november", "Dec.": "december",
}  # fmt: skip
_WORDS: Final = {"US": "u.s.", "U.S": "u.s.", "UK": "u.k.", "U.K": "u.k.", "’s": "'s", "’": "'", "%": "%", **_MONTHS}
# Right behind a figure: 31.2m, $5.8bn.
_MAGNITUDES: Final = {"m": "million", "mn": "million", "bn": "billion", "tn": "trillion"}
_MOST_CHUNKS: Final = 50_000
_MOST_PHRASES: Final = 16_384
_LONGEST_CHUNK: Final = 80  # characters


class _Chunk:
    """What stands between two spaces: the token that it begins with, "" for none, and how long that is; the tokens
    behind it, each with its place and length; how far it is to the next chunk. Most are one word."""

    __slots__ = ("first", "size", "rest", "step")

    def __init__(self, chunk: str) -> None:
        found = [(_WORDS.get(m[0]) or m[0].lower(), m.start(), len(m[0])) for m in _TOKEN.finditer(chunk)]
        for n, (word, start, size) in enumerate(found):
            if word in _MAGNITUDES and n:
                before, begins, length = found[n - 1]
                if begins + length == start and before[-1].isdigit():
                    found[n] = (_MAGNITUDES[word], start, size)
        leads = bool(found) and found[0][1] == 0
        self.first, _, self.size = found.pop(0) if leads else ("", 0, 0)
        self.rest = tuple(found)
        self.step = len(chunk) + 1


# Every chunk worked out once. No token has a space in it.
_CHUNKS: Final[dict[str, _Chunk]] = {}


def _cut(chunk: str) -> _Chunk:
    """A chunk that was not met before."""
    cut = _Chunk(chunk)
    if len(_CHUNKS) > _MOST_CHUNKS:
        _CHUNKS.clear()  # texts come from anywhere; what was kept is only for speed
    if len(chunk) <= _LONGEST_CHUNK:
        _CHUNKS[chunk] = cut
    return cut


class Tokens:
    """Parallel lists: the token in lower case, where it starts in the text, how long it is there."""

    __slots__ = ("text", "words", "starts", "sizes")

    def __init__(self, text: str, words: list[str], starts: list[int], sizes: list[int]) -> None:
        self.text = text
        self.words = words
        self.starts = starts
        self.sizes = sizes

    def end(self, at: int) -> int:
        """Where a token ends in the text."""
        return self.starts[at] + self.sizes[at]

    def written(self, start: int, end: int) -> str:
        """The text of the tokens from ``start`` up to ``end``, with what stands between them."""
        return self.text[self.starts[start] : self.end(end - 1)]

    def any_of(self, sought: frozenset[str], start: int, end: int) -> bool:
        """Whether one of the words sought is among the tokens from ``start`` up to ``end``."""
        return any(self.words[at] in sought for at in range(max(start, 0), min(end, len(self.words))))

    def only(self, allowed: frozenset[str], start: int, end: int) -> bool:
        """Whether nothing but the words allowed is among the tokens from ``start`` up to ``end``."""
        return all(self.words[at] in allowed for at in range(max(start, 0), min(end, len(self.words))))


def tokenise(text: str) -> Tokens:
    """Every character that is no space belongs to one token."""
    words: list[str] = []
    starts: list[int] = []
    sizes: list[int] = []
    at = 0
    for chunk in text.split(" "):
        cut = _CHUNKS.get(chunk) or _cut(chunk)
        if cut.first:
            words.append(cut.first)
            starts.append(at)
            sizes.append(cut.size)
        if cut.rest:
            for word, start, size in cut.rest:
                words.append(word)
                starts.append(at + start)
                sizes.append(size)
        at += cut.step
    return Tokens(text, words, starts, sizes)


_PHRASES: Final[dict[str, tuple[str, ...]]] = {}


def words_of(text: str) -> tuple[str, ...]:
    """The tokens of a name or phrase, in lower case."""
    words = _PHRASES.get(text)
    if words is None:
        if len(_PHRASES) > _MOST_PHRASES:
            _PHRASES.clear()
        words = _PHRASES[text] = tuple(tokenise(text).words)
    return words


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written: its size, its decimals, a currency sign before it, a percent sign behind it."""

    value: float
    decimals: int
    sign: int
    currency: str
    percent: bool


_FIGURE: Final = re.compile(
    r"(?P<currency>(?:hk|us|nt|nz|a|c|s|r)?[$]|[€£¥₹₩])?(?P<sign>[+−])?(?P<digits>[\d,]+(?:\.\d+)?)(?P<percent>%)?$"
)


@functools.lru_cache(maxsize=16384)
def figure(word: str) -> Figure | None:
    """What a token says as a number; None for a word."""
    found = _FIGURE.match(word)
    if found is None:
        return None
    digits = found["digits"].replace(",", "")
    if not digits or digits.startswith("."):
        return None
    sign = {"+": 1, "−": -1}.get(found["sign"] or "", 0)
    return Figure(
        float(digits), len(digits.partition(".")[2]), sign, (found["currency"] or "").upper(), bool(found["percent"])
    )
