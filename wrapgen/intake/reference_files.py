"""Reads the files of reference data, fills in what follows from a place or an exchange, and refuses the lot, naming
file, line, value and remedy, when any record is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

import yaml

from wrapgen.intake.gates.calendars import HolidayRecord, holiday_faults, read_closures
from wrapgen.intake.gates.catalogue import GATES, gate_faults
from wrapgen.intake.gates.types import GateRule, Limits
from wrapgen.intake.problems import nearest, show
from wrapgen.intake.reference import (
    AREAS,
    KINDS,
    TIERS,
    CurrencyRef,
    ExchangeRef,
    MarketRef,
    PlaceRef,
    Reference,
    ReferenceDataError,
    ReferenceProblem,
    RegionRef,
)

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAKES_THE = ("index", "fx", "yield", "volatility")


def load_reference(directory: Path) -> Reference:
    """Load the seven files of reference data (``markets.yaml``, ``gates.yaml`` ...) from ``directory``.

    Raises ReferenceDataError with every fault of all of them, a missing one among them.
    """
    faults: list[_RecordFault] = []
    exchanges = _read(directory / "exchanges.yaml", ExchangeRef, "mic", faults)
    currencies = _read(directory / "currencies.yaml", CurrencyRef, "currency", faults)
    places = _read(directory / "places.yaml", PlaceRef, "id", faults)
    regions = _read(directory / "regions.yaml", RegionRef, "id", faults, reserved=("places",))
    markets = _read(directory / "markets.yaml", MarketRef, "id", faults, derived=_DERIVED)
    holidays = _read(directory / "holidays.yaml", HolidayRecord, "calendars", faults)
    gates = _read(directory / "gates.yaml", GateRule, "gate", faults)
    if not faults:
        _check_each(holidays, holiday_faults, faults)
        _check_each(gates, gate_faults, faults)
        _check_gates(gates, faults)
        _check_currencies(currencies, faults)
        _check_exchanges(exchanges, places.records, faults)
        _check_places(places, exchanges.records, faults)
        _check_regions(regions, faults)
        _check_markets(markets, exchanges.records, places.records, faults)
    if faults:
        raise ReferenceDataError(_located(faults))
    return _assemble(markets, exchanges, currencies, places, regions, holidays, gates)


# What a market's record may leave out, because it follows from the rest of the record.
_DERIVED = ("short", "headline", "region", "article", "plural", "decimals")


class _File(NamedTuple):
    path: Path
    records: dict[str, dict[str, Any]]
    positions: dict[str, int]


class _RecordFault(NamedTuple):
    """A fault of ``record`` (its position; None: of the file), at ``key`` where it has one."""

    path: Path
    record: int | None
    key: str | None
    message: str
    allowed: tuple[str, ...] = ()
    nearest: str | None = None


def _read(
    path: Path,
    kind: type,
    id_key: str,
    faults: list[_RecordFault],
    reserved: tuple[str, ...] = (),
    derived: tuple[str, ...] = (),
) -> _File:
    """The records of one file by id, each with the keys and value types of dataclass ``kind``."""
    file = _File(path, {}, {})
    try:
        text = path.read_text(encoding="utf-8")
        data = yaml.load(text, Loader=_LOADER)  # noqa: S506  (a safe loader, in C where there is one)
    except OSError as error:
        faults.append(_RecordFault(path, None, None, f"cannot be read: {error.strerror or error}"))
        return file
    except UnicodeDecodeError as error:
        faults.append(_RecordFault(path, None, None, f"is not UTF-8: byte {error.start + 1} is unreadable"))
        return file
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        faults.append(_RecordFault(path, None, None, f"cannot be read as records: {error}"))
        return file
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        faults.append(_RecordFault(path, None, None, f"not YAML: {where}{getattr(error, 'problem', error)}"))
        return file
    if not isinstance(data, list):
        faults.append(_RecordFault(path, None, None, f"must be a list of records, not {show(data)}"))
        return file
    specs = {spec.name: spec for spec in fields(kind) if spec.name not in reserved}
    required = [
        name
        for name, spec in specs.items()
        if spec.default is MISSING and spec.default_factory is MISSING and name not in derived
    ]
    for index, record in enumerate(data):

        def fault(
            message: str,
            key: str | None = None,
            remedy: tuple[tuple[str, ...], str | None] = ((), None),
            index: int = index,
        ) -> None:
            faults.append(_RecordFault(path, index, key, message, *remedy))

        if not isinstance(record, dict):
            fault(f"a record must be a mapping, not {show(record)}")
            continue
        for key, value in record.items():
            if key not in specs:
                fault(f"unknown key {show(key)}", str(key), _remedy(key, specs))
            elif not _fits(value, str(specs[key].type)):
                fault(f"{key} {show(value)} must be {_NOUNS[str(specs[key].type).split(' ')[0]]}", key)
        for key in required:
            if key not in record:
                fault(f"{record.get(id_key, 'record')}: key {key!r} is missing")
        name = record.get(id_key)
        if isinstance(name, str):
            if name in file.records:
                fault(f"{id_key} {name!r} is there twice", id_key)
            file.records[name] = record
            file.positions[name] = index
    return file


_NOUNS = {"str": "text", "bool": "true or false", "int": "a whole number", "Limits": "a mapping of names to limits"}
_NOUNS["Severity"] = _NOUNS["str"]


def _fits(value: object, annotation: str) -> bool:
    if value is None:
        return "None" in annotation
    if annotation == "Limits":
        return isinstance(value, dict)
    if annotation.startswith(("str", "Severity")):
        return isinstance(value, str) and bool(value.strip())
    if annotation.startswith("bool"):
        return isinstance(value, bool)
    return isinstance(value, int) and not isinstance(value, bool)


def _remedy(name: object, allowed: Iterable[str], many: int = 20) -> tuple[tuple[str, ...], str | None]:
    """The allowed values, where they are few enough to list, and the nearest of them."""
    values = tuple(sorted(allowed))
    return (values if len(values) <= many else (), nearest(str(name), values))


_KEPT = {"place": "places.yaml", "exchange": "exchanges.yaml"}  # where an id must have its record


def _choice(
    file: _File,
    faults: list[_RecordFault],
    key: str,
    allowed: Mapping[str, Any] | tuple[str, ...],
    what: str,
) -> None:
    """Every value of ``key`` must be one of ``allowed``."""
    for name, record in file.records.items():
        value = record.get(key)
        if value is not None and value not in allowed:
            kept = f"in reference/{_KEPT[key]}" if key in _KEPT else "known"
            message = f"{name}: {what} {show(value)} is not {kept}"
            remedy = _remedy(value, allowed)
            faults.append(_RecordFault(file.path, file.positions[name], key, message, *remedy))


def _check_each(
    file: _File,
    faults_of: Callable[[Mapping[str, Any]], Iterable[tuple[str, str, tuple[str, ...], object]]],
    faults: list[_RecordFault],
) -> None:
    for name, record in file.records.items():
        for key, message, allowed, meant in faults_of(record):
            near = nearest(str(meant), allowed) if meant is not None else None
            faults.append(_RecordFault(file.path, file.positions[name], key, message, allowed, near))


def _check_gates(file: _File, faults: list[_RecordFault]) -> None:
    """Every gate of the engine has its record: one that an editor lost would be a gate left open."""
    for name in GATES:
        if name not in file.records:
            faults.append(_RecordFault(file.path, None, None, f"gate {name!r} is missing; severity ignore silences it"))


def _check_currencies(file: _File, faults: list[_RecordFault]) -> None:
    for name, record in file.records.items():
        if record.get("symbol") is None and record.get("word") is None:
            faults.append(_RecordFault(file.path, file.positions[name], None, f"{name}: needs a symbol or a word"))


def _check_exchanges(file: _File, places: Mapping[str, Any], faults: list[_RecordFault]) -> None:
    _choice(file, faults, "place", places, "place")
    _check_clocks(file, faults)


def _check_places(file: _File, exchanges: Mapping[str, Any], faults: list[_RecordFault]) -> None:
    _choice(file, faults, "region", AREAS, "region")
    _choice(file, faults, "exchange", exchanges, "exchange")


def _check_regions(file: _File, faults: list[_RecordFault]) -> None:
    _choice(file, faults, "id", AREAS, "region")
    _check_clocks(file, faults)


def _check_markets(
    file: _File, exchanges: Mapping[str, Any], places: Mapping[str, Any], faults: list[_RecordFault]
) -> None:
    _choice(file, faults, "kind", KINDS, "kind")
    _choice(file, faults, "tier", TIERS, "tier")
    _choice(file, faults, "region", AREAS, "region")
    _choice(file, faults, "place", places, "place")
    _choice(file, faults, "exchange", exchanges, "exchange")
    _choice(file, faults, "sister", file.records, "sister")
    _choice(file, faults, "underlying", file.records, "underlying")
    symbols: dict[str, str] = {}
    for name, record in file.records.items():
        index = file.positions[name]
        if not record.get("place") and not record.get("region"):
            message = f"{name}: a market that spans countries needs a region"
            faults.append(_RecordFault(file.path, index, None, message, AREAS))
        if record.get("sister") == name:
            faults.append(_RecordFault(file.path, index, "sister", f"{name}: its own sister"))
        symbol = record.get("yahoo")
        if symbol and symbols.setdefault(symbol, name) != name:
            message = f"{name}: yahoo symbol {symbol!r} is already that of {symbols[symbol]}"
            faults.append(_RecordFault(file.path, index, "yahoo", message))


def _check_clocks(file: _File, faults: list[_RecordFault]) -> None:
    for name, record in file.records.items():
        zone = record["timezone"]
        if not _is_timezone(zone):
            message = f"{name}: timezone {show(zone)} is not a time zone"
            near = nearest(zone, available_timezones())
            faults.append(_RecordFault(file.path, file.positions[name], "timezone", message, nearest=near))


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return False
    return True


def _assemble(
    markets: _File,
    exchanges: _File,
    currencies: _File,
    places: _File,
    regions: _File,
    holidays: _File,
    gates: _File,
) -> Reference:
    """The records as typed values, with what follows from place, exchange and kind filled in."""
    exchange_refs = {name: ExchangeRef(**record) for name, record in exchanges.records.items()}
    currency_refs = {name: CurrencyRef(**record) for name, record in currencies.records.items()}
    place_refs = {name: PlaceRef(**record) for name, record in places.records.items()}
    region_refs = {name: RegionRef(**record, places=_own(name, place_refs)) for name, record in regions.records.items()}
    market_refs = {name: _market(record, exchange_refs, place_refs) for name, record in markets.records.items()}
    yahoo = {ref.yahoo: name for name, ref in market_refs.items() if ref.yahoo}
    gate_rules = tuple(
        GateRule(**{**record, "limits": Limits(record.get("limits") or {})})
        for record in (gates.records[name] for name in GATES)
    )
    return Reference(
        markets=market_refs,
        exchanges=exchange_refs,
        currencies=currency_refs,
        places=place_refs,
        regions=region_refs,
        yahoo=yahoo,
        closures=read_closures(holidays.records),
        gates=gate_rules,
    )


def _own(region: str, places: Mapping[str, PlaceRef]) -> frozenset[str]:
    return frozenset(name for name, place in places.items() if region in ("global", place.region))


def _market(record: dict[str, Any], exchanges: Mapping[str, ExchangeRef], places: Mapping[str, PlaceRef]) -> MarketRef:
    kind = record["kind"]
    place = places.get(record.get("place", ""))
    exchange = record.get("exchange")
    if exchange is None and place is not None and kind == "index":
        exchange = place.exchange
    short = record.get("short", record["name"])
    filled = {
        "short": short,
        "headline": short,
        "region": place.region if place else None,
        "article": kind in _TAKES_THE,
        "plural": kind == "future",
        "decimals": 4 if kind == "fx" else 2,
        "currency": exchanges[exchange].currency if exchange else None,
    }
    return MarketRef(**{**filled, **record, "exchange": exchange})


def _located(faults: list[_RecordFault]) -> Iterator[ReferenceProblem]:
    """The faults with their line numbers, which only now are worth what they cost."""
    nodes: dict[Path, Any] = {}
    for fault in faults:
        line = 1
        if fault.record is not None:
            if fault.path not in nodes:
                nodes[fault.path] = yaml.compose(fault.path.read_text(encoding="utf-8"), Loader=_LOADER)
            record = nodes[fault.path].value[fault.record]
            line = record.start_mark.line + 1
            if fault.key is not None and isinstance(record, yaml.MappingNode):
                keys = [key for key, _ in record.value if key.value == fault.key]
                line = keys[0].start_mark.line + 1 if keys else line
        yield ReferenceProblem(fault.path.name, line, fault.message, fault.allowed, fault.nearest)
