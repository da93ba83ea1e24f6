"""Gates about an index and what it is made of: weights, contributions, breadth."""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from wrapgen.intake.gates.types import Finding, Limits, View, figure, signed
from wrapgen.intake.snapshot import Market, Stock


def against_constituents(view: View, limits: Limits) -> Iterator[Finding]:
    """An index that went one way while every one of its stocks that was sent went the other."""
    for index in view.made_up:
        pct = index.change_pct
        stocks = [s for s in view.constituents(index) if s.change_pct is not None]
        if pct is None or abs(pct) < limits.number("index") or len(stocks) < limits.number("stocks"):
            continue
        if all(abs(s.change_pct or 0) >= limits.number("stock") and (s.change_pct or 0) * pct < 0 for s in stocks):
            message = f"{index.name} moved {signed(pct)}%, and all {len(stocks)} of its stocks the other way"
            yield Finding(f"{index.pointer}/change_pct", message, {"move": pct, "stocks": len(stocks)})


def against_breadth(view: View, limits: Limits) -> Iterator[Finding]:
    """An index that moved while hardly any share of its market went its way."""
    moves = {m.id: m for m in view.made_up}
    for breadth in view.snapshot.breadth:
        index, shares = moves.get(breadth.market), breadth.advancers + breadth.decliners
        if index is None or index.change_pct is None or abs(index.change_pct) < limits.number("index"):
            continue
        with_it = breadth.advancers if index.change_pct > 0 else breadth.decliners
        if shares >= limits.number("shares") and 100 * with_it < limits.number("percent") * shares:
            message = f"{index.name} moved {signed(index.change_pct)}%, and only {with_it} of {shares} shares with it"
            yield Finding(breadth.pointer, message, {"move": index.change_pct, "with_it": with_it, "shares": shares})


def weights_sum(view: View, limits: Limits) -> Iterator[Finding]:
    """Weights that make more than the whole of an index."""
    for name, stocks in view.by_index.items():
        total = fsum(stock.weight_pct or 0 for stock in stocks)
        if total > 100 + limits.number("slack"):
            message = f"the weights of its {len(stocks)} stocks make {figure(total)}% of {name}"
            last = next(stock for stock in reversed(stocks) if stock.weight_pct)
            yield Finding(f"{last.pointer}/weight_pct", message, {"total": round(total, 4)})


def constituents_add_up(view: View, limits: Limits) -> Iterator[Finding]:
    """Weights times moves leave the rest of the index a move that it cannot have made."""
    for index in view.made_up:
        stocks = [s for s in view.constituents(index) if s.weight_pct and s.change_pct is not None]
        weight = fsum(s.weight_pct or 0 for s in stocks)
        if index.change_pct is None or not stocks or weight > 100 + limits.number("slack"):
            continue
        made = fsum((s.weight_pct or 0) * (s.change_pct or 0) for s in stocks) / 100
        rest = max(0.0, 100 - weight)
        if abs(index.change_pct - made) > limits.number("tolerance") + rest / 100 * limits.number("rest"):
            message = (
                f"{index.name} moved {signed(index.change_pct)}%, but {figure(weight)}% of it made {signed(made)} "
                "points of percent: the rest cannot make up the difference"
            )
            figures = {"move": index.change_pct, "explained": round(made, 4), "weight": round(weight, 4)}
            yield Finding(f"{index.pointer}/change_pct", message, figures)


def contribution(view: View, limits: Limits) -> Iterator[Finding]:
    """Index points that a stock of its weight and move cannot have added."""
    for index in view.made_up:
        base = _base(index)
        for stock in view.constituents(index) if base is not None else ():
            points, pct = stock.contribution_points, stock.change_pct
            moved = (base or 0) * (pct or 0) / 100  # the points of an index that is nothing but this stock
            if points is None or not moved or abs(points) < limits.number("points"):
                continue
            implied, known, factor = 100 * points / moved, stock.weight_pct, limits.number("factor")
            made = f"{signed(points)} points of a stock that moved {signed(pct or 0)}% would make it {implied:.1f}%"
            figures = {"points": points, "move": pct or 0.0, "implied_weight": round(implied, 4)}
            if implied > limits.number("heaviest"):
                yield Finding(f"{stock.pointer}/contribution_points", f"{made} of {index.name}", figures)
            elif known and not known <= implied * factor <= known * factor * factor:
                message = f"{made} of {index.name}, not {figure(known)}%"
                yield Finding(f"{stock.pointer}/contribution_points", message, figures | {"weight": known})


def contributions_sum(view: View, limits: Limits) -> Iterator[Finding]:
    """Contributions of nearly the whole index that do not make its change."""
    for index in view.made_up:
        stocks: list[Stock] = [s for s in view.constituents(index) if s.contribution_points is not None]
        weight = fsum(s.weight_pct or 0 for s in stocks)
        change, base = index.change, _base(index)
        if change is None and base is not None and index.change_pct is not None:
            change = base * index.change_pct / 100
        if change is None or base is None or weight < limits.number("covered"):
            continue
        total = fsum(s.contribution_points or 0 for s in stocks)
        allowed = base * (limits.number("tolerance") + max(0.0, 100 - weight) / 100 * limits.number("rest")) / 100
        if abs(total - change) > allowed:
            message = f"the contributions make {signed(total)} points, but {index.name} changed by {signed(change)}"
            yield Finding(f"{index.pointer}/change", message, {"change": round(change, 4), "total": round(total, 4)})


def _base(index: Market) -> float | None:
    """The index before its move, in points; None where it cannot be worked out."""
    if index.previous_close is not None:
        return index.previous_close if index.previous_close > 0 else None
    if index.level is None or index.change_pct is None or index.change_pct <= -100:
        return None
    base = index.level / (1 + index.change_pct / 100)
    return base if base > 0 else None
