"""What an editor wrote: one entry of a rule file with its place, its condition, its patterns and its cases.

Writing uses the compiled rules (`wrapgen.wording.speaker.SentenceRule`); entries are for those who check, test
and explain rules.
"""

from __future__ import annotations

from dataclasses import dataclass

from wrapgen.clause import Pattern
from wrapgen.rulepack.expression import Expression
from wrapgen.rulepack.yamlfile import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """A sentence rule, or one way of an angle's headline or lede.

    ``name`` is unique in the pack; ``rule`` is what the sentences of an article name, ``file.yaml:line id``.
    ``kind`` is the kind of message that it says. ``lines`` has the line of each pattern.
    """

    name: str
    rule: str
    kind: str
    file: str
    line: int
    says: str
    when: Expression | None
    patterns: tuple[Pattern, ...]
    lines: tuple[int, ...]
    tests: tuple[Record, ...]

    @property
    def present(self) -> bool:
        """Whether it is said in the present tense, as headlines and subheads are."""
        return self.kind.startswith(("headline", "subhead", "cause.headline"))
