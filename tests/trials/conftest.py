"""Packs that differ from the one that ships in one thing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases.library import ROOT

Changed = Callable[..., Path]


@pytest.fixture
def changed(tmp_path: Path) -> Changed:
    """A copy of the rules, without their sample days, in which ``old`` stands as ``new`` in ``file``."""

    def copy(file: str = "", old: str = "", new: str = "", name: str = "rules") -> Path:
        folder = tmp_path / name
        if not folder.exists():
            shutil.copytree(ROOT / "rules", folder, ignore=shutil.ignore_patterns("__pycache__", "days"))
        if file:
            text = (folder / file).read_text("utf-8")
            assert old in text, old
            (folder / file).write_text(text.replace(old, new), "utf-8")
        return folder

    return copy
