"""Clause trees: what wording hands to realise.

A *pattern* is the notation that editors write in rule files, compiled once into a clause tree. A
*bound* pattern has a value for every slot, a form and a tense; a sentence is a nucleus and its
satellites, each bound. The notation:

``{market}``        a slot; ``{market:possessive}`` asks for a form of it
``[outperformed]``  a verb, written in the form that reads naturally; its lemma comes from the lexicon,
                    so one pattern serves as clause, participle, relative clause or *with* phrase
``[moved]``         a verb chosen by the size and direction of the move (``[moving]`` as a participle)

The first finite verb of a pattern is its head; what stands before it is the subject (after the
last ``", "``: ``In {place}, {market} [moved] {change}`` has a front modifier). A finite verb further
on heads an embedded clause, whose subject begins after the nearest connective (``as``, ``while``,
``after``, ``that`` ...). A pattern without a finite verb is a phrase (``amid {event:noun}``).
"""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple

from wrapgen.text import FactRef, Token, make_token
from wrapgen.values import made

# Between two parts of a sentence stands a space, but for these at the start of the later one and at the
# end of the earlier one. A value takes the space before it away only by what no figure begins with.
NO_SPACE_BEFORE: Final = frozenset(",.;:)?!%’”'-–—/…")
NO_SPACE_AFTER: Final = frozenset("(-–—/$“‘")
CLOSES_UP: Final = frozenset(",;:)’”—")


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


# Words that open a clause.
CONNECTIVES: Final = word_set("as after while when because where and but although before since if so which that who")


class Form(Enum):
    """How the head clause of a pattern stands in the sentence."""

    FINITE = "finite"  #            the Hang Seng climbed 1%
    PARTICIPLE = "participle"  #    , climbing 1%
    RELATIVE = "relative"  #        , which climbed 1%
    WITH = "with"  #                , with the Hang Seng climbing 1%
    INFINITIVE = "infinitive"  #    to climb 1%


class Tense(Enum):
    PAST = "past"
    PRESENT = "present"  # headlines and subheads


class Literal(NamedTuple):
    """Words of the pattern itself, without outer spaces; may begin with a comma."""

    text: str


class Slot(NamedTuple):
    """A place for a value: ``{name}`` or ``{name:form}``; ``index`` into ``Pattern.slots``."""

    name: str
    form: str
    index: int  # type: ignore[assignment]  # of a tuple, but plain to read


class Verb(NamedTuple):
    """A bracketed verb. ``lemma`` is None where wording chooses it (``[moved]``).

    ``shape`` is how it was written: ``finite``, ``participle`` (climbing), ``past_participle``
    (driven), ``infinitive`` (to raise) or ``bare`` (advance, in ``helped {market} [advance]``).
    ``modal`` is ``could`` in ``[could end]``; ``present`` is set where the pattern itself is in the
    present tense and stays so in the past (``[may restrict]``, ``[is due]``); ``choice`` counts the
    ``[moved]`` verbs of the pattern, from 0.
    """

    lemma: str | None
    shape: str = "finite"
    passive: bool = False
    perfect: bool = False
    progressive: bool = False
    negated: bool = False
    modal: str | None = None
    present: bool = False
    choice: int = -1


class Clause(NamedTuple):
    """``link`` + ``subject`` + ``verb`` + ``rest``; ``link`` holds the connective or the front modifier.

    A `Verb` in ``rest`` is coordinated with the nearest finite clause around it (``[opened] lower and
    [fell] further``). The verb agrees with the value of slot ``governor``; where that is -1, the
    subject is words and ``plural`` says its number. A relative clause has *which* for its subject and the
    slot that it stands for as governor; a bare infinitive, the slot that is made to do it. Of a phrase
    they give the number of its noun.
    """

    link: tuple[Part, ...]
    subject: tuple[Part, ...]
    verb: Verb | None
    rest: tuple[Part, ...]
    plural: bool = False  # of a subject that is words only ("most markets")
    governor: int = -1


Part = Literal | Slot | Verb | Clause


class Pattern(NamedTuple):
    """A compiled pattern. ``id`` is unique in the pack; ``rule`` is ``file.yaml:line id``.

    ``slots`` has one entry for each place where a slot stands, in the order of writing; ``governors``
    are those of them that some verb agrees with.
    """

    id: str
    rule: str
    source: str
    root: Clause
    slots: tuple[Slot, ...]
    choices: int = 0  # how many [moved] verbs wording must choose
    governors: tuple[int, ...] = ()


class Phrase(NamedTuple):
    """A value without inner structure: a name, a figure, a phrase of the sender's.

    ``plural`` drives agreement where it is a subject. ``proper`` keeps its own capitals: a name is
    never lower-cased, and its first letter is not raised at the start of a sentence (``eBay``).
    """

    tokens: tuple[Token, ...]
    plural: bool = False
    proper: bool = False


def make_phrase(tokens: tuple[Token, ...], plural: bool = False, proper: bool = False) -> Phrase:
    """A phrase, for the reason of `wrapgen.text.make_token`."""
    return made(Phrase, tokens, plural, proper)


def words(
    text: str, ref: str | None = None, plural: bool = False, proper: bool = False, facts: tuple[FactRef, ...] = ()
) -> Phrase:
    """A phrase of one token."""
    return made(Phrase, (make_token(text, ref, facts),), plural, proper)


class Bound(NamedTuple):
    """A pattern with a value for each slot, and a lemma (``edge up``) for each ``[moved]``."""

    pattern: Pattern
    values: tuple[Phrase | Bound, ...]
    verbs: tuple[str, ...] = ()
    form: Form = Form.FINITE
    tense: Tense = Tense.PAST


def make_bound(
    pattern: Pattern, values: tuple[Phrase | Bound, ...], verbs: tuple[str, ...], form: Form, tense: Tense
) -> Bound:
    """A bound pattern, for the reason of `wrapgen.text.make_token`."""
    return made(Bound, pattern, values, verbs, form, tense)


def can_take(pattern: Pattern, form: Form) -> bool:
    """Whether the pattern can stand in that form: *could end* has no participle, a phrase no infinitive."""
    verb = pattern.root.verb
    if form is Form.FINITE:
        return True
    if verb is None:
        return form in (Form.PARTICIPLE, Form.WITH)
    if form is Form.RELATIVE:
        return True
    return verb.modal is None and (form is not Form.WITH or bool(pattern.root.subject))


def governors(root: Clause) -> tuple[int, ...]:
    """The slots that some verb of a clause agrees with."""

    def walk(part: Part) -> list[int]:
        if not isinstance(part, Clause):
            return []
        agrees = part.governor >= 0 and part.verb is not None and part.verb.shape == "finite"
        found = [part.governor] if agrees else []
        for inner in (*part.link, *part.subject, *part.rest):
            found += walk(inner)
        return found

    return tuple(sorted(set(walk(root))))
