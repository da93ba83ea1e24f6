"""Price files: CSV, Parquet and the JSON of vendors, each read by the shape that it shows."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from wrapgen.batch.prices.frames import read_frame, read_yfinance
from wrapgen.batch.prices.table import Origin, PriceError, PriceProblem, PriceTable
from wrapgen.batch.prices.vendors import read_json
from wrapgen.errors import InputError

SUFFIXES = (".csv", ".parquet", ".json")


def read_prices(paths: Iterable[Path]) -> list[PriceTable]:
    """The tables of all files; of a folder, every file in it whose name ends with one of `SUFFIXES`.

    A table without symbols is that of its file's name: ``^HSI.csv``. Raises PriceError with every problem of
    every file.
    """
    problems: list[PriceProblem] = []
    tables = []
    for path in _files(paths, problems):
        try:
            tables.append(read_file(path))
        except PriceError as error:
            problems.extend(error.problems)
    if problems:
        raise PriceError(problems)
    return tables


def read_file(path: Path) -> PriceTable:
    """The table of one file. Raises PriceError."""
    try:
        if path.suffix == ".csv":
            return _csv(path)
        if path.suffix == ".parquet":
            return _parquet(path)
        return read_json(path.read_bytes(), str(path), path.stem)
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise _refused(path, f"is not UTF-8 text: byte {error.start + 1} is unreadable") from None


def _files(paths: Iterable[Path], problems: list[PriceProblem]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.iterdir() if file.suffix in SUFFIXES)
            if not inside:
                problems.append(PriceProblem(str(path), 0, f"holds no price file ({', '.join(SUFFIXES)})"))
            found += inside
        elif path.suffix in SUFFIXES:
            found.append(path)
        else:
            reason = "is not there" if not path.exists() else f"is no price file ({', '.join(SUFFIXES)})"
            problems.append(PriceProblem(str(path), 0, reason))
    return list(dict.fromkeys(found))


def _csv(path: Path) -> PriceTable:
    with path.open(encoding="utf-8-sig", newline="") as file:
        top = [row for row, _ in zip(csv.reader(file), range(3), strict=False)]
    if not top:
        raise _refused(path, "is empty")
    # yfinance writes three rows of headings: fields, tickers, and the name of the dates alone.
    two_levels = len(top) == 3 and top[2][:1] in (["Date"], ["Datetime"]) and not any(top[2][1:])
    try:
        if two_levels:
            frame = pd.read_csv(path, header=None, skiprows=3, skip_blank_lines=False, encoding="utf-8-sig")
            headings = list(zip(top[0], top[1], strict=False))[1:]
            if frame.shape[1] != len(headings) + 1:
                raise _refused(path, f"has {len(headings) + 1} headings over {frame.shape[1]} columns")
            columns = [frame[at] for at in range(1, frame.shape[1])]
            return read_yfinance(headings, frame[0], columns, Origin(str(path), 4))
        frame = pd.read_csv(path, skip_blank_lines=False, encoding="utf-8-sig")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error, ValueError) as error:
        if isinstance(error, (InputError, UnicodeDecodeError)):
            raise
        raise _refused(path, f"is not a table: {str(error).strip().splitlines()[0]}") from None
    return read_frame(frame, Origin(str(path), 2), path.stem)


def _parquet(path: Path) -> PriceTable:
    try:
        frame = pd.read_parquet(path)
    except ImportError:
        raise _refused(path, "Parquet needs pyarrow, which is not installed: pip install 'wrapgen[parquet]'") from None
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror or str(error).splitlines()[0]}") from None
    except ValueError as error:  # pyarrow's own errors are ValueErrors
        raise _refused(path, f"is not Parquet: {str(error).strip().splitlines()[0]}") from None
    return read_frame(frame, Origin(str(path)), path.stem)


def _refused(path: Path, message: str) -> PriceError:
    return PriceError([PriceProblem(str(path), 0, message)])
