"""Regular English inflection, as spelling rules. What does not follow them is irregular, and listed as such."""

from __future__ import annotations

import re
from typing import NamedTuple

_HISSING = ("s", "sh", "ch", "x", "z")
_ONE_VOWEL = re.compile(r"[^aeiou]*(?:qu)?[aeiou][^aeiouwxy]")
_F_TO_V = re.compile(r"fe?$")


class Regular(NamedTuple):
    """The forms of a regular verb: climbs, climbed, climbing."""

    third: str
    past: str
    participle: str


def third_person(verb: str) -> str:
    """``climbs``, ``reaches``, ``goes``, ``tries``."""
    return _y_to_ies(verb) or verb + ("es" if verb.endswith((*_HISSING, "o")) else "s")


def plural(noun: str) -> str:
    """``gains``, ``losses``, ``rallies``; a noun in -o takes -s (autos, euros)."""
    return _y_to_ies(noun) or noun + ("es" if noun.endswith(_HISSING) else "s")


def odd_plurals(noun: str) -> frozenset[str]:
    """The plurals that a noun can have against the rule: yen, halves, indices, analyses."""
    found = {noun}
    if _F_TO_V.search(noun):
        found.add(_F_TO_V.sub("ves", noun))
    for ending, changed in (
        ("ex", "ices"),
        ("ix", "ices"),
        ("is", "es"),
        ("um", "a"),
        ("on", "a"),
        ("o", "oes"),
        ("ty", "tys"),
    ):
        if noun.endswith(ending):
            found.add(noun.removesuffix(ending) + changed)
    for word, changed in (("man", "men"), ("woman", "women"), ("foot", "feet"), ("person", "people")):
        if noun.endswith(word):
            found.add(noun.removesuffix(word) + changed)
    return frozenset(found)


def doubles(verb: str) -> bool | None:
    """Whether the last consonant is doubled before -ed; None where the stress decides, which spelling does not tell."""
    if not re.search(r"[^aeiou][aeiou][^aeiouwxy]$", verb) and not re.search(r"qu[aeiou][^aeiouwxy]$", verb):
        return False
    return True if _ONE_VOWEL.fullmatch(verb) else None


def regular(verb: str, doubled: bool = False) -> Regular:
    """The forms by rule; ``doubled`` where the last consonant is."""
    third = third_person(verb)
    if verb.endswith("ie"):
        return Regular(third, verb + "d", verb[:-2] + "ying")
    if verb.endswith("e"):
        return Regular(third, verb + "d", (verb if verb.endswith(("ee", "oe", "ye")) else verb[:-1]) + "ing")
    if ies := _y_to_ies(verb):
        return Regular(third, ies[:-1] + "d", verb + "ing")
    stem = verb + verb[-1] if doubled else verb
    return Regular(third, stem + "ed", stem + "ing")


def _y_to_ies(word: str) -> str | None:
    return word[:-1] + "ies" if word.endswith("y") and word[-2:-1] not in "aeiou" else None
