"""What `wrapgen rules check` asks of a rule pack beyond what loading asks: is every fact in it borne out?

Loading stands on the way of every start, and refuses what cannot be used. Here each thing that a file says is held
against what else is known of it: its own other half, another file, a rule of English, a package.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from wrapgen.batch.compositions import load_compositions
from wrapgen.batch.symbols import load_symbols
from wrapgen.rulepack.errors import RuleError, RuleProblem
from wrapgen.rulepack.pack import RulePack, load_rules
from wrapgen.rulepack.soundness.angles import check_angles
from wrapgen.rulepack.soundness.days import check_days
from wrapgen.rulepack.soundness.gates import check_gates
from wrapgen.rulepack.soundness.language import check_event_words, check_names, check_senses, check_vocabulary
from wrapgen.rulepack.soundness.layout import check_layout
from wrapgen.rulepack.soundness.lexicon import check_nouns, check_spellings, check_verbs
from wrapgen.rulepack.soundness.markets import check_compositions, check_markets, check_plans, check_symbols
from wrapgen.rulepack.soundness.moves import check_moves
from wrapgen.rulepack.soundness.order import check_lost, check_order
from wrapgen.rulepack.soundness.reach import check_conditions, check_reach, check_rule_names
from wrapgen.rulepack.soundness.reference import check_currencies, check_exchanges, check_places, check_regions
from wrapgen.rulepack.soundness.sayings import check_patterns, check_sentences
from wrapgen.rulepack.soundness.sharp import check_cases, check_sayings
from wrapgen.rulepack.soundness.sheets import Sheets, read_sheets
from wrapgen.rulepack.soundness.terms import check_frames, check_terms, check_values
from wrapgen.rulepack.soundness.words import check_words

__all__ = ["examine"]

# Each adds what it finds to the problems of the sheets.
CHECKS: tuple[Callable[[Sheets, RulePack], None], ...] = (
    check_layout,
    check_order,
    check_verbs,
    check_nouns,
    check_spellings,
    check_days,
    check_words,
    check_patterns,
    check_sentences,
    check_conditions,
    check_reach,
    check_rule_names,
    check_terms,
    check_values,
    check_frames,
    check_moves,
    check_vocabulary,
    check_senses,
    check_event_words,
    check_names,
    check_exchanges,
    check_currencies,
    check_places,
    check_regions,
    check_markets,
    check_symbols,
    check_compositions,
    check_plans,
    check_gates,
    check_angles,
    check_cases,
    check_sayings,
)


def examine(directory: Path | str) -> tuple[RuleProblem, ...]:
    """Everything wrong with a rule pack, by file and line: what loading refuses, and what only looking closer shows.

    Where the pack does not load, only what keeps it from loading is told.
    """
    root = Path(directory)
    if not root.is_dir():
        return (RuleProblem(str(root), 0, "no such rules directory"),)
    sheets = read_sheets(root)
    broken = {problem.file for problem in sheets.problems}
    try:
        pack = load_rules(root)
    except RuleError as error:
        # What is wrong with the YAML of a file has been told already, with its line.
        found = [*sheets.problems, *(problem for problem in error.problems if problem.file not in broken)]
        if not any(problem.file.startswith(("lexicon/", "check/")) for problem in found):
            # A pattern with a verb that has lost a form is wrong because of the form.
            sheets.problems.clear()
            check_verbs(sheets, None)
            check_nouns(sheets, None)
            check_order(sheets, None)
            check_lost(sheets)
            found += sheets.problems
    else:
        found = sheets.problems
        if not found:
            _batch(sheets, pack)
        if not found:
            for check in CHECKS:
                check(sheets, pack)
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: (problem.file, problem.line)))


def _batch(sheets: Sheets, pack: RulePack) -> None:
    """What is read where snapshots are made from prices, and not when a pack is loaded."""
    for load in (load_symbols, load_compositions):
        try:
            load(sheets.root / "reference", pack.reference)
        except RuleError as error:
            for problem in error.problems:
                file = problem.file if problem.file.startswith("reference/") else f"reference/{problem.file}"
                sheets.problems.append(dataclasses.replace(problem, file=file))
