"""Random conditions mean what an oracle beside them works out."""

from __future__ import annotations

import ast
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rulepack.conditions import GROUPS, Market, make, value
from wrapgen.rulepack.errors import RuleError

# Random conditions, with what they ought to mean worked out beside them: (text, type, oracle).

Made = tuple[str, Any]
NUMBERS = st.none() | st.sampled_from([0.0, 1.0, -1.0, 2.5]) | st.floats(-1e6, 1e6) | st.integers(-9, 9)


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


def _arithmetic(op: str, left: Made, right: Made) -> Made:
    def oracle(facts: Any) -> float | None:
        a, b = left[1](facts), right[1](facts)
        if a is None or b is None or (op == "/" and b == 0):
            return None
        return _finite({"+": a + b, "-": a - b, "*": a * b}[op] if op != "/" else a / b)

    return f"({left[0]} {op} {right[0]})", oracle


def _order(op: str, a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return False
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}[op]


def _function(name: str, args: list[Made]) -> Made:
    def oracle(facts: Any) -> Any:
        values = [arg[1](facts) for arg in args]
        if any(each is None for each in values):
            return None
        if name in ("min", "max"):
            return sorted(values)[0 if name == "min" else -1]
        x, lo, hi = values
        if name == "clamp":
            return lo if x < lo and lo <= hi else max(lo, min(x, hi))
        if lo == hi:
            return float(x > lo)
        beyond = x >= hi if lo < hi else x <= hi
        before = x <= lo if lo < hi else x >= lo
        return 1.0 if beyond else 0.0 if before else (x - lo) / (hi - lo)

    return f"{name}({', '.join(arg[0] for arg in args)})", oracle


def _numbers(depth: int) -> st.SearchStrategy[Made]:
    leaves = st.one_of(
        st.sampled_from(["pct", "prior"]).map(lambda name: (f"market.{name}", lambda facts: facts[name])),
        st.integers(0, 5).map(lambda n: (str(n), lambda facts: float(n))),
    )
    if depth == 0:
        return leaves
    inner = _numbers(depth - 1)
    return st.one_of(
        leaves,
        st.builds(_arithmetic, st.sampled_from("+-*/"), inner, inner),
        st.builds(_function, st.sampled_from(["min", "max"]), st.lists(inner, min_size=2, max_size=3)),
        # The bound that a name gives keeps literal bounds from being refused as equal or in the wrong order.
        st.builds(lambda n, a, b: _function(n, [a, b, ("market.prior", lambda facts: facts["prior"])]),
                  st.sampled_from(["ramp", "clamp"]), inner, inner),
        inner.map(lambda a: (f"-{a[0]}", lambda facts: None if a[1](facts) is None else -a[1](facts))),
        st.builds(lambda c, a, b: (f"({a[0]} if {c[0]} else {b[0]})",
                                   lambda facts: a[1](facts) if c[1](facts) else b[1](facts)),
                  _flags(depth - 1), inner, inner),
    )  # fmt: skip


def _flags(depth: int) -> st.SearchStrategy[Made]:
    leaves = st.one_of(
        st.sampled_from(["closed", "unsure"]).map(lambda n: (f"market.{n}", lambda facts: bool(facts[n]))),
        st.sampled_from(["pct", "unsure"]).map(
            lambda n: (f"has(market.{n})", lambda facts: facts[n] is not None)),
        st.sampled_from(["up", "down"]).map(
            lambda w: (f"market.tone == '{w}'", lambda facts: facts["tone"] == w)),
        st.sampled_from(["up", "down"]).map(
            lambda w: (f"market.tone not in ('{w}', 'flat')",
                       lambda facts: facts["tone"] not in (w, "flat", None))),
    )  # fmt: skip
    if depth == 0:
        return leaves
    inner, numbers = _flags(depth - 1), _numbers(depth - 1)
    ops = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    return st.one_of(
        leaves,
        st.builds(lambda o, a, b: (f"({a[0]} {o} {b[0]})", lambda facts: _order(o, a[1](facts), b[1](facts))),
                  ops, numbers, numbers),
        st.builds(lambda o, p, a, b, c: (f"({a[0]} {o} {b[0]} {p} {c[0]})",
                                         lambda facts: _order(o, a[1](facts), b[1](facts))
                                         and _order(p, b[1](facts), c[1](facts))),
                  ops, ops, numbers, numbers, numbers),
        inner.map(lambda a: (f"(not {a[0]})", lambda facts: not a[1](facts))),
        st.lists(inner, min_size=2, max_size=4).map(
            lambda parts: (f"({' and '.join(p[0] for p in parts)})",
                           lambda facts: all(p[1](facts) for p in parts))),
        st.lists(inner, min_size=2, max_size=4).map(
            lambda parts: (f"({' or '.join(p[0] for p in parts)})",
                           lambda facts: any(p[1](facts) for p in parts))),
    )  # fmt: skip


FACTS = st.fixed_dictionaries({
    "pct": NUMBERS, "prior": NUMBERS, "closed": st.booleans(),
    "unsure": st.sampled_from([None, True, False]), "tone": st.sampled_from(["up", "down", "flat", None]),
})  # fmt: skip


@settings(max_examples=300)
@given(_numbers(3) | _flags(3), FACTS)
def test_random_conditions_mean_what_the_rules_say(made: Made, facts: dict[str, Any]) -> None:
    text, oracle = made
    if len(text) > 1000:
        return
    result = value(text, GROUPS | {"market": Market(**facts)})
    expected = oracle(facts)
    if isinstance(expected, float | int) and not isinstance(expected, bool):
        assert result == pytest.approx(expected, rel=1e-9, abs=1e-9)
    else:
        assert result is expected


BOUND = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))


@given(BOUND, BOUND, BOUND, BOUND)
def test_ramp_runs_from_0_to_1_without_turning_back(x: float, y: float, lo: float, hi: float) -> None:
    if lo == hi:
        return

    def ramp(pct: float) -> Any:
        return value(f"ramp(market.pct, {lo}, {hi})", GROUPS | {"market": Market(pct=pct)})

    at_x, at_y = (ramp(at) for at in sorted((x, y)))
    assert 0 <= at_x <= 1
    assert 0 <= at_y <= 1
    assert at_x <= at_y if lo < hi else at_x >= at_y
    assert ramp(lo) == 0
    assert ramp(hi) == 1
    # continuous: no step is larger than its share of the way, give or take the last digits
    assert abs(at_x - at_y) <= abs(x - y) / abs(hi - lo) + 1e-9


def test_nothing_of_python_is_reachable_by_its_names() -> None:
    for name in ("__import__('os')", "market.__class__", "market.pct.__class__", "eval('1')", "open('x')"):
        ast.parse(name, mode="eval")  # good Python
        with pytest.raises(RuleError):
            make(name)
