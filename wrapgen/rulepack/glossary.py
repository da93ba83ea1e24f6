"""All that an editor can write in a rule besides words: facts, slots, and the closed lists of an angle."""

from __future__ import annotations

from typing import NamedTuple

from wrapgen.angles.rank import FACTS_OVER
from wrapgen.angles.unmet import ASKED_OF
from wrapgen.rulepack import kinds
from wrapgen.rulepack.namespace import Named
from wrapgen.wording.slots import FORMS, SLOTS


class Term(NamedTuple):
    """One line: what it is (``over``, ``fact``, ``slot``, ``role`` ...), its name, what it can be, what it means."""

    what: str
    name: str
    can_be: str
    says: str


_ROLES = {
    "leader": "told through a market, as the day's leader",
    "laggard": "told through a market, as the day's laggard",
    "stock": "told through a stock",
    "sector": "told through a sector",
    "event": "told through an event",
    "either": "told through a market: leader where it rose, else laggard",
}


def glossary() -> tuple[Term, ...]:
    """Every term: an angle's own keys, the facts by group, the slots in alphabetical order, the kinds of message."""
    roles = next(field.allowed for field in kinds.ANGLE.fields if field.name == "role")
    overs = [
        Term("over", over, f"facts of {', '.join(groups)}", f"asked of {ASKED_OF[over]}")
        for over, groups in FACTS_OVER.items()
    ]
    facts = [Term("fact", named.name, _can_be(named), named.says) for named in kinds.NAMES]
    slots = [
        Term("slot", f"{{{name}}}", f"form {', '.join(FORMS[name])}" if name in FORMS else "", says)
        for name, (_, says) in sorted(SLOTS.items())
    ]
    return (
        *overs,
        *(Term("role", role, "", _ROLES[role]) for role in roles),
        *(Term("family", family, "", "the second story is of another") for family in kinds.FAMILIES),
        *facts,
        *slots,
        *(Term("message", message, "", "what a rule can be for") for message in kinds.MESSAGES),
    )


def _can_be(named: Named) -> str:
    words = ", ".join(named.allowed) or named.type
    return f"{words}; may be missing" if named.optional else words
