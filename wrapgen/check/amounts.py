"""Figures: a percentage, points or a level against the move or level of whom it is about."""

from __future__ import annotations

from wrapgen.check.claims import Group, Reading, names
from wrapgen.check.crosses import against_its_verb, crossed
from wrapgen.check.figures import near, rounds_to, words_for
from wrapgen.check.lex import words_of
from wrapgen.check.money import SIGNS, SIZES
from wrapgen.check.subjects import candidates, is_noun
from wrapgen.check.truth import POINTED, Thing
from wrapgen.check.volumes import traded, volumes_of
from wrapgen.check.words import stem


def judge_comparison(reading: Reading, k: int) -> None:
    """Fell harder than the Nikkei: the one's move against the other's, both without their signs."""
    items = reading.items
    item = items[k]
    item.used = True
    other = items[k + 1] if k + 1 < len(items) else None
    if other is None or other.role != "name" or other.group < 1 or item.sense not in ("more_than", "less_than"):
        return
    mine, theirs = reading.groups[other.group - 1][0], reading.groups[other.group][0]
    a, b = _pct(mine), _pct(theirs)
    if a is None or b is None:
        reading.claim("comparison", item, other, "unsupported", why="the data do not have both moves")
        return
    holds = abs(a) > abs(b) if item.sense == "more_than" else abs(a) < abs(b)
    reading.verdict(
        "comparison",
        item,
        other,
        holds,
        true=f"{mine.name} {mine.said()}, {theirs.name} {theirs.said()}",
        pointer=mine.pointer,
    )


class Shown:
    """A figure in the text with its unit; ``behind`` is where the next item stands."""

    __slots__ = ("item", "last", "behind", "value", "decimals", "unit", "approx", "first", "scale")

    def __init__(self, reading: Reading, k: int) -> None:
        items = reading.items
        item = items[k]
        assert item.figure is not None
        self.item = self.first = self.last = item
        self.value = item.figure.value
        self.decimals = item.figure.decimals
        self.unit = "percent" if item.figure.percent else ""
        self.approx: str | None = None
        self.scale = 1.0
        if k and items[k - 1].role == "approx" and items[k - 1].j >= item.i - 1:
            self.approx = items[k - 1].sense
            self.first = items[k - 1]
            items[k - 1].used = True
        n = k + 1
        if n < len(items) and items[n].role == "magnitude" and items[n].i == self.last.j:
            self.scale = SIZES[items[n].sense]
            self.last = items[n]
            items[n].used = True
            n += 1
        word = reading.word(self.last.j)
        if word == "-":
            word = reading.word(self.last.j + 1)
        if n < len(items) and items[n].role == "unit" and items[n].i - self.last.j <= 1:
            self.unit = items[n].sense
            self.last = items[n]
            items[n].used = True
            n += 1
            if self.unit == "cents":
                self.unit, self.scale = "money", 0.01
        elif word in ("points", "point"):
            self.unit = "points"
        if item.figure.currency and not self.unit:
            self.unit = "money"
        beside = items[n] if n < len(items) and items[n].i == self.last.j and items[n].role == "name" else None
        if not self.unit and beside is not None and beside.things[0].kind == "side":
            self.unit = "currency"  # the other side of a pair that is in the data too: rupiah
        self.behind = n


def judge_figure(reading: Reading, k: int) -> None:
    """A figure against the move, the level or the points of whom it is about."""
    items = reading.items
    shown = Shown(reading, k)
    item = shown.item
    item.used = True
    assert item.figure is not None
    before = reading.word(shown.first.i - 1)
    n = shown.behind
    following = items[n] if n < len(items) else None
    noun = (
        following is not None and following.role == "move" and is_noun(reading, n) and following.i - shown.last.j <= 1
    )
    groups = candidates(reading, n if noun else k, noun)
    if not noun and k and items[k - 1].role == "move" and before == "of":
        groups = candidates(reading, k - 1, True)  # "a drop of 10% in SoftBank", "a gain of 3%"
    if noun:
        groups = groups or [reading.subject]
    named, groups = groups, [crossed(reading, shown.first, shown.last, group) for group in groups]
    if groups[:1] != named[:1] and against_its_verb(reading, k, groups[0][0]):
        thing = groups[0][0]
        reading.claim(
            "number", shown.first, shown.last, "contradicted", true=thing.said(), pointer=thing.pointer,
            why=f"{thing.name} {thing.said()} against the {thing.data.against}",
        )  # fmt: skip
        return
    level = before in ("to", "at") or (reading.word(shown.first.i - 2) in ("to", "at") and before in ("a",))
    if shown.unit in ("", "money", "currency") and any(i.role == "volume" for i in items[:k]):
        _turnover(reading, shown, k)
    elif shown.unit in ("percent", "") and not level and shown.unit == "percent":
        _percent(reading, shown, groups, k)
    elif shown.unit == "basis_points":
        _compare(reading, shown, groups, "change", "yield")
    elif shown.unit == "points":
        _points(reading, shown, groups)
    elif shown.unit == "percentage_points":
        _gap(reading, shown)
    elif level or shown.unit in ("money", "currency") or item.figure.decimals >= 2 or item.figure.value >= 1000:
        _level(reading, shown, groups)
    elif shown.unit == "percent":
        _percent(reading, shown, groups, k)
    else:
        _no_such(reading, shown, "nothing in the data is that figure")


def _turn(reading: Reading, k: int, group: Group) -> Group:
    """In "A and B rose 1% and 2%" the second figure is the second's."""
    if len(group) < 2:
        return group
    items = reading.items
    run = [k]
    for step in (-1, 1):
        n = k
        while True:
            n += step
            if not 0 <= n < len(items):
                break
            if items[n].role in ("comma", "unit", "approx"):
                continue
            other = items[n].figure
            if other is None or not (other.percent or reading.word(items[n].j) in ("%", "per", "percent")):
                break
            run.append(n)
    run.sort()
    if len(run) == len(group):
        return (group[run.index(k)],)
    return group


def _no_such(reading: Reading, shown: Shown, why: str) -> None:
    reading.claim("number", shown.first, shown.last, "unsupported", why=why)


def _percent(reading: Reading, shown: Shown, groups: list[Group], k: int) -> None:
    best: tuple[Thing | None, str] = (None, "nobody is named whose move it could be")
    for group in groups:
        turn = _turn(reading, k, group)
        verdict = [_moved(t, shown) for t in _readings(turn)]
        flat = [answer for answer, _ in verdict]
        if flat and all(flat):
            reading.claim("number", shown.first, shown.last, "supported", pointer=f"{verdict[0][1].pointer}/change_pct")
            return
        if best[0] is None:
            wrong = next((t for answer, t in verdict if answer is False), None)
            if wrong is not None:
                best = (wrong, "")
            elif verdict:
                best = (None, f"the data have no percentage of {names(turn)}")
    thing, why = best
    if thing is None:
        _no_such(reading, shown, why)
        return
    true = _pct(thing)
    said = f"{words_for(true, shown.decimals)}%" if true is not None else thing.said()
    reading.claim(
        "number", shown.first, shown.last, "contradicted", true=said, pointer=f"{thing.pointer}/change_pct",
        why=f"{thing.name} moved {said}",
    )  # fmt: skip


def _readings(group: Group) -> list[Thing]:
    """A group's things; of several with one name only the first whose figure is known."""
    if len(group) == 1:
        return list(group)
    seen: dict[str, Thing] = {}
    for thing in group:
        known = seen.get(thing.name.lower())
        if known is None or (_pct(known) is None and _pct(thing) is not None):
            seen[thing.name.lower()] = thing
    return list(seen.values())


def _pct(thing: Thing) -> float | None:
    if thing.kind == "place" and thing.members:
        return thing.members[0].pct
    return thing.pct


def _moved(thing: Thing, shown: Shown) -> tuple[bool | None, Thing]:
    if thing.kind in ("place", "region", "group") and thing.members:
        answers = [(_moved(m, shown)[0], m) for m in thing.members]
        for answer, member in answers if thing.kind == "place" or len(answers) == 1 else ():
            if answer:
                return True, member
        if thing.kind != "place":
            known = [m.pct for m in thing.members if m.pct is not None]
            mean = sum(known) / len(known) if known else None
            return (
                (None, thing)
                if mean is None or not near(mean, shown.value, shown.decimals, shown.approx)
                else (True, thing)
            )
        return answers[0]
    if thing.pct is None:
        return None, thing
    approx = shown.approx
    if approx and thing.approx and {approx, thing.approx} in ({"more_than", "less_than"}, {"more_than", "nearly"}):
        return False, thing
    if approx is None and shown.decimals == 0 and shown.value < 3 and thing.approx is None:
        return near(thing.pct, shown.value, 1, None), thing  # 0.8% is not 1%
    if approx is None and thing.approx in ("nearly", "more_than", "less_than"):
        return near(thing.pct, shown.value, shown.decimals, "about"), thing
    return near(thing.pct, shown.value, shown.decimals, approx), thing


def _compare(reading: Reading, shown: Shown, groups: list[Group], key: str, kind: str) -> None:
    wrong: Thing | None = None
    for group in groups:
        for thing in group:
            true = getattr(thing, key)
            if true is None or thing.instrument != kind:
                continue
            if near(true, shown.value, shown.decimals, shown.approx):
                reading.claim("number", shown.first, shown.last, "supported", pointer=f"{thing.pointer}/{key}")
                return
            wrong = wrong or thing
    if wrong is None:
        _no_such(reading, shown, "nobody named here has such a figure in the data")
        return
    said = words_for(getattr(wrong, key), shown.decimals)
    reading.claim(
        "number", shown.first, shown.last, "contradicted", true=said, pointer=f"{wrong.pointer}/{key}",
        why=f"the figure of {wrong.name} is {said}",
    )  # fmt: skip


def contribution(reading: Reading, stock: Thing) -> float | None:
    """The points that a stock moved its index by, as sent or from its weight."""
    sent = stock.data
    if sent is None:
        return None  # a company that the data do not have
    if sent.contribution_points is not None:
        return float(sent.contribution_points)
    index = reading.world.markets.get(stock.market or "")
    if sent.weight_pct is None or stock.pct is None or index is None:
        return None
    before = index.data.previous_close
    if before is None and index.level is not None and index.pct is not None:
        before = index.level / (1 + index.pct / 100)
    if before is None and index.level is not None and index.change is not None:
        before = index.level - index.change
    if before is None:
        return None
    return float(before * sent.weight_pct / 100 * stock.pct / 100)


def _points(reading: Reading, shown: Shown, groups: list[Group]) -> None:
    wrong: tuple[Thing, float] | None = None
    for group in [*groups, *reversed(reading.groups)]:
        for thing in group:
            for market in (thing, *thing.members):
                if market.kind == "stock":
                    true = contribution(reading, market)
                elif market.kind == "market":
                    true = market.change if market.instrument in POINTED else None
                else:
                    continue
                if true is None:
                    continue
                if near(true, shown.value, shown.decimals, shown.approx):
                    reading.claim("number", shown.first, shown.last, "supported", pointer=f"{market.pointer}/change")
                    return
                wrong = wrong or (market, true)
    if wrong is None:
        _no_such(reading, shown, "the data have no points of whom it is about")
        return
    said = f"{words_for(wrong[1], shown.decimals)} points"
    reading.claim(
        "number", shown.first, shown.last, "contradicted", true=said, pointer=f"{wrong[0].pointer}/change",
        why=f"{wrong[0].name} moved {said}",
    )  # fmt: skip


def _level(reading: Reading, shown: Shown, groups: list[Group]) -> None:
    wrong: Thing | None = None
    for group in groups:
        for thing in group:
            for market in (thing, *thing.members):
                true = market.level if market.kind == "market" else getattr(market.data, "price", None)
                if true is None:
                    continue
                wrong_money = _other_money(market, shown) or _other_side(reading, market, shown)
                if wrong_money:
                    reading.claim(
                        "number", shown.first, shown.last, "contradicted", true=wrong_money,
                        pointer=f"{market.pointer}/level", why=f"{market.name} is in {wrong_money}",
                    )  # fmt: skip
                    return
                scales = (0.01, 1.0) if shown.scale == 0.01 else (shown.scale,)
                if any(near(true, shown.value, shown.decimals, shown.approx, scale) for scale in scales):
                    reading.claim("number", shown.first, shown.last, "supported", pointer=f"{market.pointer}/level")
                    return
                for key in ("open", "high", "low", "previous_close"):
                    other = getattr(market.data, key, None)
                    if other is not None and rounds_to(other, shown.value, shown.decimals, shown.scale):
                        reading.claim("number", shown.first, shown.last, "supported", pointer=f"{market.pointer}/{key}")
                        return
                wrong = wrong or market
    if wrong is None:
        _no_such(reading, shown, "the data have no such level of whom it is about")
        return
    said = words_for((wrong.level if wrong.kind == "market" else wrong.data.price) or 0.0, shown.decimals)
    reading.claim(
        "number", shown.first, shown.last, "contradicted", true=said, pointer=f"{wrong.pointer}/level",
        why=f"{wrong.name} stood at {said}",
    )  # fmt: skip


def _other_money(market: Thing, shown: Shown) -> str | None:
    """The currency of a level, where the sign before the figure is of another one."""
    assert shown.item.figure is not None
    sign = shown.item.figure.currency
    if not sign or market.data is None:
        return None
    currency = market.data.currency or (
        "USD" if market.kind == "market" and market.instrument in ("commodity", "crypto") else None
    )
    return currency if currency and currency not in SIGNS.get(sign, (currency,)) else None


def _other_side(reading: Reading, market: Thing, shown: Shown) -> str | None:
    """The other side of a currency pair, where the word behind the level names another: 105.4 euros for yen."""
    against = market.data.against if market.kind == "market" and market.instrument == "fx" else None
    if not against:
        return None
    n = reading.items.index(shown.item)
    for item in reading.items[n + 1 : n + 4]:
        if item.i - shown.last.j > 2:
            break
        if item.sense in ("currency", "side"):
            said = reading.word(item.j - 1)
            return None if stem(said, {}) == stem(words_of(against)[-1], {}) else str(against)
    return None


def _turnover(reading: Reading, shown: Shown, k: int) -> None:
    average = any(i.sense == "average" and i.role == "volume" for i in reading.items[max(0, k - 2) : k])
    volumes = volumes_of(reading)
    for volume in volumes:
        true = volume.average if average else traded(volume)
        if true is not None and near(true, shown.value, shown.decimals, shown.approx, shown.scale):
            reading.claim("number", shown.first, shown.last, "supported", pointer=volume.pointer)
            return
    known = next(iter(volumes), None)
    if known is None:
        _no_such(reading, shown, "the data have no turnover")
        return
    true = (known.average if average else traded(known)) or 0.0
    reading.claim(
        "number", shown.first, shown.last, "contradicted", true=f"{true / shown.scale:,.4g}",
        pointer=known.pointer, why=f"the data say {true:,.0f}",
    )  # fmt: skip


def _gap(reading: Reading, shown: Shown) -> None:
    """Percentage points between two of the region's moves."""
    known = [t.pct for t in reading.world.home if t.pct is not None]
    holds = any(near(a - b, shown.value, shown.decimals, shown.approx) for a in known for b in known)
    reading.verdict(
        "comparison", shown.first, shown.last, holds, true="another gap", why="no two moves are so far apart"
    )
