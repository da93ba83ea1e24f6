"""One sentence judged: events first, then of whom it speaks, then every word that claims something, by its role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from wrapgen.check.amounts import judge_comparison, judge_figure
from wrapgen.check.claims import Reading
from wrapgen.check.effects import judge_effect
from wrapgen.check.lookback import look_ahead, look_back
from wrapgen.check.milestones import judge_milestone
from wrapgen.check.moves import judge_move
from wrapgen.check.ranks import judge_breadth, judge_contrast, judge_issues, judge_rank
from wrapgen.check.read import Sentence
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

# By role; in this order: what takes up more words first. What looks back is judged by then.
_BY_ROLE: Final[dict[str, Callable[[Reading, int], None]]] = {
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
_JUDGES: Final = tuple(_BY_ROLE.values())
_ORDER: Final = {role: order for order, role in enumerate(_BY_ROLE)}


def judge(reading: Reading, sentence: Sentence) -> None:
    """Adds the claims of a sentence to the reading, which knows afterwards of whom it spoke."""
    reading.items = sentence
    tell(reading)
    due = sorted([(order, k) for k, item in enumerate(sentence) if (order := _ORDER.get(item.role, -1)) >= 0])
    originals = look_back(reading) if due and due[0][0] == _ORDER["lookback"] else {}
    find_subjects(reading)
    for order, k in due:
        if not sentence[k].used:
            _JUDGES[order](reading, k)
    judge_terms(reading)
    groups = reading.groups
    if groups:
        elsewhere = len(groups) > 1 and reading.word(sentence[0].i) == "elsewhere"
        # Elsewhere in Europe, which is a place of its own where the index that spans it was sent.
        reading.subject = groups[1] if elsewhere and any([t.kind == "region" for t in groups[0]]) else groups[0]
    if originals:
        look_ahead(reading, originals)
