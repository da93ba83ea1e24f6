"""Headline capitals."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wrapgen.clause import Bound, Phrase, Tense
from wrapgen.realise.titlecase import title_case
from wrapgen.text import Token

Bind = Callable[..., Bound]


@pytest.mark.parametrize(
    ("plain", "titled"),
    [
        ("stocks rise as banks lead", "Stocks Rise as Banks Lead"),
        ("gains in the euro zone fade", "Gains in the Euro Zone Fade"),
        ("stocks edge up after a cut", "Stocks Edge Up After a Cut"),
        ("tech-led gains, full-year highs", "Tech-Led Gains, Full-Year Highs"),
        ("a day to look in", "A Day to Look In"),
        ("back-to-back gains", "Back-To-Back Gains"),
        ("in the U.S. rates hold at 5.25%", "In the U.S. Rates Hold at 5.25%"),
        ("what eBay and the S&P 500 did", "What eBay and the S&P 500 Did"),
        ("“risk-on” mood is back", "“Risk-On” Mood Is Back"),
        ("acme’s run ends", "Acme’s Run Ends"),
        ("stocks rally with oil over the line", "Stocks Rally With Oil Over the Line"),
    ],
)
def test_title_case(plain: str, titled: str) -> None:
    expected = titled.replace("With", "with").replace("Over", "over")
    assert "".join(token.text for token in title_case([Token(plain)])) == expected


def test_a_word_that_tokens_share_is_one_word() -> None:
    tokens = [Token("acme", "A"), Token("’s gain of "), Token("3"), Token("% fades")]
    assert "".join(token.text for token in title_case(tokens)) == "Acme’s Gain of 3% Fades"


def test_tokens_keep_what_they_name() -> None:
    assert title_case([Token("acme", "A", ("/stocks/0",))]) == (Token("Acme", "A", ("/stocks/0",)),)


def test_a_proper_phrase_keeps_its_spelling(bind: Bind, headline: Callable[..., str]) -> None:
    name = Phrase((Token("adidas"),), False, True)
    source = "shares of {name} [rose] on {event}"
    assert headline(bind(source, tense=Tense.PRESENT, name=name, event="a strong forecast")) == (
        "Shares of adidas Rise on a Strong Forecast"
    )
    nested = bind("{name} sale", name=name)
    assert headline(
        bind(
            "{name} [moved] {x} on {y}",
            tense=Tense.PRESENT,
            verbs=("edge up",),
            name=nested,
            x="1%",
            y="hopes",
        )
    ) == ("adidas Sale Edges Up 1% on Hopes")


def test_no_stop_and_the_article_first(bind: Bind, headline: Callable[..., str]) -> None:
    the = Phrase((Token("the "), Token("Dax")), False, True)
    assert headline(bind("{name} [ended] an {n}-day run", tense=Tense.PRESENT, name=the, n="9")) == (
        "The Dax Ends a 9-Day Run"
    )


def test_bounds_join_as_in_a_sentence(bind: Bind, headline: Callable[..., str]) -> None:
    assert headline(
        bind("{a} [rose]", tense=Tense.PRESENT, a=Phrase((Token("Asian stocks"),), True, False)),
        bind("as {b} [led]", tense=Tense.PRESENT, b="Tokyo"),
        bind(", while {c} [dragged]", tense=Tense.PRESENT, c="Acme"),
    ) == ("Asian Stocks Rise as Tokyo Leads, while Acme Drags".replace("while", "While"))


def test_a_second_clause_stands_behind_a_semicolon_where_commas_stand_before_it(
    bind: Bind, headline: Callable[..., str]
) -> None:
    second = bind(", {c} [dragged]", tense=Tense.PRESENT, c="Acme")
    assert headline(bind("{a} [rose]", tense=Tense.PRESENT, a="Tokyo"), second) == "Tokyo Rises, Acme Drags"
    parted = bind("{a} [rose], [leading] {b}", tense=Tense.PRESENT, a="Tokyo", b="Asia")
    assert headline(parted, second) == "Tokyo Rises, Leading Asia; Acme Drags"
    assert headline(parted, bind(", off {c}", tense=Tense.PRESENT, c="its high")).endswith("Asia, Off Its High")
