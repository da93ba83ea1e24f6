"""Gates about the size of moves: beyond what the instrument does, wide as no day is, shaped like a split."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from wrapgen.intake.gates.types import Finding, Limits, Past, View, figure, signed
from wrapgen.intake.snapshot import Market, Stock

# Between these no split is looked for: nearly every move of every day lies there.
_NO_SPLIT = (0.6, 1.6)


def beyond_usual(view: View, limits: Limits) -> Iterator[Finding]:
    """A move so many standard deviations of its own history away, and larger than its kind's floor."""
    for past in view.pasts:
        market = past.market
        move = market.change if market.kind == "yield" else market.change_pct
        floor = limits.of("floor", market.kind)
        if move is None or floor is None or abs(move) <= floor:
            continue
        usual = _deviation(past, limits)
        if usual is not None and abs(move) > limits.number("deviations") * usual:
            key = "change" if market.kind == "yield" else "change_pct"
            message = (
                f"{market.name} moved {signed(move)}{_unit(market.kind)}, {abs(move) / usual:.0f} times "
                f"what is usual for it ({figure(round(usual, 2))})"
            )
            yield Finding(f"{market.pointer}/{key}", message, {"move": move, "deviation": round(usual, 4)})


def beyond_kind(view: View, limits: Limits) -> Iterator[Finding]:
    """A move beyond what an instrument of its kind makes in a day, where there is too little history to tell."""
    known = {past.market.id for past in view.pasts if len(past.series.closes) > limits.number("history")}
    moves: list[tuple[Market | Stock, str, str, float | None]] = [
        (m, m.kind, "change" if m.kind == "yield" else "change_pct", m.change if m.kind == "yield" else m.change_pct)
        for m in view.snapshot.markets
        if m.id not in known and not m.closed
    ]
    moves += [(stock, "stock", "change_pct", stock.change_pct) for stock in view.snapshot.stocks]
    for item, kind, key, move in moves:
        most = limits.of("most", kind)
        if move is not None and most is not None and abs(move) > most:
            what, unit = ("a stock" if kind == "stock" else f"one of its kind ({kind})"), _unit(kind)
            message = f"{item.name} moved {signed(move)}{unit}: {what} hardly moves more than {most:g}{unit} in a day"
            yield Finding(f"{item.pointer}/{key}", message, {"move": move, "most": most})


def day_range(view: View, limits: Limits) -> Iterator[Finding]:
    """A day's high and low further apart than prints of one instrument are: one of them is a bad print."""
    for market in view.snapshot.markets:
        if market.high is None and market.low is None and market.open is None:
            continue
        prints = [
            (value, key)
            for key in ("open", "high", "low", "level", "previous_close")
            if (value := getattr(market, key)) is not None and value > 0
        ]
        most = limits.of("most", market.kind)
        if len(prints) < 2 or most is None:
            continue
        (low, lowest), (high, highest) = min(prints), max(prints)
        width = 100 * (high / low - 1)
        if width > most:
            bad = next((key for key in (highest, lowest) if key in ("open", "high", "low")), highest)
            message = (
                f"{market.name} went from {figure(low)} ({lowest}) to {figure(high)} ({highest}), {width:.0f}% apart, "
                "in one day: is one of them a bad print?"
            )
            yield Finding(f"{market.pointer}/{bad}", message, {"low": low, "high": high, "apart": round(width, 2)})


def split_jump(view: View, limits: Limits) -> Iterator[Finding]:
    """A move that a split, a consolidation or a moved decimal point would make: to a half, a tenth, the double."""
    lasts = {past.market.id: past.last for past in view.pasts if past.last}
    for market in view.snapshot.markets:
        if market.kind == "volatility" or market.closed:
            continue
        last, key = lasts.get(market.id), "change_pct"
        if last and market.level is not None and market.session == "current":
            ratio, key = market.level / last, "level"
        elif market.change_pct is not None:
            ratio = 1 + market.change_pct / 100
        else:
            continue
        if (factor := _split(ratio, limits)) is not None:
            yield _looks_split(f"{market.pointer}/{key}", market.name, ratio, factor)
    for stock in view.snapshot.stocks:
        if stock.change_pct is None:
            continue
        ratio = 1 + stock.change_pct / 100
        if (factor := _split(ratio, limits)) is not None:
            yield _looks_split(f"{stock.pointer}/change_pct", stock.name, ratio, factor)


def split_in_history(view: View, limits: Limits) -> Iterator[Finding]:
    """The same between two closes of a history: what is highest or lowest since then would be wrong."""
    kinds = {market.id: market.kind for market in view.snapshot.markets}
    for name, series in view.snapshot.history.items():
        if kinds.get(name) in ("volatility", "yield"):
            continue
        before = 0.0
        for index, close in enumerate(series.closes):
            if before > 0 and (factor := _split(close / before, limits)) is not None:
                yield _looks_split(f"{series.pointer}/closes/{index}", name, close / before, factor)
            before = close


def _looks_split(pointer: str, name: str, ratio: float, factor: str) -> Finding:
    message = f"{name} is at {figure(round(ratio, 4))} times what it was: is it a split of {factor}, not adjusted for?"
    return Finding(pointer, message, {"ratio": round(ratio, 6), "factor": factor})


def _split(ratio: float, limits: Limits) -> str | None:
    """``7 for 1`` or ``1 for 10`` where the ratio has the shape of one, the day's own move allowed for."""
    if _NO_SPLIT[0] < ratio < _NO_SPLIT[1] or ratio <= 0:
        return None
    slack = limits.number("tolerance")
    for factor in limits.numbers("ratios"):
        if abs(ratio * factor - 1) <= slack:
            return f"{factor:g} for 1"
        if abs(ratio / factor - 1) <= slack:
            return f"1 for {factor:g}"
    return None


def _deviation(past: Past, limits: Limits) -> float | None:
    """The root mean square of the last moves, in percent (basis points for yields); None for too short a history."""
    closes = past.series.closes[-int(limits.number("sessions")) :]
    if past.market.kind == "yield":
        moves = [100 * (b - a) for a, b in zip(closes, closes[1:], strict=False)]
    else:
        moves = [100 * (b / a - 1) for a, b in zip(closes, closes[1:], strict=False) if a > 0 < b]
    if len(moves) < limits.number("history"):
        return None
    return sqrt(sum(move * move for move in moves) / len(moves)) or None


def _unit(kind: str) -> str:
    return " basis points" if kind == "yield" else "%"
