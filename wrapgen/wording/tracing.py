"""What a sentence could have said and did not, with the reason: for people who ask.

An article does not wait for it: a document is written again by a speaker that notes each rule and pattern it passes
over, and gives the same words.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from wrapgen.clause import Bound, Form
from wrapgen.plan.types import Message, Place
from wrapgen.realise import Realiser
from wrapgen.rulepack.expression import Expression
from wrapgen.rulepack.nodes import Groups
from wrapgen.text import Sentence
from wrapgen.wording.discourse import Discourse, Draft
from wrapgen.wording.scene import Scene
from wrapgen.wording.speaker import Saying, Speaker
from wrapgen.wording.telling import Telling
from wrapgen.wording.writer import Writer


class Choice(NamedTuple):
    """A pattern that was not said: as its file has it, the rule that it is of, and why."""

    rule: str
    pattern: str
    why: str

    def to_dict(self) -> dict[str, Any]:
        return self._asdict()


class TracingSpeaker(Speaker):
    """Says what a `Speaker` says, and keeps what it passed over in ``passed``: (kind of the message, choice)."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self.passed: list[tuple[str, Choice]] = []

    def say(
        self,
        message: Message,
        where: Place,
        draft: Draft,
        form: Form = Form.FINITE,
        kind: str | None = None,
        alone: bool = False,
    ) -> Bound | None:
        told = kind or message.kind
        table = self.scene.rules.tables.get(told)
        if table is None:
            return None
        telling = Telling(self.scene, message, where, draft)
        groups = self.scene.groups(message, telling)
        for rule in table.fitting(groups):
            if rule.when is not None and not rule.when.evaluate(groups):
                for pattern in rule.patterns:
                    self._pass(told, pattern.rule, pattern.source, _unmet(rule.when, groups))
                continue
            if alone and not rule.order[0].traits.alone:
                for pattern in rule.patterns:
                    self._pass(told, pattern.rule, pattern.source, "nothing rides on it")
                continue
            order = list(self._order(rule, message, draft))
            for at, saying in enumerate(order):
                reason = self._hindered(saying, message, where, draft)
                bound = self._bind(rule, saying, message, where, draft, form, telling)
                if bound is not None:
                    for other in order[at + 1 :]:
                        self._pass(told, other.pattern.rule, other.pattern.source, self._later(other, draft))
                    return bound
                self._pass(told, saying.pattern.rule, saying.pattern.source, reason)
        return None

    def _pass(self, kind: str, rule: str, pattern: str, why: str) -> None:
        self.passed.append((kind, Choice(rule, pattern, why)))

    def _hindered(self, saying: Saying, message: Message, where: Place, draft: Draft) -> str:
        """Why a pattern cannot be said here, should it be so."""
        traits = saying.traits
        if draft.links and (twice := traits.links & draft.links):
            return f"the sentence has “{min(twice)}” already"
        if draft.parted and (not traits.set_off or traits.apposition):
            return "it would seem to belong to what stands before it"
        if unwanted := self._unwanted(saying):
            return unwanted
        mark = draft.mark()
        try:
            for (resolve, form), slot in zip(saying.resolvers, saying.pattern.slots, strict=True):
                if resolve(self, message, form, where, draft) is None:
                    return f"nothing fills {{{slot.name}}} here"
        finally:
            draft.undo(mark)
        return "no verb of the lexicon fits the size of the move"

    def _unwanted(self, saying: Saying) -> str:
        """What the house style has against a pattern; empty for nothing."""
        if barred := saying.traits.verbs & self.barred:
            return f"the house style bars “{min(barred)}”"
        if unwanted := saying.traits.stand_ins & self.unwanted:
            return f"the house style does not want “{min(unwanted)}”"
        return ""

    def _later(self, saying: Saying, draft: Draft) -> str:
        if unwanted := self._unwanted(saying):
            return unwanted
        if saying.pattern.id in draft.base.patterns:
            return "it was said a moment ago"
        return "another wording of the same was first in this variant"


def _unmet(when: Expression | None, groups: Groups) -> str:
    """The condition that does not hold, and what its facts are."""
    if when is None:
        return ""
    facts = ", ".join(f"{name} is {_shown(value)}" for name, value in when.values(groups).items())
    return f"its condition does not hold: {when.text} ({facts})"


def _shown(value: object) -> str:
    if value is None or value == "":
        return "missing" if value is None else "none"
    return f"{value:g}" if isinstance(value, float) else str(value).lower() if isinstance(value, bool) else str(value)


class TracingWriter(Writer):
    """Writes what a `Writer` writes; ``choices`` are what each of its sentences passed over, by its text."""

    def __init__(self, scene: Scene, realiser: Realiser) -> None:
        super().__init__(scene, realiser)
        self.tracer = TracingSpeaker(scene)
        self.speaker = self.tracer
        self.choices: dict[str, tuple[Choice, ...]] = {}

    def _sentence(self, message: Message, where: Place, discourse: Discourse) -> tuple[Sentence | None, Discourse]:
        self.tracer.passed = []
        sentence, after = super()._sentence(message, where, discourse)
        self._keep(message, sentence)
        return sentence, after

    def _titled(self, message: Message, where: Place, discourse: Discourse) -> tuple[Sentence | None, Discourse]:
        self.tracer.passed = []
        sentence, after = super()._titled(message, where, discourse)
        self._keep(message, sentence)
        return sentence, after

    def _keep(self, message: Message, sentence: Sentence | None) -> None:
        """Of the message itself; what was passed over for its satellites would drown it."""
        if sentence is not None:
            own = [choice for kind, choice in self.tracer.passed if kind == message.kind]
            self.choices[sentence.text] = tuple(dict.fromkeys(own))
