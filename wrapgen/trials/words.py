"""The difference of two texts, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple


class Run(NamedTuple):
    """A run of words that both texts have (``same``), or only the one (``out``) or the other (``in``)."""

    kind: str
    text: str


def word_diff(old: str, new: str) -> tuple[Run, ...]:
    """What was taken out and put in to make ``new`` of ``old``; joined by spaces, the runs but ``out`` give ``new``."""
    before, after = old.split(), new.split()
    found: list[Run] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Run("same", " ".join(before[i:j])))
            continue
        if i < j:
            found.append(Run("out", " ".join(before[i:j])))
        if k < m:
            found.append(Run("in", " ".join(after[k:m])))
    return tuple(found)


def marked(runs: Sequence[Run]) -> str:
    """A difference in plain text: ``[-taken out-]`` and ``{+put in+}``, as git's word diff writes it."""
    marks = {"same": ("", ""), "out": ("[-", "-]"), "in": ("{+", "+}")}
    return " ".join(f"{marks[run.kind][0]}{run.text}{marks[run.kind][1]}" for run in runs)


def pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Which line of ``old`` became which of ``new``: the indices of those that differ, None where there is none.

    Lines that were replaced are paired with those most like them.
    """
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left = list(range(i, j))
        for at in range(k, m):
            best = max(left, key=lambda one: _likeness(old[one], new[at]), default=None)
            if best is not None and _likeness(old[best], new[at]) > 0.4:
                yield best, at
                left.remove(best)
            else:
                yield None, at
        for one in left:
            yield one, None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()
