"""What changed hands, and its average."""

from __future__ import annotations

from tests.cases.library import day
from tests.check.days import faults, read


def test_the_average_of_a_turnover_is_none_of_an_index() -> None:
    """*Closed above its 20-day average* is not borne out by what changed hands."""
    volume = [{"market": "HSI", "turnover": 286.4e9, "currency": "HKD", "average": 241e9, "average_days": 20}]
    of = read(day({"HSI": {"change_pct": 1.8, "level": 26175.0}, "N225": 0.6}, volume=volume))
    turnover = "The Hang Seng rose 1.8%. Turnover came to HK$286.4 billion, above its 20-day average of HK$241 billion."
    assert not faults(turnover, of)
    assert faults(turnover.replace("20-day", "30-day"), of)
    assert faults(turnover.replace("above its", "below its"), of)
    assert faults("The Hang Seng closed above its 20-day average.", of)
