"""An angle that no day could support, or a headline that is never said, is told by what it is asked of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wrapgen.resources import default_rules_directory
from wrapgen.rulepack.pack import load_rules
from wrapgen.rulepack.soundness.angles import check_angles
from wrapgen.rulepack.soundness.sheets import read_sheets

ANGLE = """- angle: own_story
  family: market
  over: OVER
  says: For a test.
  when: WHEN
  score: [{points: "POINTS", says: For a test.}]
  evidence: [{say: nothing}]
  headline:
    - say: ["HEADLINE"]
  lede:
    - say: ["{stocks} [moved] {weekday}"]
"""


def told(tmp_path: Path, over: str, when: str, headline: str = "{stocks} [moved]", points: str = "1") -> list[str]:
    """What is said of an angle, without its cases."""
    rules = tmp_path / "rules"
    shutil.copytree(default_rules_directory(), rules, ignore=shutil.ignore_patterns("__pycache__", "days"))
    text = ANGLE.replace("OVER", over).replace("WHEN", when).replace("HEADLINE", headline).replace("POINTS", points)
    (rules / "angles" / "own.yaml").write_text(text, "utf-8")
    sheets = read_sheets(rules)
    check_angles(sheets, load_rules(rules))
    return [str(problem) for problem in sheets.problems]


@pytest.mark.parametrize(
    ("over", "when"),
    [
        ("market", "market.pct >= 1 and market.id == 'RTY'"),
        ("market", "market.id == 'AN_INDEX_OF_THE_SENDER' or market.kind == 'index'"),
        ("region", "region.tone == 'up' and backdrop.pct >= 1"),
        ("stock", "stock.pct >= 1 and market.pct <= 0"),
        ("event", "event.importance >= 4 and frame.key"),
    ],
)
def test_what_an_angle_can_know_is_not_told(tmp_path: Path, over: str, when: str) -> None:
    assert told(tmp_path, over, when) == []


@pytest.mark.parametrize(
    ("over", "when", "says"),
    [
        ("market", "market.kind == 'volatility' and market.pct >= 10", 'market.kind is never "volatility"'),
        ("market", "market.id in ('VIX', 'USDJPY') and market.pct >= 10", 'market.id is never "USDJPY, VIX"'),
        ("region", "market.pct >= 1", "over region knows only the facts of region, backdrop; it never has"),
        ("market", "stock.pct >= 1", 'it never has "stock.pct"'),
    ],
)
def test_a_condition_that_no_day_supports_is_told_with_what_is_asked(
    tmp_path: Path, over: str, when: str, says: str
) -> None:
    (line,) = told(tmp_path, over, when)
    assert line.startswith("angles/own.yaml:5: ") and says in line


def test_a_weight_that_never_counts_is_told(tmp_path: Path) -> None:
    (line,) = told(tmp_path, "region", "region.tone == 'up'", points="2 * ramp(market.pct, 0, 1)")
    assert line.startswith("angles/own.yaml:6: ") and '"market.pct"' in line


def test_a_headline_with_a_slot_that_is_never_filled_is_told(tmp_path: Path) -> None:
    (line,) = told(tmp_path, "market", "market.pct >= 1", "{stock} [leads]")
    assert line.startswith("angles/own.yaml:9: never said: only an angle over stock fills the slot")
