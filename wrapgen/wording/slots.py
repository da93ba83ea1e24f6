"""What each slot of a pattern stands for. A slot that cannot be filled gives None: the pattern is not said.

Every slot is one function of (speaker, message, form, where, draft). Its name and meaning are listed
in ``SLOTS``, which is also what the rule checker knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wrapgen.clause import words
from wrapgen.facts.types import MarketFacts, StockFacts
from wrapgen.plan.types import Item, Message, Place
from wrapgen.wording import amounts, events, figures, milestones
from wrapgen.wording.discourse import Draft
from wrapgen.wording.frames import FRAME_FORMS, FRAME_SLOTS
from wrapgen.wording.naming import NAME_FORMS, NAMES, ORDER, Resolver, Value, item_of
from wrapgen.wording.nouns import GAIN_FORMS, gain_or_loss, move_noun
from wrapgen.wording.sessions import WHEN, WHEN_FORMS

if TYPE_CHECKING:
    from wrapgen.wording.speaker import Speaker


def _nth_change(number: int) -> Resolver:
    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
        return _figure(speaker, message.items[number] if number < len(message.items) else None, form, where, draft)

    return resolve


def _change(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    item = item_of(message)
    if form == "new":
        if isinstance(item, MarketFacts) and not draft.base.told.isdisjoint((f"pct:{item.id}", f"placed:{item.id}")):
            return None  # the reader knows it from the lede
        form = ""
    return _figure(speaker, item, form, where, draft)


def _figure(speaker: Speaker, item: Item | None, form: str, where: Place, draft: Draft) -> Value:
    """The move of a thing; a market's figure, once it stands in the lede, is known to the reader.

    That of "a 1% gain in Hong Kong" is the place's still: its index has not been named.
    """
    if item is None:
        return None
    if where == "lede" and isinstance(item, MarketFacts):
        draft.told.append(f"pct:{item.id}" if form != "attributive" else f"placed:{item.id}")
    return amounts.change(speaker.scene, item, form, where)


def _level(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return amounts.level(speaker.scene, message.market) if message.market is not None else None


def _score(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return amounts.score(speaker.scene, message.market, where) if message.market is not None else None


def _points(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    market = message.market
    if market is None or speaker.scene.style.points == "never" and market.kind != "yield":
        return None
    return amounts.points(market)


def _index_points(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    stock = message.stock
    if speaker.scene.style.points == "never":
        return None
    index = speaker.scene.book.markets.get(stock.market or "") if stock is not None else None
    return amounts.index_points(stock, index) if stock is not None else None


def _event(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return events.event_phrase(speaker, message, form, where, draft) if message.event is not None else None


def _noun(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    item = (
        message.items[ORDER.index(form)]
        if form in ORDER and len(message.items) > ORDER.index(form)
        else item_of(message)
    )
    return words(move_noun(speaker.scene, item, message.direction, draft))


def _gains(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    said = gain_or_loss(speaker, message, form)
    # What rides on a sentence has no other word for it; there the part that it echoes is said otherwise.
    if said is None or said in draft.avoided and not message.kind.startswith("sat."):
        return None
    return words(said, plural=said in ("gains", "losses"))


def _margin(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return amounts.margin(message.market) if message.market is not None else None


def _times(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    below = speaker.scene.style.numbers_as_words_below
    return amounts.times(message.market, below) if message.market is not None else None


def _milestone(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    market, milestone = message.market, message.milestone
    if market is None or milestone is None:
        return None
    if where in ("lede", "body") and form != "near":
        each = message.items if message.kind in ("sat.milestone", "context.level") else ()
        keys = [f"milestone:{m.id}:{milestone.type}" for m in each or (market,) if isinstance(m, MarketFacts)]
        if all([draft.has_told(key) for key in keys]):
            return None
        draft.told.extend((*keys, milestones.span_key(milestone)))
    return milestones.milestone_phrase(speaker.scene, message, form)


def _run(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    if message.market is not None and where in ("lede", "body"):
        draft.told.extend(f"streak:{m.id}" for m in (message.market, *message.items) if isinstance(m, MarketFacts))
    return milestones.streak_phrase(speaker.scene, message, form)


def _volume(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return amounts.count(speaker.scene, message, form)


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


def _item_direction(number: int, up: str, down: str) -> Resolver:
    """Which way a listed market went, in one word; nothing where it stood still."""

    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
        item = message.items[number] if number < len(message.items) else None
        if item is None or item.direction not in ("up", "down"):
            return None
        return words(up if item.direction == "up" else down)

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
    return words(said, facts=(amounts.figure_fact(market, "level"),))


def _breadth(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """How many shares rose, or fell, in the message's market."""
    market = message.market
    found = next((b for b in speaker.scene.book.snapshot.breadth if market is not None and b.market == market.id), None)
    number = getattr(found, form, None)
    if found is None or number is None:
        return None
    return words(f"{number:,}", facts=(f"{found.pointer}/{form}",))


def _turnover(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    """What changed hands in the message's market, in money or shares; its average, and what that is an average of."""
    market = message.market
    found = next((v for v in speaker.scene.book.snapshot.volume if market is not None and v.market == market.id), None)
    if found is None:
        return None
    if form == "usual":
        days = found.average_days
        return words(f"{days}-day average", facts=(f"{found.pointer}/average_days",)) if days else words("average")
    key = "average" if form == "average" else "turnover" if found.turnover is not None else "shares"
    value = getattr(found, key)
    if value is None:
        return None
    if found.turnover is not None and found.currency:
        text = figures.money(value, found.currency, speaker.scene.style, speaker.scene.rules.reference.currencies)
    else:
        text = f"{figures.magnitude(value, speaker.scene.style)} shares"
    return words(text, facts=(f"{found.pointer}/{key}",))


def _stock_change(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return amounts.change(speaker.scene, message.stock, form, where) if message.stock is not None else None


def _sector_change(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    return amounts.change(speaker.scene, message.sector, form, where) if message.sector is not None else None


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
    causes = stock.causes if stock is not None else ()
    cause = next((c for c in causes if c.relation == "supports" and not c.event.awaited), None)
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


def _nth_span(number: int) -> Resolver:
    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
        item = message.items[number] if number < len(message.items) else None
        return amounts.span(speaker.scene, item, message.detail) if isinstance(item, MarketFacts) else None

    return resolve


def _price(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
    if message.stock is None or not speaker.scene.full:
        return None
    return amounts.price(message.stock, speaker.scene.rules.reference.currencies)


def _nth_level(number: int) -> Resolver:
    def resolve(speaker: Speaker, message: Message, form: str, where: Place, draft: Draft) -> Value:
        item = message.items[number] if number < len(message.items) else None
        return amounts.level(speaker.scene, item) if isinstance(item, MarketFacts) else None

    return resolve


SLOTS: Final[dict[str, tuple[Resolver, str]]] = (
    {
        "change": (
            _change,
            "the move of what is told of, a market first; forms attributive (a 1.2% gain), headline, "
            "new (left out where the lede has printed it)",
        ),
        "score": (_score, "the move with its points, or its level, as far as the house prints them"),
        "points": (_points, "the move in points"),
        "level": (_level, "the level"),
        "index_points": (_index_points, "what a stock added to its index, in points"),
        "noun": (_noun, "a noun for the move by its size: gain, slide, surge"),
        "gains": (_gains, "gains or losses; forms gain, advance, higher, up, rise, strength, extreme and others"),
        "price": (_price, "what a share costs; only in a length that tells all"),
        "margin": (_margin, "the lead over the next place, in percentage points"),
        "times": (_times, "how many times the next largest move: nearly three times"),
        "event": (_event, "an event; forms clause, noun, back (referred back to), gist (for headlines)"),
        "deed": (events.deed, "what is reported, as if it were known; forms clause, gist"),
        "milestone": (_milestone, "its highest level since ..., a record high; forms headline, bare, near, again"),
        "run": (_run, "a run of sessions; forms ordinal, length"),
        "count": (_volume, "a number of things, in words where small; forms ups, downs, places"),
        "fx_level": (_fx_level, "a currency's level in the other side's unit: 110.29 yen, $1.304"),
        "breadth": (_breadth, "shares that rose or fell; forms advancers, decliners, new_highs, new_lows"),
        "turnover": (_turnover, "what changed hands; forms average, usual (20-day average)"),
        "flat": (_flat, "flat, little changed, flat to lower"),
        "state": (_state, "mixed, little changed: a region that went no one way"),
        "stock_change": (_stock_change, "the stock's move; form attributive"),
        "sector_change": (_sector_change, "the sector's move"),
        "stock_noun": (_stock_noun, "a noun for the stock's move"),
        "sector_index_change": (_sector_index_change, "the move of the sector's index"),
        "index_change": (_index_change, "the move of the stock's index"),
        "event_gist": (_event_gist, "the stock's own reason, short enough for a headline"),
    }
    | {
        f"{name}_higher": (_item_direction(number, "higher", "lower"), f"higher or lower, for the {name} thing listed")
        for number, name in enumerate(ORDER)
    }
    | {
        f"{name}_up": (_item_direction(number, "up", "down"), f"up or down, for the {name} thing listed")
        for number, name in enumerate(ORDER)
    }
    | {
        f"{name}_level": (_nth_level(number), f"the level of the {name} thing listed")
        for number, name in enumerate(ORDER)
    }
    | {
        f"{name}_span": (_nth_span(number), f"the move of the {name} thing listed over the span that is told of")
        for number, name in enumerate(ORDER)
    }
    | {
        f"{name}_change": (_nth_change(number), f"the move of the {name} thing listed")
        for number, name in enumerate(ORDER)
    }
    | NAMES
    | WHEN
    | FRAME_SLOTS
)  # type: ignore[operator]

# The forms that slots have, for who checks patterns; those that are not here have none.
FORMS: Final[dict[str, tuple[str, ...]]] = (
    {
        "change": ("attributive", "headline", "new"),
        "stock_change": ("attributive",),
        "noun": ORDER,
        "gains": GAIN_FORMS,
        "event": ("clause", "noun", "back", "gist"),
        "deed": ("clause", "gist"),
        "milestone": ("headline", "bare", "near", "again", "value"),
        "run": ("ordinal", "length", "count"),
        "count": ("ups", "downs", "places", "items"),
        "breadth": ("advancers", "decliners", "unchanged", "new_highs", "new_lows"),
        "turnover": ("average", "usual"),
    }
    | NAME_FORMS
    | WHEN_FORMS
    | FRAME_FORMS
)
# Those that stand for nothing without one.
ONLY_IN_FORM: Final = frozenset(("event", "count", "breadth"))
