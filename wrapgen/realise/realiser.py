"""Sentences from bound patterns.

A shape (a pattern in one form, tense, choice of verbs and number) is realised once with placeholders
and kept; a sentence is its shapes with the values' own tokens filled in. What depends on a value, the
indefinite article before it and the space before its punctuation, is settled when it is filled in.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Sequence
from typing import Final

from wrapgen.clause import (
    CLOSES_UP,
    NO_SPACE_BEFORE,
    Bound,
    Form,
    Literal,
    Part,
    Phrase,
    Slot,
    word_set,
)
from wrapgen.realise.article import indefinite
from wrapgen.realise.grammar import JOINT, Grammar
from wrapgen.realise.titlecase import title_case
from wrapgen.rulepack.lexicon import Lexicon
from wrapgen.text import Token, make_token, plain

Spell = Callable[[Token], Token]

_MOST_SHAPES: Final = 20_000
_SLOTS: Final = 0xE000  # private-use characters from here on stand for slots,
_ARTICLES: Final = 0xE800  # and from here on for articles before them
# By names of their own, and in no set: an Enum is slow to look its members up, and so is their hash.
_FINITE: Final = Form.FINITE
_PARTICIPLE: Final = Form.PARTICIPLE
_RELATIVE: Final = Form.RELATIVE
_WITH: Final = Form.WITH
_COMMA_BEFORE: Final = (_PARTICIPLE, _RELATIVE, _WITH)
_COMMA_AFTER: Final = (_PARTICIPLE, _RELATIVE)
_SUBORDINATE: Final = word_set("as after while when because although before since if")
_ENDS: Final = frozenset(".?!…")
_QUOTES: Final = "”’\"')"
_OPENING: Final = "“‘\"'( "
_SPACE: Final = Token(" ")
_COMMA: Final = Token(", ")
_STOP: Final = Token(".")
_NOTHING: Final = Token("")
_CLOSING: Final = CLOSES_UP | {""}  # what a value begins with that takes no space before it, an empty one too


# A slot and the words before it: with their space, and without where the value closes up. The fourth is the same
# pair with *an* for *a*, where an article stands right before the slot. Plain tuples, which are quick to take apart.
_Pair = tuple[Token | None, Token | None]
_Gap = tuple[int, Token | None, Token | None, _Pair | None]
_Shape = tuple[tuple[_Gap, ...], Token | None]  # what stands after the last slot comes last


class Realiser:
    """Renders sentences and headlines. Safe to share between threads.

    ``max_shapes`` bounds what is kept; past it the shapes longest kept are forgotten first.
    """

    def __init__(self, lexicon: Lexicon, max_shapes: int = _MOST_SHAPES) -> None:
        self._grammar = Grammar(lexicon)
        self._most = max_shapes
        self._lock = threading.Lock()
        self._shapes: dict[tuple[object, ...], _Shape] = {}

    def realise(self, bounds: Sequence[Bound], spell: Spell | None = None) -> tuple[Token, ...]:
        """One sentence: its bounds in order, commas between them, capital and full stop.

        ``spell`` gives each token the house's spelling; capitals and the stop come after.
        Raises ValueError where there is nothing to say or a pattern cannot take its form
        (`wrapgen.clause.can_take`).
        """
        tokens: list[Token] = []
        self._join(bounds, tokens)
        return _sentence(tokens if spell is None else [spell(token) for token in tokens], bounds)

    def fragment(self, bounds: Sequence[Bound]) -> tuple[Token, ...]:
        """As `realise`, without capital and stop: what a satellite adds to a sentence."""
        tokens: list[Token] = []
        self._join(bounds, tokens)
        return tuple(tokens)

    def headline(self, bounds: Sequence[Bound], spell: Spell | None = None, title: bool = True) -> tuple[Token, ...]:
        """A headline or subhead: as `realise`, in title case or with one capital, and without a stop.

        A second clause stands behind a comma, and behind a semicolon where the first has commas of its own.
        """
        tokens: list[Token] = []
        proper: set[int] = set()
        starts = self._join(bounds, tokens, proper)
        for bound, start in zip(bounds[1:], starts[1:], strict=True):
            if (
                start < len(tokens)
                and tokens[start].text[:1] == ","
                and _is_clause(bound)
                and "," in plain(tokens[:start])
            ):
                tokens[start] = tokens[start]._replace(text=";" + tokens[start].text[1:])
        if not tokens:
            raise ValueError("nothing to realise")
        if spell is not None:
            tokens = [spell(token) for token in tokens]
        if title:
            return title_case(tokens, proper)
        _raise(tokens, bounds)
        return tuple(tokens)

    def live(self, bounds: Sequence[Bound]) -> tuple[Token, ...]:
        """The same sentence with every clause tree realised anew with its real words: the tests' oracle."""
        tokens: list[Token] = []
        for position, bound in enumerate(bounds):
            text = self._live(bound)
            if position:
                tokens.append(_between(bounds, position, _last(tokens), text[:1]))
            tokens.append(Token(text))
        return _sentence(tokens, bounds)

    def _live(self, bound: Bound) -> str:
        texts = [self._live(v) if isinstance(v, Bound) else "".join([t.text for t in v.tokens]) for v in bound.values]
        return self._grammar.string(bound, _Words(bound, texts))

    def _join(self, bounds: Sequence[Bound], tokens: list[Token], proper: set[int] | None = None) -> list[int]:
        """Appends the tokens of the bounds, with what stands between them; where each begins."""
        starts: list[int] = []
        for position, bound in enumerate(bounds):
            if not position:
                starts.append(0)
                self._fill(bound, tokens, proper)
                continue
            at = len(tokens)
            starts.append(at + 1)
            tokens.append(_NOTHING)
            self._fill(bound, tokens, proper)
            first = tokens[at + 1].text[:1] if at + 1 < len(tokens) else ""
            tokens[at] = _between(bounds, position, tokens[at - 1].text[-1:] if at else "", first)
        return starts

    def _fill(self, bound: Bound, tokens: list[Token], proper: set[int] | None) -> None:
        """Appends the tokens of a bound; notes the positions of those of proper phrases."""
        gaps, tail = self._shape(bound)
        values = bound.values
        start = len(tokens)
        for slot, lead, tight, other in gaps:
            value = values[slot]
            own: set[int] | None = None
            said: Sequence[Token]
            if isinstance(value, Phrase):
                said = value.tokens
                if proper is not None and value.proper:
                    own = set(range(len(said)))
            else:
                said, own = [], set() if proper is not None else None
                self._fill(value, said, own)
            if other is not None and indefinite(plain(said)) == "an":
                lead, tight = other
            if lead is not tight and (not said or said[0].text[:1] in _CLOSING):
                lead = tight
            if lead is not None:
                if len(tokens) == start:
                    lead = _unspaced(lead)  # at the start, or after values that were empty
                if lead is not None:
                    tokens.append(lead)
            if own:
                proper.update([len(tokens) + place for place in own])  # type: ignore[union-attr]
            tokens.extend(said)
        if tail is not None and len(tokens) == start:
            tail = _unspaced(tail)
        if tail is not None:
            tokens.append(tail)

    def _shape(self, bound: Bound) -> _Shape:
        pattern, values, verbs, form, tense = bound
        number = tuple([_plural(values[index]) for index in pattern.governors]) if pattern.governors else ()
        # What a pattern says hangs on its text and the lexicon alone, so that rules with the same text share a shape.
        # _value_ is the enum member's value without the detour of a property: this runs for every bound.
        key = (pattern.source, form._value_, tense._value_, verbs, number)
        shape = self._shapes.get(key)
        if shape is None:
            shape = _shape(self._grammar.string(bound, _Placeholders(bound)))
            with self._lock:
                while len(self._shapes) >= self._most:
                    del self._shapes[next(iter(self._shapes))]
                self._shapes[key] = shape
        return shape


@functools.lru_cache(maxsize=4)
def realiser_of(lexicon: Lexicon) -> Realiser:
    """The realiser for a lexicon, one for all packs with the same words: what it keeps outlasts a change of rules."""
    return Realiser(lexicon)


def _unspaced(token: Token) -> Token | None:
    if token.text[0] != " ":
        return token
    return _token(token.text.lstrip(" "))


def _token(text: str) -> Token | None:
    return Token(text) if text else None


class _Placeholders:
    """A character for each slot."""

    def __init__(self, bound: Bound) -> None:
        self._bound = bound

    def text(self, index: int) -> str:
        return chr(_SLOTS + index)

    def article(self, index: int) -> str:
        return chr(_ARTICLES + index)

    def plural(self, index: int) -> bool:
        return _plural(self._bound.values[index])


class _Words(_Placeholders):
    """The real words."""

    def __init__(self, bound: Bound, texts: Sequence[str]) -> None:
        super().__init__(bound)
        self._texts = texts

    def text(self, index: int) -> str:
        text = self._texts[index]
        return JOINT + text if text[:1] in CLOSES_UP else text

    def article(self, index: int) -> str:
        return indefinite(self._texts[index])


def _shape(text: str) -> _Shape:
    """Cuts a realised string at its placeholders."""
    gaps: list[_Gap] = []
    start = 0
    for position, char in enumerate(text):
        if not _SLOTS <= ord(char) < _ARTICLES:
            continue
        before = text[start:position]
        article = next((i for i, c in enumerate(before) if ord(c) >= _ARTICLES and ord(c) < 0xF900), None)
        pairs = [
            (_token(words), _token(words.removesuffix(" ")))
            for words in (
                [before]
                if article is None
                else [before[:article] + form + before[article + 1 :] for form in ("a", "an")]
            )
        ]
        gaps.append((ord(char) - _SLOTS, *pairs[0], pairs[1] if article is not None else None))
        start = position + 1
    return tuple(gaps), _token(text[start:])


def _plural(value: Phrase | Bound) -> bool:
    """The number of a value; a nested pattern has that of its noun."""
    if isinstance(value, Phrase):
        return value.plural
    root = value.pattern.root
    if root.verb is not None:
        return False
    return _plural(value.values[root.governor]) if root.governor >= 0 else root.plural


def _between(bounds: Sequence[Bound], position: int, last: str, first: str) -> Token:
    """What stands before the bound at ``position``: a space, a comma, or nothing before punctuation."""
    if first in NO_SPACE_BEFORE:
        return _NOTHING
    comma = bounds[position].form in _COMMA_BEFORE or _closes(bounds, position - 1)
    return _COMMA if comma and last not in ",;:—" else _SPACE


def _is_clause(bound: Bound) -> bool:
    root = bound.pattern.root
    return bound.form is _FINITE and root.verb is not None and bool(root.subject)


def _closes(bounds: Sequence[Bound], position: int) -> bool:
    """Whether a comma ends the bound, for more follows."""
    bound = bounds[position]
    if bound.form in _COMMA_AFTER:
        return True
    if position:
        return False
    root = bound.pattern.root
    if bound.form is _WITH or root.link and _first_word(root.link[0]) in _SUBORDINATE:
        return True
    # A phrase before a clause with a subject of its own modifies the whole of it.
    then = bounds[1].pattern.root
    return root.verb is None and then.verb is not None and bool(then.subject) and not then.link


def _first_word(part: Part) -> str:
    return part.text.split(" ", 1)[0].lower() if isinstance(part, Literal) else ""


def _sentence(tokens: list[Token], bounds: Sequence[Bound]) -> tuple[Token, ...]:
    """Raises the first letter and sets the stop."""
    if not _raise(tokens, bounds):
        raise ValueError("nothing to realise")
    last = tokens[-1].text.rstrip(_QUOTES)
    if last[-1:] not in _ENDS:
        tokens.append(_STOP)
    return tuple(tokens)


def _raise(tokens: list[Token], bounds: Sequence[Bound]) -> bool:
    """Raises the first letter, but of a name of a spelling of its own; whether there is anything said."""
    said = False
    for position, token in enumerate(tokens):
        text = token.text
        said = said or bool(text)
        bare = text.lstrip(_OPENING)
        if bare:
            if bare[0].islower() and not _keeps_case(bounds[0], bare):
                opened = text[: len(text) - len(bare)]
                tokens[position] = make_token(opened + bare[0].upper() + bare[1:], token.ref, token.facts)
            break
    return said


def _keeps_case(bound: Bound, first: str) -> bool:
    """Whether the sentence opens with a name of a spelling of its own (``eBay``)."""
    if first.startswith("the ") or first in ("the", "a", "an"):
        return False
    if bound.form is _WITH or bound.form is _RELATIVE:
        return False
    root = bound.pattern.root
    opening = root.link or root.subject if bound.form is _FINITE else ()
    if root.verb is None or bound.form is _PARTICIPLE and root.verb.lemma == "be":
        opening = root.rest
    first_part = next((p for p in opening if not isinstance(p, Literal) or p.text.strip(_OPENING)), None)
    if not isinstance(first_part, Slot):
        return False
    value = bound.values[first_part.index]
    return value.proper if isinstance(value, Phrase) else _keeps_case(value, first)


def _last(tokens: Sequence[Token]) -> str:
    return tokens[-1].text[-1:] if tokens else ""
