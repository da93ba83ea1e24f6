"""Filled shapes and live realisation are the same bytes, whatever the values."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from wrapgen.clause import Bound, Form, Phrase, Tense, can_take
from wrapgen.realise import Realiser
from wrapgen.rulepack.lexicon_files import load_lexicon
from wrapgen.rulepack.pattern import parse_pattern
from wrapgen.text import Token

LEXICON = load_lexicon(Path(__file__).parents[2] / "rules" / "lexicon")
REALISER = Realiser(LEXICON)

SOURCES = (
    "{a} [moved] {b}",
    "{a} and {b} [moved]",
    "In {a}, {b} also [moved] {c}",
    "as {a} [fell] and [was] still lower",
    "{a} ({b}) [was] up {c}",
    "{a} [was weighed] down by a {b} drop in {c}",
    "{a}’s gains [could end]",
    "a {a}-point rise in {b} [lifted] {c} [to move] {d}",
    "{a} [confirmed] it [had sold] {b}, which [were] a {c} risk",
    "{a} [did not move] while an {b} index [has been moving] {c}",
    "shares of {a} [are] higher; {b} [is not held] back",
    "amid {a} and a {b} vote [to reopen] {c}",
    "{a}",
    "strong gains in {a}, [led] by {b}",
    "{a} [opened] lower and then [moved] {b}, [posting] an ${c} loss",
    "After [rising] {a}, {b} [were] flat",
    "“{a}” [was] an {b} word",
    "{a} [would have been held] back",
)
PATTERNS = tuple(parse_pattern(source, f"oracle.yaml:{n + 1} p{n}", LEXICON) for n, source in enumerate(SOURCES))
NAMES = (
    "the Hang Seng",
    "S&P 500 futures",
    "AT&T Inc.",
    "A.P. Moeller - Maersk",
    "eBay",
    "Coca-Cola",
    "3M",
    "U.S.",
    "Yum! Brands",
    "General Motors’",
    "SoftBank’s",
    "L'Oréal",
    "the euro",
    "an hour",
    "8%",
    "11,000",
    "0.15%",
    "$8.1 billion",
    "18",
    "MSCI",
    "one-day",
    "; x",
    "’s",
    "(HK:0241)",
    "European banks",
    "iPhone",
    "1,800",
    "“risk”",
    "a",
    "the",
)
EMPTY = Phrase(())
VERBS = ("rise", "edge up", "be flat", "be little changed", "lag", "put on", "offset", "lose ground")

words = st.one_of(
    st.sampled_from(NAMES),
    st.text("abcXYZ089&.-’% ", min_size=1, max_size=12).map(str.strip).filter(bool),
)
phrases = st.builds(
    # No name is an article: one that stands first is a common noun phrase's, which takes a capital.
    lambda texts, plural, proper: Phrase(
        tuple(Token(t) for t in texts), plural, proper and texts[0].lower() not in ("a", "an", "the")
    ),
    # simplenlg itself closes up spaces before commas, and doubled commas, inside a value.
    st.lists(words, min_size=1, max_size=2).map(lambda ts: [*ts[:1], *(t if t[0] == "," else f" {t}" for t in ts[1:])]),
    st.booleans(),
    st.booleans(),
)


@st.composite
def bounds(draw: st.DrawFn, depth: int = 2) -> Bound:
    pattern = draw(st.sampled_from(PATTERNS))
    glued = "$" in pattern.source or "(" in pattern.source
    form = draw(st.sampled_from([form for form in Form if can_take(pattern, form)]))
    value = st.one_of(phrases, bounds(depth - 1)) if depth else phrases
    return Bound(
        pattern,
        # Any value but the first may be empty, where no bracket or sign needs it.
        tuple(draw(st.one_of(value, st.just(EMPTY)) if slot.index and not glued else value) for slot in pattern.slots),
        tuple(draw(st.sampled_from(VERBS)) for _ in range(pattern.choices)),
        form,
        draw(st.sampled_from(Tense)),
    )


def text(tokens: tuple[Token, ...]) -> str:
    return "".join([token.text for token in tokens])


@settings(max_examples=300, deadline=None)
@given(st.lists(bounds(), min_size=1, max_size=3))
def test_filled_and_live_are_the_same(sentence: list[Bound]) -> None:
    assert text(REALISER.realise(sentence)) == text(REALISER.live(sentence))


@settings(max_examples=100, deadline=None)
@given(st.lists(bounds(depth=1), min_size=1, max_size=2))
def test_a_headline_is_the_sentence_but_for_capitals_and_stop(sentence: list[Bound]) -> None:
    said = text(REALISER.realise(sentence)).replace(";", ",")
    headline = text(REALISER.headline(sentence)).replace(";", ",")  # before a clause, where commas stand before it
    assert headline.casefold() in (said.casefold(), said.removesuffix(".").casefold())


@settings(max_examples=100, deadline=None)
@given(st.lists(bounds(depth=1), min_size=1, max_size=3))
def test_the_tokens_of_the_values_pass_through(sentence: list[Bound]) -> None:
    made = REALISER.realise(sentence)
    values = [t for b in sentence if b.form is Form.FINITE for v in b.values if isinstance(v, Phrase) for t in v.tokens]
    texts = [token.text for token in made[1:]]
    missing = [token.text for token in values if token.text not in texts]
    assert len(missing) <= 1  # the first of the sentence may have its letter raised
