"""Verbs and nouns: forms against the rules of spelling, and the irregular ones against the checker's own list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.soundness.inflection import doubles, odd_plurals, plural, regular
from wrapgen.rulepack.soundness.sayings import known_words
from wrapgen.rulepack.soundness.sheets import Sheets, texts_of
from wrapgen.rulepack.yamlfile import Record

VERBS, NOUNS, IRREGULAR = "lexicon/verbs.yaml", "lexicon/nouns.yaml", "check/verbs.yaml"
_NAMES = ("third person", "past", "past participle", "participle")
_NOT_BY_RULE = ("be", "go", "undergo")  # whose forms begin otherwise


def check_verbs(sheets: Sheets, pack: RulePack | None) -> None:
    """Each form of each verb is regular, or the one that the checker's own list has."""
    listed = {record["verb"]: record for record in sheets.records(IRREGULAR)}
    verbs = sheets.records(VERBS)
    for record in verbs:
        verb, forms = record["verb"], list(record["forms"])
        line = record.line_of("forms")
        known = listed.get(verb)
        _forms(sheets, verb, forms, line, known)
        if known is None and doubles(verb):
            sheets.refuse(VERBS, record.line, f"{IRREGULAR} must say that the last consonant is doubled in", verb)
    known_verbs = {record["verb"] for record in verbs}
    _unlisted(sheets, verbs, listed)
    for record in listed.values():
        _listed(sheets, record, known_verbs)


def check_spellings(sheets: Sheets, pack: RulePack) -> None:
    """A style spells only our own words anew: the first of each pair is one of them."""
    known = known_words(sheets, pack)
    for file in sheets.folder("styles"):
        for record in sheets.records(file):
            for text in texts_of(record, "spellings"):
                ours, _, theirs = text.text.partition(" ")
                if ours not in known:
                    message = f"spelling of a word that no rule has ({theirs} for it would never be printed):"
                    sheets.unknown(file, text.line, message, ours, known)


def _forms(sheets: Sheets, verb: str, forms: list[str], line: int, known: Record | None) -> None:
    allowed = allowed_forms(verb, known)
    for name, form, right in zip(_NAMES, forms, allowed, strict=True):
        if form not in right:
            hint = "" if known else f" (where {verb} is irregular, {IRREGULAR} must say so)"
            sheets.refuse(VERBS, line, f"{name} of {verb} should be {' or '.join(right)}{hint}, not", form)
            if known is not None:
                sheets.refuse(IRREGULAR, known.line, f"{name} of {verb} on line {line} of {VERBS} is", form)


def _unlisted(sheets: Sheets, verbs: Iterable[Record], listed: Mapping[str, Record]) -> None:
    """A verb of which past and participle are both not by rule, and the third person is, lacks its line there."""
    for record in verbs:
        verb, (third, past, done, _) = record["verb"], record["forms"]
        rule = regular(verb, doubles(verb) is True)
        if verb not in listed and third == rule.third and rule.past not in (past, done):
            before = max((name for name, other in listed.items() if name < verb and "past" in other), default="")
            message = f"no line after this one for a verb that is irregular on line {record.line} of {VERBS}:"
            sheets.refuse(IRREGULAR, listed[before].line if before else 1, message, verb)


def allowed_forms(verb: str, known: Record | None) -> tuple[tuple[str, ...], ...]:
    """What each principal part can be: what the checker's list says, and by rule what it does not say."""
    twice = doubles(verb)
    doubled = known is not None and known.get("doubled") is True
    rule = regular(verb, doubled or twice is True)
    if known is None:
        return (rule.third,), (rule.past,), (rule.past,), (rule.participle,)
    past = tuple(text.text for text in texts_of(known, "past")) or (rule.past,)
    done = tuple(text.text for text in texts_of(known, "participle")) or past
    third = tuple(text.text for text in texts_of(known, "present")) or (rule.third,)
    return third, past, done, (str(known.get("ing") or rule.participle),)


def _listed(sheets: Sheets, record: Record, verbs: Iterable[str]) -> None:
    """A line of the checker's own list: of a verb that is known, and saying only what the rules do not."""
    verb = record["verb"]
    if verb not in verbs:
        sheets.unknown(IRREGULAR, record.line, "verb that lexicon/verbs.yaml does not list", verb, verbs)
    twice = doubles(verb)
    doubled = record.get("doubled") is True
    if twice is not None and doubled is not twice:
        message = "last consonant is doubled in" if twice else "last consonant is not doubled in"
        sheets.refuse(IRREGULAR, record.line_of("doubled"), message, verb)
    rule = regular(verb, doubled)
    pasts = texts_of(record, "past")
    for text in pasts:
        if len(pasts) == 1 and text.text == rule.past and "participle" not in record:
            sheets.refuse(IRREGULAR, text.line, f"past of {verb} is regular; leave it out:", text.text)
        _of_its_letters(sheets, text.line, verb, text.text)
    for text in texts_of(record, "participle"):
        if [text.text] == [past.text for past in pasts]:
            sheets.refuse(IRREGULAR, text.line, f"participle of {verb} is its past; leave it out:", text.text)
        _of_its_letters(sheets, text.line, verb, text.text)
    if len(record) == 1:
        sheets.refuse(IRREGULAR, record.line, "nothing is said here of", verb)


def _of_its_letters(sheets: Sheets, line: int, verb: str, form: str) -> None:
    if verb not in _NOT_BY_RULE and form[0] != verb[0]:
        sheets.refuse(IRREGULAR, line, f"a form of {verb} begins with its first letter, not", form)


def check_nouns(sheets: Sheets, pack: RulePack | None) -> None:
    """Plurals by rule; one that is not is marked, and one that is marked is not by rule."""
    for record in sheets.records(NOUNS):
        noun = record["noun"]
        plurals = texts_of(record, "plural")
        odd = [text for text in plurals if text.text != plural(noun)]
        marked = record.get("irregular") is True
        if marked and not odd:
            sheets.refuse(NOUNS, record.line_of("irregular"), "plural is regular; leave out irregular at", noun)
        for text in odd:
            if not marked:
                hint = " (where it is irregular, say irregular: true)"
                sheets.refuse(NOUNS, text.line, f"plural of {noun} should be {plural(noun)}{hint}, not", text.text)
            elif text.text not in odd_plurals(noun):
                allowed = sorted(odd_plurals(noun))
                sheets.unknown(NOUNS, text.line, f"plural that {noun} cannot have:", text.text, allowed)
        if bool(plurals) is ("number" in record):
            message = "has a plural, and a number of its own:" if plurals else "needs its plural, or its number:"
            sheets.refuse(NOUNS, record.line_of("number"), message, noun)
        if record.get("number") == "plural" and not noun.endswith("s") and noun != "data":
            sheets.refuse(NOUNS, record.line_of("number"), "a plural ends in s; not one:", noun)
        if record.get("collective") is True and not plurals:
            sheets.refuse(NOUNS, record.line_of("collective"), "what counts others has a plural of its own:", noun)
