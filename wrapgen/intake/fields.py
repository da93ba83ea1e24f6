"""The kinds of the wire contract as marshmallow fields, which tell of everything that is wrong with a value.

A kind (`wrapgen.intake.kinds`) says what a value may be and stops at the first thing that is wrong. A field asks the
items of a list and the keys of an object one by one and raises all that they were refused for.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from marshmallow import Schema, ValidationError
from marshmallow import fields as ma

from wrapgen.intake import kinds
from wrapgen.intake.kinds import Kind
from wrapgen.intake.problems import Fault, Refused, show


class Strict(ma.Field[Any]):
    """A field of one kind. ``limits`` are those of the kind."""

    of: Callable[..., Kind]
    kind: Kind
    default_error_messages = {
        "required": "is missing, and is required",
        "null": "is null; leave the key out where nothing is known",
    }

    def __init__(self, *limits: Any, required: bool = False, **named: Any) -> None:
        super().__init__(required=required)
        self.kind = self.of(*limits, **named)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return _read(self.kind.read, value)


def _read(read: Callable[[Any], Any], value: Any) -> Any:
    """The value; ValidationError, with its fault, where ``read`` refuses it."""
    try:
        return read(value)
    except Refused as refused:
        raise ValidationError([refused.fault]) from None


def _each(read: Callable[[Any], Any], items: Iterable[tuple[Any, Any]]) -> list[Any]:
    """What ``items``, each with its place, are read as; ValidationError with the faults of all that are refused."""
    found, errors = [], {}
    for place, item in items:
        try:
            found.append(read(item))
        except ValidationError as error:
            errors[place] = error.messages
    if errors:
        raise ValidationError(errors)
    return found


@functools.cache
def record(schema: Schema) -> kinds.Record:
    """The kind of object that ``schema`` loads."""
    fields = schema.load_fields
    required = frozenset(name for name, field in fields.items() if field.required)
    return kinds.Record({name: field.kind for name, field in fields.items()}, required)  # type: ignore[attr-defined]


class Number(Strict):
    of = kinds.Number


class Quantity(Strict):
    of = kinds.Quantity


class Whole(Strict):
    of = kinds.Whole


class Flag(Strict):
    of = kinds.Flag


class Choice(Strict):
    of = kinds.Choice


class Text(Strict):
    of = kinds.Text


class Id(Strict):
    of = kinds.Id


class Place(Strict):
    of = kinds.Place


class Moment(Strict):
    of = kinds.Moment


class Day(Strict):
    of = kinds.Day


class When(Strict):
    of = kinds.When


class Span(Strict):
    of = kinds.Span


class Importance(Strict):
    of = kinds.Importance


class Record(Strict):
    """An object that fits ``schema`` (made once, shared)."""

    def __init__(self, schema: Schema, **named: Any) -> None:
        self.of = lambda: record(schema)
        super().__init__(**named)
        self.schema = schema

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, Mapping):
            raise ValidationError([Fault(f"{show(value)} is not an object")])
        return self.schema.load(value)


class Many(Strict):
    """A list whose items all fit ``inner``."""

    of = kinds.Many
    kind: kinds.Many

    def __init__(self, inner: Strict, **named: Any) -> None:
        super().__init__(inner.kind, **named)
        self.inner = inner

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        _read(self.kind.count, value)
        return tuple(_each(self.inner.deserialize, enumerate(value)))


class OneOrMany(Many):
    """A list of records, or a single one, which stays a mapping so that its pointer stays right."""

    of = kinds.OneOrMany

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, Mapping):
            return self.inner.deserialize(value)
        return super()._deserialize(value, attr, data, **kwargs)


class Amount(Strict):
    """A sum of money as {``amount``, ``currency``}, or a bare number where the unit is clear."""

    of = kinds.Amount

    def __init__(self, money: Schema, **named: Any) -> None:
        super().__init__(record(money), **named)
        self.money, self.number = Record(money), Quantity()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return (self.money if isinstance(value, Mapping) else self.number).deserialize(value)


class Typed(Strict):
    """An object whose ``type`` says which of ``schemas`` it fits.

    Of an unknown type nothing can be said but that: the type's own field says it, and of the keys only ``common`` are
    looked at, as those of ``other``.
    """

    of = kinds.Typed

    def __init__(self, schemas: Mapping[str, Schema], common: Sequence[str], other: str) -> None:
        super().__init__({name: record(schema) for name, schema in schemas.items()})
        self.schemas, self.common, self.other = schemas, common, other

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, Mapping):
            raise ValidationError([Fault(f"{show(value)} is not an object")])
        name = value.get("type")
        schema = self.schemas.get(name) if isinstance(name, str) else None
        if schema is None:
            value = {key: value[key] for key in self.common if key in value}
            schema = self.schemas[self.other]
        return schema.load(value)


class Keyed(Strict):
    """An object of records by id."""

    of = kinds.Keyed
    kind: kinds.Keyed

    def __init__(self, schema: Schema, *, most: int) -> None:
        super().__init__(record(schema), most=most)
        self.inner, self.key = Record(schema), Id()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        _read(self.kind.count, value)
        return dict(_each(self._pair, ((str(key), (key, item)) for key, item in value.items())))

    def _pair(self, pair: tuple[Any, Any]) -> tuple[Any, Any]:
        return self.key.deserialize(pair[0]), self.inner.deserialize(pair[1])
