"""Work in steps: each stage for all, and the same results as one after another."""

from __future__ import annotations

from wrapgen.steps import Steps, finished, side_by_side


def work(name: str, stages: int, seen: list[str]) -> Steps[str]:
    for stage in range(stages):
        seen.append(f"{name}{stage}")
        yield
    return name.upper()


def test_one_is_done_to_its_end() -> None:
    seen: list[str] = []
    assert finished(work("a", 3, seen)) == "A"
    assert seen == ["a0", "a1", "a2"]


def test_each_stage_is_done_for_all_before_the_next() -> None:
    seen: list[str] = []
    made = side_by_side([work("a", 2, seen), work("b", 1, seen), work("c", 3, seen)])
    assert [value for value, _ in made] == ["A", "B", "C"]
    assert seen == ["a0", "b0", "c0", "a1", "c1", "c2"]
    assert all(seconds >= 0 for _, seconds in made)


def test_none_is_none() -> None:
    assert side_by_side([]) == []
