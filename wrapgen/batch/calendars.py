"""The sessions of an exchange between two dates: what tells a holiday from a session without a price."""

from __future__ import annotations

import datetime as dt
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MARGIN = dt.timedelta(days=10)
_ANY_TIME = (dt.date(2020, 1, 6), dt.date(2020, 3, 2))  # every calendar knows it


class Sessions(NamedTuple):
    """The sessions of one exchange, ascending, and the last day of which the calendar knows anything."""

    days: NDArray[np.datetime64]
    until: np.datetime64

    def before(self, days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
        """The session before each of ``days``; past the calendar's end NaT: nobody knows."""
        place = np.searchsorted(self.days, days, side="left") - 1
        found = np.where(place >= 0, self.days[np.maximum(place, 0)], np.datetime64("NaT"))
        return np.where(days <= self.until, found, np.datetime64("NaT"))

    def has(self, days: NDArray[np.datetime64]) -> NDArray[np.bool_]:
        """Whether each of ``days`` is a session."""
        return np.isin(days, self.days)

    def shut(self, day: np.datetime64) -> bool:
        """Whether ``day`` is known to have been none."""
        return bool(self.days[0] <= day <= self.until and not np.isin(day, self.days))


def sessions(code: str, first: dt.date, last: dt.date) -> Sessions | None:
    """The sessions of calendar ``code`` in the years from ``first`` to ``last``, and a little before.

    None where there is no such calendar, or none for these years. The answer does not depend on today's date.
    """
    return _years(code, first.year, last.year)


@cache
def _years(code: str, first: int, last: int) -> Sessions | None:
    """Built once a process: South Korea's takes some seconds."""
    start, end = dt.date(first, 1, 1) - _MARGIN, dt.date(last, 12, 31)
    try:
        days = _build(code, start, end).sessions
    except ValueError:  # longer ago, or further ahead, than its holidays are recorded
        bounds = _bounds(code)
        start, end = max(start, bounds[0]), min(end, bounds[1])
        if start >= end:
            return None
        days = _build(code, start, end).sessions
    except Exception:  # no such code, or a calendar that fails on its own data: as none
        return None
    return Sessions(days.to_numpy().astype("datetime64[D]"), np.datetime64(end))


def _build(code: str, start: dt.date, end: dt.date) -> Any:
    import exchange_calendars

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the package's own use of pandas
        return exchange_calendars.get_calendar(code, start=start.isoformat(), end=end.isoformat())


def _bounds(code: str) -> tuple[dt.date, dt.date]:
    """The first and last day that a calendar can be built for."""
    kind = type(_build(code, *_ANY_TIME))
    least, most = kind.bound_min(), kind.bound_max()
    return least.date() if least is not None else dt.date.min, most.date() if most is not None else dt.date.max
