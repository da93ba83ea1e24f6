from __future__ import annotations

import ast
import math
import pickle
import warnings
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.expression import Expression, compile_expression
from wrapgen.rulepack.namespace import Namespace


@dataclass(frozen=True)
class Market:
    pct: float | None = 1.2
    prior: float | None = -0.5
    nothing: float | None = None
    closed: bool = False
    record: bool | None = True
    unsure: bool | None = None
    tone: Literal["up", "down", "flat"] = "up"
    path: Literal["down", "sideways"] | None = None
    name: str = "Nikkei"
    names: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Wrap:
    phase: Literal["open", "close"] = "close"
    breadth: float | None = 0.25


SPACE = Namespace.of(Wrap, market=Market)
GROUPS: dict[str, Any] = {"": Wrap(), "market": Market()}


def make(text: str, **more: Any) -> Expression:
    return compile_expression(text, SPACE, "angles/a.yaml", 7, **more)


def value(text: str, groups: Any = None) -> Any:
    return make(text).evaluate(GROUPS if groups is None else groups)


@pytest.mark.parametrize(
    ("text", "type_", "expected"),
    [
        ("market.pct", "number", 1.2),
        ("market.pct > 1 and breadth < 0.5", "flag", True),
        ("0 < market.pct <= 1", "flag", False),
        ("-1 < market.prior < 0 < market.pct", "flag", True),
        ("1 < market.pct != 1.2", "flag", False),
        ("market.closed or market.record", "flag", True),
        ("not market.closed and not market.unsure", "flag", True),
        ("market.closed or market.unsure or market.record", "flag", True),
        ("market.record and market.record and market.closed", "flag", False),
        ("1 + 2 * 3 - 4 / 8", "number", 6.5),
        ("-market.prior * 2", "number", 1.0),
        ("+market.prior", "number", -0.5),
        ("- 3", "number", -3.0),
        ("market.pct if market.closed else market.prior", "number", -0.5),
        ('"big" if market.pct > 1 else "small"', "word", "big"),
        ("market.name if market.record else 'none'", "text", "Nikkei"),
        ('market.tone == "up"', "flag", True),
        ('"down" != market.tone', "flag", True),
        ('market.tone in ("down", "flat")', "flag", False),
        ('market.tone not in ("down", "flat",)', "flag", True),
        ('market.tone in ("up")', "flag", True),
        ('market.name in ("Nikkei", "Topix")', "flag", True),
        ("market.pct in (1.2, -3)", "flag", True),
        ("market.pct not in (1, 2)", "flag", True),
        ('phase == "close"', "flag", True),
        ("market.tone == market.path", "flag", False),
        ("market.name == market.tone", "flag", False),
        ("min(3, market.pct, 2)", "number", 1.2),
        ("max(market.pct, 2)", "number", 2.0),
        ("abs(market.prior)", "number", 0.5),
        ("clamp(market.pct, 0, 1)", "number", 1.0),
        ("clamp(market.prior, 0, 1)", "number", 0.0),
        ("ramp(market.pct, 1, 2)", "number", pytest.approx(0.2)),
        ("ramp(market.pct, 2, 1)", "number", pytest.approx(0.8)),
        ("ramp(breadth, breadth, breadth)", "number", 0.0),
        ("ramp(market.pct, breadth, breadth)", "number", 1.0),
        ("round(market.pct)", "number", 1.0),
        ("round(1.256, 2)", "number", 1.26),
        ("has(market.pct) and not has(market.nothing)", "flag", True),
        ("has(market.unsure)", "flag", False),
        ("has(market.closed)", "flag", True),
        ("  market.pct\n  > 1\n", "flag", True),
        ("'é' != market.name and market.pct > 1", "flag", True),
    ],
)
def test_what_conditions_mean(text: str, type_: str, expected: object) -> None:
    expression = make(text)
    assert (expression.type, expression.evaluate(GROUPS)) == (type_, expected)
    assert expression.text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("market.nothing > 1", False),
        ("market.nothing <= 1", False),
        ("not (market.nothing > 1)", True),
        ("market.nothing == market.nothing", False),
        ("market.nothing != 1", False),
        ("market.nothing in (1, 2)", False),
        ("market.nothing not in (1, 2)", False),
        ("0 < market.pct < market.nothing", False),
        ("market.nothing < market.pct < 9", False),
        ("market.path == 'down'", False),
        ("market.path != 'down'", False),
        ("market.unsure", False),
        ("not market.unsure", True),
        ("market.nothing", None),
        ("market.nothing + 1", None),
        ("1 - market.nothing", None),
        ("-market.nothing", None),
        ("min(1, market.nothing)", None),
        ("ramp(market.nothing, 0, 1)", None),
        ("round(market.nothing, 1)", None),
        ("1 / 0", None),
        ("market.pct / (market.pct - market.pct)", None),
        ("1 / 0 > 1 or 1 / 0 <= 1", False),
        ("1 if market.nothing > 1 else 2", 2.0),
        ("market.nothing if market.record else 2", None),
        ("market.nothing if has(market.nothing) else 0", 0.0),
    ],
)
def test_what_missing_values_do(text: str, expected: object) -> None:
    assert value(text) is expected or value(text) == expected
    assert type(value(text)) is type(expected)


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_what_is_no_finite_number_is_missing(odd: float) -> None:
    groups = GROUPS | {"market": Market(pct=odd)}
    assert value("market.pct", groups) is None
    assert value("market.pct != 1", groups) is False
    assert value("has(market.pct)", groups) is False
    assert value("market.pct * 2", {"market": Market(pct=1e308)}) is None


def test_groups_may_be_objects_or_nothing() -> None:
    assert value("breadth + market.pct", {"": Wrap(breadth=1), "market": Market(pct=2)}) == 3
    assert value("has(market.pct)", {"market": None}) is False
    assert value("market.closed", {"market": None}) is False


def test_a_group_forgotten_by_the_caller_is_not_taken_for_a_missing_value() -> None:
    with pytest.raises(KeyError, match="market"):
        value("market.pct > 1", {})
    with pytest.raises(AttributeError, match="pct"):
        value("market.pct > 1", {"market": Wrap()})


def test_and_or_look_no_further_than_they_must() -> None:
    assert value("breadth > 1 and market.pct > 1", {"": Wrap()}) is False
    assert value("breadth < 1 or market.pct > 1", {"": Wrap()}) is True


def test_an_expression_names_its_names_and_their_values() -> None:
    expression = make("market.pct > breadth and has(market.nothing) or market.pct < 0 and market.unsure")
    assert expression.names == ("market.pct", "breadth", "market.nothing", "market.unsure")
    assert expression.values(GROUPS) == {
        "market.pct": 1.2, "breadth": 0.25, "market.nothing": None, "market.unsure": False,
    }  # fmt: skip


def test_an_expression_knows_the_words_that_it_can_be() -> None:
    assert make("market.tone if market.closed else 'mixed'").allowed == ("up", "down", "flat", "mixed")


def test_an_expression_survives_pickling() -> None:
    expression = pickle.loads(pickle.dumps(make("market.pct > 1")))
    assert expression == make("market.pct > 1")
    assert expression.evaluate(GROUPS) is True


MARKET = ", ".join(SPACE.names("market"))
TOP = "phase, breadth, market."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("market.pcnt > 1", f'1: unknown name "market.pcnt"; did you mean "market.pct"? allowed: {MARKET}'),
        ("1 < mrket.pct", f'5: unknown name "mrket.pct"; did you mean "market.pct"? allowed: {TOP}'),
        ("pct > 1", f'1: unknown name "pct"; did you mean "market.pct"? allowed: {TOP}'),
        ("market.breadth > 1",
         f'1: unknown name "market.breadth"; did you mean "breadth"? allowed: {MARKET}'),
        ("market.names == 'x'",
         f'1: unknown name "market.names"; did you mean "market.name"? allowed: {MARKET}'),
        ("market > 1", f'1: unknown name "market"; did you mean "market.pct"? allowed: {TOP}'),
        ("has(breath)", f'5: unknown name "breath"; did you mean "breadth"? allowed: {TOP}'),
        ("market.pct.real > 1",
         f'1: unknown name "market.pct.real"; did you mean "market.pct"? allowed: {TOP}'),
        ("market.tone == 'dwn'",
         '16: market.tone is never "dwn"; did you mean "down"? allowed: up, down, flat'),
        ("'dwn' == market.tone",
         '1: market.tone is never "dwn"; did you mean "down"? allowed: up, down, flat'),
        ("market.tone in ('up', 'flatt')",
         '23: market.tone is never "flatt"; did you mean "flat"? allowed: up, down, flat'),
        ("phase == market.tone", '10: phase is never "market.tone"; allowed: open, close'),
        ("market.tone == 1", '16: a word cannot be compared with a number: "1"'),
        ("market.pct < 'a'", "14: a number cannot be compared with a word: \"'a'\""),
        ("market.pct in (1, 'a')", "19: a number cannot be compared with a word: \"'a'\""),
        ("market.name < 'a'", "15: words are compared with ==, != or in only: \"'a'\""),
        ("market.closed == market.closed",
         '1: a flag stands alone or after not, and is not compared: "market.closed"'),
        ("1 < market.closed", '5: a flag stands alone or after not, and is not compared: "market.closed"'),
        ("market.pct and market.closed", '1: and needs a flag; this is a number: "market.pct"'),
        ("market.closed or 'x'", "18: or needs a flag; this is a word: \"'x'\""),
        ("not market.pct", '5: not needs a flag; this is a number: "market.pct"'),
        ("1 if breadth else 2", '6: if needs a flag; this is a number: "breadth"'),
        ("market.closed + 1", '1: arithmetic needs a number; this is a flag: "market.closed"'),
        ("-market.name", '2: a sign needs a number; this is a text: "market.name"'),
        ("abs(market.closed)", '5: abs needs a number; this is a flag: "market.closed"'),
        ("1 if market.closed else 'a'",
         "1: gives a number here and a word there: \"1 if market.closed else 'a'\""),
        ("rmp(1, 2, 3)",
         '1: unknown function "rmp"; did you mean "ramp"? allowed: abs, clamp, has, max, min, ramp, round'),
        ("market.pct.real()",
         '1: unknown function "market.pct.real"; allowed: abs, clamp, has, max, min, ramp, round'),
        ("ramp(1, 2)", '1: ramp takes 3 values: "ramp(1, 2)"'),
        ("abs()", '1: abs takes 1 value: "abs()"'),
        ("min(1)", '1: min takes 2 to 20 values: "min(1)"'),
        ("round(1, digits=2)", '1: round takes 1 to 2 values: "round(1, digits=2)"'),
        ("ramp(breadth, 1, 1)", '1: ramp takes two different bounds: "ramp(breadth, 1, 1)"'),
        ("clamp(breadth, 2, -1)", '1: clamp takes the lower bound first: "clamp(breadth, 2, -1)"'),
        ("has(1)", '5: a name is needed instead of "1"'),
        ("has(breadth, 1)", '1: has takes 1 name: "has(breadth, 1)"'),
        ("min(*breadth, 1)", '5: not part of the condition language: "*breadth"'),
        ("market.closed and True", '19: write the name of a flag instead of "True"'),
        ("breadth == None", '12: ask for has(name) instead of "None"'),
        ("breadth > 1e16", '11: number too large: "1e16"'),
        ("breadth > 1e999", '11: number too large: "1e999"'),
        ("breadth > 1j", '11: not part of the condition language: "1j"'),
        ("breadth > b'x'", "11: not part of the condition language: \"b'x'\""),
        ("breadth ** 2", '1: there is only + - * / and, for logic, and or not; not "breadth ** 2"'),
        ("~breadth", '1: write not instead of ~ in "~breadth"'),
        ("breadth is 1", '1: compare with < <= > >= == != or one in (...); not "breadth is 1"'),
        ("1 < breadth in (1, 2)",
         '1: compare with < <= > >= == != or one in (...); not "1 < breadth in (1, 2)"'),
        ("breadth in [1, 2]", '12: write choices in round brackets, not as "[1, 2]"'),
        ("breadth in ()", '12: nothing to choose from in "()"'),
        ("breadth in (1, market.pct)",
         '16: only a number or a quoted word can be a choice; not "market.pct"'),
        ("(1, 2)", '1: choices stand after in or not in only; not "(1, 2)"'),
        ("breadth[0] > 1", '1: no square brackets in a condition: "breadth[0]"'),
        ("f'{breadth}' == 'x'", "1: no text with an f before it: \"f'{breadth}'\""),
        ("lambda: 1", '1: not part of the condition language: "lambda: 1"'),
        ("[x for x in breadth]", '1: not part of the condition language: "[x for x in breadth]"'),
        ("(x := 1)", '2: not part of the condition language: "x := 1"'),
        ("market.pct = 1", "12: write == to compare"),
        ("phase = 'open'", "7: write == to compare"),
        ("breadth > 1 && market.closed", '14: write and instead of "&&"'),
        ("market.closed || market.record", '16: write or instead of "||"'),
        ("market.closed AND market.record", '15: write and instead of "AND"'),
        ("!market.closed", '1: write not instead of "!"'),
        ("breadth > ", "10: breaks off here"),
        ("phase == 'open", "10: cannot be read: unterminated string literal"),
        ("(breadth > 1", "1: cannot be read: '(' was never closed"),
        ("  breadth > xx", f'13: unknown name "xx"; allowed: {TOP}'),
        ("'éé' != market.name and xx > 1", f'25: unknown name "xx"; allowed: {TOP}'),
        ("breadth > 1 # often", '13: no place in a condition for "#"'),
        (r"phase == 'a\n'", "12: no place in a condition for \"\\\""),
        ("", "1: there is no condition here"),
        ("1" + " + 1" * 300, "1001: longer than 1000 characters; split it into several rules"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_column(text: str, problem: str) -> None:
    with pytest.raises(RuleError) as caught:
        make(text)
    assert str(caught.value) == f"angles/a.yaml:7: column {problem}".replace("\\\\", "\\")


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(RuleError) as caught:
        make("market.pcnt > 1 and market.tone == 'upp' or breadth")
    assert [problem.value for problem in caught.value.problems] == ["market.pcnt", "upp", "breadth"]


def test_the_type_that_is_wanted_is_checked() -> None:
    assert make("market.tone", wants="text").type == "word"
    with pytest.raises(RuleError) as caught:
        make("breadth", wants="flag")
    assert str(caught.value).endswith('column 1: a flag is wanted here; this gives a number: "breadth"')


@pytest.mark.parametrize(
    "text",
    ["(" * 300 + "1" + ")" * 300, "-" * 900 + "1", "not " * 240 + "market.closed", "1" + "+1" * 400,
     "1 if market.closed else " * 40 + "1", "abs(" * 150 + "1" + ")" * 150, "breadth" + ".a" * 400,
     "9" * 999, "[" * 500, "a" * 999, "x\0y", "\ud800", "'\ud800'"],
)  # fmt: skip
def test_what_is_monstrous_is_refused_or_harmless(text: str) -> None:
    try:
        make(text)
    except RuleError as error:
        assert len(str(error)) < 1000


def test_nothing_is_printed_or_warned_of() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert value("1if 2<3else 4") == 1.0
        with pytest.raises(RuleError):
            make("1 is 1")


PIECES = """
    market.pct market.tone market.closed breadth phase has( min( ramp( clamp( round( ( ) , . + - * / % < >
    <= == != = in not and or if else 'up' 'x' " 1 2.5 1e400 0x1f 1_0 [ ] { } : ; @ lambda await yield x is
    None True f'{x}' b'' ... ~ ! & | \\ # é \0 \\
"""


@settings(max_examples=500)
@given(st.text(max_size=40) | st.lists(st.sampled_from([*PIECES.split(), "\n"]), max_size=14).map(" ".join))
def test_any_text_compiles_and_evaluates_or_is_a_rule_error(text: str) -> None:
    try:
        expression = make(text)
    except RuleError as error:
        assert all(each.message.startswith("column ") and each.line == 7 for each in error.problems)
    else:
        result = expression.evaluate(GROUPS)
        kinds = {"number": (float, int), "flag": (bool,), "word": (str,), "text": (str,)}
        assert result is None or type(result) in kinds[expression.type]


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
    result = value(text, {"market": Market(**facts)})
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
    ramp = make(f"ramp(market.pct, {lo}, {hi})").evaluate
    at_x, at_y = (ramp({"market": Market(pct=at)}) for at in sorted((x, y)))
    assert 0 <= at_x <= 1
    assert 0 <= at_y <= 1
    assert at_x <= at_y if lo < hi else at_x >= at_y
    assert ramp({"market": Market(pct=lo)}) == 0
    assert ramp({"market": Market(pct=hi)}) == 1
    # continuous: no step is larger than its share of the way, give or take the last digits
    assert abs(at_x - at_y) <= abs(x - y) / abs(hi - lo) + 1e-9


def test_nothing_of_python_is_reachable_by_its_names() -> None:
    for name in ("__import__('os')", "market.__class__", "market.pct.__class__", "eval('1')", "open('x')"):
        ast.parse(name, mode="eval")  # good Python
        with pytest.raises(RuleError):
            make(name)
