"""The finished article: a text tree, the story it tells, and where every word came from.

``Article.to_dict`` is the wire contract's article object; ``Article.render`` gives any other form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wrapgen.about import About
from wrapgen.text import Block, Derived, FactRef, Sentence, named

# A ranked angle as JSON, see AngleReport.to_dict: name, score, tone, subjects, because and, in
# ``Article.angles``, also why it was or was not chosen.
Report = Mapping[str, Any]

# What the contract gives of the two angles that are told.
_TOLD: Final = ("name", "score", "tone", "subjects", "because")


def _no_checks() -> Mapping[str, Any]:
    return {"claims": 0, "supported": 0, "issues": []}


@dataclass(frozen=True, slots=True)
class Article:
    """A market wrap. Everything in it is plain data; nothing of it depends on when it was written.

    ``about`` is what the newswire formats say of it, beside its words. ``angle`` is the story that headline and lede
    carry and ``counterpoint`` the second one, or None; ``angles`` holds all that were considered, best first.
    ``mentions`` comes from `collect_mentions`, ``checks`` from the claim checker, ``gates`` are the data gates that
    tripped and let the snapshot pass, ``provenance`` says which engine, rules, style and variant made it.
    """

    id: str
    headline: Sentence
    blocks: tuple[Block, ...]
    about: About
    angle: Report
    counterpoint: Report | None = None
    angles: tuple[Report, ...] = ()
    mentions: Mapping[str, Any] = field(default_factory=dict)
    checks: Mapping[str, Any] = field(default_factory=_no_checks)
    warnings: tuple[str, ...] = ()
    gates: tuple[Mapping[str, Any], ...] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The article object of the wire contract, ready for any JSON writer."""
        return {
            "id": self.id,
            "headline": self.headline.text,
            "body": [_block(block) for block in self.blocks],
            "angle": _told(self.angle),
            "counterpoint": None if self.counterpoint is None else _told(self.counterpoint),
            "angles": [dict(report) for report in self.angles],
            "mentions": dict(self.mentions),
            "checks": dict(self.checks),
            "warnings": list(self.warnings),
            "gates": [dict(gate) for gate in self.gates],
            "provenance": dict(self.provenance),
        }

    def render(self, format: str = "text") -> str:
        """The article in one of the formats of `wrapgen.render.FORMATS`; OptionError for another name."""
        from wrapgen.render import render

        return render(self, format)


def collect_mentions(headline: Sentence, blocks: Iterable[Block], markets: Collection[str]) -> dict[str, list[str]]:
    """Which ids the text names, each once, in the order in which a reader meets them.

    ``headline`` and ``lede`` (the first paragraph) list every id; ``order`` lists those of the whole
    body that are in ``markets``.
    """
    blocks = tuple(blocks)
    lede = next((block for block in blocks if block.kind == "paragraph"), None)
    body = named([sentence for block in blocks for sentence in block.sentences])
    return {
        "headline": list(named([headline])),
        "lede": [] if lede is None else list(named(lede.sentences)),
        "order": [ref for ref in body if ref in markets],
    }


def _told(report: Report) -> dict[str, Any]:
    return {key: report[key] for key in _TOLD}


def _block(block: Block) -> dict[str, Any]:
    sentences = [_sentence(sentence) for sentence in block.sentences]
    return {
        "kind": block.kind,
        "section": block.section,
        "text": " ".join([sentence["text"] for sentence in sentences]),
        "sentences": sentences,
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    facts: dict[FactRef, None] = dict.fromkeys(sentence.facts)
    texts: list[str] = []
    for text, _, stated in sentence.tokens:
        texts.append(text)
        if stated:  # of most tokens nothing
            for fact in stated:
                facts[fact] = None
    return {
        "text": "".join(texts),
        "rule": sentence.rule,
        "facts": [fact if isinstance(fact, str) else _derived(fact) for fact in facts],
    }


def _derived(fact: Derived) -> dict[str, Any]:
    return {"fact": fact.name, "from": list(fact.sources)}
