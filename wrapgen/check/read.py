"""A text read once from left to right: sentences of items, each a name, a figure, or a word that claims something.

Words that claim nothing leave no item; a word that neither the vocabulary nor a name accounts for is an item with
the role ``unknown``, and is sound only as part of what an event says (`wrapgen.check.told`).
"""

from __future__ import annotations

from typing import Final

from wrapgen.check.known import Known
from wrapgen.check.lex import Figure, Tokens
from wrapgen.check.names import Name, Names
from wrapgen.check.truth import Thing
from wrapgen.check.words import SILENT, Entry, Phrase
from wrapgen.check.world import World

_OPENERS: Final = frozenset((
    "the", "a", "an", "in", "on", "it", "its", "this", "that", "these", "those", "they", "as", "at", "but", "while",
    "meanwhile", "elsewhere", "among", "most", "all", "some", "and",
))  # fmt: skip
# Written with a stop, which may be that of the sentence.
_STOPPED: Final = frozenset(("u.s.", "january", "february", "august", "september", "october", "november", "december"))
_WEEKDAYS: Final = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
# What a name is not, where this word follows it: the kinds of market that it can be.
_INSTRUMENTS: Final = {
    "futures": {"future", "commodity", "crypto", "yield"},
    "options": set[str](),
    "etf": set[str](),
    "fund": set[str](),
}


class Item:
    """Something read: tokens ``i`` to ``j`` (excluded), its role and sense, and what it stands for.

    ``event`` are the events that it was found to tell of, ``group`` who was last named before it.
    """

    __slots__ = ("role", "sense", "i", "j", "mask", "entry", "things", "figure", "used", "group", "event", "kind")

    def __init__(
        self,
        role: str,
        sense: str,
        i: int,
        j: int,
        mask: int = 0,
        entry: Entry | None = None,
        figure: Figure | None = None,
        things: tuple[Thing, ...] = (),
    ) -> None:
        self.role = role
        self.sense = sense
        self.i = i
        self.j = j
        self.mask = mask
        self.entry = entry
        self.figure = figure
        self.things = things
        self.used = False
        self.group = -1
        self.event = 0
        self.kind = ""

    def __repr__(self) -> str:
        return f"<{self.role}:{self.sense} {self.i}-{self.j} {self.mask:b}{' used' if self.used else ''}>"


Sentence = list[Item]


def _written(capital: bool | str, text: str, at: int) -> bool:
    """Whether a name that is written with a capital has one, where it has it."""
    if not capital:
        return True
    if capital is True:
        return text[at].isupper() or not text[at].isalpha()
    return text.startswith(capital, at)


def _goes_on(words: list[str], i: int, found: Name | Phrase) -> bool:
    """Whether a name or phrase of which the first two words stand there stands there to its end."""
    at = i + 2
    for word in found.tail:
        if at >= len(words) or words[at] != word:
            return False
        at += 1
    return True


def _longest(tokens: Tokens, i: int, behind: str, own: Names | None, known: Known) -> Name | Phrase | None:
    """The longest name or phrase that begins at a token; of two that are as long one of the snapshot's own, or a name.

    None where the word stands for itself.
    """
    words, text, start = tokens.words, tokens.text, tokens.starts[i]
    found: Name | Phrase | None = None
    size = 0
    if own is not None:
        for name in own.longer.get(behind, ()):
            if _goes_on(words, i, name) and _written(name.capital, text, start):
                found, size = name, name.size
                break
        else:
            if own.alone is not None and _written(own.alone.capital, text, start):
                found, size = own.alone, 1
    for each in known.longer.get(behind, ()):
        if each.size <= size:
            break
        if _goes_on(words, i, each) and _written(each.capital, text, start):
            return each
    if found is None and known.alone is not None and _written(known.alone.capital, text, start):
        return known.alone
    return found


def _named(words: list[str], world: World, name: Name, i: int, j: int) -> Item:
    """A name as an item: what it can mean, and the events that its words or its bearer have part in."""
    things, mask = world.named.get(name) or world.bearers(name)
    behind = words[j] if j < len(words) else ""
    if behind in _INSTRUMENTS and things[0].kind == "market" and words[j - 1] != behind:
        kinds = {t.data.kind for t in things if t.data is not None}
        if kinds and not kinds & _INSTRUMENTS[behind]:
            of = things[0]
            things = (Thing("market", f"{of.id} {behind}", f"{of.name} {behind}"),)
            mask = 0
    return Item("name", name.meanings[0][0], i, j, mask, things=things)


def _stopped(tokens: Tokens, at: int) -> bool:
    """Whether a word is written with a stop, which may be that of the sentence."""
    return tokens.words[at] in _STOPPED and tokens.text[tokens.end(at) - 1] == "."


def _phrased(words: list[str], world: World, i: int, j: int) -> int:
    """The events that have the words of a phrase, those that only join them left out."""
    book, lexicon = world.book, world.language.words
    mask = -1 if world.snapshot.events else 0
    for word in words[i:j]:
        known = lexicon[word]
        if known.entry is None or known.entry.role != "function":
            mask &= book.mask(known)
    return mask


def read(tokens: Tokens, world: World) -> list[Sentence]:
    """The sentences of a text, headings and lines of their own included."""
    words, starts, text = tokens.words, tokens.starts, tokens.text
    book, ways, own = world.book, world.book.ways, frozenset(world.ways)
    lexicon = world.language.words
    sentences: list[Sentence] = []
    current: Sentence = []
    count = len(words)
    j = 0  # where the next item begins
    while j < count:
        i, j = j, j + 1
        word, behind = words[i], words[j] if j < count else ""
        known = lexicon[word]
        found: Name | Phrase | None = known.alone
        mine = word in own
        if mine or (known.longer and behind in known.longer):
            found = _longest(tokens, i, behind, world.own(word) if mine else None, known)
        elif known.alone is not None and not _written(known.alone.capital, text, starts[i]):
            found = None
        if found is not None:
            j = i + found.size
            if isinstance(found, Name):
                if found.meanings[0][0] == "stock" and len(current) > 3 and _stopped(tokens, i - 1):
                    sentences.append(current)  # "with the U.S. Nvidia rose"
                    current = []
                current.append(_named(words, world, found, i, j))
            elif (said := found.entry).role not in SILENT:
                mask = _phrased(words, world, i, j) | ways.get(said.direction, 0)
                current.append(Item(said.role, said.sense, i, j, mask, said))
        else:
            role = known.role
            if not role:
                continue
            if role == "stop":
                if current and (word != "." or j == count or words[j][0] == "\n" or not text[starts[j]].islower()):
                    sentences.append(current)
                    current = []
                continue
            if word == "on" and role == "cause" and behind in _WEEKDAYS:
                continue  # "on Monday" gives no cause
            entry, mask = known.entry, book.mask(known) if known.key else 0
            if entry is not None and entry.direction:
                mask |= ways.get(entry.direction, 0)
            current.append(Item(role, known.sense, i, j, mask, entry, known.figure))
        if (
            len(current) > 3
            and word in _STOPPED
            and _stopped(tokens, i)
            and j < count
            and words[j] in _OPENERS
            and text[starts[j]].isupper()
        ):
            sentences.append(current)
            current = []
    if current:
        sentences.append(current)
    return sentences
