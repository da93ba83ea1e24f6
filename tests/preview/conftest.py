"""A desk to try things on: its database is a file of the test, its rules are loaded once."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

import wrapgen
from wrapgen.preview.desk import Desk
from wrapgen.preview.store import Store
from wrapgen.service.app import create_app
from wrapgen.service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
NOON = dt.datetime(2025, 11, 12, 12, tzinfo=dt.UTC)


def seed(name: str = "asia-2025-11-12-morning") -> Any:
    """The snapshot of a seed, to be changed at will."""
    return orjson.loads((ROOT / "seeds" / f"{name}.json").read_bytes())


def changed(document: Any, **moves: float) -> Any:
    """The snapshot with other moves, by the ids of markets and the tickers of stocks."""
    for item in (*document["markets"], *document.get("stocks", ())):
        move = moves.get(str(item.get("id") or f"T{item.get('ticker')}"))
        if move is not None:
            item["change_pct"] = move
    return document


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database: a file of SQLite, or a new one on the server of ``TEST_DATABASE``
    (``postgresql+psycopg://user@host/postgres``), whose user may make databases."""
    server = os.environ.get("TEST_DATABASE")
    if server is None:
        yield f"sqlite:///{tmp_path / 'desk.sqlite'}"
        return
    engine, name = create_engine(server, isolation_level="AUTOCOMMIT"), f"desk_{uuid.uuid4().hex}"
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield engine.url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    made = Store(database)
    yield made
    made.close()


@pytest.fixture
def desk(store: Store) -> Desk:
    pack = wrapgen.load_rules()
    minutes = itertools.count()
    return Desk(store, lambda: pack, lambda: NOON + dt.timedelta(minutes=next(minutes)))


@pytest.fixture
def app(tmp_path: Path, database: str) -> Flask:
    return create_app(settings=Settings(state=tmp_path, desk=database))


class Pages(FlaskClient):
    """Asks as a page of the desk does: every form with the token that its page had."""

    _token = ""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if not self._token and kwargs.get("method") == "POST":
            self._token = "asked for"
            page = super().open("/sign-in", method="GET").get_data(as_text=True)
            self._token = page.partition('name="csrf-token" content="')[2].partition('"')[0]
        kwargs["headers"] = {**kwargs.get("headers", {}), "X-CSRFToken": self._token}
        return super().open(*args, **kwargs)


@pytest.fixture
def pages(app: Flask) -> FlaskClient:
    app.test_client_class = Pages
    return app.test_client()
