"""What each slot of a pattern stands for. A slot that cannot be filled gives None: the pattern is not said.

Every slot is one function of (speaker, message, form, where, draft). Its name and meaning are listed
in ``SLOTS``, which is also what the rule checker knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from wrapgen.clause import Bound, Phrase
from wrapgen.facts.types import MarketFacts, SectorFacts, StockFacts
from wrapgen.plan.types import Item, Message, Place
from wrapgen.text import FactRef, Token
from wrapgen.wording import amounts, dates, events, figures, milestones
from wrapgen.wording.discourse import Draft
from wrapgen.wording.frames import FRAME_SLOTS
from wrapgen.wording.nouns import gain_or_loss, move_noun
from wrapgen.wording.refer import place_name, place_possessive, refer_market, refer_stock, words

if TYPE_CHECKING:
    from wrapgen.wording.speaker import Speaker

Value = Phrase | Bound | None
Resolver = Callable[["Speaker", Message, str, Place, Draft], Value]

_ORDER = ("first", "second", "third", "fourth")


def refer(speaker: Speaker, item: Item, form: str, where: Place, draft: Draft) -> Value:
    """A market, company or sector by name."""
    scene = speaker.scene
    if isinstance(item, MarketFacts):
        return refer_market(scene, item, form, where, draft)
    if isinstance(item, StockFacts):
        return refer_stock(scene, item, form, where, draft)
    return words(sector_name(item))


def sector_name(sector: SectorFacts) -> str:
    """``technology`` as sent; what is already a plural noun (banks, miners) stands alone in patterns."""
    return sector.name


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
            tokens.append(Token(" and " if number == last else ", "))
        tokens.append(Token(before + sector.name, sector.name, (sector.sector.pointer,)))
        before = ""
    if not is_shares_noun(ordered[-1].name, nouns):
        tokens.append(Token(" shares"))
    return Phrase(tuple(tokens), plural=True)


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
            tokens.append(Token((", and " if comma else " and ") if number == last else ", "))
        tokens.extend(phrase.tokens)
    return Phrase(tuple(tokens), len(phrases) > 1 or phrases[0].plural, phrases[0].proper)


def _item_of(message: Message) -> Item | None:
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


def _nth_change(number: int) -> Resolver:
    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
        if number >= len(message.items):
            return None
        return amounts.change(speaker.scene, message.items[number], form, where)

    return resolve


def _change(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return _figure(speaker, _item_of(message), form, where, draft)


def _figure(speaker: Speaker, item: Item | None, form: str, where: Place, draft: Draft) -> Value:
    """The move of a thing; a market's figure, once it stands in the lede, is known to the reader."""
    if item is None:
        return None
    if where == "lede" and isinstance(item, MarketFacts):
        draft.told.append(f"pct:{item.id}")
    return amounts.change(speaker.scene, item, form, where)


def _level(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return amounts.level(speaker.scene, message.market) if message.market is not None else None


def _points(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return amounts.points(message.market) if message.market is not None else None


def _index_points(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return amounts.index_points(message.stock) if message.stock is not None else None


def _items(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    if not message.items:
        return None
    sectors = [i for i in message.items if isinstance(i, SectorFacts)]
    if len(sectors) == len(message.items):
        facts: list[FactRef] = [i.sector.pointer for i in sectors]
        if where == "lede" and message.kind != "lede.sectors":
            draft.told.extend(f"sector:{fact}" for fact in facts)
        if where == "body":
            keys = [f"sector:{fact}" for fact in facts]
            if all(draft.has_told(key) for key in keys):
                return None
            draft.told.extend(keys)
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
    return Phrase((Token(sector.name, sector.name, (sector.sector.pointer,)),), plural=True)


def _event(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return events.event_phrase(speaker, message, form, where, draft) if message.event is not None else None


def _region_stocks(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return speaker.phrase("region.stocks" if not form else f"region.{form}", message, where, draft)


def _region(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    region = speaker.scene.region
    name = region.adjective if form == "adjective" else region.name
    return words(name, proper=not name[:1].islower())


def _weekday(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    day = dates.weekday(speaker.scene.book.snapshot.date)
    return Phrase((Token(f"on {day}" if not form else day, None, ("/as_of",)),), proper=bool(form))


def _session(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    phase = speaker.scene.book.snapshot.phase
    said = {
        "open": "in early trade",
        "morning": "in morning trade",
        "midday": "by midday",
        "afternoon": "in afternoon trade",
    }.get(phase)
    return Phrase((Token(said, None, ("/phase",)),)) if said else None


def _overnight(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """When the backdrop session was, seen from the region."""
    layout = speaker.scene.book.region.layout
    if layout == "us":
        return words("in the session before")
    if message.event is not None and "overnight" in (message.event.event.clause or "") + (
        message.event.event.when or ""
    ):
        return None if not form else words("overnight")
    asia = speaker.scene.region.id == "asia-pacific" or layout == "country"
    if speaker.scene.book.snapshot.date.weekday() == 0:
        return words("on Friday")
    return words("overnight" if asia else "in the previous session")


def _noun(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    item = (
        message.items[_ORDER.index(form)]
        if form in _ORDER and len(message.items) > _ORDER.index(form)
        else _item_of(message)
    )
    return words(move_noun(speaker.scene, item, message.direction, draft))


def _gains(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    said = gain_or_loss(speaker, message, form)
    return words(said, plural=said in ("gains", "losses")) if said else None


def _margin(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return amounts.margin(message.market) if message.market is not None else None


def _times(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return amounts.times(message.market) if message.market is not None else None


def _milestone(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    market, milestone = message.market, message.milestone
    if market is None or milestone is None:
        return None
    key = f"milestone:{market.id}:{milestone.type}"
    if where in ("lede", "body") and form != "near":
        if draft.has_told(key):
            return None
        draft.told.extend((key, milestones.span_key(milestone)))
    return milestones.milestone_phrase(speaker.scene, message, form)


def _run(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    if message.market is not None and where in ("lede", "body"):
        draft.told.append(f"streak:{message.market.id}")
    return milestones.streak_phrase(speaker.scene, message, form)


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
    return Phrase((Token("Wall Street", ref, behind.sources if behind is not None else ()),), proper=True)


def _volume(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return amounts.count(speaker.scene, message, form)


def _own_places(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """The places of the region that traded, where there are one or two."""
    names = dict.fromkeys(place_name(speaker.scene, m.market) for m in speaker.scene.book.main)
    found = [name for name in names if name]
    return words(join(found)) if 1 <= len(found) <= 2 else None


def _flat(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """How a market stood still: flat, little changed, flat to lower."""
    market = message.market
    if market is None or market.direction != "flat":
        return None
    if market.lean is not None:
        return words("flat to lower" if market.lean == "down" else "flat to higher")
    if market.size is not None and market.size < 0.005 and where == "body":
        return words("flat")
    return words(("flat", "little changed")[speaker.scene.pick(2, "flat", market.id)])


def _state(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """How a region stands that went no one way."""
    tone = speaker.scene.book.region.tone
    if tone not in ("flat", "mixed"):
        return None
    if tone == "mixed":
        return words("mixed")
    region = speaker.scene.book.region
    return words("flat to lower" if region.flat_to_lower else "little changed")


def _higher(number: int) -> Resolver:
    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
        item = message.items[number] if number < len(message.items) else None
        if item is None or item.direction not in ("up", "down"):
            return None
        return words("higher" if item.direction == "up" else "lower")

    return resolve


def _up(number: int) -> Resolver:
    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
        item = message.items[number] if number < len(message.items) else None
        if item is None or item.direction not in ("up", "down"):
            return None
        return words("up" if item.direction == "up" else "down")

    return resolve


def _fx_level(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """A currency's level in the other side's unit: 110.29 yen, $1.304."""
    market = message.market.market if message.market is not None else None
    if market is None or market.level is None or not market.against:
        return None
    text = figures.fixed(market.level, figures.decimals_sent(market.level))
    dollar = market.against.lower().removeprefix("u.s. ") == "dollar"
    cents = dollar and market.level >= 20  # quoted in cents, as the Australian dollar long was
    said = (
        f"{text} U.S. cents"
        if cents
        else f"${text}"
        if dollar
        else f"{text} {market.against}{'s' if market.against.endswith(('rupee', 'dollar', 'franc')) else ''}"
    )
    return Phrase((Token(said, None, (f"{market.pointer}/level",)),))


def _breadth(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """How many shares rose, or fell, in the message's market."""
    market = message.market
    found = next((b for b in speaker.scene.book.snapshot.breadth if market is not None and b.market == market.id), None)
    number = getattr(found, form, None)
    if found is None or number is None:
        return None
    return Phrase((Token(f"{number:,}", None, (f"{found.pointer}/{form}",)),))


def _turnover(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """What changed hands in the message's market, in money or shares; form average."""
    market = message.market
    found = next((v for v in speaker.scene.book.snapshot.volume if market is not None and v.market == market.id), None)
    if found is None:
        return None
    key = "average" if form == "average" else "turnover" if found.turnover is not None else "shares"
    value = getattr(found, key)
    if value is None:
        return None
    if found.turnover is not None and found.currency:
        text = figures.money(value, found.currency)
    else:
        text = f"{figures.magnitude(value)} shares"
    return Phrase((Token(text, None, (f"{found.pointer}/{key}",)),))


def _records(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """The region's own indices at record highs, as one subject; only where there are two or more."""
    found = [
        m
        for m in speaker.scene.book.main
        if any(x.type == "record_high" and x.basis != "intraday" and not x.short_of for x in m.milestones)
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


def _stock_change(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return amounts.change(speaker.scene, message.stock, form, where) if message.stock is not None else None


def _stock_noun(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return words(move_noun(speaker.scene, message.stock, None, draft)) if message.stock is not None else None


def _index_change(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    market = speaker.scene.book.markets.get(message.stock.market or "") if message.stock is not None else None
    return _figure(speaker, market, form, where, draft)


def _sector_index_change(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    market = speaker.scene.book.markets.get(message.sector.market or "") if message.sector is not None else None
    return _figure(speaker, market, form, where, draft)


def _event_gist(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """The headline gist of the stock's own reason."""
    stock = message.stock or (message.items[0] if message.items and isinstance(message.items[0], StockFacts) else None)
    cause = next((c for c in stock.causes if c.relation == "supports"), None) if stock is not None else None
    if cause is None:
        return None
    inner = Message(
        "event",
        event=cause.event,
        target=stock,
        relation=cause.relation,
        direction=stock.direction if stock else None,
    )
    return events.event_phrase(speaker, inner, "gist", where, draft)


def _against(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    other = message.market.market.against if message.market is not None else None
    return words(f"the {other}" if form != "unit" else other) if other else None


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


def _nth_level(number: int) -> Resolver:
    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
        item = message.items[number] if number < len(message.items) else None
        return amounts.level(speaker.scene, item) if isinstance(item, MarketFacts) else None

    return resolve


def _stock_market(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    market = speaker.scene.book.markets.get(message.stock.market or "") if message.stock is not None else None
    return refer_market(speaker.scene, market, form, where, draft) if market is not None else None


def _sector_market(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    market = speaker.scene.book.markets.get(message.sector.market or "") if message.sector is not None else None
    return refer_market(speaker.scene, market, form, where, draft) if market is not None else None


SLOTS: dict[str, tuple[Resolver, str]] = (
    {
        "market": (
            _market,
            "the market; forms full, short, bare, place, placed, city, adjective, index, possessive",
        ),
        "market_owner": (_owner, "the possessive of the market's place: Hong Kong’s"),
        "stock": (_stock, "the company; forms short, possessive, company"),
        "index": (_stock_market, "the index that the stock belongs to"),
        "sector_index": (_sector_market, "the index that the sector belongs to"),
        "sector": (_sector, "the sector; form shares: technology shares, banks"),
        "items": (_items, "everything listed, joined by commas and 'and'"),
        "places": (_places, "the places of the markets listed"),
        "change": (_change, "the move: 1.2%, nearly 2%; forms attributive (before a noun), headline"),
        "points": (_points, "the move in points"),
        "level": (_level, "the level"),
        "index_points": (_index_points, "what a stock added to its index, in points"),
        "noun": (_noun, "a noun for the move by its size: gain, slide, surge"),
        "gains": (_gains, "gains or losses; forms gain, advance, higher, up, rise, led, strength, outpace"),
        "margin": (_margin, "the lead over the next place, in percentage points"),
        "times": (_times, "how many times the next largest move: nearly three times"),
        "event": (_event, "an event; forms clause, noun, back (referred back to), gist (for headlines)"),
        "milestone": (_milestone, "its highest level since ..., a record high; forms headline, bare, near, again"),
        "run": (_run, "a run of sessions; forms ordinal, length"),
        "stocks": (_region_stocks, "the region's stocks: most Asian stock markets; forms plain, headline"),
        "region": (_region, "the region's name; form adjective"),
        "weekday": (_weekday, "on Wednesday; form bare: Wednesday"),
        "session": (_session, "in morning trade; nothing at the close"),
        "overnight": (_overnight, "when the session before was: overnight"),
        "wall_street": (_backdrop, "Wall Street"),
        "count": (_volume, "a number of things, in words where small; forms ups, downs, places"),
        "fx_level": (_fx_level, "a currency's level in the other side's unit: 110.29 yen, $1.304"),
        "breadth": (_breadth, "shares that rose or fell; forms advancers, decliners, new_highs, new_lows"),
        "turnover": (_turnover, "what changed hands; form average"),
        "own_places": (_own_places, "the places that traded, where there are one or two"),
        "flat": (_flat, "flat, little changed, flat to lower"),
        "state": (_state, "mixed, little changed: a region that went no one way"),
        "records": (_records, "the region's indices at record highs, two or more; form body"),
        "lead_sectors": (_lead_sectors, "the sector that bears out a market's move, as shares"),
        "other_sectors": (_other_sectors, "the market's sectors that went the other way"),
        "stock_change": (_stock_change, "the stock's move; form attributive"),
        "stock_noun": (_stock_noun, "a noun for the stock's move"),
        "sector_index_change": (_sector_index_change, "the move of the sector's index"),
        "index_change": (_index_change, "the move of the stock's index"),
        "event_gist": (_event_gist, "the stock's own reason, short enough for a headline"),
        "against": (_against, "the other side of a currency pair"),
        "market_group": (_market_group, "the one place that all markets listed belong to"),
    }
    | {
        f"{name}_higher": (_higher(number), f"higher or lower, for the {name} thing listed")
        for number, name in enumerate(_ORDER)
    }
    | {f"{name}_up": (_up(number), f"up or down, for the {name} thing listed") for number, name in enumerate(_ORDER)}
    | {
        f"{name}_level": (_nth_level(number), f"the level of the {name} thing listed")
        for number, name in enumerate(_ORDER)
    }
    | {name: (_nth(number), f"the {name} thing listed") for number, name in enumerate(_ORDER)}
    | {
        f"{name}_change": (_nth_change(number), f"the move of the {name} thing listed")
        for number, name in enumerate(_ORDER)
    }
    | FRAME_SLOTS
)  # type: ignore[operator]
