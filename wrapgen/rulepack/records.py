"""What a rule record may hold: a small declarative schema, and the check against it.

    VERB = Kind("verb", (
        Field("id", "text", required=True, says="the base form, as in a dictionary"),
        Field("size", "band", says="the moves it fits, in percent"),
        Field("way", "word", required=True, allowed=("up", "down")),
        Field("when", "expression", namespace=FACTS, wants="flag"),
        Field("tests", records(CASE)),
    ))
    verbs = check_all(read_yaml(path, file)["verbs"], VERB, file, problems)

=================  ===============================  ==================================
type               in the file                      what `check` gives
=================  ===============================  ==================================
``text``           a text                           str
``number``         a number                         int or float
``flag``           true or false                    bool
``word``           one of ``allowed``               str
``words``          a list of them, or one           tuple of str, without repetition
``texts``          a list of texts, or one          `Texts`: tuple of str, with lines
``band``           [from, to] or [from, to,         `Band`; ``null`` for no upper end
                   typical]
``expression``     a condition                      `Expression`; str without namespace
``record(kind)``   a mapping                        checked Record
``records(kind)``  a list of mappings               tuple of checked Records, by key once
``named(kind)``    a mapping of name to mapping     dict of name to checked Record
``anything``       anything                         as it stands
=================  ===============================  ==================================

A key without a value is a problem, except for ``anything``: leave out what has nothing to say.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from wrapgen.rulepack.errors import RuleError, RuleProblem, unknown
from wrapgen.rulepack.expression import compile_expression
from wrapgen.rulepack.namespace import Namespace, Type
from wrapgen.rulepack.yamlfile import Items, Record

Simple = Literal["text", "number", "flag", "word", "words", "texts", "band", "expression", "anything"]


class Band(NamedTuple):
    """Sizes from ``low`` to ``high``, both included; ``typical`` is the middle where none is given."""

    low: float
    high: float
    typical: float

    def __contains__(self, size: object) -> bool:
        return isinstance(size, int | float) and self.low <= size <= self.high


class Texts(tuple[str, ...]):
    """The texts of a field; ``lines`` has the line of each."""

    lines: tuple[int, ...] = ()

    @classmethod
    def of(cls, texts: tuple[str, ...], value: object, line: int) -> Texts:
        found = cls(texts)
        found.lines = tuple(value.lines) if isinstance(value, Items) else (line,) * len(texts)
        return found


class Nested(NamedTuple):
    """The type of a field that holds records; made by `record`, `records` and `named`."""

    kind: Kind
    shape: Literal["one", "list", "names"]


@dataclass(frozen=True)
class Field:
    """One key of a record.

    ``allowed`` are the words of ``word`` and ``words`` (and may narrow ``text`` and ``texts``). ``namespace``
    and ``wants`` are for an ``expression``: its names, and the type it must give. ``says`` documents it.
    """

    name: str
    type: Simple | Nested
    required: bool = False
    default: object = None
    allowed: tuple[str, ...] = ()
    says: str = ""
    namespace: Namespace | None = None
    wants: Type | None = None

    @property
    def absent(self) -> Any:
        """The value where the key is not there; without a default, what holds many is empty."""
        shape = self.type.shape if isinstance(self.type, Nested) else self.type
        if self.default is not None:
            return self.default
        if shape in ("words", "texts", "list"):
            return ()
        return {} if shape == "names" else None


@dataclass(frozen=True)
class Kind:
    """A kind of record. ``key`` is the field that names one and is unique in its list; "" for none."""

    name: str
    fields: tuple[Field, ...]
    key: str = "id"


def record(kind: Kind) -> Nested:
    return Nested(kind, "one")


def records(kind: Kind) -> Nested:
    return Nested(kind, "list")


def named(kind: Kind) -> Nested:
    return Nested(kind, "names")


def check(value: object, kind: Kind, file: str, problems: list[RuleProblem], line: int = 0) -> Record:
    """The record with every field of its kind: values as in the table above, defaults filled in.

    Appends everything that is wrong to ``problems``; a wrong value becomes its default, so that
    the rest can be checked. A field without a default is None where its key is not there, or empty
    if its type holds many (``words``, ``texts``, ``records``, ``named``). ``line`` is for a value that
    is no mapping and so knows no line.
    """
    return _Checker(file, problems).record(value, kind, line)


def check_all(value: object, kind: Kind, file: str, problems: list[RuleProblem], line: int = 0) -> tuple[Record, ...]:
    """As `check`, for a list of records, each with a key of its own."""
    return _Checker(file, problems).several(value, kind, line)


class _Unfit(Exception):
    """A value of the wrong type; says what is wanted."""


class _Checker:
    def __init__(self, file: str, problems: list[RuleProblem]) -> None:
        self.file, self.problems = file, problems

    def wrong(self, line: int, message: str, value: str = "") -> None:
        self.problems.append(RuleProblem(self.file, line, message, value))

    def record(self, value: object, kind: Kind, line: int) -> Record:
        checked = Record(line)
        checked.update((field.name, field.absent) for field in kind.fields)
        if not isinstance(value, Record):
            self.wrong(line, f"{kind.name} must be a mapping, but is {_shape(value)}")
            return checked
        checked.line, checked.lines = value.line, value.lines
        known = {field.name: field for field in kind.fields}
        for key in value:
            at = value.line_of(key)
            if key in known:
                checked[key] = self.field(value[key], known[key], kind, at)
            else:
                self.problems.append(unknown(self.file, at, f"unknown key of {kind.name}", key, known))
        for field in kind.fields:
            if field.required and field.name not in value:
                self.wrong(value.line, f"{kind.name} needs the key", field.name)
        return checked

    def field(self, value: Any, field: Field, kind: Kind, line: int) -> Any:
        if isinstance(field.type, Nested):
            nested, shape = field.type
            if value is None:
                self.wrong(line, f"{field.name} of {kind.name} has no value; leave the key out")
                return field.absent
            if shape == "one":
                return self.record(value, nested, line)
            return self.several(value, nested, line) if shape == "list" else self.names(value, nested, line)
        try:
            if field.type == "expression" and field.namespace is not None:
                text = _expression(value)
                return compile_expression(text, field.namespace, self.file, line, field.wants)
            result = _CONVERT[field.type](value)
            if field.type == "texts":
                result = Texts.of(result, value, line)
        except RuleError as error:
            self.problems.extend(error.problems)
            return field.absent
        except _Unfit as unfit:
            fault = f"must be {unfit}, but is {_shape(value)}"
            if value is None:
                fault = "has no value; leave the key out"
            self.wrong(line, f"{field.name} of {kind.name} {fault}", _written(value))
            return field.absent
        return self.allowed(result, value, field, kind, line) if field.allowed else result

    def allowed(self, result: Any, value: Any, field: Field, kind: Kind, line: int) -> Any:
        words = result if isinstance(result, tuple) else (result,)
        lines = value.lines if isinstance(value, Items) else [line]
        unfit = [(word, at) for word, at in zip(words, lines, strict=True) if word not in field.allowed]
        for word, at in unfit:
            message = f"unknown {field.name} of {kind.name}"
            self.problems.append(unknown(self.file, at, message, str(word), field.allowed))
        return field.absent if unfit else result

    def several(self, value: object, kind: Kind, line: int) -> tuple[Record, ...]:
        if not isinstance(value, Items):
            self.wrong(line, f"a list of {kind.name} records is wanted; this is {_shape(value)}")
            return ()
        found = tuple(self.record(item, kind, at) for item, at in zip(value, value.lines, strict=True))
        first: dict[Any, int] = {}
        for each in found:
            key, at = each.get(kind.key), each.line_of(kind.key)
            if key in first:
                self.wrong(at, f"{kind.key} of {kind.name} already on line {first[key]}", str(key))
            elif isinstance(key, str | int | float):
                first[key] = at
        return found

    def names(self, value: object, kind: Kind, line: int) -> dict[str, Record]:
        if not isinstance(value, Record):
            self.wrong(line, f"a mapping of {kind.name} records is wanted; this is {_shape(value)}")
            return {}
        return {name: self.record(item, kind, value.line_of(name)) for name, item in value.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Unfit("a text (in quotes, where it looks like something else)")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Unfit("a number")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Unfit("true or false")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise _Unfit("a list of texts")
    return tuple(items)


def _words(value: Any) -> tuple[str, ...]:
    words = _texts(value)
    if len(set(words)) < len(words):
        raise _Unfit("a list of different words")
    return words


def _band(value: Any) -> Band:
    wanted = _Unfit("[from, to] or [from, to, typical], in rising order and with typical between")
    if not isinstance(value, list) or not 2 <= len(value) <= 3:
        raise wanted
    low, high, *middle = (math.inf if at == 1 and end is None else end for at, end in enumerate(value))
    if any(isinstance(end, bool) or not isinstance(end, int | float) for end in (low, high, *middle)):
        raise wanted
    typical = middle[0] if middle else low if high == math.inf else (low + high) / 2
    if not low <= typical <= high:
        raise wanted
    return Band(low, high, typical)


def _expression(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _Unfit("a condition")
    return str(value)


_CONVERT: dict[Simple, Callable[[Any], Any]] = {
    "text": _text, "number": _number, "flag": _flag, "word": _text, "words": _words, "texts": _texts,
    "band": _band, "expression": _expression, "anything": lambda value: value,
}  # fmt: skip


def _written(value: object) -> str:
    """A single value as it stands in the file; nothing of a mapping or a list."""
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shape(value: object) -> str:
    """What a value is, in the words of somebody who writes rule files."""
    if isinstance(value, bool):
        return "a flag"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "empty" if value is None else "a text"
