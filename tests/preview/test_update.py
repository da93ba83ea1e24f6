"""New data under a story: what stays, what is rewritten, what is flagged, and what was wrong in print."""

from __future__ import annotations

import copy as copying
import random
from dataclasses import replace
from typing import Any

import pytest

import wrapgen
from tests.preview.conftest import changed, seed
from wrapgen.preview.copy import Copy, copy_of
from wrapgen.preview.corrections import corrections, told
from wrapgen.preview.update import GONE, NEW, Updated, rebuild, update
from wrapgen.preview.values import changes, label, lasting, value_of

BEFORE = seed()
NAMES = {"KS11": "KOSPI", "XNAS:NVDA": "Nvidia"}
PATTERN = "Correction: {what} was given as {old}; it is {new}."


def written(document: Any, **options: Any) -> Copy:
    return copy_of(wrapgen.write(wrapgen.read_snapshot(document), **options))


COPY = written(BEFORE)


def updated(copy: Copy, after: Any) -> Updated:
    return update(copy, written(after), BEFORE, after, NAMES)


def test_the_same_data_change_nothing_in_whatever_order_they_come() -> None:
    shuffled = copying.deepcopy(BEFORE)
    random.Random(7).shuffle(shuffled["sectors"])
    found = update(COPY, written(shuffled), BEFORE, shuffled, NAMES).copy
    assert found.text == COPY.text and not any(line.flags for line in found.lines)
    assert [line.id for line in found.lines] == [line.id for line in COPY.lines]


def test_lines_without_a_changed_fact_stay_byte_for_byte_and_the_others_are_marked() -> None:
    after = changed(seed(), AS51=0.3)
    found = updated(COPY, after).copy
    marked = [line for line in found.lines if line.flags]
    assert marked and all("ASX 200" in line.text or "most" in line.text.lower() for line in marked)
    assert any("0.3%" in line.text for line in marked)
    before = {line.id: line.text for line in COPY.lines}
    for line in found.lines:
        if not line.flags:
            assert line.text == before[line.id]


def test_a_changed_fact_is_told_with_both_values() -> None:
    found = updated(COPY, changed(seed(), TNVDA=-3.1)).copy
    (line,) = [line for line in found.lines if "Nvidia" in line.text and line.flags]
    assert "3.1%" in line.text and line.flags == ("the move of Nvidia: -2.9 before, -3.1 now",)


@pytest.mark.parametrize("locked", [True, False])
def test_a_line_that_a_person_kept_is_flagged_and_not_rewritten(locked: bool) -> None:
    said = next(line for line in COPY.lines if "2.9%" in line.text)
    mine = COPY.changed(
        said.id, lambda line: replace(line, locked=True) if locked else line.reworded("Nvidia lost 2.9%.", "anna")
    )
    found = updated(mine, changed(seed(), TNVDA=-3.1)).copy.line(said.id)
    assert found.text == mine.line(said.id).text and found.flags == ("the move of Nvidia: -2.9 before, -3.1 now",)
    assert "3.1%" in found.made  # what the rules would say now


def test_a_kept_line_that_the_data_no_longer_lead_to_stays_and_is_flagged() -> None:
    said = next(line for line in COPY.lines if "Sony" in line.text)
    mine = COPY.changed(said.id, lambda line: line.reworded("Sony gained.", "anna"))
    after = seed()
    after["stocks"] = [stock for stock in after["stocks"] if stock["ticker"] != "6758"]
    after["events"] = [event for event in after["events"] if event["id"] != "sony-earnings"]
    found = updated(mine, after).copy
    assert found.line(said.id).text == "Sony gained." and found.line(said.id).flags == (GONE,)
    assert len([line for line in found.lines if "Sony" in line.text]) == 1


def test_a_new_sentence_is_marked_as_new() -> None:
    after = seed()
    after["markets"].append({"id": "TWII", "change_pct": 0.6})
    found = updated(COPY, after).copy
    line = next(line for line in found.lines if "Taiwan" in line.text)
    assert line.flags == (NEW,) or any("before" in flag for flag in line.flags)
    assert len({line.id for line in found.lines}) == len(found.lines)


def test_words_that_no_longer_hold_give_way_though_no_fact_below_them_changed() -> None:
    found = updated(COPY, changed(seed(), TNVDA=-3.1))
    id = next(line.id for line in COPY.lines if "Straits" in line.text)
    assert found.without([id]).line(id).text == found.pairs[id].new.text
    mine = COPY.changed(id, lambda line: line.reworded("Singapore rose.", "anna"))
    assert updated(mine, changed(seed(), TNVDA=-3.1)).without([id]).line(id).text == "Singapore rose."


def test_another_telling_keeps_what_a_person_kept() -> None:
    said = next(line for line in COPY.lines if "Sony" in line.text)
    mine = COPY.changed(said.id, lambda line: line.reworded("Sony gained.", "anna"))
    other = rebuild(mine, written(BEFORE, variant=3), BEFORE)
    assert other.line(said.id).text == "Sony gained." and "Sony Corp" not in other.text
    others = {line.text for line in other.lines if line.id != said.id}
    assert others <= {line.text for line in written(BEFORE, variant=3).lines}


def test_names_of_facts_outlast_their_places() -> None:
    after = seed()
    after["markets"].insert(0, {"id": "TWII", "change_pct": 0.6})
    name = lasting(BEFORE, "/markets/3/change_pct")
    assert name == "markets/N225/change_pct" == lasting(after, "/markets/4/change_pct")
    assert value_of(after, name) == 0.0
    assert value_of(after, lasting(BEFORE, "/events/0/value/amount")) == 5.8e9
    assert changes(("markets/TWII", "markets/HSI"), BEFORE, after)[0].old is None
    assert label("markets/KS11/change_pct", NAMES) == "the move of KOSPI"
    assert value_of(BEFORE, lasting(BEFORE, "/markets/99/level")) is None


def test_a_figure_of_the_same_moment_was_wrong() -> None:
    found = corrections(COPY, BEFORE, changed(seed(), KS11=0.9))
    said = ("Correction: the move of KOSPI was given as +0.8%; it is +0.9%.",)
    assert told(found, PATTERN, "%", NAMES) == said


def test_a_later_figure_is_news_and_one_of_the_session_before_was_wrong() -> None:
    later = changed(seed(), KS11=0.9)
    later["as_of"] = "2025-11-12T11:30:00+08:00"
    assert corrections(COPY, BEFORE, later) == ()
    changed(later, TNVDA=-3.1)
    assert told(corrections(COPY, BEFORE, later), PATTERN, "%", NAMES) == (
        "Correction: the move of Nvidia was given as -2.9%; it is -3.1%.",
    )


def test_what_was_not_printed_was_not_wrong() -> None:
    after = seed()
    after["markets"][0]["level"] = 26696.0
    assert corrections(COPY, BEFORE, after) == ()
