"""Text to tokens with their places: words in lower case, figures, marks. No sentence is understood here."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

_TOKEN = re.compile(
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
_MONTHS = {
    "Jan.": "january", "Feb.": "february", "Aug.": "august", "Sept.": "september", "Oct.": "october",
    "Nov.": "november", "Dec.": "december",
}  # fmt: skip
_WORDS = {"US": "u.s.", "U.S": "u.s.", "UK": "u.k.", "U.K": "u.k.", "’s": "'s", "’": "'", "%": "%", **_MONTHS}
# Right behind a figure: 31.2m, $5.8bn.
_MAGNITUDES = {"m": "million", "mn": "million", "bn": "billion", "tn": "trillion"}
_MOST_CHUNKS = 50_000
_LONGEST_CHUNK = 80  # characters


# What stands between two spaces: the token that it begins with ("" for none) and where that ends, the tokens behind it,
# each with its place, and how far it is to the next chunk. Most are one word.
_Chunk = tuple[str, int, tuple[tuple[str, int, int], ...], int]


class _Chunks(dict[str, _Chunk]):
    """Every chunk worked out once. No token has a space in it."""

    def __missing__(self, chunk: str) -> _Chunk:
        found = [(_WORDS.get(m[0]) or m[0].lower(), m.start(), m.end()) for m in _TOKEN.finditer(chunk)]
        for n, (word, start, end) in enumerate(found):
            if word in _MAGNITUDES and n and found[n - 1][2] == start and found[n - 1][0][-1].isdigit():
                found[n] = (_MAGNITUDES[word], start, end)
        leads = bool(found) and found[0][1] == 0
        first, _, end = found.pop(0) if leads else ("", 0, 0)
        known = (first, end, tuple(found), len(chunk) + 1)
        if len(self) > _MOST_CHUNKS:
            self.clear()  # texts come from anywhere; what was kept is only for speed
        if len(chunk) <= _LONGEST_CHUNK:
            self[chunk] = known
        return known


_CHUNKS = _Chunks()


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Parallel lists: the token in lower case, where it starts and ends in the text."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]


def tokenise(text: str) -> Tokens:
    """Every character that is no space belongs to one token."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for first, end, rest, step in map(_CHUNKS.__getitem__, text.split(" ")):
        if first:
            words.append(first)
            starts.append(at)
            ends.append(at + end)
        if rest:
            for word, start, end in rest:
                words.append(word)
                starts.append(at + start)
                ends.append(at + end)
        at += step
    return Tokens(text, words, starts, ends)


@functools.lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """The tokens of a name or phrase, in lower case."""
    return tuple(tokenise(text).words)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written: its size, its decimals, a currency sign before it, a percent sign behind it."""

    value: float
    decimals: int
    sign: int
    currency: str
    percent: bool


_FIGURE = re.compile(
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
