"""A text read once from left to right: sentences of items, each a name, a figure, or a word that claims something.

Words that claim nothing leave no item; a word that neither the vocabulary nor a name accounts for is an item with
the role ``unknown``, and is sound only as part of what an event says (`wrapgen.check.told`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from wrapgen.check.known import Known
from wrapgen.check.lex import Figure, Tokens
from wrapgen.check.names import Name, Names
from wrapgen.check.truth import Thing
from wrapgen.check.words import SILENT, Entry
from wrapgen.check.world import World

_OPENERS = frozenset((
    "the", "a", "an", "in", "on", "it", "its", "this", "that", "these", "those", "they", "as", "at", "but", "while",
    "meanwhile", "elsewhere", "among", "most", "all", "some", "and",
))  # fmt: skip
# Written with a stop, which may be that of the sentence.
_STOPPED = frozenset(("u.s.", "january", "february", "august", "september", "october", "november", "december"))
_WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
# What a name is not, where this word follows it: the kinds of market that it can be.
_INSTRUMENTS = {
    "futures": {"future", "commodity", "crypto", "yield"},
    "options": set[str](),
    "etf": set[str](),
    "fund": set[str](),
}


class Item:
    """Something read: tokens ``i`` to ``j`` (excluded), its role and sense, and what it stands for."""

    # What most items leave as it is stands in the class: a text has hundreds of them.
    entry: Entry | None = None
    things: tuple[Thing, ...] = ()
    figure: Figure | None = None
    used = False
    group = -1
    event = 0
    """The events it was found to tell of."""
    kind = ""

    def __init__(self, role: str, sense: str, i: int, j: int, mask: int = 0) -> None:
        self.role = role
        self.sense = sense
        self.i = i
        self.j = j
        self.mask = mask

    def __repr__(self) -> str:
        return f"<{self.role}:{self.sense} {self.i}-{self.j} {self.mask:b}{' used' if self.used else ''}>"


Sentence = list[Item]


def _written(name: Name, text: str, at: int) -> bool:
    """Whether a name that is written with a capital has one, where it has it."""
    if isinstance(name.capital, str):
        return text.startswith(name.capital, at)
    return not name.capital or text[at].isupper() or not text[at].isalpha()


def _longest(tokens: Tokens, i: int, kinds: Iterable[Names], known: Known) -> tuple[Name | None, Entry | None, int]:
    """The longest of the names, and else of the phrases, that begin at a token; its end. Else the word alone."""
    words = tokens.words
    behind = words[i + 1] if i + 1 < len(words) else ""
    longest, name = 0, None
    for names in kinds:
        for each in names.longer.get(behind, ()):
            if each.size <= longest:
                break
            if (each.size == 2 or tuple(words[i + 1 : i + each.size]) == each.rest) and _written(
                each, tokens.text, tokens.starts[i]
            ):
                name, longest = each, each.size
                break
        if not longest and names.alone is not None and _written(names.alone, tokens.text, tokens.starts[i]):
            name, longest = names.alone, 1
    for phrase in known.phrases.get(behind, ()):
        if phrase.size <= longest:
            break
        if phrase.size == 2 or tuple(words[i + 1 : i + phrase.size]) == phrase.rest:
            return None, phrase.entry, i + phrase.size
    if name is not None:
        return name, None, i + longest
    return None, known.entry, i + 1


def _named(tokens: Tokens, world: World, name: Name, i: int, j: int) -> Item:
    """A name as an item: what it can mean, and the events that its words or its bearer have part in."""
    words, masks, lexicon = tokens.words, world.book.masks, world.language.words
    things = world.things(name.meanings)
    mask = 0
    if masks:
        mask = masks.get(lexicon[words[i]].stem, 0)
        for word in words[i + 1 : j] if mask else ():
            mask &= masks.get(lexicon[word].stem, 0)
        for thing in things:
            mask |= thing.mask
    if j < len(words) and words[j] in _INSTRUMENTS and things[0].kind == "market" and words[j - 1] != words[j]:
        kinds = {t.data.kind for t in things if t.data is not None}
        if kinds and not kinds & _INSTRUMENTS[words[j]]:
            of = things[0]
            things = (Thing("market", f"{of.id} {words[j]}", f"{of.name} {words[j]}"),)
            mask = 0
    item = Item("name", name.meanings[0][0], i, j, mask)
    item.things = things
    return item


def _phrased(words: list[str], world: World, i: int, j: int) -> int:
    """The events that have the words of a phrase, those that only join them left out."""
    masks, lexicon = world.book.masks, world.language.words
    mask = -1 if masks else 0
    for word in words[i:j]:
        known = lexicon[word]
        if known.entry is None or known.entry.role != "function":
            mask &= masks.get(known.stem, 0)
    return mask


def read(tokens: Tokens, world: World) -> list[Sentence]:
    """The sentences of a text, headings and lines of their own included."""
    words, starts, text = tokens.words, tokens.starts, tokens.text
    lexicon, own, masks = world.language.words, world.names, world.book.masks
    sentences: list[Sentence] = []
    current: Sentence = []
    quiet = lexicon.quiet
    behind_each = itertools.chain(words[1:], ("",))
    count = len(words)
    j = 0
    for i, (word, behind) in enumerate(zip(words, behind_each, strict=False)):
        if i < j:
            continue  # part of what was read last
        j = i + 1
        if word in quiet and behind not in quiet[word] and word not in own:
            continue
        known = lexicon[word]
        base, _, entry, _, seconds, role, sense, figure, key = known
        name = base.alone
        if behind in seconds or word in own:
            name, entry, j = _longest(tokens, i, (own[word], base) if word in own else (base,), known)
            if entry is not None:
                role, sense, figure = "" if entry.role in SILENT else entry.role, entry.sense, None
        elif name is not None and name.capital and not _written(name, text, starts[i]):
            name = None
        if name is not None:
            current.append(_named(tokens, world, name, i, j))
        elif role == "stop":
            ends = word != "." or j == count or words[j][0] == "\n" or not text[starts[j]].islower()
            if ends and current:
                sentences.append(current)
                current = []
        elif role and not (role == "cause" and word == "on" and behind in _WEEKDAYS):  # "on Monday" gives no cause
            mask = masks.get(key, 0) if j == i + 1 else _phrased(words, world, i, j)
            if entry is not None and entry.direction:
                mask |= masks.get(entry.direction + ":", 0)
            item = Item(role, sense, i, j, mask)
            item.entry = entry
            item.figure = figure
            current.append(item)
        if (
            word in _STOPPED
            and text[tokens.ends[i] - 1] == "."
            and j < count
            and words[j] in _OPENERS
            and text[starts[j]].isupper()
            and len(current) > 3
        ):
            sentences.append(current)
            current = []
    if current:
        sentences.append(current)
    return sentences
