"""What is unusual about an article, so that an editor looks at it before others."""

from __future__ import annotations

from typing import NamedTuple

from wrapgen.article import Article
from wrapgen.intake.snapshot import Snapshot

KINDS = {
    "move": "largest moves",
    "gate": "data gates that were passed",
    "close": "angles that nearly lost to another",
    "unchecked": "words that the claim checker does not know",
    "left_out": "much sent that is not told",
}


class Sign(NamedTuple):
    """Something unusual about an article: its kind, of `KINDS`, how much so, and what to tell of it."""

    kind: str
    size: float
    told: str


def signs_of(snapshot: Snapshot, article: Article) -> tuple[Sign, ...]:
    """What an editor may want to know of an article before others."""
    found = []
    moves = [(abs(m.change_pct), m.id, m.change_pct) for m in snapshot.markets if m.change_pct and m.kind == "index"]
    if moves:
        size, market, move = max(moves)
        found.append(Sign("move", size, f"{market} {move:+g}%"))
    if article.gates:
        forced = [gate for gate in article.gates if gate["overridden"]]
        names = ", ".join(sorted({str(gate["name"]) for gate in forced or article.gates}))
        # One that was held and accepted goes before any number that only note something.
        found.append(Sign("gate", 1000.0 * len(forced) + len(article.gates), ("accepted: " if forced else "") + names))
    chosen = next((at for at, angle in enumerate(article.angles) if angle["chosen"] == "angle"), None)
    if chosen is not None and article.angles[chosen]["margin"] is not None:
        margin, rest = article.angles[chosen]["margin"], article.angles[chosen + 1 :]
        over = f" over {rest[0]['name']}" if rest else ""
        found.append(Sign("close", -margin, f"{article.angle['name']}{over} by {margin:g}"))
    if issues := article.checks["issues"]:
        found.append(Sign("unchecked", len(issues), several(len(issues), "claim") + " unchecked"))
    if article.warnings:
        found.append(Sign("left_out", len(article.warnings), several(len(article.warnings), "warning")))
    return tuple(found)


def several(count: int, what: str) -> str:
    """``1 item``, ``2 items``."""
    return f"{count} {what}" + ("" if count == 1 else "s")
