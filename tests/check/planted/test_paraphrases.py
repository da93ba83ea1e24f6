"""Sentences in an editor's words: the true ones pass, their false twins are caught."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

import wrapgen
from tests.cases.library import FILES, snapshot
from tests.check.planted.sweep import BAD


class Pair(NamedTuple):
    of: str
    true: str
    false: str


def _pairs() -> list[Pair]:
    loaded: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("paraphrases.yaml").read_text("utf-8"))
    return [Pair(group["of"], *pair) for group in loaded for pair in group["pairs"]]


PAIRS = _pairs()
of_pair = pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.true[:40])


def bad(of: str, sentence: str) -> list[Any]:
    return [claim for claim in wrapgen.verify(sentence, snapshot(of)) if claim.status in BAD]


def test_there_are_enough() -> None:
    assert len(PAIRS) >= 60
    assert {pair.of for pair in PAIRS} <= set(FILES)
    assert all(pair.true != pair.false for pair in PAIRS)


@of_pair
def test_a_true_sentence_passes(pair: Pair) -> None:
    assert not bad(pair.of, pair.true)


@of_pair
def test_its_false_twin_is_caught(pair: Pair) -> None:
    assert bad(pair.of, pair.false)
