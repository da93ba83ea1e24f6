"""Tables for the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def figure(value: Any) -> str:
    """A figure of the engine, to six digits; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple):
        return ", ".join(figure(item) for item in value)
    return str(value)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: set[int]) -> str:
    """Columns as wide as their longest cell, those in ``right`` flush right."""
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text = []
    for line in lines:
        cells = [
            cell.rjust(width) if index in right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        text.append("  ".join(cells).rstrip() + "\n")
    return "".join(text)
