"""Stories as they are taken in, changed, decided on and handed on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import wrapgen
from tests.preview.conftest import changed, seed
from wrapgen.preview import changing, deciding, receiving
from wrapgen.preview.copy import Made, claims_by_line
from wrapgen.preview.desk import UNTRUE, Conflict, Desk, Refused
from wrapgen.preview.store import Entry, Story, Version
from wrapgen.render import FORMATS


@pytest.fixture
def story(desk: Desk) -> int:
    return receiving.receive(desk, seed(), "anna")[0]


def huge() -> Any:
    """A snapshot that a data gate holds: an index does not rise by so much in a day."""
    return changed(seed(), HSI=18.0)


def log(desk: Desk, story: int) -> list[str]:
    with desk.store.reading() as session:
        return [f"{e.by}: {e.what}" for e in session.scalars(select(Entry).where(Entry.story_id == story))]


def line_with(desk: Desk, story: int, words: str) -> int:
    return next(line.id for line in desk.view(story).copy.lines if words in line.text)


def test_a_snapshot_becomes_a_story_and_the_same_one_again_is_no_other(desk: Desk) -> None:
    assert receiving.receive(desk, seed(), "anna") == (1, True)
    assert receiving.receive(desk, seed(), "bert") == (1, False)
    assert receiving.receive(desk, seed("us-close-record-tech"), "anna") == (2, True)
    view = desk.view(1)
    assert (view.version.number, view.version.by, view.version.what) == (1, "anna", "written")
    assert view.copy.text == wrapgen.write(wrapgen.read_snapshot(seed())).render("text")
    assert (view.story.state, view.story.angle) == ("draft", "led_by_market")


def test_what_cannot_be_read_is_refused_and_leaves_nothing(desk: Desk) -> None:
    document = seed()
    document["markets"][0]["id"] = "HSY"
    with pytest.raises(wrapgen.SnapshotError):
        receiving.receive(desk, document, "anna")
    with desk.store.reading() as session:
        assert session.scalars(select(Story)).all() == []


def test_a_held_snapshot_is_a_held_story_until_its_gate_is_accepted(desk: Desk) -> None:
    story, new = receiving.receive(desk, huge(), "anna")
    with desk.store.reading() as session:
        held = session.get_one(Story, story)
    assert new and (held.state, held.current) == ("held", 0) and held.reasons[0]["message"]
    with pytest.raises(LookupError):
        desk.view(story)
    gates = sorted({reason["gate"] for reason in held.reasons})
    assert receiving.accept(desk, story, gates, "bert") == story
    view = desk.view(story)
    assert (view.story.state, view.version.by, view.made.override) == ("draft", "bert", tuple(gates))
    assert log(desk, story) == [f"anna: new data, held by {', '.join(gates)}", "bert: written"]


def test_an_edit_is_a_version_with_its_editor_and_the_old_one_stays(desk: Desk, story: int) -> None:
    line = line_with(desk, story, "2.9%")
    assert changing.edit(desk, story, 1, line, "Nvidia  lost\n2.9%.", "bert") == 2
    assert desk.view(story).copy.line(line).text == "Nvidia lost 2.9%."
    assert desk.view(story, 1).copy.line(line).text.startswith("Technology shares lagged")
    assert changing.edit(desk, story, 2, line, "Nvidia lost 2.9%.", "bert") == 2  # nothing changed
    assert changing.restore(desk, story, 2, line, "bert") == 3
    assert desk.view(story).copy == desk.view(story, 1).copy
    assert [entry.split("“")[0] for entry in log(desk, story)] == ["anna: written", "bert: changed ", "bert: changed "]


def test_the_later_of_two_saves_is_told_and_set_aside_whole(desk: Desk, story: int) -> None:
    mine, theirs = line_with(desk, story, "2.9%"), line_with(desk, story, "Sony")
    changing.edit(desk, story, 1, theirs, "Sony rose 3%.", "bert")
    with pytest.raises(Conflict) as clash:
        changing.edit(desk, story, 1, mine, "Nvidia lost 2.9%.", "anna")
    assert clash.value.theirs == 2
    assert "Sony rose 3%." in desk.view(story).copy.text and "Nvidia lost" not in desk.view(story).copy.text
    aside = desk.set_aside(clash.value.aside)
    assert aside.copy.line(mine).text == "Nvidia lost 2.9%." and aside.version.by == "anna"
    assert changing.take(desk, story, 2, clash.value.aside, "anna") == 3
    assert "Nvidia lost 2.9%." in desk.view(story).copy.text


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 12), st.text("ab 1%.", min_size=1, max_size=9)), max_size=6))
def test_no_save_is_ever_lost_whatever_it_was_made_on(desk: Desk, saves: list[tuple[int, str]]) -> None:
    story = receiving.receive(desk, seed(), "anna")[0]
    with desk.store.reading() as session:
        before = len(session.scalars(select(Version).where(Version.story_id == story)).all())
        base = session.get_one(Story, story).current
    made = 0
    for line, text in saves:
        if not text.strip() or desk.view(story, base).copy.line(line).text == " ".join(text.split()):
            continue
        with suppress(Conflict):
            changing.edit(desk, story, base, line, text, "anna")
        made += 1
    with desk.store.reading() as session:
        versions = session.scalars(select(Version).where(Version.story_id == story)).all()
    assert len(versions) == before + made
    numbers = [version.number for version in versions if version.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))


def test_another_wording_tells_the_same_facts_and_is_true(desk: Desk, story: int) -> None:
    line = line_with(desk, story, "S&P 500 futures")
    seen = [desk.view(story).copy.line(line).text]
    for base in range(1, 4):
        changing.reroll(desk, story, base, line, "anna")
        view = desk.view(story)
        seen.append(view.copy.line(line).text)
        found = claims_by_line(view.copy, desk.claims(view))[line]
        assert not [claim for claim in found if claim.status in UNTRUE] and not view.copy.line(line).edited
        assert len([line for line in view.copy.lines if line.text == seen[-1]]) == 1
    assert len(set(seen)) >= 3 and all("0.2%" in text for text in seen)


def test_the_wording_that_was_chosen_is_put_in_and_no_other(desk: Desk, story: int) -> None:
    line = line_with(desk, story, "S&P 500 futures")
    view = desk.view(story)
    offered = changing.choices(desk, view, view.copy.line(line))
    assert len(offered) >= 2 and view.copy.line(line).text not in offered
    assert changing.say(desk, story, 1, line, offered[1], "anna") == 2
    said = desk.view(story).copy.line(line)
    assert (said.text, said.made, said.edited) == (offered[1], offered[1], False)
    with pytest.raises(Refused, match="no wording of the rules"):
        changing.say(desk, story, 2, line, "S&P 500 futures added 0.2%.", "anna")


def test_every_wording_that_is_offered_holds_in_its_place(desk: Desk, story: int) -> None:
    view = desk.view(story)
    for line in view.copy.lines:
        for text in changing.choices(desk, view, line):
            copy = view.copy.changed(line.id, partial(replace, text=text))
            assert not [c for c in claims_by_line(copy, desk.claims(view, copy))[line.id] if c.status in UNTRUE]


def test_a_line_that_can_be_said_one_way_only_is_not_reworded(desk: Desk, story: int) -> None:
    line = line_with(desk, story, "Xiaomi sold 48,654")
    view = desk.view(story)
    if not changing.wordings(desk, view, view.copy.line(line)):
        with pytest.raises(Refused, match="no other wording"):
            changing.reroll(desk, story, 1, line, "anna")


def test_a_story_is_told_anew_on_another_angle_and_in_another_style(desk: Desk, story: int) -> None:
    assert changing.tell(desk, story, 1, Made(style="british", angle="broad_advance", length="brief"), "anna") == 2
    view = desk.view(story)
    assert view.story.angle == "broad_advance" and "per cent" in view.copy.text
    with pytest.raises(wrapgen.OptionError):
        changing.tell(desk, story, 2, Made(angle="milestones"), "anna")
    with pytest.raises(wrapgen.OptionError):
        changing.tell(desk, story, 2, Made(angle="reversal"), "anna")


def test_new_data_reach_an_approved_story_as_a_draft(desk: Desk, story: int) -> None:
    deciding.approve(desk, story, 1, "cleo")
    assert receiving.receive(desk, changed(seed(), TNVDA=-3.1), "feed") == (story, False)
    view = desk.view(story)
    assert (view.story.state, view.story.approved, view.version.number) == ("draft", 1, 2)
    assert "3.1%" in view.copy.text and view.copy.note == ""  # nothing was handed on yet


def test_new_data_after_publication_propose_a_correction_in_the_words_of_the_house(desk: Desk, story: int) -> None:
    deciding.approve(desk, story, 1, "cleo")
    deciding.handed_on(desk, story, "text", "cleo")
    receiving.receive(desk, changed(seed(), TNVDA=-3.1), "feed")
    view = desk.view(story)
    note = "Correction: An earlier version of this article gave the move of Nvidia as -2.9%; it is -3.1%."
    assert view.copy.note == note and view.copy.text.endswith(f"\n\n{note}\n")
    assert ["correction", note] in view.story.badges
    deciding.approve(desk, story, 2, "cleo")  # the line tells of data that are no longer there, and is not held to them
    assert deciding.handed_on(desk, story, "text", "cleo").decode().endswith(f"{note}\n")
    changing.note(desk, story, 2, "", "cleo")
    assert desk.view(story).copy.note == ""


def test_an_angle_that_the_new_data_do_not_support_gives_way(desk: Desk, story: int) -> None:
    changing.tell(desk, story, 1, Made(angle="milestone"), "anna")
    after = seed()
    del after["markets"][0]["milestone"]
    receiving.receive(desk, after, "feed")
    view = desk.view(story)
    assert view.made.angle is None and view.story.angle not in ("", "milestone")


def test_what_the_data_contradict_is_not_approved(desk: Desk, story: int) -> None:
    changing.edit(desk, story, 1, line_with(desk, story, "2.9%"), "Nvidia lost 2.8%.", "bert")
    with pytest.raises(Refused, match=r"“2\.8%” \(2\.9%\)"):
        deciding.approve(desk, story, 2, "cleo")
    with pytest.raises(Refused):
        deciding.approve(desk, story, 2, "cleo", vouched=True)


def test_what_the_data_do_not_have_needs_somebody_who_vouches_for_it(desk: Desk, story: int) -> None:
    changing.edit(desk, story, 1, line_with(desk, story, "Sony"), "Sony rose 3%, its best day since March.", "bert")
    with pytest.raises(Refused, match="vouches"):
        deciding.approve(desk, story, 2, "cleo")
    deciding.approve(desk, story, 2, "cleo", vouched=True)
    assert "vouching for" in log(desk, story)[-1]


def test_an_approved_story_is_handed_on_as_it_was_approved_in_every_format(desk: Desk, story: int) -> None:
    changing.edit(desk, story, 1, line_with(desk, story, "Sony"), "Sony rose 3%.", "bert")
    with pytest.raises(Refused, match="approved"):
        deciding.handed_on(desk, story, "text", "cleo")
    deciding.approve(desk, story, 2, "cleo")
    bodies = {format: deciding.handed_on(desk, story, format, "cleo") for format in FORMATS}
    assert all(b"Sony rose 3%." in body for body in bodies.values())
    assert bodies["text"].decode() == desk.view(story).copy.text
    with pytest.raises(LookupError):
        deciding.handed_on(desk, story, "pdf", "cleo")


@pytest.mark.parametrize(
    "change",
    [
        lambda desk, story: changing.edit(desk, story, 1, 0, "Stocks Rise", "bert"),
        lambda desk, story: changing.tell(desk, story, 1, Made(variant=2), "bert"),
        lambda desk, story: receiving.receive(desk, changed(seed(), KS11=0.9), "feed"),
    ],
)
def test_a_change_takes_the_approval_back(desk: Desk, story: int, change: Callable[[Desk, int], Any]) -> None:
    deciding.approve(desk, story, 1, "cleo")
    change(desk, story)
    assert desk.view(story).story.state == "draft"
    with pytest.raises(Refused):
        deciding.handed_on(desk, story, "text", "cleo")


def test_an_approval_of_what_was_changed_meanwhile_is_told(desk: Desk, story: int) -> None:
    changing.edit(desk, story, 1, 0, "Stocks Rise", "bert")
    with pytest.raises(Conflict):
        deciding.approve(desk, story, 1, "cleo")


def test_a_story_is_held_killed_and_taken_up_again(desk: Desk, story: int) -> None:
    deciding.decide(desk, story, "held", "the vote is at noon", "cleo")
    assert desk.view(story).story.reasons[0]["message"] == "the vote is at noon"
    deciding.decide(desk, story, "killed", "", "cleo")
    deciding.decide(desk, story, "draft", "", "cleo")
    assert (desk.view(story).story.state, desk.view(story).story.reasons) == ("draft", [])
    with pytest.raises(Refused):
        deciding.decide(desk, story, "published", "", "cleo")


def test_the_unusual_has_a_badge(desk: Desk) -> None:
    story, _ = receiving.receive(desk, changed(seed(), HSI=6.4), "anna")
    assert ["large move", "HSI +6.4%"] in desk.view(story).story.badges


def test_new_data_that_a_gate_holds_are_accepted_under_the_versions_that_there_are(desk: Desk, story: int) -> None:
    line = line_with(desk, story, "Sony")
    changing.edit(desk, story, 1, line, "Sony rose 3%.", "bert")
    assert receiving.receive(desk, huge(), "feed") == (story, False)
    assert desk.view(story).story.state == "held" and desk.view(story).version.number == 2
    gates = [reason["gate"] for reason in desk.view(story).story.reasons]
    receiving.accept(desk, story, gates, "anna")
    view = desk.view(story)
    assert (view.story.state, view.story.reasons, view.version.number) == ("draft", [], 3)
    assert "18%" in view.copy.text and view.copy.line(line).text == "Sony rose 3%."


def test_what_an_editor_holds_or_has_killed_stays_so_when_data_come(desk: Desk, story: int) -> None:
    for state, move in (("held", -3.1), ("killed", -3.2)):
        deciding.decide(desk, story, state, "wait for the vote", "cleo")
        receiving.receive(desk, changed(seed(), TNVDA=move), "feed")
        assert desk.view(story).story.state == state
    changing.edit(desk, story, 3, 0, "Stocks Rise", "bert")
    assert desk.view(story).story.state == "killed"


def test_data_that_come_while_an_editor_saves_go_under_what_was_saved(
    desk: Desk, story: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, written = line_with(desk, story, "Sony"), desk.written
    saved = []

    def meanwhile(*what: Any) -> Any:
        if not saved:
            saved.append(1)
            changing.edit(desk, story, 1, line, "Sony rose 3%.", "bert")
        return written(*what)

    monkeypatch.setattr(desk, "written", meanwhile)
    receiving.receive(desk, changed(seed(), TNVDA=-3.1), "feed")
    view = desk.view(story)
    assert view.version.number == 3 and view.copy.line(line).text == "Sony rose 3%." and "3.1%" in view.copy.text
    with desk.store.reading() as session:
        assert None not in session.scalars(select(Version.number)).all()  # the feed sets nothing aside


def test_a_line_of_correction_that_stands_is_kept_and_added_to(desk: Desk, story: int) -> None:
    deciding.approve(desk, story, 1, "cleo")
    deciding.handed_on(desk, story, "text", "cleo")
    receiving.receive(desk, changed(seed(), KS11=0.9), "feed")
    changing.note(desk, story, 2, "Correction: the KOSPI’s rise was 0.9%.", "cleo")
    later = {**changed(seed(), KS11=1.0, TNVDA=-3.1), "as_of": "2025-11-12T11:00:00+08:00"}
    receiving.receive(desk, later, "feed")
    said = "Correction: An earlier version of this article gave the move of Nvidia as -2.9%; it is -3.1%."
    assert desk.view(story).copy.note == f"Correction: the KOSPI’s rise was 0.9%. {said}"


def test_what_was_set_aside_on_older_data_is_brought_to_the_latest(desk: Desk, story: int) -> None:
    line = line_with(desk, story, "Sony")
    receiving.receive(desk, changed(seed(), TNVDA=-3.1), "feed")
    with pytest.raises(Conflict) as clash:
        changing.edit(desk, story, 1, line, "Sony rose 3%.", "anna")
    changing.take(desk, story, 2, clash.value.aside, "anna")
    view = desk.view(story)
    assert view.copy.line(line).text == "Sony rose 3%." and "3.1%" in view.copy.text and "2.9%" not in view.copy.text
