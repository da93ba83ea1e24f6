"""What the desk keeps: stories with all their versions, who made them and when, users, and what was handed on.

SQLAlchemy over SQLite by default; another database is a URL away. A version is written once and never changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from platformdirs import user_data_path
from sqlalchemy import JSON, DateTime, ForeignKey, LargeBinary, String, Text, UniqueConstraint, create_engine, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, sessionmaker
from sqlalchemy.types import TypeDecorator

from wrapgen.errors import InputError, Problem


class Moment(TypeDecorator[dt.datetime]):
    """A time in UTC; databases without zones keep it as such."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        return None if value is None else value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        return None if value is None else value.replace(tzinfo=dt.UTC)


class Base(DeclarativeBase):
    type_annotation_map = {dt.datetime: Moment, dict[str, Any]: JSON, list[Any]: JSON}


class Story(Base):
    """A wrap of one region, day and phase. ``current`` is the number of its latest version, 0 where a data gate held
    its snapshot and there is none; ``published`` that of the version handed on last."""

    __tablename__ = "stories"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    region: Mapped[str] = mapped_column(String(60))
    day: Mapped[str] = mapped_column(String(10))
    phase: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), index=True)
    reasons: Mapped[list[Any]] = mapped_column(default=list)
    headline: Mapped[str] = mapped_column(Text, default="")
    angle: Mapped[str] = mapped_column(String(60), default="")
    score: Mapped[float] = mapped_column(default=0.0)
    badges: Mapped[list[Any]] = mapped_column(default=list)
    current: Mapped[int] = mapped_column(default=0)
    approved: Mapped[int | None] = mapped_column(default=None)
    published: Mapped[int | None] = mapped_column(default=None)
    changed_at: Mapped[dt.datetime] = mapped_column(index=True)

    versions: Mapped[list[Version]] = relationship(back_populates="story", order_by="Version.id")


class Sent(Base):
    """A snapshot as it was sent."""

    __tablename__ = "snapshots"

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id"), index=True)
    document: Mapped[dict[str, Any]]
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(100))


class Version(Base):
    """A version of a story. ``number`` None is one set aside: its ``base`` was no longer the latest."""

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("story_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id"), index=True)
    number: Mapped[int | None]
    base: Mapped[int]
    sent_id: Mapped[int] = mapped_column(ForeignKey("snapshots.id"))
    made: Mapped[dict[str, Any]]
    copy: Mapped[dict[str, Any]]
    what: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(100))

    story: Mapped[Story] = relationship(back_populates="versions")
    sent: Mapped[Sent] = relationship()


class Document(Base):
    """An approved version in one format, as it was when it was approved: what is handed on."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("version_id", "format"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), index=True)
    format: Mapped[str] = mapped_column(String(20))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Edition(Base):
    """An approval of a story, and the number that what is handed on bears. One of which nothing was handed on gives
    its number to the next approval."""

    __tablename__ = "editions"
    __table_args__ = (UniqueConstraint("story_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id"), index=True)
    number: Mapped[int]
    approved_at: Mapped[dt.datetime]
    handed_on: Mapped[bool] = mapped_column(default=False)


class Entry(Base):
    """A line of a story's log."""

    __tablename__ = "log"

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id"), index=True)
    at: Mapped[dt.datetime]
    by: Mapped[str] = mapped_column(String(100))
    what: Mapped[str] = mapped_column(Text)


class Delivery(Base):
    """An approved version on its way to a webhook. ``state`` is waiting, sent, failed, or withdrawn where the
    story was held or killed meanwhile, or a later version approved."""

    __tablename__ = "deliveries"

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("stories.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"))
    url: Mapped[str] = mapped_column(Text)
    format: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    due: Mapped[dt.datetime] = mapped_column(index=True)
    answer: Mapped[str] = mapped_column(Text, default="")


class User(Base):
    """Who may sign in. ``password`` is a hash."""

    __tablename__ = "users"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    password: Mapped[str] = mapped_column(Text)
    stamp: Mapped[str] = mapped_column(String(32))  # sessions that were begun with another one have ended


class Seen(Base):
    """A file of the watched folder, as it was when it was taken in; ``until`` when one process has it to itself, None
    when it is done with."""

    __tablename__ = "seen"

    file: Mapped[str] = mapped_column(String(400), primary_key=True)
    stamp: Mapped[str] = mapped_column(String(60))
    fault: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[dt.datetime | None] = mapped_column(default=None)


class Secret(Base):
    """What signs the cookies: made once, and shared by all workers."""

    __tablename__ = "secrets"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(100))


def own_database() -> str:
    """The URL of the database of whoever runs ``wrapgen serve`` on their own machine; its folder is made."""
    return f"sqlite:///{user_data_path('wrapgen', appauthor=False, ensure_exists=True) / 'desk.sqlite'}"


class Store:
    """The database of a desk. Its tables are made where they are missing."""

    def __init__(self, url: str) -> None:
        """Raises InputError for a database that cannot be opened."""
        try:
            self.engine: Engine = create_engine(url)
            if self.engine.dialect.name == "sqlite":
                event.listen(self.engine, "connect", _as_wanted)
                event.listen(self.engine, "begin", _begin)
            # In a transaction that writes: of several workers that begin at once, one makes the tables.
            with self.engine.execution_options(writes=True).begin() as connection:
                Base.metadata.create_all(connection)
        except (SQLAlchemyError, ImportError) as error:
            raise InputError([Problem("WRAPGEN_DESK", f"cannot be opened: {str(error).splitlines()[0]}")]) from None
        self._reading = sessionmaker(self.engine, expire_on_commit=False)
        self._writing = sessionmaker(self.engine.execution_options(writes=True), expire_on_commit=False)

    def reading(self) -> Session:
        """A session that only reads; use it in a ``with``."""
        return self._reading()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are all saved at the end, or none of them."""
        with self._writing.begin() as session:
            yield session

    def close(self) -> None:
        self.engine.dispose()


def _as_wanted(connection: Any, _: Any) -> None:
    """A save is on the disk when it is told to be saved, and readers do not wait for it."""
    connection.isolation_level = None  # transactions begin when SQLAlchemy says so, and not at the first write
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    """Writers wait for each other at their beginning, and are not refused in the middle."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
