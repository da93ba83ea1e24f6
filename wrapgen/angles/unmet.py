"""Why the data do not support a story: the part of its condition that fails, at the candidate that comes nearest."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wrapgen.angles.rank import candidates_of
from wrapgen.angles.rules import AngleRule
from wrapgen.angles.types import Subject
from wrapgen.facts.types import FactBook, SectorFacts
from wrapgen.rulepack.expression import Expression, compile_expression
from wrapgen.rulepack.nodes import Groups
from wrapgen.rulepack.syntax import tree_of

# What a rule is asked of by its ``over``, in words.
ASKED_OF: Mapping[str, str] = {
    "region": "the region as a whole, once",
    "market": "each of the region's own indices that are open and have a move; never a currency, a commodity, a "
    "yield, a volatility index, a future or another region's index",
    "stock": "each stock of the region's own indices, in today's session",
    "sector": "each sector of the region's own indices",
    "event": "each event",
}


class Unmet(NamedTuple):
    """Who comes nearest ("" for the region), and the parts of the condition that fail there, each with its facts."""

    who: str
    parts: tuple[tuple[str, Mapping[str, object]], ...]

    def __str__(self) -> str:
        said = "; ".join(f"{part} ({', '.join(map(_fact, facts.items()))})" for part, facts in self.parts)
        return f"what fails{f', nearest for {self.who},' if self.who else ''} is {said}"


def unmet(rule: AngleRule, book: FactBook) -> Unmet | str:
    """The parts that fail at the candidate with the fewest of them; in words where there is no candidate at all."""
    parts = [compile_expression(part, *rule.when.origin) for part in _conjuncts(rule.when.text)]
    failing = [(_named(subject), _failing(parts, groups)) for subject, groups in candidates_of(book, rule.over)]
    if not failing:
        return f"it is asked of {ASKED_OF[rule.over]}, and the data have none"
    who, fails = min(failing, key=lambda each: sum(map(_weight, each[1])))
    return Unmet(who, tuple((part.text, values) for part, values in fails))


def _failing(parts: list[Expression], groups: Groups) -> list[tuple[Expression, Mapping[str, object]]]:
    return [(part, part.values(groups)) for part in parts if not part.evaluate(groups)]


def _weight(failed: tuple[Expression, Mapping[str, object]]) -> int:
    """Who is meant comes before what it did: a rule on one index is nearest at that index."""
    return 100 if any(name.endswith(".id") for name in failed[0].names) else 1


def _conjuncts(text: str) -> Iterator[str]:
    """What must hold all at once, as it is written."""
    text = " ".join(text.split())
    pending = [tree_of(text).body]
    while pending:
        node = pending.pop(0)
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            pending[:0] = node.values
        else:
            yield ast.get_source_segment(text, node) or ast.unparse(node)


def _named(subject: Subject) -> str:
    if subject is None:
        return ""
    return subject.name if isinstance(subject, SectorFacts) else subject.id


def _fact(item: tuple[str, object]) -> str:
    name, value = item
    if value is None:
        return f"{name} is missing"
    if isinstance(value, bool):
        return f"{name} is {str(value).lower()}"
    return f"{name} is {value:g}" if isinstance(value, int | float) else f"{name} is {value!r}"
