"""The characters of a pattern, read into words, slots and verb groups.

Checks on the way that the spaces written are those that the sentence will have: `wrapgen.clause` keeps
none, since realisation knows where they stand.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wrapgen.clause import NO_SPACE_AFTER, NO_SPACE_BEFORE, Slot
from wrapgen.rulepack.agreement import Word
from wrapgen.rulepack.errors import RuleProblem
from wrapgen.rulepack.lexicon import Lexicon
from wrapgen.rulepack.verbgroup import Group, VerbError, read_group

_SLOT = re.compile(r"[a-z][a-z0-9_]*(:[a-z][a-z0-9_]*)?")


class VerbAtom(NamedTuple):
    group: Group
    text: str
    column: int


class _Piece(NamedTuple):
    """A stretch of the source without the spaces around it, and its outer characters if it is words."""

    start: int
    stop: int
    first: str
    last: str


Atom = Word | Slot | VerbAtom


class Reader:
    """One pattern being read: its ``atoms``, its ``slots``, and its ``problems`` so far."""

    def __init__(self, source: str, lexicon: Lexicon, file: str, line: int) -> None:
        self.source = source
        self.lexicon = lexicon
        self.file, self.line = file, line
        self.problems: list[RuleProblem] = []
        self.slots: list[Slot] = []
        self.atoms: list[Atom] = []
        self.pieces: list[_Piece] = []

    def refuse(self, column: int, message: str, value: str = "", near: str | None = None) -> None:
        self.problems.append(RuleProblem(self.file, self.line, f"column {column}: {message}", value, nearest=near))

    def scan(self) -> None:
        position, end = 0, len(self.source)
        while position < end:
            char = self.source[position]
            if char in "{[":
                stop = self.source.find("}" if char == "{" else "]", position)
                inner = self.source[position + 1 : stop]
                if stop < 0 or "{" in inner or "[" in inner:
                    self.refuse(position + 1, f'"{char}" that nothing closes', self.source[position : position + 20])
                    return
                (self.slot if char == "{" else self.verb)(inner, position + 1)
                self.pieces.append(_Piece(position, stop + 1, "", ""))
                position = stop + 1
            elif char in "}]":
                self.refuse(position + 1, f'"{char}" that nothing opens')
                return
            else:
                stop = position
                while stop < end and self.source[stop] not in "{}[]":
                    stop += 1
                self.words(position, stop)
                position = stop
        if not self.atoms and not self.problems:
            self.refuse(1, "empty pattern")
        for before, after in zip(self.pieces, self.pieces[1:], strict=False):
            self.check_space(before, after)

    def slot(self, inner: str, column: int) -> None:
        if not _SLOT.fullmatch(inner):
            self.refuse(column, "a slot is {name} or {name:form}, in small letters, digits and _, not", f"{{{inner}}}")
            return
        name, _, form = inner.partition(":")
        self.slots.append(Slot(name, form, len(self.slots)))
        self.atoms.append(self.slots[-1])

    def verb(self, inner: str, column: int) -> None:
        try:
            group = read_group(inner, self.lexicon)
        except VerbError as error:
            self.refuse(column, error.message, error.value, error.near)
            return
        self.atoms.append(VerbAtom(group, inner, column))
        self.atoms.extend(Word(word, column) for word in group.after.split())

    def words(self, start: int, stop: int) -> None:
        found = list(re.finditer(r"\S+", self.source[start:stop]))
        for number, match in enumerate(found):
            word, column = match[0], start + match.start() + 1
            if number and word[0] in ",.;:)?!’”":
                self.refuse(column, "no space before", word)
            self.atoms.append(Word(word, column))
        if found:
            text = self.source[start:stop].strip()
            first = start + found[0].start()
            self.pieces.append(_Piece(first, first + len(text), text[0], text[-1]))

    def check_space(self, before: _Piece, after: _Piece) -> None:
        """Whether two pieces stand apart as they will in the sentence."""
        spaced = before.stop < after.start
        wanted = after.first not in NO_SPACE_BEFORE and before.last not in NO_SPACE_AFTER
        if not after.first:
            wanted = before.last not in NO_SPACE_AFTER or not before.last
        if not before.last:
            wanted = after.first not in NO_SPACE_BEFORE or not after.first
        if spaced != wanted:
            shown = self.source[max(before.start, before.stop - 12) : after.start + 12]
            self.refuse(before.stop + 1, "a space is missing in" if wanted else "no space belongs in", shown)
