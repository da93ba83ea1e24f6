"""Regular spelling: every verb and noun of the lexicon is inflected by it, or is listed as irregular."""

from __future__ import annotations

import pytest

from wrapgen.rulepack.soundness.inflection import doubles, odd_plurals, plural, regular, third_person


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("climb", ("climbs", "climbed", "climbing")),
        ("ease", ("eases", "eased", "easing")),
        ("carry", ("carries", "carried", "carrying")),
        ("buoy", ("buoys", "buoyed", "buoying")),
        ("agree", ("agrees", "agreed", "agreeing")),
        ("tie", ("ties", "tied", "tying")),
        ("reach", ("reaches", "reached", "reaching")),
        ("veto", ("vetoes", "vetoed", "vetoing")),
    ],
)
def test_a_regular_verb(verb: str, forms: tuple[str, ...]) -> None:
    assert regular(verb) == forms
    assert third_person(verb) == forms[0]


def test_a_doubled_consonant() -> None:
    assert regular("slip", doubled=True) == ("slips", "slipped", "slipping")
    assert [doubles(verb) for verb in ("slip", "quit", "climb", "show", "fix", "need")] == [True, True, *[False] * 4]
    assert doubles("admit") is None and doubles("open") is None


def test_plurals() -> None:
    assert [plural(noun) for noun in ("gain", "loss", "rally", "day", "euro")] == [
        "gains", "losses", "rallies", "days", "euros",
    ]  # fmt: skip
    assert "halves" in odd_plurals("half") and "yen" in odd_plurals("yen") and "indices" in odd_plurals("index")
    assert "halfes" not in odd_plurals("half")
