"""A small day, made by hand, on which every kind of claim can be true, false or out of the data."""

from __future__ import annotations

from typing import Any

import wrapgen
from tests.cases.library import day, event, stock
from wrapgen import Claim, verify
from wrapgen.intake.snapshot import Snapshot


def asia(**changed: Any) -> dict[str, Any]:
    """A Wednesday: Hong Kong leads, Tokyo falls for SoftBank's sake, Sydney hardly moves, Wall Street rose before."""
    closes = [25000.0, 25100.0, 25050.0, 25300.0, 25400.0, 25500.0]
    dates = ["2025-11-04", "2025-11-05", "2025-11-06", "2025-11-07", "2025-11-10", "2025-11-11"]
    made = day(
        {
            "HSI": {"change_pct": 1.6, "level": 25908.0, "previous_close": 25500.0},
            "N225": {
                "change_pct": -0.84,
                "level": 50412.5,
                "milestone": {"type": "worst_day", "since": "2025-04"},
                "streak": {"direction": "down", "sessions": 3, "status": "extends"},
            },
            "KS11": {"change_pct": 0.45, "milestone": {"type": "record_high"}, "because": ["accord"]},
            "STI": {"change_pct": 0.3, "path": "pared_gains"},
            "AS51": {"change_pct": 0.0},
            "SPX": {"change_pct": 1.1, "role": "backdrop", "session": "previous"},
            "BRENT": {"change_pct": -0.8, "level": 67.25, "role": "context"},
            "US10Y": {"change": -3.2, "level": 4.127, "role": "context"},
            "USDJPY": {"change_pct": 0.7, "level": 154.45, "role": "context"},
        },
        stocks=[
            stock("9984", name="SoftBank Group Corp.", short_name="SoftBank", change_pct=-10.0, effect="drag",
                  because=["sale"], contribution_points=-449),
            stock("6758", name="Sony Corp", short_name="Sony", change_pct=3.0, because=["earnings"]),
        ],
        sectors=[
            {"market": "HSI", "name": "technology", "direction": "up"},
            {"market": "N225", "name": "banks", "direction": "down"},
        ],
        events=[
            event("accord", type="trade", clause="Washington and Beijing signed a trade accord",
                  noun_phrase="a trade accord between Washington and Beijing"),
            {"id": "sale", "type": "stake_sale", "status": "confirmed", "who": "XTKS:9984", "target": "Nvidia",
             "extent": "entire", "shares": 31200000, "value": {"amount": 5800000000, "currency": "USD"},
             "polarity": "negative", "when": "2025-10"},
            {"id": "earnings", "type": "earnings", "status": "happened", "who": "XTKS:6758", "result": "beat",
             "polarity": "positive"},
            {"id": "fed", "type": "central_bank", "status": "scheduled", "who": "Federal Reserve", "action": "hold",
             "when": "2025-11-14", "polarity": "neutral"},
        ],
        breadth=[{"market": "HSI", "advancers": 60, "decliners": 21}],
        volume=[{"market": "HSI", "turnover": 398000000000, "currency": "HKD"}],
        history={"HSI": {"dates": dates, "closes": closes}},
    )  # fmt: skip
    return {**made, **changed}


def read(sent: dict[str, Any]) -> Snapshot:
    return wrapgen.read_snapshot(sent)


DAY = read(asia())


def claims(text: str, snapshot: Snapshot = DAY) -> list[Claim]:
    return verify(text, snapshot)


def faults(text: str, snapshot: Snapshot = DAY) -> list[Claim]:
    return [claim for claim in verify(text, snapshot) if claim.status != "supported"]
