"""Verbs of moves that a sentence says twice: *climbed as yields kept climbing*, *surged on a surge in orders*.

A verb is chosen before its reason is known, so that an echo is heard only in what has been put together; the sentence
is then said again without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

from wrapgen.clause import Bound, Phrase
from wrapgen.rulepack.lexicon import Lexicon
from wrapgen.text import plain
from wrapgen.wording.speaker import Traits

_OF_MOVES: Final = frozenset(("gains", "run"))  # slots that name a move; other names and figures echo nothing


def echoed(bounds: Sequence[Bound], lexicon: Lexicon, traits: Mapping[str, Traits]) -> frozenset[str]:
    """The verbs chosen for a move that stand, as verb or noun, in a reason too, or in what rides on the sentence.

    With them the nouns that a part has for it, and its own verbs: *the rise came despite a rise in prices*, *weighed
    down by a tax, with banks weighing on it*.
    """
    # Most sentences are a nucleus that tells of no event.
    if not bounds:
        return frozenset()
    first = traits[bounds[0].pattern.id]
    if len(bounds) == 1 and not first.agents and "{event" not in bounds[0].pattern.source:
        return frozenset()
    parts = [_heard_in(number, bound, traits) for number, bound in enumerate(bounds)]
    heard = frozenset().union(*parts)
    chosen = [verb for bound in bounds for verb in bound.verbs]
    chosen += _nouns(bounds[0])
    again = [word for word in chosen if _is_heard(word.partition(" ")[0], heard, lexicon)]
    if len(bounds) > 1:
        acts = [traits[bound.pattern.id].acts for bound in bounds]
        parts = [part | own for part, own in zip(parts, acts, strict=True)]
        own = [act.union(_nouns(bound)) for act, bound in zip(acts, bounds, strict=True)]
        again += [word for part in own for word in part if sum([word in other for other in parts]) > 1]
    return frozenset(again)


def acts_of(patterns: Iterable[str], traits: Mapping[str, Traits]) -> frozenset[str]:
    """The verbs of their own by which a reader would know these patterns again."""
    return frozenset().union(*[traits[pattern].acts for pattern in patterns])


def _heard_in(number: int, bound: Bound, traits: Mapping[str, Traits]) -> set[str]:
    """The words of a part that a verb may echo: of the nucleus, those of its reason."""
    own = traits[bound.pattern.id]
    heard = set(own.said if number else own.agents)
    for slot, value in zip(bound.pattern.slots, bound.values, strict=True):
        if slot.name.startswith("event") or number and slot.name in _OF_MOVES:
            _hear(value, traits, heard)
    return heard


def _nouns(part: Bound) -> list[str]:
    """What a part calls a move."""
    return [
        plain(value.tokens)
        for slot, value in zip(part.pattern.slots, part.values, strict=True)
        if slot.name in ("gains", "stock_noun") and isinstance(value, Phrase)
    ]


def _hear(value: Phrase | Bound, traits: Mapping[str, Traits], heard: set[str]) -> None:
    if isinstance(value, Phrase):
        heard.update(plain(value.tokens).replace(",", " ").split())
        return
    heard |= traits[value.pattern.id].said
    for inner in value.values:
        _hear(inner, traits, heard)


def _is_heard(word: str, heard: Set[str], lexicon: Lexicon) -> bool:
    parts = lexicon.verbs.get(word)
    return word in heard or parts is not None and not heard.isdisjoint(parts)
