"""The patterns of a pack: words that are known, slots in forms that they have, sentences that can be made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wrapgen.clause import Bound, Form, Pattern, Phrase, Tense
from wrapgen.realise.article import indefinite
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.soundness.sheets import Sheets, Text, records_of, texts_of
from wrapgen.rulepack.yamlfile import Record
from wrapgen.text import Token
from wrapgen.wording.slots import FORMS, ONLY_IN_FORM

WORDS = "lexicon/words.yaml"
WAYS = ("headline", "headline_second", "lede", "lede_second")
_INSIDE = re.compile(r"\{[^}]*\}|\[[^\]]*\]")
_SLOT = re.compile(r"\{([a-z0-9_]+)(?::([a-z0-9_]+))?\}")
# What stands in a pattern beside letters; a stop, a question or a bracket is for the sentence around it.
_ODD = re.compile(r"[^a-zA-Z ,’-]")
_WRONG_SPACE = re.compile(r"  | [,.;:]|,,|^ | $")
_DOUBLES = frozenset(("that", "had"))  # which may stand twice: "said that that deal"


class Entry(NamedTuple):
    """A rule, or one way of an angle: its file, its record, and what it says with the line of each."""

    file: str
    record: Record
    kind: str
    says: tuple[Text, ...]


def entries(sheets: Sheets) -> Iterator[Entry]:
    """Every entry with patterns, in the order of the files."""
    for file in (*sheets.folder("sentences"), *sheets.folder("events")):
        for record in sheets.records(file):
            if "rule" in record:
                yield Entry(file, record, record["for"], tuple(texts_of(record, "say")))
    for file in sheets.folder("angles"):
        for angle in sheets.records(file):
            for part in WAYS:
                for way in records_of(angle.get(part)):
                    yield Entry(file, way, f"{part}.{angle['angle']}", tuple(texts_of(way, "say")))


def known_words(sheets: Sheets, pack: RulePack) -> set[str]:
    """Every word that the lexicon lists, in each form."""
    listed = (text.text for record in sheets.records(WORDS) for text in texts_of(record, "words"))
    return {*listed, *pack.lexicon.readings, *pack.lexicon.numbers}


def slots_of(pattern: str) -> list[tuple[str, str]]:
    """Its slots with their forms."""
    return _SLOT.findall(pattern)


def words_of(pattern: str) -> list[str]:
    """The words that a pattern itself says, without their possessive."""
    found = [word.strip(",").removesuffix("’s").removesuffix("s’") for word in _INSIDE.sub(" ", pattern).split()]
    return [word for word in found if word]


def check_patterns(sheets: Sheets, pack: RulePack) -> None:
    """Slots in forms that they have, no word twice, the right article, nothing said twice by one entry."""
    for entry in entries(sheets):
        seen: dict[str, int] = {}
        for text in entry.says:
            if text.text in seen:
                sheets.refuse(entry.file, text.line, f"pattern already on line {seen[text.text]}", text.text)
            seen[text.text] = text.line
            for problem in _faults(text.text):
                sheets.refuse(entry.file, text.line, problem, text.text)
            for name, form in slots_of(text.text):
                forms = FORMS.get(name, ())
                if form and form not in forms:
                    sheets.unknown(entry.file, text.line, f"{{{name}}} has no form", form, forms)
                elif not form and name in ONLY_IN_FORM:
                    sheets.unknown(entry.file, text.line, "slot that needs a form", name, forms)


def _faults(source: str) -> Iterator[str]:
    odd = _ODD.search(_INSIDE.sub("", source))
    if odd:
        yield f'"{odd[0]}" has no place in a pattern:'
    if "  " in source or source != source.strip():
        yield "a space too many in"
    if source.endswith((",", "-")) or ",," in source or re.search(r",(?! )", source):
        yield "a comma that nothing follows, or no space after it, in"
    if source.startswith(",") and source.count(",") == 1 and source[1:2] != " ":
        yield "no space after the comma in"
    plain = [word.strip(",") for word in source.split()]
    for before, after in zip(plain, plain[1:], strict=False):
        if before == after and before not in _DOUBLES:
            yield f'"{before}" stands twice in'
        if before in ("a", "an") and after[0] not in "{[" and indefinite(after) != before:
            yield f'"{indefinite(after)}" is wanted before "{after}" in'
        if before in ("a", "an", "the") and after in ("a", "an", "the", "its", "their"):
            yield f'"{before} {after}" stands in'


def check_sentences(sheets: Sheets, pack: RulePack) -> None:
    """Every pattern makes a sentence, with several things for its slots."""
    patterns = {
        (pattern.rule.partition(":")[0], pattern.source): pattern
        for rules in pack.sentences.values()
        for rule in rules
        for pattern in rule.patterns
    }
    made: set[str] = set()
    for entry in entries(sheets):
        for text in entry.says:
            pattern = patterns.get((entry.file, text.text))
            if pattern is None or text.text in made:
                continue
            made.add(text.text)
            # Several things in the present show the most: number, and a verb that is not the same in all persons.
            finite = pattern.root.verb is not None
            tense = Tense.PRESENT if finite else Tense.PAST
            wrong = _said(pack, pattern, Form.FINITE, tense, finite)
            if wrong:
                sheets.refuse(entry.file, text.line, wrong, text.text)


def _said(pack: RulePack, pattern: Pattern, form: Form, tense: Tense, plural: bool) -> str:
    """What is wrong with the sentence; nothing where it is one."""
    values = tuple(Phrase((Token("Kestrel"),), plural, True) for _ in pattern.slots)
    try:
        tokens = pack.realiser.realise([Bound(pattern, values, ("rise",) * pattern.choices, form, tense)])
    except (ValueError, KeyError, IndexError, TypeError) as error:
        return f"cannot be said as {form.value} ({error}):"
    text = "".join(token.text for token in tokens)
    return f'makes "{text}", with a space or a comma wrong, of' if _WRONG_SPACE.search(text) else ""
