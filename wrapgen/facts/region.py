"""The region as a whole: breadth, tone, who leads, who trails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from wrapgen.facts.moves import FLAT_PCT, NEAR_FLAT_PCT, signed_pct, vote
from wrapgen.facts.types import Direction, EventFacts, Layout, RegionFacts
from wrapgen.intake.snapshot import Market, Snapshot
from wrapgen.values import made, rounded

SMALL_PCT = 0.3  # of two markets one of which stood still, the other has moved if it moved more
STANDOUT_PCT = 0.8  # on a flat day, a market that moved so much is named in the lede
FAR_PCT = 1.0  # where half the places stood still and the rest moved further than this, the day is theirs
LEANING_PCT = 0.6  # what the middle place may have moved on a day that is flat to lower or flat to higher
_ALIKE = 2  # how many times as far one may have gone than another for a verb of size to fit both
# What Wall Street is measured by: the broadest of its indices that is there.
_BROADEST = ("SPX", "DJI", "CCMP")
_AREAS = {"asia-pacific": "asia", "europe": "europe", "us": "america", "americas": "america"}


def layout_of(region: str) -> Layout:
    if region in ("us", "global"):
        return region  # type: ignore[return-value]
    return "region" if region in ("asia-pacific", "europe") else "country"


def unit_of(market: Market, layout: Layout) -> str | None:
    """What a market counts for: its place in a region of several, itself in a single country."""
    if layout in ("us", "country"):
        return market.id
    return market.place if market.tier != "gauge" else None


def is_own(market: Market) -> bool:
    """One of the region's own indices, in the session that the wrap is of."""
    return market.role == "main" and market.session == "current" and not market.closed and market.kind == "index"


def own_units(own: Sequence[Market], layout: Layout) -> dict[str, str]:
    """Market id -> unit, for those of the region's own markets that count: a place's secondary indices do not
    where its primary one is there."""
    primary = {unit_of(m, layout) for m in own if m.tier == "primary"}
    if layout == "us":  # the S&P 500, the Dow, the Nasdaq and the small caps are one story with four scores
        return {m.id: m.id for m in own}
    if layout == "country":
        has_primary = any(m.tier == "primary" for m in own)
        return {m.id: m.id for m in own if m.tier == "primary" or not has_primary}
    units = {}
    for market in own:
        unit = unit_of(market, layout)
        if unit is not None and (market.tier == "primary" or unit not in primary):
            units[market.id] = unit
    return units or {m.id: m.id for m in own}


def place_moves(
    units: Mapping[str, str],
    pcts: Mapping[str, float | None],
    directions: Mapping[str, Direction | None],
    leans: Mapping[str, str | None],
) -> tuple[dict[str, float], dict[str, float]]:
    """(votes by unit, figures by unit): a unit's figure is the mean of its indices' figures."""
    votes: dict[str, list[float]] = {}
    figures: dict[str, list[float]] = {}
    for market_id, unit in units.items():
        value = vote(pcts[market_id], directions[market_id], leans[market_id])
        if value is not None:
            votes.setdefault(unit, []).append(value)
        pct = pcts[market_id]
        if pct is not None:
            figures.setdefault(unit, []).append(pct)
    return _means(votes), _means(figures)


def _means(values: Mapping[str, list[float]]) -> dict[str, float]:
    return {unit: mean_of(found) if len(found) > 1 else found[0] for unit, found in values.items()}


def mean_of(values: Sequence[float]) -> float:
    return fsum(values) / len(values)


def median_of(values: Sequence[float]) -> float:
    """Of values in their order."""
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def tone_of(
    votes: Mapping[str, float], layout: Layout, areas: Mapping[str, str], gauge: float | None = None
) -> Direction:
    """Up, down, flat or mixed, as the scores bear out. ``gauge`` is the move of the index that spans the region.

    Half the places within 0.1% is flat; of two, where the other moved little too; of more, unless the other half
    moved further than 1%, or the index that spans them moved: then the day is theirs. Wall Street is flat where the
    S&P 500 is. Seven in ten one way is a direction; so is a majority whose moves outweigh the others three to one.
    Anything else is mixed: a fall of 5% in one of three places makes a region mixed, a slip of 0.1% does not; and so
    is a day on which the index that spans the places went the other way.
    """
    if not votes:
        return "flat"
    values = list(votes.values())
    n = len(values)
    total = sum([abs(v) for v in values])
    balance = sum(values) / total if total else 0.0
    ups = sum([v >= NEAR_FLAT_PCT / 2 for v in values]) / n
    downs = sum([v <= -NEAR_FLAT_PCT / 2 for v in values]) / n
    still = sum([abs(v) <= NEAR_FLAT_PCT for v in values]) / n
    if layout == "country":
        first = values[0]
        return "flat" if abs(first) < NEAR_FLAT_PCT / 2 else "up" if first > 0 else "down"
    if layout == "global" and len(_area_signs(votes, areas)) > 1:
        return "mixed"
    spanned = gauge if n > 2 and gauge is not None and abs(gauge) > SMALL_PCT else 0.0
    if still >= 0.5:
        lead = _broadest(votes) if layout == "us" else None
        measure = votes[lead] if lead is not None else spanned
        middle = sorted(map(abs, values))[n // 2]
        if abs(measure) <= SMALL_PCT and (lead is not None or middle <= (SMALL_PCT if n <= 2 else FAR_PCT)):
            return "flat"
        one_way = measure * balance > 0 if abs(measure) > SMALL_PCT else max(ups, downs) == 0.5
        if n > 2 and one_way and abs(balance) >= 0.9:
            return "up" if balance > 0 else "down"
    if spanned * balance < 0:
        return "mixed"
    if (ups >= 0.7 and balance > 0) or (ups >= 0.6 and balance >= 0.5):
        return "up"
    if (downs >= 0.7 and balance < 0) or (downs >= 0.6 and balance <= -0.5):
        return "down"
    return "mixed"


def _broadest(votes: Mapping[str, float]) -> str | None:
    return next((ident for ident in _BROADEST if ident in votes), None)


def _leans(numbers: Sequence[float], votes: Mapping[str, float]) -> bool:
    """Whether what moved on a flat day moved little enough for it to lean that way: not where half of it fell 3%."""
    return bool(numbers) and sorted(map(abs, votes.values()))[len(votes) // 2] <= LEANING_PCT


def _felt(votes: Mapping[str, float], figures: Mapping[str, float], layout: Layout) -> float | None:
    """The size by which the verb of the region's move is chosen: the mean, unless it is not that of whom it names.

    Of two places that are named both, none where they are far apart; on Wall Street that of the S&P 500.
    """
    sizes = list(map(abs, figures.values()))
    if not sizes or layout == "region" and len(votes) == 2 and max(sizes) > _ALIKE * min(sizes):
        return None
    mean = rounded(mean_of(sizes), 4)
    lead = _broadest(figures) if layout == "us" else None
    if lead is not None and not abs(figures[lead]) / _ALIKE <= mean <= abs(figures[lead]) * _ALIKE:
        return abs(figures[lead])
    return mean


def _area_signs(votes: Mapping[str, float], areas: Mapping[str, str]) -> set[int]:
    """The signs of Asia, Europe and America, each by the majority of its places."""
    grouped: dict[str, list[float]] = {}
    for unit, value in votes.items():
        grouped.setdefault(_AREAS.get(areas.get(unit, ""), "other"), []).append(value)
    signs = set()
    for values in grouped.values():
        lead = sum((v > NEAR_FLAT_PCT) - (v < -NEAR_FLAT_PCT) for v in values)
        if lead:
            signs.add(1 if lead > 0 else -1)
    return signs


def _unanimous(own: Sequence[Market], tone: Direction, ways: Mapping[str, Direction | None]) -> bool:
    return bool(own) and tone in ("up", "down") and {ways[m.id] for m in own} <= {tone, None}


def _standout(votes: Mapping[str, float], figures: Mapping[str, float], by_unit: Mapping[str, list[str]]) -> str | None:
    """The market that moved where, as far as is known, no other did so much as half: a flat day's exception."""
    if len(votes) < 3 or not figures:
        return None
    first = max(figures, key=lambda u: abs(figures[u]))
    size = abs(figures[first])
    if size < STANDOUT_PCT or any([abs(vote) > size / 2 for unit, vote in votes.items() if unit != first]):
        return None
    return by_unit[first][0]


def _at_record(market: Market) -> bool:
    return any([m.type == "record_high" and m.basis != "intraday" and not m.short_of for m in market.milestones])


def region_facts(
    snapshot: Snapshot,
    own: Sequence[Market],
    layout: Layout,
    units: Mapping[str, str],
    votes: Mapping[str, float],
    figures: Mapping[str, float],
    areas: Mapping[str, str],
    events: Mapping[str, EventFacts],
    markets: Mapping[str, Market],
    ways: Mapping[str, Direction | None],
) -> RegionFacts:
    n = len(votes)
    said_mixed = not votes and any([ways[m.id] == "mixed" for m in own])
    spanning = next((m for m in own if m.tier == "gauge"), None)
    gauge = vote(signed_pct(spanning), ways[spanning.id], None) if spanning is not None else None
    tone: Direction = "mixed" if said_mixed else tone_of(votes, layout, areas, gauge)
    ups = sum([v >= 0.05 for v in votes.values()])
    downs = sum([v <= -0.05 for v in votes.values()])
    total = sum([abs(v) for v in votes.values()])
    numbers = sorted(figures.values())
    best = next((u for u, pct in figures.items() if pct == numbers[-1]), None)
    worst = next((u for u, pct in figures.items() if pct == numbers[0]), None)
    leans = _leans(numbers, votes)
    by_unit: dict[str, list[str]] = {}
    for market_id, unit in units.items():
        by_unit.setdefault(unit, []).append(market_id)
    return made(
        RegionFacts,
        snapshot.region,
        layout,
        tone,
        n,  # places
        len(own),  # indices
        ups,
        downs,
        n - ups - downs,  # flats
        sum([abs(v) <= NEAR_FLAT_PCT for v in votes.values()]),  # still
        ups / n if n else 0.0,  # share_up
        downs / n if n else 0.0,
        (n - ups - downs) / n if n else 0.0,
        len(figures),
        rounded(mean_of(numbers), 4) if numbers else None,
        median_of(numbers) if numbers else None,
        rounded(mean_of([abs(v) for v in numbers]), 4) if numbers else None,  # size
        _felt(votes, figures, layout),
        rounded(numbers[-1] - numbers[0], 4) if numbers else None,  # spread
        max(abs(numbers[0]), abs(numbers[-1])) if numbers else None,  # largest
        not units and bool(votes),  # futures_only
        _unanimous(own, tone, ways),
        leans and numbers[0] >= -FLAT_PCT and numbers[-1] >= 0.2 and ups > downs,  # flat_to_higher
        leans and numbers[-1] <= FLAT_PCT and numbers[0] <= -0.2 and downs > ups,  # flat_to_lower
        rounded(sum(votes.values()) / total, 4) if total else 0.0,  # balance
        by_unit[best][0] if best is not None else None,  # leader
        by_unit[worst][0] if worst is not None else None,  # laggard
        _standout(votes, figures, by_unit),
        sum([e.awaited and e.reach > 0 for e in events.values()]),  # awaited
        sum([m.role == "main" and _at_record(m) for m in snapshot.markets if m.milestones]),  # records
        sum([m.closed and m.role == "main" for m in snapshot.markets]),
        layout == "global" and len(_area_signs(votes, areas)) > 1,  # areas_disagree
        tuple([markets[i].pointer for i in units])
        or tuple([m.pointer for m in snapshot.markets if m.closed]),  # sources
    )
