"""A process that writes article after article lets what is loaded be, and still throws rings away."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from wrapgen.longrun import settle


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    threshold = gc.get_threshold()
    yield
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
