"""Compiles the notation of patterns (`wrapgen.clause`) into clause trees.

A pattern is read into words, slots and bracketed verbs. Each verb is then settled as the head of a
finite clause, as coordinated with one, or as the head of a non-finite clause; the tree follows from
that. Clauses nest to the right: what stands after a verb belongs to its clause.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

from wrapgen.clause import CONNECTIVES, Clause, Literal, Part, Pattern, Slot, Verb, governors, word_set
from wrapgen.rulepack.agreement import Agreement, UnknownNoun, Word, agree, antecedent, is_adverb
from wrapgen.rulepack.errors import RuleError
from wrapgen.rulepack.lexicon import Lexicon
from wrapgen.rulepack.notation import Atom, Reader, VerbAtom

_RELATIVE = frozenset(("which", "that", "who"))
_JOINING = frozenset(("and", "but", "so", "or"))
# After these *as* and *so* join no clause: "as much as", "as of", "so far".
_OF_DEGREE = word_set("of much many few high low well soon little far")
# Verbs whose object does what a bare infinitive says: "helped {market} [advance]".
_CAUSING = word_set("help let make see watch")


def parse_pattern(source: str, rule: str, lexicon: Lexicon) -> Pattern:
    """Compiles one pattern; ``rule`` is ``file.yaml:line id``.

    Raises RuleError with everything that is wrong, each problem with the column in ``source``.
    """
    place, _, name = rule.partition(" ")
    file, _, line = place.rpartition(":")
    try:
        root, slots, choices = _parsed(source, lexicon)
    except RuleError as error:
        at = int(line) if line.isdigit() else 0
        raise RuleError([replace(problem, file=file or place, line=at) for problem in error.problems]) from None
    return Pattern(name or rule, rule, source, root, slots, choices, governors(root))


@functools.lru_cache(maxsize=4096)  # a pack is loaded again after each change of an editor, who changes one pattern
def _parsed(source: str, lexicon: Lexicon) -> tuple[Clause, tuple[Slot, ...], int]:
    """The clause tree, the slots, and how many verbs are chosen. Raises RuleError, with problems of no file or line."""
    reader = Reader(source, lexicon, "", 0)
    reader.scan()
    if not reader.problems:
        settled = _Settler(reader)
        settled.settle()
        if not reader.problems:
            root = _Builder(reader, settled).root()
            if not reader.problems:
                return root, tuple(reader.slots), sum(verb.choice >= 0 for verb in settled.verbs.values())
    raise RuleError(reader.problems)


class _Settler:
    """Which reading of each verb is meant, and where its clause begins."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.atoms = reader.atoms
        self.lexicon = reader.lexicon
        self.verbs: dict[int, Verb] = {}
        self.starts: dict[int, tuple[int, int]] = {}  # where a clause begins -> its subject, its verb
        self.joined: set[int] = set()  # verbs coordinated with the one before

    def settle(self) -> None:
        previous = finite = -1
        choices = 0
        for index, atom in enumerate(self.atoms):
            if not isinstance(atom, VerbAtom):
                continue
            verb = self.choose(atom, previous, finite, index)
            if verb.choice >= 0:
                verb = verb._replace(choice=choices)
                choices += 1
            self.verbs[index] = verb
            if verb.shape == "finite":
                if finite >= 0:
                    self.place(finite, previous, index)
                finite = index
            elif verb.shape in ("participle", "past_participle"):
                self.place_with(previous, index)
            previous = index

    def choose(self, atom: VerbAtom, previous: int, finite: int, index: int) -> Verb:
        """The reading that fits what stands before the verb."""
        readings = {verb.shape: verb for verb in reversed(atom.group.readings)}
        lone = readings.get("finite")
        passive, bare = readings.get("past_participle"), readings.get("bare")
        if lone is None or len(readings) == 1:
            return next(iter(readings.values()))
        between = self.atoms[previous + 1 : index]
        if previous < 0:
            return lone if between else passive or bare or lone
        before = self.verbs[previous]
        if self.joins(between):
            if bare and before.shape in ("infinitive", "bare"):
                return bare
            return passive if passive and before.shape == "past_participle" else lone
        if self.connective(finite + 1, index) is not None or self.reports(previous) and between:
            return lone
        follows = self.atoms[index + 1 : index + 2]
        by = bool(follows) and isinstance(follows[0], Word) and follows[0].text == "by"
        comma = _ends_clause(between[-1]) if between else False
        if passive and (by or comma):
            return passive
        if bare and before.lemma in _CAUSING:
            return bare
        if finite < 0 or passive is None or any(map(_ends_clause, between)):
            return lone
        return passive

    def place(self, finite: int, previous: int, index: int) -> None:
        """Where the clause of the finite verb at ``index`` begins; ``previous`` is the verb before it."""
        between = self.atoms[previous + 1 : index]
        if self.joins(between):
            self.joined.add(index)
            return
        at = self.connective(previous + 1, index)
        if at is None and self.reports(previous) and between:
            self.starts[previous + 1] = (previous + 1, index)
            return
        if at is None:
            at = self.connective(finite + 1, index)
        if at is not None:
            self.starts[at[0]] = (at[1], index)
            return
        commas = [i for i in range(finite + 1, index) if _ends_clause(self.atoms[i])]
        if commas and commas[-1] + 1 < index:  # While {a} [rose], {b} [fell]
            self.starts[commas[-1] + 1] = (commas[-1] + 1, index)
            return
        atom, before = self.atoms[index], self.atoms[finite]
        assert isinstance(atom, VerbAtom) and isinstance(before, VerbAtom)
        self.reader.refuse(atom.column, f'two verbs without a connective: "{before.text}" and', atom.text)

    def place_with(self, previous: int, index: int) -> None:
        """Where the clause of a participle with a subject of its own begins: ``with {stock} [falling]``."""
        found = [i for i in range(previous + 1, index) if _lower(self.atoms[i]) == "with"]
        if found and found[-1] + 1 < index and not _ends_clause(self.atoms[index - 1]):
            self.starts[found[-1]] = (found[-1] + 1, index)

    def reports(self, index: int) -> bool:
        return self.verbs[index].lemma in self.lexicon.reporting

    @staticmethod
    def joins(between: Sequence[Atom]) -> bool:
        """Whether *and*, *but* or *or* stands right before the verb, adverbs aside."""
        for atom in reversed(between):
            if not isinstance(atom, Word) or not (atom.text in _JOINING or is_adverb(atom.text)):
                return False
            if atom.text in _JOINING:
                return True
        return False

    def connective(self, start: int, stop: int) -> tuple[int, int] | None:
        """Where a clause between two atoms begins, and its subject.

        It begins with the last connective (*and* only for want of another), or after a semicolon. A
        connective right before a participle or an infinitive opens that instead (``after [posting]``).
        """
        found: tuple[int, int] | None = None
        joined: tuple[int, int] | None = None
        for index in range(start, stop):
            atom = self.atoms[index]
            word = _lower(atom)
            if word.endswith((";", ":")):
                found, joined = (index + 1, index + 1), None
                continue
            if word not in CONNECTIVES or index + 1 in self.verbs and self.verbs[index + 1].shape != "finite":
                continue
            if word in ("as", "so") and (
                index + 1 < stop
                and _lower(self.atoms[index + 1]) in _OF_DEGREE
                or index >= 2
                and _lower(self.atoms[index - 2]) == "as"
            ):
                continue
            if word == "and" and not (index and _ends_clause(self.atoms[index - 1])):
                joined = index, index + 1
            else:
                found = index, index + 1
        return joined if found is None else found


class _Builder:
    """The clause tree of settled verbs."""

    def __init__(self, reader: Reader, settled: _Settler) -> None:
        self.reader = reader
        self.atoms = reader.atoms
        self.lexicon = reader.lexicon
        self.settled = settled
        self.starts = dict(settled.starts)

    def root(self) -> Clause:
        verbs = self.settled.verbs
        head = next((index for index, verb in verbs.items() if verb.shape == "finite"), None)
        if head is not None:
            at = self.settled.connective(0, head)
            if at is None or _lower(self.atoms[0]) in CONNECTIVES or _lower(self.atoms[at[0]]) in _JOINING:
                return self.clause(0, self.subject_start(head), head, len(self.atoms))
            self.starts[at[0]] = (
                at[1],
                head,
            )  # a phrase that a clause hangs on: "news that {company} [sold] {stake}"
        stop = min([*self.starts, *verbs], default=len(self.atoms))
        number = agree(_plain(self.atoms[:stop]), self.lexicon, strict=False)
        return Clause((), (), None, self.parts(0, len(self.atoms)), number.plural, number.governor)

    def subject_start(self, head: int) -> int:
        """Where the subject begins: after the front modifier, after the connective, or at once."""
        first = 1 if _lower(self.atoms[0]) in CONNECTIVES and head else 0
        commas = [index for index in range(head) if _ends_clause(self.atoms[index])]
        if commas and commas[-1] == head - 1:  # closes an apposition to the subject
            commas = commas[:-2]
        if not commas:
            return first
        start = commas[-1] + 1
        listed = any(_lower(atom) in ("and", "or") for atom in self.atoms[start:head])
        return first if listed and isinstance(self.atoms[first], Slot) else start

    def clause(self, start: int, subject: int, verb: int, stop: int) -> Clause:
        """The clause whose link begins at ``start``, its subject at ``subject``, and that ends at ``stop``.

        *which*, *who* and *that* without other words before the verb are the subject.
        """
        nested = min((index for index in self.settled.verbs if subject <= index < verb), default=verb)
        words = _plain(self.atoms[subject:nested])
        number = Agreement()
        if any(isinstance(word, Slot) or not is_adverb(word.text) for word in words):
            try:
                number = agree(words, self.lexicon)
            except UnknownNoun as error:
                self.reader.refuse(error.word.column, "unknown noun before a verb", error.word.text, error.near)
        elif start < subject and _lower(self.atoms[start]) in _RELATIVE:
            number = antecedent(_plain(self.atoms[:start]), self.lexicon)
            subject = start
        return Clause(
            self.parts(start, subject),
            self.parts(subject, verb),
            self.settled.verbs[verb],
            self.parts(verb + 1, stop),
            number.plural,
            number.governor,
        )

    def parts(self, start: int, stop: int) -> tuple[Part, ...]:
        """The atoms of a range, words joined; a clause that begins on the way takes all that follows."""
        found: list[Part] = []
        run: list[str] = []

        def flush() -> None:
            if run:
                found.append(Literal(" ".join(run)))
                run.clear()

        for index in range(start, stop):
            atom = self.atoms[index]
            opened = self.starts.pop(index, None)  # popped, for the clause itself begins with this atom
            if opened is not None:
                flush()
                found.append(self.clause(index, *opened, stop))
                return tuple(found)
            if isinstance(atom, Word):
                run.append(atom.text)
                continue
            flush()
            if isinstance(atom, Slot):
                found.append(atom)
                continue
            verb = self.settled.verbs[index]
            if index in self.settled.joined:
                found.append(verb)
                continue
            number = Agreement()
            if verb.shape == "bare":  # what is helped or made to move
                number = antecedent(_plain(self.atoms[:index]), self.lexicon)
            found.append(Clause((), (), verb, self.parts(index + 1, stop), number.plural, number.governor))
            return tuple(found)
        flush()
        return tuple(found)


def _lower(atom: Atom) -> str:
    return atom.text.lower() if isinstance(atom, Word) else ""


def _ends_clause(atom: Atom) -> bool:
    return isinstance(atom, Word) and atom.text.endswith(",")


def _plain(atoms: Sequence[Atom]) -> list[Word | Slot]:
    return [atom for atom in atoms if isinstance(atom, Word | Slot)]
