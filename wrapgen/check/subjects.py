"""Of whom a sentence speaks, and where: names joined to groups, what belongs to what, and whom a word is about."""

from __future__ import annotations

from typing import Final

from wrapgen.check.claims import Group, Reading, names
from wrapgen.check.crosses import against, is_other_side, other_sides
from wrapgen.check.read import Item
from wrapgen.check.truth import Thing

_JOINS: Final = frozenset((",", "and", "or", "the", "as", "well", "both", "&", "'s", "mainland", "benchmark"))
_OWNERS: Final = frozenset(("place", "region", "group"))
_PARTS: Final = frozenset(("market", "stock", "sector"))
_LOOSE: Final = frozenset((
    "'s", "mainland", "main", "benchmark", "stocks", "shares", "the", "wider", "broader", "broad", "national",
))  # fmt: skip
_TOWARDS: Final = frozenset(["in", "for", "among", "at", "across", "of", "on", "by", "from"])
_BEFORE_NOUN: Final = frozenset((
    "a", "an", "the", "its", "their", "his", "'s", "'", "of", "by", "from", "following", "despite", "earlier",
    "any", "some", "further", "recent", "modest", "strong", "sharp", "broad", "solid", "heavy", "steep", "mild",
    "early", "session", "more", "led", "with", "these", "those", "that", "this", "leading", "limiting",
    "offsetting", "ending", "extend", "extended", "extending", "extends", "as", "for", "through", "after", "during",
    "no", "opening", "steeper",
))  # fmt: skip
_AFTER_NOUN: Final = frozenset((
    "in", "for", "elsewhere", "of", "among", "across", "on", "at", "outweighed", "offset", "limited", "capped",
    "were", "was",
))  # fmt: skip
_LONGEST_LINK: Final = 6  # words between two names that belong together
_OF_REGION: Final = frozenset(("rank", "move", "milestone"))


def find_subjects(reading: Reading) -> None:
    """Joins the names of the sentence at hand to groups; each item learns the group last named before it."""
    items, tokens = reading.items, reading.tokens
    groups: list[Group] = []
    previous: Item | None = None
    ends = 0  # where the last name ends, its symbol in brackets counted in
    nearest = -1
    for k, item in enumerate(items):
        item.group = nearest
        role = item.role
        if role == "unknown":
            if _stranger(reading, k):
                groups.append((Thing("stock", "", reading.words(items[_run(items, k)], item)),))
                item.group = nearest = len(groups) - 1
                previous = None
            continue
        if role == "anaphor":
            known = _anaphor(reading, item)
            if known is not None:
                item.things = known
                groups.append(known)
                item.group = nearest = len(groups) - 1
                previous = item
                ends = item.j
            continue
        if role != "name" or item.used:
            continue
        if is_other_side(reading, k) or (item.sense == "side" and k and items[k - 1].role in ("figure", "magnitude")):
            item.used = True
            continue
        if item.things[0].kind == "region":
            if reading.word(item.j) == "'s" and k + 1 < len(items) and items[k + 1].role in _OF_REGION:
                continue  # the region's best performer is somebody else
            if groups and "in" in tokens.words[item.i - 2 : item.i]:
                continue
        if item.sense == "ticker":
            _symbol(reading, item, previous)
            ends = item.j + (reading.word(item.j) == ")")
            continue
        things = item.things
        if len(things) > 1:
            item.things = things = _meant(reading, k)
        joined = False
        if previous is not None and item.i - ends <= _LONGEST_LINK:
            if _owns(previous, item) and tokens.only(_LOOSE, ends, item.i):
                item.things = things = _belongs(reading, previous, item)
                groups[-1] = groups[-1][: -len(previous.things)] + things
                joined = True
            elif (
                tokens.only(_JOINS, ends, item.i)
                and _alike(tokens.words[ends : item.i], previous, item, reading.word(item.j) == "'s")
                and all(i.role in ("comma", "name") or i.used for i in _span(items, previous, item))
            ):
                groups[-1] += things
                joined = True
        if not joined:
            groups.append(things)
        item.group = nearest = len(groups) - 1
        previous = item
        ends = item.j
        _remember(reading, things)
    reading.groups = groups


def _stranger(reading: Reading, k: int) -> bool:
    """Whether it is a name that nothing knows, of what moved: what follows is not said of whom was named before."""
    items, tokens = reading.items, reading.tokens
    item = items[k]
    return (
        item.role == "unknown"
        and k + 1 < len(items)
        and items[k + 1].role == "move"
        and items[k + 1].i == item.j
        and tokens.text[tokens.starts[item.i]].isupper()
        and not is_noun(reading, k + 1)
    )


def _run(items: list[Item], k: int) -> int:
    """Where the unknown words begin that end at ``k``: Toyota Motor."""
    while k and items[k - 1].role == "unknown" and items[k - 1].j == items[k].i:
        k -= 1
    return k


def _alike(link: list[str], first: Item, second: Item, owner: bool) -> bool:
    """Whether two names stand in a list: joined by *and*, or by a comma where they are of one kind."""
    if first.things[0].kind == "region":
        return False
    if first.things[0].kind == "place" and second.things[0].kind == "stock":
        return False  # "A fell in London and B in Frankfurt"
    return (
        "and" in link or "or" in link or ("," in link and not owner and first.things[0].kind == second.things[0].kind)
    )


def _span(items: list[Item], first: Item, last: Item) -> list[Item]:
    return [i for i in items if first.j <= i.i < last.i and i.sense != "ticker"]


def _remember(reading: Reading, things: Group) -> None:
    """The things were spoken of last now."""
    context = reading.context
    for thing in things:
        if thing.kind == "market":
            reading.market = thing
        elif thing.kind == "stock":
            reading.stock = thing
        if thing.kind != "sector":
            place = next((n for n, each in enumerate(context) if each is thing), -1)
            if place > 0:
                del context[place]
            if place:
                context.insert(0, thing)


def _anaphor(reading: Reading, item: Item) -> Group | None:
    """Whom "the index" or "the company" means: what of that kind was named last."""
    thing = reading.market if item.sense == "market" else reading.stock
    if item.sense == "market" and reading.stock is not None and reading.stock.market:
        of_stock = reading.world.markets.get(reading.stock.market)
        if thing is None:
            thing = of_stock
    return (thing,) if thing is not None else None


def _symbol(reading: Reading, item: Item, previous: Item | None) -> None:
    """A symbol in brackets must be that of the company before it."""
    item.used = True
    stock = item.things[0]
    owner = previous.things[-1] if previous is not None and previous.things else None
    if owner is stock:
        reading.claim("name", item, item, "supported", pointer=f"{stock.pointer}/ticker")
    elif owner is not None and owner.kind == "stock":
        reading.claim(
            "name", item, item, "contradicted", true=owner.data.symbol, pointer=f"{owner.pointer}/ticker",
            why=f"{item_text(reading, item)} is the symbol of {stock.name}",
        )  # fmt: skip
    else:
        reading.claim("name", item, item, "unsupported", why="a symbol without its company")


def item_text(reading: Reading, item: Item) -> str:
    return reading.words(item, item)


def _meant(reading: Reading, k: int) -> Group:
    """Which of the things of that name: a currency by its other side, a sector by the market it stands beside."""
    item = reading.items[k]
    things = item.things
    if things[0].kind == "market":
        said = reading.words(item, item)
        exact = tuple(
            t for t in things if t.data is not None and said in (t.data.name, t.data.short_name, t.data.headline_name)
        )
        if exact and len(exact) < len(things):
            things = exact
        side = next((side for side in other_sides(reading) if side.i >= item.j), None)
        return side is not None and against(reading, things, side) or things
    if things[0].kind == "sector":
        return _sectors(reading, k, things)
    return things


def _sectors(reading: Reading, k: int, things: Group) -> Group:
    chosen: Group = ()
    for n in range(k - 1, -1, -1):  # the nearest before it first, then what is named behind it
        chosen = chosen or _beside(reading, things, n)
    for n in range(k + 1, len(reading.items)):
        chosen = chosen or _beside(reading, things, n)
    for whole in reading.context:
        chosen = chosen or _parts_of(reading, things, whole)
    return chosen or things


def _beside(reading: Reading, things: Group, n: int) -> Group:
    """Those of the things that belong to the market or place that is named there."""
    chosen: Group = ()
    item = reading.items[n]
    if item.role == "name" or item.role == "anaphor":
        for whole in item.things:
            if whole.kind in ("market", "place", "group"):
                chosen = chosen or _parts_of(reading, things, whole)
    return chosen


def _parts_of(reading: Reading, things: Group, whole: Thing) -> Group:
    return tuple([thing for thing in things if within(reading, thing, whole)])


def within(reading: Reading, part: Thing, whole: Thing) -> bool:
    """Whether a stock, sector or index belongs to an index, place, region or Wall Street."""
    if part is whole:
        return True
    market = part if part.kind == "market" else reading.world.markets.get(part.market or "")
    if whole.kind == "market":
        return market is whole
    if whole.kind == "region":
        return part.market is None or True
    if whole.kind == "group":
        return market is not None and market.place == "US"
    if market is not None and market.place == whole.id:
        return True
    if part.kind == "stock":
        exchange = reading.world.language.reference.exchanges.get(part.data.exchange)
        return exchange is not None and exchange.place == whole.id
    return part.kind == "sector" and part.market is None and reading.world.snapshot.region == whole.id.lower()


def _owns(owner: Item, item: Item) -> bool:
    """Whether the one may have the other: Japan's Nikkei."""
    return owner.things[0].kind in _OWNERS and item.things[0].kind in _PARTS


def _belongs(reading: Reading, owner: Item, item: Item) -> Group:
    """Japan's Nikkei: the second must be of the first."""
    whole = owner.things[0]
    chosen = tuple(t for t in item.things if not t.known or within(reading, t, whole))
    if chosen:
        reading.claim("name", owner, item, "supported", pointer=chosen[0].pointer)
        return chosen
    thing = item.things[0]
    market = reading.world.markets.get(thing.market or thing.id)
    place = reading.world.language.reference.places.get((market.place if market else None) or "")
    reading.claim(
        "name", owner, item, "contradicted", true=place.name if place else "another place", pointer=thing.pointer,
        why=f"{names(item.things[:1])} does not belong to {whole.name}",
    )  # fmt: skip
    return item.things


def is_noun(reading: Reading, k: int) -> bool:
    """Whether a word of movement stands as a noun."""
    item = reading.items[k]
    entry = item.entry
    if entry is not None and entry.part == "noun":
        return True
    if entry is not None and entry.part or item.j - item.i > 1:
        return False
    word = reading.word(item.i)
    if word.endswith("ing"):
        return False
    before, behind = reading.word(item.i - 1), reading.word(item.j)
    if before in _BEFORE_NOUN or _of_region_led(reading, k):
        return True
    if k and reading.items[k - 1].role in ("figure", "unit") and reading.items[k - 1].j >= item.i - 1:
        first = reading.items[k - 1] if reading.items[k - 1].role == "figure" else reading.items[max(k - 2, 0)]
        return reading.word(first.i - 1) in ("a", "an", "the", "'s", "'", "its", "by", "of")
    return behind in _AFTER_NOUN and word.endswith("s") and before != "and" or behind == "elsewhere"


def _of_region_led(reading: Reading, k: int) -> bool:
    """Whether it is what somebody leads: "Hong Kong leads global gains"."""
    if k < 2:
        return False
    rank, region, move = reading.items[k - 2 : k + 1]
    return (
        rank.role == "rank"
        and region.role == "name"
        and any([thing.kind == "region" for thing in region.things])
        and rank.j == region.i
        and region.j == move.i
    )


def _set_off(reading: Reading, k: int) -> bool:
    """Whether a comma stands between the last name and the word at ``k``: then the sentence's subject may be meant."""
    items = reading.items
    n = k - 1
    while n >= 0 and not (items[n].role in ("name", "anaphor") and items[n].sense != "ticker" or _stranger(reading, n)):
        if items[n].role == "comma" and items[n].sense == "," or items[n].kind == "event":
            return True
        n -= 1
    return False


def candidates(reading: Reading, k: int, noun: bool) -> list[Group]:
    """Whom the word at ``k`` may be about, the likeliest first."""
    items = reading.items
    item = items[k]
    found: list[Group] = []
    if noun:
        end = item
        n = k + 1
        if n < len(items) and items[n].role == "figure" and reading.word(items[n].i - 1) == "of":
            end = items[n]
            n += 1
            if n < len(items) and items[n].role == "unit":
                end = items[n]
                n += 1
        if n < len(items) and items[n].kind == "event" and items[n].role == "name" and reading.word(end.j) in _TOWARDS:
            return []  # of what an event tells of
        if n < len(items) and items[n].role == "name" and not items[n].used and items[n].group >= 0:
            link = reading.tokens.words[end.j : items[n].i]
            if link and link[0] in _TOWARDS and len(link) <= 3:
                return [reading.groups[items[n].group]]
        b = k - 1
        while b >= 0 and items[b].role in ("figure", "unit", "approx"):
            b -= 1
        if b >= 0 and items[b].role == "name" and items[b].group >= 0:
            link = reading.tokens.words[items[b].j : item.i]
            if not link or link[0] in ("'s", "'") or items[b].j == item.i:
                return [reading.groups[items[b].group]]
    nearest = item.group
    if nearest >= 0 and nearest < len(reading.groups):
        found.append(reading.groups[nearest])
        if nearest > 0 and _set_off(reading, k):
            main = next((g for g in reading.groups if g and g[0].kind not in ("place", "group")), reading.groups[0])
            found.append(main)
    if nearest < 0:
        behind = next((i for i in items[k + 1 :] if i.role == "name" and not i.used and i.group >= 0), None)
        if behind is not None:
            found.append(reading.groups[behind.group])
    if not found and reading.subject:
        found.append(reading.subject)
    return found


def markets_of(group: Group) -> list[Thing]:
    """A group's things, a place, region or Wall Street as its members."""
    return [m for thing in group for m in ((thing,) if not thing.members else thing.members)]


def is_connective(reading: Reading, item: Item) -> bool:
    """After, on, amid, lifted by; although, where what follows is an event."""
    if item.role == "contrast":
        return reading.word(item.j - 1) in ("although", "though")
    return item.role == "cause" or item.sense in ("lifted_by", "dragged_by")
