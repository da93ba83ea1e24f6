"""What is only reported is told as a report."""

from __future__ import annotations

import pytest

from tests.cases.library import VARIANTS, day, event, write
from tests.check.days import faults, read

MOVED = {"KS11": 0.2, "HSI": -0.3, "AS51": 0.1}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("kind", ["stake_sale", "stake_purchase"])
def test_what_is_reported_is_told_as_a_report(kind: str, variant: int) -> None:
    deal = event(
        "deal", type=kind, status="reported", who="Tarn", target="Beta", clause=None, noun_phrase=None,
        polarity="negative",
    )  # fmt: skip
    sent = day({"N225": {"change_pct": -0.9, "because": ["deal"]}, **MOVED}, events=[deal])
    text = write(sent, variant=variant).article.render("text")
    told = [sentence for sentence in text.replace("\n", ". ").split(". ") if "Tarn" in sentence or "Beta" in sentence]
    assert told
    assert all("report" in sentence.lower() for sentence in told), told
    assert not faults(text, read(sent))
