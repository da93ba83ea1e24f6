"""Figures, moves, levels and money as the house prints them."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wrapgen
from tests.cases.library import VARIANTS, book, day, event, stock, write
from wrapgen import engine
from wrapgen.clause import Phrase
from wrapgen.text import Derived
from wrapgen.wording import amounts
from wrapgen.wording.figures import count_words, decimals_sent, exact_money, fixed, magnitude, money, ordinal, rounded
from wrapgen.wording.scene import Scene
from wrapgen.wording.style import Style

HOUSE = Style("house", "")
CURRENCIES = wrapgen.load_rules().reference.currencies


def scene(sent: dict[str, Any] | None = None, style: str = "house", variant: int = 0) -> Scene:
    rules = wrapgen.load_rules()
    facts = book(sent or day({"N225": 1.0}, "jp"))
    length = engine._plan_rule(rules, facts).lengths["standard"]
    return engine._scene(facts, rules, rules.styles[style], variant, length)


def text(phrase: Phrase | None) -> str | None:
    return "".join(token.text for token in phrase.tokens) if phrase is not None else None


# -- rounding


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [(2.45, 1, "2.5"), (2.449, 1, "2.4"), (0.25, 1, "0.3"), (-1.05, 1, "1.1"), (1.0, 1, "1"), (10.0, 0, "10"),
     (1234.5, 0, "1,235"), (100.0, 1, "100"), (0.04, 1, "0")],
)  # fmt: skip
def test_half_up_without_trailing_zeros(value: float, places: int, printed: str) -> None:
    assert rounded(value, places) == printed


@given(st.integers(-(10**7), 10**7), st.integers(0, 2))
def test_rounds_the_decimal_figure_that_was_sent(thousandths: int, places: int) -> None:
    """Not its binary neighbour: 2.675 prints as 2.68."""
    exact = abs(Decimal(thousandths) / 1000)
    printed = Decimal(rounded(thousandths / 1000, places).replace(",", ""))
    assert printed == exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@given(st.floats(0, 1e7, allow_nan=False), st.integers(0, 3))
def test_fixed_keeps_its_zeros(value: float, places: int) -> None:
    printed = fixed(value, places)
    assert len(printed.partition(".")[2]) == places
    assert abs(float(printed.replace(",", "")) - value) <= 0.5 * 10**-places + 1e-6


@pytest.mark.parametrize(("value", "count"), [(1.0, 0), (1.5, 1), (0.05, 2), (27287.12, 2), (-3.25, 2), (3, 0)])
def test_decimals_as_sent(value: float, count: int) -> None:
    assert decimals_sent(value) == count


# -- words for numbers


@pytest.mark.parametrize(
    ("number", "words"), [(0, "zero"), (2, "two"), (9, "nine"), (10, "10"), (31, "31"), (1200, "1,200")]
)
def test_small_counts_in_words(number: int, words: str) -> None:
    assert count_words(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "first"), (3, "third"), (9, "ninth"), (10, "10th"), (11, "11th"), (12, "12th"), (21, "21st"), (22, "22nd"),
     (23, "23rd"), (101, "101st"), (111, "111th")],
)  # fmt: skip
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [(31_200_000, "31.2 million"), (48_654, "48,654"), (5.8e9, "5.8 billion"), (1.5e12, "1.5 trillion"),
     (1_000_000, "1 million"), (999_999, "999,999")],
)  # fmt: skip
def test_magnitudes(amount: float, words: str) -> None:
    assert magnitude(amount, HOUSE) == words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (5.8e9, "USD", "$5.8 billion"),
        (3e11, "JPY", "300 billion yen"),
        (1250, "JPY", "¥1,250"),
        (2e9, "CNY", "2 billion yuan"),
        (2.5e6, "HKD", "HK$2.5 million"),
        (2e9, "PKR", "2 billion Pakistani rupees"),
        (1e6, "EGP", "1 million EGP"),
    ],
)
def test_money(amount: float, currency: str, words: str) -> None:
    assert money(amount, currency, HOUSE, CURRENCIES) == words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [(189.2, "USD", "$189.20"), (2450, "JPY", "¥2,450.00"), (712.5, "KRW", "712.50 won"), (712.5, "EGP", "712.50 EGP")],
)
def test_a_price(amount: float, currency: str, words: str) -> None:
    assert exact_money(amount, 2, currency, CURRENCIES) == words


# -- moves


@pytest.mark.parametrize(
    ("pct", "where", "printed"),
    [
        (1.0, "body", "1%"),
        (-2.449, "body", "2.4%"),
        (2.45, "body", "2.5%"),
        (0.06, "body", "0.06%"),  # one decimal would say a tenth
        (0.15, "body", "0.15%"),  # on the edge of two tenths
        (5.8, "headline", "6%"),
        (1.26, "headline", "1.3%"),
        (-3.4, "subhead", "3%"),
    ],
)
def test_percentages(pct: float, where: Any, printed: str) -> None:
    assert amounts.percent_text(scene(), pct, where) == printed


def test_british_percentages() -> None:
    assert amounts.percent_text(scene(style="british"), 1.5) == "1.5 per cent"


@given(st.floats(0.05, 20, allow_nan=False), st.sampled_from(["more_than", "less_than", "nearly"]))
def test_an_approximation_stays_true(size: float, approx: str) -> None:
    printed = float(amounts.towards(size, 1, approx))
    if approx == "more_than":
        assert printed <= size + 1e-6
    else:
        assert printed >= size - 1e-6
    assert math.isclose(printed, size, abs_tol=0.1 + 1e-6)


@pytest.mark.parametrize(
    ("approx", "printed"),
    [
        ("about", "about 2.5%"),
        ("more_than", "more than 2.4%"),
        ("nearly", "nearly 2.5%"),
        ("less_than", "less than 2.5%"),
    ],
)
def test_approximate_moves(approx: str, printed: str) -> None:
    sent = day({"N225": {"change_pct": 2.45, "approx": approx}}, "jp")
    made = scene(sent)
    assert text(amounts.change(made, made.book.markets["N225"], "", "body")) == printed
    assert amounts.change(made, made.book.markets["N225"], "attributive", "body") is None, "no 'a nearly 2.5% rise'"


def test_a_move_knows_its_fact() -> None:
    made = scene(day({"N225": 1.2, "TOPX": {"level": 2550.0, "change": 50.0}}, "jp"))
    stated = amounts.change(made, made.book.markets["N225"], "", "body")
    assert stated is not None and stated.tokens[0].facts == ("/markets/0/change_pct",)


def test_what_prints_as_nothing_is_not_printed() -> None:
    made = scene(day({"N225": 0.0, "TOPX": {"direction": "up"}}, "jp"))
    assert amounts.change(made, made.book.markets["N225"], "", "body") is None
    assert amounts.change(made, made.book.markets["TOPX"], "", "body") is None


# -- points and levels


def test_points_and_levels_are_padded_alike() -> None:
    """JSON drops trailing zeros: 50.50 comes as 50.5."""
    sent = day({"N225": {"change": 50.5, "level": 50123.25, "change_pct": 0.1},
                "TOPX": {"change": -3.0, "level": 2550.5, "change_pct": -0.12}}, "jp")  # fmt: skip
    made = scene(sent)
    nikkei, topix = made.book.markets["N225"], made.book.markets["TOPX"]
    assert text(amounts.points(nikkei)) == "50.50 points"
    assert text(amounts.level(made, nikkei)) == "50,123.25"
    assert text(amounts.level(made, topix)) == "2,550.50"
    assert text(amounts.points(topix)) == "3.00 points"


def test_whole_levels_stay_whole() -> None:
    made = scene(day({"N225": {"level": 50123.0, "change_pct": 0.1, "change": 50.0}}, "jp"))
    assert text(amounts.level(made, made.book.markets["N225"])) == "50,123"
    assert text(amounts.points(made.book.markets["N225"])) == "50 points"


@pytest.mark.parametrize(
    ("ident", "keys", "printed"),
    [
        ("US10Y", {"level": 4.127}, "4.127%"),
        ("BRENT", {"level": 67.25}, "$67.25"),
        ("USDJPY", {"level": 151.3}, "151.3"),
    ],
)
def test_levels_of_other_markets(ident: str, keys: dict[str, Any], printed: str) -> None:
    made = scene(day({"N225": 1.0, ident: {**keys, "role": "context"}}, "jp"))
    assert text(amounts.level(made, made.book.markets[ident])) == printed


def test_no_level_no_phrase() -> None:
    made = scene()
    assert amounts.level(made, made.book.markets["N225"]) is None
    assert amounts.points(made.book.markets["N225"]) is None


@pytest.mark.parametrize(
    ("ident", "keys", "printed"),
    [
        ("ES_F", {}, "12.5 points"),
        ("GOLD", {}, None),
        ("GC", {"name": "gold futures", "kind": "future"}, None),
        ("USDJPY", {}, None),
    ],
)
def test_only_what_is_of_stocks_has_points(ident: str, keys: dict[str, Any], printed: str | None) -> None:
    made = scene(day({"N225": 1.0, ident: {**keys, "change": 12.5, "role": "context"}}, "jp"))
    assert text(amounts.points(made.book.markets[ident])) == printed


def test_points_that_a_stock_added() -> None:
    sent = day(
        {"N225": {"level": 50_500.0, "change_pct": 1.0}},
        "jp",
        stocks=[
            stock("0001", change_pct=-10.0, weight_pct=4.0),
            stock("0002", change_pct=1.0, contribution_points=35.4),
        ],
    )
    stocks = scene(sent).book.stocks
    derived, stated = amounts.index_points(stocks["XTKS:0001"]), amounts.index_points(stocks["XTKS:0002"])
    assert (text(derived), text(stated)) == ("200 points", "35 points")
    assert derived is not None and isinstance(derived.tokens[0].facts[0], Derived)
    assert stated is not None and stated.tokens[0].facts == ("/stocks/1/contribution_points",)


@pytest.mark.parametrize(
    ("largest", "next_", "said"),
    [
        (3.0, 1.0, "about three times"),
        (2.9, 1.0, "nearly three times"),
        (3.3, 1.0, "more than three times"),
        (2.0, 1.0, "about twice"),
        (1.5, 1.0, None),
        (30.0, 1.0, None),
    ],
)
def test_times_the_next_largest(largest: float, next_: float, said: str | None) -> None:
    made = book(day({"HSI": largest, "N225": next_, "KS11": -0.5}))
    assert text(amounts.times(made.markets["HSI"])) == said


@given(st.integers(20, 90), st.integers(10, 40))
def test_times_hold_for_the_figures(tenths: int, other: int) -> None:
    """Twice, three times: what the words say is never more than a sixth of a time off, and on the right side."""
    ratio = tenths / other
    said = text(amounts.times(book(day({"HSI": tenths / 10, "N225": other / 10, "KS11": -0.5})).markets["HSI"]))
    if said is None or ratio <= 1:
        return
    words = said.replace("twice", "two times").split()
    number = {
        w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"])
    }
    stated = number.get(words[-2]) or int(words[-2])
    if said.startswith("more than"):
        assert ratio > stated
    elif said.startswith("nearly"):
        assert stated - 0.3 < ratio < stated
    else:
        assert abs(ratio - stated) < 0.2


def test_the_smallest_moves_are_alike_only_where_they_print_alike() -> None:
    """0.01% and 0.03% both round to nothing, and print apart: *each gained 0.01%* would be wrong of one."""
    firms = [stock("1", change_pct=0.01, because=["news"]), stock("2", change_pct=0.03, because=["news"])]
    sent = day({"N225": 0.2, "TOPX": 0.1}, "jp", stocks=firms, events=[event()])
    for variant in VARIANTS:
        assert "each" not in write(sent, variant=variant).article.render("text")
