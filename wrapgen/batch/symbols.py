"""Whose prices a vendor keeps under a symbol: markets of the reference data, and the sender's stocks.

The aliases are data, `rules/reference/symbols.yaml`. A vendor's table is looked up under that vendor's symbols
alone: ``GOLD`` is gold in a table of the sender's own, and a miner's share at Yahoo.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from wrapgen.errors import nearest
from wrapgen.intake.reference import MarketRef, Reference
from wrapgen.rulepack.errors import RuleError, RuleProblem, unknown
from wrapgen.rulepack.records import Field, Kind, check, records
from wrapgen.rulepack.yamlfile import read_yaml

VENDORS = ("yahoo", "polygon", "alphavantage", "fmp", "eodhd", "finnhub")
_PATTERNS = ("index", "future", "fx", "commodity", "yield", "volatility", "crypto")
_FILE = Kind(
    "symbols",
    (
        Field(
            "vendors",
            records(
                Kind(
                    "vendor",
                    (
                        Field("id", "word", required=True, allowed=VENDORS),
                        Field("like", "word", allowed=VENDORS, says="also uses the symbols of this vendor"),
                        *(Field(kind, "text", says="how it names a market of this kind") for kind in _PATTERNS),
                    ),
                )
            ),
            required=True,
        ),
        Field(
            "markets",
            records(
                Kind(
                    "market",
                    (Field("market", "text", required=True), *(Field(vendor, "texts") for vendor in VENDORS)),
                    key="market",
                )
            ),
        ),
        Field(
            "exchanges",
            records(
                Kind(
                    "exchange",
                    (Field("mic", "text", required=True), *(Field(vendor, "text") for vendor in VENDORS)),
                    key="mic",
                )
            ),
        ),
    ),
    key="",
)


class Share(NamedTuple):
    """A stock to look for in price tables: its id (``XHKG:0700``), and a symbol of its own if it has one."""

    id: str
    symbol: str | None = None


@dataclass(frozen=True)
class Symbols:
    """Ids by symbol: ``vendors`` by vendor; "" holds the ids themselves, and what any vendor means by a symbol."""

    vendors: Mapping[str, Mapping[str, str]]
    suffixes: Mapping[str, Mapping[str, str]]
    """By vendor: what stands behind a share's ticker, by exchange."""

    def with_shares(self, shares: Iterable[Share]) -> Symbols:
        """The same with the symbols of ``shares``; where a share and a market have one symbol, the market's stays."""
        found: dict[str, dict[str, str]] = {vendor: {} for vendor in self.vendors}
        for share in shares:
            mic, _, ticker = share.id.partition(":")
            named = [(vendor, ticker + ends[mic]) for vendor, ends in self.suffixes.items() if mic in ends]
            for vendor, symbol in named:
                found[vendor].setdefault(_folded(symbol), share.id)
            for symbol in (share.id, *([share.symbol] if share.symbol else ())):
                for vendor in found:
                    found[vendor].setdefault(_folded(symbol), share.id)
            for _, symbol in named:
                found[""].setdefault(_folded(symbol), share.id)
        return Symbols({vendor: {**found[vendor], **known} for vendor, known in self.vendors.items()}, self.suffixes)

    def find(self, symbol: str, vendor: str) -> str | None:
        """The id that a vendor's table ("": the sender's own) means by ``symbol``; None where none is known."""
        return self.vendors[vendor].get(_folded(symbol))

    def nearest(self, symbol: str, vendor: str) -> str | None:
        """The known symbol that is most like an unknown one, with the id that it stands for."""
        close = nearest(symbol, self.vendors[vendor])
        return None if close is None else f"{close} ({self.vendors[vendor][close]})"


def load_symbols(directory: Path, reference: Reference) -> Symbols:
    """Read ``symbols.yaml`` of a folder of reference data. Raises RuleError with everything that is wrong in it."""
    problems: list[RuleProblem] = []
    file = f"{directory.name}/symbols.yaml"
    read = check(read_yaml(directory / "symbols.yaml", file), _FILE, file, problems)
    for key, known in (("market", reference.markets), ("mic", reference.exchanges)):
        for record in read["markets"] if key == "market" else read["exchanges"]:
            if record.get(key) is not None and record[key] not in known:
                problems.append(unknown(file, record.line_of(key), f"unknown {key}", record[key], known))
    if problems:
        raise RuleError(problems)
    listed = {vendor: _listed(vendor, read, reference) for vendor in VENDORS}
    like = {record["id"]: record["like"] for record in read["vendors"] if record["like"]}
    vendors = {vendor: {**listed.get(like.get(vendor, ""), {}), **listed[vendor]} for vendor in VENDORS}
    suffixes = {
        vendor: {
            record["mic"]: record[source]
            for source in (like.get(vendor), vendor)
            if source
            for record in read["exchanges"]
            if record[source] is not None
        }
        for vendor in VENDORS
    }
    return Symbols({**vendors, "": _anyones(vendors, reference)}, suffixes)


def _listed(vendor: str, read: Mapping[str, Any], reference: Reference) -> dict[str, str]:
    """A vendor's own symbols: Yahoo's of the reference data, what its patterns make, what is listed."""
    found = dict(reference.yahoo) if vendor == "yahoo" else {}
    patterns: Mapping[str, Any] = next((record for record in read["vendors"] if record["id"] == vendor), {})
    for ref in reference.markets.values():
        pattern = patterns.get(ref.kind)
        if pattern and not ref.sector and ("{yahoo}" not in pattern or ref.yahoo):
            found[_filled(pattern, ref)] = ref.id
    for record in read["markets"]:
        found.update(dict.fromkeys(record[vendor], record["market"]))
    return {_folded(symbol): market for symbol, market in found.items()}


def _filled(pattern: str, ref: MarketRef) -> str:
    return pattern.replace("{id}", ref.id).replace("{yahoo}", (ref.yahoo or "").removeprefix("^"))


def _anyones(vendors: Mapping[str, Mapping[str, str]], reference: Reference) -> dict[str, str]:
    """Ids first; then every vendor's symbols, those left out that mean one thing here and another there."""
    meant: dict[str, set[str]] = {}
    for known in vendors.values():
        for symbol, market in known.items():
            meant.setdefault(symbol, set()).add(market)
    one = {symbol: next(iter(markets)) for symbol, markets in meant.items() if len(markets) == 1}
    return {**one, **{_folded(market): market for market in reference.markets}}


def _folded(symbol: str) -> str:
    """Symbols as they are compared: in capitals, a short number without leading zeros (0700.HK is 700.HK)."""
    head, point, tail = symbol.strip().upper().partition(".")
    return f"{int(head) if head.isdecimal() and len(head) <= 5 else head}{point}{tail}"
