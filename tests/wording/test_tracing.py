"""What a sentence could have said and did not, with the reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import orjson
import pytest

import wrapgen
from tests.cases.library import snapshot as snapshot_of
from wrapgen.article import Article
from wrapgen.engine import choices

SEEDS = sorted((Path(__file__).resolve().parents[2] / "seeds").glob("*.json"))
REASONS = (
    "its condition does not hold: ",
    "another wording of the same was first",
    "it was said a moment ago",
    "the sentence has “",
    "it would seem to belong",
    "the house style ",
    "nothing fills {",
    "no verb of the lexicon",
    "nothing rides on it",
)


def texts(article: Article) -> set[str]:
    return {article.headline.text, *(s.text for block in article.blocks for s in block.sentences)}


@pytest.mark.parametrize("file", SEEDS, ids=[file.stem for file in SEEDS])
@pytest.mark.parametrize("style", ["house", "agency", "mobile"])
def test_every_sentence_has_what_it_passed_over_and_reads_as_the_article_does(file: Path, style: str) -> None:
    snapshot = wrapgen.read_snapshot(orjson.loads(file.read_bytes()))
    for variant in (0, 3):
        article = wrapgen.write(snapshot, style=style, variant=variant)
        found = choices(snapshot, style=style, variant=variant)
        assert texts(article) <= set(found)
        for text in texts(article):
            for choice in found[text]:
                assert choice.why.startswith(REASONS), choice
                assert choice.rule.partition(":")[0].endswith(".yaml") and choice.pattern


def test_a_condition_that_does_not_hold_is_told_with_its_facts() -> None:
    snapshot = wrapgen.read_snapshot(orjson.loads(SEEDS[0].read_bytes()))
    lede = wrapgen.write(snapshot).blocks[0].text
    unmet = [choice.why for choice in choices(snapshot)[lede] if "led_by_market.lede.1" in choice.rule]
    assert unmet and "market.milestone_weight >= 0.6" in unmet[0] and "market.milestone_weight is 0.3" in unmet[0]


def test_what_the_house_style_bars_is_told() -> None:
    pack = wrapgen.load_rules()
    strict = replace(pack.styles["house"], name="strict", barred_verbs=("buck",))
    found = choices(
        wrapgen.read_snapshot(orjson.loads(SEEDS[0].read_bytes())),
        style="strict",
        variant=1,
        rules=replace(pack, styles={**pack.styles, "strict": strict}),
    )
    assert "the house style bars “buck”" in {choice.why for passed in found.values() for choice in passed}


def test_a_sentence_that_would_have_carried_nothing_is_passed_over() -> None:
    made = choices(snapshot_of("cnbc-2016-07-05-europe"))
    (found,) = [passed for text, passed in made.items() if text == "The FTSE 100 was the region’s only gainer."]
    assert "nothing rides on it" in [c.why for c in found if c.pattern.endswith("only gainer, [moved]")], found
