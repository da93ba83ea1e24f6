"""Golden articles of a pack, and where a difference comes from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import wrapgen
from tests.cases.library import ROOT
from tests.trials.conftest import Changed
from wrapgen.trials.trial import Trial, try_rules

DAY = "asia-2025-11-12-morning"


def with_day(folder: Path) -> Path:
    """The pack with one golden article."""
    (folder / "days").mkdir()
    shutil.copy(ROOT / "seeds" / f"{DAY}.json", folder / "days")
    assert len(try_rules(folder, accept=True).differences) > 5
    return folder


def retried(folder: Path, changed: Changed, file: str, old: str, new: str) -> Trial:
    """After a change of the same pack: packs are kept by their folder."""
    changed(file, old, new)
    wrapgen.load_rules.cache_clear()
    return try_rules(folder)


def test_an_accepted_article_is_as_kept(changed: Changed) -> None:
    folder = with_day(changed())
    trial = try_rules(folder)
    assert trial.passed and trial.golden == 1 and trial.cases > 500 and trial.untested == ()
    kept = (folder / "days" / f"{DAY}.txt").read_text("utf-8")
    article = wrapgen.write(wrapgen.read_snapshot(json.loads((ROOT / "seeds" / f"{DAY}.json").read_bytes())))
    assert kept.startswith(f"# {article.headline.text}\n\n{article.blocks[0].sentences[0].text}\n")
    assert f"\n--\n{article.angle['score']:.2f} {article.angle['name']} " in kept


def test_a_changed_pattern_is_found_by_its_case_and_its_article(changed: Changed) -> None:
    folder = with_day(changed())
    trial = retried(
        folder,
        changed,
        "sentences/markets.yaml",
        "[outpaced] most of its regional peers, [moving] {change:new} {session}",
        "[outperformed] most of its regional peers, [moving] {change} {session}",
    )
    assert [problem.file for problem in trial.failures] == ["sentences/markets.yaml"]
    (difference,) = trial.differences
    assert "[-outpaced-] {+outperformed+}" in difference.render()
    assert any("focus.leads.session" in place for place in difference.places)
    assert not trial.passed and trial.to_dict()["passed"] is False


def test_a_name_that_slipped_leads_to_its_line(changed: Changed) -> None:
    folder = with_day(changed())
    trial = retried(folder, changed, "reference/markets.yaml", "name: Hang Seng Index,", "name: Hang Sang Index,")
    line = next(
        n
        for n, text in enumerate((folder / "reference/markets.yaml").read_text("utf-8").splitlines(), 1)
        if "Hang Sang" in text
    )
    assert any(f"reference/markets.yaml:{line}" in place for d in trial.differences for place in d.places)


def test_a_changed_weight_shows_in_the_angles(changed: Changed) -> None:
    folder = with_day(changed())
    trial = retried(
        folder,
        changed,
        "angles/market.yaml",
        "- points: 1.6\n      says: The best market",
        "- points: 1.5\n      says: The best market",
    )
    lines = [d for d in trial.differences if "led_by_market" in d.old]
    assert lines and any(place.startswith("angles/market.yaml:") for place in lines[0].places)


def test_a_day_that_is_refused_is_a_difference(changed: Changed) -> None:
    folder = with_day(changed())
    (folder / "days" / f"{DAY}.json").write_text("{}", "utf-8")
    (difference,) = try_rules(folder).differences
    assert difference.day == DAY and "days/" in difference.places[0]


def test_articles_that_cannot_be_written_are_counted_and_told_with_the_reason(changed: Changed) -> None:
    folder = with_day(changed())
    trial = retried(
        folder, changed, "styles/house.yaml", "- style: house\n", "- style: house\n  spellings: [rose fell]\n"
    )
    (difference,) = trial.differences
    assert "cannot be written: the article says" in difference.render().replace("): the", ": the")
    assert trial.render().endswith("1 golden articles, 0 read otherwise, 1 cannot be written.\n")
