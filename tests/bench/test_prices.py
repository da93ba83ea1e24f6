from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bench.prices import main
from tests.batch.conftest import TABLES


def test_it_measures_every_part_beside_the_floor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(TABLES / "csv" / "yfinance.csv", tmp_path)
    assert main([str(tmp_path), "--rounds", "1"]) == 0
    told = capsys.readouterr().out
    assert "3 series, 23 sessions of theirs; 14 snapshots" in told
    assert [line for line in told.splitlines() if line.startswith("only reading the CSVs") and "1.0x" in line]
