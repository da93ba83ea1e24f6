"""``POST /v1/wraps`` and ``POST /v1/wraps/batch``: snapshots in, articles out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from flask import Response, request, stream_with_context

import wrapgen
from wrapgen import Article, RulePack
from wrapgen.errors import decode_json
from wrapgen.intake import check_options
from wrapgen.service import metrics
from wrapgen.service.access import needs
from wrapgen.service.bodies import NDJSON, Line, check_json_type, read_bytes, read_lines
from wrapgen.service.context import context, pack
from wrapgen.service.documents import (
    WRAP_HEADERS,
    answers_article,
    answers_lines,
    not_modified,
    reads_lines,
    reads_snapshot,
    refuses,
)
from wrapgen.service.idempotency import once
from wrapgen.service.parameters import (
    Gates,
    Options,
    Routes,
    WrapParameters,
    content_type,
    is_json,
    negotiated_format,
)
from wrapgen.service.problems import problem_of

routes = Routes("wraps", __name__, url_prefix="/v1/wraps", description="Articles from snapshots.")


@routes.post("", parameters=WRAP_HEADERS)
@needs("write")
@reads_snapshot
@answers_article
@not_modified
@refuses(400, 406, 408, 409, 413, 415, 422)
@routes.arguments(WrapParameters(), location="query")
def write_wrap(options: Options) -> Response:
    """Write an article from a snapshot.

    The same snapshot, options and rules give the same article, byte for byte. Its claims are held against the snapshot
    before it is given out. `If-None-Match` with the `ETag` of an earlier answer saves the transfer of one that has not
    changed: the answer is then 304, as to a GET, since nothing is changed by asking.
    """
    settings = context().settings
    check_json_type(request)
    body = read_bytes(request, settings.body_limit, settings.body_seconds)
    return once(body, lambda: _written(body, options))


def _written(body: bytes, options: Options) -> Response:
    format = options.format or negotiated_format()
    article = _write(decode_json(body), options, pack())
    tag = f"{article.id}-{format}"
    if request.if_none_match.contains_weak(tag):
        response = Response(status=304)
        response.headers.remove("Content-Type")
    else:
        with metrics.Stage("render"):
            response = Response(article.render(format), content_type=content_type(format))
    response.set_etag(tag)
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@routes.post("/batch")
@needs("write")
@reads_lines
@answers_lines
@refuses(400, 413, 415, 422)
@routes.arguments(WrapParameters(), location="query")
def write_wraps(options: Options) -> Response:
    """Write an article from each line of a batch.

    Newline-delimited JSON in and out, a line for a line, in order, each as soon as it is written. A line that cannot
    be written from is answered in its place with its problem, which has the number of the line in `line`; the others
    are written. A format that is no JSON comes as `content` beside `id` and `format`. Blank lines are passed over.
    Do not wait for the answer to a line before sending the next: what is sent is read in blocks.
    """
    settings = context().settings
    lines = read_lines(request, settings.body_limit, settings.batch_limit, settings.body_seconds)
    rules = pack()
    check_options(rules.reference, options.gates.now, options.gates.override)
    return Response(stream_with_context(_answered(lines, options, rules)), content_type=NDJSON)


def _answered(lines: Iterable[Line], options: Options, rules: RulePack) -> Iterator[bytes]:
    format = options.format or "json"
    for line in lines:
        try:
            if line.fault is not None:
                raise line.fault
            answer = _as_line(_write(decode_json(line.data), options, rules), format)
        except Exception as error:
            answer = {**problem_of(error), "line": line.number}
        yield orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE)


def _as_line(article: Article, format: str) -> Any:
    if format == "json":
        return article.to_dict()
    with metrics.Stage("render"):
        text = article.render(format)
    return orjson.loads(text) if is_json(format) else {"id": article.id, "format": format, "content": text}


def _write(document: Any, options: Options, rules: RulePack) -> Article:
    snapshot = read_gated(document, options.gates, rules)
    with metrics.Stage("write"):
        article = wrapgen.write(
            snapshot,
            style=options.style,
            angle=options.angle,
            variant=options.variant,
            length=options.length,
            rules=rules,
        )
    metrics.series(metrics.ARTICLES, article.angle["name"]).inc()
    return article


def read_gated(document: Any, gates: Gates, rules: RulePack) -> wrapgen.Snapshot:
    """The snapshot of a request, past the data gates."""
    try:
        with metrics.Stage("read"):
            return wrapgen.read_snapshot(document, rules.reference, now=gates.now, override=gates.override)
    except wrapgen.SnapshotError as error:
        for name in {problem.gate for problem in error.problems if problem.gate is not None}:
            metrics.series(metrics.REFUSALS, name).inc()
        raise
