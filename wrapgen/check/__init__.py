"""Reads a finished text and holds every claim in it against the snapshot, by its own path.

`verify` is the whole of it. Nothing here knows how articles are made: no facts, plan, wording or lexicon of the
engine, so that one mistake cannot hide another. The words it understands are in ``rules/check/``.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from pathlib import Path

from wrapgen.check.amounts import judge_comparison, judge_figure
from wrapgen.check.claims import Reading
from wrapgen.check.effects import judge_effect
from wrapgen.check.known import Words
from wrapgen.check.lex import tokenise
from wrapgen.check.lookback import look_ahead, look_back
from wrapgen.check.milestones import judge_milestone
from wrapgen.check.moves import judge_move
from wrapgen.check.names import reference_names
from wrapgen.check.ranks import judge_breadth, judge_contrast, judge_issues, judge_rank
from wrapgen.check.read import read
from wrapgen.check.streaks import judge_streak
from wrapgen.check.subjects import find_subjects
from wrapgen.check.times import (
    judge_closed,
    judge_date,
    judge_mood,
    judge_path,
    judge_pattern,
    judge_phase,
    judge_terms,
)
from wrapgen.check.told import tell
from wrapgen.check.types import KINDS, STATUSES, Claim
from wrapgen.check.words import load_vocabulary
from wrapgen.check.world import Language, World
from wrapgen.intake.reference import Reference
from wrapgen.intake.snapshot import Snapshot

__all__ = ["KINDS", "STATUSES", "Claim", "load_language", "verify"]

# By role; in this order: what takes up more words first. What looks back is judged by then.
_BY_ROLE: dict[str, Callable[[Reading, int], None]] = {
    "lookback": lambda reading, k: None,
    "path": judge_path,
    "pattern": judge_pattern,
    "issues": judge_issues,
    "streak": judge_streak,
    "milestone": judge_milestone,
    "breadth": judge_breadth,
    "rank": judge_rank,
    "move": judge_move,
    "contrast": judge_contrast,
    "effect": judge_effect,
    "figure": judge_figure,
    "approx": judge_comparison,
    "date": judge_date,
    "phase": judge_phase,
    "closed": judge_closed,
    "mood": judge_mood,
}
_JUDGES = tuple(_BY_ROLE.values())
_ORDER = {role: order for order, role in enumerate(_BY_ROLE)}


def verify(text: str, snapshot: Snapshot, language: Language) -> list[Claim]:
    """Every claim of ``text``, in the order of the text, each held against ``snapshot``.

    ``language`` are the words that are understood. Any text is taken; what cannot be understood comes back as
    unsupported or unchecked, never as an error.
    """
    world = World(snapshot, language)
    tokens = tokenise(text)
    reading = Reading(tokens, world)
    for sentence in read(tokens, world):
        reading.items = sentence
        tell(reading)
        due = sorted([(_ORDER[item.role], k) for k, item in enumerate(sentence) if item.role in _ORDER])
        originals = look_back(reading) if due and due[0][0] == _ORDER["lookback"] else {}
        find_subjects(reading)
        for order, k in due:
            if not sentence[k].used:
                _JUDGES[order](reading, k)
        judge_terms(reading)
        if reading.groups:
            reading.subject = reading.groups[0]
        if originals:
            look_ahead(reading, originals)
    reading.claims.sort(key=itemgetter(0, 1))  # start and end
    return reading.claims


def load_language(directory: Path, reference: Reference) -> Language:
    """The words of ``check/`` in a rules directory with the names of the reference data, made ready for reading.

    Raises RuleError with every fault of the files.
    """
    vocabulary = load_vocabulary(directory)
    names = reference_names(reference, vocabulary)
    return Language(vocabulary, reference, names, Words(vocabulary, names))
