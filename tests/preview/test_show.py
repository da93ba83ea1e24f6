"""Values of the data as an editor reads them."""

from __future__ import annotations

import pytest

from wrapgen.preview.show import brief, phrase, worded

NAMES = {"HSI": "Hang Seng", "XHKG:1810": "Xiaomi"}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (
            {"market": "HSI", "name": "technology", "change_pct": 2.1},
            "market Hang Seng, name technology, change pct 2.1",
        ),
        ({"type": "highest", "near": {"what": "peak"}}, "type highest, near what peak"),
        ([{"who": "XHKG:1810", "units": 48654}, {"units": 3}], "who Xiaomi, units 48,654; units 3"),
        (["halden-earnings", "HSI"], "halden-earnings; Hang Seng"),
        (True, "yes"),
        (False, "no"),
        (None, "nothing"),
        (0, "0"),
        (-2.9, "-2.9"),
        ("record", "record"),
    ],
)
def test_a_value_is_told_in_words(value: object, told: str) -> None:
    assert worded(value, NAMES) == told


def test_an_event_is_told_by_its_phrase_or_by_its_keys() -> None:
    assert phrase({"type": "result", "clause": "it sold less"}, NAMES) == "it sold less"
    event = {"id": "a", "type": "sales", "who": "XHKG:1810", "first_time": True, "figures": [{"units": 48654}]}
    assert phrase(event, NAMES) == "who Xiaomi; first time yes; figures units 48,654"


def test_what_is_long_is_cut_with_a_mark() -> None:
    assert brief("x" * 90) == "x" * 90 and brief("x" * 91) == "x" * 89 + "…"
