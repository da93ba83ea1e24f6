"""A style and an angle of the pack's own are written of the sample days, though no golden article shows them."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cases.library import ROOT
from tests.trials.conftest import Changed
from wrapgen.trials.trial import try_rules

DAY = "asia-2025-11-12-morning"
ANGLE = """- angle: own_story
  family: market
  over: region
  says: A story that says more than is so.
  when: region.places >= 1
  tests: [{given: {region.places: 1}, holds: true, but: [{region.places: 0}]}]
  score: [{points: 0.1, says: It never wins by itself.}]
  evidence: [{say: "{region.places} places"}]
  headline:
    - say: ["{stocks} [WAY]"]
  lede:
    - say: ["{stocks} [WAY] {weekday}"]
"""


def with_day(folder: Path) -> Path:
    (folder / "days").mkdir()
    shutil.copy(ROOT / "seeds" / f"{DAY}.json", folder / "days")
    return folder


def test_a_style_of_false_words_is_told_at_its_entry(changed: Changed) -> None:
    folder = with_day(changed())
    (folder / "styles" / "own.yaml").write_text("- style: own\n  says: Ours.\n  spellings: [rose fell]\n", "utf-8")
    (problem,) = try_rules(folder).failures
    assert (problem.file, problem.line) == ("styles/own.yaml", 1)
    assert f"in the style own {DAY} cannot be written" in problem.message


def test_an_angle_that_says_what_is_not_so_is_told_at_its_entry(changed: Changed) -> None:
    folder = with_day(changed())
    (folder / "angles" / "own.yaml").write_text(ANGLE.replace("WAY", "fall"), "utf-8")
    told = [problem for problem in try_rules(folder).failures if "cannot be written" in problem.message]
    assert [(problem.file, problem.line) for problem in told] == [("angles/own.yaml", 1)]
    assert "on the angle own_story" in told[0].message


def test_a_style_and_an_angle_that_can_be_written_are_not_told(changed: Changed) -> None:
    folder = with_day(changed())
    (folder / "styles" / "own.yaml").write_text(
        "- style: own\n  says: Ours.\n  percent: percent\n  percent_joined: false\n", "utf-8"
    )
    assert try_rules(folder).failures == ()
