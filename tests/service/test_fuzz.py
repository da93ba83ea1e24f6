"""A part of ``python -m tests.service.fuzz``, drawn by hypothesis."""

from __future__ import annotations

from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings

from tests.service.fuzz import DAMAGE, Sent, ask, one, requests


@given(sent=requests())
@settings(max_examples=120, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_damaged_body_makes_it_fail(asking: FlaskClient, sent: Sent) -> None:
    assert max(ask(asking, sent)) < 500


def test_the_damage_is_damage_and_the_same_each_time() -> None:
    assert one(7) == one(7) and len({one(number).body for number in range(100)}) > 90
    assert len(DAMAGE) == 8


def test_ten_megabytes_are_413(asking: FlaskClient) -> None:
    assert list(ask(asking, Sent("/v1/wraps", b" " * 10_000_000))) == [413]
