"""What would have made the runner-up win: the change that is told does make it win, and a smaller one does not."""

from __future__ import annotations

import pytest

import wrapgen
from tests.cases.library import FILES, book, day, sent
from wrapgen.angles.rank import candidates_of, choose, rank, score_of
from wrapgen.angles.whatif import _CEILING, explained, would_win
from wrapgen.rulepack.pack import load_rules
from wrapgen.rulepack.seen import GROUPS


@pytest.mark.parametrize("name", FILES)
def test_the_change_makes_the_runner_up_win_and_a_smaller_one_does_not(name: str) -> None:
    rules = load_rules().angles
    facts = book(sent(name))
    first, second = rank(facts, rules)[:2]
    rule = next(r for r in rules if r.name == second.name)
    groups = next(groups for subject, groups in candidates_of(facts, rule.over) if subject is second.subject)
    change = would_win(rule, groups, first.score)
    if change is None:
        return
    group, field = change.name.split(".")

    def score(value: float | bool) -> float:
        at = GROUPS.index(group)
        return score_of(rule, (*groups[:at], groups[at]._replace(**{field: value}), *groups[at + 1 :]))

    assert score(change.needed) > first.score
    assert score(change.now) <= first.score
    if not isinstance(change.needed, bool) and not isinstance(change.now, int):
        assert change.needed <= _CEILING.get(field, change.needed)
        less = 0.015 if change.needed > change.now else -0.015  # a figure is told to two decimals
        assert score(change.needed - less) <= first.score


def test_some_day_has_a_figure_and_some_day_has_none() -> None:
    notes = [wrapgen.rank_angles(wrapgen.read_snapshot(sent(name)))[1].note for name in FILES]
    assert any("it would win if" in note and " or more (it is " in note for note in notes)
    assert any("no one fact alone" in note for note in notes)


def test_only_the_note_of_the_runner_up_is_changed() -> None:
    rules = load_rules().angles
    facts = book(day({"HSI": 2.0, "N225": 0.3, "KS11": 0.2}))
    before = choose(facts, rank(facts, rules))[2]
    after = explained(facts, before, rules)
    assert [a._replace(note="") for a in after] == [a._replace(note="") for a in before]
    assert [n for n, (a, b) in enumerate(zip(before, after, strict=True)) if a.note != b.note] == [1]


def test_an_unsupported_runner_up_is_left_alone() -> None:
    rules = load_rules().angles
    facts = book(day({"HSI": 0.0}))
    angles = [a for a in choose(facts, rank(facts, rules))[2] if a.name == "flat" or not a.supported]
    assert explained(facts, angles, rules) == tuple(angles)
