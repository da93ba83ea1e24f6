from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from wrapgen.rulepack import yamlfile
from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.yamlfile import Items, Record, parse_yaml, read_yaml

SIGNS = "abc: -[]{},&*!|>'\"%@`?#\n\n  0.~<=\\\r"
GOOD = b"""\
# a comment
rules:
  - id: first
    when: market.pct > 1
    sizes: [0.5, 1,
      2]
  - id: second
    says: >
      Folded over
      two lines.
    tests:
      - {given: {a: 1}, expect: true}
"""


def problems(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(RuleError) as caught:
        parse_yaml(data, "f.yaml")
    return str(caught.value).splitlines()


def test_the_data_is_what_yaml_gives() -> None:
    assert parse_yaml(GOOD, "f") == yaml.safe_load(GOOD)


def test_every_mapping_key_and_item_knows_its_line() -> None:
    top = parse_yaml(GOOD, "f")
    first, second = top["rules"]
    assert (top.line, top.lines) == (2, {"rules": 2})
    assert (top["rules"].line, top["rules"].lines) == (3, [3, 7])
    assert (first.line, first.lines) == (3, {"id": 3, "when": 4, "sizes": 5})
    assert first["sizes"].lines == [5, 5, 6]
    assert second.lines == {"id": 7, "says": 8, "tests": 11}
    assert second["tests"][0]["given"].lines == {"a": 12}
    assert second.line_of("says") == 8
    assert second.line_of("absent") == 7


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"), ("on", "on"), ("Yes", "Yes"), ("off", "off"), ("y", "y"), ("NO", "NO"),
        ("2025-11-12", "2025-11-12"), ("12:30", "12:30"), ("1:30:00", "1:30:00"),
        ("0700", "0700"), ("0x1f", "0x1f"), ("0o17", "0o17"), ("1_000", "1_000"), ("1,000", "1,000"),
        (".inf", ".inf"), (".nan", ".nan"), ("1e999", "1e999"), ("1" * 40, "1" * 40), ("1.2%", "1.2%"),
        ("+", "+"), (".", "."), ("=", "="), ("1.2.3", "1.2.3"), ("--1", "--1"),
        ("true", True), ("FALSE", False), ("tRue", "tRue"), ("null", None), ("~", None), ("", None),
        ("1", 1), ("-1", -1), ("+1", 1), ("0", 0), ("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0),
        ("-2.5E-3", -0.0025), ('"1"', "1"), ("'true'", "true"), ('""', ""),
    ],
)  # fmt: skip
def test_only_plain_numbers_and_true_false_null_are_not_text(written: str, value: Any) -> None:
    read = parse_yaml(f"a: {written}\n".encode(), "f")["a"]
    assert read == value
    assert type(read) is type(value)


@given(st.integers(-(10**14), 10**14) | st.floats(-1e14, 1e14).filter(lambda x: not 0 < abs(x) < 1e-90))
def test_numbers_survive_as_written(number: float) -> None:
    assert parse_yaml(f"- {number!r}".encode(), "f") == [number]


@pytest.mark.parametrize("data", [b"", b"# nothing\n", b"---\n", b"\xef\xbb\xbf", b"\n\n"])
def test_a_file_without_content_is_none(data: bytes) -> None:
    assert parse_yaml(data, "f") is None


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert parse_yaml(b"\xef\xbb\xbfa: 1\r\nb: x\r\n", "f").lines == {"a": 1, "b": 2}


def test_anchors_repeat_a_value() -> None:
    read = parse_yaml(b"a: &x [1, {b: 2}]\nc: *x\nd: &y word\ne: [*y, *y]\n", "f")
    assert read == {"a": [1, {"b": 2}], "c": [1, {"b": 2}], "d": "word", "e": ["word", "word"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\na: 4", ['3: key already on line 1 "a"', '4: key already on line 1 "a"']),
        ("1: x\nnull: y", ['1: a key must be text; put quotes around "1"',
                           '2: a key must be text; put quotes around "None"']),
        ("? [a, b]\n: 1\nc: 2\nc: 3", ["1: a key must be text, not a mapping or a list",
                                       '4: key already on line 3 "c"']),
        ("a: !!python/object:os.system x",
         ['1: tags have no place in a rule file "tag:yaml.org,2002:python/object:os.system"']),
        ("a: !x {b: 1}\nc: ! d", ['1: tags have no place in a rule file "!x"',
                                  '2: tags have no place in a rule file "!"']),
        ("a: &x {b: 1}\nc:\n  <<: *x",
         ['3: merge keys have no place in a rule file; write the keys out "<<"']),
        ("a: 1\n---\nb: 2", ["2: a second document (---); one file, one document"]),
        ("a: 1\nb:\t2\n\tc: 3", ["2: tab; use spaces", "3: tab; use spaces"]),
        ("a: \u200b1", ["1: unseen character U+200B; remove it"]),
        ("a: [1, 2", ["1: broken YAML: while parsing a flow sequence, did not find expected ',' or ']'"]),
        ("a: 1\nb: x\x00", ["2: unseen character U+0000; remove it"]),
        ("a: x\u2028y", ["1: unseen character U+2028; remove it"]),
        ("a: [1, 2\nb: 3", ["2: broken YAML: while parsing a flow sequence begun on line 1, "
                            "did not find expected ',' or ']'"]),
        ("a: b: c", ["1: broken YAML: mapping values are not allowed in this context; "
                     "put a text with a colon in it in quotes"]),
        ("a: 'x", ["1: broken YAML: while scanning a quoted scalar, found unexpected end of stream"]),
        ("a: &x [*x]", ['1: no finished value before this line has the anchor "x"']),
        ("a: *nothing", ['1: no finished value before this line has the anchor "nothing"']),
        ("[" * 60 + "]" * 60, ["1: more than 40 levels deep"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(text: str, expected: list[str]) -> None:
    assert problems(text) == [f"f.yaml:{line}" for line in expected]


def test_undecodable_bytes_are_refused_with_their_line() -> None:
    expected = "f.yaml:2: is not UTF-8 text (byte 0xe9); save the file as UTF-8"
    assert problems(b"a: 1\nb: caf\xe9\n") == [expected]


def test_aliases_cannot_blow_a_file_up() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert "more than 500000 values in one file" in problems("\n".join(lines))[0]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.yaml", tmp_path, "nul\0.yaml"):
        with pytest.raises(RuleError, match=r"f\.yaml: cannot be read: "):
            read_yaml(path, "f.yaml")
    (tmp_path / "there.yaml").write_bytes(b"a: 1")
    assert read_yaml(tmp_path / "there.yaml", "f.yaml") == {"a": 1}


def _outcome(data: bytes) -> str:
    """``read`` or ``refused``; else what is wrong with the values, or with the refusal."""
    try:
        value = parse_yaml(data, "f.yaml")
    except RuleError as error:
        lines = data.count(b"\n") + data.count(b"\r") + 1
        if not error.problems or len(str(error).splitlines()) != len(error.problems):
            return f"refused without a line for each problem: {error}"
        outside = [problem for problem in error.problems if not 0 <= problem.line <= lines]
        return f"refused at a line that the file has not: {outside}" if outside else "refused"
    return _ill_formed(value) or "read"


def _ill_formed(value: Any) -> str | None:
    """The first value that is not a record or items with their lines, or a plain finite scalar."""
    if isinstance(value, dict):
        if type(value) is not Record or set(value.lines) != set(value) or any(type(key) is not str for key in value):
            return f"not a record: {value!r}"
        return next(filter(None, map(_ill_formed, value.values())), None)
    if isinstance(value, list):
        if type(value) is not Items or len(value.lines) != len(value):
            return f"not items: {value!r}"
        return next(filter(None, map(_ill_formed, value)), None)
    plain = value is None or type(value) in (str, int, float, bool)
    finite = not isinstance(value, float) or math.isfinite(value)
    return None if plain and finite else f"not a plain value: {value!r}"


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert _outcome(data) in ("read", "refused")


@settings(max_examples=300)
@given(st.lists(st.sampled_from([*SIGNS, "- ", ": ", "&a ", "*a", "---\n", "é", "\t"])))
def test_any_run_of_yaml_signs_is_read_or_refused(parts: list[str]) -> None:
    assert _outcome("".join(parts).encode()) in ("read", "refused")


@settings(max_examples=300)
@given(st.integers(0, len(GOOD)), st.integers(0, 8), st.binary(max_size=4))
def test_a_damaged_file_is_read_or_refused(at: int, cut: int, put: bytes) -> None:
    assert _outcome(GOOD[:at] + put + GOOD[at + cut :]) in ("read", "refused")


@settings(max_examples=100)
@given(st.integers(0, len(GOOD)), st.integers(0, 8), st.binary(max_size=4))
def test_and_so_it_is_without_libyaml(at: int, cut: int, put: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamlfile, "_LOADER", yaml.SafeLoader)
        assert parse_yaml(GOOD, "f") == yaml.safe_load(GOOD)
        assert _outcome(GOOD[:at] + put + GOOD[at + cut :]) in ("read", "refused")


def test_files_are_read_by_libyaml_where_it_is_there() -> None:
    """Twelve times as fast; the rules are read at every start."""
    assert yamlfile._LOADER is (yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)
