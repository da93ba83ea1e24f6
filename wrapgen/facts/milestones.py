"""Milestones and runs: what the sender states, and what the closes show where he does not."""

from __future__ import annotations

import datetime as dt

from wrapgen.facts.history import HistoryFacts, since_words
from wrapgen.facts.spans import stated_milestone, weigh
from wrapgen.facts.types import MilestoneFact, StreakFact
from wrapgen.intake.snapshot import OF_DAYS, Market, MilestoneType

# Below four weeks a "highest since" is no news; a best day needs three months to be worth a line.
_MIN_HIGH_DAYS = 28
_MIN_BEST_DAYS = 90
# Two sessions one way are no run yet; an ended run is worth telling from three.
_MIN_RUN = 3
# Where nothing in the data bounds it, a high is only told with a year of closes behind it.
_MIN_SPAN_MONTHS = 12
# An earlier peak must lie well inside the data, be no further off than this and have been left by a real dip.
_NEAR_INSIDE_DAYS, _NEAR_GAP_PCT, _NEAR_DIP_PCT = 14, 1.5, 2.0


def milestones_of(market: Market, history: HistoryFacts | None, today: dt.date) -> tuple[MilestoneFact, ...]:
    """Stated milestones as they are; a derived one only of a kind that the sender did not state."""
    stated = tuple([stated_milestone(m, today) for m in market.milestones]) if market.milestones else ()
    if history is None:
        return stated
    kinds = {_family(m.type) for m in stated}
    derived = tuple(m for m in _derived(market, history, today) if _family(m.type) not in kinds)
    return tuple(sorted(stated + derived, key=lambda m: -m.weight))


def _family(kind: str) -> str:
    return "day" if kind in OF_DAYS else "level"


def _derived(market: Market, history: HistoryFacts, today: dt.date) -> list[MilestoneFact]:
    source = (f"/history/{market.id}", market.pointer)
    found: list[MilestoneFact] = []
    kind: MilestoneType
    peak, trough = _clear_near(history, today)
    pairs: tuple[tuple[MilestoneType, dt.date | None, dt.date | None, str], ...] = (
        ("highest", history.highest_since, peak, "peak"),
        ("lowest", history.lowest_since, trough, "trough"),
    )
    for kind, since, near, what in pairs:
        if since is not None and (today - since).days >= _MIN_HIGH_DAYS:
            months = (today - since).days / 30.4
            span = since_words(since, today)
            over = span.over if span.over.endswith(("M", "Y")) and not span.exact else None
            if over is None and history.since_at_least is not None:
                continue  # the date itself would be said, and it is not certain; a span holds of either
            found.append(
                MilestoneFact(
                    type=kind,
                    weight=weigh(kind, months, False),
                    sources=source,
                    since_date=since,
                    over=over,
                    near_what=what if near is not None else None,
                    near_when=near.isoformat() if near is not None else None,
                    derived=True,
                )
            )
    # Beyond everything that was sent: the span of the closes is a floor.
    months_sent = int(((history.history_days or 0) - 4) / 30.5)
    if months_sent >= _MIN_SPAN_MONTHS:
        over = f"P{months_sent}M"
        if history.is_high_of_history or history.is_low_of_history:
            kind = "highest" if history.is_high_of_history else "lowest"
            found.append(MilestoneFact(kind, weigh(kind, months_sent, False), source, over=over, derived=True))
        if market.kind not in ("yield", "volatility") and (history.is_best_of_history or history.is_worst_of_history):
            kind = "best_day" if history.is_best_of_history else "worst_day"
            found.append(MilestoneFact(kind, weigh(kind, months_sent, False), source, over=over, derived=True))
    days: tuple[tuple[MilestoneType, dt.date | None], ...] = (
        ("best_day", history.best_day_since),
        ("worst_day", history.worst_day_since),
    )
    if market.kind in ("yield", "volatility"):
        return found  # a day of theirs is not measured in percent
    for kind, since in days:
        if since is not None and (today - since).days >= _MIN_BEST_DAYS:
            months = (today - since).days / 30.4
            found.append(MilestoneFact(kind, weigh(kind, months, False), source, since_date=since, derived=True))
    return found


def _clear_near(history: HistoryFacts, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """(peak, trough) that today comes near, where the data show them to be one; a window's edge is none."""
    start = today - dt.timedelta(days=(history.history_days or 0) - _NEAR_INSIDE_DAYS)

    def clear(when: dt.date | None, today_is: dt.date | None, gap_pct: float | None, between_pct: float | None) -> bool:
        """Inside the window, not today itself, within reach, and left far enough behind in between."""
        if when is None or when < start or when == today_is:
            return False
        return (gap_pct or 0.0) <= _NEAR_GAP_PCT and (between_pct or 0.0) >= _NEAR_DIP_PCT

    peak, trough = history.near_peak_date, history.near_trough_date
    near_peak = clear(peak, history.highest_since, history.near_peak_gap_pct, history.near_peak_dip_pct)
    near_trough = clear(trough, history.lowest_since, history.near_trough_gap_pct, history.near_trough_bounce_pct)
    return peak if near_peak else None, trough if near_trough else None


def streak_of(market: Market, history: HistoryFacts | None) -> StreakFact | None:
    """The run that today extends or ends. A stated one wins."""
    if market.streak is not None:
        streak = market.streak
        return StreakFact(
            streak.direction,  # type: ignore[arg-type]
            streak.sessions,
            streak.status == "ended",
            (streak.pointer,),
        )
    if history is None:
        return None
    source = (f"/history/{market.id}", market.pointer)
    if history.streak_direction in ("up", "down") and (history.streak_sessions or 0) >= _MIN_RUN:
        return StreakFact(history.streak_direction, history.streak_sessions, False, source, derived=True)  # type: ignore[arg-type]
    if history.ended_direction in ("up", "down") and (history.ended_sessions or 0) >= _MIN_RUN:
        return StreakFact(history.ended_direction, history.ended_sessions, True, source, derived=True)  # type: ignore[arg-type]
    return None
