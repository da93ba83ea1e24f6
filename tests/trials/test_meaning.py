"""What a name means, where it is used, where it was heard."""

from __future__ import annotations

import functools

import pytest

import wrapgen
from tests.cases.library import ROOT
from wrapgen.errors import OptionError
from wrapgen.trials.days import read_days
from wrapgen.trials.fired import Fired, Ways, every_way, fired
from wrapgen.trials.meaning import Meaning, meaning

PACK = wrapgen.load_rules()


@functools.cache
def heard() -> Fired:
    return fired(PACK, read_days([ROOT / "seeds"], PACK), Ways(("house",)))


def the(name: str, kind: str) -> Meaning:
    return next(found for found in meaning(PACK, name, heard()) if found.kind == kind)


def test_a_fact_has_its_meaning_and_every_condition_that_asks_for_it() -> None:
    found = the("market.margin", "a fact")
    assert "number" in found.says[0]
    assert any(place.startswith("angles/market.yaml:") and "led_by_market" in place for place in found.used)


def test_a_rule_has_its_text_and_the_days_on_which_it_fired() -> None:
    found = the("focus.leads.session", "a rule")
    assert any("[outpaced] most of its regional peers" in line for line in found.says)
    assert [firing.day for firing in found.heard] == ["asia-2025-11-12-morning"]
    assert "outpaced most of its regional peers" in found.heard[0].sentence


def test_a_verb_has_its_parts_its_sizes_and_its_patterns() -> None:
    found = the("climbed", "a verb")
    assert found.name == "climb" and found.says[0] == "climb: climbs, climbed, climbed, climbing."
    assert any("index 0.5 to 3.5%" in line for line in found.says)
    assert any("context.yield" in place for place in found.used)
    assert found.heard and all("climb" in firing.sentence for firing in found.heard)


def test_an_angle_and_a_slot() -> None:
    assert any("The best market" in line for line in the("led_by_market", "an angle").says)
    assert the("market", "a slot").heard and len(the("market", "a slot").used) > 100


def test_an_unknown_name_is_told_the_nearest() -> None:
    with pytest.raises(OptionError) as caught:
        meaning(PACK, "market.margn", heard())
    assert caught.value.nearest == "market.margin"


def test_firings_are_counted_by_day_and_article() -> None:
    days = [day for day in read_days([ROOT / "seeds"], PACK) if day.name.startswith("asia")]
    once = fired(PACK, days, Ways(("house",)))
    twice = fired(PACK, days, Ways(("house",), variants=(0, 0)))
    assert once.articles == 3 and twice.articles == 6 and once.days == twice.days and len(once.days) == 3
    assert {r: [f.articles * 2 for f in fs] for r, fs in once.rules.items()} == {
        r: [f.articles for f in fs] for r, fs in twice.rules.items()
    }
    assert set(once.never(PACK)) == {e.rule for e in PACK.entries} - set(once.rules)
    assert all(len(once.rules[rule]) == 3 for rule in once.always())


def test_every_way_hears_more_than_one() -> None:
    days = [day for day in read_days([ROOT / "seeds"], PACK) if day.name == "jp-close-yen"]
    assert set(fired(PACK, days, every_way(PACK)).rules) > set(fired(PACK, days, Ways(("house",))).rules)


def test_a_type_of_event_has_its_keys_and_its_rules() -> None:
    (found,) = meaning(PACK, "merger", heard())
    assert found.kind == "a type of event" and "target, value, stage" in " ".join(found.says)
    assert any(rule.endswith("merger.noun") for rule in found.used) and found.heard
