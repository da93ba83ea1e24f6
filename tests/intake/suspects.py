"""Snapshots for the tests of the gates: an ordinary day, to be made wrong in one respect."""

from __future__ import annotations

import datetime as dt
from typing import Any

import wrapgen
from wrapgen.intake.gates.types import Tripped

Sent = dict[str, Any]


def limits(gate: str) -> dict[str, Any]:
    return next(rule.limits for rule in wrapgen.load_rules().reference.gates if rule.gate == gate)


def day(*markets: Sent, as_of: str = "2025-11-12", region: str = "asia-pacific", **rest: Any) -> Sent:
    """A Wednesday in Hong Kong, with the markets given."""
    return {"region": region, "as_of": as_of, "markets": list(markets) or [{"id": "HSI", "change_pct": 1.0}], **rest}


def hsi(**figures: Any) -> Sent:
    return {"id": "HSI", **figures}


def stock(ticker: str, change: float | None = None, **rest: Any) -> Sent:
    moved = {} if change is None else {"change_pct": change}
    return {"ticker": ticker, "exchange": "XHKG", "name": f"Company {ticker}", "market": "HSI", **moved, **rest}


def sessions(last: str, count: int, market: str = "HSI") -> list[str]:
    """The last ``count`` sessions of a market's exchange up to ``last``."""
    reference = wrapgen.load_rules().reference
    exchange = reference.exchanges[reference.markets[market].exchange or ""]
    closures = reference.closures[exchange.calendar or ""]
    found, date = [], dt.date.fromisoformat(last)
    while len(found) < count:
        if closures.off(date) is None:
            found.append(date.isoformat())
        date -= dt.timedelta(days=1)
    return found[::-1]


def zigzag(count: int, step: float = 1.0, around: float = 26000.0) -> list[float]:
    """Closes that go up and down by ``step`` percent, none twice in a row."""
    return [round(around * (1 + step / 100 * (n % 2)), 2) for n in range(count)]


def past(last: str = "2025-11-11", count: int = 40, step: float = 1.0, market: str = "HSI") -> Sent:
    return {market: {"dates": sessions(last, count, market), "closes": zigzag(count, step)}}


def with_closes(*closes: float, last: str = "2025-11-11") -> Sent:
    return {"HSI": {"dates": sessions(last, len(closes)), "closes": list(closes)}}


def event(**keys: Any) -> Sent:
    return {"id": "e", "type": "earnings", "who": "Kestrel Bank", "clause": "the company reported results", **keys}


def found(sent: Sent, now: str | None = None) -> list[Tripped]:
    return list(wrapgen.examine_snapshot(sent, now=now))
