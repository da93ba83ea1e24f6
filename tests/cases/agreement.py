"""How far the engine chooses as the editors of the cases chose, and how much that hangs on the cases.

``python -m tests.cases.agreement`` prints it case by case, then the spread over random halves: what a
number measured on 35 days is worth. The measures are shares from 0 to 1, the order a rank correlation
(Kendall's tau) from -1 to 1.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations
from statistics import fmean
from typing import Any

from tests.cases.library import CASES, article, labels, sent

MEASURES = ("tone", "angle", "both", "subject", "lede", "order")
HALVES = 200

Row = Mapping[str, float | None]


def rank_correlation(theirs: Sequence[str], ours: Sequence[str]) -> float | None:
    """Pairs of markets in the same order less pairs in the other, over all; None for fewer than three markets.

    0 where the article names fewer than three of the editor's.
    """
    if len(theirs) < 3:
        return None
    shared = [market for market in theirs if market in ours]
    if len(shared) < 3:
        return 0.0
    signs = [1 if ours.index(a) < ours.index(b) else -1 for a, b in combinations(shared, 2)]
    return sum(signs) / len(signs)


def agreement(label: Mapping[str, Any], written: Mapping[str, Any], markets: Iterable[str]) -> Row:
    """One day: None for what the editor's choice leaves open."""
    angle, second = written["angle"], written["counterpoint"] or {}
    named = {v for a in (angle, second) for v in (a.get("subjects") or {}).values() if v}
    subjects = [label[role] for role in ("leader", "laggard", "stock") if label.get(role)]
    front = {*written["mentions"]["headline"], *written["mentions"]["lede"]}
    theirs = {m for m in (*label["headline_mentions"], *label["lede_mentions"]) if not _is_event(m)}
    sent_ids = set(markets)
    return {
        "tone": float(angle["tone"] == label["tone"]),
        "angle": float(angle["name"] in label["angles"]),
        "both": float(bool({angle["name"], second.get("name")} & set(label["angles"]))),
        "subject": fmean([float(s in named) for s in subjects]) if subjects else None,
        "lede": len(front & theirs) / len(theirs) if theirs else None,
        "order": rank_correlation(
            [m for m in label["market_order"] if m in sent_ids], written["mentions"]["order"]
        ),
    }  # fmt: skip


def _is_event(mention: str) -> bool:
    return mention.startswith("e") and mention[1:].isdigit()


@cache
def rows() -> dict[str, Row]:
    found: dict[str, Row] = {}
    for name in CASES:
        found[name] = agreement(labels(name), article(name).to_dict(), [m["id"] for m in sent(name)["markets"]])
    return found


def means(of: Iterable[Row]) -> dict[str, float]:
    listed = list(of)
    return {m: fmean([v for row in listed if (v := row[m]) is not None] or [0.0]) for m in MEASURES}


def halves(count: int = HALVES) -> list[dict[str, float]]:
    """The means over random halves of the cases; the same halves on every run."""
    every = list(rows().values())
    return [means(random.Random(seed).sample(every, len(every) // 2)) for seed in range(count)]


def main() -> None:
    for name, row in rows().items():
        print(name.ljust(36), *(f"{m} {'-' if row[m] is None else format(row[m], '.2f'):5}" for m in MEASURES))
    split = halves()
    print(f"\n{'':10}{'all':>7}{'a half: lowest':>16}{'1 in 10 below':>15}{'highest':>9}")
    for measure, mean in means(rows().values()).items():
        found = sorted(half[measure] for half in split)
        print(f"{measure:10}{mean:7.3f}{found[0]:16.3f}{found[len(found) // 10]:15.3f}{found[-1]:9.3f}")


if __name__ == "__main__":
    main()
