"""What the workers of a service share: counts of requests, and answers under their Idempotency-Key.

Both are small SQLite files; a file locks where a process could not. Neither has to outlive a loss of power, so
nothing waits for the disk.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import orjson
from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

_LOCK_SECONDS = 300  # after which a request that still holds its key is held to have died with its worker
_PRUNED_EVERY = 500  # writes


class Database:
    """A SQLite file, with a connection for each thread."""

    def __init__(self, path: Path, schema: str) -> None:
        self._path = path
        self._local = threading.local()
        with self.write() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(schema)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A connection, and a transaction that is committed at the end."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._path, timeout=10, isolation_level=None)
            connection.execute("PRAGMA synchronous = OFF")
            self._local.connection = connection
        yield connection  # each statement is a transaction of its own


class Counts(Storage):
    """Counts of requests in windows of time, for the `limits` package."""

    STORAGE_SCHEME = ["wrapgen-sqlite"]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._database = Database(
            path, "CREATE TABLE IF NOT EXISTS counts (key TEXT PRIMARY KEY, count INTEGER, expires REAL) WITHOUT ROWID"
        )
        self._writes = 0

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = time.time()
        with self._database.write() as connection:
            (count,) = connection.execute(
                "INSERT INTO counts VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE SET"
                " count = CASE WHEN expires <= ?4 THEN ?2 ELSE count + ?2 END,"
                " expires = CASE WHEN expires <= ?4 THEN ?3 ELSE expires END RETURNING count",
                (key, amount, now + expiry, now),
            ).fetchone()
            self._writes += 1
            if self._writes % _PRUNED_EVERY == 0:
                connection.execute("DELETE FROM counts WHERE expires <= ?", (now,))
        return int(count)

    def get(self, key: str) -> int:
        return int(self._row(key)[0])

    def get_expiry(self, key: str) -> float:
        return float(self._row(key)[1])

    def check(self) -> bool:
        return self.get("") == 0

    def reset(self) -> int | None:
        with self._database.write() as connection:
            return connection.execute("DELETE FROM counts").rowcount

    def clear(self, key: str) -> None:
        with self._database.write() as connection:
            connection.execute("DELETE FROM counts WHERE key = ?", (key,))

    def _row(self, key: str) -> tuple[int, float]:
        now = time.time()
        with self._database.write() as connection:
            found = connection.execute(
                "SELECT count, expires FROM counts WHERE key = ? AND expires > ?", (key, now)
            ).fetchone()
        return found or (0, now)


class Window(NamedTuple):
    """Where a caller stands: whether it may go on, how many are left, and the seconds until they are all back."""

    passed: bool
    limit: int
    left: int
    seconds: int


class Rates:
    """A limit of requests for each caller, whichever worker answers."""

    def __init__(self, path: Path, rate: str) -> None:
        self._item: RateLimitItem = parse(rate)
        self._limiter = FixedWindowRateLimiter(Counts(path))

    def take(self, caller: str) -> Window:
        passed = self._limiter.hit(self._item, caller)
        back, left = self._limiter.get_window_stats(self._item, caller)
        return Window(passed, self._item.amount, left, max(1, round(back - time.time())))


class Kept(NamedTuple):
    """An answer that was given already."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Conflict(Exception):
    """The key is in use: for ``another`` request, or for this one, which is still being answered."""

    def __init__(self, another: bool) -> None:
        self.another = another
        super().__init__("another request" if another else "in flight")


class Answers:
    """Answers by Idempotency-Key."""

    def __init__(self, path: Path, hours: float) -> None:
        self._seconds = hours * 3600
        self._database = Database(
            path,
            "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, request BLOB, since REAL,"
            " status INTEGER, headers BLOB, body BLOB) WITHOUT ROWID",
        )

    def begin(self, key: str, request: bytes) -> Kept | None:
        """Take ``key`` for the request with this hash; the answer where it has one already. Raises Conflict."""
        now = time.time()
        with self._database.write() as connection:
            connection.execute(
                "DELETE FROM answers WHERE since < ? OR (status IS NULL AND since < ?)",
                (now - self._seconds, now - _LOCK_SECONDS),
            )
            taken = connection.execute(
                "INSERT INTO answers (key, request, since) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (key, request, now),
            ).rowcount
            if taken:
                return None
            row = connection.execute(
                "SELECT request, status, headers, body FROM answers WHERE key = ?", (key,)
            ).fetchone()
        if row is None:  # given up by its request a moment ago
            return self.begin(key, request)
        if row[0] != request:
            raise Conflict(another=True)
        if row[1] is None:
            raise Conflict(another=False)
        return Kept(row[1], [(name, value) for name, value in orjson.loads(row[2])], row[3])

    def keep(self, key: str, answer: Kept) -> None:
        with self._database.write() as connection:
            connection.execute(
                "UPDATE answers SET status = ?, headers = ?, body = ? WHERE key = ?",
                (answer.status, orjson.dumps(answer.headers), answer.body, key),
            )

    def give_up(self, key: str) -> None:
        """The request failed: the key may be tried again."""
        with self._database.write() as connection:
            connection.execute("DELETE FROM answers WHERE key = ? AND status IS NULL", (key,))
