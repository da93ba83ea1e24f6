"""What the conditions of rules see of an article's facts."""

from __future__ import annotations

from typing import Final

from wrapgen.facts.types import (
    BackdropFacts,
    EventFacts,
    FactBook,
    MarketFacts,
    MilestoneFact,
    SectorFacts,
    StockFacts,
    StreakFact,
)
from wrapgen.rulepack.nodes import Groups

# As in `wrapgen.rulepack.kinds.NAMES`, which says what each group is.
GROUPS: Final = (
    "region", "market", "stock", "sector", "event", "frame", "backdrop", "milestone", "streak", "this",
)  # fmt: skip


def seen(
    book: FactBook,
    market: MarketFacts | None = None,
    stock: StockFacts | None = None,
    sector: SectorFacts | None = None,
    event: EventFacts | None = None,
    backdrop: BackdropFacts | None = None,
    milestone: MilestoneFact | None = None,
    streak: StreakFact | None = None,
    this: object = None,
) -> Groups:
    """An object a group, in the order of `GROUPS`; None where there is none. The backdrop is the book's by default."""
    return (
        book.region,
        market,
        stock,
        sector,
        event,
        event.frame if event is not None else None,
        backdrop if backdrop is not None else book.backdrop,
        milestone,
        streak,
        this,
    )
