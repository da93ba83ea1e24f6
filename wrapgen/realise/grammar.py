"""Clause trees through simplenlg: the one module that knows the library.

The words of a value come from a `Filler`, so that the same trees are realised with placeholders (a
shape, kept) and with the real words (the oracle of the tests). Remedies for what the library gets
wrong are here: principal parts come from the newsroom's lexicon, names never inflect, passives keep
their complements because the passive is set on the verb phrase and not on the clause.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Sequence
from typing import Any, Protocol

from simplenlg.features import ClauseStatus, Feature, InternalFeature, LexicalFeature, NumberAgreement
from simplenlg.features import Form as NlgForm
from simplenlg.features import Tense as NlgTense
from simplenlg.framework import LexicalCategory, ListElement, NLGFactory, StringElement, WordElement
from simplenlg.lexicon import XMLLexicon
from simplenlg.phrasespec import NPPhraseSpec, SPhraseSpec, VPPhraseSpec
from simplenlg.realiser.english import Realiser as NlgRealiser

from wrapgen.clause import (
    CONNECTIVES,
    NO_SPACE_AFTER,
    NO_SPACE_BEFORE,
    Bound,
    Clause,
    Form,
    Literal,
    Part,
    Slot,
    Tense,
    Verb,
)
from wrapgen.realise.article import indefinite
from wrapgen.rulepack.lexicon import Lexicon

# Where simplenlg keeps the principal parts, in the order of ours.
_PARTS = (
    LexicalFeature.PRESENT3S,
    LexicalFeature.PAST,
    LexicalFeature.PAST_PARTICIPLE,
    LexicalFeature.PRESENT_PARTICIPLE,
)
JOINT = "\u2060"  # marks an end of a string at which no space stands


class Filler(Protocol):
    """What stands in the slots while a tree is realised."""

    def text(self, index: int) -> str:
        """The words of the value, with a `JOINT` where no space may stand before them."""

    def article(self, index: int) -> str:
        """*a* or *an* before the value."""

    def plural(self, index: int) -> bool:
        """The number of the value."""


class Grammar:
    """simplenlg with the lexicon's verbs. Safe to share between threads; loads at first use."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._lock = threading.Lock()
        self._engine: tuple[Any, Any] | None = None

    def engine(self) -> tuple[Any, Any]:
        """simplenlg's factory and realiser."""
        if self._engine is None:
            with self._lock:
                if self._engine is None:
                    words = _Words(self._lexicon)
                    realiser = NlgRealiser(words)
                    realiser.setCommaSepPremodifiers(False)
                    self._engine = (NLGFactory(words), realiser)
        return self._engine

    def string(self, bound: Bound, filler: Filler) -> str:
        """The bound pattern in its form and tense, single-spaced, without capital or stop."""
        factory, realiser = self.engine()
        tree = _Tree(factory, bound, filler).root()
        text: str = realiser.realise(tree).getRealisation()
        return text.replace(f" {JOINT}", "").replace(f"{JOINT} ", "").replace(JOINT, "")


class _Words(XMLLexicon):  # type: ignore[misc]  # the library has no types
    """simplenlg's lexicon with the newsroom's verbs and nothing else.

    None of its own 6,300 words is ever looked up, for nouns and names do not inflect here and a verb that
    the newsroom does not list is an error. Reading them would take as long as loading all rules.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._verbs = lexicon.verbs
        super().__init__()

    def createLexicon(self, xmlfile: str) -> None:  # noqa: N802 - the library's name
        for lemma, parts in self._verbs.items():
            word = WordElement(lemma, LexicalCategory.VERB)
            for feature, form in zip(_PARTS, parts, strict=True):
                # Of "be", which has more forms than four, simplenlg knows the finite ones itself.
                if lemma != "be" or feature in _PARTS[2:]:
                    word.setFeature(feature, form)
            self.words.add(word)
            self.IndexWord(word)
        self.addSpecialCases()

    def getWordsFromIndex(self, key: str, category: Any, index: Any) -> list[Any]:  # noqa: N802 - the library's name
        """The words of a key, each a copy of its own; their features are strings, and deep copies would take long."""
        any_will_do = category == LexicalCategory.ANY
        return [_copied(word) for word in index.get(key, ()) if any_will_do or word.getCategory() == category]


def _copied(word: Any) -> Any:
    copied = copy.copy(word)
    copied.features = dict(word.features)
    return copied


class _Tree:
    """One bound pattern on its way to a simplenlg tree."""

    def __init__(self, factory: Any, bound: Bound, filler: Filler) -> None:
        self.factory = factory
        self.bound = bound
        self.filler = filler
        # How the nearest head clause stands, for the verbs coordinated with its own.
        self.head_shape = "finite"
        self.head_plural = False

    def root(self) -> Any:
        root, form = self.bound.pattern.root, self.bound.form
        if root.verb is None:
            words = self.elements(root.rest)
            return ListElement([StringElement("with"), *words] if form is Form.WITH else words)
        verb = root.verb
        if form is Form.FINITE:
            return self.head(root, "finite")
        if form is Form.RELATIVE:
            return self.head(root._replace(link=(Literal("which"),), subject=()), "finite")
        if verb.modal is not None:
            raise ValueError(f"{self.bound.pattern.rule}: {verb.modal!r} has no {form.value} form")
        if form is Form.INFINITIVE:
            return self.head(root._replace(link=(), subject=()), "infinitive")
        subject = root.subject if form is Form.WITH else ()
        if self.lemma(verb)[0] == "be" and not (verb.passive or verb.perfect or verb.progressive):
            self.head_shape = "participle"
            return self.verbless(root._replace(link=(Literal("with"),) if subject else (), subject=subject))
        reduced = verb.passive and not verb.perfect
        shape = "past_participle" if reduced else "participle"
        verb = verb._replace(
            passive=verb.passive and not reduced,
            progressive=False,
            perfect=verb.perfect and not verb.progressive,
        )
        clause = self.head(root._replace(link=(), subject=subject, verb=verb), shape)
        return ListElement([StringElement("with"), clause]) if form is Form.WITH else clause

    def verbless(self, clause: Clause) -> Any:
        """*be* left out: ``with the Nikkei flat``, ``up 5.8%``."""
        verb = clause.verb
        assert verb is not None
        words = [*self.elements(clause.link), *self.elements(clause.subject)]
        if verb.negated:
            words.append(StringElement("not"))
        return ListElement([*words, *self.particle(verb), *self.elements(clause.rest)])

    def head(self, clause: Clause, shape: str) -> Any:
        """The clause whose form the verbs coordinated with its own take on."""
        self.head_shape, self.head_plural = shape, self.plural(clause)
        return self.clause(clause, shape)

    def nested(self, clause: Clause, shape: str) -> Any:
        before = self.head_shape, self.head_plural
        verb = clause.verb
        if shape == "participle" and verb is not None and verb.lemma is None and self.lemma(verb)[0] == "be":
            element = self.verbless(clause)
        else:
            element = self.head(clause, shape) if shape == "finite" else self.clause(clause, shape)
        self.head_shape, self.head_plural = before
        return element

    def plural(self, clause: Clause) -> bool:
        return self.filler.plural(clause.governor) if clause.governor >= 0 else clause.plural

    def clause(self, clause: Clause, shape: str) -> Any:
        """A clause with its link and subject, its verb in the given shape."""
        verb = clause.verb
        assert verb is not None
        spec = SPhraseSpec(self.factory)
        plural = self.plural(clause)
        subject = list(clause.subject)
        if verb.negated and shape != "finite":
            subject.append(Literal("not"))
        link = clause.link[0] if len(clause.link) == 1 else None
        if isinstance(link, Literal) and link.text in CONNECTIVES:
            spec.setFeature(Feature.COMPLEMENTISER, link.text)
            spec.setFeature(InternalFeature.CLAUSE_STATUS, ClauseStatus.SUBORDINATE)
        else:
            for element in self.elements(clause.link):
                spec.addFrontModifier(element)
        words = self.elements(subject)
        if words:
            spec.setSubject(self.subject(words, plural))
        phrase = spec.getVerbPhrase()
        # On the clause the passive would take the subject for the agent and drop the complements.
        spec.setFeature(Feature.PASSIVE, False)
        self.dress(phrase, spec, verb, shape, plural)
        for element in [*self.particle(verb), *self.elements(clause.rest)]:
            phrase.addPostModifier(element)
        return spec

    def subject(self, elements: Sequence[Any], plural: bool) -> Any:
        """A noun phrase whose words never inflect and whose number drives agreement."""
        first = elements[0]
        noun = WordElement(first.getRealisation() if isinstance(first, StringElement) else "", LexicalCategory.NOUN)
        noun.setFeature(LexicalFeature.PROPER, True)
        phrase = NPPhraseSpec(self.factory)
        phrase.setHead(noun)
        phrase.setPlural(plural)
        for element in elements if not isinstance(first, StringElement) else elements[1:]:
            phrase.addPostModifier(element)
        return phrase

    def dress(self, phrase: Any, spec: Any, verb: Verb, shape: str, plural: bool) -> None:
        """Sets a verb phrase; ``spec`` is its clause, or itself where it is coordinated."""
        lemma, _ = self.lemma(verb)
        phrase.setVerb(self.factory.createWord(lemma, LexicalCategory.VERB))
        phrase.setFeature(Feature.PASSIVE, verb.passive)
        spec.setFeature(Feature.PERFECT, verb.perfect)
        spec.setFeature(Feature.PROGRESSIVE, verb.progressive)
        spec.setFeature(Feature.NUMBER, NumberAgreement.PLURAL if plural else NumberAgreement.SINGULAR)
        if shape == "finite":
            present = verb.present or verb.modal is not None or self.bound.tense is Tense.PRESENT
            spec.setFeature(Feature.TENSE, NlgTense.PRESENT if present else NlgTense.PAST)
            spec.setFeature(Feature.NEGATED, verb.negated)
            if verb.modal is not None:
                spec.setFeature(Feature.MODAL, verb.modal)
        elif shape == "infinitive":
            # With auxiliaries simplenlg's infinitive leaves the participle uninflected.
            if verb.passive or verb.perfect or verb.progressive:
                spec.setFeature(Feature.MODAL, "to")
            else:
                spec.setFeature(Feature.FORM, NlgForm.INFINITIVE)
        else:
            forms = {
                "participle": NlgForm.PRESENT_PARTICIPLE,
                "past_participle": NlgForm.PAST_PARTICIPLE,
                "bare": NlgForm.BARE_INFINITIVE,
            }
            spec.setFeature(Feature.FORM, forms[shape])

    def lemma(self, verb: Verb) -> tuple[str, str]:
        """The verb and its particle."""
        if verb.lemma is not None:
            return verb.lemma, ""
        lemma, _, particle = self.bound.verbs[verb.choice].partition(" ")
        return lemma, particle

    def particle(self, verb: Verb) -> list[Any]:
        """After the verb as a word of its own: as a particle simplenlg has it take the *not*."""
        particle = self.lemma(verb)[1]
        return [StringElement(particle)] if particle else []

    def elements(self, parts: Sequence[Part]) -> list[Any]:
        """The parts in order, neighbouring words and values as one string."""
        found: list[Any] = []
        run: list[str] = []
        for position, part in enumerate(parts):
            following = parts[position + 1] if position + 1 < len(parts) else None
            if isinstance(part, Literal):
                run.append(self.literal(part.text, following, first=position == 0 and parts is self.opening()))
                continue
            if isinstance(part, Slot):
                text = self.filler.text(part.index)
                if text:
                    run.append(text)
                continue
            if run:
                found.append(StringElement(" ".join(run)))
                run = []
            if isinstance(part, Verb):
                phrase = VPPhraseSpec(self.factory)
                shape = "bare" if self.head_shape == "infinitive" else self.head_shape
                self.dress(phrase, phrase, part, shape, self.head_plural)
                found.append(phrase)
                found.extend(self.particle(part))
            else:
                shape = part.verb.shape if part.verb is not None else "finite"
                found.append(self.nested(part, shape))
        if run:
            found.append(StringElement(" ".join(run)))
        return found

    def opening(self) -> tuple[Part, ...]:
        """The parts that the pattern begins with."""
        root = self.bound.pattern.root
        return root.link or root.subject or root.rest

    def literal(self, text: str, following: Part | None, first: bool) -> str:
        """The words of the pattern, each indefinite article by the sound of what follows it."""
        words = text.split(" ")
        for position, word in enumerate(words):
            if word not in ("a", "an") and not (first and position == 0 and word in ("A", "An")):
                continue
            ahead = words[position + 1 :]
            if ahead and not (len(ahead) == 1 and ahead[0] in NO_SPACE_AFTER):
                words[position] = indefinite(" ".join(ahead))
            elif isinstance(following, Slot):
                words[position] = self.filler.article(following.index)
            elif isinstance(following, Clause) and following.verb is not None and not following.link:
                words[position] = indefinite(self.lemma(following.verb)[0])
        text = " ".join(words)
        start = JOINT if text[0] in NO_SPACE_BEFORE else ""
        return f"{start}{text}{JOINT}" if text[-1] in NO_SPACE_AFTER else start + text
