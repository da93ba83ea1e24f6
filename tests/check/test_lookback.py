"""Sentences about another span than the session are held against the closes, and the next one against the day again."""

from __future__ import annotations

import pytest

import wrapgen
from tests.plan.test_lengths import spans_day
from wrapgen.check.types import Claim
from wrapgen.intake.reading import read_ungated


def read(text: str) -> list[Claim]:
    return wrapgen.verify(text, read_ungated(spans_day(), wrapgen.load_rules().reference))


def wrong(text: str) -> list[tuple[str, str]]:
    return [(c.text, c.status) for c in read(text) if c.status not in ("supported", "unchecked")]


@pytest.mark.parametrize(
    "text",
    [
        "A session earlier, the DAX had gained 2%, while the CAC 40 had fallen 2%.",
        "The DAX was up 4.1% for the month so far.",
        "So far this month, the CAC 40 was down 4%. The DAX was up 4.1% over the same time.",
        "Since the month began, the DAX was up 4.1%. The DAX rose 1%.",
    ],
)
def test_what_the_closes_say_is_supported(text: str) -> None:
    assert not wrong(text)
    assert any(claim.kind == "number" and claim.status == "supported" for claim in read(text))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("A session earlier, the DAX had gained 1%.", ("1%", "contradicted")),
        ("A session earlier, the DAX had fallen 2%.", ("fallen", "contradicted")),
        ("For the month so far, the DAX was up 1%.", ("1%", "contradicted")),
        ("For the month so far, the CAC 40 was up 4%.", ("up", "contradicted")),
        ("The DAX rose 4.1%.", ("4.1%", "contradicted")),
        ("The DAX was up 4.1% for the month so far. The CAC 40 fell 4%.", ("4%", "contradicted")),
        ("For the year so far, the DAX was up 4.1%.", ("4.1%", "unsupported")),
        ("For the month so far, the FTSE 100 was up 0.5%.", ("0.5%", "unsupported")),
        ("The DAX was up 4.1% over the same time.", ("4.1%", "unsupported")),
    ],
)
def test_what_they_do_not_say_is_found(text: str, claim: tuple[str, str]) -> None:
    assert claim in wrong(text)


def test_turnover_is_read_in_shares_too_and_its_average_wherever_it_stands() -> None:
    from tests.cases.library import snapshot

    def status(text: str) -> list[str]:
        found = wrapgen.verify(text, snapshot("us-close-record-tech"))
        return [claim.status for claim in found if claim.kind == "number"]

    assert status("Turnover came to 17.9 billion shares, above an average of 16.8 billion shares.") == ["supported"] * 2
    assert status("Turnover came to 18.9 billion shares, above an average of 15.8 billion.") == ["contradicted"] * 2
