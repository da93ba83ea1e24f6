"""A small world of facts for conditions to ask of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from wrapgen.rulepack.expression import Expression, compile_expression
from wrapgen.rulepack.namespace import Namespace


@dataclass(frozen=True)
class Market:
    pct: float | None = 1.2
    prior: float | None = -0.5
    nothing: float | None = None
    closed: bool = False
    record: bool | None = True
    unsure: bool | None = None
    tone: Literal["up", "down", "flat"] = "up"
    path: Literal["down", "sideways"] | None = None
    name: str = "Nikkei"
    names: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Wrap:
    phase: Literal["open", "close"] = "close"
    breadth: float | None = 0.25


SPACE = Namespace.of(Wrap, market=Market)
GROUPS: dict[str, Any] = {"": Wrap(), "market": Market()}
SEEN = SPACE.gather(GROUPS)


def make(text: str, **more: Any) -> Expression:
    return compile_expression(text, SPACE, "angles/a.yaml", 7, **more)


def value(text: str, groups: Any = None) -> Any:
    return make(text).evaluate(SEEN if groups is None else SPACE.gather(groups))
