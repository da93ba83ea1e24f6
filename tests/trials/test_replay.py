"""The same days under two packs."""

from __future__ import annotations

import wrapgen
from tests.cases.library import ROOT
from tests.trials.conftest import Changed
from wrapgen.trials.days import read_days
from wrapgen.trials.page import page
from wrapgen.trials.replay import Replay, replay

PACK = wrapgen.load_rules()
DAYS = tuple(read_days([ROOT / "seeds"], PACK))
REFERENCE = "asia-2025-11-12-morning"


def against(folder: object) -> Replay:
    return replay(DAYS, PACK, wrapgen.load_rules(folder))  # type: ignore[arg-type]


def test_a_pack_does_not_differ_from_itself() -> None:
    result = replay(DAYS, PACK, PACK)
    assert len(result.days) == 7 and not result.changed and not result.broken
    assert result.never[0] == result.never[1] and result.never[0]
    assert "No day reads otherwise" in page(result)


def test_another_verb_shows_in_the_sentences_that_have_it(changed: Changed) -> None:
    result = against(
        changed(
            "sentences/markets.yaml",
            "[outpaced] most of its regional peers",
            "[outperformed] most of its regional peers",
        )
    )
    (day,) = result.changed
    (change,) = day.changes
    assert day.day == REFERENCE and not day.angle_changed and not day.new_fault
    assert ("out", "outpaced") in change.runs and ("in", "outperformed") in change.runs
    assert change.rules[0].startswith("sentences/markets.yaml:") and "focus.leads" in " ".join(change.rules)
    assert "[-outpaced-] {+outperformed+}" in result.render()
    html = page(result)
    assert "<del>outpaced</del>" in html and "<ins>outperformed</ins>" in html and f'id="{REFERENCE}"' in html


def test_another_weight_shows_in_the_angle(changed: Changed) -> None:
    folder = changed(
        "angles/market.yaml", "- points: 1.6\n      says: The best market", "- points: -4\n      says: The best market"
    )
    day = next(day for day in against(folder).changed if day.day == REFERENCE)
    assert day.angles[0][0] == "led_by_market" and day.angles[1][0] != "led_by_market"


def test_a_claim_that_breaks_is_told_with_its_day(changed: Changed) -> None:
    folder = changed(
        "sentences/markets.yaml",
        '"{market} [outpaced] most of its regional peers, [moving] {change:new} {session}"',
        '"{market} [moved] {change} {session}, a record high"',
    )
    result = against(folder)
    assert [day.day for day in result.broken] == [REFERENCE]
    assert "record high" in result.broken[0].new_fault
    assert "BREAKS" in result.render() and "1 days break" in result.render()


def test_a_rule_that_no_longer_fires_is_named(changed: Changed) -> None:
    folder = changed(
        "sentences/region.yaml",
        "region.places >= 3 and region.share_up < 1",
        "region.places >= 90 and region.share_up < 1",
    )
    result = against(folder)
    came = set(result.never[1]) - set(result.never[0])
    assert "sentences/region.yaml stocks.most" in came
    assert "+ sentences/region.yaml stocks.most" in result.render()


def test_a_day_that_is_refused_is_told(changed: Changed, tmp_path: object) -> None:
    from pathlib import Path

    bad = Path(str(tmp_path)) / "bad.json"
    bad.write_text("{}", "utf-8")
    result = replay(read_days([bad], PACK), PACK, PACK)
    assert [day.name for day in result.refused] == ["bad"] and "bad  refused:" in result.render()
