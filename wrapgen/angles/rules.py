"""The form of an angle rule, and how its evidence is written."""

from __future__ import annotations

from dataclasses import dataclass

from wrapgen.rulepack.expression import Expression
from wrapgen.rulepack.nodes import Groups
from wrapgen.values import rounded


@dataclass(frozen=True, slots=True)
class Points:
    """A contribution to an angle's score, and what an editor thinks there."""

    expression: Expression
    says: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Plain English with ``{expression}`` places: literal, expression, literal, ..."""

    parts: tuple[str | Expression, ...]
    when: Expression | None = None

    def write(self, groups: Groups) -> str | None:
        if self.when is not None and not self.when.evaluate(groups):
            return None
        out = []
        for part in self.parts:
            if isinstance(part, str):
                out.append(part)
                continue
            value = part.evaluate(groups)
            if value is None:
                return None
            out.append(str(value) if part.type != "number" else format(rounded(value, 2), "g"))
        return "".join(out)


@dataclass(frozen=True, slots=True)
class AngleRule:
    """An angle. ``over`` is what its candidates are; ``role`` the subject's slot.

    ``names`` are the markets that it names beside its subject: ``standout``, ``best_and_worst``,
    ``other_end``. ``wall_street``: it tells how Wall Street went the session before.
    """

    name: str
    family: str
    over: str
    role: str
    says: str
    when: Expression
    score: tuple[Points, ...]
    evidence: tuple[Evidence, ...]
    sections: tuple[str, ...]
    rule: str
    names: tuple[str, ...] = ()
    wall_street: bool = False
