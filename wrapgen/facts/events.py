"""What each event reaches, and whether what moved went the way that it points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any, Final, Literal

from wrapgen.facts.types import Cause, Direction, EventFacts, FrameFacts, Relation
from wrapgen.intake.snapshot import Event, Snapshot
from wrapgen.values import made

_SIGN: Final[dict[str | None, int]] = {"positive": 1, "negative": -1, "up": 1, "down": -1}
RANK: Final = {"supports": 0, "neutral": 1, "opposes": 2}
_FRAME_ONLY: Final = frozenset({"mood", "importance", "source", "place"})
_PLAIN: Final = FrameFacts()  # of events told in plain phrases
_KEY: Final = FrameFacts(key=True)


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
    found: dict[str, EventFacts] = {}
    for event in snapshot.events:
        # What was denied explains nothing, whoever linked it.
        ids = tuple(dict.fromkeys([*linked[event.id], *event.affects])) if event.status != "denied" else ()
        touched = {places[i] for i in ids if i in places}
        signs = [relation(event.polarity, directions[i]) for i in ids if directions.get(i) in ("up", "down")]
        clause, noun, status = event.clause, event.noun_phrase, event.status
        company = _company(event, ids, stocks)
        found[event.id] = made(
            EventFacts,
            event.id,
            event,
            frame_facts(event),
            event.type,
            status,
            event.polarity,
            _topic(event, topics),  # type: ignore[arg-type]
            status in ("happened", "confirmed"),
            status in ("scheduled", "expected"),  # awaited
            status == "scheduled" or status == "expected" and _undecided(event),  # due
            len(touched),  # reach
            _share(len(touched), len(all_places), single),
            signs.count("supports") / len(signs) if signs else 0.0,  # agrees
            tuple([i for i in ids if i not in stocks and i in directions]),  # markets
            tuple([i for i in ids if i in stocks]),
            company,
            company is not None,  # corporate
            event.importance,
            clause is not None,
            noun is not None,
            len(noun.split()) if noun else 0,
            clause is not None and "report" in clause,
            _typed(event.frame),
        )
    return found


def _company(event: Event, linked: Sequence[str], stocks: Set[str]) -> str | None:
    """Whose news it is. A frame does not say of whom an analyst takes a view: it is of the one stock that names it."""
    own = next((i for i in (event.who, event.frame.get("target")) if i in stocks), None)
    if own is not None or event.type != "analyst" or event.who is not None:
        return own
    rated = [i for i in linked if i in stocks]
    return rated[0] if len(rated) == 1 else None


def _share(reach: int, places: int, single: bool) -> float:
    """The part of the region that an event is linked to; what moves one index of a single market moves the market."""
    if single:
        return 1.0 if reach else 0.0
    return reach / places if places else 0.0


def _undecided(event: Event) -> bool:
    """Whether all that is expected of it is that it comes: results, figures, a decision of whose outcome no more is
    known. A rate cut that is expected is another matter."""
    if not _typed(event.frame):
        return False
    rates = event.type == "central_bank" and event.frame.get("action") not in ("cut", "raise")
    return rates or event.type in ("earnings", "data_release", "vote")


def _typed(frame: Mapping[str, Any]) -> bool:
    """Whether a frame says more than how the market takes the event, and where the news is from."""
    return bool(frame) and not _FRAME_ONLY.issuperset(frame)


def frame_facts(event: Event) -> FrameFacts:
    """The words of the typed frame. A sub-record's word stands under the record's name."""
    frame, key = event.frame, event.importance >= 5
    if not _typed(frame):
        plain = _KEY if key else _PLAIN
        return plain._replace(mood=_word(frame, "mood")) if "mood" in frame else plain
    actual, consensus, action = _number(frame, "actual"), _number(frame, "consensus"), frame.get("action")
    gap = actual - consensus if actual is not None and consensus is not None else 0
    return made(
        FrameFacts,
        _word(frame, "result"),
        _word(frame, "guidance", "change") or (_word(frame, "change") if event.type == "guidance" else None),
        _word(frame, "extent"),
        _word(frame, "action", "verb"),
        _word(frame, "tone"),
        _word(frame, "stage"),
        _word(frame, "mood"),
        _word(frame, "action", "modality") if not isinstance(action, str) else None,
        frame.get("as_expected") is True,
        frame.get("first_time") is True,
        gap > 0,  # above
        gap < 0,  # below
        actual is not None and actual == frame.get("consensus"),  # in_line
        _change(frame, actual) if event.type == "data_release" else "none",
        key,
    )


def _word(frame: Mapping[str, Any], key: str, inner: str = "") -> str | None:
    """A word of a frame; where a record stands under the key, its ``inner`` one."""
    value = frame.get(key)
    if isinstance(value, str) or value is None:  # which is nearly always so, and soon told
        return value
    word = value.get(inner) if isinstance(value, Mapping) else None
    return word if isinstance(word, str) else None


def _number(frame: Mapping[str, Any], key: str) -> float | None:
    value = frame.get(key)
    return value if isinstance(value, (int, float)) else None


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


def _change(frame: Mapping[str, Any], actual: float | None) -> Literal["up", "down", "flat", "none"]:
    if actual is None or frame.get("unit") not in ("percent", "%", "pct"):
        return "none"
    indicator = str(frame.get("indicator", "")).lower()
    if any([word in indicator for word in _LEVELS]):
        return "none"
    return "up" if actual > 0 else "down" if actual < 0 else "flat"


def causes(because: Sequence[str], direction: Direction | None, events: Mapping[str, EventFacts]) -> tuple[Cause, ...]:
    """The sender's reasons, those that explain the move first, in the sender's order otherwise."""
    if not because:
        return ()
    linked = [events[i] for i in because if i in events and events[i].status != "denied"]
    found = [made(Cause, event, relation(event.polarity, direction)) for event in linked]
    if len(found) > 1:
        found.sort(key=_explaining)
    return tuple(found)


def _explaining(cause: Cause) -> int:
    return RANK[cause.relation]


def _topic(event: Event, topics: Mapping[str, Sequence[str]]) -> str:
    """The first topic of ``rules/events/topics.yaml`` whose words stand in the event's own phrases."""
    if event.type == "holiday":
        return "holiday"
    if event.status in ("scheduled", "expected", "denied"):
        return "none"  # a rally to come is none to follow
    said = f"{event.who or ''} {event.clause or ''} {event.noun_phrase or ''}".lower()
    for topic, words in topics.items():
        for word in words:
            if word in said:
                return topic
    return "none"
