"""The snapshots that the engine is tested on, and a way to make small ones by hand."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import wrapgen
from wrapgen.article import Article
from wrapgen.facts.book import derive
from wrapgen.facts.types import FactBook
from wrapgen.intake.reading import read_ungated
from wrapgen.intake.snapshot import Snapshot

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / ".." / "shared"
VARIANTS = range(10)
CONTRACT_SEED = "asia-2025-11-12-morning"

SEEDS = {path.stem: path for path in sorted((ROOT / "seeds").glob("*.json"))}
CASES = {path.parent.name: path for path in sorted(Path(__file__).parent.glob("*/snapshot.json"))}
FILES: dict[str, Path] = {**SEEDS, **CASES}
UNUSUAL = {path.stem: path for path in sorted((ROOT / "tests" / "unusual").glob("*.json"))}

# Enough in them that ten wordings should differ: a dozen markets and stocks, or a section of their own.
RICH = tuple(name for name, path in FILES.items() if path.stat().st_size > 5000)


@functools.cache
def sent(name: str) -> dict[str, Any]:
    """The JSON of a seed, a case or an unusual day. Shared: copy before changing it."""
    path = FILES.get(name) or UNUSUAL[name]
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@functools.cache
def snapshot(name: str) -> Snapshot:
    return wrapgen.read_snapshot(sent(name))


@functools.cache
def article(name: str, variant: int = 0, style: str = "house") -> Article:
    """Each article is written once a session: nothing that reads it may change it."""
    return wrapgen.write(snapshot(name), variant=variant, style=style)


class Written(NamedTuple):
    """An article with all that it was made from."""

    sent: Mapping[str, Any]
    snapshot: Snapshot
    facts: FactBook
    article: Article


@functools.cache
def facts(name: str) -> FactBook:
    return book(sent(name))


def written(name: str, variant: int = 0) -> Written:
    return Written(sent(name), snapshot(name), facts(name), article(name, variant))


def write(sent: Mapping[str, Any], **options: Any) -> Written:
    """The article of a snapshot made by hand, whatever the data gates would say of it."""
    read = read_ungated(sent, wrapgen.load_rules().reference)
    return Written(sent, read, book(sent), wrapgen.write(read, **options))


def labels(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CASES[name].parent / "labels.json").read_text(encoding="utf-8"))
    return loaded


def day(
    markets: Mapping[str, float | Mapping[str, Any]],
    region: str = "asia-pacific",
    as_of: str = "2025-11-12",
    **rest: Any,
) -> dict[str, Any]:
    """A snapshot as sent: markets by id, each with its move in percent or with its keys."""
    listed = [{"id": i, **(m if isinstance(m, Mapping) else {"change_pct": m})} for i, m in markets.items()]
    return {"region": region, "as_of": as_of, "phase": "close", "markets": listed, **rest}


def book(sent: Mapping[str, Any]) -> FactBook:
    """The facts of a snapshot as sent, with the rules that ship with the project."""
    rules = wrapgen.load_rules()
    return derive(read_ungated(sent, rules.reference), rules.areas, rules.topics)


def event(ident: str = "news", **keys: Any) -> dict[str, Any]:
    """An event told in plain phrases, one that happened and helps, where nothing else is said."""
    made = {
        "id": ident,
        "type": "other",
        "status": "happened",
        "polarity": "positive",
        "clause": "a trade accord was signed",
        "noun_phrase": "a trade accord",
    }
    return {key: value for key, value in {**made, **keys}.items() if value is not None}


def stock(ticker: str = "9984", exchange: str = "XTKS", **keys: Any) -> dict[str, Any]:
    made = {"ticker": ticker, "exchange": exchange, "name": f"Company {ticker}", "short_name": f"Firm{ticker}"}
    return {**made, "market": "N225", **keys}
