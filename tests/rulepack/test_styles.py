"""House styles in a rule folder: what cannot be written in is refused, with file, line and the nearest name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wrapgen.resources import default_rules_directory
from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.pack import load_rules

FIRST = "- style: house\n  says: The usual one.\n- style: own\n  says: For a test.\n"


def problems(tmp_path: Path, keys: str) -> list[str]:
    """What is said of a style with these keys, which begin on line 5."""
    shutil.copytree(default_rules_directory(), tmp_path / "rules")
    (tmp_path / "rules" / "styles" / "house.yaml").write_text(FIRST + keys, encoding="utf-8")
    try:
        load_rules(tmp_path / "rules")
    except RuleError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_sound_style_loads(tmp_path: Path) -> None:
    assert problems(tmp_path, "  barred_verbs: [plummet, edge up]\n  first: [GB]\n  paragraph_words: 60\n") == []


@pytest.mark.parametrize(
    ("keys", "begins", "says"),
    [
        ("  barred_verbs: [plumet]\n", "styles/house.yaml:5:", 'of house style "plumet"; did you mean "plummet"'),
        ("  barred_verbs:\n    - soar\n    - edges up\n", "styles/house.yaml:7:", 'did you mean "edge up"'),
        ("  first: [UK]\n", "styles/house.yaml:5:", 'unknown first of house style "UK"'),
        ("  levels: allways\n", "styles/house.yaml:5:", 'did you mean "always"'),
        ("  headline_case: Title\n", "styles/house.yaml:5:", 'did you mean "title"'),
        ("  percent: per-cent\n", "styles/house.yaml:5:", "allowed: %, percent, per cent"),
        ("- style: house\n  says: Another.\n", "styles/house.yaml:5:", "already on line 1"),
        ("  percnt: '%'\n", "styles/house.yaml:5:", 'did you mean "percent"'),
        ("  tickers: maybe\n", "styles/house.yaml:5:", "tickers of house style must be true or false"),
        ("  decimals: 1.5\n", "styles/house.yaml:5:", "decimals must be a whole number from 1 to 2"),
        ("  decimals: 0\n", "styles/house.yaml:5:", "decimals must be a whole number from 1 to 2"),
        ("  numbers_as_words_below: 20\n", "styles/house.yaml:5:", "from 0 to 13"),
        ("  spellings: [favour]\n", "styles/house.yaml:5:", "a spelling must be two words"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(tmp_path: Path, keys: str, begins: str, says: str) -> None:
    (said,) = problems(tmp_path, keys)
    assert said.startswith(begins) and says in said


def test_a_style_named_in_two_files_is_refused(tmp_path: Path) -> None:
    shutil.copytree(default_rules_directory(), tmp_path / "rules")
    (tmp_path / "rules" / "styles" / "own.yaml").write_text("- style: house\n  says: Another.\n", encoding="utf-8")
    with pytest.raises(RuleError) as refused:
        load_rules(tmp_path / "rules")
    (said,) = [str(problem) for problem in refused.value.problems]
    assert said.startswith("styles/own.yaml:1: this style is already in styles/house.yaml, line ")


@pytest.mark.parametrize(
    ("barred", "left"),
    [
        ("hold steady, be little changed, be flat, remain flat, tread water", "of an index without the figure"),
        ("jump, rally, surge, soar, skyrocket", "rises of"),
        ("slump, tumble, plunge, plummet, drop, slide", "falls of"),
    ],
)
def test_bars_that_leave_a_move_without_a_verb_are_refused(tmp_path: Path, barred: str, left: str) -> None:
    (said,) = problems(tmp_path, f"  barred_verbs: [{barred}]\n")
    assert said.startswith("styles/house.yaml:5: the barred verbs leave none for") and left in said


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    said = problems(tmp_path, "  barred_verbs: [plumet]\n  decimals: 7\n  first: [XX]\n")
    assert len(said) >= 2
