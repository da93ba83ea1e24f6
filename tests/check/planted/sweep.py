"""Runs the checker over clean and planted articles and counts: found, missed, false alarms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import wrapgen
from tests.check.planted.page import Page
from tests.check.planted.plants import MUTATORS, Plant, plants

NEAR = 3  # words between the claim and what was changed, for the stricter count
BAD = ("contradicted", "unsupported")
# Classes that few articles allow: more than one of each is planted where it can be.
RARE = frozenset({"cause moved", "event figure", "extreme", "leader", "quantity", "since", "streak", "tense"})


class Miss(NamedTuple):
    page: str
    variant: int
    plant: Plant


class Alarm(NamedTuple):
    page: str
    variant: int
    sentence: str
    claim: Any


@dataclass
class Tally:
    """Of one class of errors, or of one corpus."""

    planted: int = 0
    found: int = 0
    at_span: int = 0
    misses: list[Miss] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    def add(self, other: Tally) -> None:
        self.planted += other.planted
        self.found += other.found
        self.at_span += other.at_span
        self.misses += other.misses


@dataclass
class Clean:
    """What the checker says of articles as they were written."""

    articles: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    alarms: list[Alarm] = field(default_factory=list)
    unchecked: list[Alarm] = field(default_factory=list)

    @property
    def claims(self) -> int:
        return sum(self.statuses.values())


@dataclass
class Result:
    clean: Clean
    classes: dict[str, Tally]

    @property
    def total(self) -> Tally:
        total = Tally()
        for tally in self.classes.values():
            total.add(tally)
        return total


def sweep(pages: Iterable[Page], kinds: Sequence[str] = (), most: int = 1, share: int = 1) -> Result:
    """``share``: of the classes, every article takes each ``share``-th, beginning with another one each time."""
    chosen = tuple(kinds) or tuple(MUTATORS)
    result = Result(Clean(), {kind: Tally() for kind in chosen})
    for number, page in enumerate(pages):
        before = clean(page, result.clean)
        for index, kind in enumerate(chosen):
            if (number + index) % share:
                continue
            for plant in plants(page, kind, most * (3 if kind in RARE else 1)):
                try_one(page, plant, before, result.classes[kind])
    return result


def clean(page: Page, tally: Clean) -> list[Any]:
    """The claims of the article as it was written, counted."""
    claims = wrapgen.verify(page.text, page.snapshot)
    tally.articles += 1
    for claim in claims:
        tally.statuses[claim.status] = tally.statuses.get(claim.status, 0) + 1
        if claim.status in BAD or claim.status == "unchecked":
            line = next((ln for ln in page.lines if ln.start <= claim.start < ln.end), page.lines[0])
            listed = tally.alarms if claim.status in BAD else tally.unchecked
            listed.append(Alarm(page.name, page.variant, line.text, claim))
    return list(claims)


def try_one(page: Page, plant: Plant, before: list[Any], tally: Tally) -> None:
    """Count a plant: found where a bad claim stands in its sentence that did not stand there before."""
    old = {(c.kind, c.text) for c in before if c.status in BAD and _meet((c.start, c.end), plant.original)}
    claims = wrapgen.verify(plant.text, page.snapshot)
    bad = [c for c in claims if c.status in BAD and (c.kind, c.text) not in old]
    hits = [c for c in bad if _meet((c.start, c.end), plant.sentence)]
    tally.planted += 1
    if hits:
        tally.found += 1
        tally.at_span += any(_words_between(plant, c) <= NEAR for c in hits)
    else:
        tally.misses.append(Miss(page.name, page.variant, plant))


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _words_between(plant: Plant, claim: Any) -> int:
    start, end = plant.span
    if claim.start < max(end, start + 1) and start < claim.end:
        return 0
    gap = plant.text[claim.end : start] if claim.end <= start else plant.text[end : claim.start]
    return len(re.findall(r"\S+", gap))


def table(name: str, result: Result) -> Iterator[str]:
    """The figures of one corpus, for people."""
    total = result.total
    yield f"{name}: {result.clean.articles} articles"
    yield f"  {'class':<16}{'planted':>8}{'found':>8}{'rate':>8}{'at span':>9}"
    for kind, tally in sorted(result.classes.items()):
        if tally.planted:
            yield _row(kind, tally)
    if total.planted:
        yield _row("all", total)
    made = result.clean
    counts = ", ".join(f"{status} {count}" for status, count in sorted(made.statuses.items()))
    yield f"  clean: {made.claims} claims ({counts}); false alarms {len(made.alarms)}"


def _row(name: str, tally: Tally) -> str:
    at_span = tally.at_span / tally.planted
    return f"  {name:<16}{tally.planted:>8}{tally.found:>8}{tally.rate:>8.2%}{at_span:>9.1%}"
