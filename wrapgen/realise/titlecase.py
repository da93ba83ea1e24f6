"""Headline capitals, US style, over tokens."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import lru_cache
from typing import Final

from wrapgen.clause import word_set
from wrapgen.text import Token, make_token

# Articles, conjunctions and prepositions under five letters. Particles (up, down, off) are adverbs in
# a headline and are raised.
_SMALL: Final = word_set(
    "a an the and but or nor so yet for as at by in of on per to via from into onto with over than "
    "amid near if when that till vs past upon like"
)
_JOINERS: Final = "-–—/"
_WORD: Final = re.compile(rf"[^ {re.escape(_JOINERS)}]+")


def title_case(tokens: Sequence[Token], proper: Container[int] = ()) -> tuple[Token, ...]:
    """Raises the first letter of each word of a headline but small ones inside it.

    ``proper`` are the positions of tokens that keep their own spelling. A word with a capital or a
    figure in it is left as it is, and so is what continues a word of the token before it (``’s``).
    """
    before = " "
    worded: list[tuple[int, str]] = []  # tokens in which a word begins, and the character before each
    for number, token in enumerate(tokens):
        if _words(token.text, before):
            worded.append((number, before))
        before = token.text[-1:] or before
    titled = list(tokens)
    for place, (number, before) in enumerate(worded):
        token, first, last = tokens[number], not place, place == len(worded) - 1
        text = _raised(token.text, before, first, last, number in proper)
        if text != token.text:
            titled[number] = make_token(text, token.ref, token.facts)
    return tuple(titled)


@lru_cache(maxsize=4096)  # the same few names and verbs stand in one headline after another
def _raised(text: str, before: str, first: bool, last: bool, proper: bool) -> str:
    """A token in title case; ``first`` and ``last`` where the headline begins or ends with it."""
    words = _words(text, before)
    for number, (start, word, hyphened) in reversed(tuple(enumerate(words))):  # a capital may be longer than its letter
        opens, closes = first and number == 0, last and number == len(words) - 1
        bare = word.strip("“”‘’\"'(),.;:!?")
        if proper and not (opens and bare == "the"):
            continue
        if not bare or _has_own_spelling(bare):
            continue
        if bare in _SMALL and not (opens or closes or hyphened):
            continue
        offset = next((i for i, char in enumerate(word) if char.isalpha()), -1)
        if offset >= 0:
            at = start + offset
            text = text[:at] + text[at].upper() + text[at + 1 :]
    return text


def _has_own_spelling(word: str) -> bool:
    """Whether there is a capital or a figure in it. Most words are small letters only, which is quick to see."""
    if word.isalpha() and word.islower():
        return False
    return any([char.isupper() or char.isdigit() for char in word])


@lru_cache(maxsize=4096)  # as above
def _words(text: str, before: str) -> tuple[tuple[int, str, bool], ...]:
    """(position, word, whether a hyphen joins it) of each word that begins in a text after ``before``."""
    continues = before != " " and before not in _JOINERS and before not in "(“‘"
    found: list[tuple[int, str, bool]] = []
    for match in _WORD.finditer(text):
        start, stop = match.span()
        if start or not continues:
            left = text[start - 1] if start else before
            found.append((start, match[0], left == "-" or text[stop : stop + 1] == "-"))
    return tuple(found)
