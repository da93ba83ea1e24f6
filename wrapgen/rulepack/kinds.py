"""The kinds of rule record, and the names that their conditions may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wrapgen.facts.types import (
    BackdropFacts,
    EventFacts,
    FrameFacts,
    MarketFacts,
    MilestoneFact,
    RegionFacts,
    SectorFacts,
    StockFacts,
    StreakFact,
)
from wrapgen.rulepack.cases import CASE
from wrapgen.rulepack.namespace import Namespace
from wrapgen.rulepack.records import Field, Kind, records
from wrapgen.rulepack.sayings import SAYING
from wrapgen.wording.telling import Telling

ANGLES = (
    "broad_advance",
    "broad_decline",
    "mixed",
    "flat",
    "led_by_market",
    "dragged_by_market",
    "lifted_by_stock",
    "held_back_by_stock",
    "led_by_sector",
    "dragged_by_sector",
    "follows_wall_street",
    "driven_by_event",
    "ahead_of_event",
    "rebound",
    "reversal",
    "extends_run",
    "milestone",
    "divergence",
    "profit_taking",
)

NAMES = Namespace.of(
    region=RegionFacts,
    market=MarketFacts,
    stock=StockFacts,
    sector=SectorFacts,
    event=EventFacts,
    frame=FrameFacts,
    backdrop=BackdropFacts,
    milestone=MilestoneFact,
    streak=StreakFact,
    this=Telling,
)

LAYOUTS = ("region", "country", "us", "global")

# The kinds of message that the plan makes (wrapgen/plan), and the phrases that slots ask for.
MESSAGES = (
    "backdrop", "backdrop.lag", "backdrop.score", "backdrop.sector_line", "backdrop.sectors", "breadth",
    "cause", "cause.headline", "cause.more", "cause.sentence", "context.level",
    "context.score", "event.ahead", "event.back", "event.clause", "event.detail", "event.gist", "event.left",
    "event.loose", "event.noun", "event.overshadowed", "event.sentence", "headline.any", "lede.any",
    "lede.pole", "lede.sectors", "lede.standout", "market.closed", "market.closed.group", "market.equal",
    "market.flats", "market.focus", "market.focus.stock", "market.milestone", "market.pair", "market.path",
    "market.score", "market.sister", "market.streak", "market.told", "market.triple", "market.unsized",
    "region.stocks", "sat.milestone", "sat.path", "sat.sectors", "sat.sectors.against", "sat.sectors.despite",
    "sat.streak", "sector.score", "sectors", "stock.group", "stock.news", "stock.news.group", "stock.pair",
    "stock.score", "stock.triple", "subhead.country", "subhead.market", "volume",
)  # fmt: skip
# Without these no article can be written.
NEEDED = ("headline.any", "lede.any", "region.stocks", "market.score", "market.focus", "stock.score", "cause")

WAY = Kind(
    "way of saying",
    (
        Field("when", "expression", namespace=NAMES, wants="flag", says="when it holds"),
        Field("says", "text", says="why it is so"),
        Field("say", "texts", required=True, says="patterns, the best first"),
        Field("tests", records(SAYING), says="given these facts, this sentence; given those, not"),
    ),
    key="",
)

SENTENCE = Kind(
    "sentence rule",
    (
        Field("rule", "text", required=True, says="a name of its own"),
        Field("for", "word", required=True, allowed=MESSAGES, says="the kind of message that it can say"),
        Field("says", "text", says="what it is for"),
        Field("when", "expression", namespace=NAMES, wants="flag", says="when it holds"),
        Field("say", "texts", required=True, says="patterns, the best first"),
        Field("turns", "flag", default=False, says="turns from one day to the next"),
        Field("tests", records(SAYING), says="given these facts, this sentence; given those, not"),
    ),
    key="rule",
)

POINTS = Kind(
    "points",
    (
        Field("points", "expression", required=True, namespace=NAMES, wants="number", says="what it adds"),
        Field("says", "text", required=True, says="what an editor thinks there"),
        Field("tests", records(CASE), says="what it adds, given these facts"),
    ),
    key="",
)

EVIDENCE = Kind(
    "evidence",
    (
        Field("when", "expression", namespace=NAMES, wants="flag", says="when it can be said"),
        Field("say", "text", required=True, says="plain English, with {conditions} for figures"),
    ),
    key="",
)

ANGLE = Kind(
    "angle",
    (
        Field("angle", "word", required=True, allowed=ANGLES, says="its name in the contract"),
        Field("family", "text", required=True, says="its kind: the counterpoint is of another"),
        Field("over", "word", required=True, allowed=("region", "market", "stock", "sector", "event")),
        Field("role", "word", allowed=("leader", "laggard", "stock", "sector", "event", "either")),
        Field("says", "text", required=True, says="what an editor sees in it"),
        Field("when", "expression", required=True, namespace=NAMES, wants="flag"),
        Field("score", records(POINTS), required=True),
        Field("evidence", records(EVIDENCE), required=True),
        Field("tone", "text"),
        Field("sections", "words", allowed=("place", "scores"), says="a section for its market, or the scores first"),
        Field("headline", records(WAY), required=True),
        Field("headline_second", records(WAY)),
        Field("lede", records(WAY), required=True),
        Field("lede_second", records(WAY)),
        Field("tests", records(CASE), says="whether it holds, given these facts"),
    ),
    key="angle",
)

STYLE = Kind(
    "house style",
    (
        Field("style", "text", required=True),
        Field("says", "text", required=True),
        Field("percent", "text"),
        Field("percent_joined", "flag"),
        Field("apostrophe", "text"),
        Field("decimals", "number"),
        Field("headline_decimals", "number"),
        Field("us", "text"),
        Field("uk", "text"),
        Field("tickers", "flag"),
        Field("levels", "word", allowed=("never", "sparse", "always")),
        Field("numbers_as_words_below", "number"),
        Field("barred_verbs", "texts"),
        Field("day_first", "flag"),
    ),
    key="style",
)

TOPIC = Kind(
    "topic",
    (
        Field("topic", "word", required=True, allowed=("profit_taking", "wall_street", "share_nouns", "article_nouns")),
        Field("words", "texts", required=True),
    ),
    key="topic",
)

SECTIONS = (
    "backdrop",
    "futures",
    "scores",
    "story",
    "second",
    "sisters",
    "elsewhere",
    "movers",
    "context",
    "closed",
    "ahead",
    "other",
)

PLAN = Kind(
    "plan",
    (
        Field("plan", "text", required=True),
        Field("says", "text", required=True),
        Field("layouts", "words", required=True, allowed=LAYOUTS),
        Field("sections", "words", required=True, allowed=SECTIONS),
        Field("brief", "words", allowed=SECTIONS),
        Field("elsewhere_order", "texts"),
        Field("neighbours", "texts", says="pairs of places: the second is told in the first one's section"),
        Field("gauges", "texts", says="the index by which a region's day is read, the best first"),
    ),
    key="plan",
)


@dataclass(frozen=True, slots=True)
class PlanRule:
    """Which sections an article of a layout has, in which order."""

    name: str
    layouts: tuple[str, ...]
    sections: tuple[str, ...]
    brief: tuple[str, ...]
    order: tuple[str, ...]
    neighbours: Mapping[str, str]
    gauges: tuple[str, ...] = ()


def plan_rule(record: Mapping[str, Any]) -> PlanRule:
    return PlanRule(
        record["plan"],
        tuple(record["layouts"]),
        tuple(record["sections"]),
        tuple(record.get("brief") or ()),
        tuple(record.get("elsewhere_order") or ()),
        dict(pair.split() for pair in record.get("neighbours") or ()),  # type: ignore[misc]
        tuple(record.get("gauges") or ()),
    )
