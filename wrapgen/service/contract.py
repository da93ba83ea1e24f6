"""The schemas that read a snapshot, as JSON Schema: what the documentation says of a request is what reads it.

JSON Schema can say less than the kinds do. What it says is never stricter than they are: all that it refuses
is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from wrapgen.intake import kinds, schema
from wrapgen.intake.fields import record

Json = dict[str, Any]

# The objects of a snapshot that have a name of their own in the document.
_NAMED = {
    "Market": record(schema.MARKET),
    "Stock": record(schema.STOCK),
    "Sector": record(schema.SECTOR),
    "Breadth": record(schema.BREADTH),
    "Volume": record(schema.VOLUME),
    "Series": record(schema.SERIES),
}
_PREFIX = "Snapshot"


def components() -> dict[str, Json]:
    """The schemas of a snapshot and of its parts, by name."""
    parts = {_name(name): _object(part) for name, part in _NAMED.items()}
    return {"Snapshot": _object(record(schema.SNAPSHOT)), _name("Event"): _event(), **parts}


def reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _name(part: str) -> str:
    return f"{_PREFIX}{part}"


def _object(of: kinds.Record) -> Json:
    made: Json = {
        "type": "object",
        "properties": {name: _json(kind) for name, kind in of.kinds.items()},
        "additionalProperties": False,
    }
    required = [name for name in of.kinds if name in of.required]
    return made | ({"required": required} if required else {})


def _event() -> Json:
    """An event of each type that has keys of its own, and one for all types that have none."""
    records = {name: record(of) for name, of in schema.EVENT_SCHEMAS.items()}
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, of in records.items():
        groups.setdefault(tuple(of.kinds), []).append(name)
    ways = []
    for names in groups.values():
        way = _object(records[names[0]])
        way["title"] = f"Event: {', '.join(names)}"
        way["properties"]["type"] = {"enum": names}
        ways.append(way)
    return {"oneOf": ways}


@singledispatch
def _json(kind: kinds.Kind) -> Json:
    raise TypeError(f"no JSON Schema for {type(kind).__name__}")


@_json.register
def _(kind: kinds.Number) -> Json:
    made: Json = {"type": "number", "minimum": kind.least, "maximum": kinds.LARGEST}
    return made | ({} if kind.above is None else {"exclusiveMinimum": kind.above})


@_json.register
def _(kind: kinds.Whole) -> Json:
    return {"type": "integer", "minimum": kind.least, "maximum": kind.most}


@_json.register
def _(kind: kinds.Flag) -> Json:
    return {"type": "boolean"}


@_json.register
def _(kind: kinds.Choice) -> Json:
    return {"enum": list(kind.allowed)}


@_json.register
def _(kind: kinds.Text) -> Json:
    # Spaces and unprintable characters are taken out before the length counts; four times as much is refused unread.
    return {"type": "string", "minLength": 1, "maxLength": 4 * kind.longest}


@_json.register
def _(kind: kinds.When) -> Json:
    return {"anyOf": [{"type": "string", "minLength": 1, "maxLength": 4 * kind.longest}, _YEAR]}


_YEAR: Json = {"type": "integer", "minimum": 1700, "maximum": 2100}


@_json.register
def _(kind: kinds.Id) -> Json:
    return {"type": "string", "minLength": 1, "maxLength": 80, "pattern": r"^[^\s]+$"}


@_json.register
def _(kind: kinds.Place) -> Json:
    return {"type": "string", "pattern": "^[A-Z]{2}$"}


_DATE = r"\d{4}-\d{2}-\d{2}"


@_json.register
def _(kind: kinds.Moment) -> Json:
    return {
        "type": "string",
        "pattern": rf"^{_DATE}(T\d{{2}}:\d{{2}}(:\d{{2}}(\.\d{{1,6}})?)?(Z|[+-]\d{{2}}:\d{{2}}))?$",
    }


@_json.register
def _(kind: kinds.Day) -> Json:
    return {"type": "string", "pattern": f"^{_DATE}$", "format": "date"}


@_json.register
def _(kind: kinds.Importance) -> Json:
    return {"enum": [1, 2, 3, 4, 5, "key"]}


@_json.register
def _(kind: kinds.Many) -> Json:
    made: Json = {"type": "array", "items": _json(kind.inner), "maxItems": kind.most}
    return made | ({"minItems": kind.least} if kind.least else {})


@_json.register
def _(kind: kinds.OneOrMany) -> Json:
    one = _json(kind.inner)
    return {"anyOf": [one, {"type": "array", "items": one, "maxItems": kind.most}]}


@_json.register
def _(kind: kinds.Record) -> Json:
    return next((reference(_name(name)) for name, part in _NAMED.items() if part is kind), None) or _object(kind)


@_json.register
def _(kind: kinds.Amount) -> Json:
    return {"anyOf": [_json(kind.number), _json(kind.money)]}


@_json.register
def _(kind: kinds.Typed) -> Json:
    return reference(_name("Event"))


@_json.register
def _(kind: kinds.Keyed) -> Json:
    return {"type": "object", "additionalProperties": _json(kind.inner), "maxProperties": kind.most}


def verify_request() -> Mapping[str, Any]:
    """The body of ``POST /v1/verify``."""
    return {
        "type": "object",
        "properties": {
            "text": {"type": "string", "description": "The text whose claims are held against the snapshot"},
            "snapshot": reference("Snapshot"),
        },
        "required": ["text", "snapshot"],
        "additionalProperties": False,
    }
