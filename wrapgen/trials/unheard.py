"""The rules that no sample day shall show, each with its reason: ``days/unheard.yaml``."""

from __future__ import annotations

from typing import NamedTuple

from wrapgen.errors import nearest
from wrapgen.rulepack.errors import RuleError, RuleProblem
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.records import Field, Kind, check_all
from wrapgen.rulepack.yamlfile import read_yaml
from wrapgen.trials.days import DAYS
from wrapgen.trials.fired import Fired

FILE = f"{DAYS}/unheard.yaml"
_KIND = Kind(
    "unheard rule",
    (
        Field("rule", "text", required=True, says="the name of a rule that fires on no sample day"),
        Field("why", "text", required=True, says="what it is there for"),
    ),
    key="rule",
)


class Unheard(NamedTuple):
    """A rule that is listed: its name, the line of the list, and why it is there."""

    name: str
    line: int
    why: str


def unheard(pack: RulePack) -> tuple[tuple[Unheard, ...], tuple[RuleProblem, ...]]:
    """The list, none where there is no file, and what is wrong with it: a name of no rule, a missing reason."""
    path = pack.directory / FILE
    if not path.exists():
        return (), ()
    problems: list[RuleProblem] = []
    try:
        records = check_all(read_yaml(path, FILE), _KIND, FILE, problems)
    except RuleError as error:
        return (), error.problems
    if problems:
        return (), tuple(problems)
    names = [entry.name for entry in pack.entries]
    listed = tuple(Unheard(record["rule"], record.line_of("rule"), record["why"]) for record in records)
    unknown = (each for each in listed if each.name not in names)
    return listed, tuple(
        RuleProblem(FILE, each.line, "unknown rule", each.name, nearest=nearest(each.name, names)) for each in unknown
    )


def heard_after_all(pack: RulePack, listed: tuple[Unheard, ...], found: Fired) -> tuple[RuleProblem, ...]:
    """The rules that are listed and fire, each with a sentence that it said."""
    said = {entry.name: found.rules[entry.rule] for entry in pack.entries if entry.rule in found.rules}
    return tuple(
        RuleProblem(
            FILE, each.line, f"fires, on {said[each.name][0].day}: {said[each.name][0].sentence} Listed is", each.name
        )
        for each in listed
        if each.name in said
    )


def silent(pack: RulePack, listed: tuple[Unheard, ...], found: Fired) -> tuple[str, ...]:
    """The rules that neither fire nor are listed, ``file:line name``, in the order of the files."""
    names = {each.name for each in listed}
    return tuple(entry.rule for entry in pack.entries if entry.rule not in found.rules and entry.name not in names)
