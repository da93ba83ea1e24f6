from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wrapgen.rulepack.errors import RuleProblem
from wrapgen.rulepack.expression import Expression
from wrapgen.rulepack.namespace import Namespace
from wrapgen.rulepack.records import Band, Field, Kind, check, check_all, named, record, records
from wrapgen.rulepack.yamlfile import Record, parse_yaml


@dataclass(frozen=True)
class Facts:
    pct: float | None


SPACE = Namespace.of(market=Facts)
CASE = Kind("case", (Field("given", "anything"), Field("expect", "flag", required=True)), key="")
WORDS = Kind("phrase", (Field("say", "text", required=True),))
VERB = Kind(
    "verb",
    (
        Field("id", "text", required=True, says="the base form"),
        Field("rank", "number", default=3),
        Field("plain", "flag", default=False),
        Field("way", "word", allowed=("up", "down", "flat")),
        Field("fits", "words", allowed=("index", "stock", "yield")),
        Field("says", "texts"),
        Field("size", "band"),
        Field("case", record(CASE)),
        Field("tests", records(CASE)),
        Field("forms", named(WORDS)),
        Field("when", "expression", namespace=SPACE, wants="flag"),
        Field("score", "expression"),
        Field("note", "anything"),
    ),
)

GOOD = """\
- id: climb
  rank: 1.5
  plain: true
  way: up
  fits: [index, stock]
  says: one text
  size: [0.1, 4.3, 0.9]
  case: {expect: true}
  tests:
    - {given: {a: 1}, expect: false}
  forms:
    past: {say: climbed}
  when: market.pct > 1
  score: 0.5
  note:
- id: fall
"""


def checked(text: str) -> tuple[Any, list[str]]:
    problems: list[RuleProblem] = []
    found = check_all(parse_yaml(text.encode(), "f.yaml"), VERB, "f.yaml", problems, 1)
    return found, [str(problem).removeprefix("f.yaml:") for problem in problems]


def test_a_good_record_has_its_values() -> None:
    (climb, fall), problems = checked(GOOD)
    assert problems == []
    when = climb.pop("when")
    assert isinstance(when, Expression)
    assert when.evaluate(SPACE.gather({"market": Facts(2)})) is True
    assert climb == {
        "id": "climb", "rank": 1.5, "plain": True, "way": "up", "fits": ("index", "stock"),
        "says": ("one text",), "size": Band(0.1, 4.3, 0.9), "case": {"given": None, "expect": True},
        "tests": ({"given": {"a": 1}, "expect": False},), "forms": {"past": {"say": "climbed"}},
        "score": "0.5", "note": None,
    }  # fmt: skip


def test_what_is_left_out_has_its_default_or_is_empty() -> None:
    (_, fall), _ = checked(GOOD)
    assert fall == {
        "id": "fall", "rank": 3, "plain": False, "way": None, "fits": (), "says": (), "size": None,
        "case": None, "tests": (), "forms": {}, "when": None, "score": None, "note": None,
    }  # fmt: skip


def test_a_checked_record_still_knows_its_lines() -> None:
    (climb, fall), _ = checked(GOOD)
    assert (climb.line, climb.line_of("when"), fall.line) == (1, 13, 16)
    assert climb["tests"][0].line_of("expect") == 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- id: a\n  wya: up",
         '2: unknown key of verb "wya"; did you mean "way"? allowed: id, rank, plain, way, fits, says, size, '
         "case, tests, forms, when, score and 1 more"),
        ("- rank: 1", '1: verb needs the key "id"'),
        ("- climb", "1: verb must be a mapping, but is a text"),
        ("- id: a\n- id: b\n- id: a", '3: id of verb already on line 1 "a"'),
        ("[{id: a}, {id: a}]", '1: id of verb already on line 1 "a"'),
        ("- id: 9988", "1: id of verb must be a text (in quotes, where it looks like something else), "
                       'but is a number "9988"'),
        ("- id:", "1: id of verb has no value; leave the key out"),
        ("- id: a\n  rank: high", '2: rank of verb must be a number, but is a text "high"'),
        ("- id: a\n  rank: true", '2: rank of verb must be a number, but is a flag "true"'),
        ("- id: a\n  plain: yes", '2: plain of verb must be true or false, but is a text "yes"'),
        ("- id: a\n  plain: 1", '2: plain of verb must be true or false, but is a number "1"'),
        ("- id: a\n  way: upp", '2: unknown way of verb "upp"; did you mean "up"? allowed: up, down, flat'),
        ("- id: a\n  fits: [index,\n   stokc]",
         '3: unknown fits of verb "stokc"; did you mean "stock"? allowed: index, stock, yield'),
        ("- id: a\n  fits: yeild",
         '2: unknown fits of verb "yeild"; did you mean "yield"? allowed: index, stock, yield'),
        ("- id: a\n  fits: [index, index]",
         "2: fits of verb must be a list of different words, but is a list"),
        ("- id: a\n  says: [x, 1]", "2: says of verb must be a list of texts, but is a list"),
        ("- id: a\n  tests: {expect: true}", "2: a list of case records is wanted; this is a mapping"),
        ("- id: a\n  tests:\n  - expect: x", '3: expect of case must be true or false, but is a text "x"'),
        ("- id: a\n  tests:\n  -\n  - {expect: true}", "3: case must be a mapping, but is empty"),
        ("- id: a\n  tests:", "2: tests of verb has no value; leave the key out"),
        ("- id: a\n  case: []", "2: case must be a mapping, but is a list"),
        ("- id: a\n  forms: [x]", "2: a mapping of phrase records is wanted; this is a list"),
        ("- id: a\n  forms:\n    past: {sya: x, say: y}",
         '3: unknown key of phrase "sya"; did you mean "say"? allowed: say'),
        ("- id: a\n  when: market.pct",
         '2: column 1: a flag is wanted here; this gives a number: "market.pct"'),
        ("- id: a\n  when: true", '2: when of verb must be a condition, but is a flag "true"'),
        ("- id: a\n  score: [1]", "2: score of verb must be a condition, but is a list"),
        ("a: 1", "1: a list of verb records is wanted; this is a mapping"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(text: str, expected: str) -> None:
    assert checked(text)[1] == [expected]


def test_everything_wrong_in_a_file_is_said_at_once() -> None:
    text = "- wya: up\n  rank: x\n- id: a\n  when: market.pcnt > 1 and 2\n- id: a\n  plain: no\n"
    _, problems = checked(text)
    assert [int(problem.partition(":")[0]) for problem in problems] == [1, 2, 1, 4, 4, 6, 5]


@pytest.mark.parametrize(
    ("written", "band"),
    [
        ("[0, 2]", Band(0, 2, 1)),
        ("[1, 1, 1]", Band(1, 1, 1)),
        ("[-2, -1, -1.5]", Band(-2, -1, -1.5)),
        ("[3, null]", Band(3, math.inf, 3)),
        ("[3, null, 5]", Band(3, math.inf, 5)),
        ("[2, 1]", None), ("[1, 2, 3]", None), ("[1]", None), ("[1, 2, 1, 2]", None), ("[a, 2]", None),
        ("[null, 2]", None), ("[true, 2]", None), ("1", None), ("[1, 2, null]", None), ("{a: 1}", None),
    ],
)  # fmt: skip
def test_bands(written: str, band: Band | None) -> None:
    (verb,), problems = checked(f"- id: a\n  size: {written}")
    assert verb["size"] == band
    assert len(problems) == (band is None)


def test_a_band_holds_its_ends_and_what_lies_between() -> None:
    band = Band(1, 3, 2)
    assert [size in band for size in (0.9, 1, 2, 3, 3.1, "2")] == [False, True, True, True, False, False]


def test_one_record_alone() -> None:
    problems: list[RuleProblem] = []
    assert check(parse_yaml(b"say: x", "f"), WORDS, "f", problems) == {"say": "x"}
    assert check(None, WORDS, "f", problems, 4) == {"say": None}
    assert [str(problem) for problem in problems] == ["f:4: phrase must be a mapping, but is empty"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["up", "a", "market.pct > 1", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from([*(field.name for field in VERB.fields), "expect", "say", "other"]), inner, max_size=4
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from([field.name for field in VERB.fields]), VALUES), max_size=3))
def test_whatever_the_file_holds_every_field_is_there_afterwards(data: Any) -> None:
    found, problems = checked(repr(data).replace("None", "null"))
    for each in found:
        assert type(each) is Record
        assert set(each) == {field.name for field in VERB.fields}
    if not problems:
        assert all(isinstance(each["id"], str) for each in found)
