"""Gates about time: data from the future, old data, days without a session, the wrong year."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from wrapgen.intake.gates.types import Finding, Limits, View, local_date
from wrapgen.intake.snapshot import Event, Market

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_DONE = ("happened", "confirmed")
_DUE = ("scheduled", "expected")


def future(view: View, limits: Limits) -> Iterator[Finding]:
    """``as_of`` lies after now. A bare date is compared with the date in the region's own time zone."""
    if view.now is None:
        return
    as_of, today = view.snapshot.as_of, _today(view, view.now)
    if as_of is not None and as_of - view.now > dt.timedelta(minutes=limits.number("minutes")):
        ahead = f"{as_of.isoformat()} is still to come: it is {view.now.isoformat()} now"
        yield Finding("/as_of", ahead, {"as_of": as_of.isoformat(), "now": view.now.isoformat()})
    elif as_of is None and view.day > today:
        ahead = f"{view.day} is still to come: today is {today}"
        yield Finding("/as_of", ahead, {"as_of": view.day.isoformat(), "now": view.now.isoformat()})


def stale(view: View, limits: Limits) -> Iterator[Finding]:
    """Old data sent as news: days after its session, or hours after a moment within one."""
    if view.now is None:
        return
    as_of, days = view.snapshot.as_of, (_today(view, view.now) - view.day).days
    figures = {"as_of": (as_of or view.day).isoformat(), "now": view.now.isoformat()}
    if days > limits.number("days"):
        yield Finding("/as_of", f"the session is {days} days old: it is {view.now.isoformat()} now", figures)
    elif as_of is not None and view.snapshot.phase != "close":
        hours = (view.now - as_of).total_seconds() / 3600
        if hours > limits.number("hours"):
            yield Finding("/as_of", f"the {view.snapshot.phase} that it tells of is {hours:.0f} hours old", figures)


def weekend(view: View, limits: Limits) -> Iterator[Finding]:
    """Indices that moved on a day of the week on which their exchange is closed."""
    moved = [market for market, why in view.shut if why == "weekend"]
    if moved:
        first = min(moved, key=lambda m: m.pointer)
        place = "/as_of" if len(moved) == len(view.indices) else first.pointer
        message = f"{view.day} is a {view.day:%A}, and {_names(moved)} cannot have moved on it"
        yield Finding(place, message, {"day": view.day.isoformat(), "weekday": f"{view.day:%A}"})


def holiday(view: View, limits: Limits) -> Iterator[Finding]:
    """Indices that moved on a day off of their exchange; one finding an exchange."""
    by_exchange: dict[str, list[Market]] = defaultdict(list)
    for market, why in view.shut:
        if why != "holiday":
            continue
        exchange = view.exchange(market)
        by_exchange[exchange.name if exchange is not None else ""].append(market)
    for name, markets in by_exchange.items():
        message = f"{view.day} is a holiday of the {name}, and {_names(markets)} cannot have moved on it"
        yield Finding(markets[0].pointer, message, {"day": view.day.isoformat(), "exchange": name})


def closed_on_session_day(view: View, limits: Limits) -> Iterator[Finding]:
    """A market that is said to be closed on a day on which its exchange should be open."""
    for market in view.snapshot.markets:
        if not market.closed or market.kind != "index" or market.session != "current":
            continue
        closures = view.closures(market)
        if closures is not None and closures.knows(view.day) and closures.off(view.day) is None:
            message = f"{market.name} is said to be closed, though {view.day} is a session of its exchange"
            yield Finding(f"{market.pointer}/closed", message, {"day": view.day.isoformat()})


def wrong_year(view: View, limits: Limits) -> Iterator[Finding]:
    """History that ends so long before ``as_of`` that one of the two has the wrong year."""
    for pointer, last, days in _ends(view):
        if days >= limits.number("days"):
            message = f"history ends on {last}, {days} days before {view.day}: one of the two has the wrong year"
            yield Finding(pointer, message, {"as_of": view.day.isoformat(), "last": last.isoformat(), "days": days})


def history_ends_early(view: View, limits: Limits) -> Iterator[Finding]:
    """History that lacks the last weeks: its session is not the one that ``as_of`` says."""
    for pointer, last, days in _ends(view):
        if limits.number("days") < days < limits.number("less_than_days"):
            message = f"history ends on {last}, {days} days before {view.day}: is this an old session's data?"
            yield Finding(pointer, message, {"as_of": view.day.isoformat(), "last": last.isoformat(), "days": days})


def impossible_date(view: View, limits: Limits) -> Iterator[Finding]:
    """A milestone counted from a day that has not come yet."""
    for milestones in [m.milestones for m in view.snapshot.markets] + [s.milestones for s in view.snapshot.stocks]:
        for milestone in milestones:
            for key, text in (("since", milestone.since), ("near/when", milestone.near_when)):
                begins = _begins(text)
                if text and begins is not None and begins >= view.day:
                    message = f"{text} is not before {view.day}, so that nothing can be compared with it"
                    yield Finding(f"{milestone.pointer}/{key}", message, {"date": text, "as_of": view.day.isoformat()})


def event_date(view: View, limits: Limits) -> Iterator[Finding]:
    """An event that is said to have happened before it could, or to be still to come after it was due."""
    for event in view.snapshot.events:
        if event.when is None or event.when[:1] not in ("1", "2"):  # words
            continue
        if event.status in _DONE:
            begins = _begins(event.when)
            wrong = begins is not None and (begins - view.day).days > limits.number("days")
            told = f"'{event.status}' in {event.when}, which is still to come"
        elif event.status in _DUE:
            ends = _ends_on(event)
            wrong = ends is not None and (view.day - ends).days > limits.number("days")
            told = f"'{event.status}' for {event.when}, which has passed"
        else:
            continue
        if wrong:
            figures = {"when": event.when, "as_of": view.day.isoformat(), "status": event.status}
            yield Finding(f"{event.pointer}/when", told, figures)


def _today(view: View, now: dt.datetime) -> dt.date:
    region = view.reference.region(view.snapshot.region)
    return local_date(now, region.timezone) if region is not None else now.astimezone(ZoneInfo("UTC")).date()


def _names(markets: list[Market]) -> str:
    names = sorted(market.short_name for market in markets)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _ends(view: View) -> Iterator[tuple[str, dt.date, int]]:
    """(pointer, last day, days before ``as_of``) of every history with a day."""
    for series in view.snapshot.history.values():
        if series.dates:
            last = series.dates[-1]
            yield f"{series.pointer}/dates/{len(series.dates) - 1}", last, (view.day - last).days


def _begins(text: str | None) -> dt.date | None:
    """The first day of ``2025-10-02``, ``2025-10`` or ``2025``; None for words."""
    found = _DATE.fullmatch(text or "")
    try:
        return dt.date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def _ends_on(event: Event) -> dt.date | None:
    """The last day of what ``when`` names; None for words."""
    begins = _begins(event.when)
    if begins is None or event.when is None:
        return None
    if len(event.when) == 10 or begins.year >= dt.MAXYEAR:
        return begins
    month = begins.month if len(event.when) == 7 else 12
    return dt.date(begins.year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
