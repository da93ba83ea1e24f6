"""Verbs of moves that a sentence says twice: *climbed as yields kept climbing*, *surged on a surge in orders*.

A verb is chosen before its reason is known, so that an echo is heard only in what has been put together; the sentence
is then said again without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from wrapgen.clause import Bound, Phrase
from wrapgen.rulepack.lexicon import Lexicon
from wrapgen.text import plain
from wrapgen.wording.speaker import Traits

_OF_MOVES: Final = frozenset(("gains", "run"))  # slots that name a move; other names and figures echo nothing


def echoed(bounds: Sequence[Bound], lexicon: Lexicon, traits: Mapping[str, Traits]) -> frozenset[str]:
    """The verbs chosen for a move that stand, as verb or noun, in a reason too, or in what rides on the sentence.

    With them the nouns that the nucleus has for it: *the rise came despite a rise in prices*.
    """
    # Most sentences are a nucleus that tells of no event.
    if not bounds:
        return frozenset()
    agents = traits[bounds[0].pattern.id].agents
    if len(bounds) == 1 and not agents and "{event" not in bounds[0].pattern.source:
        return frozenset()
    chosen = [verb for bound in bounds for verb in bound.verbs]
    chosen += _nouns(bounds[0])
    if not chosen:
        return frozenset()
    heard: set[str] = set(agents)
    for number, bound in enumerate(bounds):
        if number:
            heard |= traits[bound.pattern.id].said
        for slot, value in zip(bound.pattern.slots, bound.values, strict=True):
            if slot.name.startswith("event") or number and slot.name in _OF_MOVES:
                _hear(value, traits, heard)
    return frozenset([word for word in chosen if _is_heard(word.partition(" ")[0], heard, lexicon)])


def _nouns(nucleus: Bound) -> list[str]:
    return [
        plain(value.tokens)
        for slot, value in zip(nucleus.pattern.slots, nucleus.values, strict=True)
        if slot.name in ("gains", "stock_noun") and isinstance(value, Phrase)
    ]


def _hear(value: Phrase | Bound, traits: Mapping[str, Traits], heard: set[str]) -> None:
    if isinstance(value, Phrase):
        heard.update(plain(value.tokens).replace(",", " ").split())
        return
    heard |= traits[value.pattern.id].said
    for inner in value.values:
        _hear(inner, traits, heard)


def _is_heard(word: str, heard: set[str], lexicon: Lexicon) -> bool:
    parts = lexicon.verbs.get(word)
    return word in heard or parts is not None and not heard.isdisjoint(parts)
