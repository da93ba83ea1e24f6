"""The query parameters, as marshmallow schemas that read, check and document them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple, NoReturn

from flask import Request, request
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, ValidationError, post_load
from marshmallow import fields as ma
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_accept_header

from wrapgen.errors import OptionError, nearest
from wrapgen.render import FORMATS
from wrapgen.rulepack.kinds import LENGTHS
from wrapgen.service.problems import BadParameters, parameter

MOST_VARIANTS = 999_999_999
_UNKNOWN = "is no parameter of this resource"
# Queries, and Accept headers, of which what they say is kept: a caller sends the same ones again and again.
_KEPT = 256


class Gates(NamedTuple):
    """What the data gates are told."""

    override: tuple[str, ...]
    now: str | None


class Options(NamedTuple):
    """What a wrap is written by. ``format`` None leaves it to the Accept header."""

    format: str | None
    style: str | None
    angle: str | None
    variant: int
    length: str | None
    gates: Gates


class Word(ma.String):
    """A parameter that is given once. ``allowed`` is for what a request cannot say otherwise; names that the
    engine knows, such as styles, are for the engine to refuse."""

    def __init__(self, allowed: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allowed = allowed

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        word = _once(value)
        if self.allowed and word not in self.allowed:
            raise ValidationError([OptionError.unknown(attr or "", word, self.allowed)])
        return word


class Count(ma.Integer):
    """A whole number from 0, in ASCII digits, given once."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        text = _once(value)
        if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_VARIANTS))):
            raise ValidationError(f"{text[:80]!r} is not a whole number from 0 to {MOST_VARIANTS}")
        return int(text)


def _once(value: Any) -> str:
    if isinstance(value, list):
        raise ValidationError(f"is given {len(value)} times; once is allowed")
    return str(value)


class Names(ma.List[Any]):
    """Names, given one by one or with commas between."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        given = value if isinstance(value, list) else [value]
        return tuple(name for text in given for name in text.split(",") if name)


class GateParameters(Schema):
    class Meta:
        unknown = RAISE

    error_messages = {"unknown": _UNKNOWN}

    override = Names(
        ma.String(),
        load_default=(),
        metadata={"description": "A data gate of severity hold to accept, by name.", "example": ["stale"]},
    )
    now = Word(
        metadata={
            "description": "The time by which the age of the data is judged; without it their age does not count.",
            "format": "date-time",
            "example": "2025-11-12T10:45:00+08:00",
        }
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Any:
        return self.gates(data)

    def gates(self, data: dict[str, Any]) -> Gates:
        now = data.get("now")
        # The plus of an offset stands for a space in a query, where it was not escaped.
        return Gates(data["override"], None if now is None else now.replace(" ", "+"))


class WrapParameters(GateParameters):
    format = Word(
        tuple(FORMATS),
        metadata={
            "description": "The format of the article; without it the Accept header chooses.",
            "enum": list(FORMATS),
            "example": "json",
        },
    )
    style = Word(metadata={"description": "A house style, as GET /v1/styles lists them.", "example": "house"})
    angle = Word(
        metadata={
            "description": "The story to tell; refused where the data do not support it, and POST /v1/angles ranks."
        }
    )
    variant = Count(
        load_default=0,
        metadata={
            "description": "Another wording of the same facts; the same number gives the same words.",
            "minimum": 0,
            "maximum": MOST_VARIANTS,
            "example": 2,
        },
    )
    length = Word(
        metadata={
            "description": "How much to tell; left out, as the style has it.",
            "enum": list(LENGTHS),
            "example": "standard",
        },
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Any:
        return Options(
            data.get("format"),
            data.get("style"),
            data.get("angle"),
            data["variant"],
            data.get("length"),
            self.gates(data),
        )


class NoParameters(Schema):
    class Meta:
        unknown = RAISE

    error_messages = {"unknown": _UNKNOWN}


class _Parser(FlaskParser):
    """Reads the query strictly: nothing unknown, nothing twice, every problem at once."""

    DEFAULT_VALIDATION_STATUS = 400
    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": None}

    def __init__(self) -> None:
        super().__init__()
        self._read = lru_cache(_KEPT)(self._read_query)

    def parse(self, argmap: Any, req: Request | None = None, **_: Any) -> Any:
        """What the query of this request says. It is read once: nobody changes what comes of it."""
        return self._read(argmap, request.query_string)

    def _read_query(self, schema: Schema, query: bytes) -> Any:
        return super().parse(schema, request, location="query")

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        return {name: values[0] if len(values) == 1 else values for name, values in req.args.lists()}

    def handle_error(
        self, error: ValidationError, req: Request, schema: Schema, *, error_status_code: Any, error_headers: Any
    ) -> NoReturn:
        known = tuple(schema.fields)
        wrong: dict[str, list[Any]] = error.messages["query"]  # type: ignore[call-overload,index]
        problems = []
        # As they were asked: what is unknown comes in no order.
        for name in sorted(wrong, key=list(req.args).index):
            for message in wrong[name]:
                if isinstance(message, OptionError):
                    problems.append(parameter(name, message.message, message.allowed, message.nearest))
                elif message == _UNKNOWN:
                    problems.append(parameter(name, message, known, nearest(name, known)))
                else:
                    problems.append(parameter(name, message))
        raise BadParameters(problems)


class Routes(Blueprint):
    """A blueprint whose parameters are read strictly and refused as problems."""

    ARGUMENTS_PARSER = _Parser()


def negotiated_format() -> str:
    """The format that the Accept header prefers; JSON where it has no preference."""
    return _preferred(request.headers.get("Accept", ""))


@lru_cache(_KEPT)
def _preferred(accept: str) -> str:
    accepted = parse_accept_header(accept, MIMEAccept)
    if not accepted:
        return "json"
    offers: dict[str, str] = {}
    for name, media_type in FORMATS.items():
        offers.setdefault(media_type.replace(" ", ""), name)
    order = ["application/json", *(offer for offer in offers if offer != "application/json")]
    # Parameters such as charset are no part of the choice, but where a format's own type has one.
    asked = [
        (plain if (plain := value.replace(" ", "")) in offers else value.partition(";")[0].strip(), quality)
        for value, quality in accepted
    ]
    best = MIMEAccept(asked).best_match(order)
    if best is None:
        raise NotAcceptable(f"This resource comes as {', '.join(order)}.")
    return offers[best]


def content_type(format: str) -> str:
    """What the Content-Type header says of a format; JSON and XML tell their encoding themselves."""
    media_type = FORMATS[format]
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def is_json(format: str) -> bool:
    media_type = FORMATS[format].partition(";")[0]
    return media_type == "application/json" or media_type.endswith("+json")
