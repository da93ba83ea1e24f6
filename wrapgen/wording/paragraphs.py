"""Which sentences share a paragraph: short ones of a section together, long ones cut, a subhead over enough of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from wrapgen.plan.types import Paragraph
from wrapgen.text import Sentence
from wrapgen.wording.style import Style

_MOST_SENTENCES: Final = 3
_STUB_WORDS: Final = 15
_FAMILY: Final = frozenset(("story", "second", "news", "movers"))  # sections whose stubs may stand in one paragraph
_SHORT_WORDS: Final = 45  # of a paragraph that the indices and such a section may share


class Written(NamedTuple):
    paragraph: Paragraph
    sentences: tuple[Sentence, ...]
    verbs: tuple[str, ...]  # that its first sentence has for moves: its subhead takes others


def under(waiting: Paragraph | None, paragraph: Paragraph) -> Paragraph:
    """A section's paragraph, under the subhead of one before it that had nothing left to say."""
    if waiting is None or waiting.section != paragraph.section or paragraph.subhead is not None:
        return paragraph
    return paragraph._replace(subhead=waiting.subhead)


def headed(written: list[Written]) -> list[Written]:
    """Without the subheads of sections of one sentence."""
    counts: dict[str, int] = {}
    for part in written:
        counts[part.paragraph.section] = counts.get(part.paragraph.section, 0) + len(part.sentences)
    return [
        part if counts[part.paragraph.section] > 1 else part._replace(paragraph=part.paragraph._replace(subhead=None))
        for part in written
    ]


def merged(written: list[Written]) -> list[Written]:
    """Joins short paragraphs: in one section while they stay short, stubs to each other, and one to the indices."""
    return _joined(_joined(written, _joins), _stands_behind_scores)


def _joined(written: Sequence[Written], joins: Callable[[Written, Written], bool]) -> list[Written]:
    out: list[Written] = []
    for part in written:
        last = out[-1] if out else None
        apart = part.paragraph.subhead is not None or part.paragraph.apart
        if last is not None and not apart and joins(last, part):
            out[-1] = last._replace(sentences=last.sentences + part.sentences)
        else:
            out.append(part)
    return out


def within(written: list[Written], style: Style) -> list[Written]:
    """Paragraphs no longer than the house wants them, cut into parts as even as whole sentences allow."""
    out: list[Written] = []
    for part in written:
        paragraph, rest = part.paragraph, part.sentences
        for number, count in enumerate(_parts(rest, style)):
            if number == 1:
                paragraph = paragraph._replace(subhead=None)
            out.append(part._replace(paragraph=paragraph, sentences=rest[:count]))
            rest = rest[count:]
    return out


def _parts(sentences: Sequence[Sentence], style: Style) -> list[int]:
    """How many sentences each paragraph takes. One sentence is a paragraph, however long."""
    most, room = style.paragraph_sentences or len(sentences), style.paragraph_words
    parts = -(-len(sentences) // most)
    if parts == 1 and not room:
        return [len(sentences)]
    even = -(-len(sentences) // parts)  # 7 of at most 6 are 4 and 3, not 6 and 1
    counts: list[int] = []
    said = 0
    for sentence in sentences:
        words = len(sentence.text.split())
        if not counts or counts[-1] == even or (room and said + words > room):
            counts.append(0)
            said = 0
        counts[-1] += 1
        said += words
    return counts


def _joins(last: Written, part: Written) -> bool:
    sentences = len(last.sentences) + len(part.sentences)
    if last.paragraph.section == part.paragraph.section:
        if _MOST_SENTENCES < sentences <= _MOST_SENTENCES + 2:
            return _words(part) < _STUB_WORDS or _words(last) < _STUB_WORDS
        return sentences <= _MOST_SENTENCES
    family = last.paragraph.section in _FAMILY and part.paragraph.section in _FAMILY
    return family and _words(part) < _STUB_WORDS and sentences <= _MOST_SENTENCES + 2


def _stands_behind_scores(last: Written, part: Written) -> bool:
    """A stub that has found no other, or a few sentences that make one short paragraph with those of the indices."""
    if last.paragraph.section != "scores" or part.paragraph.section not in _FAMILY:
        return False
    sentences = len(last.sentences) + len(part.sentences)
    if _words(part) < _STUB_WORDS:
        return sentences <= _MOST_SENTENCES + 1
    return sentences <= _MOST_SENTENCES and _words(last) + _words(part) <= _SHORT_WORDS


def _words(part: Written) -> int:
    return sum([sentence.text.count(" ") + 1 for sentence in part.sentences])
