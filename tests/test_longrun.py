"""A process that writes article after article lets what is loaded be, and still throws rings away."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

import wrapgen
from wrapgen.longrun import settle
from wrapgen.rulepack.kinds import LENGTHS

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.json"))


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
    gc.enable()
    gc.set_threshold(*threshold)
    gc.unfreeze()


class Ring:
    def __init__(self) -> None:
        self.self = self


def test_what_is_loaded_is_not_looked_through_again() -> None:
    kept = Ring()
    settle()
    assert kept.self is kept
    assert gc.get_freeze_count() > 1000
    assert not any(found is kept for found in gc.get_objects())


def test_a_ring_that_was_left_before_is_gone_and_one_that_is_left_later_goes() -> None:
    before = weakref.ref(Ring())
    settle()
    assert before() is None
    later = weakref.ref(Ring())
    garbage = [[] for _ in range(3 * gc.get_threshold()[0])]  # enough for Python to look
    assert garbage and later() is None


def test_rules_that_others_have_replaced_go_when_it_is_called_again() -> None:
    old = Ring()
    settle()
    known = weakref.ref(old)
    del old
    settle()
    assert known() is None


@pytest.mark.parametrize("length", LENGTHS)
def test_an_article_leaves_no_rings(length: str) -> None:
    """A compiled function within a function is one; thrown away by the ten thousand, they make every reader wait."""
    pack = wrapgen.load_rules()

    def write() -> None:
        for seed in SEEDS:
            snapshot = wrapgen.read_snapshot(seed.read_bytes(), pack.reference)
            wrapgen.write(snapshot, length=length, rules=pack).render("json")

    write()  # what is made once and kept may hold rings
    gc.collect()
    gc.disable()
    write()
    assert gc.collect() == 0
