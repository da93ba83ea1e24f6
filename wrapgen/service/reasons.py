"""Why, from what, and whether it is true: ``POST /v1/angles``, ``/v1/facts`` and ``/v1/verify``."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response, request

import wrapgen
from wrapgen.service import metrics
from wrapgen.service.access import needs
from wrapgen.service.bodies import read_json, read_pair
from wrapgen.service.context import context, pack
from wrapgen.service.documents import answers, many, reads_pair, reads_snapshot, refuses
from wrapgen.service.parameters import GateParameters, Gates, Routes
from wrapgen.service.wraps import read_gated

routes = Routes("reasons", __name__, url_prefix="/v1", description="Why an article says what it says.")
_REFUSALS = (400, 408, 413, 415, 422)


@routes.post("/angles")
@needs("read")
@reads_snapshot
@answers("Angles", "the stories, best first", many("Angle"))
@refuses(*_REFUSALS)
@routes.arguments(GateParameters(), location="query")
def rank_angles(gates: Gates) -> Response:
    """Rank the stories that a snapshot could tell.

    Every angle of the rules with its score, its margin, its evidence, and what would have made the second win.
    """
    rules = pack()
    ranked = wrapgen.rank_angles(read_gated(_body(), gates, rules), rules)
    return as_json([angle.to_dict() for angle in ranked])


@routes.post("/facts")
@needs("read")
@reads_snapshot
@answers("Facts", "the facts", many("Fact"))
@refuses(*_REFUSALS)
@routes.arguments(GateParameters(), location="query")
def derive_facts(gates: Gates) -> Response:
    """Derive the facts of a snapshot.

    Each with its value, its unit, the operation that made it, and the JSON pointers of what it was made from.
    """
    rules = pack()
    facts = wrapgen.derive_facts(read_gated(_body(), gates, rules), rules)
    return as_json([fact.to_dict() for fact in facts])


@routes.post("/verify")
@needs("read")
@reads_pair
@answers("Claims", "the claims of the text")
@refuses(*_REFUSALS)
@routes.arguments(GateParameters(), location="query")
def verify(gates: Gates) -> Response:
    """Hold every claim of a text against a snapshot.

    Whoever wrote the text. A claim is supported, contradicted (with what the data say), unsupported or unchecked.
    """
    rules = pack()
    text, document = read_pair(_body())
    snapshot = read_gated(document, gates, rules)
    with metrics.Stage("verify"):
        claims = wrapgen.verify(text, snapshot, rules)
    return as_json({"claims": [claim.to_dict() for claim in claims]})


def _body() -> Any:
    settings = context().settings
    return read_json(request, settings.body_limit, settings.body_seconds)


def as_json(value: Any) -> Response:
    return Response(orjson.dumps(value), content_type="application/json")
