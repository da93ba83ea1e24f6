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


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_phrase_that_does_not_say_so_is_told_as_a_report(variant: int) -> None:
    tariff = event(
        "tariff", status="reported", clause="Washington imposed a tariff on chips", noun_phrase="a tariff on chips",
        polarity="negative",
    )  # fmt: skip
    sent = day({"N225": {"change_pct": -0.9, "because": ["tariff"]}, **MOVED}, events=[tariff])
    text = write(sent, variant=variant).article.render("text")
    told = [sentence for sentence in text.replace("\n", ". ").split(". ") if "tariff" in sentence]
    assert told
    assert all("report" in sentence.lower() for sentence in told), told


@pytest.mark.parametrize("kind", ["", "earnings", "stake_sale", "policy"])
@pytest.mark.parametrize("variant", (0, 3, 7))
def test_what_was_denied_is_no_reason(kind: str, variant: int) -> None:
    """Nor is it told without its denial, though most of the region is linked to it."""
    frames = {
        "": {"clause": "Tarn lost an order", "noun_phrase": "Tarn’s loss of an order", "type": "other"},
        "earnings": {"who": "Tarn", "result": "miss", "period": "third quarter", "type": "earnings"},
        "stake_sale": {"who": "Tarn", "target": "Beta", "type": "stake_sale"},
        "policy": {"who": "Tarn", "action": {"verb": "raise", "object": "prices"}, "type": "policy"},
    }
    phrases = {"clause": None, "noun_phrase": None, **frames[kind]}
    denied = event("news", status="denied", polarity="negative", **phrases)
    moves = {
        i: {"change_pct": pct, "because": ["news"]} for i, pct in {"N225": -1.1, "KS11": -0.7, "HSI": -0.9}.items()
    }
    text = write(day(moves, events=[denied]), variant=variant).article.render("text")
    told = [sentence for sentence in text.replace("\n", ". ").split(". ") if "Tarn" in sentence]
    assert all("was denied" in sentence for sentence in told), told


def test_the_checker_contradicts_what_was_denied() -> None:
    denied = event("news", status="denied", clause="Tarn lost an order", noun_phrase="Tarn’s loss of an order")
    of = read(day({"N225": {"change_pct": -1.1, "because": ["news"]}, "HSI": -0.4}, events=[denied]))
    assert [f.status for f in faults("The Nikkei fell 1.1% after Tarn lost an order.", of)] == ["contradicted"]
    assert not faults("A report that Tarn lost an order was denied.", of)


@pytest.mark.parametrize(
    ("status", "stage", "said", "unsaid"),
    [
        ("reported", None, "was reported to be buying", "talks"),
        ("reported", "talks", "was reported to be in talks to buy", "deal"),
        ("continuing", "talks", "was in talks to buy", "reported"),
    ],
)
def test_how_far_a_purchase_has_come_is_told_as_it_was_sent(
    status: str, stage: str | None, said: str, unsaid: str
) -> None:
    deal = event("deal", type="merger", status=status, who="Alpha", target="Beta", stage=stage, clause=None,
                 noun_phrase=None, polarity="neutral")  # fmt: skip
    for variant in VARIANTS:
        text = write(day({"N225": 0.4, "HSI": 0.2}, events=[deal]), variant=variant).article.render("text")
        assert f"Alpha {said} Beta" in text and unsaid not in text, text


def test_what_nobody_linked_to_a_move_is_not_what_it_came_despite() -> None:
    news = event("power", status="continuing", clause="power prices kept rising", noun_phrase="a jump in power prices",
                 polarity="negative")  # fmt: skip
    for variant in VARIANTS:
        text = write(day({"N225": 0.9, "HSI": 0.8, "KS11": 0.7}, events=[news]), variant=variant).article.render("text")
        assert "ower prices kept rising" in text and "despite" not in text, text
