from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wrapgen.check.words import forms_of, load_vocabulary, stem
from wrapgen.resources import default_rules_directory
from wrapgen.rulepack.errors import RuleError

FILES = ("events", "moves", "names", "verbs", "words")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    shutil.copytree(default_rules_directory() / "check", tmp_path / "check")
    return tmp_path


def problems(rules: Path) -> list[str]:
    with pytest.raises(RuleError) as error:
        load_vocabulary(rules)
    return str(error.value).splitlines()


def test_the_words_that_ship_load_and_are_kept() -> None:
    assert load_vocabulary() is load_vocabulary()
    assert load_vocabulary().single["climbed"].direction == "up"


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_is_named(rules: Path, name: str) -> None:
    (rules / "check" / f"{name}.yaml").unlink()
    assert any(line.startswith(f"check/{name}.yaml") for line in problems(rules))


def test_what_is_wrong_is_told_with_file_line_and_nearest(rules: Path) -> None:
    (rules / "check" / "moves.yaml").write_text("- {say: '[climb]', direction: upp}\n- {direction: down}\n", "utf-8")
    (rules / "check" / "words.yaml").write_text(
        "- {role: caus, say: [after]}\n- {role: cause, sense: aftr, say: [x]}\n", "utf-8"
    )
    found = problems(rules)
    assert any(line.startswith("check/moves.yaml:1:") and '"up"' in line for line in found)
    assert any(line.startswith("check/moves.yaml:2:") and "say" in line for line in found)
    assert any(line.startswith("check/words.yaml:1:") and '"cause"' in line for line in found)
    assert any(line.startswith("check/words.yaml:2:") and "aftr" in line for line in found)


def test_an_editor_can_add_a_word(rules: Path) -> None:
    with (rules / "check" / "moves.yaml").open("a", encoding="utf-8") as file:
        file.write('- {say: "[zoom]", direction: up, index: [1, 50], stock: [2, 90]}\n')
    words = load_vocabulary(rules).single
    assert {words[form].direction for form in ("zoom", "zooms", "zoomed", "zooming")} == {"up"}


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("climb", {"climb", "climbs", "climbed", "climbing"}),
        ("rise", {"rise", "rises", "rose", "risen", "rising"}),
        ("drop", {"drop", "drops", "dropped", "dropping"}),
        ("rally", {"rally", "rallies", "rallied", "rallying"}),
        ("ease", {"ease", "eases", "eased", "easing"}),
    ],
)
def test_forms_of_a_verb(verb: str, forms: set[str]) -> None:
    known = {"rise": {"past": ("rose",), "participle": "risen"}, "drop": {"doubled": True}}
    assert set(forms_of(verb, known)) == forms  # type: ignore[arg-type]


@pytest.mark.parametrize("group", [("sold", "sell", "sells", "selling"), ("lowered", "lower"), ("rates", "rate")])
def test_forms_of_a_word_have_one_stem(group: tuple[str, ...]) -> None:
    assert len({stem(word, load_vocabulary().stems) for word in group}) == 1
