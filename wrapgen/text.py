"""The text tree: what realisation makes and every renderer reads.

A token still knows which fact it states and which market, company or event it names, so that a
renderer can link it and an editor can ask where it came from. Joining the tokens' text gives the
prose; no renderer looks inside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from wrapgen.values import made


class Derived(NamedTuple):
    """A derived fact by name, with the JSON pointers it was worked out from."""

    name: str
    sources: tuple[str, ...]


# A JSON pointer into the snapshot, or a derived fact.
FactRef = str | Derived


class Token(NamedTuple):
    """A run of characters. ``ref`` is the id that it names; ``facts`` what it states."""

    text: str
    ref: str | None = None
    facts: tuple[FactRef, ...] = ()


def make_token(text: str, ref: str | None = None, facts: tuple[FactRef, ...] = ()) -> Token:
    """A token, in under half the time that calling the class takes: an article has hundreds."""
    return made(Token, text, ref, facts)


def plain(tokens: Iterable[Token]) -> str:
    """The prose of tokens."""
    return "".join([token.text for token in tokens])


def named(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """The ids that sentences name, each once, in the order in which a reader meets them."""
    refs = [token.ref for sentence in sentences for token in sentence.tokens if token.ref is not None]
    return tuple(dict.fromkeys(refs))


class Sentence(NamedTuple):
    """One sentence, or a headline or subhead.

    ``rule`` is the rule of its nucleus, ``file.yaml:line id``; ``rules`` are those of everything that is said in it,
    that one first. ``patterns`` are the ids of their patterns.
    """

    tokens: tuple[Token, ...]
    rule: str
    facts: tuple[FactRef, ...] = ()
    rules: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return plain(self.tokens)


class Block(NamedTuple):
    """A paragraph or a subhead; ``section`` names the part of the plan that it serves."""

    kind: str
    section: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join([sentence.text for sentence in self.sentences])
