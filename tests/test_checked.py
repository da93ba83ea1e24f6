"""Nothing false leaves the building: an article with a claim that its data deny is not given out, by any door."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import wrapgen
from tests.cases.library import CONTRACT_SEED, ROOT, SEEDS, snapshot
from tests.rulepack import damage
from wrapgen.cli import cli
from wrapgen.service.app import create_app

SEED = SEEDS[CONTRACT_SEED]


@pytest.fixture(scope="module")
def false_rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rules with one sentence that is not so: what led the region is said to be its weakest performer."""
    copy = shutil.copytree(ROOT / "rules", tmp_path_factory.mktemp("false") / "rules")
    file = copy / "sentences" / "markets.yaml"
    for way in ("[outpaced] most of its regional peers", "[did] better than most of its regional peers"):
        damage.replace(
            file, way + ", [moving] {change:new} {session}", "[fared] worst in the region, [moving] {change:new}"
        )
    return copy


def test_every_article_says_what_was_checked() -> None:
    checks = wrapgen.write(snapshot(CONTRACT_SEED)).to_dict()["checks"]
    assert checks["claims"] == checks["supported"] >= 90 and checks["issues"] == []


def test_a_false_article_is_not_given_out(false_rules: Path) -> None:
    pack = wrapgen.load_rules(false_rules)
    with pytest.raises(wrapgen.ClaimError) as refused:
        wrapgen.write(snapshot(CONTRACT_SEED), rules=pack)
    assert "worst" in str(refused.value) and refused.value.claims[0].status == "contradicted"
    assert wrapgen.write(snapshot(CONTRACT_SEED), rules=pack, check=False).blocks, "it can be had to look at it"


def test_nor_from_the_shell(false_rules: Path) -> None:
    done = CliRunner().invoke(cli, ["write", str(SEED), "--rules", str(false_rules)])
    assert done.exit_code == 1 and done.stdout == ""
    assert "worst" in done.stderr and "Traceback" not in done.stderr


def test_nor_over_http(false_rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wrapgen.trials.trial.require_passed", lambda pack: None)  # its own cases would have told
    client = create_app(wrapgen.load_rules(false_rules)).test_client()
    answer = client.post("/v1/wraps", json=json.loads(SEED.read_text(encoding="utf-8")))
    assert answer.status_code == 500 and answer.content_type == "application/problem+json"
    assert "worst" in answer.get_json()["problems"][0]["message"]
