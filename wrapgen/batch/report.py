"""What a batch says of itself: counts, and the wraps that an editor should look at first.

Each shard is tallied when it is written, and the tallies of all are added up, so that a resumed batch reports the
same as one that nothing disturbed. How long an item took differs from run to run: it is told, and not kept.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wrapgen.unusual import KINDS, several

if TYPE_CHECKING:
    from wrapgen.batch.work import Outcome

_SHOWN = 3  # items told of each kind of the unusual, and messages of failures
_SLOWEST = 5
_REASONS = 20  # different messages that a shard keeps


def tally(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """The counts of a shard, and the most unusual of it, as its notes have them."""
    outcomes = list(outcomes)
    made = [outcome for outcome in outcomes if not outcome.problems]
    firsts: dict[str, str] = {}
    for outcome in made:
        firsts.setdefault(outcome.angle, outcome.name)
    reasons = Counter(reason for outcome in outcomes for reason in _reasons(outcome.problems))
    signs = [(sign, outcome.name) for outcome in made for sign in outcome.signs]
    return {
        "articles": len(made),
        "failures": len(outcomes) - len(made),
        "regions": _sorted(Counter(outcome.region for outcome in made)),
        "angles": _sorted(Counter(outcome.angle for outcome in made)),
        "gates": {
            severity: _sorted(Counter(gate for outcome in outcomes for gate in _gates(outcome.problems, severity)))
            for severity in ("hold", "refuse")
        },
        "reasons": dict(reasons.most_common(_REASONS)),
        "firsts": dict(sorted(firsts.items())),
        "unusual": {
            kind: _most((sign.size, name, sign.told) for sign, name in signs if sign.kind == kind) for kind in KINDS
        },
    }


def added_up(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The tallies of all shards as one, as the manifest has it: what failed by gate, and what to look at first."""
    angles = _total(record["angles"] for record in records)
    firsts: dict[str, str] = {}
    for record in records:
        firsts = {**record["firsts"], **firsts}
    rare = sorted(angles.items(), key=lambda pair: (pair[1], pair[0]))[:_SHOWN]
    return {
        "articles": sum(record["articles"] for record in records),
        "failures": sum(record["failures"] for record in records),
        "regions": _sorted(_total(record["regions"] for record in records)),
        "angles": _sorted(angles),
        "gates": {
            severity: _sorted(_total(record["gates"][severity] for record in records))
            for severity in ("hold", "refuse")
        },
        "reasons": dict(_total(record["reasons"] for record in records).most_common(_SHOWN)),
        "look_at": [
            *({"name": firsts[angle], "why": f"rare angle: {angle}, {count} of the batch"} for angle, count in rare),
            *(
                {"name": name, "why": f"{what}: {told}"}
                for kind, what in KINDS.items()
                for _, name, told in _most(sign for record in records for sign in record["unusual"][kind])
            ),
        ],
    }


@dataclass
class Report:
    """A batch as it is told to people. ``report`` is what `added_up` says of it."""

    kept: int = 0
    """Items of shards that were done before."""
    slowest: list[tuple[float, str]] = field(default_factory=list)
    """Seconds and name."""

    def add(self, outcomes: Iterable[Outcome]) -> None:
        timed = ((outcome.seconds, outcome.name) for outcome in outcomes if not outcome.problems)
        self.slowest = heapq.nlargest(_SLOWEST, [*self.slowest, *timed])

    def lines(self, report: Mapping[str, Any], folder: Path) -> list[str]:
        """A fact a line."""
        told = [f"{report['articles']} articles, {report['failures']} failed, in {folder}"]
        told += [f"kept from before: {several(self.kept, 'item')}"] if self.kept else []
        told += [f"by {key[:-1]}: {_listed(report[key])}" for key in ("regions", "angles") if report[key]]
        for severity, what in (("hold", "held"), ("refuse", "refused")):
            if report["gates"][severity]:
                told.append(f"{what} by gate: {_listed(report['gates'][severity])}")
        told += [f"failed ({count}): {message}" for message, count in report["reasons"].items()]
        told += [f"look at: {each['name']}, {each['why']}" for each in report["look_at"]]
        return told + [f"slowest: {name}, {seconds * 1000:.0f} ms" for seconds, name in self.slowest]


def _gates(problems: Iterable[Mapping[str, Any]], severity: str) -> set[str]:
    """The gates that an item failed by: each once, however many of its figures tripped it."""
    return {problem["gate"] for problem in problems if problem.get("severity") == severity}


def _reasons(problems: Sequence[Mapping[str, Any]]) -> list[str]:
    """The first problem of an item that no gate stopped."""
    return [str(problem["message"]) for problem in problems[:1] if not any("gate" in each for each in problems)]


def _most(signs: Iterable[Sequence[Any]]) -> list[tuple[float, str, str]]:
    """The largest, each as size, name and what to tell; of a size in the order of the input."""
    return [(size, name, told) for size, name, told in sorted(signs, key=lambda sign: -sign[0])[:_SHOWN]]


def _total(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    return sum((Counter(count) for count in counts), Counter[str]())


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in Counter(counts).most_common())
