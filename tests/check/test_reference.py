"""The text that a human wrote of the reference snapshot."""

from __future__ import annotations

import json

import pytest

import wrapgen
from tests.cases.library import SHARED
from wrapgen import verify

ARTICLE = SHARED / "reference" / "seed-article.txt"
SNAPSHOT = SHARED / "contract" / "seed-2025-11-12-asia-morning.json"

pytestmark = pytest.mark.skipif(not ARTICLE.is_file(), reason="the reference article (../shared) is not here")


def test_nothing_of_the_human_text_is_contradicted_and_its_figures_are_supported() -> None:
    claims = verify(ARTICLE.read_text("utf-8"), wrapgen.read_snapshot(json.loads(SNAPSHOT.read_text("utf-8"))))
    assert not [claim for claim in claims if claim.status == "contradicted"]
    figures = [claim for claim in claims if claim.kind == "number"]
    assert len(figures) >= 15
    assert sum(claim.status == "supported" for claim in figures) >= 0.95 * len(figures)
