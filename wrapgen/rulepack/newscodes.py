"""The news codes of a pack, ``rules/reference/newscodes.yaml``: provider, genre, urgency and topics of an article."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from wrapgen.about import Topic
from wrapgen.intake.reference import KINDS
from wrapgen.intake.schema import FRAMES
from wrapgen.rulepack.errors import RuleError, RuleProblem
from wrapgen.rulepack.records import Field, Kind, check, record, records
from wrapgen.rulepack.yamlfile import Record, read_yaml

FILE = "reference/newscodes.yaml"

# What of a text calls for a topic.
CALLS = ("every", "stock", *KINDS, *(name for name in FRAMES if name not in KINDS))

_URGENCY = Kind(
    "urgency",
    (
        Field("from", "number", required=True, says="the lowest score that has it"),
        Field("urgency", "number", required=True, says="1, the most urgent, to 9"),
    ),
    key="from",
)
_TOPIC = Kind(
    "topic",
    (
        Field("code", "text", required=True, says="of IPTC Media Topics"),
        Field("name", "text", required=True, says="of the code, in British English"),
        Field("tells", "words", required=True, allowed=CALLS, says="what in the text calls for it"),
    ),
    key="code",
)
_GENRE = Kind("genre", (Field("code", "text", required=True), Field("name", "text", required=True)), key="")
NEWSCODES = Kind(
    "news codes",
    (
        Field("provider", "text", required=True, says="the newsroom's name"),
        Field("genre", record(_GENRE), required=True, says="of IPTC genre NewsCodes"),
        Field("urgency", records(_URGENCY), required=True, says="by score, from the highest down"),
        Field("version", "text", required=True, says="the release of IPTC Media Topics"),
        Field("topics", records(_TOPIC), required=True),
    ),
    key="",
)


class _Call(NamedTuple):
    topic: Topic
    tells: frozenset[str]


class _Step(NamedTuple):
    score: float
    urgency: int


@dataclass(frozen=True, slots=True)
class NewsCodes:
    """What the newswire formats say of any article. ``version`` is the release of IPTC Media Topics."""

    provider: str
    genre: Topic
    version: str
    steps: tuple[_Step, ...]
    calls: tuple[_Call, ...]

    def urgency_of(self, score: float) -> int:
        """From 1, the most urgent, to 9; ``score`` is that of the story."""
        return next((step.urgency for step in self.steps if score >= step.score), self.steps[-1].urgency)

    def topics_of(self, calls: Set[str]) -> tuple[Topic, ...]:
        """The topics that ``calls`` (``every``, ``stock``, kinds of markets, types of events) call for."""
        return tuple([call.topic for call in self.calls if not call.tells.isdisjoint(calls)])


def load_newscodes(root: Path) -> NewsCodes:
    """The news codes of the pack in ``root``. Raises RuleError with every fault of the file."""
    problems: list[RuleProblem] = []
    path = root / FILE
    if not path.is_file():
        raise RuleError([RuleProblem(FILE, 0, "no rule file here")])
    read = check(read_yaml(path, FILE), NEWSCODES, FILE, problems, 1)
    if not problems:
        problems.extend(_faults(read["urgency"], read["topics"], read.line_of("urgency")))
    if problems:
        raise RuleError(problems)
    return NewsCodes(
        provider=read["provider"],
        genre=Topic(read["genre"]["code"], read["genre"]["name"]),
        version=read["version"],
        steps=tuple(_Step(step["from"], int(step["urgency"])) for step in read["urgency"]),
        calls=tuple(_Call(Topic(topic["code"], topic["name"]), frozenset(topic["tells"])) for topic in read["topics"]),
    )


def _faults(steps: Sequence[Record], topics: Sequence[Record], line: int) -> list[RuleProblem]:
    found = [
        RuleProblem(FILE, step.line_of("urgency"), "urgency must be a whole number from 1 to 9", str(step["urgency"]))
        for step in steps
        if step["urgency"] not in range(1, 10)
    ]
    above = math.inf
    for step in steps:
        if step["from"] >= above:
            message = "urgency goes from the highest score down; this one is never reached"
            found.append(RuleProblem(FILE, step.line_of("from"), message, str(step["from"])))
        above = step["from"]
    if above > 0:
        found.append(RuleProblem(FILE, line, "urgency of the lowest scores is missing: the last must be from 0"))
    found += [
        RuleProblem(FILE, topic.line_of("code"), "a Media Topics code is eight digits, in quotes", topic["code"])
        for topic in topics
        if not (len(topic["code"]) == 8 and topic["code"].isascii() and topic["code"].isdigit())
    ]
    return found
