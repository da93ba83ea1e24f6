"""Text to tokens with their places: words in lower case, figures, marks. No sentence is understood here."""

from __future__ import annotations

import functools
import itertools
import re
from typing import NamedTuple

# In one group, so that a split leaves the tokens and what stands between them.
_TOKEN = re.compile(
    r"([A-Za-z]{2,}(?=[\s,;:)])"  # most words
    r"|\d+(?:st|nd|rd|th)\b"
    r"|(?:(?:HK|US|NT|NZ|A|C|S|R)?[$]|[€£¥₹₩])?[+−]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:%|(?=[^\w]|$|(?:bn|mn|tn|bp|bps|pct|pc)\b))"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:[.&/][^\W_]+)*"
    r"|['’]s\b"
    r"|\n+"
    r"|[^\s\w]|_)"
)
_WORDS = {"US": "u.s.", "U.S": "u.s.", "UK": "u.k.", "U.K": "u.k.", "’s": "'s", "’": "'", "%": "%"}
_MOST_WORDS = 50_000


class _Lower(dict[str, str]):
    """A word in the spelling that it is looked up in, worked out once."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_WORDS:
            self.clear()  # texts come from anywhere; what was kept is only for speed
        usual = self[word] = _WORDS.get(word) or word.lower()
        return usual


_LOWER = _Lower()


class Tokens(NamedTuple):
    """Parallel lists: the token in lower case, where it starts and ends, whether a sentence ends with it."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]


def tokenise(text: str) -> Tokens:
    """Every character that is no space belongs to one token."""
    pieces = _TOKEN.split(text)  # a gap, a token, a gap ...
    places = list(itertools.accumulate(map(len, pieces)))
    return Tokens(text, [_LOWER[word] for word in pieces[1::2]], places[:-1:2], places[1::2])


@functools.lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """The tokens of a name or phrase, in lower case."""
    return tuple(tokenise(text).words)


class Figure(NamedTuple):
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
