"""A single market's day, told by its stocks and sectors."""

from __future__ import annotations

from collections.abc import Sequence

from wrapgen.angles.types import Angle
from wrapgen.facts.types import Direction, EventFacts, FactBook, SectorFacts, StockFacts
from wrapgen.plan import scores, shares
from wrapgen.plan.types import Message, Paragraph, paragraph, retold, tell
from wrapgen.rulepack.kinds import Length

_MOST_TOGETHER = 5  # sentences in one paragraph


def country_stories(book: FactBook, angle: Angle, held: Length, told_events: frozenset[str]) -> list[Paragraph]:
    """A single market's day is told by stocks and sectors: those that moved it, then those that did not go along."""
    if book.region.layout in ("region", "global"):
        return []
    # The first story is sure to be told; what else the opening was to tell may have found no room.
    story = frozenset([angle.subject.id]) if isinstance(angle.subject, EventFacts) else frozenset()
    own = {m.id for m in book.main}
    stocks = [s for s in book.stocks.values() if not s.previous and (s.market in own or s.market is None)]
    sectors = [s for s in book.sectors if s.market in own or s.market is None]
    main = book.region.tone
    one_way = main in ("up", "down")  # else there is no trend to go along with, nor to buck
    with_tone = [s for s in stocks if s.direction == main and one_way]
    against = [s for s in stocks if s.direction in ("up", "down") and s.direction != main]
    for group in (with_tone, against):
        group.sort(key=lambda s: (s.effect is None, not s.has_cause, -s.reach, -(s.size or 0)))
    news = [s for s in stocks if s.direction is None and s.causes]
    out: list[Paragraph] = []
    lead_sectors = [s for s in sectors if s.direction == main and one_way]
    other_sectors = [s for s in sectors if s.direction in ("up", "down") and s.direction != main]
    lines = shares.sectors_by_direction(lead_sectors, told_events)
    carried = [item for m in book.main for satellite in scores.sector_satellites(m) for item in satellite.items]
    lines, told = shares.with_own_stocks(lines, shares.stock_messages(with_tone, held.stocks, story), carried)
    if lines or told:
        head = _subhead(book, angle, lead_sectors, with_tone, main)
        # Where the scores tell all that is known of some sectors, what is left of the others comes behind the stocks.
        left = any(s in carried and s.pct is None for s in lead_sectors)
        if left:
            lines = [line for line in lines if not shares.shown(line, told)]
        out.extend(_paragraphs([] if left else lines, [*told, *lines] if left else told, head))
    lines, listed = shares.with_own_stocks(
        shares.sectors_by_direction(other_sectors), shares.stock_messages(against, held.stocks, story), carried
    )
    still = [s for s in stocks if s.direction == "flat" and not one_way]
    rest = [*lines, *listed, *shares.stock_messages(still, held.stocks)]
    if out and len(rest) > 1:
        sub = _subhead(book, angle, other_sectors, against, "down" if main == "up" else "up")
        out.append(paragraph("second", [retold(rest[0], detail="first"), *rest[1:]], sub))
    elif rest:
        leaving = [s for s in (rest[0].sector, *rest[0].items) if isinstance(s, SectorFacts)]
        bucked = rest[0].kind in ("sectors", "sector.score") and _buck(book, leaving, rest[0].direction)
        out.append(paragraph("second", [retold(rest[0], contrast=bucked), *rest[1:]]))
    if news:
        out.append(paragraph("news", shares.stock_messages(news, held.stocks)))
    return out


def _paragraphs(first: Sequence[Message], then: Sequence[Message], subhead: Message | None) -> list[Paragraph]:
    """One paragraph, or where it would be long the first part, or three sentences, and the others by four."""
    everything = [*first, *then]
    at = len(everything) if len(everything) <= _MOST_TOGETHER else len(first) or 3
    rest = [paragraph("story", everything[n : n + 4]) for n in range(at, len(everything), 4)]
    return [paragraph("story", everything[:at], subhead), *rest]


def _buck(book: FactBook, parts: Sequence[SectorFacts | StockFacts], way: Direction | None) -> bool:
    """Whether what went that way went against a trend: the country's, of a day that has one, and their own index's."""
    if book.region.tone not in ("up", "down") or way == book.region.tone:
        return False
    homes = [book.markets.get(part.market or "") for part in parts]
    return not any([home is not None and home.direction == way for home in homes])


def _subhead(
    book: FactBook, angle: Angle, sectors: Sequence[SectorFacts], stocks: Sequence[StockFacts], way: Direction
) -> Message | None:
    ranked = sorted(stocks, key=lambda s: (s.effect is None, not s.has_cause, -s.reach, -(s.size or 0)))
    lead = (
        angle.subject
        if isinstance(angle.subject, StockFacts) and angle.subject in ranked
        else (ranked[0] if ranked else None)
    )
    its_sector = lead.stock.sector if lead is not None else None
    ordered = sorted(sectors, key=lambda s: (s.name != its_sector, not s.tells, -s.stocks))
    if not ordered and lead is None:
        return None
    parts: list[SectorFacts | StockFacts] = [*ordered] if ordered or lead is None else [lead]
    head = next((m for m in book.main if m.tier == "primary"), book.main[0] if book.main else None)
    return tell(
        "subhead.country",
        stock=lead,
        items=tuple(ordered),
        direction=way,
        market=head,
        contrast=_buck(book, parts, way),
    )
