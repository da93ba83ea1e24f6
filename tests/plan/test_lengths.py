"""What brief, standard and long hold: within their words where the facts carry them, whole, and nothing twice."""

from __future__ import annotations

import copy
import datetime as dt
import re
import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import wrapgen
from tests import prices
from tests.cases.library import FILES, ROOT, UNUSUAL, day, sent, stock
from wrapgen.article import Article
from wrapgen.intake.reading import read_ungated
from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.kinds import LENGTHS
from wrapgen.rulepack.pack import load_rules
from wrapgen.text import FactRef
from wrapgen.wording.fitting import words_of

RULES = ROOT / "rules"
ALL = (*FILES, *UNUSUAL)
load = load_rules.__wrapped__


@cache
def written(name: str, length: str) -> Article:
    return wrapgen.write(read_ungated(sent(name), wrapgen.load_rules().reference), length=length)


def words(name: str, length: str) -> int:
    return words_of(written(name, length).blocks)


def facts(article: Article) -> set[FactRef]:
    """What the words of headline and body state."""
    sentences = [article.headline, *(s for block in article.blocks for s in block.sentences)]
    return {fact for s in sentences for token in s.tokens for fact in token.facts}


def refs(article: Article) -> set[str]:
    return {t.ref for block in article.blocks for s in block.sentences for t in s.tokens if t.ref is not None}


def reasons(article: Article) -> set[str]:
    return {str(fact).split("/")[2] for fact in facts(article) if str(fact).startswith("/events/")}


# -- bounds


@pytest.mark.parametrize("name", ALL)
def test_a_brief_has_80_to_130_words_unless_all_there_is_to_tell_is_less(name: str) -> None:
    brief, standard = words(name, "brief"), words(name, "standard")
    assert brief <= 130
    assert brief >= 80 or standard < 80


def test_most_days_carry_a_brief() -> None:
    short = {name: words(name, "brief") for name in FILES if words(name, "brief") < 80}
    assert set(short) == {
        "asia-morning-holiday-thin",
        "ap-2020-10-26-asia",
        "ap-2022-09-01-asia",
        "straitstimes-2025-10-07-singapore",
    }, short


@pytest.mark.parametrize("name", ALL)
def test_a_long_one_has_no_more_than_800_words(name: str) -> None:
    assert words(name, "long") <= 800


def test_a_day_rich_in_facts_carries_600_to_800_words() -> None:
    assert 600 <= words("asia-forty-markets", "long") <= 800
    article = wrapgen.write(read_ungated(rich_day(), wrapgen.load_rules().reference), length="long")
    assert 600 <= words_of(article.blocks) <= 800, words_of(article.blocks)


def rich_day() -> dict[str, Any]:
    """The sell-off among the seeds with 60 sessions of closes behind each index, which swing about today's level, and
    with two more stocks."""
    rich = copy.deepcopy(sent("asia-close-selloff"))
    more = [stock(ticker, "XHKG", market="HSI", change_pct=pct) for ticker, pct in (("1", -4.1), ("2", -3.7))]
    rich["stocks"] += more
    today = dt.date.fromisoformat(rich["as_of"][:10])
    dates = [d for n in range(100, 0, -1) if (d := today - dt.timedelta(days=n)).weekday() < 5]
    rich["history"] = {}
    for number, market in enumerate(m for m in rich["markets"] if "level" in m and "change" in m):
        if market["id"].startswith("US10Y"):
            continue
        before = market["level"] - market["change"]
        swing = [1 + 0.004 * ((7 * n + 3 * number) % 11 - 5) / 5 + 0.0006 * (len(dates) - n) for n in range(len(dates))]
        closes = [round(before * value / swing[-1], 4) for value in swing]
        closes[-1] = round(before, 4)
        rich["history"][market["id"]] = {"dates": [d.isoformat() for d in dates], "closes": closes}
    return rich


@pytest.mark.skipif(not prices.FOLDER.is_dir(), reason="real prices (../shared) are not here")
def test_a_half_year_of_real_sessions_in_every_length() -> None:
    """Nothing false in any of them, and each within its words where there are enough facts."""
    rules = wrapgen.load_rules()
    wrong = []
    for one in prices.days():
        if one.snapshot is None:
            continue
        try:
            snapshot = wrapgen.read_snapshot(one.snapshot, rules.reference)
        except wrapgen.SnapshotError:
            continue
        brief, standard, long = (words_of(wrapgen.write(snapshot, length=n).blocks) for n in LENGTHS)
        if not (brief <= 130 and standard <= long <= 800 and (brief >= 80 or standard < 80)):
            wrong.append((one.region, str(one.date), brief, standard, long))
    assert not wrong


# -- proportion


@pytest.mark.parametrize("name", ALL)
def test_a_brief_gives_a_reason_where_one_was_sent(name: str) -> None:
    if reasons(written(name, "standard")):
        assert reasons(written(name, "brief"))


@pytest.mark.parametrize("name", ALL)
def test_a_brief_is_lede_and_scores_in_whole_sentences(name: str) -> None:
    article = written(name, "brief")
    assert article.blocks[0].section == "lede" and not [b for b in article.blocks if b.kind == "subhead"]
    assert all(s.text.endswith((".", "”", "?")) for block in article.blocks for s in block.sentences)
    assert article.headline.text == written(name, "standard").headline.text


@pytest.mark.parametrize("name", ALL)
def test_a_long_one_tells_what_the_standard_one_tells(name: str) -> None:
    standard, long = written(name, "standard"), written(name, "long")
    assert refs(standard) <= refs(long)
    missing = {fact for fact in facts(standard) - facts(long) if isinstance(fact, str)}
    # A move whose percent the lede has printed may be told by its points and level; and beside a level
    # "in morning trade" goes without saying.
    assert not {fact for fact in missing if not re.fullmatch(r"/markets/\d+/change_pct|/phase", fact)}, missing
    assert reasons(standard) <= reasons(long)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("name", ALL)
def test_no_sentence_and_no_figure_is_told_twice(name: str, length: str) -> None:
    article = written(name, length)
    texts = Counter(s.text for block in article.blocks for s in block.sentences)
    assert max(texts.values()) == 1, texts.most_common(1)
    # Within a section a figure of a market or a stock, a span or an event's detail stands once.
    told: Counter[tuple[str, str, str]] = Counter()
    for block in article.blocks:
        if block.kind != "paragraph":
            continue
        for sentence in block.sentences:
            for token in sentence.tokens:
                told.update((block.section, str(fact), token.text) for fact in token.facts if figure(str(fact), token))
    assert not [each for each, count in told.items() if count > 1]


def figure(fact: str, token: Any) -> bool:
    of_move = fact.startswith(("/markets/", "/stocks/")) and fact.endswith(
        ("/change_pct", "/change", "/level", "/price")
    )
    return (of_move or "span." in fact) and bool(re.search(r"\d", token.text))


# -- what a length holds stands in the rules


def edited(folder: Path, old: str, new: str) -> Any:
    copy_of = shutil.copytree(RULES, folder / "rules")
    file = copy_of / "plans" / "layouts.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return load(copy_of)


def test_an_editor_sets_the_words_and_what_stays(tmp_path: Path) -> None:
    read = read_ungated(sent("asia-2025-11-12-morning"), wrapgen.load_rules().reference)
    short = wrapgen.write(read, length="brief", rules=edited(tmp_path / "a", "words: 80 to 130", "words: 40 to 70"))
    assert 40 <= words_of(short.blocks) <= 70
    keep = "keep: [scores 3, movers 2, backdrop 1,"
    other = wrapgen.write(read, length="brief", rules=edited(tmp_path / "b", keep, "keep: [backdrop, scores 1,"))
    assert "Nvidia Corporation" in other.render("text")
    assert "Nvidia Corporation" not in wrapgen.write(read, length="brief").render("text")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("words: 80 to 130", "words: 80-130", "80 to 130"),
        ("keep: [scores 3,", "keep: [score 3,", 'did you mean "scores"'),
        ("keep: [scores 3,", "keep: [scores three,", "is a number"),
        ("    - {length: standard, places: 3, stocks: 8}\n", "", "standard"),
    ],
)
def test_a_faulty_length_is_pointed_out(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(RuleError, match=said) as refused:
        edited(tmp_path, old, new)
    assert all(p.file == "plans/layouts.yaml" and p.line for p in refused.value.problems)


# -- the longer view


def spans_day(**keys: Any) -> dict[str, Any]:
    """November closes of two indices: a month that began at 100, a session before that ended at 103."""
    dates = ["2025-10-30", "2025-10-31", "2025-11-03", "2025-11-04", "2025-11-05", "2025-11-06"]
    rising = {"dates": dates, "closes": [99.0, 100.0, 101.0, 102.0, 101.0, 103.02]}
    falling = {"dates": dates, "closes": [99.0, 100.0, 99.0, 98.0, 99.0, 97.02]}
    markets = {
        "DAX": {"change_pct": 1.0, "level": 104.05},
        "CAC": {"change_pct": -1.0, "level": 96.05},
        "UKX": {"change_pct": 0.5},
    }
    return day(markets, region="europe", as_of="2025-11-07", history={"DAX": rising, "CAC": falling}, **keys)


def test_the_session_before_and_the_month_come_from_the_closes() -> None:
    read = read_ungated(spans_day(), wrapgen.load_rules().reference)
    text = wrapgen.write(read, length="long").render("text")
    assert "A session earlier, the DAX had gained 2%, while the CAC 40 had fallen 2%." in text
    assert "For the month so far, the DAX was up 4.1%, while the CAC 40 was down 4%." in text
    assert "year" not in text, "the closes do not reach back to it"
    assert "month" not in wrapgen.write(read).render("text")


@pytest.mark.parametrize(
    "hole",
    [
        {"dates": ["2025-11-03", "2025-11-04", "2025-11-05", "2025-11-06"], "closes": [101.0, 102.0, 101.0, 103.02]},
        {"dates": ["2025-10-15", "2025-11-04", "2025-11-05", "2025-11-06"], "closes": [100.0, 102.0, 101.0, 103.02]},
    ],
)
def test_no_month_where_the_close_before_it_was_not_sent(hole: dict[str, Any]) -> None:
    made = spans_day()
    made["history"] = {"DAX": hole}
    text = wrapgen.write(read_ungated(made, wrapgen.load_rules().reference), length="long").render("text")
    assert "month" not in text and "A session earlier, the DAX had gained 2%." in text
