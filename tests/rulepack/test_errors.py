from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from wrapgen.rulepack.errors import RuleError, RuleProblem, nearest, unknown

VERBS = ("advance", "climb", "rise", "fall")


def test_a_problem_reads_as_one_line() -> None:
    problem = unknown("angles/region.yaml", 14, "unknown verb class", "advnce", VERBS)
    assert str(problem) == (
        'angles/region.yaml:14: unknown verb class "advnce"; did you mean "advance"? '
        "allowed: advance, climb, rise, fall"
    )


def test_without_a_near_name_the_allowed_are_still_listed() -> None:
    assert str(unknown("a.yaml", 2, "unknown verb", "zzz", VERBS)) == (
        'a.yaml:2: unknown verb "zzz"; allowed: advance, climb, rise, fall'
    )


def test_a_problem_of_the_whole_file_has_no_line() -> None:
    assert str(RuleProblem("a.yaml", 0, "cannot be read")) == "a.yaml: cannot be read"


def test_a_long_list_of_allowed_names_is_cut_and_counted() -> None:
    text = str(RuleProblem("a.yaml", 1, "unknown", "x", tuple(f"name{n}" for n in range(20)), "name1"))
    assert text.endswith("name10, name11 and 8 more")


def test_where_none_is_near_the_whole_list_is_told_to_choose_from() -> None:
    text = str(RuleProblem("a.yaml", 1, "unknown", "x", tuple(f"name{n}" for n in range(65))))
    assert text.endswith("name58, name59 and 5 more")


def test_an_error_has_a_line_for_each_problem_and_survives_pickling() -> None:
    problems = [RuleProblem("a.yaml", 1, "one"), RuleProblem("b.yaml", 2, "two", "x")]
    error = pickle.loads(pickle.dumps(RuleError(problems[::-1])))
    assert str(error) == 'a.yaml:1: one\nb.yaml:2: two "x"'
    assert error.problems == tuple(problems)


def test_nearest_disregards_case_and_gives_up_on_the_unlike() -> None:
    assert nearest("ADVANCES", VERBS) == "advance"
    assert nearest("quite another word", VERBS) is None
    assert nearest("x", ()) is None


@given(st.text(), st.text(), st.text(max_size=200))
def test_whatever_is_quoted_a_problem_stays_one_line(file: str, message: str, value: str) -> None:
    text = str(RuleProblem("f.yaml", 3, message, value))
    assert len(text.splitlines()) == 1
