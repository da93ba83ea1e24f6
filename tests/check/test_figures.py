from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wrapgen.check.figures import near, rounds_to

HUNDREDTHS = st.integers(0, 1_000_000).map(lambda n: n / 100)


@given(HUNDREDTHS, st.integers(0, 2), st.sampled_from([1, -1]))
def test_a_figure_rounded_by_the_rule_is_the_figure_and_its_neighbours_are_not(
    size: float, decimals: int, sign: int
) -> None:
    step = Decimal(1).scaleb(-decimals)
    shown = Decimal(str(size)).quantize(step, ROUND_HALF_UP)
    assert rounds_to(sign * size, float(shown), decimals)
    assert not rounds_to(sign * size, float(shown + step), decimals)
    assert not rounds_to(sign * size, float(shown - step), decimals) or shown == 0


def test_a_magnitude_scales_the_step() -> None:
    assert rounds_to(5.84e9, 5.8, 1, 1e9)
    assert not rounds_to(5.86e9, 5.8, 1, 1e9)


@pytest.mark.parametrize(
    ("true", "shown", "decimals", "approx", "holds"),
    [
        (0.96, 1, 0, "about", True),
        (1.2, 1, 0, "about", False),
        (1.24, 1.2, 1, "about", True),
        (1.3, 1.2, 1, "about", False),
        (1.9, 2, 0, "nearly", True),
        (2.1, 2, 0, "nearly", False),
        (1.2, 2, 0, "nearly", False),
        (3.2, 3, 0, "more_than", True),
        (2.9, 3, 0, "more_than", False),
        (4.5, 3, 0, "more_than", False),
        (0.9, 1, 0, "less_than", True),
        (1.1, 1, 0, "less_than", False),
    ],
)
def test_what_an_approximation_allows(true: float, shown: float, decimals: int, approx: str, holds: bool) -> None:
    assert near(true, shown, decimals, approx) is holds
