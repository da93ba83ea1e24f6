"""The rules that no sample day shall show: days/unheard.yaml."""

import shutil
from pathlib import Path

from tests.trials.conftest import Changed
from wrapgen.rulepack.pack import RulePack, load_rules
from wrapgen.trials.days import sample_days
from wrapgen.trials.fired import Ways, fired
from wrapgen.trials.trial import try_rules
from wrapgen.trials.unheard import heard_after_all, silent, unheard

ROOT = Path(__file__).parents[2]
DAY = "jp-close-yen"


def pack(folder: Path, text: str) -> RulePack:
    (folder / "days").mkdir(exist_ok=True)
    shutil.copy(ROOT / "seeds" / f"{DAY}.json", folder / "days")
    (folder / "days" / "unheard.yaml").write_text(text, "utf-8")
    return load_rules(folder)


def test_a_listed_rule_is_not_told_as_silent(changed: Changed) -> None:
    rules = pack(changed(), "- {rule: closed.group, why: for a holiday}\n")
    found = fired(rules, sample_days(rules), Ways(("house",)))
    listed, problems = unheard(rules)
    assert not problems and [(each.name, each.line, each.why) for each in listed] == [
        ("closed.group", 1, "for a holiday")
    ]
    assert len(silent(rules, listed, found)) == len(found.never(rules)) - 1
    assert not any(rule.endswith(" closed.group") for rule in silent(rules, listed, found))
    assert heard_after_all(rules, listed, found) == ()


def test_a_listed_rule_that_fires_is_a_problem_with_its_sentence(changed: Changed) -> None:
    rules = pack(changed(), "- {rule: stock.moved, why: for no reason}\n")
    found = fired(rules, sample_days(rules), Ways(("house",)))
    (problem,) = heard_after_all(rules, unheard(rules)[0], found)
    assert problem.value == "stock.moved" and DAY in problem.message and problem.line == 1


def test_an_unknown_name_fails_the_trial_with_the_nearest(changed: Changed) -> None:
    folder = changed()
    pack(folder, "- {rule: stock.mowed, why: a slip}\n- {rule: stock.flat}\n")
    assert [p.message for p in try_rules(folder).failures]
    pack(folder, "- {rule: stock.mowed, why: a slip}\n")
    (problem,) = try_rules(folder).failures
    assert problem.file == "days/unheard.yaml" and problem.nearest == "stock.moved"
