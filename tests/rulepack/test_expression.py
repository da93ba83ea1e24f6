from __future__ import annotations

import ast
import gc
import math
import pickle
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rulepack.conditions import GROUPS, SEEN, SPACE, Market, Wrap, make, value
from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.expression import compile_expression
from wrapgen.rulepack.namespace import Namespace


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
    assert (expression.type, expression.evaluate(SEEN)) == (type_, expected)
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
    assert value("market.pct * 2", GROUPS | {"market": Market(pct=1e308)}) is None


def test_groups_may_be_objects_or_nothing() -> None:
    assert value("breadth + market.pct", {"": Wrap(breadth=1), "market": Market(pct=2)}) == 3
    assert value("has(market.pct)", GROUPS | {"market": None}) is False
    assert value("market.closed", GROUPS | {"market": None}) is False


class Row(NamedTuple):
    rank: int
    kind: str
    size: float | None = None

    @property
    def top(self) -> bool:
        return self.rank == 1


def test_facts_that_are_named_tuples_are_read_as_others_are() -> None:
    space = Namespace.of(Row, market=Row)
    for text, expected in (("market.rank + rank", 4), ("market.kind == 'fx'", True), ("market.top", True)):
        expression = compile_expression(text, space, "angles/a.yaml", 7)
        assert expression.evaluate(space.gather({"": Row(3, "index"), "market": Row(1, "fx")})) == expected


def test_a_group_forgotten_by_the_caller_is_not_taken_for_a_missing_value() -> None:
    with pytest.raises(KeyError, match="market"):
        value("market.pct > 1", {"": Wrap()})
    with pytest.raises(AttributeError, match="pct"):
        value("market.pct > 1", {"": Wrap(), "market": Wrap()})


def test_and_or_look_no_further_than_they_must() -> None:
    assert value("breadth > 1 and market.pct > 1", {"": Wrap(), "market": object()}) is False
    assert value("breadth < 1 or market.pct > 1", {"": Wrap(), "market": object()}) is True


def test_an_expression_names_its_names_and_their_values() -> None:
    expression = make("market.pct > breadth and has(market.nothing) or market.pct < 0 and market.unsure")
    assert expression.names == ("market.pct", "breadth", "market.nothing", "market.unsure")
    assert expression.values(SEEN) == {
        "market.pct": 1.2, "breadth": 0.25, "market.nothing": None, "market.unsure": False,
    }  # fmt: skip


def test_an_expression_knows_the_words_that_it_can_be() -> None:
    assert make("market.tone if market.closed else 'mixed'").allowed == ("up", "down", "flat", "mixed")


def test_an_expression_survives_pickling() -> None:
    expression = pickle.loads(pickle.dumps(make("market.pct > 1")))
    assert expression == make("market.pct > 1")
    assert expression.evaluate(SEEN) is True


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
        for text in ("1if 2 < 3 else 4", "1 is 1"):
            with pytest.raises(RuleError):
                make(text)


class Left:
    """What the collector warns of when it finds it, as of a file that was left open."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        warnings.warn("left open", ResourceWarning, stacklevel=1)


def test_what_is_found_meanwhile_is_no_slip_of_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    failed: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", failed.append)
    parse = ast.parse

    def found(*args: Any, **options: Any) -> Any:
        gc.collect()
        return parse(*args, **options)

    monkeypatch.setattr(ast, "parse", found)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Left()
        make("market.pct > 1")
    assert failed == []


def test_threads_may_compile_at_once() -> None:
    # The collector lets another thread in while a tree is made, which Python 3.11 does not survive by itself.
    def let_in(*_: object) -> None:
        time.sleep(0)

    text, before = " or ".join(["market.pct > 1"] * 40), gc.get_threshold()
    gc.callbacks.append(let_in)
    gc.set_threshold(50)
    try:
        with ThreadPoolExecutor(4) as threads:
            assert {each.text for each in threads.map(make, [text] * 400)} == {text}
    finally:
        gc.set_threshold(*before)
        gc.callbacks.remove(let_in)


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
        result = expression.evaluate(SEEN)
        kinds = {"number": (float, int), "flag": (bool,), "word": (str,), "text": (str,)}
        assert result is None or type(result) in kinds[expression.type]
