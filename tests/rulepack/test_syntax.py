"""Slips of the keyboard in a condition are told with what to write."""

from __future__ import annotations

import pytest

from wrapgen.rulepack import kinds
from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.expression import compile_expression


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("stock.size => 7", 'write >= instead of "=>"'),
        ("stock.size =< 7", 'write <= instead of "=<"'),
        ("stock.size = 7", "write == to compare"),
    ],
)
def test_a_comparison_that_is_none_says_which_was_meant(text: str, told: str) -> None:
    with pytest.raises(RuleError, match=told):
        compile_expression(text, kinds.NAMES, "angles/own.yaml", 1)
