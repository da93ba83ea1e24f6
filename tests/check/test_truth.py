"""What the checker knows of what moved."""

from __future__ import annotations

from tests.thorough import interpreted
from wrapgen.check.truth import Thing


@interpreted
def test_a_copy_says_all_that_its_thing_says() -> None:
    thing = Thing("market", "HSI", "Hang Seng", "/markets/0")
    for number, name in enumerate(Thing.__slots__):
        setattr(thing, name, f"{name} {number}")
    copied = thing.copied()
    assert copied is not thing
    assert [getattr(copied, name) for name in Thing.__slots__] == [getattr(thing, name) for name in Thing.__slots__]
    copied.pct = 1.0
    assert thing.pct != 1.0
