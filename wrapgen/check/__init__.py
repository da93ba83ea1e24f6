"""Reads a finished text and holds every claim in it against the snapshot, by its own path.

`verify` is the whole of it; `Proofreader` is for a text that is read again at every change. Nothing here knows how
articles are made: no facts, plan, wording or lexicon of the engine, so that one mistake cannot hide another. The words
it understands are in ``rules/check/``.
"""

from __future__ import annotations

from pathlib import Path

from wrapgen.check.claims import Reading
from wrapgen.check.events import words_by_id
from wrapgen.check.judge import judge
from wrapgen.check.known import Words
from wrapgen.check.lex import tokenise
from wrapgen.check.money import money_units
from wrapgen.check.names import reference_names
from wrapgen.check.proofreader import Proofreader
from wrapgen.check.read import read
from wrapgen.check.types import KINDS, STATUSES, Claim, in_order
from wrapgen.check.words import load_vocabulary
from wrapgen.check.world import Language, World
from wrapgen.intake.reference import Reference
from wrapgen.intake.snapshot import Snapshot

__all__ = ["KINDS", "STATUSES", "Claim", "Proofreader", "load_language", "verify"]


def verify(text: str, snapshot: Snapshot, language: Language) -> list[Claim]:
    """Every claim of ``text``, in the order of the text, each held against ``snapshot``.

    ``language`` are the words that are understood. Any text is taken; what cannot be understood comes back as
    unsupported or unchecked, never as an error.
    """
    world = World(snapshot, language)
    tokens = tokenise(text)
    reading = Reading(tokens, world)
    for sentence in read(tokens, world):
        judge(reading, sentence)
    in_order(reading.claims)
    return reading.claims


def load_language(directory: Path, reference: Reference) -> Language:
    """The words of ``check/`` in a rules directory with the names of the reference data, made ready for reading.

    Raises RuleError with every fault of the files.
    """
    vocabulary = load_vocabulary(directory)
    names = reference_names(reference, vocabulary)
    return Language(
        vocabulary, reference, names, Words(vocabulary, names, money_units(reference)), words_by_id(reference)
    )
