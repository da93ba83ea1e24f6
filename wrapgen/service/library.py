"""What can be asked for: ``GET /v1/rules``, ``/v1/styles``, ``/v1/markets``, ``/v1/examples``; and the rules anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson
from flask import Response, request

from wrapgen import RulePack
from wrapgen.resources import example_snapshots
from wrapgen.service import metrics
from wrapgen.service.access import needs
from wrapgen.service.context import context, pack
from wrapgen.service.documents import answers, many, not_modified, refuses
from wrapgen.service.parameters import NoParameters, Routes
from wrapgen.trials.days import DAYS

routes = Routes("library", __name__, url_prefix="/v1", description="What there is: rules, styles, markets, examples.")


@routes.get("/rules")
@needs("read")
@answers("Rules", "the rules", ETag="Of the rules")
@not_modified
@refuses(400)
@routes.arguments(NoParameters(), location="query")
def list_rules(_: Any) -> Response:
    """List the rules that articles are written by.

    By file: each entry with its condition, its patterns and its place, as the sentences of an article name it.
    """
    return _of_rules(rules_of)


@routes.get("/styles")
@needs("read")
@answers("Styles", "the house styles", many("Style"), ETag="Of the rules")
@not_modified
@refuses(400)
@routes.arguments(NoParameters(), location="query")
def list_styles(_: Any) -> Response:
    """List the house styles."""
    return _of_rules(styles_of)


@routes.get("/markets")
@needs("read")
@answers("Markets", "the markets", many("Market"), ETag="Of the rules")
@not_modified
@refuses(400)
@routes.arguments(NoParameters(), location="query")
def list_markets(_: Any) -> Response:
    """List the markets that are known by their ids.

    A market that is not among them can be sent with its name and kind.
    """
    return _of_rules(markets_of)


@routes.get("/examples")
@needs("read")
@answers("Examples", "snapshots", many("Example"), ETag="Of the rules")
@not_modified
@refuses(400)
@routes.arguments(NoParameters(), location="query")
def list_examples(_: Any) -> Response:
    """List snapshots to try: those that come with wrapgen, and the sample days of the rules."""
    return _of_rules(examples_of)


@routes.post("/rules/reload")
@needs("admin")
@answers("Reloaded", "the rules that are served now")
@refuses(400, 409, 422)
@routes.arguments(NoParameters(), location="query")
def reload_rules(_: Any) -> Response:
    """Serve the rules as they are in their folder now.

    They are loaded, checked and tried first; where something fails, it is told and the rules before go on. Requests in
    flight finish by the rules that they began with. All workers follow.
    """
    try:
        done = context().packs.reload()
    except Exception:
        metrics.series(metrics.RELOADS, "refused").inc()
        raise
    metrics.series(metrics.RELOADS, "done").inc()
    return _json({"hash": done.hash, "previous": done.previous, "changed": done.hash != done.previous})


def rules_of(rules: RulePack) -> dict[str, Any]:
    entries = sorted(rules.entries, key=lambda entry: (entry.file, entry.line))
    return {
        "hash": rules.hash,
        "files": [
            {
                "file": file,
                "entries": [
                    {
                        "name": entry.name,
                        "rule": entry.rule,
                        "kind": entry.kind,
                        "line": entry.line,
                        "says": entry.says,
                        "condition": None if entry.when is None else entry.when.text,
                        "patterns": [pattern.source for pattern in entry.patterns],
                        "cases": len(entry.tests),
                    }
                    for entry in group
                ],
            }
            for file, group in groupby(entries, key=lambda entry: entry.file)
        ],
        "angles": [
            {
                "name": angle.name,
                "family": angle.family,
                "rule": angle.rule,
                "says": angle.says,
                "condition": angle.when.text,
            }
            for angle in rules.angles
        ],
    }


def styles_of(rules: RulePack) -> list[dict[str, Any]]:
    made = []
    for name, style in sorted(rules.styles.items()):
        settings = asdict(style)
        made.append({"name": settings.pop("name", name), "says": settings.pop("says"), "settings": settings})
    return made


def markets_of(rules: RulePack) -> list[dict[str, Any]]:
    keys = ("id", "name", "short", "kind", "tier", "region", "place", "currency", "exchange")
    return [{key: getattr(market, key) for key in keys} for market in rules.reference.markets.values()]


def examples_of(rules: RulePack) -> list[dict[str, Any]]:
    return [{"name": path.stem, "snapshot": orjson.loads(path.read_bytes())} for path in _examples(rules)]


def _examples(rules: RulePack) -> Iterator[Path]:
    yield from example_snapshots()
    yield from sorted((rules.directory / DAYS).glob("*.json"))


def _of_rules(make: Any) -> Response:
    """What follows from the rules alone, and has not changed where they have not."""
    rules = pack()
    response = Response(content_type="application/json")
    response.set_etag(f"{rules.hash[:32]}-{make.__name__}")
    response.headers["Cache-Control"] = "private, no-cache"
    if not request.if_none_match.contains_weak(response.get_etag()[0] or ""):
        response.set_data(orjson.dumps(make(rules), default=_plain))
    response.make_conditional(request)
    return response


def _json(value: Any) -> Response:
    return Response(orjson.dumps(value), content_type="application/json")


def _plain(value: Any) -> Any:
    """What a style holds besides plain values."""
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(type(value).__name__)
