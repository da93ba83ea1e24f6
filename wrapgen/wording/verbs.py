"""Which verb says a move: by direction, by size for its kind, and not the one just used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wrapgen.facts.types import Direction, MarketFacts, RegionFacts, SectorFacts, StockFacts
from wrapgen.rulepack.lexicon import MoveVerb, Near
from wrapgen.wording.discourse import Draft
from wrapgen.wording.scene import Scene

# A verb used this lately is not used again where another fits.
_RECENT: Final = 6
# Verbs whose typical size is this much further off than the nearest one's fit about as well: the day turns among them.
_ABOUT_AS_NEAR: Final = 1.4
_MOST_TURNED: Final = 3


def size_of(item: MarketFacts | StockFacts | SectorFacts | RegionFacts) -> tuple[float | None, str]:
    """(size, scale): the scale is ``stock`` for single companies and what swings as they do, else ``index``."""
    if isinstance(item, RegionFacts):
        return item.size, "index"
    if isinstance(item, MarketFacts):
        if item.kind in ("crypto", "commodity", "volatility"):
            return item.size, "stock"
        return item.size, "index"
    if isinstance(item, SectorFacts):
        return (abs(item.pct) if item.pct is not None else None), "index"
    return item.size, "stock"


def choose_verb(
    scene: Scene,
    draft: Draft,
    direction: Direction | None,
    size: float | None,
    scale: str,
    printed: bool,
    *key: object,
    to_level: bool = False,
) -> str | None:
    """The lemma of a fitting verb, its particle after it (``edge up``); None where nothing moved.

    ``printed``: the clause prints the figure. Without a known size only verbs that state none will do.
    ``to_level``: the level follows, to which nothing has *lost ground*.
    """
    if direction not in ("up", "down", "flat"):
        return None
    lexicon = scene.rules.lexicon
    moves: Sequence[Near[MoveVerb]] = ()
    if size is not None:
        moves = lexicon.verbs_near(direction, size, scale, printed)
    if not moves:
        moves = [(_distance(m, size, scale), m) for m in lexicon.unsized_verbs[direction, scale, printed]]
    if to_level:
        moves = [near for near in moves if near[1].figure != "never"]
    barred, most = scene.style.barred_verbs, 4 if scene.variant else _MOST_TURNED
    avoided = draft.avoided
    recent = (draft.base.verbs + tuple(draft.verbs))[-_RECENT:]
    fresh: list[str] = []
    nearest = 1.0
    for distance, move in moves:
        say = move.say
        if say in recent or say in barred or say in avoided:
            continue
        if not fresh:
            nearest = distance
        elif distance > _ABOUT_AS_NEAR * nearest and not scene.variant:
            break
        fresh.append(say)
        if len(fresh) == most:
            break
    if not fresh and size is not None:
        # Every verb of that size has just been used: one that states none is better than the same again.
        plain = [m for m in lexicon.unsized_verbs[direction, scale, printed] if not to_level or m.figure != "never"]
        fresh = [m.say for m in plain if m.say not in recent and m.say not in barred and m.say not in avoided][:most]
    if not fresh:
        said = [m.say for _, m in moves if m.say not in barred]
        fresh = _longest_ago([say for say in said if say not in avoided] or said, draft)
    if not fresh:
        return None
    chosen = fresh[scene.near(len(fresh), "verb", *key)]
    draft.verbs.append(chosen)
    return chosen


def _distance(move: MoveVerb, size: float | None, scale: str) -> float:
    """How far a move is from what is typical for the verb, as a ratio from 1 up; 1 where the size is not known."""
    if size is None:
        return 1.0
    typical = max((move.index if scale == "index" else move.stock).typical, 0.01)
    at = max(size, 0.01)
    return max(at / typical, typical / at)


def _longest_ago(verbs: list[str], draft: Draft) -> list[str]:
    """The one of ``verbs`` last used furthest back, where all were used lately or are better avoided."""
    used = [*draft.base.verbs, *draft.verbs][::-1]
    return [max(verbs, key=lambda verb: used.index(verb) if verb in used else len(used))] if verbs else []
