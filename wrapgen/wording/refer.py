"""Referring expressions: what to call a market, a company or a place here, given what the reader knows."""

from __future__ import annotations

from wrapgen.clause import Phrase, make_phrase, words
from wrapgen.facts.types import MarketFacts, StockFacts
from wrapgen.intake.snapshot import Market, Stock
from wrapgen.plan.types import Message, Place
from wrapgen.text import make_token
from wrapgen.wording.discourse import Draft
from wrapgen.wording.scene import Scene


def possessive(name: str, apostrophe: str = "’") -> str:
    """``SoftBank’s``, ``General Motors’``."""
    if name.endswith(("'s", "’s")):
        return name  # McDonald's is its own possessive
    return name + apostrophe if name.endswith("s") else f"{name}{apostrophe}s"


def the_company(scene: Scene, stock: Stock) -> str:
    """What stands for a company's name where it would stand again: its short name where the house wants names."""
    return "the company" if scene.style.the_company else stock.short_name.replace("'", scene.style.apostrophe)


def index_name(scene: Scene, market: Market, known: bool) -> str:
    """An index's name at its first mention, or at a later one, as the house has it."""
    wanted = scene.style.later_name if known else scene.style.first_name
    return market.short_name if wanted == "short" else market.name


def place_name(scene: Scene, market: Market) -> str | None:
    """``Hong Kong``, ``mainland China``; None for a market that belongs to no single place."""
    if market.group:
        return market.group
    place = scene.places.get(market.place or "")
    if place is None or place.id == "EU":
        return None
    return f"the {place.name}" if place.article else place.name


def place_possessive(scene: Scene, market: Market) -> str | None:
    if market.group:
        return possessive(market.group, scene.style.apostrophe)
    place = scene.places.get(market.place or "")
    if place is None or not place.possessive or place.id in ("EU", "US"):
        return None
    if place.name in f"{market.name} {market.headline_name}":
        return None
    return place.possessive


def without_home(scene: Scene, text: str, message: Message, where: Place) -> str:
    """A title's phrase without the possessor that its subject names: Turkey's stocks fall after *Turkey's* central
    bank's rate cut. A subhead is about its market; a headline about one place where the whole wrap is."""
    market = message.market if where == "subhead" else None
    if where == "headline" and scene.book.region.layout in ("country", "us"):
        market = next(iter(scene.book.main), None)
    owner = place_possessive(scene, market.market) if market is not None else None
    return text.removeprefix(f"{owner} ") if owner is not None else text


def refer_market(scene: Scene, facts: MarketFacts, form: str, where: Place, draft: Draft) -> Phrase | None:
    """A market by name, in the form that the pattern asks for or that the place calls for.

    Forms: none (by rule of mention), ``full``, ``short``, ``bare`` (no article, no place), ``place``,
    ``city``, ``index`` (the index; only of the one just named), ``possessive``, ``headline``,
    ``that`` (that on the 30-year bond: of another yield).
    """
    market = facts.market
    if form == "place":
        name = place_name(scene, market)
        if name is None or (facts.main and not facts.heads and market.tier != "gauge"):
            return None  # Japan is what its main index did, not the other one
        if where in ("headline", "subhead"):
            name = name.removeprefix("the ")
            draft.named.append(f"place:{market.place}")
        return words(name, market.id, proper=not name[:1].islower())
    if form == "city":
        place = scene.places.get(market.place or "")
        return words(place.city, market.id, proper=True) if place is not None and place.city else None
    if form == "adjective":
        place = scene.places.get(market.place or "")
        return words(place.adjective, market.id, proper=True) if place is not None else None
    if form == "placed":
        owner = place_possessive(scene, market)
        if owner is None:
            return None
        if where in ("headline", "subhead"):
            owner = owner.removeprefix("the ")
        text = f"{owner} {market.headline_name}"
        draft.named.append(f"place:{market.place}")
        return words(text, market.id, market.plural, proper=not market.group)
    if where == "headline":
        draft.named.append(market.id)
    if where in ("headline", "subhead") or form == "headline":
        if form == "possessive":
            return words(possessive(market.headline_name, scene.style.apostrophe), market.id, proper=True)
        return words(market.headline_name, market.id, market.plural, _is_name(market.headline_name))
    if form == "bare":
        name = index_name(scene, market, known=True)
        return words(name, market.id, market.plural, _is_name(name))
    if form == "that":  # behind another yield
        return words(f"that {market.name[6:]}", market.id) if market.name.startswith("yield on ") else None
    if form == "index":
        if facts.kind != "index" or draft.base.only_index != market.id or not scene.style.the_index:
            return None
        draft.indices.append(market.id)
        return words("the index", market.id)
    known = draft.knows(market.id)
    draft.named.append(market.id)
    draft.indices.append(market.id)
    if draft.subject is None:
        draft.subject = market.id
    name = index_name(scene, market, known or form == "short")
    article = "the " if market.article else ""
    if form == "possessive":
        return words(article + possessive(name, scene.style.apostrophe), market.id, proper=not article)
    if (
        not known
        and form != "short"
        and (scene.book.region.layout in ("region", "global") or market.place not in scene.book.own_places)
        and (market.kind == "index" or _own_future(scene, market))
    ):
        owner = place_possessive(scene, market)
        if owner is not None and not draft.knows(f"place:{market.place}:{owner}"):
            draft.named.append(f"place:{market.place}:{owner}")
            return words(f"{owner} {name}", market.id, market.plural, not market.group)
    return words(article + name, market.id, market.plural, proper=not article and _is_name(name))


def _own_future(scene: Scene, market: Market) -> bool:
    return market.kind == "future" and market.place in scene.book.own_places


def _is_name(text: str) -> bool:
    return not text[:1].islower()


def refer_stock(scene: Scene, facts: StockFacts, form: str, where: Place, draft: Draft) -> Phrase | None:
    """A company: in the body, as the house has it, full name and ticker first, the short name after; elsewhere
    the short name.

    Forms: none, ``short``, ``possessive``, ``company`` (the company; only of the subject just named).
    """
    stock = facts.stock
    apostrophe = scene.style.apostrophe
    short, full = stock.short_name.replace("'", apostrophe), stock.name.replace("'", apostrophe)
    if form == "company":
        if draft.base.subject != stock.id or not scene.style.the_company:
            return None
        draft.subject = stock.id
        return words("the company", stock.id)
    introduced = draft.has_met(stock.id)
    draft.shares += 1
    name = short if (scene.style.later_name if introduced else scene.style.first_name) == "short" else full
    if where != "body" or form in ("short", "possessive") and introduced:
        draft.named.append(stock.id)
        text = short if where != "body" or form == "short" else name
        return words(possessive(text, apostrophe) if form == "possessive" else text, stock.id, stock.plural, True)
    if draft.subject is None:
        draft.subject = stock.id
    draft.named.append(stock.id)
    if introduced:
        return words(name, stock.id, stock.plural, True)
    draft.met.append(stock.id)
    if not scene.style.tickers:
        return words(name, stock.id, stock.plural, True)
    ticker = make_token(f" ({stock.symbol})", stock.id, (f"{stock.pointer}/ticker",))
    return make_phrase((make_token(name, stock.id), ticker), stock.plural, True)
