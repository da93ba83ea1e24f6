"""The slots that name things: markets, companies, sectors, places, alone or in lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from wrapgen.clause import Bound, Phrase, make_phrase, words
from wrapgen.facts.types import MarketFacts, SectorFacts, StockFacts
from wrapgen.plan.types import Item, Message, Place
from wrapgen.text import FactRef, Token, make_token
from wrapgen.wording.discourse import Draft
from wrapgen.wording.refer import place_name, place_possessive, refer_market, refer_stock

if TYPE_CHECKING:
    from wrapgen.wording.speaker import Speaker

Value = Phrase | Bound | None
Resolver = Callable[["Speaker", Message, str, Place, Draft], Value]

ORDER: Final = ("first", "second", "third", "fourth")


def refer(speaker: Speaker, item: Item, form: str, where: Place, draft: Draft) -> Value:
    """A market, company or sector by name."""
    scene = speaker.scene
    if isinstance(item, MarketFacts):
        return refer_market(scene, item, form, where, draft)
    if isinstance(item, StockFacts):
        return refer_stock(scene, item, form, where, draft)
    if where == "body":
        draft.told.append(f"sector:{item.sector.pointer}")
    return sector_shares(speaker, (item,))


def is_shares_noun(name: str, nouns: frozenset[str]) -> bool:
    """Whether a sector's name is itself a plural noun for its shares: banks, chipmakers, trading houses."""
    return name.split()[-1].lower() in nouns


def sector_shares(speaker: Speaker, sectors: Sequence[SectorFacts], before: str = "") -> Phrase:
    """``technology and health care shares``, ``banks and miners``, ``banks and technology shares``.

    Each sector is a token of its own, under its name as id. ``before`` goes with each (``Hong Kong``).
    """
    nouns = speaker.scene.rules.share_nouns
    ordered = sectors if len(sectors) == 1 else sorted(sectors, key=lambda s: not is_shares_noun(s.name, nouns))
    tokens: list[Token] = []
    last = len(ordered) - 1
    for number, sector in enumerate(ordered):
        if number:
            tokens.append(make_token(" and " if number == last else ", "))
        tokens.append(make_token(before + sector.name, sector.name, (sector.sector.pointer,)))
        before = ""
    if not is_shares_noun(ordered[-1].name, nouns):
        tokens.append(make_token(" shares"))
    return make_phrase(tuple(tokens), plural=True)


def join(names: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def list_phrase(phrases: list[Phrase], comma: bool = False) -> Phrase:
    """Several phrases as one plural phrase: ``a, b and c``."""
    tokens: list[Token] = []
    last = len(phrases) - 1
    for number, phrase in enumerate(phrases):
        if number:
            tokens.append(make_token((", and " if comma else " and ") if number == last else ", "))
        tokens.extend(phrase.tokens)
    return make_phrase(tuple(tokens), len(phrases) > 1 or phrases[0].plural, phrases[0].proper)


def item_of(message: Message) -> Item | None:
    return message.market or message.stock or message.sector or (message.items[0] if message.items else None)


def _market(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    if message.market is None:
        return None
    return refer_market(speaker.scene, message.market, form, where, draft)


def _stock(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return refer_stock(speaker.scene, message.stock, form, where, draft) if message.stock is not None else None


def _nth(number: int) -> Resolver:
    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
        if number >= len(message.items):
            return None
        return refer(speaker, message.items[number], form, where, draft)

    return resolve


def _items(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    if not message.items:
        return None
    sectors = [i for i in message.items if isinstance(i, SectorFacts)]
    if len(sectors) == len(message.items):
        draft.shares += message.kind == "sat.sectors.despite"  # sectors that went the other way: whose fall?
        facts: list[FactRef] = [i.sector.pointer for i in sectors]
        if where == "lede" and message.kind != "lede.sectors":
            draft.told.extend(f"sector:{fact}" for fact in facts)
        if where == "body":
            untold = [i for i in sectors if not draft.has_told(f"sector:{i.sector.pointer}")]
            if not untold:
                return None
            if message.kind == "sectors":
                sectors = untold  # a sentence of its own has no need to repeat what a score has carried
            draft.told.extend(f"sector:{i.sector.pointer}" for i in untold)
        return sector_shares(speaker, sectors)
    found = [refer(speaker, item, form, where, draft) for item in message.items]
    phrases = [phrase for phrase in found if isinstance(phrase, Phrase)]
    return list_phrase(phrases) if len(phrases) == len(found) else None


def _places(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """The places of the markets listed: ``Hong Kong, Japan and mainland China``."""
    phrases: dict[str, Phrase] = {}
    for item in message.items:
        if not isinstance(item, MarketFacts):
            return None
        name = place_name(speaker.scene, item.market)
        if name is None:
            return None
        phrases.setdefault(name, words(name, item.id))
    return list_phrase(list(phrases.values()))


def _sector(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    if message.sector is None:
        return None
    sector = message.sector
    if where == "lede" or (where == "body" and message.kind == "sector.score"):
        draft.told.append(f"sector:{sector.sector.pointer}")
    before = ""
    if form == "placed" and speaker.scene.book.region.layout == "region":
        home = speaker.scene.book.markets.get(sector.market or "")
        place = speaker.scene.places.get(home.place or "") if home is not None and home.tier != "gauge" else None
        if place is not None:
            before = f"{place.stocks_adjective} "
            draft.named.append(f"place:{place.id}")
    if form in ("shares", "placed") or is_shares_noun(sector.name, speaker.scene.rules.share_nouns):
        return sector_shares(speaker, (sector,), before)
    return words(sector.name, sector.name, plural=True, facts=(sector.sector.pointer,))


def _region_stocks(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return speaker.phrase("region.stocks" if not form else f"region.{form}", message, where, draft)


def _region(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    region = speaker.scene.region
    name = region.adjective if form == "adjective" else region.name
    return words(name, proper=not name[:1].islower())


def _owner(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    if message.market is None:
        return None
    owner = place_possessive(speaker.scene, message.market.market)
    return words(owner, message.market.id, proper=not message.market.market.group) if owner else None


def _backdrop(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    behind = speaker.scene.book.backdrop
    # Where one market stands for it, the words name that market.
    ref = behind.markets[0] if behind is not None and len(behind.markets) == 1 else None
    if behind is not None and not behind.markets and behind.event is not None and where in ("lede", "body"):
        draft.told.append(behind.event.id)  # its direction is all that is known of the session
    return words("Wall Street", ref, proper=True, facts=behind.sources if behind is not None else ())


def _own_places(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """The places of the region that traded, where there are one or two."""
    names = dict.fromkeys(place_name(speaker.scene, m.market) for m in speaker.scene.book.main)
    found = [name for name in names if name]
    return words(join(found)) if 1 <= len(found) <= 2 else None


def _records(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """The region's own indices at record highs, as one subject; only where there are two or more.

    None that fell closed at one, and ``body``, which the day's gains lift there, are those that rose.
    """
    ways = ("up",) if form == "body" else ("up", "flat")
    found = [
        m
        for m in speaker.scene.book.main
        if m.direction in ways
        and any(x.type == "record_high" and x.basis != "intraday" and not x.short_of for x in m.milestones)
    ]
    if len(found) < 2:
        return None
    order = list(speaker.scene.rules.reference.markets)  # the house's order of names
    found.sort(key=lambda m: order.index(m.id) if m.id in order else len(order))
    if where != "headline":
        draft.told.extend(f"milestone:{m.id}:record_high" for m in found)
    shown = found[:3] if where != "headline" else found[:2]
    phrases = [p for p in (refer_market(speaker.scene, m, "short", where, draft) for m in shown) if p is not None]
    if len(found) > len(shown) and where != "headline":
        return None
    return list_phrase(phrases)


def _lead_sectors(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """The sector that bears out a market's move, as shares: technology shares."""
    market = message.market
    same = (
        [s for s in market.sectors if s.direction == market.direction and (s.tells or s.stocks)]
        if market is not None
        else []
    )
    if not same:
        return None
    first = sorted(same, key=lambda s: not s.tells)[:1]
    draft.named.append(f"sector:{first[0].market}:{first[0].name}")
    return sector_shares(speaker, first)


def _other_sectors(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """The sectors of the market that went the other way."""
    if message.market is None:
        return None
    other = tuple(
        s for s in message.market.sectors if s.direction in ("up", "down") and s.direction != message.direction
    )[:3]
    if not other:
        return None
    facts: tuple[FactRef, ...] = tuple(s.sector.pointer for s in other)
    if where == "body":
        draft.told.extend(f"sector:{fact}" for fact in facts)
    return sector_shares(speaker, other)


def _against(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    other = message.market.market.against if message.market is not None else None
    return words(f"the {other}" if form != "unit" else other) if other else None


def _nth_against(number: int) -> Resolver:
    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
        item = message.items[number] if number < len(message.items) else None
        other = item.market.against if isinstance(item, MarketFacts) else None
        return words(f"the {other}") if other else None

    return resolve


def _market_group(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """The place that all the markets listed belong to."""
    places = {place_name(speaker.scene, i.market) for i in message.items if isinstance(i, MarketFacts)}
    name = places.pop() if len(places) == 1 else None
    if name is None:
        return None
    for item in message.items:
        if isinstance(item, MarketFacts):
            owner = place_possessive(speaker.scene, item.market)
            draft.named.append(f"place:{item.market.place}:{owner}")
    if form == "adjective":
        place = speaker.scene.places.get(message.items[0].place or "")  # type: ignore[union-attr]
        adjective = place.demonym_stocks or place.adjective if place is not None else None
        return words(adjective) if adjective else None
    return words(name)


def _stock_market(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    market = speaker.scene.book.markets.get(message.stock.market or "") if message.stock is not None else None
    return refer_market(speaker.scene, market, form, where, draft) if market is not None else None


def _sector_market(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    market = speaker.scene.book.markets.get(message.sector.market or "") if message.sector is not None else None
    return refer_market(speaker.scene, market, form, where, draft) if market is not None else None


NAMES: Final[dict[str, tuple[Resolver, str]]] = {
    "market": (_market, "the market; forms full, short, bare, place, placed, city, adjective, index, possessive"),
    "market_owner": (_owner, "the possessive of the market's place: Hong Kong’s"),
    "stock": (_stock, "the company; forms short, possessive, company"),
    "index": (_stock_market, "the index that the stock belongs to"),
    "sector_index": (_sector_market, "the index that the sector belongs to"),
    "sector": (_sector, "the sector; form shares: technology shares, banks"),
    "items": (_items, "everything listed, joined by commas and 'and'"),
    "places": (_places, "the places of the markets listed"),
    "stocks": (_region_stocks, "the region's stocks: most Asian stock markets; forms plain, headline"),
    "region": (_region, "the region's name; form adjective"),
    "wall_street": (_backdrop, "Wall Street"),
    "own_places": (_own_places, "the places that traded, where there are one or two"),
    "records": (_records, "the region's indices at record highs, two or more; form body"),
    "lead_sectors": (_lead_sectors, "the sector that bears out a market's move, as shares"),
    "other_sectors": (_other_sectors, "the market's sectors that went the other way"),
    "against": (_against, "the other side of a currency pair"),
    "market_group": (_market_group, "the one place that all markets listed belong to"),
} | {
    name: entry
    for number, each in enumerate(ORDER)
    for name, entry in (
        (each, (_nth(number), f"the {each} thing listed")),
        (f"{each}_against", (_nth_against(number), f"the other side of the {each} currency pair listed")),
    )
}

# The forms that they have; those that are not here have none.
_OF_MARKET: Final = (
    "full", "short", "bare", "headline", "index", "possessive", "place", "placed", "city", "adjective", "that",
)  # fmt: skip
_OF_STOCK: Final = ("short", "possessive", "company")
NAME_FORMS: Final[dict[str, tuple[str, ...]]] = {
    "market": _OF_MARKET,
    "index": _OF_MARKET,
    "sector_index": _OF_MARKET,
    "stock": _OF_STOCK,
    "sector": ("shares", "placed"),
    "region": ("adjective",),
    "stocks": ("plain",),
    "records": ("body",),
    "against": ("unit",),
    "market_group": ("adjective",),
} | {name: tuple(dict.fromkeys(_OF_MARKET + _OF_STOCK)) for name in ORDER}
