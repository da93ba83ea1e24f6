"""Which files are read, Parquet with and without pyarrow, and what cannot be read."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.batch.conftest import TABLES
from wrapgen.batch.prices import PriceError, read_prices


def test_a_folder_is_every_price_file_in_it(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "notes.txt"):
        (tmp_path / name).write_text("date,symbol,close\n2025-11-12,HSI,1\n")
    assert [Path(table.frame["file"].iloc[0]).name for table in read_prices([tmp_path])] == ["a.csv", "b.csv"]


def test_a_file_named_twice_is_read_once() -> None:
    path = TABLES / "csv" / "long.csv"
    assert len(read_prices([path, path])) == 1


def test_what_is_missing_empty_or_of_no_known_kind_is_told_together(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "prices.xls").write_bytes(b"x")
    with pytest.raises(PriceError) as caught:
        read_prices([tmp_path / "none.csv", tmp_path / "empty", tmp_path / "prices.xls", tmp_path / "none"])
    told = {Path(problem.file).name: problem.message for problem in caught.value.problems}
    assert told == {
        "none.csv": "cannot be read: No such file or directory",
        "empty": "holds no price file (.csv, .parquet, .json)",
        "prices.xls": "is no price file (.csv, .parquet, .json)",
        "none": "is not there",
    }


def test_what_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"date,symbol,close\n2025-11-12,\xff,1\n")
    with pytest.raises(PriceError, match="is not UTF-8 text"):
        read_prices([tmp_path])


def test_parquet_is_read_as_the_table_that_it_holds(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra 'parquet' is not installed")
    frame = pd.read_csv(TABLES / "csv" / "wide.csv")
    frame.to_parquet(tmp_path / "wide.parquet")
    parquet, csv = read_prices([tmp_path / "wide.parquet"])[0], read_prices([TABLES / "csv" / "wide.csv"])[0]
    assert parquet.frame["close"].tolist() == csv.frame["close"].tolist()
    assert parquet.frame["date"].tolist() == csv.frame["date"].tolist()


def test_a_parquet_file_that_is_none_is_told(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra 'parquet' is not installed")
    (tmp_path / "a.parquet").write_bytes(b"no parquet")
    with pytest.raises(PriceError, match=r"a\.parquet: is not Parquet"):
        read_prices([tmp_path])


def test_without_pyarrow_parquet_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # as if it were not installed
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    with pytest.raises(PriceError, match=r"pip install 'wrapgen\[parquet\]'"):
        read_prices([tmp_path])
