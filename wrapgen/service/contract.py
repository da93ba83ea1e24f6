"""The schemas that read a snapshot, as JSON Schema: what the documentation says of a request is what reads it.

JSON Schema can say less than the fields do. What it says is never stricter than they are: all that it refuses
is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from marshmallow import Schema
from marshmallow import fields as ma

from wrapgen.intake import fields, schema

Json = dict[str, Any]

# The objects of a snapshot that have a name of their own in the document.
_NAMED = {
    "Market": schema.MARKET,
    "Stock": schema.STOCK,
    "Sector": schema.SECTOR,
    "Breadth": schema.BREADTH,
    "Volume": schema.VOLUME,
    "Series": schema.SERIES,
}
_PREFIX = "Snapshot"


def components() -> dict[str, Json]:
    """The schemas of a snapshot and of its parts, by name."""
    parts = {_name(name): _object(part) for name, part in _NAMED.items()}
    return {"Snapshot": _object(schema.SNAPSHOT), _name("Event"): _event(), **parts}


def reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _name(part: str) -> str:
    return f"{_PREFIX}{part}"


def _object(of: Schema) -> Json:
    made: Json = {
        "type": "object",
        "properties": {name: _json(field) for name, field in of.load_fields.items()},
        "additionalProperties": False,
    }
    required = [name for name, field in of.load_fields.items() if field.required]
    return made | ({"required": required} if required else {})


def _event() -> Json:
    """An event of each type that has keys of its own, and one for all types that have none."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, of in schema.EVENT_SCHEMAS.items():
        groups.setdefault(tuple(of.load_fields), []).append(name)
    ways = []
    for names in groups.values():
        way = _object(schema.EVENT_SCHEMAS[names[0]])
        way["title"] = f"Event: {', '.join(names)}"
        way["properties"]["type"] = {"enum": names}
        ways.append(way)
    return {"oneOf": ways}


@singledispatch
def _json(field: ma.Field[Any]) -> Json:
    raise TypeError(f"no JSON Schema for {type(field).__name__}")


@_json.register
def _(field: fields.Number) -> Json:
    made: Json = {"type": "number", "minimum": field.least, "maximum": fields.LARGEST}
    return made | ({} if field.above is None else {"exclusiveMinimum": field.above})


@_json.register
def _(field: fields.Whole) -> Json:
    return {"type": "integer", "minimum": field.least, "maximum": field.most}


@_json.register
def _(field: fields.Flag) -> Json:
    return {"type": "boolean"}


@_json.register
def _(field: fields.Choice) -> Json:
    return {"enum": list(field.allowed)}


@_json.register
def _(field: fields.Text) -> Json:
    # Spaces and unprintable characters are taken out before the length counts; four times as much is refused unread.
    return {"type": "string", "minLength": 1, "maxLength": 4 * field.longest}


@_json.register
def _(field: fields.When) -> Json:
    return {"anyOf": [{"type": "string", "minLength": 1, "maxLength": 4 * field.longest}, _YEAR]}


_YEAR: Json = {"type": "integer", "minimum": 1700, "maximum": 2100}


@_json.register
def _(field: fields.Id) -> Json:
    return {"type": "string", "minLength": 1, "maxLength": 80, "pattern": r"^[^\s]+$"}


@_json.register
def _(field: fields.Place) -> Json:
    return {"type": "string", "pattern": "^[A-Z]{2}$"}


_DATE = r"\d{4}-\d{2}-\d{2}"


@_json.register
def _(field: fields.Moment) -> Json:
    return {
        "type": "string",
        "pattern": rf"^{_DATE}(T\d{{2}}:\d{{2}}(:\d{{2}}(\.\d{{1,6}})?)?(Z|[+-]\d{{2}}:\d{{2}}))?$",
    }


@_json.register
def _(field: fields.Day) -> Json:
    return {"type": "string", "pattern": f"^{_DATE}$", "format": "date"}


@_json.register
def _(field: fields.Importance) -> Json:
    return {"enum": [1, 2, 3, 4, 5, "key"]}


@_json.register
def _(field: fields.Many) -> Json:
    made: Json = {"type": "array", "items": _json(field.inner), "maxItems": field.most}
    return made | ({"minItems": field.least} if field.least else {})


@_json.register
def _(field: fields.OneOrMany) -> Json:
    one = _json(field.inner)
    return {"anyOf": [one, {"type": "array", "items": one, "maxItems": field.most}]}


@_json.register
def _(field: fields.Record) -> Json:
    return next((reference(_name(name)) for name, part in _NAMED.items() if part is field.schema), None) or _object(
        field.schema
    )


@_json.register
def _(field: fields.Amount) -> Json:
    return {"anyOf": [_json(field.number), _json(field.money)]}


@_json.register
def _(field: schema._Event) -> Json:
    return reference(_name("Event"))


@_json.register
def _(field: schema._History) -> Json:
    return {"type": "object", "additionalProperties": reference(_name("Series")), "maxProperties": schema.MOST_MARKETS}


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
