"""The HTTP service: ``POST /v1/wraps`` answers a snapshot with its article.

``/v1/angles`` and ``/v1/facts`` tell why and from what, ``/v1/verify`` whether a text is true.

Thin on purpose: it reads the request, calls the engine, and renders. Every error, whatever made it,
is an RFC 9457 problem (``application/problem+json``) with all that is wrong in ``problems``.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from flask import Flask, Response, request
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import HTTPException, NotAcceptable, RequestEntityTooLarge, UnsupportedMediaType

import wrapgen
from wrapgen.errors import ClaimError, InputError, OptionError, Problem, decode_json, nearest
from wrapgen.render import FORMATS
from wrapgen.trials.trial import require_passed
from wrapgen.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wrapgen import RulePack

BODY_LIMIT = 5 * 1024 * 1024  # bytes; a full day with a year of history for 40 markets is under 1 MB
PARAMETERS = ("format", "style", "angle", "variant", "length", "override", "now")
GATE_PARAMETERS = ("override", "now")
MANY = ("override",)  # parameters that may be given more than once, or as names with commas between


class Options(NamedTuple):
    """The query parameters of a request, read and checked."""

    format: str
    style: str | None
    angle: str | None
    variant: int
    length: str | None
    override: tuple[str, ...]
    now: str | None


class BadParameters(ValueError):
    """Query parameters that cannot be read; ``problems`` has all of them."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        self.problems = problems
        super().__init__("bad query parameters")


def create_app(rules: RulePack | None = None) -> Flask:
    """The WSGI application, writing by ``rules`` (those that come with wrapgen if None).

    The rules are loaded and tried here and not at the first request: a broken rule file, a case that fails and a
    golden article that reads otherwise raise RuleError, and the service does not start.
    """
    app = Flask("wrapgen.service", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
    # Otherwise a doubled slash is answered with a redirect whose body is HTML.
    app.url_map.merge_slashes = False
    pack = wrapgen.load_rules() if rules is None else rules
    require_passed(pack)

    @app.post("/v1/wraps")
    def write_wrap() -> Response:
        options = _read_options()
        snapshot = wrapgen.read_snapshot(_read_body(), pack.reference, now=options.now, override=options.override)
        article = wrapgen.write(
            snapshot,
            style=options.style,
            angle=options.angle,
            variant=options.variant,
            length=options.length,
            rules=pack,
        )
        return Response(article.render(options.format), content_type=_content_type(options.format))

    def gated(document: Any) -> wrapgen.Snapshot:
        """The snapshot of a request that has no parameters but those of the data gates."""
        problems = _strange_parameters(GATE_PARAMETERS)
        if problems:
            raise BadParameters(problems)
        return wrapgen.read_snapshot(document, pack.reference, now=_read_now(), override=_read_override())

    @app.post("/v1/angles")
    def rank_angles() -> Response:
        return _json([angle.to_dict() for angle in wrapgen.rank_angles(gated(_read_body()), pack)])

    @app.post("/v1/facts")
    def derive_facts() -> Response:
        return _json([fact.to_dict() for fact in wrapgen.derive_facts(gated(_read_body()), pack)])

    @app.post("/v1/verify")
    def verify() -> Response:
        text, document = _read_pair(_read_body())
        claims = wrapgen.verify(text, gated(document), pack)
        return _json({"claims": [claim.to_dict() for claim in claims]})

    @app.get("/healthz")
    def healthz() -> Response:
        return _json({"status": "ok", "version": __version__})

    _register_errors(app)
    app.after_request(_add_headers)
    return app


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value), content_type="application/json")


def _read_pair(body: Any) -> tuple[str, Any]:
    """The text and the snapshot of ``POST /v1/verify``; InputError where it is no such pair."""
    if not isinstance(body, dict):
        raise InputError([Problem("", "must be an object with text and snapshot")])
    problems = [
        Problem(f"/{key}", "is no key of this document", ("text", "snapshot"), nearest(key, ("text", "snapshot")))
        for key in body
        if key not in ("text", "snapshot")
    ]
    problems += [Problem(f"/{key}", "is missing") for key in ("text", "snapshot") if key not in body]
    if "text" in body and not isinstance(body["text"], str):
        problems.append(Problem("/text", "must be a string: the article to be held against the snapshot"))
    if problems:
        raise InputError(problems)
    return body["text"], body["snapshot"]


def _read_body() -> Any:
    mimetype = request.mimetype
    if mimetype != "application/json" and not (mimetype.startswith("application/") and mimetype.endswith("+json")):
        sent = f"not {mimetype}" if mimetype else "and the request has none"
        raise UnsupportedMediaType(f"The content type of a snapshot is application/json, {sent}.")
    return decode_json(request.get_data(cache=False))


def _strange_parameters(known: tuple[str, ...]) -> list[dict[str, Any]]:
    """The problems of parameters that a resource has not, or that are given too often."""
    problems = [
        _parameter(name, "is no parameter of this resource", known, nearest(name, known))
        for name in request.args
        if name not in known
    ]
    problems += [
        _parameter(name, f"is given {len(values)} times; once is allowed")
        for name, values in request.args.lists()
        if name in known and name not in MANY and len(values) > 1
    ]
    return problems


def _read_options() -> Options:
    """The request's options; BadParameters names every parameter that cannot be read."""
    problems = _strange_parameters(PARAMETERS)
    variant = request.args.get("variant", "0")
    if not (variant.isascii() and variant.isdecimal() and len(variant) <= 9):
        problems.append(_parameter("variant", f"{variant!r} is not a whole number from 0 to 999999999"))
    format = request.args.get("format")
    if format is None:
        format = _negotiated_format()
    elif format not in FORMATS:
        names = tuple(FORMATS)
        problems.append(_parameter("format", f"{format!r} is unknown", names, nearest(format, names)))
    if problems:
        raise BadParameters(problems)
    return Options(
        format,
        request.args.get("style"),
        request.args.get("angle"),
        int(variant),
        request.args.get("length"),
        _read_override(),
        _read_now(),
    )


def _read_override() -> tuple[str, ...]:
    return tuple(name for value in request.args.getlist("override") for name in value.split(",") if name)


def _read_now() -> str | None:
    """The caller's time. The plus of an offset stands for a space in a query, where it was not escaped."""
    now = request.args.get("now")
    return None if now is None else now.replace(" ", "+")


def _negotiated_format() -> str:
    """The format that the Accept header prefers; JSON where it has no preference."""
    if not request.accept_mimetypes:
        return "json"
    offers = {media_type: name for name, media_type in FORMATS.items()}
    order = ["application/json", *(offer for offer in offers if offer != "application/json")]
    # Parameters such as charset are no part of the choice, but where a format's own type has one.
    asked = [
        (plain if (plain := value.replace(" ", "")) in offers else value.partition(";")[0].strip(), quality)
        for value, quality in request.accept_mimetypes
    ]
    best = MIMEAccept(asked).best_match(order)
    if best is None:
        raise NotAcceptable(f"This resource comes as {', '.join(order)}.")
    return offers[best]


def _content_type(format: str) -> str:
    media_type = FORMATS[format]
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type  # XML and JSON say it


def _register_errors(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        response = _problem(error.code or 500, error.description or "")
        for name, value in error.get_headers():
            if name.lower() not in ("content-type", "content-length"):
                response.headers[name] = value  # Allow, Retry-After
        return response

    @app.errorhandler(RequestEntityTooLarge)
    def too_large(error: RequestEntityTooLarge) -> Response:
        return _problem(413, f"The body is over the limit of {BODY_LIMIT:,} bytes.")

    @app.errorhandler(BadParameters)
    def bad_parameters(error: BadParameters) -> Response:
        return _problem(400, "The query parameters cannot be read.", error.problems)

    @app.errorhandler(InputError)
    def broken_json(error: InputError) -> Response:
        return _problem(400, "The body cannot be read.", _listed(error.problems))

    @app.errorhandler(wrapgen.SnapshotError)
    def bad_snapshot(error: wrapgen.SnapshotError) -> Response:
        return _problem(422, "The snapshot has problems.", _listed(error.problems))

    @app.errorhandler(OptionError)
    def bad_option(error: OptionError) -> Response:
        told = _parameter(error.option, error.message, error.allowed, error.nearest)
        return _problem(422, f"The option {error.option} cannot be met.", [told])

    @app.errorhandler(ClaimError)
    def false_claim(error: ClaimError) -> Response:
        app.logger.error("%s %s: %s", request.method, request.path, error)
        return _problem(
            500,
            "The article would say what its data do not bear out; the fault is in the rules.",
            _listed(error.problems),
        )

    @app.errorhandler(Exception)
    def fault(error: Exception) -> Response:
        app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
        return _problem(500, "The engine failed on this request; the fault is ours and has been logged.")


def _problem(status: int, detail: str, problems: list[dict[str, Any]] | None = None) -> Response:
    """An RFC 9457 answer. ``type`` is left at about:blank: the status says what kind it is."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if problems:
        body["problems"] = problems
    return Response(orjson.dumps(body), status=status, content_type="application/problem+json")


def _listed(problems: Iterable[Any]) -> list[dict[str, Any]]:
    return [_told(problem) for problem in problems]


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


def _parameter(
    name: str, message: str, allowed: Iterable[str] | None = None, near: str | None = None
) -> dict[str, Any]:
    """A problem of a query parameter; its ``pointer`` is null, as it is not in the document."""
    return {
        "pointer": None,
        "parameter": name,
        "message": message,
        "allowed": _names(allowed),
        "nearest": near,
    }


def _names(allowed: Iterable[str] | None) -> list[str] | str | None:
    if allowed is None or isinstance(allowed, str):
        return allowed
    return [str(name) for name in allowed] or None


def _add_headers(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    if request.path == "/v1/wraps":
        response.headers["Vary"] = "Accept"
        response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response
