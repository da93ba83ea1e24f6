"""Looking rules up by the word that they ask for: those passed over are rules that could not hold."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from wrapgen.rulepack.kinds import NAMES
from wrapgen.rulepack.nodes import Groups
from wrapgen.rulepack.pack import load_rules

PACK = load_rules()


def _seen(event: object) -> Groups:
    return NAMES.gather(dict.fromkeys(NAMES.groups()) | {"event": event})


@pytest.mark.parametrize("kind", sorted(kind for kind, table in PACK.tables.items() if table.ask is not None))
def test_the_order_stays_and_what_asks_for_nothing_is_always_tried(kind: str) -> None:
    rules, table = PACK.sentences[kind], PACK.tables[kind]
    for fitting in (*table.by_word.values(), table.others):
        assert list(fitting) == [rule for rule in rules if rule in fitting]
        assert all(rule in fitting for rule in rules if rule.when is None)


def test_only_rules_for_the_type_of_the_event_are_tried() -> None:
    table = PACK.tables["event.clause"]
    found = table.fitting(_seen(SimpleNamespace(type="vote")))
    assert {words for rule in found if rule.when for words in rule.when.needs["event.type"]} == {"vote"}
    assert table.fitting(_seen(None)) == ()


def test_every_rule_can_be_found() -> None:
    for kind, table in PACK.tables.items():
        found = {rule.id for fitting in (*table.by_word.values(), table.others) for rule in fitting}
        assert found == {rule.id for rule in PACK.sentences[kind]}
