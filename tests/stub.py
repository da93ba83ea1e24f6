"""A small article and a stand-in for the engine: what the outer rooms are tested against.

The engine has its own tests; here only the shape of what it gives matters.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, NamedTuple

import pytest

import wrapgen
from wrapgen.about import About, Company, Place, Topic
from wrapgen.article import Article, collect_mentions
from wrapgen.errors import OptionError, Problem
from wrapgen.text import Block, Derived, FactRef, Sentence, Token

MARKETS = frozenset({"HSI", "N225", "SPX"})
SPREAD = Derived("region.spread", ("/markets/0/change_pct", "/markets/1/change_pct"))


def sentence(*tokens: Token | str, rule: str = "scores.yaml:3 score", facts: tuple[FactRef, ...] = ()) -> Sentence:
    return Sentence(tuple(t if isinstance(t, Token) else Token(t) for t in tokens), rule, facts)


def report(name: str, score: float, chosen: bool) -> dict[str, Any]:
    return {
        "name": name,
        "score": score,
        "tone": "up",
        "subjects": {"leader": "HSI", "laggard": None, "stock": None, "sector": None, "event": None},
        "because": [f"the evidence for {name}"],
        "margin": 0.25,
        "chosen": chosen,
        "note": "told" if chosen else "weaker than the one above",
    }


HEADLINE = sentence(Token("Hong Kong", "HSI"), " Gains, Utilities < Banks & Insurers", rule="heads.yaml:1 lead")
BLOCKS = (
    Block(
        "paragraph",
        "lede",
        (
            sentence(
                "The ",
                Token("Hang Seng", "HSI"),
                " rose ",
                Token("1.5%", facts=("/markets/0/change_pct",)),
                ", helped by ",
                Token("Čez & Søn", "XHKG:0001"),
                ".",
                facts=("/markets/0/change_pct", SPREAD),
            ),
            sentence("Japan’s ", Token("Nikkei 225", "N225"), " was flat.", facts=("/markets/1/change_pct",)),
        ),
    ),
    Block("subhead", "lead", (sentence(Token("Hong Kong", "HSI"), " Leads", rule="heads.yaml:9 sub"),)),
    Block(
        "paragraph",
        "lead",
        (sentence("The ", Token("S&P 500", "SPX"), " and the ", Token("Hang Seng", "HSI"), " gained."),),
    ),
)

ABOUT = About(
    region="hk",
    phase="close",
    date=dt.date(2026, 1, 5),
    as_of=dt.datetime(2026, 1, 5, 16, 15, 0, 250000, dt.timezone(dt.timedelta(hours=8))),
    timed=True,
    provider="Desk & Co",
    genre=Topic("Current", "Current"),
    urgency=4,
    companies=(Company("XHKG:0001", "Čez & Søn", "0001", "XHKG", "Hong Kong Stock Exchange"),),
    places=(Place("Hong Kong", "HK"), Place("Asia", None)),
    topics=(Topic("20000385", "market and exchange"),),
    snapshot="5eed" * 16,
)

ARTICLE = Article(
    id="a1b2c3",
    headline=HEADLINE,
    blocks=BLOCKS,
    about=ABOUT,
    angle=report("led_by_market", 0.9, True),
    counterpoint=report("flat", 0.65, True),
    angles=(report("led_by_market", 0.9, True), report("flat", 0.65, True), report("mixed", 0.4, False)),
    mentions=collect_mentions(HEADLINE, BLOCKS, MARKETS),
    warnings=("history of N225 is not used",),
    provenance={"engine": "0.1.0", "rules": "f00d", "style": "wire", "variant": 0},
)

SNAPSHOT = {"region": "hk", "as_of": "2026-01-05", "markets": [{"id": "HSI", "change_pct": 1.5}]}


class SnapshotError(ValueError):
    def __init__(self, *problems: Problem) -> None:
        self.problems = problems


class RuleProblem(NamedTuple):
    file: str
    line: int
    message: str
    value: str
    allowed: tuple[str, ...]
    nearest: str


class RuleError(ValueError):
    def __init__(self, *problems: RuleProblem) -> None:
        self.problems = problems


class Row(NamedTuple):
    """What only has a ``to_dict``: an angle's report, a fact."""

    data: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        return self.data


class Rules(str):
    """What stands for a rule pack: a text with the attributes that are asked for."""

    reference = None


UNKNOWN_MARKET = Problem("/markets/0/id", "'HIS' is no market", ("HSI", "SPX"), "HSI")
NO_AS_OF = Problem("/as_of", "is missing", None, None)
UNKNOWN_KEY = RuleProblem("angles/flat.yaml", 7, "unknown key", "scroe", ("score", "tone"), "score")


def install(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Puts the stand-in where the outer rooms call the engine; returns the list of write's options.

    A snapshot with the market HIS has two problems, one with the market BUG makes the engine fail, the
    angle ``milestone`` is one that the data do not support, rules in a folder named ``broken`` fail.
    """
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr("wrapgen.trials.trial.require_passed", lambda pack: None)
    monkeypatch.setattr("wrapgen.service.app.require_passed", lambda pack: None, raising=False)

    def read_snapshot(data: Any, reference: Any = None, *, now: Any = None, override: Any = ()) -> Any:
        if now is not None or override:
            calls.append({"now": now, "override": override})
        if not isinstance(data, dict):
            raise SnapshotError(Problem("", "is not an object"))
        ids = [market["id"] for market in data.get("markets", [])]
        if "HIS" in ids:
            raise SnapshotError(UNKNOWN_MARKET, NO_AS_OF)
        return ids

    def write(snapshot: Any, **options: Any) -> Article:
        if "BUG" in snapshot:
            raise KeyError("the engine's own fault")
        if options.get("angle") == "milestone":
            raise OptionError("angle", "no market is at a milestone", ("flat", "mixed"))
        if options.get("style") not in (None, "wire"):
            raise OptionError.unknown("style", options["style"], ("wire",))
        calls.append(options)
        return replace(ARTICLE, provenance={**ARTICLE.provenance, "variant": options.get("variant", 0)})

    def load_rules(directory: Any = None) -> Rules:
        if directory is not None and directory.name == "broken":
            raise RuleError(UNKNOWN_KEY)
        return Rules(f"rules of {directory}")

    stand_in = {
        "SnapshotError": SnapshotError,
        "RuleError": RuleError,
        "read_snapshot": read_snapshot,
        "load_rules": load_rules,
        "write": write,
        "rank_angles": lambda snapshot, rules=None: [Row(dict(angle)) for angle in ARTICLE.angles],
        "derive_facts": lambda snapshot, rules=None: [
            Row(
                {
                    "name": "region.spread",
                    "value": 1.5,
                    "unit": "percent",
                    "operation": "max - min",
                    "from": list(SPREAD.sources),
                }
            )
        ],
    }
    for name, value in stand_in.items():
        monkeypatch.setattr(wrapgen, name, value, raising=False)
    return calls
