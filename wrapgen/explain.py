"""Where every word came from: sentence, rule, and for each figure and name the chain back to what was sent.

``explain`` works each figure out again from the values at its pointers and says how it was rounded. It does not
ask the wording how it printed it, so that a figure which its fact does not bear out is found: ``borne_out``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from wrapgen.article import Article
from wrapgen.facts.book import derive
from wrapgen.facts.listing import list_facts
from wrapgen.intake.snapshot import Snapshot
from wrapgen.origins import Origins, Step
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.source import RuleSource, rule_source
from wrapgen.text import Sentence


class SentenceExplained(NamedTuple):
    """One sentence. ``label`` is its number as a reader counts: 0 is the headline, subheads are ``h1``, ``h2``.

    ``rule`` said its nucleus, ``others`` what hangs on it; ``steps`` are the chains of its words, in their order;
    ``also`` those of the facts on which the sentence rests as a whole.
    """

    label: str
    kind: str
    text: str
    rule: RuleSource
    others: tuple[RuleSource, ...]
    steps: tuple[Step, ...]
    also: tuple[Step, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "sentence": self.label,
            "kind": self.kind,
            "text": self.text,
            "rule": self.rule.to_dict(),
            "other_rules": [rule.to_dict() for rule in self.others],
            "words": [step.to_dict() for step in self.steps],
            "rests_on": [step.to_dict() for step in self.also],
        }

    def render(self) -> str:
        """As lines for people."""
        lines = [f"{self.label}  {self.text}"]
        for title, rule in (("rule", self.rule), *(("with", other) for other in self.others)):
            lines += ["", f"    {title}  {rule.place} {rule.name}"]
            lines += [f"          {line}" for line in rule.lines]
        lines += [line for step in self.steps for line in _step_lines(step)]
        if self.also:
            lines += ["", "    the sentence rests on"]
            lines += [line for step in self.also for line in _step_lines(step)]
        return "\n".join(lines) + "\n"


class Explanation(NamedTuple):
    """An article, sentence by sentence, headline first, as it is read."""

    sentences: tuple[SentenceExplained, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(sentence.label for sentence in self.sentences)

    def sentence(self, label: str) -> SentenceExplained | None:
        return next((sentence for sentence in self.sentences if sentence.label == label), None)

    def to_dict(self) -> list[dict[str, Any]]:
        return [sentence.to_dict() for sentence in self.sentences]

    def render(self) -> str:
        """The sentences with their numbers and rules, one a line."""
        width = max(len(label) for label in self.labels)
        return "".join(f"{s.label:>{width}}  {s.text}  [{s.rule.place} {s.rule.name}]\n" for s in self.sentences)


def explain(sent: Mapping[str, Any], snapshot: Snapshot, article: Article, rules: RulePack) -> Explanation:
    """The chain from the words of ``article`` to ``sent``, the JSON of which ``snapshot`` was read.

    The article must have been written from that snapshot by those rules.
    """
    book = derive(snapshot, rules.areas, rules.topics)
    derived = {name: (value, operation) for name, value, _, operation, _ in list_facts(book)}
    origins = Origins(sent, snapshot, rules.styles[article.provenance["style"]], derived)
    return Explanation(
        tuple(
            SentenceExplained(
                label,
                kind,
                sentence.text,
                rule_source(rules.directory, sentence.rule),
                tuple(rule_source(rules.directory, rule) for rule in sentence.rules if rule != sentence.rule),
                tuple(_steps(sentence, origins)),
                tuple(_also(sentence, origins)),
            )
            for label, kind, sentence in numbered(article)
        )
    )


def numbered(article: Article) -> Iterator[tuple[str, str, Sentence]]:
    """(number, kind, sentence) as a reader counts: the headline is 0, a subhead is no sentence."""
    yield "0", "headline", article.headline
    count = titles = 0
    for block in article.blocks:
        for sentence in block.sentences:
            if block.kind == "subhead":
                titles += 1
                yield f"h{titles}", block.kind, sentence
            else:
                count += 1
                yield str(count), block.section, sentence


def _steps(sentence: Sentence, origins: Origins) -> Iterator[Step]:
    for token in sentence.tokens:
        for fact in token.facts:
            yield origins.step(fact, token.text.strip(" ,"), token.ref)
        if token.ref is not None and not token.facts:
            step = origins.name(token.ref, token.text.strip(" ,"))
            if step is not None:
                yield step


def _also(sentence: Sentence, origins: Origins) -> Iterator[Step]:
    told = {fact for token in sentence.tokens for fact in token.facts}
    for fact in dict.fromkeys(sentence.facts):
        if fact not in told:
            yield origins.step(fact, "", None)


def _step_lines(step: Step) -> Sequence[str]:
    said = f"“{step.text}”" if step.text else step.fact
    chain = [f"names {step.names}"] if step.names is not None else []
    if step.fact and step.text:
        chain.append(step.fact)
    chain.append(step.operation)
    if step.value is not None and len(step.inputs) != 1:
        chain.append(f"= {_short(step.value)}")
    if step.rounding:
        chain += [step.rounding, f"“{step.text}”"]
    if not step.borne_out:
        chain.append("NOT BORNE OUT by what was sent")
    lines = ["", f"    {said}"] + [f"      {source.pointer} = {_short(source.value)}" for source in step.inputs]
    return [*lines, f"      {' → '.join(chain)}"]


def _short(value: Any, most: int = 90) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= most else text[: most - 1] + "…"
