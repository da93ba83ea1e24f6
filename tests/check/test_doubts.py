"""What a text makes of an event: struck, denied, done before its time, done by another."""

from __future__ import annotations

import pytest

from tests.cases.library import day, event, stock
from tests.check.days import asia, claims, faults, read


@pytest.mark.parametrize(
    ("text", "status", "stage", "wrong"),
    [
        ("Sony fell amid its deal to buy Zorvex.", "continuing", "talks", True),
        ("Sony fell after it agreed to buy Zorvex.", "reported", "talks", True),
        ("Sony fell amid its talks to buy Zorvex.", "continuing", "talks", False),
        ("Sony fell on a report of its interest in Zorvex.", "reported", None, False),
        ("Sony fell after it agreed to buy Zorvex.", "happened", "agreed", False),
    ],
)
def test_a_purchase_that_is_talked_of_is_not_struck(text: str, status: str, stage: str | None, wrong: bool) -> None:
    sent = asia()
    offer = event(
        "offer", type="merger", status=status, who="XTKS:6758", target="Zorvex", stage=stage, clause=None,
        noun_phrase=None, polarity="negative",
    )  # fmt: skip
    sent["events"].append(offer)
    found = [claim for claim in claims(text, read(sent)) if claim.kind == "event" and claim.status == "contradicted"]
    assert bool(found) == wrong, [(c.text, c.status) for c in claims(text, read(sent))]


def test_talks_that_failed_deny_no_losses_behind_them() -> None:
    sent = day({"N225": -0.7, "HSI": -1.5, "KS11": -1.2, "SPX": {"change_pct": -1.7, "session": "previous"}})
    sent["events"] = [event("talks", affects=["N225", "HSI", "KS11"], polarity="negative", clause="talks failed")]
    text = "Asian shares retreated broadly after talks failed, following losses on Wall Street overnight."
    assert not faults(text, read(sent))
    assert [claim.text for claim in faults("Asian shares failed to retreat.", read(sent))] == ["retreat"]


def test_what_is_due_has_not_happened() -> None:
    assert not faults("The Federal Reserve is due to announce its rate decision on Friday.")
    assert faults("Asian stocks rose after the Federal Reserve’s rate decision.")
    assert faults("The Federal Reserve announced its rate decision.")


def test_who_did_it_is_not_exchanged() -> None:
    assert not faults("The Nvidia stake was sold by SoftBank.")
    assert faults("SoftBank’s stake was sold by Nvidia.")


@pytest.mark.parametrize(("said", "false"), [("weak", False), ("strong", True), ("robust", True)])
def test_how_a_reading_came_in_is_held_to_what_the_sender_says(said: str, false: bool) -> None:
    sent = day({"N225": -0.7, "HSI": -1.5, "KS11": -1.2})
    weak = event("reading", type="data_release", clause="a reading on Chinese consumers came in weak")
    sent["events"] = [{**weak, "polarity": "negative", "noun_phrase": "a weak reading on Chinese consumers"}]
    sent["markets"][1]["because"] = ["reading"]
    text = f"The Hang Seng fell 1.5% after a reading on Chinese consumers came in {said}."
    assert bool(faults(text, read(sent))) == false


@pytest.mark.parametrize(
    ("text", "false"),
    [
        ("The Nikkei rose after the Bank of Japan cut rates.", True),
        ("The Nikkei rose after the Bank of Japan’s rate decision.", True),
        ("The Nikkei rose on reports of a rate cut by the Bank of Japan.", False),
        ("The Nikkei rose amid reports of the Bank of Japan’s rate cut.", False),
    ],
)
def test_what_is_reported_is_not_told_as_done(text: str, false: bool) -> None:
    """A headline had a rate decision of which there were reports."""
    cut = event("cut", type="central_bank", status="reported", who="Bank of Japan", action="cut", clause=None)
    sent = day({"N225": {"change_pct": 0.9, "because": ["cut"]}, "HSI": 0.2, "KS11": 0.4}, events=[cut])
    assert bool(faults(text, read(sent))) == false


def test_what_is_sold_does_not_sell() -> None:
    sale = event("sale", type="stake_sale", status="expected", who="XTKS:1", target="Denyo", clause=None)
    sent = day({"N225": 0.9, "HSI": 0.2}, events=[sale], stocks=[stock("1", change_pct=1.0, because=["sale"])])
    assert not faults("Firm1 is expected to sell its stake in Denyo.", read(sent))
    assert faults("Denyo is expected to sell its stake in Firm1.", read(sent))
