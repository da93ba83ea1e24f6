"""Every error, whatever made it, as an RFC 9457 problem (``application/problem+json``).

``problems`` in it has all that is wrong: with a JSON pointer where it is in the document, with the name of
the query parameter where it is there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

import wrapgen
from wrapgen.errors import ClaimError, InputError, OptionError

if TYPE_CHECKING:
    from wrapgen.rulepack.errors import RuleProblem

PROBLEM_TYPE = "application/problem+json"

log = logging.getLogger("wrapgen.service")


class BadParameters(ValueError):
    """Query parameters that cannot be read; ``problems`` has all of them."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        self.problems = problems
        super().__init__("bad query parameters")


class Refused(Exception):
    """A request that is answered with a problem of this status, and the headers that go with it."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        self.status = status
        self.detail = detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        super().__init__(detail)


def body_of(status: int, detail: str, problems: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The problem object. ``type`` is left at about:blank: the status says what kind it is."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if problems:
        body["problems"] = problems
    return body


def problem_of(error: Exception) -> dict[str, Any]:
    """The problem object of whatever reading, writing or checking raised.

    A fault of our own is logged with its traceback, and told without its insides.
    """
    if isinstance(error, Refused):
        return body_of(error.status, error.detail)
    if isinstance(error, BadParameters):
        return body_of(400, "The query parameters cannot be read.", error.problems)
    if isinstance(error, InputError):
        return body_of(400, "The body cannot be read.", listed(error.problems))
    if isinstance(error, wrapgen.SnapshotError):
        return body_of(422, "The snapshot has problems.", listed(error.problems))
    if isinstance(error, OptionError):
        told = parameter(error.option, error.message, error.allowed, error.nearest)
        return body_of(422, f"The option {error.option} cannot be met.", [told])
    if isinstance(error, wrapgen.RuleError):
        return body_of(422, "The rules have problems.", [_rule(problem) for problem in error.problems])
    if isinstance(error, ClaimError):
        log.error("an article was not given out: %s", error)
        detail = "The article would say what its data do not bear out; the fault is in the rules."
        return body_of(500, detail, listed(error.problems))
    if isinstance(error, RequestEntityTooLarge):
        return body_of(413, f"The body is over the limit of {request.max_content_length:,} bytes.")
    if isinstance(error, HTTPException):
        return body_of(error.code or 500, error.description or "")
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return body_of(500, "The engine failed on this request; the fault is ours and has been logged.")


def register(app: Flask) -> None:
    """Every exception of a request becomes a problem."""
    app.register_error_handler(Exception, answer)


def answer(error: Exception) -> Response:
    """The answer for an exception, with the headers that it asks for (Allow, Retry-After, WWW-Authenticate)."""
    body = problem_of(error)
    response = Response(orjson.dumps(body), status=body["status"], content_type=PROBLEM_TYPE)
    if isinstance(error, Refused):
        response.headers.update(error.headers)
    elif isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name.lower() not in ("content-type", "content-length"):
                response.headers[name] = value
    return response


def listed(problems: Iterable[Any]) -> list[dict[str, Any]]:
    return [_told(problem) for problem in problems]


def parameter(
    name: str, message: str, allowed: Iterable[str] | str | None = None, near: str | None = None
) -> dict[str, Any]:
    """A problem of a query parameter; its ``pointer`` is null, as it is not in the document."""
    return {
        "pointer": None,
        "parameter": name,
        "message": message,
        "allowed": _names(allowed),
        "nearest": near,
    }


def _told(problem: Any) -> dict[str, Any]:
    """A problem of the document; that of a data gate tells the gate, its severity and its figures too."""
    told = {
        "pointer": problem.pointer,
        "message": problem.message,
        "allowed": _names(problem.allowed),
        "nearest": problem.nearest,
    }
    if getattr(problem, "gate", None) is not None:
        told |= {"gate": problem.gate, "severity": problem.severity, "figures": dict(problem.figures or {})}
    return told


def _rule(problem: RuleProblem) -> dict[str, Any]:
    """A problem of a rule file, with its place in it."""
    return {"pointer": None, **problem.to_dict()}


def _names(allowed: Iterable[str] | str | None) -> list[str] | str | None:
    if allowed is None or isinstance(allowed, str):
        return allowed
    return [str(name) for name in allowed] or None
