"""From what was sent to a ``Snapshot``: checked, resolved, completed, frozen.

Every problem of a snapshot is raised at once, each with its JSON pointer; nothing that can be
sent makes anything else than a ``Snapshot`` or a ``SnapshotError``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import orjson

from wrapgen.errors import InputError, OptionError, decode_json
from wrapgen.intake.events import read_events
from wrapgen.intake.gates import admit, check_override, examine
from wrapgen.intake.gates.types import Tripped
from wrapgen.intake.markets import read_markets, read_series
from wrapgen.intake.problems import Findings, Problem, SnapshotError, show
from wrapgen.intake.reference import Reference, RegionRef
from wrapgen.intake.schema import validate
from wrapgen.intake.session import phase_of, session_date
from wrapgen.intake.snapshot import Breadth, Sector, Snapshot, Volume
from wrapgen.intake.stocks import read_stocks

_SYMBOL = re.compile(r"([A-Z0-9]+)[:.]([A-Z0-9-]+)")


def read_snapshot(
    data: Mapping[str, Any] | str | bytes,
    reference: Reference,
    *,
    now: dt.datetime | str | None = None,
    override: Iterable[str] = (),
) -> Snapshot:
    """Read one snapshot, as a mapping or as JSON text, and ask the data gates whether it is to be believed.

    ``now`` is the caller's time, by which the age of the data is judged (not at all without it); ``override``
    names gates of severity ``hold`` that the sender accepts. Raises SnapshotError with every problem found,
    OptionError for a ``now`` or ``override`` that cannot be met. Problems of form (types, unknown keys) hide
    those of meaning (unknown ids, figures that contradict each other), and these what the gates find: each
    is only looked for in a snapshot that has none of the former.
    """
    accepted, moment = check_options(reference, now, override)
    snapshot = read_ungated(data, reference)
    tripped = admit(snapshot, reference, moment, accepted)
    return snapshot._replace(gates=tripped) if tripped else snapshot


def check_options(
    reference: Reference, now: dt.datetime | str | None, override: Iterable[str]
) -> tuple[tuple[str, ...], dt.datetime | None]:
    """The gates to accept and the caller's time, read; OptionError where they cannot be met."""
    return check_override(override, reference), _moment(now)


def examine_snapshot(
    data: Mapping[str, Any] | str | bytes, reference: Reference, now: dt.datetime | str | None = None
) -> tuple[Tripped, ...]:
    """What the data gates say of a snapshot, whether it would be refused for it or not."""
    return examine(read_ungated(data, reference), reference, _moment(now))


def _moment(now: dt.datetime | str | None) -> dt.datetime | None:
    """``now`` as a date-time with its offset; OptionError for anything else."""
    if isinstance(now, str):
        try:
            now = dt.datetime.fromisoformat(now) if now.isascii() else None
        except ValueError:
            now = None
        if now is None:
            raise OptionError("now", "is no ISO 8601 date-time, as in 2025-11-12T10:30:00+08:00")
    if now is not None and now.utcoffset() is None:
        raise OptionError("now", "lacks its offset from UTC, as in 2025-11-12T10:30:00+08:00")
    return now


def read_ungated(data: Mapping[str, Any] | str | bytes, reference: Reference) -> Snapshot:
    """As `read_snapshot`, without the gates."""
    sent = load_text(data) if isinstance(data, (str, bytes, bytearray)) else data
    if not isinstance(sent, Mapping):
        raise SnapshotError([Problem("", f"a snapshot is a JSON object, not {show(sent)}")])
    findings = Findings()
    raw = validate(sent, findings)
    if raw is None:
        raise SnapshotError(findings.problems)
    region = reference.region(raw["region"])
    if region is None:
        message = f"{show(raw['region'])} {reference.why_no_region(raw['region'])}"
        keys = reference.region_keys()
        findings.problem("/region", message, tuple(reference.regions), raw["region"], keys)
        raise SnapshotError(findings.problems)
    snapshot = _read(raw, reference, region, findings, content_hash(sent))
    findings.raise_if_any()
    return snapshot


def load_text(source: str | bytes | bytearray) -> Any:
    """JSON text as Python values. Raises SnapshotError with line and column where it is broken."""
    try:
        # Half a surrogate pair is let through to the decoder, which refuses it as not UTF-8.
        encoded = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else bytes(source)
        return decode_json(encoded)
    except InputError as error:
        raise SnapshotError(error.problems) from None


def content_hash(sent: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of the canonical JSON (keys sorted, no spaces, UTF-8) of ``sent``."""
    return hashlib.sha256(orjson.dumps(sent, _plain, orjson.OPT_SORT_KEYS)).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def _read(raw: dict[str, Any], reference: Reference, region: RegionRef, findings: Findings, digest: str) -> Snapshot:
    as_of = raw["as_of"]
    day = session_date(as_of, region)
    history = read_series(raw.get("history", {}), day, findings)
    phase = raw.get("phase") or phase_of(as_of, region)
    markets = read_markets(raw["markets"], history, day, phase, reference, region, findings)
    stocks = read_stocks(raw.get("stocks", ()), phase, reference, findings)
    events = read_events(raw.get("events", ()), reference, findings)
    snapshot = Snapshot(
        region=region.id,
        date=day,
        phase=phase,
        markets=markets,
        stocks=stocks,
        sectors=tuple(
            Sector(pointer=f"/sectors/{index}", **sector) for index, sector in enumerate(raw.get("sectors", ()))
        ),
        events=events,
        breadth=tuple(
            Breadth(pointer=f"/breadth/{index}", **breadth) for index, breadth in enumerate(raw.get("breadth", ()))
        ),
        volume=tuple(
            Volume(pointer=f"/volume/{index}", **volume) for index, volume in enumerate(raw.get("volume", ()))
        ),
        history=history,
        as_of=as_of if isinstance(as_of, dt.datetime) else None,
        content_hash=digest,
    )
    _check_references(snapshot, reference, findings)
    return snapshot._replace(warnings=tuple(findings.warnings)) if findings.warnings else snapshot


def _check_references(snapshot: Snapshot, reference: Reference, findings: Findings) -> None:
    """Every id that something names must be that of something, and of one thing only."""
    stocks = {stock.id for stock in snapshot.stocks}
    events = {event.id for event in snapshot.events}
    # Asked one after the other: to put all ids of the reference data in one set takes longer than the rest of this.
    markets = ({market.id for market in snapshot.markets}, reference.markets)

    def check(where: str, name: str | None, what: str, *known: Collection[str]) -> None:
        if name is not None and not any([name in ids for ids in known]):
            candidates = sorted({id for ids in known for id in ids})
            findings.problem(where, f"{show(name)} is no {what}", meant=name, candidates=candidates)

    of_market = "market of this snapshot or of the reference data"
    of_event = "event of this snapshot"
    of_anything = "market, stock or event of this snapshot"
    for mover in _items(snapshot.markets, snapshot.stocks, snapshot.sectors):
        for index, cause in enumerate(mover.because):
            check(f"{mover.pointer}/because/{index}", cause, of_event, events)
    for part in _items(snapshot.stocks, snapshot.sectors, snapshot.breadth, snapshot.volume):
        check(f"{part.pointer}/market", part.market, of_market, *markets)
    for name, series in snapshot.history.items():
        check(series.pointer, name, of_market, *markets)
    for told in snapshot.events:
        for index, name in enumerate(told.affects):
            check(f"{told.pointer}/affects/{index}", name, of_anything, *markets, stocks, events)
        check(f"{told.pointer}/overshadowed_by", told.frame.get("overshadowed_by"), of_event, events)
        for key, who in (("who", told.who), ("target", told.frame.get("target"))):
            if who is not None and who not in stocks and _is_symbol(who, reference):
                message = (
                    f"{show(who)} is no stock of this snapshot, so that it has no name to print; send that, or its id"
                )
                findings.problem(f"{told.pointer}/{key}", message, meant=who, candidates=sorted(stocks))
    # Ids share one space: `affects` and the article's mentions name markets, stocks and events alike.
    first: dict[str, str] = {}
    for item in _items(snapshot.markets, snapshot.stocks, snapshot.events):
        if first.setdefault(item.id, item.pointer) != item.pointer:
            findings.problem(item.pointer, f"id {show(item.id)} is already that of {first[item.id]}")


def _is_symbol(name: str, reference: Reference) -> bool:
    """Whether a name is an id or a vendor's symbol: XTKS:9984, TYO:9984, 9984, 9984.T, MSFT.XNAS."""
    found = _SYMBOL.fullmatch(name)
    if found is None:
        return name.isdigit()
    return ":" in name or found[1].isdigit() or not reference.exchanges.keys().isdisjoint(found.groups())


def _items(*groups: Iterable[Any]) -> Iterator[Any]:
    """The items of several lists; each kind has the attributes that its caller asks for."""
    return chain.from_iterable(groups)
