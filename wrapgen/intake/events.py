"""Events, read: what is common to all, and the frame of their type as sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from wrapgen.intake.problems import Findings, show
from wrapgen.intake.reference import Reference
from wrapgen.intake.schema import AWAITED, EVENT_KEYS, TELLING
from wrapgen.intake.snapshot import Event, make_event

_COMMON = frozenset(EVENT_KEYS)
# How senders say that a deal came to nothing; one that was rejected or blocked may come yet.
_COLLAPSED: Final = frozenset((
    "collapsed", "abandoned", "called off", "failed", "terminated", "withdrawn", "scrapped", "dropped", "cancelled",
    "canceled",
))  # fmt: skip


def read_events(raw: Sequence[dict[str, Any]], reference: Reference, findings: Findings) -> tuple[Event, ...]:
    """The events as sent, in their order. Left out, ``status`` is ``happened``, ``importance`` 3."""
    return tuple(_event(sent, f"/events/{index}", reference, findings) for index, sent in enumerate(raw))


def _event(sent: dict[str, Any], where: str, reference: Reference, findings: Findings) -> Event:
    frame = {key: value for key, value in sent.items() if key not in _COMMON}
    stage = frame.get("stage")
    if (
        sent["type"] == "merger"
        and isinstance(stage, str)
        and stage.replace("_", " ").replace("-", " ").lower() in _COLLAPSED
    ):
        frame["stage"] = "collapsed"
    place = frame.get("place")
    if place is not None and place not in reference.places:
        message = f"{show(place)} is no place that we know"
        findings.problem(f"{where}/place", message, meant=place, candidates=reference.places)
    if "clause" not in sent and "noun_phrase" not in sent:
        ways = TELLING.get(sent["type"], ())
        if sent.get("status") in ("scheduled", "expected") and sent["type"] in AWAITED:
            ways = (AWAITED[sent["type"]],)
        if not any(way <= sent.keys() for way in ways):
            findings.problem(where, _untellable(sent["type"], ways))
    return make_event(
        id=sent["id"],
        pointer=where,
        type=sent["type"],
        status=sent.get("status", "happened"),
        when=sent.get("when"),
        who=sent.get("who"),
        affects=sent.get("affects", ()),
        polarity=sent.get("polarity", "neutral"),
        importance=sent.get("importance", 3),
        clause=sent.get("clause"),
        noun_phrase=sent.get("noun_phrase"),
        frame=frame,
    )


def _untellable(kind: str, ways: tuple[frozenset[str], ...]) -> str:
    message = f"says nothing that can be told: give this '{kind}' event a clause or a noun_phrase"
    frames = " or ".join(" and ".join(sorted(way)) for way in ways)
    return f"{message}, or {frames}" if frames else message
