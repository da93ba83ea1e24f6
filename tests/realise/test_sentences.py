"""How bounds become a sentence: commas, capitals, stops, spaces, articles, tokens, the cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from wrapgen.clause import Bound, Form, Phrase
from wrapgen.realise import Realiser
from wrapgen.text import Derived, Token

Bind = Callable[..., Bound]
Say = Callable[..., str]


def test_no_stop_after_a_stop(bind: Bind, say: Say) -> None:
    assert say(bind("{a} [rose] in {b}", a="tin", b="the U.S.")) == "Tin rose in the U.S."
    assert say(bind("tin [bought] {b}", b="Acme Corp.")) == "Tin bought Acme Corp."
    assert say(bind("“{a} [rose]”", a="tin")) == "“Tin rose”."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Phrase((Token("eBay"),), False, True), "eBay rose."),
        (Phrase((Token("the Dax"),), False, True), "The Dax rose."),
        (Phrase((Token("the "), Token("Dax")), False, True), "The Dax rose."),
        (Phrase((Token("the index"),)), "The index rose."),
        (Phrase((Token("3M"),), False, True), "3M rose."),
    ],
)
def test_the_first_letter_is_raised_but_for_a_name(bind: Bind, say: Say, name: Phrase, expected: str) -> None:
    assert say(bind("{a} [rose]", a=name)) == expected


def test_only_the_name_that_opens_the_sentence_keeps_its_case(bind: Bind, say: Say) -> None:
    ebay = Phrase((Token("eBay"),), False, True)
    assert say(bind("“{a}” [rose]", a=ebay)) == "“eBay” rose."
    assert say(bind("shares of {a} [rose]", a=ebay)) == "Shares of eBay rose."
    assert say(bind("{a} [rose]", Form.WITH, a=ebay), bind("tin [fell]")) == "With eBay rising, tin fell."
    assert say(bind("{n} [rose]", n=bind("{a} shares", a=ebay))) == "eBay shares rose."


def test_what_comes_first_is_closed_by_a_comma(bind: Bind, say: Say) -> None:
    main = bind("{m} [rose]", m="tin")
    assert say(bind("as {x} [fell]", x="zinc"), main) == "As zinc fell, tin rose."
    assert say(bind("amid {x}", x="fears"), main) == "Amid fears, tin rose."
    assert say(bind("In {x},", x="Rome"), main) == "In Rome, tin rose."
    assert say(bind("{m} [beat] rivals", Form.PARTICIPLE, m="x"), main) == "Beating rivals, tin rose."


def test_what_follows_without_comma_gets_none(bind: Bind, say: Say) -> None:
    assert say(bind("tin [rose]"), bind("as {x} [fell]", x="zinc"), bind("amid {x}", x="fears")) == (
        "Tin rose as zinc fell amid fears."
    )
    assert say(bind("tin [rose]"), bind(", while {x} [fell]", x="zinc")) == "Tin rose, while zinc fell."
    assert say(bind("tin [rose]"), bind("; {x} [fell]", x="zinc")) == "Tin rose; zinc fell."


def test_a_verbless_phrase_stands_apart_as_a_participle_does(bind: Bind, say: Say) -> None:
    assert say(bind("tin [rose]"), bind("up {x}", Form.PARTICIPLE, x="5%"), bind("as zinc [fell]")) == (
        "Tin rose, up 5%, as zinc fell."
    )
    assert say(bind("tin [rose]"), bind("gains in {x}", Form.WITH, x="Rome")) == "Tin rose, with gains in Rome."


def test_commas_are_not_doubled(bind: Bind, say: Say) -> None:
    part = bind("{m} [beat] rivals", Form.PARTICIPLE, m="x")
    assert say(bind("tin [rose]"), part, part) == "Tin rose, beating rivals, beating rivals."
    assert say(bind("tin [rose]"), part, bind(", and zinc [fell]")) == "Tin rose, beating rivals, and zinc fell."


def test_spaces_stand_as_in_the_pattern(bind: Bind, say: Say) -> None:
    source = "{a} ({b}) [hit] a {n}-day high—“{c}”—of ${d}: {e}’s best; {f}, at last"
    assert say(bind(source, a="Acme", b="XX: AC", n="30", c="hot", d="8", e="Acme", f="so")) == (
        "Acme (XX: AC) hit a 30-day high—“hot”—of $8: Acme’s best; so, at last."
    )


def test_a_value_that_begins_with_punctuation_closes_up(bind: Bind, say: Say) -> None:
    assert say(bind("{a} [rose] {b} today", a="tin", b=", up 3%,")) == "Tin rose, up 3%, today."
    assert say(bind("{a} {b} best", a="Acme", b="’s")) == "Acme’s best."


def test_an_empty_value_leaves_no_space(bind: Bind, say: Say) -> None:
    empty = Phrase(())
    assert say(bind("{a} [rose] {b} today", a="tin", b=empty)) == "Tin rose today."
    assert say(bind("{a} [rose] {b}", a="tin", b=empty)) == "Tin rose."
    assert say(bind("tin [rose]"), bind("{a} amid a {b} {c}", a=empty, b="8%", c=empty)) == "Tin rose amid an 8%."
    assert say(bind("{a} tin [rose]", a=empty)) == "Tin rose."


def test_values_are_printed_as_they_are(bind: Bind, say: Say) -> None:
    for name in (
        "A.P. Moeller - Maersk",
        "AT&T Inc.",
        "Yum! Brands",
        "L'Oréal",
        "Z-Holdings 7",
        "iShares  Core",
    ):
        assert name in say(bind("the fund [sold] {a} again", a=name))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("8%", "an 8%"),
        ("1%", "a 1%"),
        ("S&P 500", "an S&P 500"),
        ("UBS", "a UBS"),
        ("European", "a European"),
    ],
)
def test_the_article_suits_the_value(bind: Bind, say: Say, value: str, expected: str) -> None:
    assert say(bind("it [was] a {x} move", x=value)) == f"It was {expected} move."
    assert say(bind("an {x} move", x=value)) == f"A{expected[1:]} move."
    assert say(bind("A {x} move", x=value)) == f"A{expected[1:]} move."


def test_the_article_suits_the_word_and_the_verb(bind: Bind, say: Say) -> None:
    assert say(bind("it [was] a hour of an [rising] market and an ${x} deal", x="11")) == (
        "It was an hour of a rising market and an $11 deal."
    )
    assert say(bind("Class A stock [rose] a {x}", x="8%")) == "Class A stock rose an 8%."


def test_tokens_keep_what_they_name_and_state(bind: Bind, realiser: Realiser) -> None:
    size = Derived("size", ("/markets/0/change_pct",))
    change = Token("1%", None, (size,))
    name = Token("the Dax", "GDAXI")
    tokens = realiser.realise([bind("{a} [rose] {b}", a=Phrase((name,)), b=Phrase((change,)))])
    assert tokens[0] == Token("The Dax", "GDAXI")
    assert change in tokens
    assert [token.text for token in tokens] == ["The Dax", " rose ", "1%", "."]


def test_nothing_to_say_is_an_error(realiser: Realiser) -> None:
    for realise in (realiser.realise, realiser.headline, realiser.live):
        with pytest.raises(ValueError, match="nothing to realise"):
            realise([])


def test_a_shape_is_realised_once(bind: Bind, lexicon: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    realiser = Realiser(lexicon)
    calls: list[str] = []
    string = realiser._grammar.string

    def counted(bound: Bound, filler: Any) -> str:
        calls.append(bound.pattern.source)
        return string(bound, filler)

    monkeypatch.setattr(realiser._grammar, "string", counted)
    for value in ("tin", "zinc", "lead"):
        realiser.realise([bind("{a} [rose] as {b} [fell]", a=value, b="Acme")])
    assert len(calls) == 1
    realiser.realise([bind("{a} [rose] as {b} [fell]", a=Phrase((Token("prices"),), True), b="Acme")])
    assert len(calls) == 2


def test_the_number_of_a_value_that_governs_nothing_makes_no_shape(bind: Bind, lexicon: Any) -> None:
    realiser = Realiser(lexicon)
    for plural in (False, True):
        realiser.realise([bind("{a} [beat] {b}", a="tin", b=Phrase((Token("rivals"),), plural))])
    assert len(realiser._shapes) == 1


def test_shapes_kept_are_bounded(bind: Bind, lexicon: Any) -> None:
    realiser = Realiser(lexicon, max_shapes=3)
    for verb in ("rise", "fall", "climb", "drop", "rise"):
        assert realiser.realise([bind("{a} [moved]", verbs=(verb,), a="tin")])
        assert len(realiser._shapes) <= 3
