"""The trial of a pack: everything that must hold before it may write."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wrapgen.rulepack.errors import RuleError, RuleProblem
from wrapgen.rulepack.pack import RulePack, load_rules
from wrapgen.rulepack.sayings import entry_failures, unsaid
from wrapgen.trials.days import DAYS, sample_days
from wrapgen.trials.golden import Difference, differences, golden_path, ways
from wrapgen.trials.unheard import unheard
from wrapgen.trials.unwritable import unwritable
from wrapgen.trials.words import marked


@dataclass(frozen=True, slots=True)
class Trial:
    """What `try_rules` found.

    ``untested`` are the patterns that no case says, ``file:line name``: they are told, and fail nothing.
    """

    entries: int
    cases: int
    golden: int
    failures: tuple[RuleProblem, ...]
    differences: tuple[Difference, ...]
    untested: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.failures and not self.differences

    def to_dict(self) -> dict[str, Any]:
        return {
            "passed": self.passed,
            "entries": self.entries,
            "cases": self.cases,
            "golden": self.golden,
            "failures": [problem.to_dict() for problem in self.failures],
            "differences": [difference.to_dict() for difference in self.differences],
            "untested": list(self.untested),
        }

    def render(self) -> str:
        """For people: what failed, then a line of counts."""
        lines = [str(problem) for problem in self.failures]
        lines += [difference.render() for difference in self.differences]
        lines += [f"{place} is said by no case" for place in self.untested]
        broken = {d.day for d in self.differences if d.problem}
        otherwise = {d.day for d in self.differences} - broken
        counts = f"{self.golden} golden articles, {len(otherwise)} read otherwise"
        lines.append(
            f"{self.entries} rules with {self.cases} cases, {len(self.failures)} not met; "
            f"{counts}{f', {len(broken)} cannot be written' if broken else ''}."
        )
        return "\n".join(lines) + "\n"


def try_rules(directory: Path | None = None, accept: bool = False) -> Trial:
    """Runs the cases beside every entry and compares the golden articles of the pack in a folder.

    ``accept`` keeps the articles as they are now. Raises RuleError where the pack does not load, as with a case of
    an angle that fails.
    """
    return _tried(load_rules(directory), accept)


def require_passed(pack: RulePack) -> None:
    """Raises RuleError, with what fails, for a pack that does not pass its trial. One pack is tried once."""
    problems = _problems(pack.directory, pack.hash)
    if problems:
        raise RuleError(problems)


@functools.lru_cache(maxsize=8)
def _problems(directory: Path, hash: str) -> tuple[RuleProblem, ...]:
    trial = _tried(load_rules(directory), accept=False)
    differs = (
        RuleProblem(
            f"{DAYS}/{d.day}.txt",
            d.line,
            f"the golden article cannot be written: {d.problem}"
            if d.problem
            else f"the golden article reads otherwise: {marked(d.runs)}",
        )
        for d in trial.differences
    )
    return (*trial.failures, *differs)


def _tried(pack: RulePack, accept: bool) -> Trial:
    days = sample_days(pack)
    return Trial(
        entries=len(pack.entries) + len(pack.angles),
        cases=_cases(pack),
        golden=sum(golden_path(pack, day).exists() + len(ways(pack, day)) for day in days),
        failures=(
            *(p for entry in pack.entries for p in entry_failures(entry, pack.lexicon, pack.realiser)),
            *unheard(pack)[1],
            *unwritable(pack, days),
        ),
        differences=tuple(differences(pack, days, accept)),
        untested=tuple(f"{entry.file}:{line} {entry.name}" for entry in pack.entries for line, _ in unsaid(entry)),
    )


def _cases(pack: RulePack) -> int:
    return sum(len(entry.tests) for entry in pack.entries)
