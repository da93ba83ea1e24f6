"""What a section opens with, and what its subhead names."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import wrapgen
from tests.cases.library import CASES, ROOT, VARIANTS, article, day, event, sent, stock, write
from wrapgen.article import Article
from wrapgen.text import Block


def sections(article: Article) -> list[list[Block]]:
    """Each subhead with the paragraphs under it."""
    found: list[list[Block]] = []
    for block in article.blocks:
        if block.kind == "subhead":
            found.append([block])
        elif found and found[-1][0].section == block.section:
            found[-1].append(block)
    return found


def body(article: Article) -> str:
    return " ".join(block.text for block in article.blocks)


# Days whose lede names the index of a section with its percent.
TOLD = ("cnbc-2024-09-30-asia", "dj-2018-09-13-asia", "irishtimes-2011-07-18-europe")
PERCENT = re.compile(r"\d+(?:\.\d+)?%")


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", TOLD)
def test_a_section_does_not_open_with_the_figure_of_the_lede(name: str, variant: int) -> None:
    made = article(name, variant)
    known = set(PERCENT.findall(made.blocks[0].text))
    opened = [paragraphs[0].sentences[0].text for _, *paragraphs in sections(made)]
    assert known and opened and not any(known & set(PERCENT.findall(text)) for text in opened), opened


def test_it_opens_with_the_index_where_the_lede_has_told_of_its_place() -> None:
    """A move of 1% is told of the index, and so not of its place before."""
    made = article("asia-2025-11-12-morning", 2)
    assert "led by Hong Kong" in made.blocks[0].text and "1%" not in made.blocks[0].text
    assert "1%" in sections(made)[0][1].sentences[0].text


def test_a_large_move_of_a_place_stands_in_the_lede_alone() -> None:
    markets = {"KS11": -4.1, "N225": -1.2, "TWII": -1.4, "AS51": -0.4, "HSI": -1.3, "STI": -0.5}
    firms = [stock(n, "XKRX", market="KS11", change_pct=-5.0 - int(n)) for n in ("1", "2")]
    for variant in VARIANTS:
        text = body(write(day(markets, stocks=firms), variant=variant).article)
        assert text.count("4.1%") == 1, text


def test_it_opens_with_the_level_where_that_is_new() -> None:
    opened = [b.text for v in VARIANTS for b in article("ap-2026-02-11-global", v).blocks if "24,872.61" in b.text]
    assert len(opened) == len(VARIANTS) and not any("0.5% to 24,872.61" in text for text in opened), opened


def test_a_house_that_prints_scores_in_full_prints_them_in_full_again() -> None:
    texts = [body(article("ap-2026-02-11-global", variant, style="agency")) for variant in VARIANTS]
    assert all(re.search(r"0\.5%,? to 24,872\.61", text) for text in texts), texts


def test_a_sentence_that_carries_nothing_new_is_left_out_and_its_subhead_is_not() -> None:
    """The lede has told that Hong Kong fell, how far and why: the section opens with its stocks."""
    found = [
        paragraphs[0].sentences[0].text
        for subhead, *paragraphs in sections(article("mw-2019-08-05-asia"))
        if subhead.section == "story.HK"
    ]
    assert [text.split(" (")[0] for text in found] == ["HSBC Holdings"]


def sector_day(**rest: Any) -> dict[str, Any]:
    sectors = [
        {"name": name, "direction": "up", "market": "SPX"} for name in ("technology", "health care", "energy", "banks")
    ]
    return day({"SPX": {"change_pct": 0.8, "level": 6000.0}}, "us", sectors=sectors, **rest)


def test_a_subhead_names_no_sector_but_those_of_its_section() -> None:
    firms = [
        stock("CRM", "XNAS", market="SPX", change_pct=6.0, sector="technology"),
        stock("MRK", "XNYS", market="SPX", change_pct=2.0),
    ]
    (section, *_) = sections(write(sector_day(stocks=firms)).article)
    told = " ".join(block.text for block in section[1:])
    assert "Technology" in section[0].text and "Health" not in section[0].text, section[0].text
    assert "Company CRM" in told and told.index("Company CRM") < told.lower().index("banks")


def test_under_a_subhead_nothing_comes_in_addition() -> None:
    sectors = [
        {"name": "utilities", "direction": "down", "market": "SENSEX"},
        *({"name": name, "direction": "up", "market": "SENSEX"} for name in ("metals", "banks", "autos", "realty")),
    ]
    firms = [
        stock("ITC", "XNSE", market="SENSEX", change_pct=2.0),
        stock("NTPC", "XNSE", market="SENSEX", change_pct=-2.0),
    ]
    made_up = day({"SENSEX": {"change_pct": -0.4, "level": 80000.0}}, "in", sectors=sectors, stocks=firms)
    for variant in VARIANTS:
        for _, first, *_ in sections(write(made_up, variant=variant).article):
            assert " also " not in first.sentences[0].text


@pytest.mark.parametrize("name", CASES)
def test_subheads_of_the_cases_name_sectors_that_their_sections_tell(name: str) -> None:
    made = article(name)
    listed = {s["name"].lower() for s in sent(name).get("sectors", ())}
    stocks = sent(name).get("stocks", ())
    for subhead, *paragraphs in sections(made):
        told = " ".join(p.text for p in paragraphs).lower().replace("’", "'")
        firms = {s.get("sector", "").lower() for s in stocks if (s.get("short_name") or s["name"]).lower() in told}
        named = {s for s in listed if s in subhead.text.lower()}
        assert all(s in told or s in firms for s in named), (subhead.text, named)


def test_stubs_of_two_sections_stand_in_one_paragraph_without_a_subhead() -> None:
    """The second section's line on sectors was carried by the score, and with it went the need for a subhead."""
    sent = json.loads((ROOT / "rules" / "days" / "cn-stimulus-doubts.json").read_text(encoding="utf-8"))
    blocks = write(sent).article.blocks
    assert not any(block.kind == "subhead" for block in blocks)
    assert any("Luzhou" in block.text and "Yangtze" in block.text for block in blocks), [b.text for b in blocks]


def test_two_stocks_with_the_same_news_share_a_sentence() -> None:
    """It is told of the first in the sender's words, with each event's origin and the house's apostrophe."""
    made = article("ap-2017-10-24-us")
    (found,) = [s for block in made.blocks for s in block.sentences if "quarterly report" in s.text]
    assert found.text == "General Motors released its quarterly report, as did McDonald’s."
    assert {"/events/3", "/events/4"} <= {str(fact) for fact in found.facts}
    assert not any("/events/3" in warning for warning in made.warnings)


def test_a_subhead_gives_no_reason_that_is_still_to_come() -> None:
    decision = event("boj", status="scheduled", clause="the bank decides", noun_phrase="the bank's decision")
    firms = [
        stock("0001", change_pct=2.4, because=["boj"]),
        stock("0002", change_pct=1.1),
    ]
    for variant in VARIANTS:
        made = write(day({"N225": 1.4}, "jp", stocks=firms, events=[decision]), variant=variant).article
        assert not any("After" in block.text for block in made.blocks if block.kind == "subhead")


def test_behind_sectors_that_went_another_way_the_fall_needs_its_index() -> None:
    news = event("cut", polarity="positive", clause="rates were cut", noun_phrase="a cut in rates")
    moves = {"N225": 4.5, "KS11": {"change_pct": -3.3, "because": ["cut"]}, "AS51": -3.9, "TWII": 4.1}
    chips = [{"name": "technology", "direction": "up", "market": "KS11"}]
    made = write(day(moves, sectors=chips, events=[news])).article
    assert "KOSPI’s fall came" in body(made) or "KOSPI’s decline came" in body(made), body(made)


def test_a_sector_that_fell_with_its_own_index_bucks_no_trend() -> None:
    cut = event("cut", status="continuing", polarity="neutral", clause="talks went on", noun_phrase="talks on chips")
    moves = {"N225": 1.8, "TOPX": {"change_pct": -0.2, "because": ["cut"]}}
    sectors = [
        {"name": "technology", "direction": "down", "market": "TOPX", "because": ["cut"]},
        {"name": "energy", "direction": "up", "market": "N225"},
    ]
    firms = [stock("0001", change_pct=3.8), stock("0002", change_pct=1.1)]
    for variant in VARIANTS:
        text = body(write(day(moves, "jp", sectors=sectors, stocks=firms, events=[cut]), variant=variant).article)
        assert "buck" not in text.lower(), text


def test_a_headline_is_ahead_of_one_thing() -> None:
    exports = event("e1", status="scheduled", polarity="neutral", noun_phrase="a rise in exports", importance=4)
    chips = event("e2", status="scheduled", noun_phrase="lower forecasts of two chipmakers", importance=2)
    moves = {"N225": {"direction": "up", "pattern": "reversal"}, "UKX": {"direction": "up", "because": ["e1", "e2"]}}
    for variant in VARIANTS:
        snapshot = day(moves, "global", events=[exports, chips])
        headline = write(snapshot, variant=variant, check=False).article.headline.text
        assert headline.count("Ahead of") < 2, headline


def test_a_further_reason_away_from_its_market_names_it() -> None:
    """Behind "S&P 500 futures were flat", what *also weighed* would have weighed on those."""
    talks = event("e1", status="continuing", polarity="negative", clause="talks went on", noun_phrase="talks")
    cuts = event("e2", status="continuing", polarity="negative", clause="firms cut jobs", noun_phrase="cuts in jobs")
    moves = {
        "HSI": {"direction": "flat_to_lower"},
        "STI": {"change_pct": 1.1, "because": ["e1", "e2"]},
        "SSEC": {"change_pct": -4.5, "because": ["e2", "e1"]},
        "ES_F": {"change_pct": 0.0, "role": "context"},
    }
    for variant in VARIANTS:
        text = write(day(moves, events=[talks, cuts]), variant=variant, check=False).article.render("text")
        told = text[text.index("futures") :]
        assert "also weighed" not in told and "added to the pressure" not in told, text


def test_what_pared_its_losses_too_is_off_its_low_whichever_way_it_ended() -> None:
    moves = {"KS11": {"change_pct": -2.8, "path": "pared_losses"}, "SSEC": {"change_pct": 2.6, "path": "pared_losses"}}
    talks = event(status="continuing", polarity="neutral", clause="talks went on", noun_phrase="talks on tariffs")
    energy = {"market": "SSEC", "name": "energy", "direction": "up", "because": ["news"]}
    firm = stock("0001", "XKRX", market="KS11", change_pct=4.3)
    sent = day(moves, sectors=[energy], stocks=[firm], events=[talks])
    told = [body(write(sent, variant=variant, check=False).article) for variant in VARIANTS]
    assert any("too, was off its low" in text for text in told)
    assert not any("best level" in text for text in told)


def test_the_stub_of_a_stock_stands_behind_its_index() -> None:
    """Where both are short: *The IPC put on 762.44 points. Autopartes Monterrey rallied 5.6%.*"""
    sent = json.loads((ROOT / "rules" / "days" / "mx-tariff-relief.json").read_text(encoding="utf-8"))
    blocks = [block.text for block in write(sent).article.blocks if "Autopartes Monterrey (" in block.text]
    assert len(blocks) == 1 and blocks[0].startswith("The IPC "), blocks


def test_behind_several_indices_a_stock_has_a_paragraph_of_its_own() -> None:
    blocks = [block.text for block in article("reuters-2020-07-07-us").blocks if "(NASDAQ:AMZN)" in block.text]
    assert len(blocks) == 1 and blocks[0].startswith("Amazon "), blocks


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_bare_rank_is_no_sentence_behind_a_lede_with_the_figure(variant: int) -> None:
    """Not *The Nikkei was the region's weakest performer.* and no more."""
    made = write(sent("investing-2020-02-25-asia"), variant=variant).article
    assert "3.3%" in made.blocks[0].text
    bare = re.compile(r"(?:fared worst in the region|led the region’s losses|region’s weakest performer)\.$")
    assert not [block.text for block in made.blocks if bare.search(block.text)]


DAYS = sorted((ROOT / "rules" / "days").glob("*.json"))


def test_no_subhead_tells_an_event_that_the_headline_tells() -> None:
    told = 0
    for path in DAYS:
        made = write(json.loads(path.read_text("utf-8"))).article
        heads = [block.sentences[0] for block in made.blocks if block.kind == "subhead"]
        first, *rest = [
            {fact for token in head.tokens for fact in token.facts if str(fact).startswith("/events")}
            for head in (made.headline, *heads)
        ]
        assert not [facts for facts in rest if facts & first], path.stem
        told += bool(first)
    assert told > 10


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_subhead_does_not_have_the_verb_that_follows_it(variant: int) -> None:
    sent = json.loads((ROOT / "rules" / "days" / "vn-upgrade-rally.json").read_text("utf-8"))
    head, paragraph = sections(write(sent, variant=variant).article)[0]
    lemma_of = wrapgen.load_rules().lexicon.lemma_of
    verbs = [{lemma_of(word) for word in text.lower().split()} for text in (head.text, paragraph.sentences[0].text)]
    above, below = ({read[0] for read in found if read is not None} for found in verbs)
    assert above and below and not above & below, (head.text, paragraph.sentences[0].text)


def test_a_stub_about_stocks_does_not_stand_alone_behind_the_indices() -> None:
    joined = 0
    for path in DAYS:
        blocks = write(json.loads(path.read_text("utf-8"))).article.blocks
        for last, part in zip(blocks, blocks[1:], strict=False):
            if last.section == "scores" and part.section in ("story", "second") and part.kind == "paragraph":
                assert len(part.sentences) > 1 or len(part.text.split()) >= 15 or len(last.sentences) > 3, part.text
        joined += any(
            b.section == "scores" and re.search(r" \([A-Z]+:[A-Z0-9]+\) ", b.text) is not None for b in blocks
        )
    assert joined > 5


@pytest.mark.parametrize("sister", [-2.1, None])
def test_an_index_is_the_only_faller_where_no_other_of_its_place_fell(sister: float | None) -> None:
    markets = {"N225": -2.4, "HSI": 0.9, "KS11": 0.8, "AS51": 0.7, "STI": 0.6}
    markets |= {"TOPX": sister} if sister is not None else {}
    sectors = [{"market": "N225", "name": name, "direction": "down"} for name in ("auto", "bank")]
    found = [body(write(day(markets, sectors=sectors), variant=variant).article) for variant in VARIANTS]
    assert any("only faller" in text for text in found) == (sister is None), found
