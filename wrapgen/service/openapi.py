"""The OpenAPI document: made of the routes and the schemas, with examples that the engine itself has written."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

import orjson
from flask import Flask, Response
from flask_smorest import Api

import wrapgen
from wrapgen import RulePack
from wrapgen.render import FORMATS
from wrapgen.service import contract, library
from wrapgen.service.context import context
from wrapgen.service.problems import PROBLEM_TYPE, answer, body_of, listed, parameter
from wrapgen.service.schemas import COMPONENTS
from wrapgen.version import __version__

Json = dict[str, Any]

_ABOUT = """Market wraps from the facts of a trading session, by rules that editors own.

Every error is a problem (RFC 9457) with all that is wrong in `problems`. Every answer has an `X-Request-Id`, which the
log has too; send one to choose it."""

_DETAILS = {
    400: "The body cannot be read.",
    401: "An API key is needed: Authorization: Bearer wg_…",
    403: "The key is of the role read; this needs write.",
    404: "This service has no desk: name a folder in WRAPGEN_STATE, or a database in WRAPGEN_DESK.",
    406: "This resource comes as application/json, text/plain.",
    408: "The body did not arrive within 30 seconds.",
    409: "The request of this Idempotency-Key is being answered.",
    413: "The body is over the limit of 5,242,880 bytes.",
    415: "The content type of a snapshot is application/json, not text/plain.",
    422: "The snapshot has problems.",
    429: "More than 1200 per minute; try again in 20 seconds.",
    500: "The engine failed on this request; the fault is ours and has been logged.",
}
_ITEMS: dict[int, list[Json]] = {
    400: [parameter("lenght", "is no parameter of this resource", ["length"], "length")],
    422: listed([wrapgen.errors.Problem("/markets/0/id", "'HSY' is not in the reference data", None, "HSI")]),
}
_HEADERS = {
    401: ("WWW-Authenticate", "How to show who you are"),
    409: ("Retry-After", "Seconds"),
    429: ("Retry-After", "Seconds"),
}


class ProblemApi(Api):  # type: ignore[misc]
    """flask-smorest's, with errors as RFC 9457 problems, in the answers and in the document."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_responses(self) -> None:
        for status, detail in _DETAILS.items():
            response: Json = {
                "description": HTTPStatus(status).phrase,
                "content": {
                    PROBLEM_TYPE: {
                        "schema": contract.reference("Problem"),
                        "example": body_of(status, detail, _ITEMS.get(status)),
                    }
                },
            }
            if status in _HEADERS:
                name, description = _HEADERS[status]
                response["headers"] = {name: {"description": description, "schema": {"type": "string"}}}
            self.spec.components.response(HTTPStatus(status).name, response)

    def handle_http_exception(self, error: Any) -> Response:
        return answer(error)


def make_api(app: Flask, with_keys: bool) -> Api:
    """The API of an application, whose blueprints are still to be registered."""
    app.config |= {
        "API_TITLE": "wrapgen",
        "API_VERSION": __version__,
        "OPENAPI_VERSION": "3.1.0",
        "API_SPEC_OPTIONS": {
            "info": {"description": _ABOUT, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
            "servers": [{"url": "/"}],
            **({"security": [{"key": []}]} if with_keys else {}),
        },
    }
    api = ProblemApi(app)
    if with_keys:
        scheme = {"type": "http", "scheme": "bearer", "description": "An API key, as wrapgen keys add makes them."}
        api.spec.components.security_scheme("key", scheme)
    for name, schema in COMPONENTS.items():
        if name not in api.spec.components.schemas:  # as it is where another one has it within
            api.spec.components.schema(name, schema=schema)
    for name, described in contract.components().items():
        api.spec.components.schema(name, described)
    app.extensions["wrapgen-document"] = _Document(api)
    return api


def document_of(app: Flask) -> bytes:
    """The document as JSON, with examples by the rules that are served."""
    document = cast(_Document, app.extensions["wrapgen-document"])
    return document.read(context().packs.current())


class _Document:
    """Made when it is first asked for, and anew when the rules have changed."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._made: tuple[str, bytes] = ("", b"")

    def read(self, rules: RulePack) -> bytes:
        if self._made[0] != rules.hash:
            document = self._api.spec.to_dict()
            document["components"]["examples"] = _examples(rules)
            self._made = (rules.hash, orjson.dumps(document))
        return self._made[1]


def _examples(rules: RulePack) -> Json:
    """What every operation takes and answers, in full."""
    samples = library.examples_of(rules)
    sample = samples[0]
    snapshot = wrapgen.read_snapshot(sample["snapshot"], rules.reference)
    article = wrapgen.write(snapshot, rules=rules)
    text = article.render("text")
    claims = wrapgen.verify(text, snapshot, rules)
    broken = {**body_of(422, _DETAILS[422], _ITEMS[422]), "line": 2}
    bad_line = b'{"region": "hk", "as_of": "2025-11-12", "markets": [{"id": "HSY", "change_pct": 0.85}]}'
    values: Json = {
        "Snapshot": sample["snapshot"],
        "TextAndSnapshot": {"text": text, "snapshot": sample["snapshot"]},
        "Batch": _lines(orjson.dumps(sample["snapshot"]), bad_line),
        "BatchAnswers": _lines(orjson.dumps(article.to_dict()), orjson.dumps(broken)),
        "Angles": [angle.to_dict() for angle in wrapgen.rank_angles(snapshot, rules)],
        "Facts": [fact.to_dict() for fact in wrapgen.derive_facts(snapshot, rules)],
        "Claims": {"claims": [claim.to_dict() for claim in claims]},
        "Rules": _shortened(library.rules_of(rules)),
        "Styles": library.styles_of(rules),
        "Markets": library.markets_of(rules)[:3],
        "Examples": samples[:1],
        "Reloaded": {"hash": rules.hash, "previous": rules.hash, "changed": False},
        "Health": {"status": "ok", "version": __version__},
        "StoryTaken": {"story": 7, "new": True, "page": "/stories/7"},
        "Ready": {"status": "ready", "rules": rules.hash},
        "Metrics": '# TYPE wrapgen_articles_total counter\nwrapgen_articles_total{angle="led_by_market"} 1.0\n',
        "OpenAPI": {"openapi": "3.1.0", "info": {"title": "wrapgen", "version": __version__}, "paths": {}},
        "Page": "<!doctype html>\n<title>wrapgen: the API</title>\n",
    }
    for format in FORMATS:
        rendered = article.render(format)
        as_data = FORMATS[format].partition(";")[0].endswith("json")
        values[f"Article.{format}"] = orjson.loads(rendered) if as_data else rendered
    return {name: {"value": value} for name, value in values.items()}


def _shortened(rules: Json) -> Json:
    """Of a list of hundreds, the first."""
    files = [{**file, "entries": file["entries"][:1]} for file in rules["files"][:2]]
    return {**rules, "files": files, "angles": rules["angles"][:2]}


def _lines(*lines: bytes) -> str:
    return "".join(line.decode() + "\n" for line in lines)
