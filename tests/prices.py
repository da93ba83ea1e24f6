"""Half a year of real daily closes: the package's snapshots of three regions, and the closes on their own.

The snapshots are those of `wrapgen snapshot`. The closes beside them are read here with pandas alone, so that what
is said of the past can be worked out without the package. No price is held here.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import wrapgen
from wrapgen.batch.making import Span, load_names, make_snapshots, measure_all
from wrapgen.batch.prices import read_prices
from wrapgen.batch.snapshots import Day
from wrapgen.resources import default_rules_directory

FOLDER = Path(__file__).parents[1] / ".." / "shared" / "data" / "prices-2025-26"
REGIONS = ("asia-pacific", "europe", "us")
EVER = Span(dt.date(2000, 1, 1), dt.date(2100, 1, 1))


@cache
def days() -> tuple[Day, ...]:
    """Every session of every region, made of the price files or refused, region by region."""
    names = load_names(default_rules_directory())
    measures = measure_all(read_prices([FOLDER]), names, REGIONS)
    return tuple(day for region in REGIONS for day in make_snapshots(measures, names, region, EVER, "close"))


class Closes(NamedTuple):
    """Closes by market id, rounded as they are printed, each without its days off, and their moves.

    A move is against the market's own session before: percent, two decimals; of yields, basis points.
    """

    closes: dict[str, pd.Series]
    moves: dict[str, pd.Series]


@cache
def prices() -> Closes:
    """Of every file whose symbol the reference data know; yields to three decimals, the rest to two."""
    found = Closes({}, {})
    reference = wrapgen.load_rules().reference
    for file in sorted(FOLDER.glob("*.csv")):
        table = pd.read_csv(file, header=[0, 1], index_col=0, skiprows=[2], parse_dates=True)
        market = reference.by_yahoo(str(table.columns[0][1]))
        if market is None:
            continue
        closed = table["Close"].iloc[:, 0].dropna()
        if market.kind == "yield":
            found.closes[market.id] = closed.round(3)
            moves = found.closes[market.id].diff().mul(100).round(1)
        else:
            found.closes[market.id] = closed.round(max(2, market.decimals))
            moves = found.closes[market.id].pct_change().mul(100).round(2)
        found.moves[market.id] = moves.dropna() + 0.0  # no minus before a zero
    return found
