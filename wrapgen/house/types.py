"""What the linter finds: one departure from the house style, where it stands, and what the style wants."""

from __future__ import annotations

from typing import Any, NamedTuple


class Departure(NamedTuple):
    """One departure of a text. ``start`` and ``end`` are character offsets: ``text[start:end]`` is what was found.

    ``key`` is the key of the style that it departs from, ``found`` what stands there, ``wants`` what the house wants.
    """

    start: int
    end: int
    key: str
    found: str
    wants: str

    def to_dict(self) -> dict[str, Any]:
        return self._asdict()
