"""Headline capitals, US style, over tokens."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from wrapgen.clause import word_set
from wrapgen.text import Token

# Articles, conjunctions and prepositions under five letters. Particles (up, down, off) are adverbs in
# a headline and are raised.
_SMALL = word_set(
    "a an the and but or nor so yet for as at by in of on per to via from into onto with over than "
    "amid near if when that till vs past upon like"
)
_JOINERS = "-–—/"
_WORD = re.compile(rf"[^ {re.escape(_JOINERS)}]+")


def title_case(tokens: Sequence[Token], proper: Container[int] = ()) -> tuple[Token, ...]:
    """Raises the first letter of each word of a headline but small ones inside it.

    ``proper`` are the positions of tokens that keep their own spelling. A word with a capital or a
    figure in it is left as it is, and so is what continues a word of the token before it (``’s``).
    """
    words = _words(tokens)
    last = len(words) - 1
    starts: dict[int, list[int]] = {}
    for number, (token, start, word, hyphened) in enumerate(words):
        bare = word.strip("“”‘’\"'(),.;:!?")
        if token in proper and not (number == 0 and bare == "the"):
            continue
        if not bare or _has_own_spelling(bare):
            continue
        if bare in _SMALL and number and number != last and not hyphened:
            continue
        offset = next((i for i, char in enumerate(word) if char.isalpha()), -1)
        if offset >= 0:
            starts.setdefault(token, []).append(start + offset)
    return tuple([_raised(token, starts[n]) if n in starts else token for n, token in enumerate(tokens)])


def _raised(token: Token, starts: Sequence[int]) -> Token:
    text = token.text
    for at in reversed(starts):  # a capital may be longer than its letter
        text = text[:at] + text[at].upper() + text[at + 1 :]
    return Token(text, token.ref, token.facts)


def _has_own_spelling(word: str) -> bool:
    """Whether there is a capital or a figure in it. Most words are small letters only, which is quick to see."""
    if word.isalpha() and word.islower():
        return False
    return any([char.isupper() or char.isdigit() for char in word])


def _words(tokens: Sequence[Token]) -> list[tuple[int, int, str, bool]]:
    """(token, position in it, word, whether a hyphen joins it) of each word that begins in a token."""
    found: list[tuple[int, int, str, bool]] = []
    before = " "
    for number, token in enumerate(tokens):
        text = token.text
        continues = before != " " and before not in _JOINERS and before not in "(“‘"
        for match in _WORD.finditer(text):
            start, stop = match.span()
            if start or not continues:
                left = text[start - 1] if start else before
                found.append((number, start, match[0], left == "-" or text[stop : stop + 1] == "-"))
        if text:
            before = text[-1]
    return found
