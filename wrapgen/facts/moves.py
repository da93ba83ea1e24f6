"""How far and which way something moved, from whatever the sender knows."""

from __future__ import annotations

from wrapgen.facts.types import Direction
from wrapgen.intake.snapshot import Market, Sector, Stock
from wrapgen.values import rounded

# An index that moved no more than this is told as flat: wraps call 0.05 or less flat, and an index
# that moved 0.1 does not swing a region either way.
FLAT_PCT = 0.05
NEAR_FLAT_PCT = 0.1


def signed_pct(market: Market) -> float | None:
    """The move in percent, worked out from points and level where only those were sent."""
    if market.change_pct is not None:
        return market.change_pct
    if market.kind == "yield":
        return None
    if market.change is not None and market.level is not None and market.level != market.change:
        return rounded(market.change / (market.level - market.change) * 100, 4)
    if market.level is not None and market.previous_close:
        return rounded((market.level / market.previous_close - 1) * 100, 4)
    return None


def direction_of(pct: float | None, stated: str | None, change: float | None = None) -> Direction | None:
    """Up, down, flat or mixed; a figure wins over a stated direction. None where nothing is known."""
    if pct is not None:
        if abs(pct) < FLAT_PCT:
            return "flat"
        return "up" if pct > 0 else "down"
    if stated in ("flat_to_lower", "flat_to_higher", "flat"):
        return "flat"
    if stated == "mixed":
        return "mixed"
    if stated in ("up", "down"):
        return "up" if stated == "up" else "down"
    if change:
        return "up" if change > 0 else "down"
    return None


def lean_of(stated: str | None, pct: float | None) -> str | None:
    """For flat to lower and flat to higher: which way it leans."""
    if pct is not None:
        return None
    return {"flat_to_lower": "down", "flat_to_higher": "up"}.get(stated or "")


def share_direction(thing: Stock | Sector) -> Direction | None:
    """Direction of a stock or a sector; these have no flat band but zero itself."""
    if thing.change_pct is not None:
        return "flat" if thing.change_pct == 0 else "up" if thing.change_pct > 0 else "down"
    return direction_of(None, thing.direction)


def vote(pct: float | None, direction: Direction | None, lean: str | None) -> float | None:
    """What a market counts for in its region: its percent, or a modest move where only a direction is known."""
    if pct is not None:
        return pct
    if direction in ("up", "down"):
        return 0.4 if direction == "up" else -0.4
    if direction == "flat":
        return {"up": 0.04, "down": -0.04}.get(lean or "", 0.0)  # a lean is no rise and no fall
    return None
