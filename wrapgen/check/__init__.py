"""Reads a finished text and holds every claim in it against the snapshot, by its own path.

`verify` is the whole of it. Nothing here knows how articles are made: no facts, plan, wording or lexicon of the
engine, so that one mistake cannot hide another. The words it understands are in ``rules/check/``.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from wrapgen.check.amounts import judge_comparison, judge_figure
from wrapgen.check.claims import Reading
from wrapgen.check.effects import judge_effect
from wrapgen.check.lex import tokenise
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
from wrapgen.check.world import Language, Words, World
from wrapgen.intake.reference import load_reference
from wrapgen.intake.snapshot import Snapshot
from wrapgen.resources import default_rules_directory

if TYPE_CHECKING:
    from wrapgen.rulepack.pack import RulePack

__all__ = ["KINDS", "STATUSES", "Claim", "verify"]

# In this order: what takes up more words first.
_JUDGES = {
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


def verify(text: str, snapshot: Snapshot, rules: RulePack | Path | str | None = None) -> list[Claim]:
    """Every claim of ``text``, in the order of the text, each held against ``snapshot``.

    ``rules`` is a rule pack or its directory; without it the words that ship with wrapgen are read. Any text is
    taken; what cannot be understood comes back as unsupported or unchecked, never as an error. Raises RuleError
    where the rule files cannot be used.
    """
    directory: Path | str | None = rules if isinstance(rules, Path | str | None) else rules.directory
    world = World(snapshot, language(None if directory is None else Path(directory)))
    tokens = tokenise(text)
    reading = Reading(tokens, world)
    for sentence in read(tokens, world):
        reading.items = sentence
        tell(reading)
        find_subjects(reading)
        roles: dict[str, list[int]] = {}
        for k, item in enumerate(sentence):
            if item.role in _JUDGES and not item.used:
                roles.setdefault(item.role, []).append(k)
        for role, judge in _JUDGES.items() if roles else ():
            for k in roles.get(role, ()):
                if not sentence[k].used:
                    judge(reading, k)
        judge_terms(reading)
        if reading.groups:
            reading.subject = reading.groups[0]
    reading.claims.sort(key=lambda claim: (claim.start, claim.end))
    return reading.claims


@functools.lru_cache(maxsize=8)
def language(directory: Path | None) -> Language:
    """Words, names and reference data of a rules directory, compiled once."""
    root = directory or default_rules_directory()
    vocabulary = load_vocabulary(root)
    reference = load_reference(root / "reference")
    names = reference_names(reference, vocabulary)
    return Language(vocabulary, reference, names, Words(vocabulary, names))
