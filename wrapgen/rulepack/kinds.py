"""The kinds of rule record, and the names that their conditions may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wrapgen.errors import nearest
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
from wrapgen.rulepack.errors import RuleProblem
from wrapgen.rulepack.namespace import Namespace
from wrapgen.rulepack.records import Field, Kind, records
from wrapgen.rulepack.sayings import SAYING
from wrapgen.rulepack.yamlfile import Record
from wrapgen.wording.telling import Telling

# The contract's angles: a pack tells them all, and may tell others of its own.
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

FAMILIES = ("region", "market", "stock", "sector", "event", "milestone", "run", "mood")

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

HOW_OFTEN = ("never", "sparse", "always")
LAYOUTS = ("region", "country", "us", "global")

# The kinds of message that the plan makes (wrapgen/plan), and the phrases that slots ask for.
MESSAGES = (
    "backdrop", "backdrop.lag", "backdrop.score", "backdrop.sector_line", "backdrop.sectors", "breadth", "cause",
    "cause.against", "cause.headline", "cause.more", "cause.sentence", "context.crosses", "context.level",
    "context.score", "event.ahead", "event.back", "event.clause", "event.detail", "event.gist", "event.left",
    "event.loose", "event.noun", "event.overshadowed", "event.sentence", "headline.any", "lede.any", "lede.extreme",
    "lede.pole", "lede.sectors", "lede.standout", "market.closed", "market.closed.group", "market.equal",
    "market.flats", "market.focus", "market.focus.stock", "market.milestone", "market.pair", "market.path",
    "market.runs", "market.score", "market.sister", "market.span", "market.streak", "market.told", "market.triple",
    "market.unsized", "region.stocks", "reported.clause", "reported.gist", "reported.noun", "sat.flat",
    "sat.likewise", "sat.milestone", "sat.pair", "sat.path", "sat.sectors", "sat.sectors.against", "sat.cross",
    "sat.sectors.despite", "sat.sectors.while", "sat.span", "sat.stock", "sat.stocks.while", "sat.streak",
    "sat.unsized", "sat.volume", "sat.yield", "sector.pair", "sector.score", "sectors", "stock.group", "stock.news",
    "stock.news.group", "stock.pair", "stock.score", "stock.triple", "subhead.country", "subhead.market", "volume",
)  # fmt: skip
# Without these no article can be written.
NEEDED = ("headline.any", "lede.any", "region.stocks", "market.score", "market.focus", "stock.score", "cause")

# What an angle may name beside its subject: the one market that moved where the others stood still; the best and
# the worst; or, in a region that split, the extreme at the other end from its own market.
NAMED_BESIDE = ("standout", "best_and_worst", "other_end")

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
        Field("turns", "flag", default=False, says="turns from one day to the next"),
        Field("alone", "flag", default=True, says="whether it is told where nothing rides on it"),
        Field("say", "texts", required=True, says="patterns, the best first"),
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
        Field("angle", "text", required=True, says="its name: one of the contract's, or a new one in small letters"),
        Field("family", "word", required=True, allowed=FAMILIES, says="its kind: the counterpoint is of another"),
        Field("over", "word", required=True, allowed=("region", "market", "stock", "sector", "event")),
        Field("role", "word", allowed=("leader", "laggard", "stock", "sector", "event", "either")),
        Field("says", "text", required=True, says="what an editor sees in it"),
        Field("when", "expression", required=True, namespace=NAMES, wants="flag"),
        Field("tests", records(CASE), says="whether it holds, given these facts"),
        Field("score", records(POINTS), required=True),
        Field("evidence", records(EVIDENCE), required=True),
        Field("sections", "words", allowed=("place",), says="place: a section for its market"),
        Field("names", "words", allowed=NAMED_BESIDE, says="the markets that it names beside its subject"),
        Field(
            "wall_street",
            "flag",
            default=False,
            says="it tells how Wall Street went the session before, and that is its reason",
        ),
        Field("headline", records(WAY), required=True),
        Field("headline_second", records(WAY)),
        Field("lede", records(WAY), required=True),
        Field("lede_second", records(WAY)),
    ),
    key="angle",
)


def style_kind(moves: tuple[str, ...] = (), places: tuple[str, ...] = ()) -> Kind:
    """A house style; of the verbs that the lexicon has for moves it may bar some, of the places tell some first."""
    return Kind(
        "house style",
        (
            Field("style", "text", required=True),
            Field("says", "text", required=True),
            Field("length", "word", allowed=("brief", "standard", "long")),
            Field("percent", "word", allowed=("%", "percent", "per cent")),
            Field("percent_joined", "flag"),
            Field("decimals", "number"),
            Field("headline_decimals", "number"),
            Field("magnitudes", "word", allowed=("words", "letters")),
            Field("numbers_as_words_below", "number"),
            Field("levels", "word", allowed=HOW_OFTEN),
            Field("points", "word", allowed=HOW_OFTEN),
            Field("apostrophe", "text"),
            Field("us", "text"),
            Field("uk", "text"),
            Field("spellings", "words", says="pairs: as the rules have it, as the house spells it"),
            Field("tickers", "flag"),
            Field("first_name", "word", allowed=("full", "short")),
            Field("later_name", "word", allowed=("full", "short")),
            Field("the_company", "flag"),
            Field("the_index", "flag"),
            Field("first", "words", allowed=places, says="places whose indices are told before others"),
            Field("day_first", "flag"),
            Field("short_months", "flag"),
            Field("headline_case", "word", allowed=("title", "sentence")),
            Field("paragraph_sentences", "number"),
            Field("paragraph_words", "number"),
            Field("correction", "text", says="a sentence with {what}, {old} and {new}"),
            Field("barred_verbs", "words", allowed=moves),
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
    "breadth",
    "history",
    "context",
    "closed",
    "ahead",
    "other",
)
LENGTHS = ("brief", "standard", "long")

LENGTH = Kind(
    "length",
    (
        Field("length", "word", required=True, allowed=LENGTHS),
        Field("words", "texts", says="'80 to 130': words of the body, headline and subheads apart"),
        Field("places", "number", required=True, says="how many places may have a section of their own"),
        Field("stocks", "number", required=True, says="how many stocks without a reason are listed, each way"),
        Field("subheads", "flag", default=True, says="whether sections have subheads"),
        Field("full", "flag", default=False, says="levels, points and prices beside every move"),
        Field("sections", "words", allowed=SECTIONS, says="in their order; those of the plan where it has none"),
        Field("keep", "texts", says="what stays where all would be too long, the most important first: 'scores 2'"),
    ),
    key="length",
)

PLAN = Kind(
    "plan",
    (
        Field("plan", "text", required=True),
        Field("says", "text", required=True),
        Field("layouts", "words", required=True, allowed=LAYOUTS),
        Field("elsewhere_order", "texts"),
        Field("sections", "words", required=True, allowed=SECTIONS),
        Field("lengths", records(LENGTH), required=True, says="what brief, standard and long hold"),
        Field("neighbours", "texts", says="pairs of places: the second is told in the first one's section"),
        Field("gauges", "texts", says="the index by which a region's day is read, the best first"),
    ),
    key="plan",
)


@dataclass(frozen=True, slots=True)
class Length:
    """What an article of a length holds.

    ``words`` are the fewest and the most that its body should have, where the facts carry them; ``places``
    and ``stocks`` bound sections and lists. Where all would be too long, ``keep`` says what stays: (section,
    how many messages of it; None for all), the most important first. ``full``: levels beside every move, prices
    of stocks.
    """

    name: str
    words: tuple[int, int] | None
    places: int
    stocks: int
    sections: tuple[str, ...]
    keep: tuple[tuple[str, int | None], ...]
    subheads: bool
    full: bool


@dataclass(frozen=True, slots=True)
class PlanRule:
    """Which sections an article of a layout has, in which order, and what it holds by its length."""

    name: str
    layouts: tuple[str, ...]
    sections: tuple[str, ...]
    lengths: Mapping[str, Length]
    order: tuple[str, ...]
    neighbours: Mapping[str, str]
    gauges: tuple[str, ...] = ()
    first: tuple[str, ...] = ()  # places that the house style tells before others


def plan_rule(record: Record, file: str, problems: list[RuleProblem]) -> PlanRule:
    """The plan of a checked record; what is wrong in it goes to ``problems``."""
    lengths = {r["length"]: _length(r, tuple(record["sections"]), file, problems) for r in record["lengths"]}
    for name in LENGTHS:
        if name not in lengths:
            problems.append(RuleProblem(file, record.line_of("lengths"), "this plan needs the length", name, LENGTHS))
    return PlanRule(
        record["plan"],
        tuple(record["layouts"]),
        tuple(record["sections"]),
        lengths,
        tuple(record.get("elsewhere_order") or ()),
        dict(pair.split() for pair in record.get("neighbours") or ()),  # type: ignore[misc]
        tuple(record.get("gauges") or ()),
    )


def _length(record: Record, sections: tuple[str, ...], file: str, problems: list[RuleProblem]) -> Length:
    def wrong(key: str, message: str, value: str, allowed: tuple[str, ...] = ()) -> None:
        problems.append(RuleProblem(file, record.line_of(key), message, value, allowed, nearest(value, allowed)))

    words = None
    for text in record["words"]:
        low, _, high = text.partition(" to ")
        if low.isdecimal() and high.isdecimal() and int(low) <= int(high):
            words = int(low), int(high)
        else:
            wrong("words", "words of a length are a span, as in", "80 to 130")
    told = tuple(record["sections"]) or sections
    keep: list[tuple[str, int | None]] = []
    for text in record["keep"]:
        section, _, most = text.partition(" ")
        if section not in told:
            wrong("keep", "not one of the sections of this length", section, told)
        elif most and not (most.isdecimal() and int(most)):
            wrong("keep", "how many sentences of the section stay is a number", most)
        else:
            keep.append((section, int(most) if most else None))
    return Length(
        record["length"],
        words,
        int(record["places"] or 0),
        int(record["stocks"] or 0),
        told,
        tuple(keep),
        record["subheads"],
        record["full"],
    )
