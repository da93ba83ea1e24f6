"""Every key of a house style changes the copy, and nothing but the copy: what is told stays true."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

import wrapgen
from tests.cases.library import day, event, sent, snapshot, stock
from wrapgen.article import Article
from wrapgen.intake.reading import read_ungated
from wrapgen.wording.style import Style

PACK = wrapgen.load_rules()
PLAIN = Style("own", "for a test", levels="never", points="never", tickers=False)

EUROPE = day(
    {
        "DAX": {"change_pct": 1.2, "change": 285.31, "level": 24061.21, "because": ["deal"]},
        "CAC": {"change_pct": 0.84, "change": 66.3, "level": 7959.1},
        "UKX": {"change_pct": -0.4, "change": -40.2, "level": 10002.75,
                "milestone": {"type": "lowest", "since": "2025-10-02"}},
        "IBEX": {"change_pct": 0.62, "change": 99.1, "level": 16083.5,
                 "streak": {"direction": "up", "sessions": 5, "status": "extends"}},
        "SMI": {"change_pct": 3.46, "change": 440.0, "level": 13140.0},
        "BRENT": {"change_pct": 1.1, "level": 69.09, "role": "context"},
    },
    region="europe",
    stocks=[
        stock("SAP", "XETR", name="Sapper Systems AG", short_name="Sapper", market="DAX", change_pct=5.26,
              because=["order"], effect="lift"),
        stock("BARR", "XLON", name="Barrow Bank PLC", short_name="Barrow", market="UKX", change_pct=-14.0,
              because=["loss"]),
    ],
    events=[
        event("deal", type="trade", clause="the US and the UK signed a 25 percent tariff deal on October 2",
              noun_phrase="a 25 percent tariff deal between the US and the UK"),
        event("order", who="XETR:SAP", clause="Sapper won a 3.5 billion euro order from the US",
              noun_phrase="Sapper's 3.5 billion euro order"),
        event("loss", who="XLON:BARR", clause="Barrow's loss widened", noun_phrase="Barrow's wider loss",
              polarity="negative"),
    ],
)  # fmt: skip


def told(own: Style, made: dict[str, Any] | str = "europe", **options: Any) -> Article:
    rules = replace(PACK, styles={**PACK.styles, "own": own})
    data = EUROPE if made == "europe" else sent(made) if isinstance(made, str) else made
    return wrapgen.write(read_ungated(data, PACK.reference), style="own", rules=rules, **options)


def text(own: Style, made: dict[str, Any] | str = "europe", **options: Any) -> str:
    return told(own, made, **options).render("text")


def body(article: Article) -> str:
    """What stands below the lede."""
    return "\n".join(block.text for block in article.blocks[1:] if block.kind == "paragraph")


CANCELED = day(
    {"N225": {"change_pct": 1.0, "because": ["levy"]}, "HSI": 0.4, "KS11": 0.2},
    events=[
        {"id": "levy", "type": "policy", "status": "happened", "who": "Tokyo", "polarity": "positive",
         "action": {"verb": "cancel", "object": "a levy on steel"}},
    ],
)  # fmt: skip
Shows = Callable[[str], object]


def has(pattern: str) -> Shows:
    return lambda said: re.search(pattern, said)


def lacks(pattern: str) -> Shows:
    return lambda said: not re.search(pattern, said)


ASIA = "asia-2025-11-12-morning"
# Of each key a value, what then stands in the article, and with which other value it does not.
CASES: dict[str, tuple[str | dict[str, Any], object, Shows, object]] = {
    "percent": ("europe", "pct", has(r"1\.2pct"), "%"),
    "percent_joined": ("europe", False, has(r"1\.2 %"), True),
    "decimals": ("europe", 2, has(r"0\.84%"), 1),
    "headline_decimals": ("scmp-2013-05-23-asia", 1, has(r"\A[^\n]+ 7\.3%"), 0),
    "magnitudes": (ASIA, "letters", has(r"31\.2m shares worth \$5\.8bn"), "words"),
    "numbers_as_words_below": ("europe", 3, has(r"\b5th\b"), 10),
    "levels": ("europe", "always", has(r"CAC 40 .+ 0\.8% to 7,959\.10"), "never"),
    "points": ("europe", "always", has(r"66\.30 points, or 0\.8%"), "never"),
    "apostrophe": ("europe", "'", has(r"France's"), "’"),
    "us": ("europe", "US", has(r"\bUS\b"), "U.S."),
    "uk": ("europe", "UK", has(r"\bUK\b"), "U.K."),
    "spellings": (CANCELED, (("canceled", "cancelled"),), has("cancelled a levy on steel"), ()),
    "tickers": ("europe", True, has(r"Sapper Systems AG \(ETR:SAP\)"), False),
    "first_name": ("europe", "full", has("Barrow Bank PLC"), "short"),
    "later_name": (ASIA, "full", has(r"\n\nThe Nikkei 225 was"), "short"),
    "the_company": ("us-close-record-tech", False, lacks(r"the company"), True),
    "day_first": ("europe", True, has(r"2 October"), False),
    "short_months": ("europe", True, has(r"Oct\. 2"), False),
    "headline_case": ("europe", "sentence", has(r"\A\S+ stocks "), "title"),
    "first": ("europe", ("GB",), has(r"\A[^\n]+\n\n[^\n]+\n\nBritain’s FTSE 100"), ()),
}


@pytest.mark.parametrize("key", CASES)
def test_a_key_changes_the_copy(key: str) -> None:
    made, value, shows, other = CASES[key]
    article = text(replace(PLAIN, **{key: value}), made)
    assert shows(article), article
    assert not shows(text(replace(PLAIN, **{key: other}), made)), article


# -- the keys that take more than one look


def test_a_house_that_prints_every_score_in_full_prints_each_of_them_so() -> None:
    said = body(told(replace(PLAIN, levels="always", points="always")))
    for score in (
        "285.31 points, or 1.2%, to 24,061.21",
        "66.30 points, or 0.8%, to 7,959.10",
        "40.20 points, or 0.4%, to 10,002.75",
        "99.10 points, or 0.6%, to 16,083.50",
    ):
        assert score in said, said
    assert "points" not in body(told(replace(PLAIN, levels="always")))


@pytest.mark.parametrize("variant", range(4))
def test_points_and_levels_of_indices_never_stand_where_the_house_prints_none(variant: int) -> None:
    for name in ("us-close-record-tech", "jp-close-yen", "investing-2018-11-20-asia"):
        article = told(PLAIN, name, variant=variant)
        printed = {
            fact
            for block in article.blocks
            for sentence in block.sentences
            for token in sentence.tokens
            for fact in token.facts
            if isinstance(fact, str) and fact.endswith(("/change", "/level"))
        }
        markets = snapshot(name).markets
        indices = {f"{m.pointer}/{key}" for m in markets if m.kind == "index" for key in ("change", "level")}
        assert not printed & indices


@pytest.mark.parametrize("most", [1, 2, 3])
def test_paragraphs_have_no_more_sentences_than_the_house_wants(most: int) -> None:
    sizes = [
        len(b.sentences) for b in told(replace(PLAIN, paragraph_sentences=most), ASIA).blocks if b.kind == "paragraph"
    ]
    free = [len(b.sentences) for b in told(PLAIN, ASIA).blocks if b.kind == "paragraph"]
    assert max(sizes) == min(most, max(free)) and sum(sizes) == sum(free)


def test_paragraphs_of_more_than_one_sentence_have_no_more_words_than_the_house_wants() -> None:
    blocks = [b for b in told(replace(PLAIN, paragraph_words=40), ASIA).blocks if b.kind == "paragraph"]
    assert all(len(b.text.split()) <= 40 or len(b.sentences) == 1 for b in blocks)
    assert any(len(b.sentences) > 1 for b in blocks)
    assert any(len(b.text.split()) > 40 for b in told(PLAIN, ASIA).blocks if len(b.sentences) > 1)


def test_a_cut_paragraph_keeps_its_subhead_once_and_is_cut_evenly() -> None:
    free, cut = told(PLAIN, ASIA), told(replace(PLAIN, paragraph_sentences=2), ASIA)
    assert [b.text for b in free.blocks if b.kind == "subhead"] == [b.text for b in cut.blocks if b.kind == "subhead"]
    three = next(b for b in free.blocks if len(b.sentences) == 3)
    parts = [b for b in cut.blocks if set(b.sentences) & set(three.sentences)]
    assert [len(b.sentences) for b in parts] == [2, 1]


@pytest.mark.parametrize("barred", ["plummet", "jump", "ease", "put on"])
def test_a_barred_verb_is_not_used_nor_a_noun_that_is_the_same_word(barred: str) -> None:
    verb, _, particle = barred.partition(" ")
    forms = "|".join({verb, *PACK.lexicon.verbs[verb]})
    pattern = rf"(?i)\b(?:{forms}){' ' + particle if particle else ''}\b"
    days = [EUROPE, "scmp-2013-05-23-asia", ASIA, "us-close-record-tech", "europe-close-banks-drag"]
    said = "\n".join(text(replace(PLAIN, barred_verbs=(barred,)), made, variant=v) for made in days for v in range(4))
    assert not re.search(pattern, said)
    assert re.search(pattern, "\n".join(text(PLAIN, made, variant=v) for made in days for v in range(4)))


def test_a_pattern_with_a_barred_verb_of_its_own_is_not_said() -> None:
    made = day({"HSI": 1.0, "N225": 0.4, "US10Y": {"change": 3.2, "level": 4.127, "role": "context"}})
    assert "note rose 3.2 basis points" in text(PLAIN, made)
    assert "note gained 3.2 basis points" in text(replace(PLAIN, barred_verbs=("rise",)), made)


@pytest.mark.parametrize(("length", "more"), [("brief", 0), ("standard", 1), ("long", 1)])
def test_a_style_has_its_own_length_where_the_caller_gives_none(length: str, more: int) -> None:
    own = told(replace(PLAIN, length=length), ASIA)
    assert own.provenance["length"] == length
    asked = told(PLAIN, ASIA, length=length)
    assert (own.id, own.render("text")) == (asked.id, asked.render("text"))
    given = told(replace(PLAIN, length=length), ASIA, length="standard")
    assert given.provenance["length"] == "standard"
    assert (len(given.render("text")) > len(own.render("text"))) == (not more)


def test_the_index_does_not_stand_for_a_name_where_the_house_wants_names() -> None:
    joined = event(who="N225", clause="the Nikkei 225 was reshuffled", noun_phrase="a review of the Nikkei 225")
    made = day({"N225": {"change_pct": 1.0, "because": ["news"]}, "HSI": 0.4, "KS11": -0.2}, events=[joined])
    free, strict = (text(replace(PLAIN, the_index=may), made) for may in (True, False))
    assert "the index" in free.lower() and "the index" not in strict.lower()


def test_every_key_is_looked_at() -> None:
    looked_at = {
        *CASES, "paragraph_sentences", "paragraph_words", "barred_verbs", "length", "the_index", "name", "says",
        "correction",  # of the desk: tests/preview/test_desk.py
    }  # fmt: skip
    assert {field.name for field in fields(Style)} == looked_at


# -- the styles that ship


@pytest.mark.parametrize(
    ("style", "shows"),
    [
        ("house", r"Sapper Systems AG \(ETR:SAP\)"),
        ("agency", r"40\.20 points, or 0\.4%, to 10,002\.75"),
        ("agency", r"since Oct\. 2"),
        ("mobile", r"\AEuropean stocks (?:jump|rally|climb|advance)"),
        ("british", r"10,002\.75, its lowest level since 2 October"),
        ("british", r"\A[^\n]+\n\n[^\n]+\n\nBritain’s FTSE 100"),
        ("british", r"the US and the UK signed a 25 per cent tariff deal"),
    ],
)
def test_a_style_that_ships(style: str, shows: str) -> None:
    said = wrapgen.write(read_ungated(EUROPE, PACK.reference), style=style).render("text")
    assert re.search(shows, said), said


def test_mobile_is_one_sentence_a_paragraph_and_brief() -> None:
    article = wrapgen.write(snapshot(ASIA), style="mobile")
    assert article.provenance["length"] == "brief"
    assert {len(block.sentences) for block in article.blocks} == {1}
