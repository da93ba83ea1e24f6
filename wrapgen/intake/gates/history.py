"""Gates about the closes sent: missing sessions, days without one, a price that stands still, old figures resent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from wrapgen.intake.gates.types import Finding, Limits, View, digits, figure, signed
from wrapgen.intake.snapshot import Series


def history_holes(view: View, limits: Limits) -> Iterator[Finding]:
    """Sessions that are missing among the older closes: spans told from them may be wrong."""
    for series, missing in view.missing:
        recent = _recent(series, limits)
        older = [day for day in missing if day < recent]
        if len(older) > limits.number("missing"):
            yield _hole(series, older)


def history_recent_hole(view: View, limits: Limits) -> Iterator[Finding]:
    """Sessions that are missing among the last ones: the move of the day before and runs of sessions are wrong."""
    for series, missing in view.missing:
        recent = _recent(series, limits)
        latest = [day for day in missing if day >= recent]
        if len(latest) > limits.number("missing"):
            yield _hole(series, latest)


def history_closed_day(view: View, limits: Limits) -> Iterator[Finding]:
    """Closes of days on which the exchange was closed: filled in, or of another market."""
    for market, series in view.histories:
        closures = view.closures(market)
        off = [day for day in series.dates if closures.off(day) is not None] if closures is not None else []
        if len(off) > limits.number("days"):
            at = series.dates.index(off[-1])
            message = f"{len(off)} closes are of days without a session, the last of {off[-1]}"
            yield Finding(f"{series.pointer}/dates/{at}", message, {"days": len(off), "last": off[-1].isoformat()})


def history_repeats(view: View, limits: Limits) -> Iterator[Finding]:
    """One close again and again: a feed that stood still."""
    for market, series in view.histories:
        most = limits.of("closes", market.kind)
        if most is None:
            continue
        closes, run = series.closes, 1
        for index in range(1, len(closes)):
            run = run + 1 if closes[index] == closes[index - 1] else 1
            if run > most and (index + 1 == len(closes) or closes[index + 1] != closes[index]):
                message = f"{market.name} closed {run} times in a row at {figure(closes[index])}"
                yield Finding(f"{series.pointer}/closes/{index}", message, {"close": closes[index], "times": run})


def history_not_positive(view: View, limits: Limits) -> Iterator[Finding]:
    """A close of nothing or less, of a market that cannot have one."""
    for market, series in view.histories:
        if market.kind in ("yield", "commodity", "future"):
            continue
        for index, close in enumerate(series.closes):
            if close <= 0:
                message = f"{market.name} cannot have closed at {figure(close)}"
                yield Finding(f"{series.pointer}/closes/{index}", message, {"close": close})
                break


def resent(view: View, limits: Limits) -> Iterator[Finding]:
    """Today's level is history's last close, though a move was sent: the figures of the session before again."""
    for market, series, last in view.pasts:
        move = market.change_pct if market.change_pct is not None else market.change
        if last is None or market.level != last or not move or abs(move) < limits.number("move"):
            continue
        message = f"{market.name} stands at {figure(last)}, its close of {series.dates[-1]}, yet moved {signed(move)}"
        yield Finding(f"{market.pointer}/level", message, {"level": last, "move": move})


def old_session(view: View, limits: Limits) -> Iterator[Finding]:
    """Level and move are those of one day of the history: an old session's data arriving as today's."""
    for market, series, _ in view.pasts:
        level, pct = market.level, market.change_pct
        if level is None or pct is None or market.kind == "yield" or digits(level) < limits.number("digits"):
            continue
        closes = series.closes
        for index in range(len(closes) - 1, 0, -1):
            if closes[index] != level or closes[index - 1] <= 0:
                continue
            then = 100 * (level / closes[index - 1] - 1)
            if abs(then - pct) <= limits.number("rounding") and abs(pct) >= limits.number("move"):
                day = series.dates[index].isoformat()
                message = f"{figure(level)} and {signed(pct)}% are the figures of {day}, not of {view.day}"
                yield Finding(f"{market.pointer}/level", message, {"level": level, "move": pct, "session": day})
                break


def _recent(series: Series, limits: Limits) -> dt.date:
    """The first of the last few days of a history."""
    return series.dates[-max(1, min(len(series.dates), int(limits.number("recent"))))]


def _hole(series: Series, missing: list[dt.date]) -> Finding:
    many = "session is" if len(missing) == 1 else "sessions are"
    message = f"{len(missing)} {many} missing, the last of {missing[-1]}"
    return Finding(series.pointer, message, {"missing": len(missing), "last": missing[-1].isoformat()})
