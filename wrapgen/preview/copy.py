"""The copy of a story as an editor works on it: lines that can be changed, locked and flagged one by one.

Pure values: what is stored, shown, compared and handed on is made of these.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple

from wrapgen import Article, Claim
from wrapgen.text import Block as ArticleBlock
from wrapgen.text import Sentence, Token

# A fact as the article object lists it: a JSON pointer, or {"fact": name, "from": [pointers]}.
Fact = str | Mapping[str, Any]


class Missing(LookupError):
    """A story, version, line or file that there is not."""


@dataclass(frozen=True, slots=True)
class Line:
    """A headline, a subhead or a sentence. ``id`` stays the same through all versions of its story.

    ``made`` is what the rules wrote, with the ``rule`` and the ``facts`` that it rests on; ``text`` is what stands
    now, by ``editor`` where the two differ. A locked line is not rewritten. ``flags`` say what an update found.
    """

    id: int
    text: str
    made: str
    rule: str = ""
    facts: tuple[Fact, ...] = ()
    editor: str = ""
    locked: bool = False
    flags: tuple[str, ...] = ()

    @property
    def edited(self) -> bool:
        return bool(self.editor)

    @property
    def kept(self) -> bool:
        """Whether a person has had a say in it: such a line is never overwritten."""
        return self.edited or self.locked

    def reworded(self, text: str, editor: str) -> Line:
        """The line with another text; what the rules wrote, typed again, is theirs again."""
        text = " ".join(text.split())
        return replace(self, text=text, editor="" if text == self.made else editor, flags=())


@dataclass(frozen=True, slots=True)
class Block:
    """A subhead or a paragraph; ``section`` names the part of the plan that it serves."""

    kind: str
    section: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """The whole of it. ``note`` is a line of correction at its end, or empty."""

    headline: Line
    blocks: tuple[Block, ...] = ()
    note: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, the headline first."""
        return (self.headline, *(line for block in self.blocks for line in block.lines))

    @property
    def text(self) -> str:
        """As plain text: as `wrapgen.render` prints an article."""
        return "".join(piece for piece, _ in _pieces(self)) + "\n"

    def line(self, id: int) -> Line:
        """Raises Missing for a line that there is not."""
        found = next((line for line in self.lines if line.id == id), None)
        if found is None:
            raise Missing(f"there is no line {id}")
        return found

    def changed(self, id: int, change: Callable[[Line], Line]) -> Copy:
        """The copy with one line changed; a line that is left empty is gone, and its block with its last."""

        def apply(line: Line) -> Line:
            return change(line) if line.id == id else line

        headline = apply(self.headline)
        if not headline.text:
            raise ValueError("a story needs a headline")
        blocks = [replace(block, lines=tuple(map(apply, block.lines))) for block in self.blocks]
        blocks = [replace(block, lines=tuple(line for line in block.lines if line.text)) for block in blocks]
        return replace(self, headline=headline, blocks=tuple(block for block in blocks if block.lines))

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Copy:
        blocks = [Block(block["kind"], block["section"], tuple(map(_line, block["lines"]))) for block in data["blocks"]]
        return cls(_line(data["headline"]), tuple(blocks), data.get("note", ""))


def _line(data: Mapping[str, Any]) -> Line:
    return Line(**{**data, "facts": tuple(data["facts"]), "flags": tuple(data["flags"])})


def copy_of(article: Article) -> Copy:
    """The copy as the rules wrote it, its lines numbered from 0."""
    document = article.to_dict()
    number = iter(range(1, 1_000_000))
    head = Line(0, article.headline.text, article.headline.text, article.headline.rule, _facts(article.headline))
    blocks = [
        Block(
            block["kind"],
            block["section"],
            tuple(
                Line(next(number), said["text"], said["text"], said["rule"], tuple(said["facts"]))
                for said in block["sentences"]
            ),
        )
        for block in document["body"]
    ]
    return Copy(head, tuple(blocks))


def _facts(sentence: Sentence) -> tuple[Fact, ...]:
    """The facts of a sentence as the article object has them."""
    found = dict.fromkeys([*sentence.facts, *(fact for token in sentence.tokens for fact in token.facts)])
    return tuple(f if isinstance(f, str) else {"fact": f.name, "from": list(f.sources)} for f in found)


class Placed(NamedTuple):
    """A line in the plain text of its copy: ``text[start:end]``."""

    line: Line
    start: int
    end: int


def placed(copy: Copy) -> tuple[Placed, ...]:
    found, at = [], 0
    for piece, line in _pieces(copy):
        if line is not None:
            found.append(Placed(line, at, at + len(piece)))
        at += len(piece)
    return tuple(found)


def _pieces(copy: Copy) -> Iterator[tuple[str, Line | None]]:
    yield copy.headline.text, copy.headline
    for block in copy.blocks:
        yield "\n\n", None
        for number, line in enumerate(block.lines):
            if number:
                yield " ", None
            yield line.text, line
    if copy.note:
        yield f"\n\n{copy.note}", None


def claims_by_line(copy: Copy, claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    """The claims of the plain text under the line in which they begin, counted from its beginning."""
    found: dict[int, list[Claim]] = {line.id: [] for line in copy.lines}
    for line, start, end in placed(copy):
        found[line.id] = [
            claim._replace(start=claim.start - start, end=min(claim.end, end) - start)
            for claim in claims
            if start <= claim.start < end
        ]
    return found


@dataclass(frozen=True, slots=True)
class Made:
    """How a copy was asked for; the engine's own options."""

    style: str | None = None
    length: str | None = None
    variant: int = 0
    angle: str | None = None
    override: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Made:
        return cls(**{**data, "override": tuple(data.get("override", ()))})


def edited_article(article: Article, copy: Copy, claims: Sequence[Claim]) -> Article:
    """The article with the words of its copy, for the renderers.

    What the rules wrote keeps its tokens. An edited line carries the facts that its claims were held against, and
    says ``edited`` where the rule would stand. Same words, same id; other words have an id of their own.
    """
    if copy.text == article.render("text"):
        return article
    written = {sentence.text: sentence for sentence in _sentences(article)}
    by_line = claims_by_line(copy, claims)

    def sentence(line: Line) -> Sentence:
        if line.text in written:
            return written[line.text]
        facts = tuple(dict.fromkeys(claim.pointer for claim in by_line[line.id] if claim.pointer))
        return Sentence((Token(line.text),), "edited" if line.edited else line.rule, facts)

    blocks = [ArticleBlock(b.kind, b.section, tuple(map(sentence, b.lines))) for b in copy.blocks]
    if copy.note:
        note = Sentence((Token(copy.note),), "correction")
        blocks.append(ArticleBlock("paragraph", "correction", (note,)))
    supported = sum(claim.status == "supported" for claim in claims)
    issues = [claim.to_dict() for claim in claims if claim.status != "supported"]
    return replace(
        article,
        id=hashlib.sha256(f"{article.id}\n{copy.text}".encode()).hexdigest()[:32],
        headline=sentence(copy.headline),
        blocks=tuple(blocks),
        checks={"claims": len(claims), "supported": supported, "issues": issues},
        provenance={**article.provenance, "edited": sum(line.edited for line in copy.lines)},
    )


def _sentences(article: Article) -> Iterator[Sentence]:
    yield article.headline
    for block in article.blocks:
        yield from block.sentences
