"""Who led, who trailed, how many went along, and what stood against what."""

from __future__ import annotations

from typing import Final

from wrapgen.check.claims import Reading
from wrapgen.check.known import NUMBERS
from wrapgen.check.milestones import judge_milestone
from wrapgen.check.peers import direction_behind, furthest, leader, went_furthest
from wrapgen.check.subjects import candidates
from wrapgen.check.truth import STILL, Thing, agrees, moving, sign, still

# With these a span of time begins: the most in a month, in more than a year, in two weeks.
_SPANS: Final = frozenset(("a", "an", "more", "over", "nearly", "almost", "about", "at", *NUMBERS))


def judge_breadth(reading: Reading, k: int) -> None:
    """Most, all, some: against how many places, and how many indices, went that way."""
    items = reading.items
    item = items[k]
    item.used = True
    if item.sense == "elsewhere":
        return
    if item.sense == "most" and reading.word(item.i - 1) == "the" and reading.word(item.j) != "of":
        return _the_most(reading, k)
    move = next((i for i in items[k + 1 :] if i.role == "move" and i.entry is not None and i.kind != "event"), None)
    if move is None:
        move = next((i for i in reversed(items[:k]) if i.role == "move" and i.entry is not None), None)
    if item.sense == "all" and reading.word(item.i) in ("broadly", "across"):
        move = next((i for i in reversed(items[:k]) if i.role == "move" and i.entry is not None), None) or move
    if move is None or move.entry is None:
        reading.claim("count", item, item, "unsupported", why="nothing is said that so many did")
        return
    direction = move.entry.direction
    if direction == "follows":
        after = items[items.index(move) + 1 :]
        direction = next((i.entry.direction for i in after if i.role == "move" and i.entry is not None), "up")
    world = reading.world
    before = [i for i in items[:k] if i.role == "name" and i.group >= 0]
    if item.sense == "all" and before and len(reading.groups[before[-1].group]) > 1 and reading.word(item.i) == "all":
        return  # "A, B and C all rose" says no more than the direction does
    counts = []
    for members in (world.race, world.rivals):
        known = list(moving(members))
        if known:
            went = [t for t in known if agrees(t, direction) is True]
            if item.sense == "all" and direction in ("up", "down"):
                went = [t for t in went if t.pct is None or abs(t.pct) >= STILL]
            counts.append((len(went), len(known)))
    if not counts:
        reading.claim("count", item, item, "unsupported", why="the data have no move of the region")
        return
    holds = any(_holds(item.sense, number, of) for number, of in counts)
    number, of = counts[0]
    said = f"{number} of {of}"
    reading.verdict("count", item, item, holds, true=said, pointer="/markets", why=f"{said} did")


def _the_most(reading: Reading, k: int) -> None:
    """Rose the most: further than any of its own kind."""
    item = reading.items[k]
    behind = reading.word(item.j)
    if (
        behind == "since"
        or behind == "in"
        and (reading.word(item.j + 1) in _SPANS or reading.word(item.j + 1).isdigit())
    ):
        item.sense = "biggest"
        judge_milestone(reading, k)  # "fell the most since April" is its biggest fall
        return
    move = next((i for i in reversed(reading.items[:k]) if i.role == "move" and i.entry is not None), None)
    groups = candidates(reading, k, False)
    if move is None or move.entry is None or not groups:
        reading.claim("rank", item, item, "unsupported", why="nobody is named who went furthest")
        return
    down = move.entry.direction == "down"
    group, thing = groups[0], groups[0][0]
    part = thing.kind in ("sector", "stock")
    true = furthest(reading, thing, down) if part else _leader(reading.world.rivals, down)
    answers = [(went_furthest if part else _among_first)(reading, each, down, len(group)) for each in group]
    holds = None if None in answers else all(answers)
    reading.verdict("rank", item, item, holds, true=true, pointer=thing.pointer, why=f"that was {true}")


def _among_first(reading: Reading, thing: Thing, down: bool, of: int) -> bool | None:
    """Whether a market or place went that way, and fewer than ``of`` of the region further."""
    rank = _rank(reading.world.rivals, thing, top=not down)
    fits = agrees(thing, "down" if down else "up")
    return fits if not fits or rank is None else rank <= of


def _holds(sense: str, number: int, of: int) -> bool:
    if sense == "most":
        return 2 * number > of
    if sense == "all":
        return number == of
    if sense == "none":
        return number == 0
    return 0 < 2 * number <= of


def judge_rank(reading: Reading, k: int) -> None:
    """Leads, best, worst, the only one: against the moves of the region."""
    items = reading.items
    item = items[k]
    item.used = True
    world = reading.world
    sense = item.sense
    if reading.word(item.i) == "led" and reading.word(item.j - 1) == "by":
        return _led_by(reading, k)
    groups = candidates(reading, k, False)
    apart = [g for g in (*groups, *reversed(reading.groups[: item.group + 1])) if g and g[0].kind != "region"]
    group = apart[0] if apart else groups[0] if groups else reading.subject
    if not group:
        reading.claim("rank", item, item, "unsupported", why="nobody is named who could be it")
        return None
    thing = group[0]
    behind = direction_behind(reading, k)
    losses, gains = behind == "down", behind == "up"
    if thing.kind in ("sector", "stock"):
        down = losses or (sense in ("worst", "trails"))
        fits = _part_leads(reading, thing, down, sense)
        true = "" if fits else furthest(reading, thing, down)
        reading.verdict("rank", item, item, fits, true=true, pointer=thing.pointer, why=f"that was {true}")
        return None
    best = _rank(world.rivals, thing, top=True)
    worst = _rank(world.rivals, thing, top=False)
    holds: bool | None
    if thing.kind == "region":
        holds = None
    elif sense in ("best", "outpaces"):
        holds = best == 1
    elif sense == "leads":
        leader_down = losses or (not gains and _tone(world.rivals) == "down" and sign(thing) < 0)
        holds = (
            (worst == 1 if worst is not None else None)
            if leader_down
            else (best is not None and best <= (1 if gains else max(1, len(world.race) // 3)))
        )
    elif sense == "worst":
        holds = worst == 1
    elif sense == "better_than_most":
        holds = best is not None and 2 * best <= len(world.race)  # of its peers, more than half
    elif sense == "only_up":
        holds = _alone(world.race, thing, "up")
    elif sense == "only_down":
        holds = _alone(world.race, thing, "down")
    else:
        holds = worst is not None and 2 * worst <= len(world.race) + 1
    true = "" if holds else _leader(world.rivals, sense in ("worst", "only_down", "trails") or losses)
    reading.verdict("rank", item, item, holds, true=true, pointer=thing.pointer, why=f"that was {true}")
    return None


def _alone(places: list[Thing], thing: Thing, direction: str) -> bool:
    """Whether it went that way and no other place did; one that prints as no move went no way."""
    went = [t for t in places if agrees(t, direction) is True and not still(t)]
    return len(went) == 1 and any(t is went[0] or t.place == went[0].place for t in (thing, *thing.members))


def _led_by(reading: Reading, k: int) -> None:
    """Led by Japan, led down by Japan, led by gains in technology: what is named after it is at the head."""
    items = reading.items
    item = items[k]
    at = next((n for n in range(k + 1, len(items)) if items[n].role == "name" and not items[n].used), None)
    if at is None:
        return
    target = items[at]
    # A move further behind is of something else: "led by Japan, helped by a weaker yen".
    move = next((i for i in items[k + 1 : min(k + 5, at + 2)] if i.role == "move" and i.entry is not None), None)
    down = move is not None and move.entry is not None and move.entry.direction == "down"
    down = down or reading.word(item.i + 1) in ("down", "lower")
    thing = target.things[0]
    if thing.kind in ("sector", "stock"):
        true = furthest(reading, thing, down)
        holds = _part_leads(reading, thing, down, "leads")
        reading.verdict("rank", item, target, holds, true=true, pointer=thing.pointer, why=f"that was {true}")
        return
    rank = _rank(reading.world.rivals, thing, top=not down)
    if not down and (rank is None or rank > 1) and _tone(reading.world.rivals) == "down":
        rank = _rank(reading.world.rivals, thing, top=False)
        down = True
    reading.verdict(
        "rank", item, target, None if rank is None else rank == 1, true=_leader(reading.world.rivals, down),
        pointer=thing.pointer, why=f"that was {_leader(reading.world.rivals, down)}",
    )  # fmt: skip


def _part_leads(reading: Reading, thing: Thing, down: bool, sense: str) -> bool | None:
    """Whether a company or sector was ahead: of its index by what it moved, as the sender says, else by how far."""
    effect = getattr(thing.data, "effect", None)
    if sense == "leads" and effect in ("lift", "drag"):
        return bool((effect == "drag") == down)
    if sense in ("leads", "best", "worst"):
        return went_furthest(reading, thing, down)
    return agrees(thing, "down" if down else "up")


def _tone(own: list[Thing]) -> str:
    """The way that most places went, each by its main index, or of one place most indices; up where they are even."""
    heads: dict[str, Thing] = {}
    for t in own:
        if t.place is None or t.place not in heads or t.data.tier == "primary":
            heads[t.place or t.id] = t
    own = list(heads.values()) if len(heads) > 1 else own
    moved = [t for t in own if not still(t)] or own  # what prints as no move is on no side
    ups = sum(agrees(t, "up") is True for t in moved)
    downs = sum(agrees(t, "down") is True for t in moved)
    return "up" if ups >= downs else "down"


def _rank(own: list[Thing], thing: Thing, *, top: bool) -> int | None:
    """How many places are ahead of it, plus one; ties, and indices of its own place, are not ahead."""
    mine = (
        thing.pct
        if not thing.members
        else max((m.pct for m in thing.members if m.pct is not None), key=lambda p: p if top else -p, default=None)
    )
    if mine is None:
        return None
    sign = 1 if top else -1
    ahead = {
        t.place or t.id
        for t in own
        if t.pct is not None and sign * t.pct > sign * mine + 1e-9 and (t.place is None or t.place != thing.place)
    }
    return len(ahead) + 1


def _leader(own: list[Thing], down: bool) -> str:
    return leader(own, down) or "not known"


def judge_contrast(reading: Reading, k: int) -> None:
    """In contrast, bucks the trend: the one went another way than the rest."""
    item = reading.items[k]
    item.used = True
    if item.sense == "weak":
        _but(reading, k)
        return
    groups = candidates(reading, k, False)
    if reading.word(item.i) == "in" or reading.word(item.i) == "by":
        reading.claim("contrast", item, item, "supported")
        return
    group = groups[0] if groups else reading.subject
    if not group:
        reading.claim("contrast", item, item, "unsupported", why="nobody is named who could be it")
        return
    tone = _tone(reading.world.rivals) if group[0].kind in ("market", "place") else _tone_of(reading, group[0])
    thing = group[0]
    holds = any(agrees(t, tone) is not True for t in (thing.members if thing.kind == "place" else (thing,)))
    reading.verdict(
        "contrast",
        item,
        item,
        holds,
        true=thing.said(),
        pointer=thing.pointer,
        why=f"{thing.name} {thing.said()} with the rest",
    )


def _but(reading: Reading, k: int) -> None:
    """But, yet, although between two moves: of two subjects, and of two directions."""
    items = reading.items
    item = items[k]
    if reading.word(item.i) in ("while", "however"):
        return
    before = [i for i in items[:k] if i.role == "move" and i.entry is not None and i.kind == "verb"]
    behind = [i for i in items[k + 1 :] if i.role == "move" and i.entry is not None]
    if not before or not behind or before[-1].group == behind[0].group or before[-1].group < 0:
        return
    if any(i.role in ("effect", "rank", "contrast") for i in items[k + 1 : items.index(behind[0]) + 2]):
        return
    a, b = before[-1].sense, behind[0].sense
    if {a, b} <= {"up", "down"}:
        said = reading.words(before[-1], behind[0])
        reading.verdict("contrast", item, item, a != b, true="both went the same way", why=f"no contrast: {said}")


def _sign_of(reading: Reading, group: int) -> int:
    things = reading.groups[group] if 0 <= group < len(reading.groups) else ()
    signs = {sign(thing) for thing in things}
    return signs.pop() if len(signs) == 1 else 0


def _tone_of(reading: Reading, part: Thing) -> str:
    market = reading.world.markets.get(part.market or "")
    if market is not None and sign(market) and not still(market):
        return "up" if sign(market) > 0 else "down"
    return _tone(reading.world.rivals)


def judge_issues(reading: Reading, k: int) -> None:
    """Advancers outnumbered decliners by 84 to 5."""
    items = reading.items
    first = items[k]
    if first.used or k and items[k - 1].role == "rank" and first.i - items[k - 1].j <= 2:
        return  # "led the gainers" counts nobody
    inside = [i for i in items[k:] if i.role in ("issues", "figure")][:5]
    for each in inside:
        each.used = True
    ups = [i for i in inside if i.role == "issues" and i.sense != "outnumber"]
    figures = [i for i in inside if i.role == "figure" and i.figure is not None]
    if "by" in reading.tokens.words[inside[0].j : inside[-1].i] and {"were", "was", "are"} & set(
        reading.tokens.words[inside[0].j : inside[-1].i]
    ):
        ups.reverse()  # were outnumbered by
        figures.reverse()
    last = inside[-1]
    known = reading.world.snapshot.breadth
    context = {t.id for t in reading.context[:3]} | {t.place for t in reading.context[:1]}
    mine = [
        b
        for b in known
        if b.market in context or (reading.world.markets.get(b.market) or Thing("", "", "")).place in context
    ]
    named = [t for group in reading.groups for t in group if t.kind in ("market", "place")]
    if not known or (named and not mine):
        reading.claim("count", first, last, "unsupported", why="the data count no advancers and decliners there")
        return
    for breadth in mine or known:
        wanted = {"up": breadth.advancers, "down": breadth.decliners}
        sides = [wanted[i.sense] for i in ups]
        shown = [int(i.figure.value) for i in figures if i.figure is not None]
        if len(sides) == 2 and sides[0] > sides[1] and (not shown or shown == sides):
            reading.claim("count", first, last, "supported", pointer=breadth.pointer)
            return
    breadth = (mine or known)[0]
    reading.claim(
        "count", first, last, "contradicted", true=f"{breadth.advancers} rose, {breadth.decliners} fell",
        pointer=breadth.pointer, why=f"the data count {breadth.advancers} advancers and {breadth.decliners} decliners",
    )  # fmt: skip
