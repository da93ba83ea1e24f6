"""How far a market has come before today and with it: the session before, the month and the year so far.

From the closes that were sent and today's level as sent; nothing is worked out from a rounded move. None where the
closes do not reach back far enough or have a hole where the span begins.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal, NamedTuple

from wrapgen.facts.types import FactBook, MarketFacts
from wrapgen.intake.snapshot import Series

Span = Literal["before", "month", "year"]
SPANS: tuple[Span, ...] = ("before", "month", "year")

_LONGEST_BREAK = 5  # days between two sessions in a row, with a weekend and two days off
_END_OF_PERIOD = 7  # a month's last session is not longer than so many days before the next month's first day
_FEWEST_SESSIONS = 4  # of a month or a year: fewer are told one by one


class SpanFact(NamedTuple):
    """A move in percent over a span, and the figures that it came from: the close before it, the level after it."""

    pct: float
    sources: tuple[str, str]


def span_of(book: FactBook, market: MarketFacts, span: Span) -> SpanFact | None:
    """The move of ``market`` in the session before today's, or in the month or the year so far, today's included."""
    series = book.snapshot.history.get(market.id)
    if series is None or market.previous or market.kind == "yield" or market.direction is None:
        return None
    today = book.snapshot.date
    count = bisect_left(series.dates, today)
    if count < 2 or (today - series.dates[count - 1]).days > _LONGEST_BREAK:
        return None
    if span == "before":
        return _before(series, count)
    if market.level is None or "level" in market.market.worked_out:
        return None
    first = today.replace(day=1) if span == "month" else today.replace(month=1, day=1)
    if span == "year" and today.month == 1:
        return None  # the year so far is the month so far
    base = bisect_left(series.dates, first) - 1
    if base < 0 or count - base < _FEWEST_SESSIONS or (first - series.dates[base]).days > _END_OF_PERIOD:
        return None
    level = f"{market.market.pointer}/level"
    return _moved(series.closes[base], market.level, f"{series.pointer}/closes/{base}", level)


def _before(series: Series, count: int) -> SpanFact | None:
    earlier, last = count - 2, count - 1
    if (series.dates[last] - series.dates[earlier]).days > _LONGEST_BREAK:
        return None
    pointers = f"{series.pointer}/closes/{earlier}", f"{series.pointer}/closes/{last}"
    return _moved(series.closes[earlier], series.closes[last], *pointers)


def _moved(before: float, after: float, *sources: str) -> SpanFact | None:
    if before <= 0 or after <= 0:
        return None
    return SpanFact(round((after / before - 1) * 100, 6), sources)  # type: ignore[arg-type]
