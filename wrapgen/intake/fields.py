"""The kinds of value that the wire contract knows, as strict marshmallow fields.

Strict: a number is a JSON number, never a string, a boolean, NaN or infinity; text is printable;
a word from a closed list is in the list. What a field refuses it explains with a ``Fault``, which
the reader turns into a problem with a JSON pointer.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from marshmallow import Schema, ValidationError
from marshmallow import fields as ma

from wrapgen.intake.problems import Fault, show

# Beyond this a figure is a mistake, and arithmetic on it may overflow.
LARGEST = 1e18

_SPACES = re.compile(r"\s+")
_ID = re.compile(r"[^\s/]+(?:/[^\s/]+)*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATE_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?")
_DURATION = re.compile(r"P(?:\d{1,6}W|(?=\d)(?:\d{1,6}Y)?(?:\d{1,6}M)?(?:\d{1,6}D)?)")
_YEARS = range(1900, 2101)
_Moment = TypeVar("_Moment", dt.date, dt.datetime)


def refuse(message: str, allowed: tuple[str, ...] = (), meant: object = None) -> ValidationError:
    """The error that a field raises: one fault, for ``schema.validate`` to place."""
    return ValidationError([Fault(message, allowed, meant)])


class Strict(ma.Field[Any]):
    """A field that says plainly what is missing or null."""

    default_error_messages = {
        "required": "is missing, and is required",
        "null": "is null; leave the key out where nothing is known",
    }

    def accept(self, value: Any) -> Any:
        """The value as ``deserialize`` gives it, sooner; ValidationError for what it refuses or may refuse.

        See `accept_all`: what is wrong is then left to be said by ``deserialize``.
        """
        return self._deserialize(value, None, None)


def accept_all(schema: Schema, sent: Any) -> dict[str, Any]:
    """What ``schema.load`` gives of a plain JSON object without a fault, in a fifth of the time.

    marshmallow asks every field of every record whether it was sent, and keeps an account of errors. Nearly every
    snapshot has none: so it is read field by field first, and only where a field refuses, or anything else is out of
    the common, does marshmallow read it again and say all that is wrong. Raises ValidationError, without a message.
    """
    if type(sent) is not dict:
        raise ValidationError("")
    fields = schema.load_fields
    if not sent.keys() <= fields.keys():
        raise ValidationError("")
    loaded: dict[str, Any] = {}
    for key, field in fields.items():
        if key in sent:
            loaded[key] = field.accept(sent[key])  # type: ignore[attr-defined]
        elif field.required:
            raise ValidationError("")
    return loaded


class Number(Strict):
    """A finite JSON number, as float."""

    def __init__(self, *, least: float = -LARGEST, above: float | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least = least
        self.above = above

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise refuse(f"{show(value)} is not a number; send a JSON number, without quotes")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number) or abs(number) > LARGEST:
            raise refuse(f"{show(value)} is not a figure to write about; it must be finite and at most 1e18")
        if number < self.least:
            raise refuse(f"{show(value)} is too small; the least is {self.least:g}")
        if self.above is not None and number <= self.above:
            raise refuse(f"{show(value)} must be more than {self.above:g}")
        return number


class Quantity(Number):
    """A finite JSON number of an event's frame, kept as sent: 48654 units are not 48654.0."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        super()._deserialize(value, attr, data, **kwargs)
        return value


class Whole(Strict):
    """A JSON number without a fraction, as int (``3.0`` counts as 3)."""

    def __init__(self, *, least: int = 0, most: int = 10**15, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least = least
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not whole or not self.least <= value <= self.most:
            raise refuse(f"{show(value)} is not a whole number from {self.least} to {self.most}")
        return int(value)


class Flag(Strict):
    """``true`` or ``false``."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise refuse(f"{show(value)} is not true or false", ("true", "false"))
        return value


class Choice(Strict):
    """A word from a closed list."""

    def __init__(self, *allowed: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allowed = allowed

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or value not in self.allowed:
            raise refuse(f"{show(value)} is not allowed here", self.allowed, value)
        return value


class Text(Strict):
    """A name or phrase. Control and invisible characters are taken out, runs of space made one;
    half a surrogate pair cannot be printed and is refused."""

    def __init__(self, *, longest: int = 400, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise refuse(f"{show(value)} is not text")
        if len(value) > 4 * self.longest:
            raise refuse(f"is too long: {len(value)} characters, the most is {self.longest}")
        text = value if value.isprintable() else _printable(value)
        if "  " in text or text[:1] == " " or text[-1:] == " ":
            text = _SPACES.sub(" ", text).strip()
        if not text:
            raise refuse("is empty; leave the key out where nothing is known")
        if len(text) > self.longest:
            raise refuse(f"is too long: {len(text)} characters, the most is {self.longest}")
        return text


def _printable(value: str) -> str:
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise refuse("holds half a surrogate pair, which is not a character")
    spaced = _SPACES.sub(" ", value)
    return "".join(char for char in spaced if char.isprintable())


class Id(Strict):
    """An id or a reference to one: printable, without spaces, at most 80 characters."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if (
            not isinstance(value, str)
            or not 0 < len(value) <= 80
            or not value.isprintable()
            or not _ID.fullmatch(value)
        ):
            raise refuse(f"{show(value)} is not an id: 1 to 80 printable characters, no spaces")
        return value


class Place(Strict):
    """A country or territory as ISO 3166-1 alpha-2 in upper case, or ``EU``. Whether it is known
    is for the reference data to say."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch("[A-Z]{2}", value):
            raise refuse(f"{show(value)} is not a place: two capital letters (ISO 3166-1 alpha-2), or EU")
        return value


class Moment(Strict):
    """A date, or a date-time with its offset from UTC, between 1900 and 2100."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dt.date | dt.datetime:
        # ASCII first: other scripts' digits would pass for digits below.
        text = value if isinstance(value, str) and value.isascii() else ""
        try:
            if _DATE.fullmatch(text):
                return _within(dt.date.fromisoformat(text))
            if _DATE_TIME.fullmatch(text):
                moment = dt.datetime.fromisoformat(text)
                if moment.tzinfo is None:
                    raise refuse(f"{show(value)} lacks its offset from UTC, as in 2025-11-12T10:30:00+08:00")
                return _within(moment)
        except ValueError:
            pass
        raise refuse(f"{show(value)} is not an ISO 8601 date or date-time with offset, from 1900 to 2100")


class Day(Moment):
    """A date."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> dt.date:
        if isinstance(value, str) and value.isascii() and _DATE.fullmatch(value):
            try:
                return _within(dt.date.fromisoformat(value))
            except ValueError:
                pass
        raise refuse(f"{show(value)} is not an ISO 8601 date (2025-11-12), from 1900 to 2100")


def _within(moment: _Moment) -> _Moment:
    if moment.year not in _YEARS:
        raise ValueError("out of range")
    return moment


class When(Text):
    """A date, month, year or words (``2025-10``, ``December``); a year may come as a number."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if isinstance(value, int) and not isinstance(value, bool) and 1700 <= value < 2101:
            return str(value)
        return super()._deserialize(value, attr, data, **kwargs)


class Span(Text):
    """An ISO 8601 duration (``P1M``) or words (``two years``)."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if re.match(r"P[\dT]", text) and not _DURATION.fullmatch(text):
            raise refuse(f"{show(text)} is not an ISO 8601 duration in years, months, weeks or days (P1M)")
        if not any(char.isalpha() for char in text):
            raise refuse(f"{show(text)} is no span of time; write P1M, or words such as two years")
        return text


class Importance(Strict):
    """1 (passing) to 5, or the word ``key`` for 5."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if value == "key":
            return 5
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value not in (1, 2, 3, 4, 5):
            raise refuse(f"{show(value)} is not allowed here", ("1", "2", "3", "4", "5", "key"))
        return int(value)


class Many(Strict):
    """A list whose items all fit ``inner``, as a tuple."""

    def __init__(self, inner: ma.Field[Any], *, least: int = 0, most: int = 200, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.inner = inner
        self.least = least
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)):
            raise refuse(f"{show(value)} is not a list")
        if len(value) < self.least:
            raise refuse(f"needs at least {self.least} item{'s' if self.least > 1 else ''}")
        if len(value) > self.most:
            raise refuse(f"has {len(value)} items; the most is {self.most}")
        items, errors = [], {}
        for index, item in enumerate(value):
            try:
                items.append(self.inner.deserialize(item))
            except ValidationError as error:
                errors[index] = error.messages
        if errors:
            raise ValidationError(errors)
        return tuple(items)

    def accept(self, value: Any) -> tuple[Any, ...]:
        if type(value) is not list or not self.least <= len(value) <= self.most:
            raise ValidationError("")
        accept = self.inner.accept  # type: ignore[attr-defined]
        return tuple([accept(item) for item in value])


class Record(Strict):
    """An object that fits ``schema`` (made once, shared)."""

    def __init__(self, schema: Schema, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.schema = schema

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise refuse(f"{show(value)} is not an object")
        loaded: Mapping[str, Any] = self.schema.load(value)
        return loaded

    def accept(self, value: Any) -> Mapping[str, Any]:
        return accept_all(self.schema, value)


class OneOrMany(Many):
    """A list of records, or a single one, which stays a mapping so that its pointer stays right."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, Mapping):
            return self.inner.deserialize(value)
        return super()._deserialize(value, attr, data, **kwargs)

    def accept(self, value: Any) -> Any:
        return self.inner.accept(value) if type(value) is dict else super().accept(value)  # type: ignore[attr-defined]


class Amount(Strict):
    """A sum of money as {``amount``, ``currency``}, or a bare number where the unit is clear."""

    def __init__(self, money: Schema, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.number = Quantity()
        self.money = Record(money)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return (self.money if isinstance(value, Mapping) else self.number).deserialize(value)

    def accept(self, value: Any) -> Any:
        return (self.money if isinstance(value, Mapping) else self.number).accept(value)
