"""Headline capitals, US style, over tokens."""

from __future__ import annotations

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


def title_case(tokens: Sequence[Token], proper: Container[int] = ()) -> tuple[Token, ...]:
    """Raises the first letter of each word of a headline but small ones inside it.

    ``proper`` are the positions of tokens that keep their own spelling. A word with a capital or a
    figure in it is left as it is, and so is what continues a word of the token before it (``’s``).
    """
    words = _words(tokens)
    last = words[-1][:2] if words else None
    starts: dict[int, set[int]] = {}
    for number, (token, start, word, hyphened) in enumerate(words):
        bare = word.strip("“”‘’\"'(),.;:!?")
        if token in proper and not (number == 0 and bare == "the"):
            continue
        if not bare or any(char.isupper() or char.isdigit() for char in bare):
            continue
        if bare in _SMALL and number and (token, start) != last and not hyphened:
            continue
        offset = next((i for i, char in enumerate(word) if char.isalpha()), -1)
        if offset >= 0:
            starts.setdefault(token, set()).add(start + offset)
    return tuple(
        token._replace(text="".join([c.upper() if i in starts[n] else c for i, c in enumerate(token.text)]))
        if n in starts
        else token
        for n, token in enumerate(tokens)
    )


def _words(tokens: Sequence[Token]) -> list[tuple[int, int, str, bool]]:
    """(token, position in it, word, whether a hyphen joins it) of each word that begins in a token."""
    found: list[tuple[int, int, str, bool]] = []
    before = " "
    for number, token in enumerate(tokens):
        text = token.text
        start = None if before != " " and before not in _JOINERS and before not in "(“‘" else 0
        for position, char in enumerate(text):
            if char == " " or char in _JOINERS:
                if start is not None and start < position:
                    found.append((number, start, text[start:position], _hyphened(text, start, position, before)))
                start = position + 1
        if start is not None and start < len(text):
            found.append((number, start, text[start:], _hyphened(text, start, len(text), before)))
        if text:
            before = text[-1]
    return found


def _hyphened(text: str, start: int, stop: int, before: str) -> bool:
    left = text[start - 1] if start else before
    return left == "-" or text[stop : stop + 1] == "-"
