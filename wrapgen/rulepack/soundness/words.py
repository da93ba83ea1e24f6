"""The words of patterns, which two readers must know: the engine (``lexicon/``), and the claim checker (``check/``).

Both are told at once, so that a new word costs one round: which file lacks it, and under what it belongs there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from wrapgen.check.lex import words_of as tokens_of
from wrapgen.check.words import TypeWords, forms_of, stem
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.soundness.sayings import WORDS as LISTED
from wrapgen.rulepack.soundness.sayings import entries, words_of
from wrapgen.rulepack.soundness.sheets import Sheets, Text, texts_of
from wrapgen.rulepack.yamlfile import Record

UNDERSTOOD, VERBS = "check/words.yaml", "check/verbs.yaml"
# A slot or a verb that is chosen at the time; a verb that stands there; a word.
_PIECE = re.compile(r"\{[^}]*\}|\[([^\]]*)\]|[^\s{}\[\]]+")
_CHOSEN = frozenset(("moved", "was"))  # which the engine makes of moves that it has sizes for
_HOW = f"in {UNDERSTOOD} under what it claims (role news, where nothing)"


def check_words(sheets: Sheets, pack: RulePack) -> None:
    """Every word of a pattern is one of the lexicon and one of the claim checker's; every word listed is used."""
    listed: dict[str, Text] = {}
    own: dict[str, int] = {}
    for record in sheets.records(LISTED):
        for text in texts_of(record, "words"):
            if record.get("checker") is True:
                own[text.text] = text.line
            elif "names" not in record:
                listed[text.text] = text
    _once(sheets, pack)
    known = {*listed, *pack.lexicon.numbers, *pack.lexicon.readings}
    verbs = {record["verb"]: record for record in sheets.records(VERBS)}
    events = frozenset(each for kind in pack.language.vocabulary.events.values() for each in _stems(kind))
    used: set[str] = set()
    for entry in entries(sheets):
        for text in entry.says:
            words = words_of(text.text)
            used.update(words)
            dark = set(not_understood(pack, verbs, events, text.text))
            unlisted = [word for word in dict.fromkeys(words) if word not in known]
            for word in unlisted:
                for message in _unlisted(word, word.lower() in dark, known, own):
                    # A word that is new to both is none that was misspelled: the nearest would lead astray.
                    near = () if word.lower() in dark else known
                    sheets.unknown(entry.file, text.line, message, word, near)
            for word in sorted(dark - {word.lower() for word in unlisted}):
                message = f"word that the claim checker does not know, so that nothing can be written; list it {_HOW}:"
                sheets.refuse(entry.file, text.line, message, word)
    for word, text in listed.items():
        if word not in used:
            sheets.refuse(LISTED, text.line, "word that no pattern uses", word)


def _once(sheets: Sheets, pack: RulePack) -> None:
    seen: dict[str, int] = {}
    for record in sheets.records(LISTED):
        for text in texts_of(record, "words"):
            if text.text in seen:
                sheets.refuse(LISTED, text.line, f"word already on line {seen[text.text]}", text.text)
            seen[text.text] = text.line
            if text.text in pack.lexicon.readings or text.text in pack.lexicon.numbers:
                sheets.refuse(LISTED, text.line, "word that verbs.yaml or nouns.yaml has already", text.text)


def _unlisted(word: str, dark: bool, known: set[str], own: Mapping[str, int]) -> Iterator[str]:
    """What to do about a word that the lexicon does not have."""
    small = word.lower()
    if small != word and (small in known or small in own):
        yield "a pattern is written in small letters, and the first word gets its capital by itself; not"
    elif small in own:
        yield f"word that {LISTED} line {own[small]} lists for the claim checker only; move it up to its kind:"
    elif dark:
        yield f"new word; list it in {LISTED} under its kind, and {_HOW}:"
    else:
        yield f"word that {LISTED} does not list; list it there under its kind, or put a verb in [brackets]:"


def not_understood(pack: RulePack, verbs: Mapping[str, Record], events: frozenset[str], pattern: str) -> Iterator[str]:
    """The words of a pattern that the claim checker would take for a claim that nothing bears out.

    A verb counts as known where one of its forms is: which of them is written is only known when it is.
    """
    row = [tuple(each) for each in _pieces(verbs, pattern)]
    at = 0
    while at < len(row):
        size = max((_known(pack, row, at, first) for first in row[at]), default=1)
        if not size:
            if not any(stem(word, pack.language.vocabulary.stems) in events for word in row[at]):
                yield row[at][0]
            size = 1
        at += size


def _pieces(verbs: Mapping[str, Record], pattern: str) -> Iterator[Sequence[str]]:
    """Each token of a pattern as what it may read as; nothing for what is filled in when it is written."""
    for found in _PIECE.finditer(pattern):
        if found[0].startswith("{") or found[1] in _CHOSEN:
            yield ()
        elif found[1] is not None and " " not in found[1]:
            yield forms_of(found[1], verbs)
        else:
            yield from ((word,) for word in tokens_of(found[1] or found[0]))


def _known(pack: RulePack, row: Sequence[tuple[str, ...]], at: int, first: str) -> int:
    """How many tokens from ``at`` on the checker knows as one phrase, name or word; 0 where not even the first."""
    known = pack.language.words[first]
    behind = row[at + 1] if at + 1 < len(row) else ()
    for second in behind:
        for each in known.longer.get(second, ()):
            rest = row[at + 2 : at + each.size]
            if len(rest) == len(each.tail) and all(word in may for word, may in zip(each.tail, rest, strict=True)):
                return each.size
    return int(known.alone is not None or known.role != "unknown")


def _stems(kind: TypeWords) -> Iterator[str]:
    yield from kind.always
    for values in kind.known.values():
        for _, stems in values:
            yield from stems
