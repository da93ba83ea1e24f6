"""Stocks, read: id, symbol and short name made, figures checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wrapgen.intake.figures import contradictions, direction_of
from wrapgen.intake.markets import read_milestones
from wrapgen.intake.names import short_company_name, symbol
from wrapgen.intake.problems import Findings, show
from wrapgen.intake.reference import Reference
from wrapgen.intake.snapshot import Stock, make_stock


def read_stocks(
    raw: Sequence[dict[str, Any]], phase: str, reference: Reference, findings: Findings
) -> tuple[Stock, ...]:
    """The stocks as sent, in their order. A price without a currency is in that of its exchange."""
    return tuple(_stock(sent, f"/stocks/{index}", phase, reference, findings) for index, sent in enumerate(raw))


def _stock(sent: dict[str, Any], where: str, phase: str, reference: Reference, findings: Findings) -> Stock:
    mic, ticker = sent["exchange"], sent["ticker"]
    exchange = reference.exchanges.get(mic)
    if exchange is None:
        message = f"{show(mic)} is no exchange that we know (ISO 10383 code)"
        findings.problem(f"{where}/exchange", message, meant=mic, candidates=reference.exchanges)
    for key, message in contradictions(sent, "stock"):
        findings.problem(f"{where}/{key}", message)
    pct, points, effect = sent.get("change_pct"), sent.get("contribution_points"), sent.get("effect")
    if pct is not None and points is not None and pct * points < 0:
        message = f"{points:g} has another sign than change_pct {pct:g}"
        findings.problem(f"{where}/contribution_points", message)
    direction = sent.get("direction") or direction_of(pct)
    if (effect, direction) in (("lift", "down"), ("drag", "up")):
        findings.warning(f"{where}/effect", f"'{effect}' is left out: the stock went {direction}")
        effect = None
    return make_stock(
        id=f"{mic}:{ticker}",
        pointer=where,
        ticker=ticker,
        exchange=mic,
        symbol=symbol(exchange.prefix if exchange else mic, ticker),
        name=sent["name"],
        short_name=sent.get("short_name") or short_company_name(sent["name"]),
        market=sent.get("market"),
        sector=sent.get("sector"),
        session=sent.get("session", "current"),
        change_pct=pct,
        approx=sent.get("approx"),
        direction=direction,
        price=sent.get("price"),
        currency=sent.get("currency") or (exchange.currency if exchange and "price" in sent else None),
        weight_pct=sent.get("weight_pct"),
        contribution_points=points,
        effect=effect,
        milestones=read_milestones(
            sent, where, direction, phase if sent.get("session", "current") == "current" else "close", findings
        ),
        because=sent.get("because", ()),
    )
