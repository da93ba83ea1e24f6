"""kill -9 of the server in the middle of saves: every story is whole, and what was told to be saved is there."""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from sqlalchemy import select

import wrapgen
from tests.preview.conftest import ROOT, seed
from wrapgen.preview import receiving
from wrapgen.preview.desk import Desk
from wrapgen.preview.store import Entry, Store, Story, Version

# The server as it is, but for the trial of its rules when it starts, which has tests of its own and takes seconds.
SERVE = """
from wrapgen.trials import trial
trial.require_passed = lambda pack: None
from wrapgen.cli import cli
cli(["serve", "--port", "0"])
"""
GONE = (URLError, ConnectionError, http.client.HTTPException)


def told_by(base: int) -> str:
    return f"Stocks Rise for the {base}th Time"


@contextmanager
def serving(state: Path, database: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``wrapgen serve`` in a process of its own, and the address of its desk."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "WRAPGEN_STATE": str(state), "WRAPGEN_DESK": database}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], stderr=subprocess.PIPE, env=environment, cwd=state, text=True
    ) as server:
        assert server.stderr is not None
        try:
            said: list[str] = []
            for line in server.stderr:
                said.append(line)
                if "desk is at" in line:
                    break
            else:
                pytest.fail("".join(said))
            address = said[-1].split()[-1]
            threading.Thread(target=server.stderr.read, daemon=True).start()  # a full pipe would stop it
            yield server, address
        finally:
            server.kill()


def save_until_it_is_gone(address: str, base: int, first: Callable[[], None]) -> int:
    """Saves one version after another as a page does, and calls ``first`` when the server has told of one; the number
    of the last of which it told."""
    begun = base
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    page = opener.open(f"{address}sign-in", timeout=30).read().decode()
    token = page.partition('name="csrf-token" content="')[2].partition('"')[0]
    while True:
        form = urlencode({"base": base, "text": told_by(base)}).encode()
        headers = {"X-CSRFToken": token, "HX-Request": "true"}
        try:
            answer = opener.open(Request(f"{address}stories/1/lines/0", form, headers), timeout=30).read().decode()
        except HTTPError:
            raise  # a refusal is no death
        except GONE:
            return base
        found = re.search(r'data-base="(\d+)"', answer)
        assert found is not None, answer[:2000]
        base = int(found[1])
        if base == begun + 1:
            first()


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_story_is_whole_whenever_its_server_is_killed(tmp_path: Path, database: str) -> None:
    pack = wrapgen.load_rules()
    store = Store(database)
    receiving.receive(Desk(store, lambda: pack), seed(), "anna")
    store.close()
    random.seed(7)
    base = 1
    for _ in range(4):
        with serving(tmp_path, database) as (server, address):
            killing = threading.Timer(random.uniform(0.01, 0.5), server.send_signal, [signal.SIGKILL])
            told = save_until_it_is_gone(address, base, killing.start)
            server.wait(30)  # nobody else has killed it yet
        assert server.returncode == -signal.SIGKILL and told > base
        store = Store(database)
        desk = Desk(store, lambda: pack)
        view = desk.view(1)
        number = view.version.number
        assert number is not None and told <= number <= told + 1  # a save may be done and not yet told of
        assert view.copy.headline.text == view.story.headline == told_by(number - 1)
        assert desk.finished(view).render("text") == view.copy.text
        with store.reading() as session:
            numbers = list(session.scalars(select(Version.number).order_by(Version.number)))
            entries = session.scalars(select(Entry).where(Entry.story_id == 1)).all()
            assert session.get_one(Story, 1).current == number
        assert numbers == list(range(1, number + 1)) and len(entries) == number
        store.close()
        base = number
