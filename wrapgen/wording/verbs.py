"""Which verb says a move: by direction, by size for its kind, and not the one just used."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from wrapgen.facts.types import Direction, MarketFacts, RegionFacts, SectorFacts, StockFacts
from wrapgen.rulepack.lexicon import MoveVerb, Near
from wrapgen.wording.discourse import Chosen, Draft
from wrapgen.wording.scene import Scene

# A verb used this lately is not used again where another fits.
_RECENT: Final = 6
# Verbs whose typical size is this much further off than the nearest one's fit about as well: the day turns among them.
_ABOUT_AS_NEAR: Final = 1.4
_MOST_TURNED: Final = 3
# Of two moves in a sentence the smaller one's verb is typical of no move larger than the other's by more than this.
_IN_KEEPING: Final = 1.3


def size_of(item: MarketFacts | StockFacts | SectorFacts | RegionFacts) -> tuple[float | None, str]:
    """(size, scale): the scale is ``stock`` for single companies and what swings as they do, else ``index``."""
    if isinstance(item, RegionFacts):
        return item.felt, "index"
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
    most = 4 if scene.variant else _MOST_TURNED
    used = {*(draft.base.verbs + tuple(draft.verbs))[-_RECENT:], *scene.style.barred_verbs, *draft.avoided}
    fresh: list[str] = []
    if size is not None and draft.moves:
        fresh = _fresh(_in_keeping(moves, draft.moves, direction, size, scale), used, most, scene.variant)
    if not fresh:
        fresh = _fresh(moves, used, most, scene.variant)
    if not fresh and size is not None:
        # Every verb of that size has just been used: one that states none is better than the same again.
        plain = [m for m in lexicon.unsized_verbs[direction, scale, printed] if not to_level or m.figure != "never"]
        fresh = [m.say for m in plain if m.say not in used][:most]
    if not fresh:
        said = [m.say for _, m in moves if m.say not in scene.style.barred_verbs]
        fresh = _longest_ago([say for say in said if say not in draft.avoided] or said, draft)
    if not fresh:
        return None
    chosen = fresh[scene.near(len(fresh), "verb", *key)]
    draft.verbs.append(chosen)
    if size is not None:
        draft.moves.extend([(direction, scale, size, _typical(m, scale)) for _, m in moves if m.say == chosen][:1])
    return chosen


def _fresh(moves: Sequence[Near[MoveVerb]], used: Collection[str], most: int, variant: int) -> list[str]:
    """The verbs that fit about as well as the nearest, none of them used."""
    fresh: list[str] = []
    nearest = 1.0
    for distance, move in moves:
        if move.say in used:
            continue
        if not fresh:
            nearest = distance
        elif distance > _ABOUT_AS_NEAR * nearest and not variant:
            break
        fresh.append(move.say)
        if len(fresh) == most:
            break
    return fresh


def _in_keeping(
    moves: Sequence[Near[MoveVerb]], before: Sequence[Chosen], direction: Direction, size: float, scale: str
) -> list[Near[MoveVerb]]:
    """The verbs that do not make more of a move than the sentence makes of a larger one, nor less of a larger than of
    a smaller: not *rose 1.7% and jumped 1.3%*."""
    least, most = 0.0, float("inf")
    for way, kind, moved, typical in before:
        if (way, kind) == (direction, scale):
            if size < moved:
                most = min(most, typical * _IN_KEEPING)
            elif size > moved:
                least = max(least, typical / _IN_KEEPING)
    return [near for near in moves if least <= _typical(near[1], scale) <= most]


def _typical(move: MoveVerb, scale: str) -> float:
    return (move.index if scale == "index" else move.stock).typical


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
