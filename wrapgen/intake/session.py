"""When a wrap is written: the session's date where the market is, and the part of its day."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from wrapgen.intake.reference import RegionRef

# The first half hour is "the open", whatever the exchange.
_OPENING = dt.timedelta(minutes=30)
# Hours of an ordinary day, for exchanges without a calendar and days past its end.
_USUAL = (dt.time(9), dt.time(16))
# Noon's place in the day of an exchange without a lunch break.
_MIDDAY = (dt.time(12), dt.time(13, 30))


def session_date(as_of: dt.date | dt.datetime, region: RegionRef) -> dt.date:
    """The date of ``as_of`` in the region's own time zone; the weekday in the text comes from it."""
    if isinstance(as_of, dt.datetime):
        return as_of.astimezone(ZoneInfo(region.timezone)).date()
    return as_of


def phase_of(as_of: dt.date | dt.datetime, region: RegionRef) -> str:
    """The part of the day that ``as_of`` falls in; a bare date is ``close``.

    From the calendar of the region's main exchange. Where there is no calendar, or the day lies
    beyond its end, the hours of an ordinary day (9:00 to 16:00) are taken. A day without trading
    is looked back on: ``close``.
    """
    if not isinstance(as_of, dt.datetime):
        return "close"
    calendar = _calendar(region.calendar) if region.calendar else None
    # The exchange's own zone: that of region "global" is not that of the exchange that it goes by.
    zone = ZoneInfo(region.timezone) if calendar is None else calendar.tz
    local = as_of.astimezone(zone)
    hours = None if calendar is None else _hours(calendar, local.date())
    if hours is None:
        opens, closes = (dt.datetime.combine(local.date(), hour, zone) for hour in _USUAL)
        phase = _part(local, opens, closes, None)
    elif not hours:
        return "close"
    else:
        opens, pause, resume, closes = hours
        phase = _part(local, opens, closes, (pause, resume) if pause and resume else None)
    # Somewhere in the world the day is under way before New York opens.
    return "morning" if phase == "preview" and region.id == "global" else phase


def _part(
    now: dt.datetime,
    opens: dt.datetime,
    closes: dt.datetime,
    lunch: tuple[dt.datetime, dt.datetime] | None,
) -> str:
    zone = now.tzinfo
    if lunch is None:
        day = opens.astimezone(zone).date()
        lunch = (dt.datetime.combine(day, _MIDDAY[0], zone), dt.datetime.combine(day, _MIDDAY[1], zone))
    if now < opens:
        return "preview"
    if now >= closes:
        return "close"
    if now < opens + _OPENING:
        return "open"
    return "morning" if now < lunch[0] else "midday" if now < lunch[1] else "afternoon"


# opens, lunch begins, lunch ends, closes
_Hours = tuple[dt.datetime, dt.datetime | None, dt.datetime | None, dt.datetime]


def _hours(calendar: Any, day: dt.date) -> _Hours | tuple[()] | None:
    """The hours of ``day``; empty for a day without trading, None beyond the calendar's ends."""
    if not calendar.first_session.date() <= day <= calendar.last_session.date():
        return None
    label = day.isoformat()
    if not calendar.is_session(label):
        return ()
    row = calendar.schedule.loc[label]
    opens, pause, resume, closes = (
        None if moment is None or moment != moment else moment.to_pydatetime()  # NaT is not itself
        for moment in (row["open"], row["break_start"], row["break_end"], row["close"])
    )
    return (opens, pause, resume, closes) if opens and closes else None


@cache
def _calendar(code: str) -> Any:
    """The calendar, built once a process (up to 3 s); None where there is none to be had."""
    try:
        # Here and not above: the package brings pandas with it, 1.4 s that a dated snapshot need not pay.
        import exchange_calendars

        return exchange_calendars.get_calendar(code)
    except Exception:  # no package, no such code, or a calendar that fails on its own data: all the same here
        return None
