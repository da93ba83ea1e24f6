"""The linter is silent for our own articles in their own style, and finds each departure that is planted in one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace

import pytest

import wrapgen
from tests.cases.library import FILES, UNUSUAL, sent
from wrapgen.house import KEYS, Departure, lint
from wrapgen.intake.reading import read_ungated
from wrapgen.wording.style import Style

PACK = wrapgen.load_rules()
STYLES = tuple(PACK.styles)
ASIA, EUROPE, US = "asia-2025-11-12-morning", "europe-close-banks-drag", "us-close-record-tech"


def own(name: str, style: str, variant: int = 0, length: str | None = None) -> str:
    """Our article of a day, as text."""
    read = read_ungated(sent(name), PACK.reference)
    return wrapgen.write(read, style=style, variant=variant, length=length, check=False).render("text")


def found(text: str, style: str | Style) -> tuple[Departure, ...]:
    return lint(text, PACK.styles[style] if isinstance(style, str) else style, PACK.lexicon, PACK.reference)


# -- our own articles


@pytest.mark.parametrize("name", [*FILES, *list(UNUSUAL)[::2]])
def test_our_own_articles_have_no_departure(name: str) -> None:
    for style in STYLES:
        for length in ("brief", "standard"):
            text = own(name, style, (len(name) + len(style)) % 4, length)
            assert found(text, style) == (), text


# -- planted


def recased(pattern: str, case: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, lambda found: case(found[0]), text, count=1)


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def within(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, count=1)


def joined(text: str) -> str:
    """The last paragraphs of a text in one."""
    return re.sub(r"(?<=\.)\n\n(?=[^\n]+\.)", " ", text)


# Of each key: the day, the style, what is planted, and the words that must be found.
PLANTED: list[tuple[str, str, str, Callable[[str], str], str]] = [
    ("percent", ASIA, "house", within(r"(\d)%", r"\1 percent"), r"[\d.]+ percent"),
    ("percent", ASIA, "house", within(r"(\d)%", r"\1 %"), r"[\d.]+ %"),
    ("percent", ASIA, "british", within(r"(\d) per cent", r"\1%"), r"[\d.]+%"),
    ("percent", ASIA, "british", within(r"(\d) per cent", r"\1 percent"), r"[\d.]+ percent"),
    ("percent", ASIA, "mobile", within(r"[\d.]+%", "five per cent"), "five per cent"),
    ("decimals", US, "house", swap("eased 0.3%", "eased 0.31%"), "0.31"),
    ("headline_decimals", ASIA, "house", within(r"(\w+) Holds", r"\1 of 10.2% Holds"), "10.2"),
    ("magnitudes", ASIA, "house", swap("$5.8 billion", "$5.8bn"), "5.8bn"),
    ("magnitudes", ASIA, "mobile", swap("$5.8bn", "$5.8 billion"), "5.8 billion"),
    ("numbers_as_words_below", ASIA, "house", swap("three sessions", "3 sessions"), "3"),
    ("numbers_as_words_below", US, "house", swap("fifth straight", "5th straight"), "5th"),
    ("numbers_as_words_below", US, "house", swap("fifth straight", "twelfth straight"), "twelfth"),
    ("numbers_as_words_below", US, "british", swap("fifth straight session", "run of 10 straight sessions"), "10"),
    ("levels", EUROPE, "mobile", within(r"(FTSE 100 \w+) 0\.3%", r"\1 0.3% to 10,186.03"), "10,186.03"),
    ("points", US, "agency", swap("8.98 points, or 0.3%,", "0.3%, or 8.98 points,"), "8.98 points"),
    ("points", EUROPE, "mobile", within(r"(FTSE 100 \w+) 0\.3%", r"\1 31.20 points"), "31.20 points"),
    ("apostrophe", ASIA, "house", swap("’", "'"), "'"),
    ("us", ASIA, "house", swap("U.S.", "US"), "US"),
    ("us", ASIA, "british", swap("US ", "U.S. "), r"U\.S\."),
    ("uk", EUROPE, "house", swap("Britain’s FTSE", "The UK’s FTSE"), "UK"),
    ("uk", EUROPE, "mobile", swap("Britain’s FTSE", "the U.K.’s FTSE"), r"U\.K\."),
    ("spellings", ASIA, "british", swap("sold", "canceled"), "canceled"),
    ("tickers", ASIA, "agency", swap("Xiaomi Corp", "Xiaomi Corp (HK:1810)"), r"\(HK:1810\)"),
    ("tickers", ASIA, "house", swap("Xiaomi sold", "Xiaomi (HK:1810) sold"), r"\(HK:1810\)"),
    ("tickers", ASIA, "house", within(r"SoftBank’s (\w+) Holds", r"SoftBank (TYO:9984) \1 Holds"), r"\(TYO:9984\)"),
    ("first_name", EUROPE, "mobile", swap("STOXX 600", "STOXX Europe 600"), "STOXX Europe 600"),
    ("first_name", EUROPE, "mobile", swap("Tessin Pharma", "Tessin Pharma AG"), "Tessin Pharma AG"),
    ("later_name", ASIA, "house", swap("\n\nThe Nikkei was", "\n\nThe Nikkei 225 was"), "Nikkei 225"),
    ("later_name", ASIA, "house", swap("Xiaomi sold", "Xiaomi Corp sold"), "Xiaomi Corp"),
    ("the_index", ASIA, "mobile", swap("The Nikkei", "The index"), "The index"),
    ("first", EUROPE, "british", swap("Britain’s FTSE 100", "Behind the DAX, the FTSE 100"), "FTSE 100"),
    ("day_first", ASIA, "house", swap("in October", "on 2 October"), "2 October"),
    ("day_first", ASIA, "british", swap("in October", "on October 2"), "October 2"),
    ("short_months", ASIA, "agency", swap("in October", "on October 2"), "October"),
    ("short_months", ASIA, "house", swap("in October", "on Oct. 2"), r"Oct\."),
    ("headline_case", ASIA, "house", recased(r"Stocks \w+ as", str.lower), r"Asian stocks \w+ as .*Japan"),
    ("headline_case", ASIA, "british", recased(r"stocks \w+", str.title), r"Asian Stocks \w+ as .*Japan"),
    ("headline_case", ASIA, "house", recased(r"(?<=SoftBank’s )[A-Z]\w+", str.lower), r"SoftBank’s \w+ Holds .*"),
    ("barred_verbs", ASIA, "agency", within(r"\w+ 10%", "plummeted 10%"), "plummeted"),
    ("barred_verbs", ASIA, "agency", within(r"Stocks \w+ as", "Stocks Soar as"), "Soar"),
    ("paragraph_sentences", EUROPE, "mobile", swap("March.\n\nCredito", "March. Credito"), r"For the FTSE .*5\.4%\."),
    ("paragraph_sentences", ASIA, "agency", joined, r"(?s).*"),
    ("paragraph_words", US, "british", swap("The Dow", f"The {'long ' * 60}Dow"), r"The S&P 500 \w+.*"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "name", "style", "plant", "words"),
    PLANTED,
    ids=[f"{n}-{each[0]}-{each[2]}" for n, each in enumerate(PLANTED)],
)
def test_what_is_planted_is_found_and_nothing_else(
    key: str, name: str, style: str, plant: Callable[[str], str], words: str
) -> None:
    clean = own(name, style, length="standard")
    text = plant(clean)
    assert text != clean, clean
    departures = found(text, style)
    assert departures, text
    assert {departure.key for departure in departures} == {key}
    for departure in departures:
        assert text[departure.start : departure.end] == departure.found
        assert re.fullmatch(words, departure.found), departure
        assert departure.wants


def test_the_company_and_full_names_in_houses_of_our_own() -> None:
    text = "Stocks Rise\n\nThe Nikkei 225 rose.\n\nThe Nikkei fell again. Sony gained after the company reported.\n"
    names = replace(PACK.styles["house"], the_company=False, later_name="full")
    assert [(d.key, d.found, d.wants) for d in found(text, names)] == [
        ("later_name", "Nikkei", "Nikkei 225"),
        ("the_company", "the company", "the name"),
    ]


def test_every_key_has_a_planted_departure() -> None:
    assert {each[0] for each in PLANTED} | {"the_company"} == set(KEYS)


def test_every_key_of_a_style_is_one_of_the_linter_but_for_those_that_no_text_shows() -> None:
    unseen = {"name", "says", "length", "percent_joined", "correction"}
    assert {field.name for field in fields(Style)} - unseen == set(KEYS)


# -- what is none


@pytest.mark.parametrize(
    "sentence",
    [
        "The yield on the 10-year Treasury note rose 3 basis points to 4.127%.",
        "The 2-year yield was at 4%.",
        "The index of leading indicators came in at 49.8.",
        "The S&P 500 and the Nasdaq 100 gained.",
        "Rock ’n’ roll, said ‘Sony’, sold well.",
        "Shares paid in US$ fell in March 2011.",
        "They may 50 years on be right.",
        "A percentage point is no percent.",
    ],
)
@pytest.mark.parametrize("style", ["house", "mobile"])
def test_what_is_no_departure(sentence: str, style: str) -> None:
    assert found(f"Stocks\n\n{sentence}\n", style) == ()


@pytest.mark.parametrize(
    ("paragraph", "count"),
    [
        ("SoftBank Group Corp. fell. Sony rose.", 2),
        ("The Nikkei 225 rose 0.5%. Sony fell 3%. Honda gained 5 yen.", 3),
        ("He cited U.S. data. They were weak.", 2),
        ("It was sold to Acme Inc. The Nikkei fell.", 2),
        ("It rose 0.5% to 1,234.5. Since Oct. 2 it has gained.", 2),
        ("J. P. Smith of the U.S. Treasury spoke.", 1),
        ("“It fell.” Traders left.", 2),
    ],
)
def test_sentences_are_counted_as_an_editor_counts_them(paragraph: str, count: int) -> None:
    style = replace(PACK.styles["house"], short_months=True, the_index=True, paragraph_sentences=count)
    text = f"Stocks\n\n{paragraph}\n"
    assert [d.key for d in found(text, style)] == []
    if count > 1:
        shorter = replace(style, paragraph_sentences=count - 1)
        assert [d.key for d in found(text, shorter)] == ["paragraph_sentences"]


@pytest.mark.parametrize("text", ["", "\n\n", ".", "%", "5", "5 %", "( : )", "’", "\x00", "a" * 10_000, "U.S.", "to 5"])
@pytest.mark.parametrize("style", STYLES)
def test_any_text_is_taken(text: str, style: str) -> None:
    for departure in found(text, style):
        assert text[departure.start : departure.end] == departure.found


def test_lines_are_paragraphs_where_no_blank_line_parts_them() -> None:
    one, two = "Stocks Rise\nSony rose.\nHonda fell.\n", "Stocks Rise\n\nSony rose.\nHonda fell.\n"
    style = replace(PACK.styles["house"], paragraph_sentences=1)
    assert found(one, style) == ()
    assert [d.key for d in found(two, style)] == ["paragraph_sentences"]
