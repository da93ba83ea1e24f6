"""The one form that every price table is read into, and what can be wrong with a table.

A table is long: one row for each symbol and day, with the columns of `COLUMNS`. Levels are as the vendor prints
them, ``change_pct`` is in percent whatever unit it came in, and each row knows the file and place it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from wrapgen.errors import InputError, describe

if TYPE_CHECKING:
    from numpy.typing import NDArray
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
    """A table in the common form. ``vendor`` says whose symbols it uses; "" for a table of the sender's own.

    ``columns`` are arrays, of `COLUMNS`: there may be hundreds of tables, and a DataFrame of each costs more than
    what is done with it.
    """

    vendor: str
    columns: Mapping[str, NDArray[Any]]

    @property
    def frame(self) -> DataFrame:
        """The same as a DataFrame."""
        return pd.DataFrame(dict(self.columns))


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


def long_table(vendor: str, origin: Origin, columns: Mapping[str, Any]) -> PriceTable:
    """A table of ``columns`` (some of `COLUMNS`) with the rest filled in; rows without a close are dropped."""
    count = len(columns["close"])
    here = ~np.isnan(columns["close"])
    missing: dict[str, Any] = {
        **{name: np.full(count, np.nan) for name in FIGURES if name not in columns},
        "date": np.full(count, "NaT", "datetime64[D]"),
        "moment": np.full(count, "NaT", "datetime64[ns]"),
        "file": np.full(count, origin.file, dtype=object),
    }
    if "place" not in columns:
        missing["place"] = np.array(origin.places(count), dtype=object)
    whole = {**missing, **columns}
    return PriceTable(vendor, {name: whole[name][here] for name in COLUMNS})


def numbers(values: Series, name: str, origin: Origin, problems: list[PriceProblem]) -> NDArray[np.float64]:
    """``values`` as floats; what stands for "nothing" is NaN, anything else that is no number a problem."""
    if values.dtype.kind in "fiu":
        found: NDArray[np.float64] = values.to_numpy(dtype="float64", na_value=np.nan)
        return np.where(np.isinf(found), np.nan, found)
    parsed: NDArray[np.float64] = pd.to_numeric(values, errors="coerce").astype("float64").to_numpy()
    written = values.astype("str").str.strip()
    absent = (values.isna() | written.str.lower().isin(_NOTHING)).to_numpy()
    wrong = np.flatnonzero((np.isnan(parsed) & ~absent) | np.isinf(parsed))
    tell(wrong, written, f"{name}: {{}} is not a number", origin, problems)
    return parsed


def dates(values: Series, name: str, origin: Origin, problems: list[PriceProblem]) -> dict[str, NDArray[Any]]:
    """The columns ``date`` or ``moment`` of a table, from ISO dates, date-times or epochs.

    A date-time with an offset, as yfinance gives them, is the exchange's own time: its date counts. An epoch is
    told by its magnitude: seconds, ms, µs or ns; eight digits are YYYYMMDD.
    """
    kind = values.dtype
    if isinstance(kind, pd.DatetimeTZDtype) and str(kind.tz) == "UTC" and (values.dt.normalize() != values).any():
        return {"moment": values.dt.tz_localize(None).to_numpy().astype("datetime64[ns]")}
    if isinstance(kind, pd.DatetimeTZDtype):
        return {"date": values.dt.tz_localize(None).to_numpy().astype("datetime64[D]")}
    if kind.kind == "M":
        return {"date": values.to_numpy().astype("datetime64[D]")}
    if kind.kind in "fiu" and values.notna().any():
        return _epochs(values, name, origin, problems)
    texts = values.tolist()
    if all(isinstance(text, str) and len(text) == 10 for text in texts):
        with suppress(ValueError):  # which of them is wrong is found below
            return {"date": np.array(texts, dtype="datetime64[D]")}
    written = values.astype("str").str.strip()
    parsed = pd.to_datetime(written.str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    fits = written.str.fullmatch(_ISO)
    tell(np.flatnonzero(parsed.isna() | ~fits), written, f"{name}: {{}} is not a date (YYYY-MM-DD)", origin, problems)
    return {"date": parsed.to_numpy().astype("datetime64[D]")}


def _epochs(values: Series, name: str, origin: Origin, problems: list[PriceProblem]) -> dict[str, NDArray[Any]]:
    plain = values.dropna()
    if plain.between(19000101, 21001231).all():
        digits = values.astype("Int64").astype("str")
        parsed = pd.to_datetime(digits, format="%Y%m%d", errors="coerce")
        tell(np.flatnonzero(parsed.isna()), digits, f"{name}: {{}} is not a date (YYYYMMDD)", origin, problems)
        return {"date": parsed.to_numpy().astype("datetime64[D]")}
    unit = next(unit for limit, unit in _EPOCHS if plain.abs().max() < limit)
    # Whole numbers stay whole: nanoseconds do not fit into a float.
    moments = pd.to_datetime(values.astype("Int64"), unit=unit, errors="coerce")
    tell(np.flatnonzero(moments.isna()), values.astype("str"), f"{name}: {{}} is not a time", origin, problems)
    return {"moment": moments.to_numpy().astype("datetime64[ns]")}


def tell(rows: NDArray[Any], written: Series, message: str, origin: Origin, problems: list[PriceProblem]) -> None:
    """A problem for each of ``rows``, up to a limit; ``message`` quotes the value for ``{}``."""
    for row in rows[:_MOST_OF_A_KIND]:
        problems.append(origin.problem(row, message.format(repr(str(written.iloc[row])[:40]))))
    if len(rows) > _MOST_OF_A_KIND:
        rest = len(rows) - _MOST_OF_A_KIND
        problems.append(PriceProblem(origin.file, 0, f"{rest} more like: {message.format('a value')}"))
