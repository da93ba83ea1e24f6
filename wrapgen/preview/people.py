"""Who may do what at the desk, and their passwords.

On its own machine, and while no user has been made, the desk asks nobody who they are. Otherwise everybody signs in.
"""

from __future__ import annotations

import secrets
from typing import NamedTuple

from sqlalchemy import func, select
from werkzeug.security import check_password_hash, generate_password_hash

from wrapgen.errors import InputError, Problem
from wrapgen.preview.store import Secret, Store, User

# What each role may do; each has what the ones before it have.
ROLES = ("reader", "editor", "chief", "admin")
MEANING = {
    "reader": "read stories and their reasons",
    "editor": "also take in data, change, lock and build stories anew, hold and kill them",
    "chief": "also approve stories and hand them on",
    "admin": "also change rules",
}
SHORTEST = 12  # characters of a password
# Checked where there is no such user, so that an answer takes as long as for one that there is.
_NOBODY = generate_password_hash(secrets.token_hex())


class Person(NamedTuple):
    name: str
    role: str

    def may(self, role: str) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)


LOCAL = Person("editor", "admin")  # whoever sits at this machine


class People:
    """The users of a desk."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def any(self) -> bool:
        with self._store.reading() as session:
            return bool(session.scalar(select(func.count()).select_from(User)))

    def all(self) -> list[User]:
        with self._store.reading() as session:
            return list(session.scalars(select(User).order_by(User.name)))

    def add(self, name: str, role: str, password: str) -> None:
        """A user, or another password or role for one that there is; their sessions end.

        Raises InputError for a password that is too short.
        """
        if len(password) < SHORTEST:
            raise InputError([Problem("password", f"has {len(password)} characters; {SHORTEST} are the least")])
        with self._store.writing() as session:
            made = User(name=name, role=role, password=generate_password_hash(password), stamp=secrets.token_hex(16))
            session.merge(made)

    def remove(self, name: str) -> None:
        """Raises InputError for a name that there is not."""
        with self._store.writing() as session:
            user = session.get(User, name)
            if user is None:
                names = tuple(session.scalars(select(User.name).order_by(User.name)))
                raise InputError([Problem("name", f"there is no user {name!r}", names)])
            session.delete(user)

    def signed_in(self, name: str, stamp: str) -> Person | None:
        """The person of a session; None where it has ended."""
        with self._store.reading() as session:
            user = session.get(User, name)
        return Person(user.name, user.role) if user is not None and secrets.compare_digest(user.stamp, stamp) else None

    def check(self, name: str, password: str) -> tuple[Person, str] | None:
        """The person with this name and password, and the stamp of their sessions."""
        with self._store.reading() as session:
            user = session.get(User, name)
        right = check_password_hash(user.password if user is not None else _NOBODY, password)
        return (Person(user.name, user.role), user.stamp) if user is not None and right else None


def secret(store: Store) -> str:
    """What signs the cookies: made when it is first asked for."""
    with store.writing() as session:
        found = session.get(Secret, "cookies")
        if found is None:
            found = Secret(name="cookies", value=secrets.token_hex(32))
            session.add(found)
        return found.value
