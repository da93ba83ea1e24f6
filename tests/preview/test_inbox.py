"""The watched folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import orjson
import pytest
from sqlalchemy import select

from tests.preview.conftest import changed, seed
from wrapgen.preview.desk import Desk
from wrapgen.preview.inbox import take_in
from wrapgen.preview.store import Seen, Story


def test_files_become_stories_once_and_again_when_they_change(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "asia.json").write_bytes(orjson.dumps(seed()))
    (folder / "us.json").write_bytes(orjson.dumps(seed("us-close-record-tech")))
    (folder / "notes.txt").write_text("not a snapshot")
    assert take_in(desk, desk.store, folder) == 2
    assert take_in(desk, desk.store, folder) == 0
    (folder / "asia.json").write_bytes(orjson.dumps(changed(seed(), TNVDA=-3.15)))
    assert take_in(desk, desk.store, folder) == 1
    with desk.store.reading() as session:
        stories = {story.region: story.current for story in session.scalars(select(Story))}
    assert stories == {"asia-pacific": 2, "us": 1}


def test_what_cannot_be_read_is_noted_and_does_not_keep_the_others_out(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.json").write_bytes(b"{")
    wrong = seed()
    wrong["markets"][0]["id"] = "HSY"
    (folder / "b.json").write_bytes(orjson.dumps(wrong))
    (folder / "c.json").write_bytes(orjson.dumps(seed()))
    assert take_in(desk, desk.store, folder) == 3
    with desk.store.reading() as session:
        faults = {seen.file: seen.fault for seen in session.scalars(select(Seen))}
    assert "is not JSON" in faults["a.json"] and "/markets/0/id" in faults["b.json"] and faults["c.json"] == ""
    (folder / "a.json").write_bytes(orjson.dumps(seed("jp-close-yen")))
    take_in(desk, desk.store, folder)
    with desk.store.reading() as session:
        assert session.get_one(Seen, "a.json").fault == ""


def test_a_file_that_a_process_died_over_is_taken_in_by_another(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.json").write_bytes(orjson.dumps(seed()))

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("wrapgen.preview.inbox.receiving.receive", die)
        with pytest.raises(KeyboardInterrupt):
            take_in(desk, desk.store, folder)
    assert take_in(desk, desk.store, folder) == 0  # it may still be at it
    now = desk.now()
    monkeypatch.setattr(desk, "now", lambda: now + dt.timedelta(minutes=5))
    assert take_in(desk, desk.store, folder) == 1
