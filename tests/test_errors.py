from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stub import RuleProblem
from wrapgen.errors import InputError, OptionError, Problem, decode_json, describe, nearest


def test_a_problem_is_told_with_place_remedy_and_nearest_name() -> None:
    problem = Problem("/markets/0/id", "'HIS' is unknown", ("HSI", "SPX"), "HSI")
    assert describe(problem) == "/markets/0/id: 'HIS' is unknown; allowed: HSI, SPX; nearest: HSI"


def test_the_whole_document_has_a_name() -> None:
    assert describe(Problem("", "is not an object")) == "(snapshot): is not an object"


def test_a_rule_problem_is_told_with_file_and_line() -> None:
    problem = RuleProblem("angles/flat.yaml", 7, "unknown key", "scroe", ("score",), "score")
    assert describe(problem) == "angles/flat.yaml:7: unknown key; found: scroe; allowed: score; nearest: score"


def test_an_option_problem_is_told_as_typed() -> None:
    error = OptionError.unknown("style", "wier", ("wire", "desk"))
    assert describe(error) == "--style: 'wier' is unknown; allowed: wire, desk; nearest: wire"


def test_a_long_list_is_cut_and_says_by_how_much() -> None:
    told = describe(Problem("/x", "is unknown", [f"n{i}" for i in range(100)]))
    assert told.endswith(", n23 and 76 more")


@given(st.text())
def test_a_problem_is_always_one_line(message: str) -> None:
    assert len(describe(Problem("/x", message)).splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "meant"), [("HIS", "HSI"), ("hsi", "HSI"), ("nikei", "Nikkei"), ("zzzz", None), ("", None)]
)
def test_nearest(name: str, meant: str | None) -> None:
    assert nearest(name, ("HSI", "SPX", "Nikkei")) == meant


def test_json_may_begin_with_a_byte_order_mark() -> None:
    assert decode_json(b'\xef\xbb\xbf{"a": "\xc3\xa9"}') == {"a": "é"}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b'{"a": 1,\n  "b" 2}', "at line 2, column"),
        (b"\xff\xfe{\x00", "is not UTF-8"),
        (b"[NaN]", "is not JSON"),
    ],
)
def test_broken_json_says_where(data: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        decode_json(data)
    assert caught.value.problems[0].pointer == ""


@given(st.binary(max_size=40))
def test_any_bytes_are_json_or_an_input_error(data: bytes) -> None:
    try:
        decode_json(data)
    except InputError as error:
        assert error.problems


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("KTZ", ("TZS", "KZT"), "KZT"),
        ("cuold", ("cloud", "could"), "could"),
        ("XKAS", ("XTKS", "XKAZ"), "XKAZ"),
        ("qqq", ("XTKS", "XKAZ"), None),
    ],
)
def test_the_nearest_has_the_same_letters_or_the_same_beginning(
    name: str, known: tuple[str, ...], meant: str | None
) -> None:
    assert nearest(name, known) == meant
