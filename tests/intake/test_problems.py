"""How problems read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wrapgen.intake.problems import Findings, Problem, SnapshotError, pointer, show


def test_a_pointer_escapes_as_rfc_6901_says() -> None:
    assert pointer("markets", 3, "because") == "/markets/3/because"
    assert pointer("history", "a/b~c") == "/history/a~1b~0c"
    assert pointer() == ""


@given(st.lists(st.text()))
def test_a_pointer_can_be_taken_apart_again(tokens: list[str]) -> None:
    parts = pointer(*tokens).split("/")[1:]
    assert [part.replace("~1", "/").replace("~0", "~") for part in parts] == tokens


def test_an_error_is_one_line_a_problem_in_document_order() -> None:
    error = SnapshotError(
        [
            Problem("/markets/10/id", "is wrong"),
            Problem("/markets/2/kind", "is wrong too", ("index", "fx"), "fx"),
            Problem("", "is odd"),
        ]
    )
    assert str(error).splitlines() == [
        "(snapshot): is odd",
        "/markets/2/kind: is wrong too; allowed: index, fx; nearest: fx",
        "/markets/10/id: is wrong",
    ]


def test_findings_suggest_the_nearest_name_whatever_its_case() -> None:
    findings = Findings()
    findings.problem("/region", "is unknown", meant="Europ", candidates=("us", "europe"))
    findings.problem("/region", "is unknown", ("us", "europe"), "zzzz")
    assert [problem.nearest for problem in findings.problems] == ["europe", None]
    assert findings.problems[1].allowed == ("us", "europe")


def test_a_value_is_shown_short_and_on_one_line() -> None:
    assert show("a\nb") == r"'a\nb'"
    assert len(show("x" * 1000)) < 60
    assert show(10**400) == "a number too long to show"
    assert [show(None), show(True), show([1]), show({})] == ["null", "true", "a list", "an object"]
