"""Approved stories on their way to webhooks: each is tried until it is taken, and what came of it is in the log."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping

from sqlalchemy import select, update

from wrapgen.preview.store import Delivery, Document, Entry, Store, Story, Version
from wrapgen.render import FORMATS

# Minutes until each further try; after the last the delivery has failed.
WAITS = (0.1, 1, 5, 30, 120)
_HELD = dt.timedelta(minutes=2)  # for which a try has a delivery to itself, should its process die
_TIMEOUT = 10  # seconds
_SHOWN = 200  # characters of an answer

Post = Callable[[str, bytes, Mapping[str, str]], tuple[int, str]]


def post(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    """Status and beginning of the answer. Raises OSError where none came."""
    request = urllib.request.Request(url, body, dict(headers), method="POST")  # noqa: S310 (the operator named it)
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
            return answer.status, answer.read(_SHOWN).decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read(_SHOWN).decode("utf-8", "replace")


def deliver_due(store: Store, now: dt.datetime, secret: str = "", send: Post = post) -> int:
    """Try every delivery that is due; how many were tried. Safe to call from many processes at once."""
    tried = 0
    while (delivery := _taken(store, now)) is not None:
        _try(store, delivery, now, secret, send)
        tried += 1
    return tried


def _taken(store: Store, now: dt.datetime) -> Delivery | None:
    """A delivery that is due, kept from others while it is tried. Those that shall not go any more are withdrawn."""
    due = select(Delivery).where(Delivery.state == "waiting", Delivery.due <= now).order_by(Delivery.due).limit(1)
    with store.writing() as session:
        while (found := session.scalar(due)) is not None:
            story, version = session.get_one(Story, found.story_id), session.get_one(Version, found.version_id)
            if not (why := _withdrawn(story, version)):
                found.due = now + _HELD
                return found
            found.state, found.answer = "withdrawn", why
            session.add(Entry(story_id=story.id, at=now, by="webhook", what=f"not sent to {found.url}: {why}"))
            session.flush()
    return None


def _withdrawn(story: Story, version: Version) -> str:
    """Why a version goes to nobody any more; empty where it may. A draft that was begun since then stops nothing."""
    if story.state in ("held", "killed"):
        return f"the story is {story.state}"
    return "" if story.approved == version.number else "a later version is approved"


def _try(store: Store, delivery: Delivery, now: dt.datetime, secret: str, send: Post) -> None:
    with store.reading() as session:
        body = session.scalar(
            select(Document.body).where(Document.version_id == delivery.version_id, Document.format == delivery.format)
        )
    assert body is not None  # it was there when the delivery was made, and is never taken out
    headers = {
        "Content-Type": FORMATS[delivery.format],
        "User-Agent": "wrapgen",
        "Idempotency-Key": f"wrapgen-{delivery.id}",
    }
    if secret:
        headers["X-Wrapgen-Signature"] = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    try:
        status, answer = send(delivery.url, body, headers)
    except (OSError, ValueError) as error:
        status, answer = 0, str(error)
    sent = 200 <= status < 300
    attempts = delivery.attempts + 1
    given_up = not sent and attempts > len(WAITS)
    told = f"{status} {answer}".strip() if status else answer
    with store.writing() as session:
        session.execute(
            update(Delivery)
            .where(Delivery.id == delivery.id)
            .values(
                state="sent" if sent else "failed" if given_up else "waiting",
                attempts=attempts,
                answer=told[:_SHOWN],
                due=now if sent or given_up else now + dt.timedelta(minutes=WAITS[attempts - 1]),
            )
        )
        what = "taken by" if sent else "given up: not taken by" if given_up else "not taken yet by"
        session.add(
            Entry(story_id=delivery.story_id, at=now, by="webhook", what=f"{what} {delivery.url} ({told[:80]})")
        )
