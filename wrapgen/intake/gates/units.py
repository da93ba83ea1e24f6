"""Gates about units: fractions sent as percent, percent as basis points, moves that the levels deny."""

from __future__ import annotations

from collections.abc import Iterator

from wrapgen.intake.gates.types import Finding, Limits, View, decimals, figure, signed
from wrapgen.intake.snapshot import Market, Stock

_HUNDREDFOLD = (80.0, 125.0)  # a ratio between two units that are a hundred apart, rounding allowed for


def fraction_as_percent(view: View, limits: Limits) -> Iterator[Finding]:
    """Every percentage of the day is tiny, or all are small and have the many decimals of a fraction."""
    items: list[Market | Stock] = [*view.moved, *view.snapshot.stocks]
    moved = [item for item in items if item.change_pct]
    sizes = [abs(item.change_pct or 0) for item in moved]
    if len(sizes) < limits.number("figures"):
        return
    largest = max(sizes)
    if largest >= limits.number("all_below"):
        fine = largest < limits.number("fine_below") and [s for s in sizes if decimals(s) >= limits.number("decimals")]
        if not fine or 2 * len(fine) <= len(sizes):
            return
    message = (
        f"no percentage of {len(sizes)} is larger than {figure(largest)}: "
        f"are they fractions, so that {figure(largest)} stands for {figure(100 * largest)}%?"
    )
    yield Finding(f"{moved[0].pointer}/change_pct", message, {"figures": len(sizes), "largest": largest})


def yield_change_unit(view: View, limits: Limits) -> Iterator[Finding]:
    """A yield's change so small, or so finely given, that it is in percentage points and not in basis points."""
    for market in view.moved:
        change = market.change
        if market.kind != "yield" or not change:
            continue
        if abs(change) < limits.number("below") and decimals(change) >= limits.number("decimals"):
            message = f"a change of {figure(change)} basis points: is it {figure(change)} percentage points?"
            yield Finding(f"{market.pointer}/change", message, {"change": change, "basis_points": 100 * change})


def yield_level(view: View, limits: Limits) -> Iterator[Finding]:
    """A yield whose level is no percentage that bonds pay: basis points, a fraction or a price."""
    for market in view.snapshot.markets:
        if market.kind == "yield" and market.level is not None and abs(market.level) > limits.number("most"):
            message = f"a yield of {figure(market.level)}%: is it in basis points, or a price?"
            yield Finding(f"{market.pointer}/level", message, {"level": market.level})


def move_against_history(view: View, limits: Limits) -> Iterator[Finding]:
    """The move sent is not the way from history's last close to the level sent."""
    for market, series, last in view.pasts:
        if last is None or last <= 0 or market.level is None:
            continue
        if market.kind == "yield":
            key, sent, made, unit = "change", market.change, 100 * (market.level - last), " basis points"
            allowed = limits.number("basis_points")
        else:
            key, sent, made, unit = "change_pct", market.change_pct, 100 * (market.level / last - 1), "%"
            allowed = limits.number("percent")
            if market.approx is not None:
                continue
        if sent is None or abs(made - sent) <= allowed:
            continue
        message = (
            f"{signed(sent)}{unit}, but from {figure(last)} on {series.dates[-1]} to {figure(market.level)} "
            f"is {signed(made)}{unit}"
        )
        if sent and _HUNDREDFOLD[0] <= made / sent <= _HUNDREDFOLD[1]:
            message += "; it was sent a hundred times too small"
        elif made and _HUNDREDFOLD[0] <= sent / made <= _HUNDREDFOLD[1]:
            message += "; it was sent a hundred times too large"
        figures = {"sent": sent, "implied": round(made, 4), "level": market.level, "last_close": last}
        yield Finding(f"{market.pointer}/{key}", message, figures)
