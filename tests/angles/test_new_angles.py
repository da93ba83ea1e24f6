"""An editor adds an angle in YAML alone: what the engine does for one of the contract's it does for any."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import wrapgen
from tests.angles.test_rank import DAYS
from tests.cases.library import ROOT, day, sent, snapshot
from wrapgen.article import Article
from wrapgen.cli import cli
from wrapgen.intake.reading import read_ungated
from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.pack import RulePack, load_rules

RULES = ROOT / "rules"
TWINS = {"mixed": "no_one_way", "flat": "quiet_day", "divergence": "parting", "follows_wall_street": "new_york_led"}
load = load_rules.__wrapped__


def entry(name: str) -> str:
    """The lines of an angle's entry."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((RULES / "angles").glob("*.yaml")))
    rest = text.partition(f"- angle: {name}\n")[2]
    return f"- angle: {name}\n" + rest.partition("\n- angle: ")[0] + "\n"


def packed(folder: Path, added: str) -> RulePack:
    copy = shutil.copytree(RULES, folder / "rules")
    (copy / "angles" / "ours.yaml").write_text(added, encoding="utf-8")
    return load(copy)


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> RulePack:
    """The rules with a second entry of each angle that does more than its conditions say, under a new name."""
    added = [entry(name).replace(f"angle: {name}", f"angle: {twin}", 1) for name, twin in TWINS.items()]
    return packed(tmp_path_factory.mktemp("twins"), "".join(added))


def told(article: Article) -> object:
    """What headline and lede name, and what the body rests on, in their order."""
    body = [(block.section, [sentence.facts for sentence in block.sentences]) for block in article.blocks[1:]]
    return article.mentions, body


@pytest.mark.parametrize("name", TWINS)
def test_an_entry_under_a_new_name_is_told_as_the_old_one(twins: RulePack, name: str) -> None:
    read = read_ungated(DAYS[name][0], twins.reference)
    old, new = (wrapgen.write(read, angle=angle, rules=twins) for angle in (name, TWINS[name]))
    # What is told, where and in which order; which of two equal words is taken may hang on the entry's name.
    assert told(new) == told(old)
    assert new.angle["name"] == TWINS[name] and new.angle["subjects"] == old.angle["subjects"]


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        ("mixed", "names: [best_and_worst]"),
        ("flat", "names: [standout]"),
        ("divergence", "names: [other_end]"),
        ("follows_wall_street", "wall_street: true"),
    ],
)
def test_what_it_does_stands_in_its_entry(tmp_path: Path, name: str, attribute: str) -> None:
    added = entry(name).replace(f"angle: {name}", "angle: plain", 1).replace(f"  {attribute}\n", "", 1)
    pack = packed(tmp_path, added)
    days = [
        DAYS[name][0],
        day({"HSI": 0.9, "N225": 0.05, "KS11": -0.04, "AS51": 0.02}),
        sent("asia-2025-11-12-morning"),
    ]
    changed = False
    for one in days:
        read = read_ungated(one, pack.reference)
        try:
            old, new = (wrapgen.write(read, angle=angle, rules=pack, check=False) for angle in (name, "plain"))
        except wrapgen.OptionError:
            continue
        changed |= told(old) != told(new) or old.angle["subjects"] != new.angle["subjects"]
    assert changed, "without its attribute it is told otherwise"


def test_the_shell_and_the_json_know_it(tmp_path: Path) -> None:
    pack = packed(tmp_path, entry("broad_advance").replace("angle: broad_advance", "angle: green_everywhere", 1))
    seed = str(ROOT / "seeds" / "asia-2025-11-12-morning.json")
    options = ["--rules", str(pack.directory), "--angle", "green_everywhere", "--format", "json"]
    result = CliRunner().invoke(cli, ["write", seed, *options])
    assert result.exit_code == 0, result.output
    article = json.loads(result.output)
    assert article["angle"]["name"] == "green_everywhere"
    assert not [issue for issue in article["checks"]["issues"] if issue["status"] != "unchecked"]
    assert "green_everywhere" in CliRunner().invoke(cli, ["angles", seed, "--rules", str(pack.directory)]).output
    with pytest.raises(wrapgen.OptionError) as refused:
        wrapgen.write(snapshot("asia-2025-11-12-morning"), angle="green_everywere", rules=pack)
    assert refused.value.nearest == "green_everywhere"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Green Day", "small letters"),
        ("standout", "name of a message"),
        ("second", "name of a message"),
        ("mixed", "already in angles/ours.yaml, line 1"),
    ],
)
def test_a_name_that_will_not_do_is_refused(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(RuleError, match=said) as refused:
        packed(tmp_path, entry("broad_advance").replace("angle: broad_advance", f"angle: {name}", 1))
    assert len(refused.value.problems) == 1


def test_a_misspelt_name_of_the_contract_is_pointed_out(tmp_path: Path) -> None:
    copy = shutil.copytree(RULES, tmp_path / "rules")
    file = copy / "angles" / "region.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("angle: broad_decline", "angle: broad_declien"), "utf-8")
    with pytest.raises(RuleError, match='broad_decline.*did you mean "broad_declien"'):
        load(copy)
