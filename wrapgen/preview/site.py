"""The desk on the service: its database, its cookies, its pages, and what goes on beside the requests."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from wrapgen.preview import data, queue, receiving, rule_files, stories
from wrapgen.preview.blueprint import Parts, put_parts, routes
from wrapgen.preview.desk import Desk
from wrapgen.preview.inbox import take_in
from wrapgen.preview.people import People, secret
from wrapgen.preview.show import FILTERS, ask
from wrapgen.preview.store import Store
from wrapgen.preview.webhooks import deliver_due
from wrapgen.service.context import Context
from wrapgen.service.state import Rates
from wrapgen.service.stories import Receiver

# To import them is to put their pages on the blueprint.
PAGES = (data, queue, rule_files, stories)
_TRIES = "10 per minute"
_EVERY = 2  # seconds between looks at the folder and at what is due

log = logging.getLogger("wrapgen.preview")


def register(app: Flask, context: Context) -> Receiver:
    """Put the desk's pages on ``app``; its database is that of the settings, or a file among the service's own.

    Raises InputError for a database that cannot be opened.
    """
    settings, folder = context.settings, context.state
    store = Store(settings.desk or f"sqlite:///{folder / 'desk.sqlite'}")
    app.config.update(
        SECRET_KEY=secret(store),
        SESSION_COOKIE_NAME="wrapgen",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=bool(settings.proxies),
        PERMANENT_SESSION_LIFETIME=dt.timedelta(hours=settings.session_hours),
        WTF_CSRF_CHECK_DEFAULT=False,  # the API has no cookies; the desk's pages check
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
    )
    desk = Desk(store, context.packs.current)
    put_parts(
        app.extensions,
        Parts(
            desk=desk,
            store=store,
            people=People(store),
            csrf=CSRFProtect(app),
            tries=Rates(folder / "tries.sqlite", _TRIES),
            rules=settings.rules,
            inbox=settings.inbox,
            webhooks=settings.webhooks,
        ),
    )
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["ask"] = ask
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.register_blueprint(routes)
    if settings.inbox is not None or settings.webhooks:
        clerk = Clerk(desk, store, settings.inbox, settings.webhook_secret)
        app.before_request(clerk.begin)
    return Taker(desk)


class Taker(NamedTuple):
    """The desk as the API sees it."""

    desk: Desk

    def receive(self, document: Mapping[str, Any], by: str, override: Sequence[str] = ()) -> tuple[int, bool]:
        return receiving.receive(self.desk, document, by, override)


class Clerk:
    """A thread of each process that looks after the watched folder and the webhooks."""

    def __init__(self, desk: Desk, store: Store, inbox: Path | None, secret: str) -> None:
        self._desk, self._store, self._inbox, self._secret = desk, store, inbox, secret
        self._begun = threading.Lock()

    def begin(self) -> None:
        """Begin, with the first request: a thread that was begun before does not outlive the fork of its process."""
        if self._begun.acquire(blocking=False):
            threading.Thread(target=self._work, name="wrapgen-clerk", daemon=True).start()

    def _work(self) -> None:
        pause = threading.Event()
        while True:
            try:
                self.round()
            except Exception:
                log.exception("the desk’s clerk failed; it goes on")
            pause.wait(_EVERY)

    def round(self) -> None:
        if self._inbox is not None:
            take_in(self._desk, self._store, self._inbox)
        deliver_due(self._store, self._desk.now(), self._secret)
