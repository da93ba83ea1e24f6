"""The quick reading of a snapshot gives what marshmallow gives of it, or nothing."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError

from wrapgen.intake.fields import record
from wrapgen.intake.problems import Refused
from wrapgen.intake.schema import SNAPSHOT

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    *sorted(ROOT.glob("seeds/*.json")),
    *sorted(ROOT.glob("tests/cases/*/snapshot.json")),
    *sorted(ROOT.glob("tests/unusual/*.json")),
]
DAYS = [json.loads(path.read_text("utf-8")) for path in FILES]

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 2200),
    st.sampled_from([10**400, 3.0, -0.0, 1e19, float("nan"), float("inf"), 0.5]),
    st.text(max_size=12),
    st.sampled_from(
        ["HSI", "up", "previous", "2024-03-05", "2024-02-30", "2025-11-12T10:30:00+08:00", "P1M", "PT5", "key", "JP"]
    ),
    st.sampled_from([(), (1,), [], {}, [[]], {"amount": 1, "currency": "USD"}, {"type": "highest"}]),
    st.sampled_from([MappingProxyType({"type": "highest"}), {"verb": "cut"}, {"id": "e", "type": "other"}]),
).map(lambda value: value if isinstance(value, MappingProxyType) else copy.deepcopy(value))
# A copy each time: one list drawn twice and put into itself would be a ring, which no JSON can be.


def outcome(read: Any, sent: Any) -> str | None:
    """What a reading gives, written out so that the types and the order of keys tell; None where it refuses."""
    try:
        return repr(read(sent))
    except (Refused, ValidationError):
        return None


def plain(value: Any) -> bool:
    """Whether it is made of objects and lists as JSON makes them: another mapping, or a tuple, is no common thing."""
    if isinstance(value, dict):
        return all(map(plain, value.values()))
    return all(map(plain, value)) if isinstance(value, list) else not isinstance(value, tuple | Mapping)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [path] if path else []
    for key, item in inner:
        found += places(item, (*path, key))
    return found


@pytest.mark.parametrize("day", DAYS, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_a_sound_snapshot_is_accepted_at_once(day: Mapping[str, Any]) -> None:
    quick = outcome(lambda sent: record(SNAPSHOT).read(sent), day)
    assert quick is not None
    assert quick == outcome(SNAPSHOT.load, day)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_changed_snapshot_is_accepted_only_as_marshmallow_loads_it(data: st.DataObject) -> None:
    changed = copy.deepcopy(data.draw(st.sampled_from(DAYS)))
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(places(changed)))
        inner = changed
        for key in path[:-1]:
            inner = inner[key]
        match data.draw(st.sampled_from(["value", "lost", "more"])):
            case "lost":
                del inner[path[-1]]
            case "more" if isinstance(inner, dict):
                inner[data.draw(st.sampled_from(["place", "level", "milestone", "mood", "", "unknown"]))] = data.draw(
                    VALUES
                )
            case _:
                inner[path[-1]] = data.draw(VALUES)
        if not changed:
            break
    loaded = outcome(SNAPSHOT.load, changed)
    accepted = outcome(lambda sent: record(SNAPSHOT).read(sent), changed)
    assert accepted is None or accepted == loaded
    assert loaded is None or accepted is not None or not plain(changed)


@pytest.mark.parametrize("sent", [None, [], "", 1, {}, MappingProxyType({"region": "jp"}), {1: 2}])
def test_what_is_no_plain_object_is_left_to_marshmallow(sent: Any) -> None:
    with pytest.raises(Refused):
        record(SNAPSHOT).read(sent)
