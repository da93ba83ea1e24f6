"""What happens around every request: its id, its headers, its line in the log, its count."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from time import perf_counter

from flask import Flask, Response, g, request

from wrapgen.service import metrics

_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_API_POLICY = "default-src 'none'; frame-ancestors 'none'"
# The page of the documentation: its own scripts and styles, and nothing from elsewhere.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)

log = logging.getLogger("wrapgen.service.requests")


def register(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.start = perf_counter()
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex


def _end(response: Response) -> Response:
    headers = response.headers
    headers["X-Request-Id"] = g.request_id
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers.setdefault("Content-Security-Policy", _API_POLICY)
    headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    headers.update(g.get("limits", {}))
    if request.method == "OPTIONS" and response.status_code == 200:
        response.status_code = 204
        headers.remove("Content-Type")
    if response.is_streamed:
        response.call_on_close(_told(response, g.start, g.request_id, g.get("key")))
    else:
        _told(response, g.start, g.request_id, g.get("key"))()
    return response


def _told(response: Response, start: float, id: str, key: str | None) -> Callable[[], None]:
    """Tells of the request once it is answered: to the log, without its query, and to the metrics."""
    rule = request.url_rule
    route, path = (rule.rule if rule else "none"), request.path
    method = request.method if request.method in _METHODS else "other"

    def tell() -> None:
        seconds = perf_counter() - start
        metrics.series(metrics.REQUESTS, route, method, response.status_code).inc()
        metrics.series(metrics.SECONDS, route).observe(seconds)
        told = {"method": method, "path": path[:200], "status": response.status_code, "ms": round(seconds * 1000, 2)}
        log.info("request", extra={"request_id": id, **told, **({"key": key} if key else {})})

    return tell
