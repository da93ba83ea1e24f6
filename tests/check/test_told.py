"""Where what is told of one event ends, and what is told of another begins."""

from __future__ import annotations

from tests.cases.library import day, event
from tests.check.days import faults, read


def test_behind_a_report_another_report_is_another_event() -> None:
    """*After reports said ..., with banks falling amid reports of ...* runs nothing into one."""
    cut = event("cut", status="reported", clause="two chipmakers cut forecasts", noun_phrase="lower chip forecasts")
    exports = event("exports", status="reported", clause="exports rose", noun_phrase="a rise in exports")
    sectors = [{"market": "N225", "name": "technology", "direction": "down", "because": ["exports"]}]
    of = read(
        day({"N225": {"change_pct": -0.9, "because": ["cut"]}, "HSI": -0.2}, sectors=sectors, events=[cut, exports])
    )
    text = (
        "The Nikkei fell 0.9% after reports said two chipmakers cut forecasts, "
        "with technology shares retreating amid reports of a rise in exports."
    )
    assert not faults(text, of)
