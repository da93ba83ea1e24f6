"""An article within the words that its length allows: what is kept where all would be too long.

The plan's rule says what is most important (`Length.keep`). Whole messages are left out, never part of one, so that
what stays ends on a whole thought; and one that leans on the message before it goes with that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from wrapgen.plan.types import Document, Message
from wrapgen.rulepack.kinds import Length
from wrapgen.text import Block, Sentence
from wrapgen.wording.writer import Writer

Place = tuple[int, int]  # a message: the number of its paragraph, and its own in it
Article = tuple[Sentence, tuple[Block, ...]]


def words_of(blocks: Sequence[Block]) -> int:
    """The words of a body, its subheads apart."""
    return sum([len(block.text.split()) for block in blocks if block.kind == "paragraph"])


def written(writer: Writer, document: Document, length: Length) -> Article:
    """The article; of a length with bounds, with as much as there is room for, the most important first."""
    whole = writer.write(document)
    if length.words is None or words_of(whole[1]) <= length.words[1]:
        return whole
    fewest, most = length.words
    places = ranked(document, length)

    def article(kept: Collection[Place]) -> Article:
        return writer.write(reduced(document, frozenset(kept)))

    # The most of the first that fit, by halves; then what is short enough of the rest, while it is still short.
    low, high = 0, len(places)
    best = article(())
    while low < high:
        middle = (low + high + 1) // 2
        tried = article(places[:middle])
        if words_of(tried[1]) <= most:
            low, best = middle, tried
        else:
            high = middle - 1
    kept = list(places[:low])
    for number, at in places[low:]:
        if words_of(best[1]) >= fewest:
            break
        if _leans(document.paragraphs[number].messages[at]) and (number, at - 1) not in kept:
            continue
        tried = article([*kept, (number, at)])
        if words_of(tried[1]) <= most:
            kept.append((number, at))
            best = tried
    return best


def _leans(message: Message) -> bool:
    """Whether it goes on with the message before it: *the news*, *that*, *over the same time*, *it*."""
    beside = message.kind == "event.left" and message.target is not None
    return beside or message.kind in _LEANING or message.detail.endswith(".more")


_LEANING: Final = frozenset(("cause.more", "cause.sentence", "event.detail", "event.overshadowed", "stock.news.group"))


def ranked(document: Document, length: Length) -> list[Place]:
    """Every message that may stay, the most important first; what ``keep`` does not name comes last, in its order."""
    waiting: dict[str, list[Place]] = {}
    for number, paragraph in enumerate(document.paragraphs):
        section = paragraph.section.partition(".")[0]
        for at in range(len(paragraph.messages)):
            waiting.setdefault(_FAMILIES.get(section, section), []).append((number, at))
    found: list[Place] = []
    for section, most in length.keep:
        places = waiting.get(section, [])
        taken = len(places) if most is None else most
        found.extend(places[:taken])
        waiting[section] = places[taken:]
    found.extend(sorted(place for places in waiting.values() for place in places))
    return found


# Parts of a section that stand apart in the article.
_FAMILIES: Final = {"second": "story", "news": "story", "drivers": "scores"}


def reduced(document: Document, kept: frozenset[Place]) -> Document:
    """The document with these messages alone."""
    paragraphs = []
    for number, paragraph in enumerate(document.paragraphs):
        messages = tuple([m for at, m in enumerate(paragraph.messages) if (number, at) in kept])
        if messages:
            paragraphs.append(paragraph._replace(messages=messages))
    return document._replace(paragraphs=tuple(paragraphs))
