"""A pack that fails its own cases or golden articles is not served."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import wrapgen
from tests.cases.library import ROOT
from wrapgen.cli import cli
from wrapgen.service.app import create_app
from wrapgen.trials.trial import try_rules

DAY = "asia-2025-11-12-morning"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the rules with one golden article."""
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", folder, ignore=shutil.ignore_patterns("__pycache__", "days"))
    (folder / "days").mkdir()
    shutil.copy(ROOT / "seeds" / f"{DAY}.json", folder / "days")
    try_rules(folder, accept=True)
    return folder


def test_a_pack_that_passes_is_served(pack: Path) -> None:
    client = create_app(wrapgen.load_rules(pack)).test_client()
    sent = json.loads((pack / "days" / f"{DAY}.json").read_bytes())
    assert client.post("/v1/wraps", json=sent).status_code == 200


def test_a_pack_with_a_case_that_fails_is_not(pack: Path) -> None:
    file = pack / "sentences" / "stocks.yaml"
    file.write_text(file.read_text("utf-8").replace('says: ["Toyota was flat"]', 'says: ["Toyota was flaat"]'), "utf-8")
    wrapgen.load_rules.cache_clear()
    with pytest.raises(wrapgen.RuleError) as refused:
        create_app(wrapgen.load_rules(pack))
    assert "sentences/stocks.yaml:" in str(refused.value) and "flaat" in str(refused.value)


def test_nor_one_whose_golden_article_reads_otherwise(pack: Path) -> None:
    kept = pack / "days" / f"{DAY}.txt"
    kept.write_text(kept.read_text("utf-8").replace("Hang Seng", "Hang Sang", 1), "utf-8")
    done = CliRunner().invoke(cli, ["serve", "--port", "0", "--rules", str(pack)])
    assert done.exit_code == 2 and done.stderr.startswith(f"days/{DAY}.txt:3: the golden article reads otherwise")
