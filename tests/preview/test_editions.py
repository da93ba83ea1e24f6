"""What a CMS that takes the desk's stories can tell of them: a correction from a new story, and the later of two."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.preview.conftest import changed, seed
from wrapgen.preview import changing, deciding, receiving
from wrapgen.preview.desk import Desk


@pytest.fixture
def story(desk: Desk) -> int:
    return receiving.receive(desk, seed(), "anna")[0]


def ninjs(desk: Desk, story: int) -> Any:
    return json.loads(deciding.handed_on(desk, story, "ninjs", "cleo"))


def approve_again(desk: Desk, story: int, headline: str) -> None:
    number = desk.view(story).version.number or 0
    number = changing.edit(desk, story, number, 0, headline, "bert")
    deciding.approve(desk, story, number, "cleo", vouched=True)


def test_an_edit_after_a_hand_on_is_the_next_edition_of_the_same_story(desk: Desk, story: int) -> None:
    deciding.approve(desk, story, 1, "cleo")
    one = ninjs(desk, story)
    approve_again(desk, story, "Stocks Rise")
    two = ninjs(desk, story)
    approve_again(desk, story, "Stocks Rise Again")
    three = ninjs(desk, story)
    assert [each["version"] for each in (one, two, three)] == ["1", "2", "3"]
    assert one["uri"] == two["uri"] == three["uri"] and one["altIds"] != two["altIds"]
    assert one["firstCreated"] == two["firstCreated"] == three["firstCreated"] == one["versionCreated"]
    assert one["contentCreated"] == two["contentCreated"] == seed()["as_of"]
    times = [dt.datetime.fromisoformat(each["versionCreated"]) for each in (one, two, three)]
    assert times == sorted(set(times)) and all(time.date() == dt.date(2025, 11, 12) for time in times)


def test_an_approval_of_which_nothing_was_handed_on_leaves_its_number_to_the_next(desk: Desk, story: int) -> None:
    deciding.approve(desk, story, 1, "cleo")
    approve_again(desk, story, "Stocks Rise")
    item = ninjs(desk, story)
    assert item["version"] == "1" and item["versionCreated"] == item["firstCreated"]


@pytest.mark.parametrize(("handed_on", "version"), [(False, "1"), (True, "2")])
def test_a_story_that_was_held_and_is_approved_again(desk: Desk, story: int, handed_on: bool, version: str) -> None:
    deciding.approve(desk, story, 1, "cleo")
    before = ninjs(desk, story) if handed_on else None
    deciding.decide(desk, story, "held", "the vote is at noon", "cleo")
    deciding.decide(desk, story, "draft", "", "cleo")
    deciding.approve(desk, story, 1, "cleo")
    item = ninjs(desk, story)
    assert item["version"] == version
    if before is not None:
        assert item["uri"] == before["uri"] and item["versionCreated"] > before["versionCreated"]


@pytest.mark.parametrize("format", ["ninjs", "ninjs-1", "newsml-g2", "schema.org", "atom", "json"])
def test_what_did_not_change_is_handed_on_byte_for_byte(desk: Desk, story: int, format: str) -> None:
    deciding.approve(desk, story, 1, "cleo")
    first = deciding.handed_on(desk, story, format, "cleo")
    deciding.handed_on(desk, story, "text", "cleo")
    deciding.approve(desk, story, 1, "cleo")  # a second click on what is approved already
    assert deciding.handed_on(desk, story, format, "bert") == first


def test_a_correction_is_told_to_the_desk_that_receives_it(desk: Desk, story: int) -> None:
    deciding.approve(desk, story, 1, "cleo")
    before = ninjs(desk, story)
    receiving.receive(desk, changed(seed(), TNVDA=-3.1), "feed")
    deciding.approve(desk, story, 2, "cleo")
    note = "Correction: An earlier version of this article gave the move of Nvidia as -2.9%; it is -3.1%."
    assert desk.view(story).copy.note == note and "Correction" not in before["edNote"]
    assert ninjs(desk, story)["edNote"].startswith(note)
    for format in ("ninjs-1", "newsml-g2", "schema.org"):
        body = deciding.handed_on(desk, story, format, "cleo").decode()
        assert note in body and before["uri"] in body
    assert "sig:correction" in deciding.handed_on(desk, story, "newsml-g2", "cleo").decode()


def test_a_correction_that_an_editor_took_out_is_not_told(desk: Desk, story: int) -> None:
    deciding.approve(desk, story, 1, "cleo")
    ninjs(desk, story)
    receiving.receive(desk, changed(seed(), TNVDA=-3.1), "feed")
    changing.note(desk, story, 2, "", "bert")
    deciding.approve(desk, story, 3, "cleo")
    assert "Correction" not in ninjs(desk, story)["edNote"]
    assert "sig:correction" not in deciding.handed_on(desk, story, "newsml-g2", "cleo").decode()


def test_two_stories_are_never_one_another(desk: Desk, story: int) -> None:
    other = receiving.receive(desk, {**seed(), "phase": "midday"}, "anna")[0]
    for each in (story, other):
        deciding.approve(desk, each, 1, "cleo")
    assert ninjs(desk, story)["uri"] != ninjs(desk, other)["uri"]


def test_every_format_of_an_edition_bears_the_same_name(desk: Desk, story: int) -> None:
    deciding.approve(desk, story, 1, "cleo")
    urn = ninjs(desk, story)["uri"]
    root = ElementTree.fromstring(deciding.handed_on(desk, story, "newsml-g2", "cleo"))
    assert (root.get("guid"), root.get("version")) == (urn, "1")
    assert json.loads(deciding.handed_on(desk, story, "ninjs-1", "cleo"))["uri"] == urn
    assert json.loads(deciding.handed_on(desk, story, "json", "cleo"))["provenance"]["edition"] == 1
