"""The names that a condition may use, read off the types of the facts.

A group is a dataclass, a NamedTuple, a TypedDict or any class with annotated attributes or
properties. Its names are visible where their type is one of four:

==========================  ========================================================
``float``, ``int``          number
``bool``                    flag
``str``                     text
``Literal[...]``, StrEnum   word: one of a known few texts
==========================  ========================================================

each also as ``X | None`` (may be missing) and inside ``Annotated[X, "what it means, unit"]``. A name
of another type, or one that begins with an underscore, does not exist for a condition.
"""

from __future__ import annotations

import ast
import functools
import sys
import types
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

Type = Literal["number", "flag", "word", "text"]


class Named(NamedTuple):
    """A name: its type, the words it can be (of a word), whether it may be missing, what it means."""

    name: str
    type: Type
    allowed: tuple[str, ...] = ()
    optional: bool = False
    says: str = ""

    def __str__(self) -> str:
        words = f"{self.name}: {self.type}"
        if self.allowed:
            words += f" ({', '.join(self.allowed)})"
        if self.optional:
            words += ", may be missing"
        return f"{words}. {self.says}" if self.says else words


class Address(NamedTuple):
    """Where the value of a name is: the number of its group, and of its field where the group is a NamedTuple."""

    group: int
    attribute: str
    field: int = -1


class Namespace:
    """An immutable set of names by group: ``market.pct`` is ``pct`` of the group ``market``.

    Names of the group ``""`` stand alone, without a dot.
    """

    def __init__(
        self, groups: Mapping[str, Mapping[str, Named]], fields: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self._groups = {group: dict(names) for group, names in groups.items()}
        self._names = {named.name: named for names in self._groups.values() for named in names.values()}
        self._fields = fields or {}

    @classmethod
    def of(cls, *alone: type, **groups: type) -> Namespace:
        """The namespace of these types: ``Namespace.of(Wrap, market=MarketFacts)``.

        What a type given by position has stands alone; several such types are taken together.
        Raises TypeError where one's annotations cannot be read.
        """
        named = {group: _names_of(source, f"{group}.") for group, source in groups.items()}
        for source in alone:
            named.setdefault("", {}).update(_names_of(source, ""))
        fields = {group: source._fields for group, source in groups.items() if hasattr(source, "_fields")}
        return cls(named, fields)

    def describe(self, name: str) -> Named:
        """Type and meaning of ``name``. Raises KeyError where there is no such name."""
        return self._names[name]

    def get(self, name: str) -> Named | None:
        return self._names.get(name)

    def names(self, group: str | None = None) -> tuple[str, ...]:
        """All names, or those of one group; in the order of their types' definition."""
        if group is None:
            return tuple(self._names)
        return tuple(named.name for named in self._groups.get(group, {}).values())

    def groups(self) -> tuple[str, ...]:
        return tuple(self._groups)

    def address(self, name: str) -> Address:
        """Where its value is. Raises KeyError where there is no such name."""
        group, _, attribute = self._names[name].name.rpartition(".")
        fields = self._fields.get(group, ())
        number = fields.index(attribute) if attribute in fields else -1
        return Address(self.groups().index(group), attribute, number)

    def gather(self, objects: Mapping[str, object]) -> tuple[object, ...]:
        """An object a group, as conditions ask them. Raises KeyError for a group that is left out."""
        return tuple(objects[group] for group in self._groups)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[Named]:
        return iter(self._names.values())

    def __len__(self) -> int:
        return len(self._names)


def _names_of(source: type, prefix: str) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for name, (hint, says) in _hints_of(source).items():
        if not name.startswith("_") and (named := _named(prefix + name, hint, says)) is not None:
            found[name] = named
    return found


def _hints_of(source: type) -> dict[str, tuple[Any, str]]:
    """Every annotated attribute and property: its type, and the first paragraph of a property's docstring."""
    try:
        hints: dict[str, tuple[Any, str]] = {
            name: (hint, "") for name, hint in get_type_hints(source, include_extras=True).items()
        }
        for owner in reversed(source.__mro__):
            for name, hint, docstring in as_written(owner) if is_compiled(owner) else as_run(owner):
                hints[name] = (hint, " ".join((docstring or "").split("\n\n")[0].split()))
    except (NameError, TypeError, AttributeError) as error:
        raise TypeError(f"the annotations of {source!r} cannot be read: {error}") from error
    return hints


Property = tuple[str, Any, str | None]  # its name, its type and its docstring


def as_run(owner: type) -> Iterator[Property]:
    """The properties of a class."""
    for name, member in vars(owner).items():
        getter = member.fget if isinstance(member, property) else None
        if isinstance(member, functools.cached_property):
            getter = member.func
        if getter is not None:
            yield name, get_type_hints(getter, include_extras=True).get("return"), getter.__doc__


def as_written(owner: type) -> Iterator[Property]:
    """The same as the file of the class has them: a compiled one keeps neither types nor docstrings."""
    module = sys.modules[owner.__module__]
    file = Path(module.__file__ or "").with_name(f"{module.__name__.rpartition('.')[2]}.py")
    classes = [node for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, ast.ClassDef)]
    for getter in next(each.body for each in classes if each.name == owner.__name__):
        if isinstance(getter, ast.FunctionDef) and "property" in map(ast.unparse, getter.decorator_list):
            hint = ast.unparse(getter.returns) if getter.returns is not None else "None"
            hints = get_type_hints(SimpleNamespace(__annotations__={"return": hint}), vars(module), include_extras=True)
            yield getter.name, hints["return"], ast.get_docstring(getter)


def is_compiled(owner: type) -> bool:
    file = getattr(sys.modules.get(owner.__module__), "__file__", None)
    return file is not None and not file.endswith(".py")


def _named(name: str, hint: Any, says: str, optional: bool = False) -> Named | None:
    """The name with this annotation; None where it is not of a visible type."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        notes = [note for note in args[1:] if isinstance(note, str)]
        return _named(name, args[0], notes[0] if notes else says, optional)
    if origin is ClassVar:
        return None
    if origin is Required or origin is NotRequired:  # keys of a TypedDict
        return _named(name, args[0], says, optional or origin is NotRequired)
    if origin in (Union, types.UnionType):
        rest = [arg for arg in args if arg is not types.NoneType]
        optional = optional or len(rest) < len(args)
        if set(rest) == {int, float}:
            rest = [float]
        return _named(name, rest[0], says, optional) if len(rest) == 1 else None
    if origin is Literal:
        optional = optional or None in args
        words = tuple(arg for arg in args if arg is not None)
        texts = all(isinstance(word, str) for word in words)
        return Named(name, "word", words, optional, says) if texts and words else None
    if hint is bool:
        return Named(name, "flag", (), optional, says)
    if hint is float or hint is int:
        return Named(name, "number", (), optional, says)
    if hint is str:
        return Named(name, "text", (), optional, says)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Named(name, "word", tuple(str(member) for member in hint), optional, says)
    return None
