"""Decorators that document a view: what it reads, what it answers, and how it refuses.

They describe only; nothing of them runs when a request is answered. Examples are references, filled in by
``wrapgen.service.openapi`` with what the engine writes.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from wrapgen.render import FORMATS
from wrapgen.service.bodies import NDJSON
from wrapgen.service.contract import reference, verify_request
from wrapgen.service.parameters import Routes, content_type

View = TypeVar("View", bound=Callable[..., Any])
Json = dict[str, Any]

# What any request may be answered with, and what one may that has to show a key.
ALWAYS = (500,)
GUARDED = (401, 403, 429)


def _doc(**described: Any) -> Callable[[View], View]:
    """As flask-smorest documents a view, without the function that it puts around it."""

    def decorate(view: View) -> View:
        vars(view)["_apidoc"] = vars(Routes.doc(**described)(view))["_apidoc"]
        return view

    return decorate


def example(name: str) -> Json:
    """The example called ``name``, of the document's components."""
    return {"examples": {name: {"$ref": f"#/components/examples/{name}"}}}


def reads(media_type: str, schema: Json, of: str, description: str) -> Callable[[View], View]:
    """The view takes a body; ``of`` is the example's name."""
    content = {media_type: {"schema": schema, **example(of)}}
    return _doc(requestBody={"required": True, "description": description, "content": content})


def answers(of: str, description: str, schema: Json | None = None, **headers: str) -> Callable[[View], View]:
    """The view answers JSON by the schema ``of``, which names the example too."""
    content = {"application/json": {"schema": schema or reference(of), **example(of)}}
    return answered(200, description, content, **headers)


def answered(status: int, description: str, content: Json | None = None, **headers: str) -> Callable[[View], View]:
    response: Json = {"description": description[:1].upper() + description[1:]}
    if content:
        response["content"] = content
    if headers:
        response["headers"] = {
            name.replace("_", "-"): {"schema": {"type": "string"}, "description": text}
            for name, text in headers.items()
        }
    return _doc(responses={str(status): response})


def refuses(*statuses: int) -> Callable[[View], View]:
    """The view may answer these problems, and those that every view may that asks for a key."""
    return _refuses(*statuses, *GUARDED)


def refuses_nobody(view: View) -> View:
    """The view asks for no key, and can only fail."""
    return _doc(security=[])(_refuses()(view))


def _refuses(*statuses: int) -> Callable[[View], View]:
    return _doc(
        responses={
            str(status): {"$ref": f"#/components/responses/{HTTPStatus(status).name}"}
            for status in sorted({*statuses, *ALWAYS})
        }
    )


def many(of: str) -> Json:
    return {"type": "array", "items": reference(of)}


def takes_header(name: str, description: str, schema: Json | None = None) -> Json:
    return {"in": "header", "name": name, "description": description, "schema": schema or {"type": "string"}}


def _article_content() -> Json:
    """The article in every format, by media type."""
    content: Json = {}
    for format in FORMATS:
        schema: Json = reference("Article") if format == "json" else {"type": "string"}
        if format != "json" and FORMATS[format].partition(";")[0].endswith("json"):
            schema = {"type": "object"}
        content.setdefault(content_type(format), {"schema": schema, **example(f"Article.{format}")})
    return content


reads_snapshot = reads("application/json", reference("Snapshot"), "Snapshot", "The facts of a trading session")
reads_pair = reads("application/json", dict(verify_request()), "TextAndSnapshot", "A text, and what it is held against")
reads_lines = reads(NDJSON, {"type": "string"}, "Batch", "Snapshots, one a line")
answers_article = answered(
    200, "the article", _article_content(), ETag="Of the article in this format", Vary="Accept, which chose the format"
)
answers_lines = answered(
    200,
    "an article or a problem for each line, in order",
    {NDJSON: {"schema": {"type": "string"}, **example("BatchAnswers")}},
)
not_modified = answered(304, "the article is that of If-None-Match")
# Those of a route; Routes.doc would put them in the place of the query parameters.
WRAP_HEADERS = [
    takes_header(
        "Idempotency-Key",
        "The same request sent again under the same key gets the answer that it got",
        {"type": "string", "pattern": "^[!-~]{1,255}$"},
    ),
    takes_header("If-None-Match", "The ETag of an article that the caller has"),
]
