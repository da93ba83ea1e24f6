"""The wire contract, version 1, as marshmallow schemas: what a snapshot may say, key by key.

Names and meanings are those of the contract; an unknown key is refused with the nearest known
one, so that a misspelt ``chnage_pct`` cannot pass as a market without a figure. Closed lists are
those that the contract closes; where it leaves words free, text is free.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError
from marshmallow.exceptions import SCHEMA as WHOLE

from wrapgen.intake.fields import (
    Amount,
    Choice,
    Day,
    Flag,
    Id,
    Importance,
    Keyed,
    Many,
    Moment,
    Number,
    OneOrMany,
    Place,
    Quantity,
    Record,
    Span,
    Strict,
    Text,
    Typed,
    When,
    Whole,
    record,
)
from wrapgen.intake.problems import Fault, Findings, Refused, pointer, show
from wrapgen.intake.reference import KINDS

PHASES = ("preview", "open", "morning", "midday", "afternoon", "close")
ROLES = ("main", "backdrop", "context")
SESSIONS = ("current", "previous")
APPROX = ("about", "nearly", "more_than", "less_than")
DIRECTIONS = ("up", "down", "flat", "mixed", "flat_to_lower", "flat_to_higher")
EFFECTS = ("lift", "drag", "cap")
MILESTONES = (
    "record_high", "record_low", "highest", "lowest", "best_day", "worst_day", "first_above", "first_below",
)  # fmt: skip
PATHS = ("pared_gains", "pared_losses", "erased_gains", "erased_losses", "off_high", "off_low")
PATTERNS = ("rebound", "reversal", "follow_through")
STATUSES = ("happened", "confirmed", "reported", "expected", "scheduled", "continuing", "denied")
POLARITIES = ("positive", "negative", "mixed", "neutral")

# Several times what the fullest day has. The time to write grows faster than these, and one that is sent by mistake
# must not hold up the others.
MOST_MARKETS = 300
MOST_STOCKS = 1000
MOST_EVENTS = 300
MOST_CLOSES = 6000  # of a series: over twenty years


class _UnknownKey:
    """Stands in a schema's error messages for "unknown key", and knows what was allowed."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self.known = known

    def fault(self, key: str) -> Fault:
        elsewhere = [name for name, schema in EVENT_SCHEMAS.items() if key in schema.load_fields]
        in_event = "polarity" in self.known
        message = f"unknown key {show(key)}"
        if in_event and elsewhere:
            message += f"; it belongs to events of type {', '.join(elsewhere)}"
        return Fault(message, self.known if len(self.known) <= 8 else (), key, self.known)


def _schema(**fields: Strict) -> Schema:
    """A schema made once, at import, that refuses unknown keys."""
    made: Schema = Schema.from_dict(fields)(unknown=RAISE)  # type: ignore[arg-type]
    made.error_messages["unknown"] = _UnknownKey(tuple(fields))  # type: ignore[assignment]
    return made


def _because() -> Many:
    return Many(Id())


_MONEY = _schema(amount=Quantity(required=True), currency=Text(required=True, longest=12))

_NEAR = _schema(what=Choice("peak", "trough", "record", required=True), when=When(longest=60))

_MILESTONE = _schema(
    type=Choice(*MILESTONES, required=True),
    since=When(longest=60),
    over=Span(longest=60),
    basis=Choice("close", "intraday"),
    value=Number(),
    near=Record(_NEAR),
    short_of=Flag(),
)

_STREAK = _schema(
    direction=Choice("up", "down", required=True),
    sessions=Whole(least=1, most=10_000),
    status=Choice("extends", "ended", required=True),
)

MARKET = _schema(
    id=Id(required=True),
    name=Text(longest=80),
    short_name=Text(longest=60),
    kind=Choice(*KINDS),
    place=Place(),
    role=Choice(*ROLES),
    session=Choice(*SESSIONS),
    change_pct=Number(),
    change=Number(),
    level=Number(),
    previous_close=Number(),
    open=Number(),
    high=Number(),
    low=Number(),
    approx=Choice(*APPROX),
    direction=Choice(*DIRECTIONS),
    closed=Flag(),
    streak=Record(_STREAK),
    milestone=OneOrMany(Record(_MILESTONE)),
    path=Choice(*PATHS),
    pattern=Choice(*PATTERNS),
    because=_because(),
)

STOCK = _schema(
    ticker=Id(required=True),
    exchange=Id(required=True),
    name=Text(required=True, longest=120),
    short_name=Text(longest=60),
    market=Id(),
    sector=Text(longest=80),
    session=Choice(*SESSIONS),
    change_pct=Number(),
    direction=Choice(*DIRECTIONS),
    approx=Choice(*APPROX),
    price=Number(above=0),
    currency=Text(longest=12),
    weight_pct=Number(least=0),
    contribution_points=Number(),
    effect=Choice(*EFFECTS),
    milestone=OneOrMany(Record(_MILESTONE)),
    because=_because(),
)

SECTOR = _schema(
    market=Id(),
    name=Text(required=True, longest=80),
    direction=Choice(*DIRECTIONS),
    change_pct=Number(),
    effect=Choice(*EFFECTS),
    because=_because(),
)

BREADTH = _schema(
    market=Id(required=True),
    advancers=Whole(required=True),
    decliners=Whole(required=True),
    unchanged=Whole(),
    new_highs=Whole(),
    new_lows=Whole(),
)

VOLUME = _schema(
    market=Id(required=True),
    shares=Number(least=0),
    turnover=Number(least=0),
    currency=Text(longest=12),
    average=Number(least=0),
    average_days=Whole(least=1, most=10_000),
)

SERIES = _schema(
    dates=Many(Day(), most=MOST_CLOSES, required=True), closes=Many(Number(), most=MOST_CLOSES, required=True)
)

_ACTION = _schema(verb=Text(required=True, longest=40), object=Text(), modality=Text(longest=40))
_PURPOSE = _schema(verb=Text(required=True, longest=40), object=Text())
_GUIDANCE = _schema(change=Text(required=True, longest=40), period=Text(longest=60), measure=Text(longest=80))
_FIGURE = _schema(
    who=Text(required=True, longest=120),
    what=Text(required=True),
    units=Quantity(required=True, least=0),
    part_of_previous=Flag(),
)

# Keys that the frame of any event may have besides those of its type.
_SHARED: Mapping[str, Any] = {
    "place": Place,
    "source": lambda: Text(longest=120),
    "mood": lambda: Text(longest=60),
    "overshadowed_by": Id,
}
_STAKE: Mapping[str, Any] = {
    "target": lambda: Text(longest=120),
    "extent": lambda: Text(longest=40),
    "shares": lambda: Quantity(least=0),
    "value": lambda: Amount(_MONEY),
}
_DEED: Mapping[str, Any] = {"action": lambda: Record(_ACTION)}

# The frame of each event type: what its event may say beyond the keys of every event.
FRAMES: Mapping[str, Mapping[str, Any]] = {
    "earnings": {
        "period": lambda: Text(longest=60),
        "result": lambda: Choice("beat", "miss", "in_line", "strong", "weak", "mixed"),
        "measure": lambda: Text(longest=80),
        "actual": lambda: Amount(_MONEY),
        "consensus": lambda: Amount(_MONEY),
        "guidance": lambda: Record(_GUIDANCE),
        "driver": Text,
    },
    "guidance": {
        "change": lambda: Text(longest=40),
        "period": lambda: Text(longest=60),
        "measure": lambda: Text(longest=80),
        "driver": Text,
    },
    "stake_sale": _STAKE,
    "stake_purchase": _STAKE,
    "merger": {
        "target": lambda: Text(longest=120),
        "value": lambda: Amount(_MONEY),
        "stage": lambda: Text(longest=60),
    },
    "sales_ranking": {
        "product": lambda: Text(longest=120),
        "rival": lambda: Text(longest=120),
        "rival_product": lambda: Text(longest=120),
        "first_time": Flag,
        "figures": lambda: Many(Record(_FIGURE)),
    },
    "data_release": {
        "indicator": lambda: Text(longest=120),
        "period": lambda: Text(longest=60),
        "actual": Quantity,
        "consensus": Quantity,
        "prior": Quantity,
        "unit": lambda: Text(longest=40),
    },
    "central_bank": {
        "action": lambda: Choice("raise", "cut", "hold"),
        "size_bp": lambda: Quantity(least=0),
        "rate": Quantity,
        "tone": lambda: Text(longest=60),
        "as_expected": Flag,
    },
    "policy": _DEED,
    "statement": _DEED,
    "vote": {"purpose": lambda: Record(_PURPOSE)},
    "analyst": {
        "broker": lambda: Text(longest=120),
        "action": lambda: Text(longest=60),
        "rating": lambda: Text(longest=60),
        "target_price": lambda: Amount(_MONEY),
    },
    **dict.fromkeys(("corporate", "fiscal", "politics", "trade", "geopolitics", "commodity", "health", "flow"), {}),
    "holiday": {},
    "other": {},
}

# What a frame needs so that the event can be told without phrases: one of these sets of keys.
TELLING: Mapping[str, tuple[frozenset[str], ...]] = {
    "earnings": tuple(frozenset(("who", key)) for key in ("result", "actual", "guidance")),
    "guidance": (frozenset(("who", "change")),),
    "stake_sale": (frozenset(("who", "target")),),
    "stake_purchase": (frozenset(("who", "target")),),
    "merger": (frozenset(("who", "target")),),
    "sales_ranking": (frozenset(("who", "rival")), frozenset(("who", "figures"))),
    "data_release": (frozenset(("indicator",)),),
    "central_bank": (frozenset(("who", "action")),),
    "policy": (frozenset(("who", "action")),),
    "statement": (frozenset(("who", "action")),),
    "vote": (frozenset(("who", "purpose")),),
    "analyst": (frozenset(("broker", "action")),),
    "holiday": (frozenset(("place",)),),
}

# Of these the company alone tells what is to come: who reports, who gives a forecast.
AWAITED: Mapping[str, frozenset[str]] = dict.fromkeys(("earnings", "guidance"), frozenset(("who",)))

EVENT_KEYS = (
    "id", "type", "status", "when", "who", "affects", "polarity", "importance", "clause", "noun_phrase",
)  # fmt: skip


def _event_schema(frame: Mapping[str, Any]) -> Schema:
    return _schema(
        id=Id(required=True),
        type=Choice(*FRAMES, required=True),
        status=Choice(*STATUSES),
        when=When(longest=80),
        who=Text(longest=120),
        affects=Many(Id()),
        polarity=Choice(*POLARITIES),
        importance=Importance(),
        clause=Text(),
        noun_phrase=Text(),
        **{key: make() for key, make in {**_SHARED, **frame}.items()},
    )


EVENT_SCHEMAS: Mapping[str, Schema] = {name: _event_schema(frame) for name, frame in FRAMES.items()}


SNAPSHOT = _schema(
    region=Id(required=True),
    as_of=Moment(required=True),
    phase=Choice(*PHASES),
    markets=Many(Record(MARKET), least=1, most=MOST_MARKETS, required=True),
    stocks=Many(Record(STOCK), most=MOST_STOCKS),
    sectors=Many(Record(SECTOR), most=MOST_MARKETS),
    breadth=Many(Record(BREADTH), most=MOST_MARKETS),
    volume=Many(Record(VOLUME), most=MOST_MARKETS),
    history=Keyed(SERIES, most=MOST_MARKETS),
    events=Many(Typed(EVENT_SCHEMAS, EVENT_KEYS, "other"), most=MOST_EVENTS),
)


_ACCEPTED = record(SNAPSHOT)


def validate(data: Mapping[str, Any], findings: Findings) -> dict[str, Any] | None:
    """``data`` checked and cleaned; None where it has problems, which ``findings`` then holds.

    Dates come back as ``datetime`` values, lists as tuples, numbers outside frames as float.
    """
    try:
        accepted: dict[str, Any] = _ACCEPTED.read(data)
        return accepted
    except Refused:
        pass  # marshmallow says all that is wrong
    try:
        loaded: dict[str, Any] = SNAPSHOT.load(data)
    except ValidationError as error:
        _report(error.messages, (), findings)
        return None
    return loaded


def _report(messages: Any, path: tuple[str, ...], findings: Findings) -> None:
    """marshmallow's nested messages as problems with pointers."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            _report(inner, path if key == WHOLE else (*path, str(key)), findings)
    elif isinstance(messages, list):
        for inner in messages:
            _report(inner, path, findings)
    elif isinstance(messages, _UnknownKey):
        findings.problem(_clean(path), *messages.fault(path[-1] if path else WHOLE))
    elif isinstance(messages, Fault):
        findings.problem(_clean(path), *messages)
    else:
        findings.problem(_clean(path), str(messages))


def _clean(path: tuple[str, ...]) -> str:
    """The pointer; what a key holds that cannot be printed is escaped, and a long key cut."""
    return pointer(*(key[:80] if key.isprintable() else ascii(key[:80])[1:-1] for key in path))
