"""Problems of a pasted snapshot at their lines."""

from __future__ import annotations

import json

import pytest

import wrapgen
from tests.preview.conftest import seed
from wrapgen.preview.places import broken, placed


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(wrapgen.SnapshotError) as error:
        wrapgen.read_snapshot(text)
    return [(fault.line, fault.message) for fault in placed(text, error.value.problems)]


def test_a_misspelt_key_and_a_wrong_value_stand_at_their_lines() -> None:
    document = seed()
    document["markets"][1]["direktion"] = document["markets"][1].pop("direction")
    document["stocks"][0]["change_pct"] = "5.8"
    text = json.dumps(document, indent=2)
    lines = text.splitlines()
    found = faults(text)
    assert {lines[line - 1].strip().split(":")[0] for line, _ in found} >= {'"direktion"', '"change_pct"'}
    assert any("nearest: direction" in message for _, message in found)


def test_what_is_missing_is_told_where_it_should_be() -> None:
    document = seed()
    del document["as_of"]
    assert faults(json.dumps(document, indent=2))[0][0] == 1


def test_tabs_and_one_line_are_json_too() -> None:
    document = seed()
    document["phase"] = "mourning"
    assert faults(json.dumps(document, indent="\t"))[0][0] == 4
    assert faults(json.dumps(document))[0][0] == 1


def test_text_that_is_no_json_is_told_where_it_breaks() -> None:
    fault = broken('{\n  "region": "hk",\n  "markets": [,]\n}')
    assert fault is not None and (fault.line, fault.column) == (3, 15)
    assert broken("{}") is None
