"""Real daily closes as contract snapshots: every session of three regions, in one pass.

Reads a folder of yfinance CSV files (three header rows, one symbol a file) and holds no price itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from wrapgen.intake.reference import Reference

FOLDER = Path(__file__).parents[1] / ".." / "shared" / "data" / "prices-2025-26"

# The region's own indices, whether Wall Street's session before is its backdrop, and what stands around it.
REGIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "asia-pacific": (
        ("N225", "HSI", "SSEC", "KS11", "TWII", "AS51", "NIFTY"),
        ("SPX", "DJI", "CCMP"),
        ("BRENT", "WTI", "GOLD"),
    ),
    "europe": (("UKX", "DAX", "CAC", "SMI"), ("SPX", "DJI", "CCMP"), ("BRENT", "WTI", "GOLD")),
    "us": (("SPX", "DJI", "CCMP", "RTY"), (), ("US10Y", "VIX", "WTI", "BRENT", "GOLD", "BTC", "DXY")),
}


class Day(NamedTuple):
    """One region's session: its date, and the snapshot that a newsroom tool would send after the close."""

    region: str
    date: pd.Timestamp
    snapshot: dict[str, Any]


@dataclass(frozen=True)
class Prices:
    """Closes by market id, rounded as they are printed, each without its days off.

    Rounding comes first, so that a level, its history and its move are figures of one and the same series.
    """

    closes: dict[str, pd.Series]
    moves: dict[str, pd.Series]
    """Move of each session against the market's own session before: percent, two decimals; of yields, basis points."""
    yields: frozenset[str]

    def days(self) -> Iterator[Day]:
        """Every session of every region on which one of its own indices has a move, region by region."""
        for region, (main, backdrop, context) in REGIONS.items():
            own = [market for market in main if market in self.closes]
            for date in sorted(set().union(*(self.moves[market].index for market in own))):
                yield Day(region, date, self._snapshot(region, date, own, backdrop, context))

    def _snapshot(
        self, region: str, date: pd.Timestamp, main: list[str], backdrop: tuple[str, ...], context: tuple[str, ...]
    ) -> dict[str, Any]:
        before = date - pd.offsets.BDay(1)
        sent: list[tuple[str, pd.Timestamp, dict[str, str]]] = [(market, date, {}) for market in main]
        # Wall Street sets the mood only where it traded the day before; after its holidays it is left out.
        sent += [(market, before, {"role": "backdrop", "session": "previous"}) for market in backdrop]
        sent += [(market, date, {"role": "context"}) for market in context]
        here = [(m, day, more) for m, day, more in sent if m in self.moves and day in self.moves[m].index]
        return {
            "region": region,
            "as_of": f"{date:%Y-%m-%d}",
            "phase": "close",
            "markets": [self._market(market, day) | more for market, day, more in here],
            "history": {market: self._history(market, date) for market, _, _ in here},
        }

    def _market(self, market: str, day: pd.Timestamp) -> dict[str, Any]:
        move = "change" if market in self.yields else "change_pct"
        return {"id": market, "level": float(self.closes[market][day]), move: float(self.moves[market][day])}

    def _history(self, market: str, date: pd.Timestamp) -> dict[str, list[Any]]:
        past = self.closes[market][: date - pd.Timedelta(days=1)]
        return {"dates": past.index.strftime("%Y-%m-%d").tolist(), "closes": past.tolist()}


def load_prices(reference: Reference, folder: Path = FOLDER) -> Prices:
    """The closes of every file whose symbol the reference data know; yields to three decimals, the rest to two."""
    closes: dict[str, pd.Series] = {}
    moves: dict[str, pd.Series] = {}
    yields: set[str] = set()
    for file in sorted(folder.glob("*.csv")):
        table = pd.read_csv(file, header=[0, 1], index_col=0, skiprows=[2], parse_dates=True)
        market = reference.by_yahoo(str(table.columns[0][1]))
        if market is None:
            continue
        closed = table["Close"].iloc[:, 0].dropna()
        if market.kind == "yield":
            yields.add(market.id)
            closes[market.id] = closed.round(3)
            moves[market.id] = closes[market.id].diff().mul(100).round(1)
        else:
            closes[market.id] = closed.round(max(2, market.decimals))
            moves[market.id] = closes[market.id].pct_change().mul(100).round(2)
        moves[market.id] = moves[market.id].dropna() + 0.0  # no minus before a zero
    return Prices(closes, moves, frozenset(yields))
