"""What the checker knows of what moved."""

from __future__ import annotations

from tests.cases.library import day
from tests.check.days import faults, read
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


def test_a_region_is_flat_to_lower_where_its_middle_hardly_moved() -> None:
    one = read(
        day({"CAC": -1.7, "UKX": {"direction": "flat"}, "FTSEMIB": 0.01, "IBEX": {"direction": "flat"}}, "europe")
    )
    assert not faults("European stocks were flat to lower.", one)
    assert faults("European stocks were flat to higher.", read(day({"CAC": -1.7, "UKX": -1.1, "IBEX": 0.02}, "europe")))
    half = read(day({"CAC": -3.4, "UKX": -3.5, "IBEX": 0.0, "FTSEMIB": 0.0}, "europe"))
    assert faults("European stocks were flat to lower.", half)
