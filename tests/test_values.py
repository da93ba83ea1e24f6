"""Values are made, changed and rounded as Python's own, only sooner."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from wrapgen.values import ending, made, rounded


class Row(NamedTuple):
    name: str
    rank: int
    size: float | None = None


def test_a_value_is_made_as_by_its_class() -> None:
    assert made(Row, "a", 1, 2.5) == Row("a", 1, 2.5)
    assert type(made(Row, "a", 1, None)) is Row


def test_last_fields_are_changed_as_by_their_names() -> None:
    row = Row("a", 1, 2.5)
    assert ending(row, 3.5) == row._replace(size=3.5)
    assert ending(row, 2, None) == row._replace(rank=2, size=None)
    assert type(ending(row, None)) is Row


FIGURES = st.floats(-1e12, 1e12) | st.integers(-(10**7), 10**7).map(lambda n: n / 2000) | st.sampled_from([0.0, -0.0])


@settings(max_examples=2000)
@given(FIGURES, st.integers(0, 4))
def test_a_figure_is_rounded_as_python_does(figure: float, digits: int) -> None:
    assert repr(rounded(figure, digits)) == repr(round(figure, digits))
