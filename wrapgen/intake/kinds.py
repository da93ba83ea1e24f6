"""The kinds of value that the wire contract knows: read as the engine uses them, or refused with the reason.

Strict: a number is a JSON number, never a string, a boolean, NaN or infinity; text is printable; a word from a
closed list is in the list. A kind stops at the first thing that is wrong, which nearly no snapshot has; where one
does, `wrapgen.intake.fields` goes through it again and tells of all of them.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Final

from wrapgen.intake.problems import Refused, show

# Beyond this a figure is a mistake, and arithmetic on it may overflow.
LARGEST: Final = 1e18

_SPACES: Final = re.compile(r"\s+")
_HALF: Final = re.compile(r"[\ud800-\udfff]")  # of a surrogate pair
_ID: Final = re.compile(r"[^\s/]+(?:/[^\s/]+)*")
_PLACE: Final = re.compile("[A-Z]{2}")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATE_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?")
_DURATION: Final = re.compile(r"P(?:\d{1,6}W|(?=\d)(?:\d{1,6}Y)?(?:\d{1,6}M)?(?:\d{1,6}D)?)")


class Kind(ABC):
    """What a value may be."""

    @abstractmethod
    def read(self, value: Any) -> Any:
        """The value as the engine uses it. Raises Refused."""


class Number(Kind):
    """A finite JSON number, as float."""

    def __init__(self, *, least: float = -LARGEST, above: float | None = None) -> None:
        self.least = least
        self.above = above

    def read(self, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Refused(f"{show(value)} is not a number; send a JSON number, without quotes")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not -LARGEST <= number <= LARGEST:  # nor is NaN
            raise Refused(f"{show(value)} is not a figure to write about; it must be finite and at most 1e18")
        if number < self.least:
            raise Refused(f"{show(value)} is too small; the least is {self.least:g}")
        if self.above is not None and number <= self.above:
            raise Refused(f"{show(value)} must be more than {self.above:g}")
        return number


class Quantity(Number):
    """A finite JSON number of an event's frame, kept as sent: 48654 units are not 48654.0."""

    def read(self, value: Any) -> Any:
        super().read(value)
        return value


class Whole(Kind):
    """A JSON number without a fraction, as int (``3.0`` counts as 3)."""

    def __init__(self, *, least: int = 0, most: int = 10**15) -> None:
        self.least = least
        self.most = most

    def read(self, value: Any) -> Any:
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not whole or not self.least <= value <= self.most:
            raise Refused(f"{show(value)} is not a whole number from {self.least} to {self.most}")
        return int(value)


class Flag(Kind):
    """``true`` or ``false``."""

    def read(self, value: Any) -> Any:
        if not isinstance(value, bool):
            raise Refused(f"{show(value)} is not true or false", ("true", "false"))
        return value


class Choice(Kind):
    """A word from a closed list."""

    def __init__(self, *allowed: str) -> None:
        self.allowed = allowed

    def read(self, value: Any) -> Any:
        if not isinstance(value, str) or value not in self.allowed:
            raise Refused(f"{show(value)} is not allowed here", self.allowed, value)
        return value


class Text(Kind):
    """A name or phrase. Control and invisible characters are taken out, runs of space made one;
    half a surrogate pair cannot be printed and is refused."""

    def __init__(self, *, longest: int = 400) -> None:
        self.longest = longest

    def read(self, value: Any) -> Any:
        if not isinstance(value, str):
            raise Refused(f"{show(value)} is not text")
        if len(value) > 4 * self.longest:
            raise Refused(f"is too long: {len(value)} characters, the most is {self.longest}")
        text = value if value.isprintable() else _printable(value)
        if "  " in text or text.startswith(" ") or text.endswith(" "):
            text = _SPACES.sub(" ", text).strip()
        if not text:
            raise Refused("is empty; leave the key out where nothing is known")
        if len(text) > self.longest:
            raise Refused(f"is too long: {len(text)} characters, the most is {self.longest}")
        return text


def _printable(value: str) -> str:
    if _HALF.search(value):
        raise Refused("holds half a surrogate pair, which is not a character")
    spaced = _SPACES.sub(" ", value)
    return "".join([char for char in spaced if char.isprintable()])


class Id(Kind):
    """An id or a reference to one: printable, without spaces, at most 80 characters."""

    def read(self, value: Any) -> Any:
        if not isinstance(value, str) or not 0 < len(value) <= 80 or not value.isprintable():
            raise Refused(_no_id(value))
        if (" " in value or "/" in value) and not _ID.fullmatch(value):  # no other space is printable
            raise Refused(_no_id(value))
        return value


def _no_id(value: Any) -> str:
    return f"{show(value)} is not an id: 1 to 80 printable characters, no spaces"


class Place(Kind):
    """A country or territory as ISO 3166-1 alpha-2 in upper case, or ``EU``. Whether it is known
    is for the reference data to say."""

    def read(self, value: Any) -> Any:
        if not isinstance(value, str) or not _PLACE.fullmatch(value):
            raise Refused(f"{show(value)} is not a place: two capital letters (ISO 3166-1 alpha-2), or EU")
        return value


class Moment(Kind):
    """A date, or a date-time with its offset from UTC, between 1900 and 2100."""

    def read(self, value: Any) -> Any:
        # ASCII first: other scripts' digits would pass for digits below.
        text = value if isinstance(value, str) and value.isascii() else ""
        moment: dt.date | None = None
        try:
            if _DATE.fullmatch(text):
                moment = dt.date.fromisoformat(text)
            elif _DATE_TIME.fullmatch(text):
                moment = dt.datetime.fromisoformat(text)
        except ValueError:
            pass
        if moment is None or not 1900 <= moment.year <= 2100:
            raise Refused(f"{show(value)} is not an ISO 8601 date or date-time with offset, from 1900 to 2100")
        if isinstance(moment, dt.datetime) and moment.tzinfo is None:
            raise Refused(f"{show(value)} lacks its offset from UTC, as in 2025-11-12T10:30:00+08:00")
        return moment


class Day(Moment):
    """A date."""

    def read(self, value: Any) -> Any:
        if isinstance(value, str) and value.isascii() and _DATE.fullmatch(value):
            try:
                day = dt.date.fromisoformat(value)
                if 1900 <= day.year <= 2100:
                    return day
            except ValueError:
                pass
        raise Refused(f"{show(value)} is not an ISO 8601 date (2025-11-12), from 1900 to 2100")


class When(Text):
    """A date, month, year or words (``2025-10``, ``December``); a year may come as a number."""

    def read(self, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool) and 1700 <= value < 2101:
            return str(value)
        return super().read(value)


class Span(Text):
    """An ISO 8601 duration (``P1M``) or words (``two years``)."""

    def read(self, value: Any) -> Any:
        text: str = super().read(value)
        if re.match(r"P[\dT]", text) and not _DURATION.fullmatch(text):
            raise Refused(f"{show(text)} is not an ISO 8601 duration in years, months, weeks or days (P1M)")
        if not any(char.isalpha() for char in text):
            raise Refused(f"{show(text)} is no span of time; write P1M, or words such as two years")
        return text


class Importance(Kind):
    """1 (passing) to 5, or the word ``key`` for 5."""

    def read(self, value: Any) -> Any:
        if value == "key":
            return 5
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value not in (1, 2, 3, 4, 5):
            raise Refused(f"{show(value)} is not allowed here", ("1", "2", "3", "4", "5", "key"))
        return int(value)


class Many(Kind):
    """A list whose items are all of one kind, as a tuple."""

    def __init__(self, inner: Kind, *, least: int = 0, most: int = 200) -> None:
        self.inner = inner
        self.least = least
        self.most = most

    def count(self, value: Any) -> None:
        """Raises Refused for what is no list, or one of too few or too many items."""
        if not isinstance(value, (list, tuple)):
            raise Refused(f"{show(value)} is not a list")
        if len(value) < self.least:
            raise Refused(f"needs at least {self.least} item{'s' if self.least > 1 else ''}")
        if len(value) > self.most:
            raise Refused(f"has {len(value)} items; the most is {self.most}")

    def read(self, value: Any) -> Any:
        self.count(value)
        return tuple([self.inner.read(item) for item in value])


class Record(Kind):
    """An object of known keys, some of them required; the keys come back in the order in which they are known."""

    def __init__(self, kinds: Mapping[str, Kind], required: frozenset[str]) -> None:
        self.kinds = dict(kinds)
        self.required = required

    def read(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise Refused(f"{show(value)} is not an object")
        found: dict[str, Any] = {}
        for key, kind in self.kinds.items():
            sent = value.get(key)
            if sent is not None:
                found[key] = kind.read(sent)
            elif key in self.required:
                raise Refused(f"lacks {key}")
        if len(found) != len(value):
            raise Refused("has a key that is unknown, or null")
        return found


class OneOrMany(Many):
    """A list of records, or a single one, which stays a mapping so that its pointer stays right."""

    def read(self, value: Any) -> Any:
        return self.inner.read(value) if isinstance(value, dict) else super().read(value)


class Amount(Kind):
    """A sum of money as {``amount``, ``currency``}, or a bare number where the unit is clear."""

    def __init__(self, money: Kind) -> None:
        self.number = Quantity()
        self.money = money

    def of(self, value: Any) -> Kind:
        return self.money if isinstance(value, Mapping) else self.number

    def read(self, value: Any) -> Any:
        return self.of(value).read(value)


class Typed(Kind):
    """An object whose ``type`` says which record it is."""

    def __init__(self, records: Mapping[str, Kind]) -> None:
        self.records = dict(records)

    def read(self, value: Any) -> Any:
        name = value.get("type") if isinstance(value, dict) else None
        record = self.records.get(name) if isinstance(name, str) else None
        if record is None:
            raise Refused(f"{show(value)} is of no known type")
        return record.read(value)


class Keyed(Kind):
    """An object of records by id."""

    def __init__(self, inner: Kind, *, most: int) -> None:
        self.key = Id()
        self.inner = inner
        self.most = most

    def count(self, value: Any) -> None:
        """Raises Refused for what is no object, or one of too many keys."""
        if not isinstance(value, Mapping):
            raise Refused(f"{show(value)} is not an object of market ids")
        if len(value) > self.most:
            raise Refused(f"has {len(value)} series; the most is {self.most}")

    def read(self, value: Any) -> Any:
        self.count(value)
        return {self.key.read(key): self.inner.read(item) for key, item in value.items()}
