"""A new word of a pattern is told once, with every file that it must go into, before an article fails for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wrapgen.check.words import load_vocabulary
from wrapgen.resources import default_rules_directory
from wrapgen.rulepack.pack import load_rules
from wrapgen.rulepack.soundness.moves import check_moves
from wrapgen.rulepack.soundness.sheets import read_sheets
from wrapgen.rulepack.soundness.words import check_words


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    shutil.copytree(default_rules_directory(), tmp_path / "rules", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "rules" / "sentences" / "own.yaml").write_text(
        '- rule: own.first\n  for: breadth\n  say: ["{stocks} [rise]"]\n', "utf-8"
    )
    return tmp_path / "rules"


def says(rules: Path, pattern: str) -> list[str]:
    path = rules / "sentences" / "own.yaml"
    path.write_text(path.read_text("utf-8").replace("{stocks} [rise]", pattern), "utf-8")
    return checked(rules)


def checked(rules: Path) -> list[str]:
    load_rules.cache_clear()
    load_vocabulary.cache_clear()
    sheets = read_sheets(rules)
    check_words(sheets, load_rules(rules))
    return [str(problem) for problem in sheets.problems]


def add(rules: Path, file: str, old: str, new: str) -> None:
    path = rules / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_new_word_is_told_once_with_both_files(rules: Path) -> None:
    (told,) = says(rules, "{stocks} [see] mercy")
    assert told.startswith("sentences/own.yaml:3: new word") and '"mercy"' in told
    assert "lexicon/words.yaml" in told and "check/words.yaml" in told and "role news" in told


def test_once_in_both_files_it_is_a_word_like_others(rules: Path) -> None:
    says(rules, "{stocks} [see] mercy")
    add(rules, "lexicon/words.yaml", "line, performer", "line, mercy, performer")
    (told,) = checked(rules)
    assert "the claim checker does not know" in told and '"mercy"' in told
    add(rules, "check/words.yaml", "    sector, sectors,", "    sector, mercy, sectors,")
    assert checked(rules) == []


def test_a_phrase_that_the_checker_knows_is_no_new_word_to_it(rules: Path) -> None:
    """A handful of them says how many; a handful by itself says nothing that it knows."""
    assert says(rules, "a handful of {stocks} [rise]") == []
    add(rules, "sentences/own.yaml", "a handful of {stocks} [rise]", "{stocks} [see] a handful")
    assert ['"handful"' in told for told in checked(rules)] == [True]


def test_a_capital_and_a_word_of_the_checker_alone_are_told_as_such(rules: Path) -> None:
    found = says(rules, "Elsewhere {stocks} [rise] twice")
    assert len(found) == 2
    assert any("small letters" in told and '"Elsewhere"' in told for told in found)
    assert any("for the claim checker only; move it up to its kind" in told and '"twice"' in told for told in found)


def test_a_verb_without_brackets_in_the_words_of_the_checker_is_told(rules: Path) -> None:
    add(rules, "check/moves.yaml", '- {say: "[climb]"', "- {say: climb")
    line = (rules / "check" / "moves.yaml").read_text("utf-8").split("- {say: climb,")[0].count("\n") + 1
    sheets = read_sheets(rules)
    check_moves(sheets, load_rules(rules))
    found = [str(problem) for problem in sheets.problems]
    assert [told for told in found if told.startswith(f"check/moves.yaml:{line}: ")] == found
    assert 'must stand in brackets and quotes, "[climb]"' in found[0]
