# ruff: noqa: E501 (one fact a line)
"""The reference day: what its article must carry, in every wording, and in which order."""

from __future__ import annotations

import copy
import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import wrapgen
from tests.cases.library import CONTRACT_SEED, SHARED, VARIANTS, article, book, sent

# Where an article may put something: all of it, its headline and lede, or one of its sections.
HEAD, LEDE, BODY, ALL = "head", "lede", "body", "all"

# How a rise and a fall may be said, as pieces of a regular expression.
UP = (
    r"(?:rose|rising|gain\w*|add\w*|put(?:ting)? on|climb\w*|advanc\w*|rall\w+|jump\w*|surg\w*|soar\w*|firm\w*|strength"
    r"|(?:tick|edg|inch)\w* (?:up|higher)|up|higher)"
)
DOWN = (
    r"(?:fell|falling|fall|los[ts]\w*|losing|shed\w*|drop\w*|slip\w*|slid\w*|declin\w*|eas\w+|dip\w*|retreat\w*|sank"
    r"|sinking|slump\w*|tumbl\w*|plung\w*|plummet\w*|(?:tick|edg|inch)\w* (?:down|lower)|down|lower|lagg\w*|weak\w*"
    r"|buck\w*)"
)

# What the article says, one fact each: where, and the words that show it.
FACTS: tuple[tuple[str, str, str], ...] = (
    ("most Asian stocks rose on Wednesday", LEDE, rf"(?:Asian (?:stock|share|equit|market)|(?:stock|market)[\w ]* in Asia\b).*\b{UP}.* on Wednesday|Wednesday, .*Asia.*\b{UP}"),
    ("Hong Kong technology led", LEDE, r"Hong Kong.*technology"),
    ("SoftBank held the Nikkei back", LEDE, r"(?:Nikkei|Japan).*SoftBank|SoftBank.*(?:Nikkei|Japan)"),
    ("after it sold its whole Nvidia stake", LEDE, r"(?:entire|whole|all of)\b.*\bNvidia|Nvidia.*\b(?:entire|whole)\b"),
    ("the headline has both stories", HEAD, r"Asia.*Hong Kong.*SoftBank"),
    ("Wall Street rebounded", BODY, r"rebound\w* (?:on Wall Street|overnight)|Wall Street (?:had )?rebounded"),
    ("cyclical and economically sensitive shares rose there", BODY, rf"cyclical and economically sensitive shares {UP}"),
    ("on optimism about the shutdown", BODY, r"optimism.*U\.S\. government shutdown could end this week"),
    ("technology lagged there", BODY, rf"[Tt]echnology shares {DOWN}"),
    ("Nvidia fell 2.9%", BODY, rf"Nvidia Corporation \(NASDAQ:NVDA\) {DOWN}[^.]* 2\.9%"),
    ("S&P 500 futures", BODY, rf"S&P 500 futures {UP} 0\.2%"),
    ("before the vote", BODY, r"0\.2%[^.]*vote[^.]*Congress[^.]*reopen the government"),
    ("the Hang Seng rose 1% in morning trade", BODY, rf"Hang Seng[^.]*\b{UP} 1%[^.]*in morning trade"),
    ("ahead of its peers", ALL, r"Hang Seng[^.]*(?:outpac|outperform|did better than most of its|set(?:ting)? the pace|best performer|ahead of|led)|led by[^.]*Hong Kong"),
    ("technology and health technology shares rose", BODY, r"technology and health technology shares"),
    ("JD Health", BODY, rf"JD Health International \(HK:6618\)[^.]* {UP} 5\.8%"),
    ("Alibaba Health", BODY, rf"Alibaba Health Information Technology \(HK:0241\)[^.]* {UP} 3\.6%"),
    ("Xiaomi", BODY, rf"Xiaomi Corp \(HK:1810\)[^.]* {UP} 3\.8%"),
    ("it outsold Tesla", BODY, r"China Passenger Car Association[^.]*YU7[^.]*Tesla[^.]*Model Y"),
    ("in October, for the first time", BODY, r"October for the first time|first time in October"),
    ("Xiaomi's electric vehicles", BODY, r"Xiaomi[^.]*\b48,654 electric vehicles"),
    ("of them YU7", BODY, r"33,662[^.]*YU7"),
    ("Tesla's vehicles", BODY, r"Tesla[^.]*\b26,006\b"),
    ("highest in over a month", BODY, r"Hang Seng[^.]*highest level in (?:more than|over) a month"),
    ("near the early-October peak", BODY, r"early-October peak|peak of early October"),
    ("the mainland was flat to lower", BODY, r"Shanghai Composite and the CSI 300[^.]*flat to lower"),
    ("on rare-earth reports", BODY, r"reports that Beijing may restrict rare earth exports to the U\.S\. military"),
    ("the Nikkei was flat", BODY, r"Nikkei(?: 225)? (?:was|remained|held|stayed) (?:flat|little changed|steady)"),
    ("as SoftBank fell 10%", BODY, rf"SoftBank Group Corp\. \(TYO:9984\)[^.]* {DOWN} 10%|10% \w+ in SoftBank Group Corp\. \(TYO:9984\)"),
    ("which offset gains elsewhere", BODY, r"offset(?:ting)? gains elsewhere|gains elsewhere offset"),
    ("31.2 million shares", BODY, r"31\.2 million shares"),
    ("$5.8 billion", BODY, r"\$5\.8 billion"),
    ("sold in October", BODY, r"SoftBank confirmed[\s\S]*\bin October"),
    ("a strong fiscal Q2", BODY, r"strong fiscal Q2"),
    ("overshadowed", BODY, r"overshadowed|eclipsed"),
    ("AI returns", BODY, r"robust returns on its AI investments"),
    ("Sony rose 3%", BODY, rf"Sony Corp \(TYO:6758\) {UP} 3%"),
    ("on results", BODY, r"Sony[^.]*\(TYO:6758\)[^.]*(?:beat|better-than-expected|topped|exceeded)"),
    ("and a raised forecast", BODY, r"raised its full-year forecast|full-year forecast was raised"),
    ("Topix", BODY, rf"TOPIX[^.]* {UP} 1%[^.]*cyclical"),
    ("Kospi", BODY, rf"KOSPI[^.]* {UP} 0\.8%[^.]*cyclical[^.]*semiconductor"),
    ("ASX 200", BODY, rf"ASX 200[^.]* {UP} 0\.2%"),
    ("Straits Times", BODY, rf"Straits Times Index[^.]* {UP} 0\.3%"),
    ("Nifty futures", BODY, rf"Nifty 50 futures[^.]* {DOWN} 0\.2%"),
    ("after three sessions of gains", BODY, r"Nifty 50 futures[^.]*\bthree(?: straight)?(?: |-)session"),
    ("profit-taking", BODY, r"mild profit-taking"),
)  # fmt: skip

# A market or a company of each section, in the reference article's order.
ORDER = ("Wall Street", "S&P 500 futures", "Hang Seng", "Shanghai Composite", "SoftBank Group Corp.", "TOPIX",
         "KOSPI", "ASX 200", "Straits Times", "Nifty 50 futures")  # fmt: skip


def text_of(variant: int, where: str) -> str:
    written = article(CONTRACT_SEED, variant)
    if where == HEAD:
        return written.headline.text
    if where == LEDE:
        return written.blocks[0].text
    if where == ALL:
        return written.render("text")
    return "\n".join(b.text for b in written.blocks[1:] if b.kind == "paragraph")


@pytest.mark.parametrize(("where", "pattern"), [f[1:] for f in FACTS], ids=[f[0] for f in FACTS])
def test_carries(where: str, pattern: str) -> None:
    for variant in VARIANTS:
        text = text_of(variant, where)
        assert re.search(pattern.replace("[^.]*", r"(?:[^.]|\.(?!\s))*"), text), f"variant {variant}: {text}"


@pytest.mark.parametrize("variant", VARIANTS)
def test_in_the_reference_order(variant: int) -> None:
    text = text_of(variant, BODY)
    places = [text.find(name) for name in ORDER]
    assert -1 not in places and places == sorted(places), dict(zip(ORDER, places, strict=True))


@pytest.mark.parametrize("variant", VARIANTS)
def test_at_the_reference_length(variant: int) -> None:
    assert 330 <= len(article(CONTRACT_SEED, variant).render("text").split()) <= 450


@pytest.mark.parametrize("variant", VARIANTS)
def test_under_two_subheads(variant: int) -> None:
    """One for each story: what moved, and what moved it."""
    subheads = [b for b in article(CONTRACT_SEED, variant).blocks if b.kind == "subhead"]
    assert [b.section for b in subheads] == ["story.HK", "story.JP"]
    assert "Hong Kong" in subheads[0].text and "Technology" in subheads[0].text
    assert "SoftBank" in subheads[1].text


def test_names_the_two_stories() -> None:
    written = article(CONTRACT_SEED).to_dict()
    assert (written["angle"]["name"], written["angle"]["subjects"]["leader"]) == ("led_by_market", "HSI")
    assert written["counterpoint"]["name"] == "held_back_by_stock"
    assert written["counterpoint"]["subjects"]["stock"] == "XTKS:9984"


def test_the_seed_is_the_contracts() -> None:
    theirs = SHARED / "contract" / "seed-2025-11-12-asia-morning.json"
    if not theirs.exists():
        pytest.skip("no ../shared beside the checkout")
    assert sent(CONTRACT_SEED) == json.loads(theirs.read_text(encoding="utf-8"))


# -- the same day from prices

TODAY = "2025-11-12"


def _closes(path: Path) -> dict[str, float]:
    """The closes of a price file by date, up to the reference day."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines) if re.match(r"\d{4}-\d\d-\d\d", row[0]) and row[1]]
    return {row[0][:10]: float(row[1]) for row in rows if row[0][:10] <= TODAY}


def _day(**hang_seng: Any) -> dict[str, Any]:
    """The reference day with histories in place of the stated milestone and run; the future's is invented."""
    prices = SHARED / "data" / "prices-2025-26" / "^HSI.csv"
    if not prices.exists():
        pytest.skip("no ../shared/data beside the checkout")
    day = copy.deepcopy(sent(CONTRACT_SEED))
    for market in day["markets"]:
        if market["id"] == "HSI":
            del market["milestone"]
            market.update(hang_seng)
        if market["id"] == "NIFTY_F":
            del market["streak"]
    closes = _closes(prices)
    before = [date for date in closes if date < TODAY]
    sessions = ["2025-11-05", "2025-11-06", "2025-11-07", "2025-11-10", "2025-11-11"]
    day["history"] = {
        "HSI": {"dates": before, "closes": [closes[date] for date in before]},
        "NIFTY_F": {"dates": sessions, "closes": [1000.0, 990.0, 994.0, 999.0, 1003.0]},
    }
    return day


def _closing_day() -> dict[str, Any]:
    """The same with the level that the index had at the end of the day."""
    path = SHARED / "data" / "prices-2025-26" / "^HSI.csv"
    if not path.exists():
        pytest.skip("no ../shared/data beside the checkout")
    closes = list(_closes(path).values())
    return _day(level=round(closes[-1], 2), change_pct=round((closes[-1] / closes[-2] - 1) * 100, 2))


DAYS = [
    pytest.param(_closing_day, id="level sent"),
    pytest.param(_day, id="percent only"),
]


@pytest.mark.parametrize("make", DAYS)
def test_milestone_is_derived_from_prices(make: Callable[[], dict[str, Any]]) -> None:
    (milestone,) = [m for m in book(make()).markets["HSI"].milestones if m.type == "highest"]
    assert milestone.derived
    assert str(milestone.since_date) == "2025-10-06"
    assert (milestone.near_what, milestone.near_when) == ("peak", "2025-10-02")
    assert "/history/HSI" in milestone.sources


@pytest.mark.parametrize("make", DAYS)
def test_the_article_tells_the_derived_milestone(make: Callable[[], dict[str, Any]]) -> None:
    snapshot = wrapgen.read_snapshot(make())
    for variant in VARIANTS:
        text = wrapgen.write(snapshot, variant=variant).render("text")
        assert re.search(r"highest level (?:in (?:more than|over) a month|since (?:early )?October)", text), text
        assert "early-October peak" in text


def test_runs_are_derived_from_prices() -> None:
    facts = book(_day()).markets
    rise, ended = facts["HSI"].streak, facts["NIFTY_F"].streak
    assert rise is not None and (rise.direction, rise.sessions, rise.ended, rise.derived) == ("up", 3, False, True)
    assert ended is not None and (ended.direction, ended.sessions, ended.ended, ended.derived) == ("up", 3, True, True)


def test_the_article_tells_the_derived_run() -> None:
    snapshot = wrapgen.read_snapshot(_day())
    for variant in VARIANTS:
        text = wrapgen.write(snapshot, variant=variant).render("text")
        assert re.search(r"Nifty 50 futures [^\n]*0\.2%[^\n]* three(?: straight)?(?: |-)session", text), text
