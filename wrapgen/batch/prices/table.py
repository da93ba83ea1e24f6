"""The one form that every price table is read into, and what can be wrong with a table.

A table is long: one row for each symbol and day, with the columns of `COLUMNS`. Levels are as the vendor prints
them, ``change_pct`` is in percent whatever unit it came in, and each row knows the file and place it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from wrapgen.errors import InputError, describe

if TYPE_CHECKING:
    from pandas import DataFrame, Series

FIGURES = ("open", "high", "low", "close", "previous_close", "change_pct")
COLUMNS = ("symbol", "date", "moment", *FIGURES, "file", "place")
"""``date`` is the session's, ``moment`` (UTC) stands instead where a vendor gives only that; ``place`` is the
line or JSON pointer in ``file``."""

_MOST_OF_A_KIND = 20  # a damaged column can be wrong ten thousand times over
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_NOTHING = frozenset(("", "null", "none", "nan", "n/a", "na", "-", "."))
# Seconds, milliseconds, microseconds and nanoseconds of this century differ by powers of a thousand.
_EPOCHS = ((1e11, "s"), (1e14, "ms"), (1e17, "us"), (np.inf, "ns"))


class PriceProblem(NamedTuple):
    """One thing wrong with a price table; ``line`` is that of the file, 0 for the file as a whole."""

    file: str
    line: int
    message: str
    allowed: Sequence[str] | None = None
    nearest: str | None = None


class PriceError(InputError):
    """Price tables that cannot be used; ``problems`` has every reason, told in the way of any other input."""

    problems: tuple[PriceProblem, ...]  # type: ignore[assignment]

    def __init__(self, problems: Iterable[PriceProblem]) -> None:
        self.problems = tuple(problems)
        ValueError.__init__(self, "\n".join(map(describe, self.problems)))


class PriceTable(NamedTuple):
    """A table in the common form. ``vendor`` says whose symbols it uses; "" for a table of the sender's own."""

    vendor: str
    frame: DataFrame


class Origin(NamedTuple):
    """Where a table comes from: its file, and the line of its first row of figures (0: it has no lines).

    ``rows`` are the positions in the file of the rows that are looked at; None where they are all of them.
    """

    file: str
    first_line: int = 0
    rows: tuple[int, ...] | None = None

    def places(self, count: int) -> list[int] | list[str]:
        """What a person finds each of the first ``count`` rows by: its line, or its number from 1 ("row 3")."""
        rows = range(count) if self.rows is None else self.rows[:count]
        return [self.first_line + row for row in rows] if self.first_line else [f"row {row + 1}" for row in rows]

    def problem(self, row: int, message: str) -> PriceProblem:
        return problem_at(self.file, self.places(row + 1)[row], message)


def problem_at(file: str, place: Any, message: str) -> PriceProblem:
    """A problem at a line, which is a number, or at another place, which is words."""
    if isinstance(place, str):
        return PriceProblem(file, 0, f"{place}: {message}")
    return PriceProblem(file, int(place), message)


def long_table(vendor: str, origin: Origin, columns: dict[str, Any]) -> PriceTable:
    """A table of ``columns`` (some of `COLUMNS`) with the rest filled in; rows without a close are dropped."""
    frame = pd.DataFrame(columns)
    for name in FIGURES:
        frame[name] = frame[name].astype("float64") if name in frame else np.nan
    if "date" not in frame:
        frame["date"] = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")
    if "moment" not in frame:
        frame["moment"] = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns, UTC]")
    if "place" not in frame:
        frame["place"] = origin.places(len(frame))
    frame["file"] = origin.file
    return PriceTable(vendor, frame.loc[frame["close"].notna(), list(COLUMNS)].reset_index(drop=True))


def numbers(values: Series, name: str, origin: Origin, problems: list[PriceProblem]) -> Series:
    """``values`` as floats; what stands for "nothing" is NaN, anything else that is no number a problem."""
    if pd.api.types.is_numeric_dtype(values.dtype) and not pd.api.types.is_bool_dtype(values.dtype):
        found = values.astype("float64")
        return found.where(np.isfinite(found))
    parsed = pd.to_numeric(values, errors="coerce")
    written = values.astype("str").str.strip()
    absent = values.isna() | written.str.lower().isin(_NOTHING)
    wrong = np.flatnonzero((parsed.isna() & ~absent) | np.isinf(parsed))
    tell(wrong, written, f"{name}: {{}} is not a number", origin, problems)
    return parsed.astype("float64")


def dates(values: Series, name: str, origin: Origin, problems: list[PriceProblem]) -> dict[str, Series]:
    """The columns ``date`` or ``moment`` of a table, from ISO dates, date-times or epochs.

    A date-time with an offset, as yfinance gives them, is the exchange's own time: its date counts. An epoch is
    told by its magnitude: seconds, ms, µs or ns; eight digits are YYYYMMDD.
    """
    kind = values.dtype
    if isinstance(kind, pd.DatetimeTZDtype) and str(kind.tz) == "UTC" and (values.dt.normalize() != values).any():
        return {"moment": values.astype("datetime64[ns, UTC]")}
    if isinstance(kind, pd.DatetimeTZDtype) or pd.api.types.is_datetime64_any_dtype(kind):
        local = values.dt.tz_localize(None) if isinstance(kind, pd.DatetimeTZDtype) else values
        return {"date": local.dt.normalize().astype("datetime64[s]")}
    if pd.api.types.is_numeric_dtype(kind) and values.notna().any():
        return _epochs(values, name, origin, problems)
    written = values.astype("str").str.strip()
    parsed = pd.to_datetime(written.str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    fits = written.str.fullmatch(_ISO)
    tell(np.flatnonzero(parsed.isna() | ~fits), written, f"{name}: {{}} is not a date (YYYY-MM-DD)", origin, problems)
    return {"date": parsed.astype("datetime64[s]")}


def _epochs(values: Series, name: str, origin: Origin, problems: list[PriceProblem]) -> dict[str, Series]:
    plain = values.dropna()
    if plain.between(19000101, 21001231).all():
        digits = values.astype("Int64").astype("str")
        parsed = pd.to_datetime(digits, format="%Y%m%d", errors="coerce")
        tell(np.flatnonzero(parsed.isna()), digits, f"{name}: {{}} is not a date (YYYYMMDD)", origin, problems)
        return {"date": parsed.astype("datetime64[s]")}
    unit = next(unit for limit, unit in _EPOCHS if plain.abs().max() < limit)
    # Whole numbers stay whole: nanoseconds do not fit into a float.
    moments = pd.to_datetime(values.astype("Int64"), unit=unit, utc=True, errors="coerce")
    tell(np.flatnonzero(moments.isna()), values.astype("str"), f"{name}: {{}} is not a time", origin, problems)
    return {"moment": moments.astype("datetime64[ns, UTC]")}


def tell(rows: Any, written: Series, message: str, origin: Origin, problems: list[PriceProblem]) -> None:
    """A problem for each of ``rows``, up to a limit; ``message`` quotes the value for ``{}``."""
    for row in rows[:_MOST_OF_A_KIND]:
        problems.append(origin.problem(row, message.format(repr(str(written.iloc[row])[:40]))))
    if len(rows) > _MOST_OF_A_KIND:
        rest = len(rows) - _MOST_OF_A_KIND
        problems.append(PriceProblem(origin.file, 0, f"{rest} more like: {message.format('a value')}"))
