"""Reads the bracketed verb of a pattern: ``[rose]``, ``[had sold]``, ``[was held]``, ``[to raise]``.

A form that English shares between uses (``helped``, ``advance``, ``cut``) has several readings;
which one is meant is for the pattern around it to say.
"""

from __future__ import annotations

from typing import NamedTuple

from wrapgen.clause import Verb
from wrapgen.errors import nearest
from wrapgen.rulepack.lexicon import Lexicon

_MODALS = frozenset(("could", "may", "might", "will", "would", "can", "should", "must"))
_PRESENT_MODALS = frozenset(("may", "will", "can", "must", "should"))
# What may follow *be* within the brackets though it is no verb.
_PREDICATES = frozenset(("due", "likely", "unlikely", "able", "ready", "down", "up", "flat", "lower", "higher"))
_CHOSEN = "move"  # stands for the verb that wording chooses
_PRESENT = frozenset(("third", "base"))


class Group(NamedTuple):
    """The readings of a bracket, and words of it that follow the verb (``due`` of ``[is due]``)."""

    readings: tuple[Verb, ...]
    after: str = ""


class VerbError(ValueError):
    """A bracket that is no verb group. ``value`` is the word at fault, ``near`` the verb form it is like."""

    def __init__(self, message: str, value: str, near: str | None = None) -> None:
        super().__init__(message)
        self.message, self.value, self.near = message, value, near


def read_group(text: str, lexicon: Lexicon) -> Group:
    """The verb group of a bracket. Raises VerbError."""
    words = text.split()
    if not words:
        raise VerbError("empty brackets", "[]")
    negated = "not" in words[:2]
    if negated:
        words.remove("not")
    if not words:
        raise VerbError("no verb in the brackets", text)
    return _Bracket(lexicon, text, negated).read(words)


class _Bracket:
    def __init__(self, lexicon: Lexicon, text: str, negated: bool) -> None:
        self.lexicon = lexicon
        self.text = text
        self.negated = negated

    def read(self, words: list[str]) -> Group:
        first = words[0]
        if first == "to":
            return self.chain(words[1:], {"base": "infinitive"})
        if first in _MODALS:
            group = self.chain(words[1:], {"base": "finite"})
            present = first in _PRESENT_MODALS
            return Group(tuple(v._replace(modal=first, present=present) for v in group.readings), group.after)
        if first in ("did", "does", "do") and len(words) > 1:
            if not self.negated:
                raise VerbError(f'"{first}" before a verb wants "not"', self.text)
            group = self.chain(words[1:], {"base": "finite"})
            return Group(tuple(v._replace(present=first != "did") for v in group.readings), group.after)
        return self.chain(
            words,
            {
                "third": "finite",
                "past": "finite",
                "base": "finite",
                "past_participle": "past_participle",
                "participle": "participle",
            },
        )

    def chain(self, words: list[str], shapes: dict[str, str]) -> Group:
        """Auxiliaries and the main verb; ``shapes`` are the uses open to the form of the first word."""
        if not words:
            raise VerbError("no verb in the brackets", self.text)
        tags = [tag for _, tag in self.tags(words[0]) if tag in shapes]
        if not tags:
            raise VerbError("verb in a form that does not fit here", words[0])
        perfect = progressive = passive = False
        rest = list(words)
        after = ""
        while len(rest) > 1:
            lemma = self.tags(rest[0])[0][0]
            follows = {tag for _, tag in self.tags(rest[1], strict=lemma != "be")}
            if lemma == "have" and "past_participle" in follows and not passive:
                perfect = True
            elif lemma == "be" and "participle" in follows and not progressive:
                progressive = True
            elif lemma == "be" and "past_participle" in follows:
                passive = True
            elif lemma == "be" and rest[1] in _PREDICATES:
                after = " ".join(rest[1:])
                break
            else:
                self.tags(rest[1])
                raise VerbError("words in the brackets that are no verb group", self.text)
            rest.pop(0)
        if len(rest) > 1 and not after:
            raise VerbError("words in the brackets that are no verb group", self.text)
        main = rest[0]
        if len(words) > 1 and main is not words[0]:
            want = "past_participle" if passive or not progressive else "participle"
            lemma = next(lemma for lemma, tag in self.tags(main) if tag == want)
            readings = [self.verb(lemma, shapes[tag], tag, perfect, progressive, passive) for tag in tags[:1]]
        else:
            readings = [
                self.verb(lemma, shapes[tag], tag, False, False, False)
                for lemma, tag in self.tags(main)
                if tag in shapes
            ]
            # A move is never done to a market, so that "moved" alone is no passive.
            readings = [v for v in readings if v.lemma is not None or v.shape != "past_participle"]
            readings += [
                v._replace(shape="bare", present=False)
                for v in readings
                if v.shape == "finite" and "base" in tags and (v.lemma or _CHOSEN) == main and v.present
            ]
        return Group(tuple(readings), after)

    def verb(self, lemma: str, shape: str, tag: str, perfect: bool, progressive: bool, passive: bool) -> Verb:
        chosen = lemma == _CHOSEN and not passive
        return Verb(
            lemma=None if chosen else lemma,
            shape=shape,
            passive=passive,
            perfect=perfect,
            progressive=progressive,
            negated=self.negated,
            present=shape == "finite" and tag in _PRESENT,
            choice=0 if chosen else -1,
        )

    def tags(self, word: str, strict: bool = True) -> tuple[tuple[str, str], ...]:
        found = self.lexicon.readings.get(word, ())
        if not found and strict:
            raise VerbError("unknown verb", word, nearest(word, [*self.lexicon.readings, *_MODALS]))
        return found
