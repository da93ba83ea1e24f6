"""API keys: made by ``wrapgen keys``, stored as hashes, each with a role.

A key is 256 random bits, so that a plain SHA-256 of it cannot be turned back. The file is read again when it
changes: a key that is revoked is refused at the next request.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import orjson

from wrapgen.errors import InputError, Problem

# What each role may do, in the words of the others.
ROLES: dict[str, tuple[str, ...]] = {
    "read": ("read",),
    "write": ("write", "read"),
    "admin": ("admin", "write", "read"),
}
PREFIX = "wg_"


class Key(NamedTuple):
    """A key as it is stored. ``id`` may be shown and logged; ``hash`` is the SHA-256 of the key, in hex."""

    id: str
    name: str
    role: str
    hash: str
    created: str


class KeyFile:
    """The keys of a file, as it is now."""

    def __init__(self, path: Path) -> None:
        """Raises InputError for a file that holds no keys."""
        self._path = path
        self._stamp = self._now()
        self._keys = _by_hash(read_keys(path))

    def find(self, secret: str) -> Key | None:
        """The key that was presented, if it is one of ours."""
        if (stamp := self._now()) != self._stamp:
            self._keys, self._stamp = _by_hash(read_keys(self._path)), stamp
        # Looked up by its hash: how long that takes tells nothing of the key.
        return self._keys.get(_hash(secret))

    def _now(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return (0, 0)
        return (found.st_mtime_ns, found.st_ino)


def read_keys(path: Path) -> tuple[Key, ...]:
    """The keys of a file; none where there is no file. Raises InputError for anything else."""
    try:
        return tuple(Key(**record) for record in orjson.loads(path.read_bytes())["keys"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError([Problem(str(path), f"is no file of API keys: {error}")]) from None


def add_key(path: Path, name: str, role: str) -> tuple[Key, str]:
    """A new key and, this once, the secret itself."""
    secret = PREFIX + secrets.token_urlsafe(32)
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    key = Key(secrets.token_hex(4), name, role, _hash(secret), now)
    _write(path, (*read_keys(path), key))
    return key, secret


def revoke_key(path: Path, id: str) -> Key:
    """Takes a key out. Raises InputError for an id that there is not."""
    keys = read_keys(path)
    found = next((key for key in keys if key.id == id), None)
    if found is None:
        raise InputError([Problem(str(path), f"has no key {id!r}", tuple(key.id for key in keys))])
    _write(path, (key for key in keys if key is not found))
    return found


def _write(path: Path, keys: Iterable[Key]) -> None:
    """Whole or not at all, and for its owner's eyes."""
    made = path.with_name(f".{path.name}.tmp")
    data = orjson.dumps({"keys": [key._asdict() for key in keys]}, option=orjson.OPT_INDENT_2)
    with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    made.replace(path)


def _by_hash(keys: Iterable[Key]) -> dict[str, Key]:
    return {key.hash: key for key in keys}


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
