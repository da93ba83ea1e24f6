"""The checker reaches the data by its own path: no module that makes articles is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHECK = sorted((ROOT / "wrapgen" / "check").glob("*.py"))
WRITERS = (
    *("wrapgen.facts", "wrapgen.plan", "wrapgen.angles", "wrapgen.wording", "wrapgen.realise", "wrapgen.render"),
    *("wrapgen.engine", "wrapgen.article", "wrapgen.clause", "wrapgen.text", "wrapgen.coverage"),
)
# Of the rule pack only what reads a YAML file and checks its shape.
READERS = {
    *("wrapgen.check", "wrapgen.intake.snapshot", "wrapgen.intake.reference", "wrapgen.resources"),
    *("wrapgen.rulepack.errors", "wrapgen.rulepack.records", "wrapgen.rulepack.yamlfile"),
}


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports when it runs; those that only type hints need are left out."""
    tree = ast.parse(path.read_text("utf-8"))
    hints = {
        id(node)
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and "TYPE_CHECKING" in ast.unparse(branch.test)
        for node in ast.walk(branch)
    }
    for node in ast.walk(tree):
        if id(node) in hints:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out, so that they can be read here"
            yield node.module or ""


@pytest.mark.parametrize("path", CHECK, ids=lambda path: path.stem)
def test_a_module_imports_nothing_that_writes(path: Path) -> None:
    ours = {name for name in imported(path) if name.startswith("wrapgen")}
    assert not [name for name in ours if name.startswith(WRITERS)]
    assert {name for name in ours if not name.startswith("wrapgen.check")} <= READERS


def test_the_test_reads_imports() -> None:
    assert "wrapgen.check.told" in set(imported(ROOT / "wrapgen" / "check" / "judge.py"))
