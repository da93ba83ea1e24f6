"""A story angle that was considered, with its score and its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from wrapgen.facts.types import EventFacts, MarketFacts, SectorFacts, StockFacts
from wrapgen.values import ending

Subject = MarketFacts | StockFacts | SectorFacts | EventFacts | None


class Angle(NamedTuple):
    """One candidate story.

    ``score`` runs from 0 to 10 over all angles. ``subject`` is what it is told through; ``subjects``
    are the ids by role (leader, laggard, stock, sector, event). ``because`` is the evidence in plain
    English, ``note`` says why it was or was not chosen, ``margin`` its lead over the next angle.
    ``names`` and ``wall_street`` are its rule's: which markets it names beside its subject, and
    whether it tells how Wall Street went.
    """

    name: str
    family: str
    score: float
    tone: str
    subject: Subject
    subjects: Mapping[str, str | None]
    because: tuple[str, ...]
    rule: str
    sections: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    wall_street: bool = False
    supported: bool = True
    margin: float | None = None
    chosen: str = ""
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "score": self.score,
            "tone": self.tone,
            "subjects": dict(self.subjects),
            "because": list(self.because),
            "margin": self.margin,
            "chosen": self.chosen or None,
            "note": self.note,
        }


def noted(angle: Angle, note: str, chosen: str = "") -> Angle:
    """The same angle with why it was or was not chosen."""
    return ending(angle, chosen, note)
