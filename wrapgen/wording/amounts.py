"""Moves, levels and counts as phrases that know their fact."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from wrapgen.clause import Phrase, make_phrase, words
from wrapgen.facts.lookback import SPANS, span_of
from wrapgen.facts.types import MarketFacts, SectorFacts, StockFacts
from wrapgen.intake.snapshot import Market
from wrapgen.plan.types import Item, Message, Place
from wrapgen.text import Derived, FactRef, make_token
from wrapgen.wording.figures import Currencies, count_words, decimals_sent, exact_money, fixed, rounded, with_percent
from wrapgen.wording.scene import Scene
from wrapgen.wording.style import Style

_APPROX: Final = {"about": "about ", "nearly": "nearly ", "more_than": "more than ", "less_than": "less than "}


def percent_text(scene: Scene, pct: float, where: Place = "body", approx: str | None = None) -> str:
    """``1.2%``: as many decimals as the house prints, more where rounding would sit on an edge or hide the sign."""
    return _percent(scene.style, pct, where, approx)


@lru_cache(maxsize=4096)  # moves have one or two decimals, so that few come up again and again
def _percent(style: Style, pct: float, where: Place, approx: str | None) -> str:
    size = abs(pct)
    places = style.decimals
    sent = decimals_sent(pct)
    if where == "headline" or where == "subhead":
        if size >= 2.95:
            places = style.headline_decimals
    elif sent > places and (size < 0.095 or _on_edge(size, places)):
        places = min(sent, 2)
    text = towards(size, places, approx)
    return with_percent(style, text)


def towards(size: float, places: int, approx: str | None) -> str:
    """Rounded so that the approximation stays true: *more than* down, *nearly* and *less than* up."""
    if approx not in ("more_than", "nearly", "less_than"):
        return rounded(size, places)
    step = 10.0**places
    scaled = round(size * step, 6)
    return rounded((math.floor(scaled) if approx == "more_than" else math.ceil(scaled)) / step, places)


def _on_edge(size: float, places: int) -> bool:
    """Whether the figure lies exactly between two printable ones: 0.15 at one decimal. Only the smallest moves
    are printed finer for it; for 2.45% the edge misleads nobody."""
    text = repr(size)
    return size < 0.3 and len(text.partition(".")[2]) == places + 1 and text.endswith("5")


def change(scene: Scene, item: Item, form: str, where: Place) -> Phrase | None:
    """The move of a market, stock or sector. None without a figure, or where the figure prints as nothing."""
    fact: FactRef
    if isinstance(item, SectorFacts):
        pct, approx, fact = item.pct, None, f"{item.sector.pointer}/change_pct"
    elif isinstance(item, StockFacts):
        pct, approx, fact = item.pct, item.stock.approx, f"{item.stock.pointer}/change_pct"
    else:
        pct, approx, fact = item.pct, item.market.approx, figure_fact(item.market, "change_pct")
        if item.market.change_pct is None:
            fact = Derived("change_pct", (f"{item.market.pointer}/change", f"{item.market.pointer}/level"))
    if pct is None:
        return None
    text = percent_text(scene, pct, where, approx)
    if text.startswith("0%") or text.startswith("0 "):
        return None
    if approx:
        if form == "attributive":
            return None
        if where in ("headline", "subhead") and approx == "about":
            approx = None
    return words(_APPROX.get(approx or "", "") + text, facts=(fact,))


def points(facts: MarketFacts) -> Phrase | None:
    """``1,143.28 points``; decimals as the level's, since JSON drops a trailing zero."""
    market = facts.market
    if market.change is not None and market.kind == "yield":
        if abs(market.change) < 0.5:
            return None
        text = rounded(market.change, 1)
        unit = "basis point" if text == "1" else "basis points"
        return words(f"{text} {unit}", facts=(figure_fact(market, "change"),))
    # A future of no one place is of a commodity, which has no points.
    of_stocks = market.kind == "index" or market.kind == "future" and market.place is not None
    if market.change is None or not of_stocks:
        return None
    # JSON drops a trailing zero: points are padded to the decimals of the level beside them.
    places = max(decimals_sent(market.change), min(2, decimals_sent(market.level)) if market.level is not None else 0)
    if places == 1 and market.level is not None and decimals_sent(market.level) == 1:
        places = 2
    text = fixed(market.change, places)
    unit = "point" if text == "1" else "points"
    return words(f"{text} {unit}", facts=(figure_fact(market, "change"),))


def level(scene: Scene, facts: MarketFacts) -> Phrase | None:
    market = facts.market
    if market.level is None:
        return None
    # JSON drops trailing zeros: a level is padded to its market's usual decimals where its neighbours have them, or
    # to two where its points do.
    sent = decimals_sent(market.level)
    peers = [m.level for m in scene.book.snapshot.markets if m.level is not None and m.kind == market.kind]
    usual = max([decimals_sent(level) for level in peers])
    if market.change is not None and decimals_sent(market.change) == 2:
        usual = max(usual, 2)
    places = max(sent, min(usual, market.decimals)) if market.kind in ("index", "volatility") else sent
    if market.kind == "volatility":
        places = max(sent, market.decimals)
    if market.kind in ("commodity", "crypto") and sent == 1:
        places = 2
    text = fixed(market.level, places)
    if market.kind == "yield":
        text = with_percent(scene.style, text)
    elif market.kind in ("commodity", "crypto") and market.currency in ("USD", None):
        text = f"${text}"
    return words(text, facts=(figure_fact(market, "level"),))


def score(scene: Scene, facts: MarketFacts, where: Place) -> Phrase | None:
    """``251.12 points, or 0.5%, to 48,000.12``: the move with its points, or its level, as far as the house prints
    them and they were sent; None where that leaves the percent alone."""
    moved = change(scene, facts, "", where)
    in_points = points(facts) if scene.style.points == "always" else None
    to = level(scene, facts) if scene.levels else None
    if moved is None or in_points is None and to is None:
        return None
    tokens = moved.tokens
    if in_points is not None:
        tokens = (*in_points.tokens, make_token(", or "), *tokens)
    if to is not None:
        tokens = (*tokens, make_token(" to " if in_points is None else ", to "), *to.tokens)
    return make_phrase(tokens)


def figure_fact(market: Market, key: str) -> FactRef:
    """The pointer of a market's figure, or what it was worked out from where it was not sent."""
    sources = market.worked_out.get(key)
    return Derived(key, sources) if sources else f"{market.pointer}/{key}"


def index_points(facts: StockFacts, index: MarketFacts | None = None) -> Phrase | None:
    if facts.points is None or abs(facts.points) < 1:
        return None
    pointer = facts.stock.pointer
    fact: FactRef = (
        f"{pointer}/contribution_points"
        if facts.stock.contribution_points is not None
        else Derived("index_points", (f"{pointer}/weight_pct", f"{pointer}/change_pct", *_base(index)))
    )
    text = rounded(facts.points, 0)
    return words(f"{text} point{'' if text == '1' else 's'}", facts=(fact,))


def _base(index: MarketFacts | None) -> tuple[str, ...]:
    """The figures that tell where an index stood before its move."""
    if index is None:
        return ()
    keys = ("level",) if index.pct is None else ("level", "change_pct")
    facts = [figure_fact(index.market, key) for key in keys]
    leaves = [leaf for fact in facts for leaf in ((fact,) if isinstance(fact, str) else fact.sources)]
    return tuple(dict.fromkeys(leaves))


def span(scene: Scene, facts: MarketFacts, name: str) -> Phrase | None:
    """The move over a span that ended before today, or with it; None where it would print as nothing.

    ``name`` is the span's, with ``.more`` behind it where the sentence before was of the same.
    """
    span = name.partition(".")[0]
    found = span_of(scene.book, facts, span) if span in SPANS else None  # type: ignore[arg-type]
    if found is None or abs(found.pct) < 0.05:
        return None
    text = with_percent(scene.style, rounded(found.pct, scene.style.decimals))
    return words(text, facts=(Derived(f"span.{span}", found.sources),))


def price(facts: StockFacts, known: Currencies) -> Phrase | None:
    stock = facts.stock
    if stock.price is None or stock.currency is None:
        return None
    places = max(decimals_sent(stock.price), 2 if decimals_sent(stock.price) == 1 else 0)
    return words(exact_money(stock.price, places, stock.currency, known), facts=(f"{stock.pointer}/price",))


def margin(facts: MarketFacts) -> Phrase | None:
    if facts.margin is None:
        return None
    text = rounded(facts.margin, 1)
    fact = Derived("margin", facts.sources)
    return words(f"{text} percentage point{'' if text == '1' else 's'}", facts=(fact,))


def times(facts: MarketFacts, below: int = 10) -> Phrase | None:
    """``nearly three times``: how a move compares with the next largest; None where it would be a stretch.

    It must hold for the figures as printed too, so a ratio close above a whole number says ``about``. Numbers under
    ``below`` are words.
    """
    ratio = facts.ratio
    if ratio is None or ratio < 1.9 or ratio > 10:
        return None
    whole = round(ratio)
    if ratio >= whole + 0.15:
        said = f"more than {count_words(whole, below)} times"
    elif ratio <= whole - 0.08:
        said = (
            f"nearly {count_words(whole, below)} times"
            if whole - ratio <= 0.25
            else f"more than {count_words(whole - 1, below)} times"
        )
    else:
        said = f"about {count_words(whole, below)} times"
    for two in ("two times", "2 times"):
        if said.endswith(f" {two}"):
            said = said.removesuffix(two) + "twice"
    return words(said, facts=(Derived("ratio", facts.sources),))


def count(scene: Scene, message: Message, form: str) -> Phrase | None:
    region = scene.book.region
    number = {
        "ups": region.ups,
        "downs": region.downs,
        "places": region.places,
        "items": len(message.items),
    }.get(form)
    if number is None or number < 1:
        return None
    text = count_words(number, scene.style.numbers_as_words_below)
    return words(text, plural=number > 1, facts=(Derived(f"region.{form}", region.sources),))
