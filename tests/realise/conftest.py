"""Building blocks of the realisation tests: one realiser, and bound patterns from the notation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from wrapgen.clause import Bound, Form, Phrase, Tense
from wrapgen.realise import Realiser
from wrapgen.rulepack.lexicon import Lexicon
from wrapgen.rulepack.lexicon_files import load_lexicon
from wrapgen.rulepack.pattern import parse_pattern
from wrapgen.text import Token

LEXICON = load_lexicon(Path(__file__).parents[2] / "rules" / "lexicon")
REALISER = Realiser(LEXICON)

Bind = Callable[..., Bound]


def bind(
    source: str,
    form: Form = Form.FINITE,
    tense: Tense = Tense.PAST,
    verbs: tuple[str, ...] = (),
    **values: str | Phrase | Bound,
) -> Bound:
    """A pattern with its values by slot name; a text that begins with a capital is a name."""
    pattern = parse_pattern(source, f"test.yaml:1 {source}", LEXICON)
    return Bound(pattern, tuple(_value(values[slot.name]) for slot in pattern.slots), verbs, form, tense)


def _value(value: str | Phrase | Bound) -> Phrase | Bound:
    return Phrase((Token(value),), False, value[:1].isupper()) if isinstance(value, str) else value


def text(tokens: tuple[Token, ...]) -> str:
    return "".join([token.text for token in tokens])


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return LEXICON


@pytest.fixture(name="bind", scope="session")
def bind_fixture() -> Bind:
    return bind


@pytest.fixture(scope="session")
def say() -> Callable[..., str]:
    """The sentence of bounds, by both ways."""

    def said(*bounds: Bound) -> str:
        sentence = text(REALISER.realise(bounds))
        assert sentence == text(REALISER.live(bounds))
        return sentence

    return said


@pytest.fixture(scope="session")
def headline() -> Callable[..., str]:
    return lambda *bounds: text(REALISER.headline(bounds))


@pytest.fixture(scope="session")
def realiser() -> Realiser:
    return REALISER


@pytest.fixture(scope="session")
def plural() -> Callable[[str], Phrase]:
    return lambda words: Phrase((Token(words),), True, words[:1].isupper())
