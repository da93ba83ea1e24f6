"""New data under a story that editors have worked on: what stands stays, what changed is marked.

The rules write the story anew from the new data; each old line is paired with the new one that rests on the same
facts. A line whose facts are what they were stays byte for byte; one whose facts changed is rewritten and marked. A
line that an editor changed or locked is never rewritten: it is flagged.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from wrapgen.preview.copy import Block, Copy, Line
from wrapgen.preview.values import Change, Document, changes, rests_on, told

_ALIKE = 0.4  # of 1: the least that two lines must share to be one and the same
_SECTION = 0.1  # what standing in the same part of the story adds
_RULE = 0.1  # what being said by the same rule adds
NEW = "new: the data before did not lead to it"
GONE = "the new data no longer lead to it"


class Pair(NamedTuple):
    """A line, and what the rules make of its facts now."""

    old: Line
    new: Line
    changes: tuple[Change, ...]


class Updated(NamedTuple):
    """The copy under new data; ``pairs`` are the lines that were matched, by their id."""

    copy: Copy
    pairs: dict[int, Pair]

    def without(self, untrue: Collection[int]) -> Copy:
        """The copy with those lines as the rules write them now: their old words do not hold, though no fact that
        they rest on changed. Lines that a person had a say in stay."""
        copy = self.copy
        for id in untrue:
            pair = self.pairs.get(id)
            if pair is not None and not pair.old.kept:
                copy = copy.changed(id, lambda line, pair=pair: _rewritten(pair, ("its words no longer held",)))  # type: ignore[misc]
        return copy


def update(copy: Copy, fresh: Copy, before: Document, after: Document, names: Mapping[str, str]) -> Updated:
    """``copy``, written from ``before``, brought to ``after``, of which the rules write ``fresh``.

    ``names`` are those of markets and companies by their ids, for the flags.
    """
    pairs = _pairs(copy, fresh, before, after)
    brought = {pair.new.id: _brought(pair, names) for pair in pairs}
    return Updated(_joined(copy, fresh, pairs, brought, (NEW,)), {pair.old.id: pair for pair in pairs})


def rebuild(copy: Copy, fresh: Copy, document: Document) -> Copy:
    """``fresh``, another telling of the same data, with the lines of ``copy`` that a person had a say in."""
    pairs = _pairs(copy, fresh, document, document)
    chosen = {pair.new.id: pair.old if pair.old.kept else replace(pair.new, id=pair.old.id) for pair in pairs}
    return _joined(copy, fresh, pairs, chosen, ())


def _joined(
    copy: Copy, fresh: Copy, pairs: Sequence[Pair], chosen: Mapping[int, Line], unpaired: tuple[str, ...]
) -> Copy:
    """The blocks of ``fresh`` with the lines ``chosen`` for its own; what has no pair gets a new number and the flags
    ``unpaired``, and a kept line of ``copy`` that has none is put back."""
    number = iter(range(max(line.id for line in copy.lines) + 1, 1_000_000))

    def line(new: Line) -> Line:
        return chosen[new.id] if new.id in chosen else replace(new, id=next(number), flags=unpaired)

    headline = line(fresh.headline)
    blocks = [replace(block, lines=tuple(map(line, block.lines))) for block in fresh.blocks]
    paired = {pair.old.id for pair in pairs}
    for left in (old for old in copy.lines if old.kept and old.id not in paired):
        blocks = _put_back(blocks, left, copy)
    return Copy(headline, tuple(blocks), copy.note)


def _brought(pair: Pair, names: Mapping[str, str]) -> Line:
    flags = tuple(told(change, names) for change in pair.changes)
    if pair.old.kept:
        made, rule, facts = pair.new.text, pair.new.rule, pair.new.facts
        return replace(pair.old, made=made, rule=rule, facts=facts, flags=flags or pair.old.flags)
    if not flags:
        return replace(pair.old, facts=pair.new.facts)
    return _rewritten(pair, flags)


def _rewritten(pair: Pair, flags: tuple[str, ...]) -> Line:
    same = pair.new.text == pair.old.text
    return replace(pair.new, id=pair.old.id, flags=() if same else flags)


def _pairs(copy: Copy, fresh: Copy, before: Document, after: Document) -> list[Pair]:
    """Old and new lines that tell the same, the most alike first; headline with headline."""
    places = {
        id(line): (block.kind == "subhead", block.section)
        for c in (copy, fresh)
        for block in c.blocks
        for line in block.lines
    }
    old_names = {line.id: rests_on(before, line.facts) for line in copy.lines}
    new_names = {line.id: rests_on(after, line.facts) for line in fresh.lines}

    def alike(old: Line, new: Line) -> float:
        (title, section), (other_title, other_section) = places[id(old)], places[id(new)]
        if title != other_title:
            return 0
        one, two = set(old_names[old.id]), set(new_names[new.id])
        shared = 2 * len(one & two) / (len(one) + len(two)) if one or two else 0
        same_rule = old.rule.rpartition(" ")[2] == new.rule.rpartition(" ")[2]
        return shared + _SECTION * (section == other_section) + _RULE * same_rule

    ranked = sorted(
        ((alike(old, new), -at, old, new) for at, old in enumerate(copy.lines[1:]) for new in fresh.lines[1:]),
        key=lambda pair: pair[:2],
        reverse=True,
    )
    found, olds, news = [(copy.headline, fresh.headline)], set[int](), set[int]()
    for likeness, _, old, new in ranked:
        if likeness >= _ALIKE and old.id not in olds and new.id not in news:
            olds.add(old.id)
            news.add(new.id)
            found.append((old, new))
    return [Pair(old, new, changes(_under(old_names[old.id], new_names[new.id]), before, after)) for old, new in found]


def _under(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The facts of either line: what an old one rested on, and what its new form asks for."""
    return list(dict.fromkeys((*old, *new)))


def _put_back(blocks: list[Block], left: Line, copy: Copy) -> list[Block]:
    """A kept line that nothing new stands for, behind the line that it stood behind."""
    flagged = replace(left, flags=(GONE,))
    order = [line.id for line in copy.lines]
    before = set(order[: order.index(left.id)])
    at = next(
        (
            (b, n)
            for b in reversed(range(len(blocks)))
            for n in reversed(range(len(blocks[b].lines)))
            if blocks[b].lines[n].id in before and blocks[b].kind != "subhead"
        ),
        None,
    )
    if at is None:
        return [Block("paragraph", "kept", (flagged,)), *blocks]
    block, place = blocks[at[0]], at[1] + 1
    lines = (*block.lines[:place], flagged, *block.lines[place:])
    return [*blocks[: at[0]], replace(block, lines=lines), *blocks[at[0] + 1 :]]
