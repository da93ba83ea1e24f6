"""The difference of two texts, word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wrapgen.trials.words import Run, marked, pairs, word_diff

TEXT = st.lists(st.sampled_from(["the", "Nikkei", "rose", "fell", "1%", "on", "news"])).map(" ".join)


@given(TEXT, TEXT)
def test_the_runs_give_both_texts(old: str, new: str) -> None:
    runs = word_diff(old, new)
    assert " ".join(run.text for run in runs if run.kind != "out") == new
    assert " ".join(run.text for run in runs if run.kind != "in") == old


def test_a_changed_word_is_marked_in_its_place() -> None:
    runs = word_diff("the Nikkei rose 1%", "the Nikkei climbed 1%")
    assert runs == (Run("same", "the Nikkei"), Run("out", "rose"), Run("in", "climbed"), Run("same", "1%"))
    assert marked(runs) == "the Nikkei [-rose-] {+climbed+} 1%"


def test_lines_are_paired_with_those_most_like_them() -> None:
    old = ["a headline", "the Nikkei rose 1%", "Seoul fell", "the end"]
    new = ["a headline", "gold was flat", "the Nikkei climbed 1%", "the end"]
    assert sorted(pairs(old, new), key=str) == [(1, 2), (2, None), (None, 1)]


@given(st.lists(TEXT, max_size=5), st.lists(TEXT, max_size=5))
def test_every_line_that_differs_is_told_once(old: list[str], new: list[str]) -> None:
    found = list(pairs(old, new))
    before, after = [i for i, _ in found if i is not None], [k for _, k in found if k is not None]
    assert len(before) == len(set(before)) and len(after) == len(set(after))
    same_old = [text for i, text in enumerate(old) if i not in before]
    same_new = [text for k, text in enumerate(new) if k not in after]
    assert same_old == same_new
