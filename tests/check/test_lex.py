from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wrapgen.check.lex import figure, tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The S&P 500 rose 1.2%.", ["the", "s&p", "500", "rose", "1.2%", "."]),
        ("Japan’s Nikkei, up 408.5 points", ["japan", "'s", "nikkei", ",", "up", "408.5", "points"]),
        ("to 5,108, weighed down", ["to", "5,108", ",", "weighed", "down"]),
        ("U.S. stocks and US futures", ["u.s.", "stocks", "and", "u.s.", "futures"]),
        ("HK$398 billion, €2.5 and $67.25", ["hk$398", "billion", ",", "€2.5", "and", "$67.25"]),
        ("a better-than-expected 10th day", ["a", "better", "-", "than", "-", "expected", "10th", "day"]),
        ("(HK:6618)", ["(", "hk", ":", "6618", ")"]),
        ("S&P/ASX 200", ["s&p/asx", "200"]),
        ("BT.A and JD.com", ["bt.a", "and", "jd.com"]),
        ("31.2m shares worth $5.8bn", ["31.2", "million", "shares", "worth", "$5.8", "billion"]),
        (
            "300bn yen, a 5m rise; m and bn",
            ["300", "billion", "yen", ",", "a", "5", "million", "rise", ";", "m", "and", "bn"],
        ),
        ("since Oct. 2, Sept. 30.", ["since", "october", "2", ",", "september", "30", "."]),
        ("its YU7 model", ["its", "yu7", "model"]),
    ],
)
def test_words_figures_and_marks(text: str, words: list[str]) -> None:
    assert tokenise(text).words == words


@given(st.text())
def test_tokens_stand_where_they_say_and_leave_out_only_space(text: str) -> None:
    tokens = tokenise(text)
    assert len(tokens.words) == len(tokens.starts) == len(tokens.sizes)
    spans = [(start, tokens.end(n)) for n, start in enumerate(tokens.starts)]
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    covered = {n for start, end in spans for n in range(start, end)}
    assert all(text[n].isspace() for n in range(len(text)) if n not in covered)


@pytest.mark.parametrize(
    ("word", "value", "decimals", "currency", "percent"),
    [
        ("1.20%", 1.2, 2, "", True),
        ("7,280.73", 7280.73, 2, "", False),
        ("hk$398", 398.0, 0, "HK$", False),
        ("$5.8", 5.8, 1, "$", False),
    ],
)
def test_a_figure_knows_its_decimals_and_signs(
    word: str, value: float, decimals: int, currency: str, percent: bool
) -> None:
    found = figure(word)
    assert found is not None
    assert (found.value, found.decimals, found.currency, found.percent) == (value, decimals, currency, percent)


@pytest.mark.parametrize("word", ["rose", "u.s.", "10th", "yu7", ",", "%"])
def test_a_word_is_no_figure(word: str) -> None:
    assert figure(word) is None
