"""A single market's day, told by its stocks and sectors."""

from __future__ import annotations

import json

from tests.cases.library import ROOT, day, stock, write


def test_on_a_flat_day_there_is_no_trend_to_buck() -> None:
    firms = [
        stock("C31", "XSES", market="STI", direction="flat"),
        stock("D77", "XSES", market="STI", change_pct=-2.4),
        stock("S99", "XSES", market="STI", change_pct=3.0),
    ]
    for variant in range(6):
        text = write(day({"STI": 0.01}, "sg", stocks=firms), variant=variant).article.render("text")
        assert "Trend" not in text and "trend" not in text, text


def test_a_subhead_over_a_stock_of_another_sector_names_both() -> None:
    article = write(json.loads((ROOT / "rules" / "days" / "us-busy-earnings.json").read_text("utf-8"))).article
    heads = [block.text for block in article.blocks if block.kind == "subhead"]
    assert any(head.startswith("Financial Shares") and "Hartwell Medical" in head for head in heads), heads
