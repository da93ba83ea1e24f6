"""The linter is an outside desk: it imports style, lexicon and reference data, and nothing that writes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HOUSE = sorted((Path(__file__).parents[2] / "wrapgen" / "house").glob("*.py"))
KNOWN = {"wrapgen.wording.style", "wrapgen.rulepack.lexicon", "wrapgen.intake.reference"}


@pytest.mark.parametrize("path", HOUSE, ids=lambda path: path.stem)
def test_a_module_imports_nothing_that_writes(path: Path) -> None:
    imported = {
        node.module or "" for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)
    }
    ours = {name for name in imported if name.startswith("wrapgen") and not name.startswith("wrapgen.house")}
    assert ours <= KNOWN


def test_there_are_modules() -> None:
    assert {"page", "figures", "words", "layout"} <= {path.stem for path in HOUSE}
