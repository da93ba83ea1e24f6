"""kill -9 in the middle of saves: every story is whole, and what was told to be saved is there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

import wrapgen
from tests.preview.conftest import ROOT, seed
from wrapgen.preview import receiving
from wrapgen.preview.desk import Desk
from wrapgen.preview.store import Entry, Store, Story, Version

# Saves without end, and tells of each when it is saved.
SAVER = """
import sys, wrapgen
from wrapgen.preview import changing
from wrapgen.preview.desk import Desk
from wrapgen.preview.store import Store
pack = wrapgen.load_rules()
desk, base = Desk(Store(sys.argv[1]), lambda: pack), int(sys.argv[2])
while True:
    base = changing.edit(desk, 1, base, 0, f"Stocks Rise for the {base}th Time", "anna")
    print(base, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_story_is_whole_whenever_its_server_is_killed(tmp_path: Path) -> None:
    url, pack = f"sqlite:///{tmp_path / 'desk.sqlite'}", wrapgen.load_rules()
    store = Store(url)
    receiving.receive(Desk(store, lambda: pack), seed(), "anna")
    store.close()
    random.seed(7)
    base = 1
    for _ in range(4):
        command = [sys.executable, "-c", SAVER, url, str(base)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as saver:
            assert saver.stdout is not None
            told = int(saver.stdout.readline())
            time.sleep(random.uniform(0.01, 0.3))
            saver.send_signal(signal.SIGKILL)
            told = max([told, *(int(line) for line in saver.stdout.read().split())])
        store = Store(url)
        desk = Desk(store, lambda: pack)
        view = desk.view(1)
        number = view.version.number
        assert number is not None and told <= number <= told + 1  # a save may be done and not yet told of
        assert view.copy.headline.text == view.story.headline == f"Stocks Rise for the {number - 1}th Time"
        assert desk.finished(view).render("text") == view.copy.text
        with store.reading() as session:
            numbers = list(session.scalars(select(Version.number).order_by(Version.number)))
            entries = session.scalars(select(Entry).where(Entry.story_id == 1)).all()
            assert session.get_one(Story, 1).current == number
        assert numbers == list(range(1, number + 1)) and len(entries) == number
        store.close()
        base = number
