from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.rulepack.damage import replace
from wrapgen.resources import default_rules_directory
from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.newscodes import FILE, load_newscodes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / FILE).parent.mkdir()
    shutil.copy(default_rules_directory() / FILE, tmp_path / FILE)
    return tmp_path


def test_urgency_goes_by_the_score(root: Path) -> None:
    codes = load_newscodes(root)
    assert [codes.urgency_of(score) for score in (10, 8, 7.99, 6, 5.9, 0, -1)] == [3, 3, 4, 4, 5, 5, 5]


def test_topics_are_those_that_are_called_for_in_the_order_of_the_file(root: Path) -> None:
    codes = load_newscodes(root)
    assert [t.code for t in codes.topics_of({"central_bank", "every"})] == [
        *("04000000", "20000385"),
        *("20000350", "20000379"),
    ]
    assert codes.topics_of(set()) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("urgency: 3", "urgency: 0", "urgency must be a whole number from 1 to 9"),
        ("urgency: 3", "urgency: 2.5", "urgency must be a whole number from 1 to 9"),
        ("from: 8", "from: 5", "never reached"),
        ("from: 0,", "from: 1,", "the last must be from 0"),
        ('"20000186"', "20000186", "must be a text"),
        ('"20000186"', '"2000186"', "eight digits"),
        ("tells: [crypto]", "tells: [crypot]", "crypot"),
        ("provider: wrapgen\n", "", "provider"),
        ('"20000186"', '"20000385"', "already on line"),
    ],
)
def test_a_fault_is_told_with_its_line(root: Path, old: str, new: str, told: str) -> None:
    replace(root / FILE, old, new)
    with pytest.raises(RuleError) as caught:
        load_newscodes(root)
    (problem,) = caught.value.problems
    assert told in f"{problem.message} {problem.value}" and problem.file == FILE and problem.line > 0


def test_a_missing_file_is_told(root: Path) -> None:
    (root / FILE).unlink()
    with pytest.raises(RuleError, match="no rule file here"):
        load_newscodes(root)
