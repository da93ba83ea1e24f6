"""The cases beside a sentence rule: what they may say, and what is said of one that fails."""

from __future__ import annotations

import pytest

import wrapgen
from wrapgen.clause import Pattern
from wrapgen.rulepack import kinds
from wrapgen.rulepack.entries import Entry
from wrapgen.rulepack.pattern import parse_pattern
from wrapgen.rulepack.records import check_all
from wrapgen.rulepack.sayings import entry_failures, is_plural, unsaid
from wrapgen.rulepack.yamlfile import parse_yaml

PACK = wrapgen.load_rules()

RULE = """
- rule: stock.points
  for: stock.score
  when: stock.direction == 'up' and has(stock.points)
  say:
    - "{stock} [moved] {change}, [adding] {index_points} to {index}"
    - "{items} [were] ahead"
  tests:
"""


def entry(tests: str, rule: str = RULE) -> Entry:
    problems: list[object] = []
    (record,) = check_all(parse_yaml((rule + tests).encode(), "f.yaml"), kinds.SENTENCE, "f.yaml", problems)  # type: ignore[arg-type]
    assert not problems
    patterns: list[Pattern] = [parse_pattern(text, "f.yaml:2 stock.points", PACK.lexicon) for text in record["say"]]
    return Entry(
        record["rule"],
        "f.yaml:2 stock.points",
        record["for"],
        "f.yaml",
        record.line,
        "",
        record["when"],
        tuple(patterns),
        record["say"].lines,
        record["tests"],
    )


def said(tests: str, rule: str = RULE) -> list[str]:
    return [str(each) for each in entry_failures(entry(tests, rule), PACK.lexicon, PACK.realiser)]


GIVEN = "    - given: {stock.direction: up, stock.points: 3}\n"
FILLED = "      with: {stock: Toyota, change: 1%, index_points: 9 points, index: the Nikkei}\n"


@pytest.mark.parametrize(
    "case",
    [
        GIVEN,
        GIVEN + "      but: [{stock.direction: down}, {stock.points: null}]\n",
        GIVEN + "      also: [{stock.points: 4}]\n",
        GIVEN + FILLED + '      says: "Toyota rose 1%, adding 9 points to the Nikkei"\n',
        GIVEN + FILLED + '      moved: climb\n      says: ["Toyota climbed 1%, adding 9 points to the Nikkei"]\n',
        GIVEN + "      with: {items: tech stocks}\n      says: tech stocks were ahead\n",
        GIVEN + "      with: {items: Toyota}\n      says: Toyota was ahead\n",
        GIVEN + "      with: {items: {say: the Dow and Co, plural: false}}\n      says: the Dow and Co was ahead\n",
    ],
)
def test_a_case_that_is_met_says_nothing(case: str) -> None:
    assert said(case) == []


@pytest.mark.parametrize(
    ("case", "problem"),
    [
        (GIVEN + "      but: [{stock.points: 4}]\n", "f.yaml:10: this case holds, and should not"),
        (GIVEN + "      also: [{stock.direction: down}]\n", "f.yaml:10: this case does not hold"),
        (GIVEN + FILLED + "      says: Toyota fell\n", "says “Toyota rose 1%, adding 9 points to the Nikkei”, and the"),
        (
            GIVEN + "      with: {stok: Toyota}\n      says: x\n",
            'f.yaml:10: a slot that no pattern here has "stok"; did',
        ),
        (
            GIVEN + FILLED + "      moved: clim\n      says: x\n",
            'f.yaml:11: no verb of a move "clim"; did you mean "climb"',
        ),
        (
            GIVEN + "      with: {stock: Toyota}\n      says: x\n",
            "filled 0 patterns of the rule on line",
        ),
        (GIVEN + "      with: {items: [x]}\n      says: x\n", "a slot is filled with a text"),
        ("    - given: {stock.pct: 1}\n", 'a fact that is not asked for "stock.pct"'),
    ],
)
def test_a_case_that_is_not_met_is_told_with_its_line(case: str, problem: str) -> None:
    assert any(problem in line for line in said(case)), said(case)


def test_a_rule_without_a_condition_is_given_no_facts() -> None:
    rule = RULE.replace("  when: stock.direction == 'up' and has(stock.points)\n", "")
    assert "no condition" in said("    - given: {stock.direction: up}\n", rule)[0]
    assert said("    - with: {items: Toyota}\n      says: Toyota was ahead\n", rule) == []


def test_the_line_of_a_sentence_is_its_own() -> None:
    both = GIVEN + FILLED.replace("}", ", items: Toyota}") + "      says:\n        - x\n        - y\n"
    assert [line.split(": ")[0] for line in said(both)] == ["f.yaml:12", "f.yaml:13"]


def test_a_pattern_that_no_case_says_is_found() -> None:
    left = [pattern.source for _, pattern in unsaid(entry(GIVEN + FILLED + "      says: x\n"))]
    assert left == ["{items} [were] ahead"]


def test_headlines_are_in_the_present() -> None:
    rule = RULE.replace("for: stock.score", "for: subhead.market")
    assert said(GIVEN + FILLED + '      says: "Toyota rises 1%, adding 9 points to the Nikkei"\n', rule) == []


@pytest.mark.parametrize(
    ("text", "plural"),
    [("tech stocks", True), ("Sony and Toyota", True), ("the Nikkei", False), ("a fall in shares", False)],
)
def test_number_is_read_off_the_words(text: str, plural: bool) -> None:
    assert is_plural(text, PACK.lexicon) is plural
