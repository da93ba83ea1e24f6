"""Sentences in an editor's words, true ones and their false twins, and what the checker makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

import wrapgen
from tests.cases.library import snapshot
from tests.check.planted.sweep import BAD

_FILE = Path(__file__).with_name("paraphrases.yaml")
_SHORTFALLS = Path(__file__).with_name("shortfalls.yaml")


class Pair(NamedTuple):
    """Two sentences about a seed or a case, of which the second differs in one thing and is false."""

    of: str
    true: str
    false: str


def pairs() -> list[Pair]:
    groups: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text("utf-8"))
    return [Pair(group["of"], *pair) for group in groups for pair in group["pairs"]]


def bad(of: str, sentence: str) -> list[Any]:
    """The claims of a sentence that are contradicted or unsupported."""
    return [claim for claim in wrapgen.verify(sentence, snapshot(of)) if claim.status in BAD]


def known_shortfalls() -> dict[str, list[str]]:
    """``alarms``: true sentences that the checker does not understand yet; ``missed``: false ones that it lets pass."""
    loaded: dict[str, list[str]] = yaml.safe_load(_SHORTFALLS.read_text("utf-8"))
    return loaded


def shortfalls() -> Iterator[str]:
    """The file of shortfalls as it would be written today."""
    yield "# What the checker makes wrong of paraphrases.yaml: `python -m tests.check.planted --paraphrases`"
    yield "# prints it anew. What it has learned fails its test, and its line goes."
    every = pairs()
    yield from _listed("alarms", [p.true for p in every if bad(p.of, p.true)])
    yield from _listed("missed", [p.false for p in every if not bad(p.of, p.false)])


def _listed(name: str, sentences: list[str]) -> Iterator[str]:
    yield f"{name}:" if sentences else f"{name}: []"
    yield from (f'  - "{sentence}"' for sentence in sentences)
