"""Approved stories on their way: tried until they are taken, and no more than once at a time."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer

import orjson
import pytest
from sqlalchemy import select

from tests.preview.conftest import NOON, seed
from wrapgen.preview import changing, deciding, receiving
from wrapgen.preview.desk import Desk
from wrapgen.preview.store import Delivery, Entry
from wrapgen.preview.webhooks import WAITS, deliver_due

SECRET = "sixteen letters and more"
Sent = tuple[str, bytes, Mapping[str, str]]


@pytest.fixture
def story(desk: Desk) -> int:
    story = receiving.receive(desk, seed(), "anna")[0]
    deciding.approve(desk, story, 1, "cleo")
    return story


def delivery(desk: Desk) -> Delivery:
    with desk.store.reading() as session:
        return session.scalars(select(Delivery)).one()


def test_what_is_sent_is_the_approved_version_and_is_signed(desk: Desk, story: int) -> None:
    deciding.send(desk, story, "http://cms.example/in", "ninjs", "cleo")
    changing.edit(desk, story, 1, 0, "Stocks Rise", "bert")  # a later version is not what was sent
    sent: list[Sent] = []

    def take(*what: object) -> tuple[int, str]:
        sent.append(what)  # type: ignore[arg-type]
        return 201, "made"

    assert deliver_due(desk.store, NOON + dt.timedelta(days=1), SECRET, take) == 1
    ((url, body, headers),) = sent
    assert url == "http://cms.example/in" and orjson.loads(body)["title"] == desk.view(story, 1).copy.headline.text
    assert headers["X-Wrapgen-Signature"] == "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert headers["Content-Type"] == "application/ninjs+json" and headers["Idempotency-Key"]
    assert (delivery(desk).state, delivery(desk).answer) == ("sent", "201 made")
    assert deliver_due(desk.store, NOON + dt.timedelta(days=2), SECRET, take) == 0


@pytest.mark.parametrize("state", ["held", "killed"])
def test_what_was_held_or_killed_meanwhile_is_not_sent(desk: Desk, story: int, state: str) -> None:
    deciding.send(desk, story, "http://cms.example/in", "text", "cleo")
    deciding.decide(desk, story, state, "a figure is wrong", "cleo")

    def refuse(*_: object) -> tuple[int, str]:
        raise AssertionError("it was sent")

    assert deliver_due(desk.store, NOON + dt.timedelta(days=1), "", refuse) == 0
    assert (delivery(desk).state, delivery(desk).answer) == ("withdrawn", f"the story is {state}")
    deciding.decide(desk, story, "draft", "", "cleo")
    assert deliver_due(desk.store, NOON + dt.timedelta(days=2), "", refuse) == 0


def test_an_earlier_version_is_not_sent_after_a_later_one_is_approved(desk: Desk, story: int) -> None:
    deciding.send(desk, story, "http://cms.example/in", "text", "cleo")
    later = changing.edit(desk, story, 1, 0, "Most Asian Stocks Rise", "bert")
    deciding.approve(desk, story, later, "cleo")
    deciding.send(desk, story, "http://cms.example/in", "text", "cleo")
    sent: list[bytes] = []
    deliver_due(desk.store, NOON + dt.timedelta(days=1), "", lambda url, body, headers: (sent.append(body) or 200, ""))
    assert len(sent) == 1 and sent[0].startswith(b"Most Asian Stocks Rise")


def test_it_is_tried_again_later_and_later_and_given_up_in_the_end(desk: Desk, story: int) -> None:
    deciding.send(desk, story, "http://cms.example/in", "text", "cleo")
    now, tries = NOON + dt.timedelta(hours=1), 0

    def fail(*_: object) -> tuple[int, str]:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise OSError("no route to host")
        return 503, "busy"

    for wait in WAITS:
        assert deliver_due(desk.store, now, "", fail) == 1
        assert delivery(desk).state == "waiting"
        assert deliver_due(desk.store, now + dt.timedelta(minutes=wait) * 0.9, "", fail) == 0
        now += dt.timedelta(minutes=wait)
    assert deliver_due(desk.store, now, "", fail) == 1
    assert (delivery(desk).state, delivery(desk).attempts) == ("failed", len(WAITS) + 1)
    with desk.store.reading() as session:
        told = [entry.what for entry in session.scalars(select(Entry).where(Entry.by == "webhook"))]
    assert "no route to host" in told[0] and "given up" in told[-1] and len(told) == len(WAITS) + 1


def test_a_try_that_dies_does_not_lose_the_delivery(desk: Desk, story: int) -> None:
    deciding.send(desk, story, "http://cms.example/in", "text", "cleo")
    now = NOON + dt.timedelta(hours=1)

    def die(*_: object) -> tuple[int, str]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver_due(desk.store, now, "", die)
    assert deliver_due(desk.store, now, "", lambda *_: (200, "")) == 0  # another may still be at it
    assert deliver_due(desk.store, now + dt.timedelta(minutes=5), "", lambda *_: (200, "")) == 1


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(500 if len(bodies) == 1 else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/in", bodies
    server.shutdown()
    server.server_close()


def test_a_real_webhook_that_fails_once_gets_it_the_second_time(
    desk: Desk, story: int, listener: tuple[str, list[bytes]]
) -> None:
    url, bodies = listener
    deciding.send(desk, story, url, "text", "cleo")
    now = NOON + dt.timedelta(hours=1)
    deliver_due(desk.store, now)
    assert (delivery(desk).state, delivery(desk).answer[:3]) == ("waiting", "500")
    deliver_due(desk.store, now + dt.timedelta(hours=1))
    assert delivery(desk).state == "sent" and bodies == [desk.view(story).copy.text.encode()] * 2
