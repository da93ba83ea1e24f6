"""What a batch is made of."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from wrapgen.batch.inputs import count_items, day_items, read_items
from wrapgen.batch.snapshots import Day
from wrapgen.batch.work import Item
from wrapgen.errors import InputError, Problem


def test_a_folder_is_its_json_files_by_name(tmp_path: Path) -> None:
    for name in ("b.json", "a.json", "notes.txt"):
        (tmp_path / name).write_text(name)
    assert list(read_items(tmp_path)) == [Item("a", b"a.json"), Item("b", b"b.json")]
    assert count_items(tmp_path) == 2


def test_json_lines_are_named_by_their_number(tmp_path: Path) -> None:
    path = tmp_path / "days.jsonl"
    path.write_bytes(b'{"a":1}\n\n{"b":2}')
    assert list(read_items(path)) == [Item("days-000001", b'{"a":1}\n'), Item("days-000003", b'{"b":2}')]
    assert count_items(path) == 2


def test_a_file_of_a_folder_that_cannot_be_read_is_an_item_with_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    assert list(read_items(tmp_path)) == [Item("a", b"", "cannot be read: Is a directory")]


def test_what_is_no_input_is_told(tmp_path: Path) -> None:
    for path, told in ((tmp_path, "holds no snapshot"), (tmp_path / "none.jsonl", "cannot be read: No such file")):
        with pytest.raises(InputError, match=told):
            count_items(path)


def test_a_day_without_a_snapshot_is_an_item_with_its_reason() -> None:
    date = dt.date(2025, 11, 12)
    days = [
        Day("us", date, {"region": "us"}),
        Day("hk", date, None, "no price"),
        Day("jp", date, None, problems=(Problem("/a", "one"), Problem("/b", "two"))),
    ]
    assert list(day_items(days)) == [
        Item("us-2025-11-12", b'{"region":"us"}'),
        Item("hk-2025-11-12", b"", "no price"),
        Item("jp-2025-11-12", b"", "one; two"),
    ]
