"""Which verb says a move: by direction, by size for its kind, and not the one just used."""

from __future__ import annotations

from wrapgen.facts.types import Direction, MarketFacts, RegionFacts, SectorFacts, StockFacts
from wrapgen.rulepack.lexicon import MoveVerb
from wrapgen.wording.discourse import Draft
from wrapgen.wording.scene import Scene

# A verb fits if the size lies in its band; how well it fits is how near the size is to its typical
# use, on a scale of ratios: 1% is as far from 0.5% as from 2%.
_RECENT = 6


def size_of(item: MarketFacts | StockFacts | SectorFacts | RegionFacts) -> tuple[float | None, str]:
    """(size, scale): the scale is ``stock`` for shares and sectors, else ``index``."""
    if isinstance(item, RegionFacts):
        return item.size, "index"
    if isinstance(item, MarketFacts):
        if item.kind in ("crypto", "commodity", "volatility"):
            return item.size, "stock"
        return item.size, "index"
    if isinstance(item, SectorFacts):
        return (abs(item.pct) if item.pct is not None else None), "stock"
    return item.size, "stock"


def choose_verb(
    scene: Scene,
    draft: Draft,
    direction: Direction | None,
    size: float | None,
    scale: str,
    printed: bool,
    key: str,
) -> str | None:
    """The lemma of a fitting verb, its particle after it (``edge up``); None where nothing moved.

    ``printed``: the clause prints the figure. Without a known size only verbs that state none will do.
    """
    if direction not in ("up", "down", "flat"):
        return None
    lexicon = scene.rules.lexicon
    moves = lexicon.moves_for(direction, size, scale) if size is not None else lexicon.moves
    fitting: list[tuple[float, MoveVerb]] = []
    for move in moves:
        if (
            move.direction != direction
            or (move.figure == "printed" and not printed)
            or (move.figure == "never" and printed)
        ):
            continue
        if move.say in scene.style.barred_verbs or (size is None and not states_no_size(move)):
            continue
        typical = move.band(scale).typical
        fitting.append((_distance(size, typical) if size is not None else 0.0, move))
    if not fitting:
        return None
    fitting.sort(key=lambda pair: pair[0])
    recent = (*draft.base.verbs, *draft.verbs)[-_RECENT:]
    fresh = [move for _, move in fitting if move.say not in recent]
    pool = (fresh or [move for _, move in fitting])[: 4 if scene.variant else 3]
    chosen = pool[scene.pick(f"verb.{key}", len(pool))]
    draft.verbs.append(chosen.say)
    return chosen.say


def states_no_size(move: MoveVerb) -> bool:
    """Whether a verb fits moves of nearly any size (rise, fall), so that it claims none."""
    return move.figure in ("optional", "never") and (move.direction == "flat" or move.index.high >= 2)


def _distance(size: float, typical: float) -> float:
    """How far a size is from a verb's typical one, as a ratio of at least 1."""
    a, b = max(size, 0.01), max(typical, 0.01)
    return a / b if a > b else b / a
