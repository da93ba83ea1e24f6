"""The desk works on what the engine gives everybody: it knows none of the rooms that an article is made in."""

from __future__ import annotations

import ast
from pathlib import Path

import wrapgen.preview

CLOSED = tuple(
    f"wrapgen.{room}" for room in ("facts", "angles", "plan", "wording", "realise", "check", "engine", "house")
)


def test_the_desk_imports_no_room_of_the_engine() -> None:
    found = []
    for file in Path(wrapgen.preview.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [(file.name, name) for name in names if name.startswith(CLOSED)]
    assert found == []
