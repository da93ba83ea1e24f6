"""Verbs of one sentence in keeping with each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.wording.test_printed_figures import scene
from wrapgen.wording.discourse import Discourse, Draft
from wrapgen.wording.verbs import choose_verb

STRONG = {"jump", "rally", "surge", "soar", "climb"}


@pytest.mark.parametrize("variant", range(10))
def test_less_is_not_made_of_a_larger_move(variant: int) -> None:
    """Not *rose 1.7% and jumped 1.3%*."""
    made = replace(scene(), variant=variant)
    for key in range(10):
        draft = Draft(Discourse(verbs=("climb", "surge", "rally", "jump", "advance")))
        first = choose_verb(made, draft, "up", 1.7, "index", True, "a", key)
        second = choose_verb(made, draft, "up", 1.3, "index", True, "b", key)
        assert first in STRONG or second not in STRONG, (first, second)


def test_a_fall_does_not_bind_a_rise_nor_a_stock_an_index() -> None:
    made = scene()
    for way, scale in (("down", "index"), ("up", "stock")):
        bound, free = Draft(Discourse()), Draft(Discourse())
        bound.moves.append((way, scale, 5.0, 0.1))
        said = choose_verb(made, bound, "up", 1.3, "index", True)
        assert said == choose_verb(made, free, "up", 1.3, "index", True)


def test_a_pattern_taken_back_takes_its_verbs_back() -> None:
    draft = Draft(Discourse())
    mark = draft.mark()
    choose_verb(scene(), draft, "up", 1.3, "index", True)
    assert draft.moves
    draft.undo(mark)
    assert not draft.moves and not draft.verbs
