"""The cases beside rules: change any part of a condition or a weight (`mutants`), and one of them must fail; every
pattern is said by one."""

from __future__ import annotations

from wrapgen.rulepack import kinds
from wrapgen.rulepack.cases import failures
from wrapgen.rulepack.errors import RuleProblem
from wrapgen.rulepack.expression import Expression
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.records import check_all
from wrapgen.rulepack.sayings import entry_failures, unsaid
from wrapgen.rulepack.soundness.mutants import mutants
from wrapgen.rulepack.soundness.sheets import Sheets
from wrapgen.rulepack.yamlfile import Items, Record


def check_cases(sheets: Sheets, pack: RulePack) -> None:
    """No part of an angle's condition or weights can change unseen; no case and no evidence stands twice."""
    for file in sheets.folder("angles"):
        problems: list[RuleProblem] = []
        # As the loader checks them; what is wrong with them it has told.
        for record in check_all(sheets.files[file], kinds.ANGLE, file, problems):
            _sharp(sheets, file, record, record["when"], record["tests"])
            for points in record["score"]:
                _sharp(sheets, file, points, points["points"], points["tests"])
            _twice(sheets, file, record["evidence"], "evidence")


def check_sayings(sheets: Sheets, pack: RulePack) -> None:
    """The cases of sentences, headlines and ledes: they are met, say every pattern, and hold the condition."""
    for entry in pack.entries:
        for problem in entry_failures(entry, pack.lexicon, pack.realiser):
            sheets.problems.append(problem)
        for line, pattern in unsaid(entry):
            sheets.refuse(entry.file, line, "no case says this pattern:", pattern.source)
        _twice(sheets, entry.file, entry.tests, "case")
        if entry.when is not None:
            for case in entry.tests:
                if case["holds"] and case["given"] and not case["but"]:
                    message = "a case that holds needs but, changes with which it does not:"
                    sheets.refuse(entry.file, case.line, message, entry.when.text)
            alive = next((m for m in mutants(entry.when) if not failures(m, entry.tests, entry.file)), None)
            if alive is not None:
                line = entry.tests[0].line if entry.tests else entry.line
                sheets.refuse(entry.file, line, _unheld(alive), entry.when.text)


def _sharp(sheets: Sheets, file: str, record: Record, expression: Expression, cases: tuple[Record, ...]) -> None:
    _twice(sheets, file, cases, "case")
    if not expression.names:
        return
    line = record.line_of("tests") if "tests" in record.lines else record.line
    for mutant in mutants(expression):
        if not failures(mutant, cases, file):
            sheets.refuse(file, line, _unheld(mutant), expression.text)
            return


def _unheld(mutant: Expression) -> str:
    return f"no case would fail if this were {mutant.text} (a number is held by a case on either side, close to it):"


def _twice(sheets: Sheets, file: str, records: tuple[Record, ...], what: str) -> None:
    seen: dict[str, int] = {}
    for record in records:
        text = repr(sorted((key, _plain(value)) for key, value in record.items()))
        if text in seen:
            sheets.refuse(file, record.line, f"{what} already on line {seen[text]}")
        seen[text] = record.line
        for key in ("but", "also"):
            changes = record.get(key)
            if isinstance(changes, Items) and len({_plain(change) for change in changes}) < len(changes):
                message = f"a change stands twice under {key}, in the {what} of line"
                sheets.refuse(file, record.line_of(key), message, record.line)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return repr(sorted((key, _plain(item)) for key, item in value.items()))
    if isinstance(value, Items):
        return repr([_plain(item) for item in value])
    return value.text if isinstance(value, Expression) else repr(value)
