from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Optional, TypedDict

import pytest

from wrapgen.rulepack.kinds import NAMES
from wrapgen.rulepack.namespace import Address, Named, Namespace, as_run, as_written, is_compiled
from wrapgen.rulepack.seen import GROUPS
from wrapgen.wording.telling import Telling


class Tone(StrEnum):
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Facts:
    pct: Annotated[float | None, "move of the day, percent"]
    count: int
    mixed: int | float
    closed: bool
    name: str
    way: Literal["up", "down"]
    maybe: Literal["a", None]
    tone: Tone
    old: Optional[float]  # noqa: UP045
    inner: Annotated[float, "told inside"] | None
    when: dt.date
    many: tuple[str, ...]
    either: int | str
    numbers: Literal[1, 2]
    whatever: Any
    shared: ClassVar[int] = 0
    _hidden: int = 0

    @property
    def size(self) -> float | None:
        """The size of the move,
        percent.

        More about it.
        """
        return None

    @cached_property
    def big(self) -> bool:
        return True

    @property
    def untyped(self):  # type: ignore[no-untyped-def]
        return 1


class Row(NamedTuple):
    rank: int


class Keys(TypedDict, total=False):
    phase: str


SPACE = Namespace.of(Row, Keys, f=Facts)


@pytest.mark.parametrize(
    "named",
    [
        Named("f.pct", "number", (), True, "move of the day, percent"),
        Named("f.count", "number"),
        Named("f.mixed", "number"),
        Named("f.closed", "flag"),
        Named("f.name", "text"),
        Named("f.way", "word", ("up", "down")),
        Named("f.maybe", "word", ("a",), True),
        Named("f.tone", "word", ("up", "down")),
        Named("f.old", "number", (), True),
        Named("f.inner", "number", (), True, "told inside"),
        Named("f.size", "number", (), True, "The size of the move, percent."),
        Named("f.big", "flag"),
        Named("rank", "number"),
    ],
    ids=lambda named: named.name,
)
def test_types_and_meanings_are_read_off_the_annotations(named: Named) -> None:
    assert SPACE.describe(named.name) == named


@pytest.mark.parametrize(
    "name",
    ["when", "many", "either", "numbers", "whatever", "shared", "_hidden", "untyped", "__class__", "nothing"],
)
def test_what_has_another_type_does_not_exist(name: str) -> None:
    assert f"f.{name}" not in SPACE
    assert SPACE.get(f"f.{name}") is None
    with pytest.raises(KeyError):
        SPACE.describe(f"f.{name}")


def test_names_can_be_listed_whole_or_by_group() -> None:
    assert SPACE.names("") == ("rank", "phase")
    assert SPACE.names("f")[:2] == ("f.pct", "f.count")
    assert SPACE.names("g") == ()
    assert set(SPACE.groups()) == {"", "f"}
    assert len(SPACE) == len(SPACE.names()) == len(list(SPACE))


def test_a_name_describes_itself_in_words() -> None:
    assert str(SPACE.describe("f.way")) == "f.way: word (up, down)"
    assert str(SPACE.describe("f.pct")) == "f.pct: number, may be missing. move of the day, percent"


def test_annotations_that_cannot_be_read_are_named() -> None:
    class Broken:
        x: NoSuchType  # type: ignore[name-defined]  # noqa: F821

    with pytest.raises(TypeError, match="Broken.*NoSuchType"):
        Namespace.of(b=Broken)


def test_a_name_has_an_address_among_the_objects_gathered_for_conditions() -> None:
    space = Namespace.of(f=Facts, row=Row)
    assert space.address("f.pct") == Address(0, "pct")
    assert space.address("row.rank") == Address(1, "rank", 0)
    assert space.gather({"row": 2, "f": 1}) == (1, 2)
    with pytest.raises(KeyError, match="row"):
        space.gather({"f": 1})


def test_what_rules_see_is_gathered_in_the_order_of_their_names() -> None:
    assert NAMES.groups() == GROUPS


def test_what_is_compiled_is_read_as_it_was_written() -> None:
    """As when it is not: names, types and the first paragraph of each docstring."""
    written = [(name, hint, " ".join((says or "").split())) for name, hint, says in as_written(Telling)]
    running = [(name, hint, " ".join((says or "").split())) for name, hint, says in as_run(Telling)]
    assert written == running if not is_compiled(Telling) else len(written) > 30
