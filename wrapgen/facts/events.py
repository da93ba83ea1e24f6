"""What each event reaches, and whether what moved went the way that it points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from wrapgen.facts.types import Cause, Direction, EventFacts, FrameFacts, Relation, make_event, make_frame
from wrapgen.intake.snapshot import Event, Snapshot

_SIGN: dict[str | None, int] = {"positive": 1, "negative": -1, "up": 1, "down": -1}
RANK = {"supports": 0, "neutral": 1, "opposes": 2}
_FRAME_ONLY = frozenset({"mood", "importance", "source", "place"})


def relation(polarity: str, direction: Direction | None) -> Relation:
    """Whether an event's polarity explains a move. A flat or unknown move is explained by nothing."""
    meaning, went = _SIGN.get(polarity, 0), _SIGN.get(direction, 0)
    if not meaning or not went:
        return "neutral"
    return "supports" if meaning == went else "opposes"


def event_facts(
    snapshot: Snapshot,
    directions: Mapping[str, Direction | None],
    places: Mapping[str, str],
    topics: Mapping[str, Sequence[str]],
    single: bool,
) -> dict[str, EventFacts]:
    """Facts of every event. ``places`` maps the region's own open markets to their place."""
    linked: dict[str, list[str]] = {event.id: [] for event in snapshot.events}
    for market in snapshot.markets:
        for event_id in market.because:
            linked[event_id].append(market.id)
    for stock in snapshot.stocks:
        for event_id in stock.because:
            linked[event_id].append(stock.id)
    all_places = set(places.values())
    stocks = {stock.id for stock in snapshot.stocks}
    made: dict[str, EventFacts] = {}
    for event in snapshot.events:
        ids = tuple(dict.fromkeys([*linked[event.id], *event.affects]))
        touched = {places[i] for i in ids if i in places}
        signs = [relation(event.polarity, directions[i]) for i in ids if directions.get(i) in ("up", "down")]
        made[event.id] = make_event(
            event=event,
            frame=frame_facts(event),
            id=event.id,
            type=event.type,
            status=event.status,
            polarity=event.polarity,
            topic=_topic(event, topics),  # type: ignore[arg-type]
            happened=event.status in ("happened", "confirmed"),
            awaited=event.status in ("scheduled", "expected"),
            reach=len(touched),
            share=_share(len(touched), len(all_places), single),
            agrees=signs.count("supports") / len(signs) if signs else 0.0,
            markets=tuple([i for i in ids if i not in stocks and i in directions]),
            stocks=tuple([i for i in ids if i in stocks]),
            importance=event.importance,
            has_clause=event.clause is not None,
            has_noun=event.noun_phrase is not None,
            noun_words=len(event.noun_phrase.split()) if event.noun_phrase else 0,
            reports=event.clause is not None and "report" in event.clause,
            typed=not _FRAME_ONLY.issuperset(event.frame),
        )
    return made


def _share(reach: int, places: int, single: bool) -> float:
    """The part of the region that an event is linked to; what moves one index of a single market moves the market."""
    if single:
        return 1.0 if reach else 0.0
    return reach / places if places else 0.0


def frame_facts(event: Event) -> FrameFacts:
    """The words of the typed frame. A sub-record's word stands under the record's name."""
    frame = event.frame
    if not frame:
        return make_frame(key=event.importance >= 5)

    def word(key: str, inner: str) -> str | None:
        value = frame.get(key)
        if value is None or isinstance(value, str):
            return value
        value = value.get(inner) if isinstance(value, Mapping) else None
        return value if isinstance(value, str) else None

    if _FRAME_ONLY.issuperset(frame):
        return make_frame(mood=word("mood", ""), key=event.importance >= 5)
    actual, consensus, action = frame.get("actual"), frame.get("consensus"), frame.get("action")
    gap = actual - consensus if isinstance(actual, int | float) and isinstance(consensus, int | float) else 0
    return make_frame(
        result=word("result", ""),
        guidance=word("guidance", "change") or (word("change", "") if event.type == "guidance" else None),
        extent=word("extent", ""),
        action=word("action", "verb"),
        tone=word("tone", ""),
        stage=word("stage", ""),
        mood=word("mood", ""),
        modality=word("action", "modality") if action is not None and not isinstance(action, str) else None,
        as_expected=frame.get("as_expected") is True,
        first_time=frame.get("first_time") is True,
        above=gap > 0,
        below=gap < 0,
        in_line=isinstance(actual, int | float) and actual == consensus,
        change=_change(frame) if event.type == "data_release" else "none",
        key=event.importance >= 5,
    )


# A percentage of these is a level; of anything else it is a change.
_LEVELS = (
    "rate",
    "yield",
    "index",
    "pmi",
    "inflation",
    "unemployment",
    "sentiment",
    "confidence",
    "capacity",
    "share",
    "ratio",
)


def _change(frame: Mapping[str, object]) -> Literal["up", "down", "flat", "none"]:
    actual, indicator = frame.get("actual"), str(frame.get("indicator", "")).lower()
    percent = frame.get("unit") in ("percent", "%", "pct")
    if not percent or not isinstance(actual, int | float) or any(word in indicator for word in _LEVELS):
        return "none"
    return "up" if actual > 0 else "down" if actual < 0 else "flat"


def causes(because: Sequence[str], direction: Direction | None, events: Mapping[str, EventFacts]) -> tuple[Cause, ...]:
    """The sender's reasons, those that explain the move first, in the sender's order otherwise."""
    if not because:
        return ()
    # What was denied explains nothing, whoever linked it.
    linked = [events[i] for i in because if i in events and events[i].status != "denied"]
    found = [Cause(event, relation(event.polarity, direction)) for event in linked]
    if len(found) > 1:
        found.sort(key=lambda cause: RANK[cause.relation])
    return tuple(found)


def _topic(event: Event, topics: Mapping[str, Sequence[str]]) -> str:
    """The first topic of ``rules/events/topics.yaml`` whose words stand in the event's own phrases."""
    if event.type == "holiday":
        return "holiday"
    said = " ".join(filter(None, (event.who, event.clause, event.noun_phrase))).lower()
    for topic, words in topics.items():
        for word in words:
            if word in said:
                return topic
    return "none"
