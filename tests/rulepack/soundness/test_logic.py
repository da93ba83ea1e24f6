"""What conditions can be: never, always, following from each other; and nothing that is not sure."""

from __future__ import annotations

import pytest

from tests.rulepack.conditions import SPACE, value
from wrapgen.rulepack.soundness.logic import Logic


def logic(*conditions: str) -> Logic:
    return Logic.of(conditions, SPACE)


@pytest.mark.parametrize(
    "text",
    [
        "market.tone == 'up' and market.tone == 'down'",
        "market.pct > 3 and market.pct < 2",
        "market.pct > 3 and not has(market.pct)",
        "market.closed and not market.closed",
        "market.tone in ('up', 'flat') and market.tone not in ('up', 'flat')",
        "2 < market.pct <= 2",
        "market.pct > 1 and not market.pct > 1",
    ],
)
def test_what_can_never_hold(text: str) -> None:
    assert logic(text).never(text)


@pytest.mark.parametrize(
    "text",
    [
        "market.pct > 2 and market.pct < 3",
        "not market.pct > 1 and not market.pct <= 1",  # where it is missing
        "market.pct > market.prior and market.pct < market.prior",  # an atom each: nothing is sure of them
        "market.name == 'a' or market.name == 'b'",
    ],
)
def test_what_may_hold_is_not_called_impossible(text: str) -> None:
    assert not logic(text).never(text) and not logic(text).always(text)


def test_what_always_holds() -> None:
    text = "market.closed or not market.closed"
    assert logic(text).always(text)
    missing = "market.pct > 1 or market.pct <= 1"
    assert not logic(missing).always(missing)


@pytest.mark.parametrize(
    ("text", "idle"),
    [
        ("market.pct > 1 and market.pct > 2", ["market.pct > 1"]),
        ("market.pct > 1 and has(market.pct)", ["has(market.pct)"]),
        ("market.pct > 1 or market.pct > 2", ["market.pct > 2"]),
        ("market.tone == 'up' and not market.tone == 'down'", ["not market.tone == 'down'"]),
        ("market.pct > 1 and market.prior > 2", []),
    ],
)
def test_the_part_that_changes_nothing(text: str, idle: list[str]) -> None:
    assert logic(text).idle(text) == idle


@pytest.mark.parametrize(
    ("text", "other", "follows"),
    [
        ("market.pct > 2", "market.pct > 1", True),
        ("market.pct > 1", "market.pct > 2", False),
        ("market.tone == 'up' and market.closed", "market.tone in ('up', 'down')", True),
        ("market.tone == 'up'", "has(market.tone)", True),
        ("market.pct > market.prior", "market.pct > market.prior", True),
        ("market.pct > market.prior", "has(market.pct)", False),  # not worked out, so not said
    ],
)
def test_what_follows_from_what(text: str, other: str, follows: bool) -> None:
    assert logic(text, other).follows(text, other) is follows
    assert logic(text).follows(text, None)


def test_what_is_called_impossible_does_not_hold_for_a_fact() -> None:
    """Against the language itself, in the small world of the tests."""
    for text in ("market.pct > 3 and market.pct < 2", "market.closed and not market.closed"):
        assert not value(text)
