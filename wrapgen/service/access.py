"""Who may ask for what, and how often.

Where no keys are set up, only callers on this machine are answered: those whose connection begins and ends here.
With keys, everybody shows one: ``Authorization: Bearer wg_...``.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from flask import g, request

from wrapgen.service.context import Context, context
from wrapgen.service.keys import ROLES, Key
from wrapgen.service.problems import Refused

View = TypeVar("View", bound=Any)

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")


def needs(role: str) -> Any:
    """Decorates a view: the caller needs a key of this role, or one that includes it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            parts = context()
            key = _identified(parts)
            if key is not None and role not in ROLES.get(key.role, ()):
                raise Refused(403, f"The key is of the role {key.role}; this needs {role}.")
            _count(parts, key)
            return view(*args, **kwargs)

        return cast(View, guarded)

    return decorate


def _identified(parts: Context) -> Key | None:
    """The key of the caller; None where none is needed. Refused (401) otherwise."""
    if parts.keys is None:
        if not is_local():
            raise Refused(
                401,
                "This service has no API keys, and without them it answers callers on its own machine only: make one "
                "with wrapgen keys add, and name the file in WRAPGEN_KEYS.",
                WWW_Authenticate="Bearer",
            )
        return None
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    key = parts.keys.find(secret.strip()) if scheme.lower() == "bearer" else None
    if key is None:
        raise Refused(401, "An API key is needed: Authorization: Bearer wg_…", WWW_Authenticate="Bearer")
    g.key = key.id
    return key


def is_local() -> bool:
    """Whether both ends of the connection are on this machine, and no proxy says that the caller is not."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    # Every server tells the address, an empty one for a socket that is a file; who calls without a server is here.
    ends = [request.environ.get("REMOTE_ADDR", "127.0.0.1")]
    for name in ("gunicorn.socket", "werkzeug.socket"):
        if (connection := request.environ.get(name)) is not None:
            address = connection.getsockname()
            ends.append(address[0] if isinstance(address, tuple) else "")
    return all(is_loopback(end) for end in ends)


@lru_cache(256)
def is_loopback(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address == "localhost"
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)


def _count(parts: Context, key: Key | None) -> None:
    """One more request of this caller; Refused (429) where it has had its share."""
    if parts.rates is None:
        return
    window = parts.rates.take(key.id if key is not None else request.remote_addr or "")
    g.limits = {
        "RateLimit-Limit": str(window.limit),
        "RateLimit-Remaining": str(window.left),
        "RateLimit-Reset": str(window.seconds),
    }
    if not window.passed:
        raise Refused(
            429,
            f"More than {parts.settings.rate}; try again in {window.seconds} seconds.",
            Retry_After=str(window.seconds),
        )
