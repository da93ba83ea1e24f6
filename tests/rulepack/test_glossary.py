"""The list of all that a rule can ask for and say is whole."""

from wrapgen.rulepack import kinds
from wrapgen.rulepack.glossary import glossary
from wrapgen.wording.slots import SLOTS


def names(what: str) -> set[str]:
    return {term.name for term in glossary() if term.what == what}


def test_every_fact_slot_family_role_and_message_is_listed() -> None:
    assert names("fact") == set(kinds.NAMES.names())
    assert names("slot") == {f"{{{name}}}" for name in SLOTS}
    assert names("family") == set(kinds.FAMILIES) and names("message") == set(kinds.MESSAGES)
    over, role = (next(f.allowed for f in kinds.ANGLE.fields if f.name == key) for key in ("over", "role"))
    assert names("over") == set(over) and names("role") == set(role)


def test_what_an_angle_is_asked_of_and_what_a_fact_can_be_are_told() -> None:
    by_name = {term.name: term for term in glossary() if term.what in ("over", "fact")}
    assert "never a currency" in by_name["market"].says
    assert by_name["market"].can_be == "facts of region, backdrop, market"
    assert by_name["market.from_median"].can_be == "number; may be missing"
    assert "volatility" in by_name["market.kind"].can_be
