from __future__ import annotations

from importlib.util import find_spec

import pytest

from bench.million import Rates, clock, main
from tests.thorough import thorough


def test_workers_add_up_until_the_driver_or_the_scheduler_can_do_no_more() -> None:
    rates = Rates(worker=50, driver=2000, scheduler=3000)
    assert [rates.of(workers) for workers in (1, 24, 40, 1000)] == [50, 1200, 2000, 2000]
    assert rates._replace(scheduler=500).of(24) == 500


def test_hours_and_minutes() -> None:
    assert [clock(seconds) for seconds in (5, 3900, 36000)] == ["0:01", "1:05", "10:00"]


@pytest.mark.skipif(find_spec("distributed") is None, reason="Dask (wrapgen[cluster]) is not installed")
@thorough
def test_it_tells_both_rates_and_what_follows(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--items", "5"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("items for a second of a core: worker ") and ", scheduler " in told[0]
    assert [line.split()[0] for line in told[1:]] == ["2", "8", "24", "96"]
