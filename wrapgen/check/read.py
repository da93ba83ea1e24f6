"""A text read once from left to right: sentences of items, each a name, a figure, or a word that claims something.

Words that claim nothing leave no item; a word that neither the vocabulary nor a name accounts for is an item with
the role ``unknown``, and is sound only as part of what an event says (`wrapgen.check.told`).
"""

from __future__ import annotations

from wrapgen.check.lex import Figure, Tokens, figure
from wrapgen.check.names import Name
from wrapgen.check.truth import Thing
from wrapgen.check.words import SILENT, Entry
from wrapgen.check.world import World

_COMMAS = frozenset(',;:()—–"“”‘[]…')
_STOPS = frozenset(".!?")
_OPENERS = frozenset((
    "the", "a", "an", "in", "on", "it", "its", "this", "that", "these", "those", "they", "as", "at", "but", "while",
    "meanwhile", "elsewhere", "among", "most", "all", "some", "and",
))  # fmt: skip
_WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
# What a name is not, where this word follows it: the kinds of market that it can be.
_INSTRUMENTS = {
    "futures": {"future", "commodity", "crypto", "yield"},
    "options": set[str](),
    "etf": set[str](),
    "fund": set[str](),
}
NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}
ORDINALS = {
    word: number + 1
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ]
    )
}
for _n in range(1, 100):
    _suffix = "th" if 10 <= _n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(_n % 10, "th")
    ORDINALS[f"{_n}{_suffix}"] = _n
del _n, _suffix


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
    """Whether a name that is written with a capital has one."""
    return not name.capital or text[at].isupper() or not text[at].isalpha()


def read(tokens: Tokens, world: World) -> list[Sentence]:
    """The sentences of a text, headings and lines of their own included."""
    words, starts, text = tokens.words, tokens.starts, tokens.text
    lexicon, own, masks = world.language.words, world.names, world.book.masks
    sentences: list[Sentence] = []
    current: Sentence = []
    count = len(words)
    i = 0
    while i < count:
        word = words[i]
        behind = words[i + 1] if i + 1 < count else ""
        base, phrases, single, stem, silent = lexicon[word]
        if silent and behind not in phrases and behind not in base.longer and word not in own:
            i += 1
            continue
        # the longest of: a name of the snapshot, a name of the reference data, a phrase of the vocabulary
        longest = 0
        name = None
        for names in (own[word], base) if word in own else (base,):
            for each in names.longer.get(behind, ()):
                if each.size <= longest:
                    break
                if (each.size == 2 or tuple(words[i + 1 : i + each.size]) == each.rest) and _written(
                    each, text, starts[i]
                ):
                    name, longest = each, each.size
                    break
            if not longest and names.alone is not None and _written(names.alone, text, starts[i]):
                name, longest = names.alone, 1
        entry = None
        for phrase in phrases.get(behind, ()):
            if phrase.size <= longest:
                break
            if phrase.size == 2 or tuple(words[i + 1 : i + phrase.size]) == phrase.rest:
                entry, longest, name = phrase.entry, phrase.size, None
                break
        if longest == 0:
            longest = 1
            entry = single
        j = i + longest
        if name is not None:
            item = Item("name", name.meanings[0][0], i, j)
            item.things = world.things(name.meanings)
            if masks:
                mask = -1
                for each_word in words[i:j]:
                    mask &= masks.get(lexicon[each_word].stem, 0)
                for thing in item.things:
                    mask |= thing.mask
                item.mask = mask
            if j < count and words[j] in _INSTRUMENTS and item.things[0].kind == "market" and words[j - 1] != words[j]:
                kinds = {t.data.kind for t in item.things if t.data is not None}
                if kinds and not kinds & _INSTRUMENTS[words[j]]:
                    of = item.things[0]
                    item.things = (Thing("market", f"{of.id} {words[j]}", f"{of.name} {words[j]}"),)
                    item.mask = 0
            current.append(item)
        elif entry is not None:
            if entry.role == "cause" and word == "on" and j < count and words[j] in _WEEKDAYS:
                pass  # on Monday
            elif entry.role not in SILENT:
                mask = 0
                if masks:
                    if longest == 1:
                        mask = masks.get(stem, 0)
                    else:
                        mask = -1
                        for each_word in words[i:j]:
                            _, _, alone, its_stem, _ = lexicon[each_word]
                            if alone is None or alone.role != "function":
                                mask &= masks.get(its_stem, 0)
                if entry.direction:
                    mask |= masks.get(entry.direction + ":", 0)
                item = Item(entry.role, entry.sense, i, j, mask)
                item.entry = entry
                current.append(item)
        elif word in _STOPS or word[0] == "\n":
            ends = word != "." or j == count or words[j][0] == "\n" or not text[starts[j]].islower()
            if ends and current:
                sentences.append(current)
                current = []
        elif word in _COMMAS:
            current.append(Item("comma", word, i, j))
        elif word == "-" or word == "'s" or word == "'":
            pass
        else:
            shown = figure(word)
            if shown is not None:
                item = Item("figure", "", i, j)
                item.figure = shown
            elif word in NUMBERS:
                item = Item("figure", "word", i, j, masks.get(stem, 0))
                item.figure = Figure(float(NUMBERS[word]), 0, 0, "", False)
            elif word in ORDINALS:
                item = Item("ordinal", "", i, j, masks.get(stem, 0))
                item.figure = Figure(float(ORDINALS[word]), 0, 0, "", False)
            elif not word[0].isalnum():
                i = j
                continue
            else:
                item = Item("unknown", "", i, j, masks.get(stem, 0))
            current.append(item)
        if word == "u.s." and j < count and words[j] in _OPENERS and text[starts[j]].isupper() and len(current) > 3:
            sentences.append(current)
            current = []
        i = j
    if current:
        sentences.append(current)
    return sentences
