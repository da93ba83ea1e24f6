"""Sectors that a paragraph lists: those whose move is known with it, two by two, and the others together."""

from __future__ import annotations

from wrapgen.facts.types import SectorFacts
from wrapgen.plan.types import Message
from wrapgen.wording.amounts import change
from wrapgen.wording.discourse import Discourse
from wrapgen.wording.scene import Scene


def sectors_singly(scene: Scene, message: Message, discourse: Discourse) -> list[Message]:
    """A list of sectors as sentences; what a score has carried already is left out.

    Where all that was sent is told, the figures are, of those too that a score has named without.
    """
    listed = _sectors(message)
    untold = _untold(message, discourse)
    sized = [s for s in (listed if scene.full else untold) if change(scene, s, "", "body") is not None]
    sized.sort(key=lambda sector: -abs(sector.pct or 0.0))
    made = [_sized(message, tuple(sized[at : at + 2])) for at in range(0, len(sized), 2)]
    left = tuple(sector for sector in untold if sector not in sized)
    against = [s._replace(items=_untold(s, discourse)) for s in message.satellites if s.kind == "sat.sectors.while"]
    if against:
        message = message._replace(satellites=tuple(s for s in against if s.items))
    if left:
        also = len(untold) < len(listed) and message.detail != "first"  # under a subhead nothing comes in addition
        made.append(message._replace(items=left, detail="too" if also else message.detail))
    elif against:
        made += [s._replace(kind="sectors", detail="too") for s in message.satellites]
    return [each._replace(detail="more") if number else each for number, each in enumerate(made)]


def _sectors(message: Message) -> tuple[SectorFacts, ...]:
    return tuple(item for item in message.items if isinstance(item, SectorFacts))


def _untold(message: Message, discourse: Discourse) -> tuple[SectorFacts, ...]:
    """The sectors listed, without those that a score has carried."""
    return tuple(s for s in _sectors(message) if f"sector:{s.sector.pointer}" not in discourse.told)


def _sized(message: Message, sectors: tuple[SectorFacts, ...]) -> Message:
    if len(sectors) == 1:
        return message._replace(kind="sector.score", sector=sectors[0], items=())
    return message._replace(kind="sector.pair", items=sectors)
