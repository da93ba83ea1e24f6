"""The whole engine in one call: options, styles, lengths, identity, and what an article carries."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from typing import Any

import pytest

import wrapgen
from tests.cases.library import CASES, CONTRACT_SEED, FILES, ROOT, SEEDS, article, labels, sent, snapshot
from wrapgen.errors import OptionError

LENGTHS = ("brief", "standard", "long")


# -- options


@pytest.mark.parametrize(
    ("options", "option", "nearest"),
    [
        ({"style": "hose"}, "style", "house"),
        ({"length": "breif"}, "length", "brief"),
        ({"angle": "divergense"}, "angle", "divergence"),
        ({"variant": -1}, "variant", None),
        ({"variant": True}, "variant", None),
        ({"variant": "2"}, "variant", None),
    ],
)
def test_an_option_that_cannot_be_met_is_refused(options: dict[str, Any], option: str, nearest: str | None) -> None:
    with pytest.raises(OptionError) as refused:
        wrapgen.write(snapshot(CONTRACT_SEED), **options)
    assert (refused.value.option, refused.value.nearest) == (option, nearest)


@pytest.mark.parametrize("name", FILES)
def test_every_style_and_length_writes(name: str) -> None:
    for style in wrapgen.load_rules().styles:
        for length in LENGTHS:
            written = wrapgen.write(snapshot(name), style=style, length=length)
            assert written.headline.text and written.blocks
            assert (written.provenance["style"], written.provenance["length"]) == (style, length)


@pytest.mark.parametrize("name", FILES)
def test_brief_is_shorter_and_long_no_shorter(name: str) -> None:
    words = [len(wrapgen.write(snapshot(name), length=n).render("text").split()) for n in LENGTHS]
    assert words[0] <= words[1] <= words[2] * 1.1


def test_a_large_variant_is_a_variant() -> None:
    assert wrapgen.write(snapshot(CONTRACT_SEED), variant=10**9).headline.text


# -- styles


def test_british_style() -> None:
    text = wrapgen.write(snapshot(CONTRACT_SEED), style="british").render("text")
    assert "per cent" in text and "%" not in text
    assert "US government" in text and "U.S." not in text


def test_agency_style_has_no_tickers() -> None:
    text = wrapgen.write(snapshot(CONTRACT_SEED), style="agency").render("text")
    assert "HK:6618" not in text and "(" not in text


def test_agency_style_prints_levels() -> None:
    house = wrapgen.write(snapshot("cnbc-2021-11-09-asia")).render("text")
    agency = wrapgen.write(snapshot("cnbc-2021-11-09-asia"), style="agency").render("text")
    levels = [m.level for m in snapshot("cnbc-2021-11-09-asia").markets if m.level is not None]
    printed = [sum(f"{level:,.2f}" in text for level in levels) for text in (house, agency)]
    assert printed[1] > 0 and printed[0] <= printed[1]


# -- identity


def test_the_id_says_what_the_text_depends_on() -> None:
    base = wrapgen.write(snapshot(CONTRACT_SEED))
    others = [
        wrapgen.write(snapshot(CONTRACT_SEED), variant=1),
        wrapgen.write(snapshot(CONTRACT_SEED), length="brief"),
        wrapgen.write(snapshot(CONTRACT_SEED), style="agency"),
        wrapgen.write(snapshot(CONTRACT_SEED), angle="broad_advance"),
        wrapgen.write(snapshot("jp-close-yen")),
    ]
    assert len({base.id, *(o.id for o in others)}) == 6
    assert base.id == wrapgen.write(snapshot(CONTRACT_SEED)).id


def test_the_order_of_keys_says_nothing() -> None:
    turned = {key: sent(CONTRACT_SEED)[key] for key in reversed(sent(CONTRACT_SEED))}
    assert wrapgen.write(wrapgen.read_snapshot(turned)).to_dict() == article(CONTRACT_SEED).to_dict()


def test_provenance_names_engine_and_rules() -> None:
    assert article(CONTRACT_SEED).provenance == {
        "engine": wrapgen.__version__,
        "rules": wrapgen.load_rules().hash,
        "style": "house",
        "variant": 0,
        "length": "standard",
    }


def test_writing_changes_nothing_that_it_was_given() -> None:
    """A snapshot may be written from many times, in any order of variants."""
    fresh = wrapgen.read_snapshot(copy.deepcopy(sent(CONTRACT_SEED)))
    texts = [wrapgen.write(fresh, variant=v).render("text") for v in (3, 0, 7, 0, 3)]
    assert texts[0] == texts[4] and texts[1] == texts[3]


# -- what it carries


@pytest.mark.parametrize("name", FILES)
def test_the_article_object_is_the_contracts(name: str) -> None:
    made = json.loads(article(name).render("json"))
    assert set(made) >= {
        "id", "headline", "body", "angle", "counterpoint", "angles", "mentions", "checks", "warnings", "provenance"
    }  # fmt: skip
    for block in made["body"]:
        assert set(block) == {"kind", "section", "text", "sentences"} and block["kind"] in ("paragraph", "subhead")
        assert block["text"] == " ".join(s["text"] for s in block["sentences"])
    angle = made["angle"]
    assert set(angle) == {"name", "score", "tone", "subjects", "because"}
    assert angle["tone"] in ("up", "down", "mixed", "flat")
    assert set(angle["subjects"]) == {"leader", "laggard", "stock", "sector", "event"}
    assert angle["because"]


@pytest.mark.parametrize("name", FILES)
def test_subjects_are_ids_of_the_snapshot(name: str) -> None:
    ids = {m["id"] for m in sent(name)["markets"]} | {e["id"] for e in sent(name).get("events", ())}
    ids |= {s.id for s in snapshot(name).stocks} | {s.name for s in snapshot(name).sectors}
    made = article(name).to_dict()
    for angle in (made["angle"], made["counterpoint"], *made["angles"]):
        if angle is not None:
            assert {v for v in angle["subjects"].values() if v is not None} <= ids


@pytest.mark.parametrize("name", FILES)
def test_mentions_are_in_the_text(name: str) -> None:
    made = article(name)
    assert set(made.mentions["order"]) <= {m["id"] for m in sent(name)["markets"]}
    assert made.mentions["order"], "a wrap names a market"
    assert len(set(made.mentions["order"])) == len(made.mentions["order"])


@pytest.mark.parametrize("name", CASES)
def test_the_tone_is_the_one_that_readers_saw(name: str) -> None:
    """The labels hold what a published wrap of the day said."""
    assert article(name).angle["tone"] == labels(name)["tone"]


def test_stories_agree_with_published_wraps() -> None:
    """In most cases the first story is one that the day's wrap told, too."""
    agreeing = [name for name in CASES if article(name).angle["name"] in labels(name)["angles"]]
    assert len(agreeing) >= 0.7 * len(CASES), sorted(set(CASES) - set(agreeing))


def test_two_days_in_a_row_do_not_open_alike() -> None:
    def opening(day: str) -> str:
        read = wrapgen.read_snapshot({**sent("ap-2018-11-02-asia"), "as_of": day})
        lede = wrapgen.write(read).blocks[0].text
        return re.sub(r"\b\w+day\b", "", lede).split(",")[0]

    days = ["2018-10-31", "2018-11-01", "2018-11-02", "2018-11-05"]
    assert all(opening(a) != opening(b) for a, b in zip(days, days[1:], strict=False))


def test_import_costs_nothing() -> None:
    """The engine is loaded when it is first used."""
    code = "import sys, wrapgen; print([m for m in ('pandas', 'simplenlg', 'marshmallow', 'yaml') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_writing_reads_no_clock_and_no_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    import random
    import time

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an article depends on nothing but its arguments")

    read, rules = snapshot("us-close-record-tech"), wrapgen.load_rules()
    wanted = article("us-close-record-tech").render("json")
    for module, name in ((random, "random"), (random, "choice"), (time, "time"), (time, "localtime")):
        monkeypatch.setattr(module, name, refuse)
    monkeypatch.setattr("builtins.open", refuse)
    assert wrapgen.write(read, rules=rules).render("json") == wanted


def test_seeds_are_facts_of_their_own() -> None:
    assert len(SEEDS) >= 7 and CONTRACT_SEED in SEEDS
