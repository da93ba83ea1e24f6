"""Errors in who is spoken of: names swapped or replaced, tickers, places, leaders."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from tests.check.planted.figures import may_stand_for, milestones
from tests.check.planted.moves import like
from tests.check.planted.page import Line, Market, Page, Run, Sector, Stock, Subject, direction
from tests.check.planted.plants import Change, Edit, mutator
from tests.check.planted.sayings import MOVE, Said, said
from tests.check.planted.world import COMPANIES, MARKETS, SECTORS, outside, place_name, placed_name


def _named(page: Page, line: Line) -> list[tuple[Run, Said, Subject]]:
    """The runs of a sentence that name the thing whose move the next word of movement tells."""
    found = []
    told = [s for s in said(page) if s.line.start == line.start]
    for one in told:
        before = [r for r in line.runs if r.end <= one.start and r.token.ref and not r.states(r".*/ticker")]
        if before and page.subject(before[-1]) == one.subject and line.own(before[-1].start, before[-1].end):
            found.append((before[-1], one, one.subject))
    return found


@mutator("swap")
def swapped(page: Page, rng: random.Random) -> Iterator[Edit]:
    """Two names in a sentence change places, whose moves differ in what is printed of them."""
    for line in page.lines:
        named = _named(page, line)
        for index, (run, one, subject) in enumerate(named):
            for other_run, other, other_subject in named[index + 1 :]:
                if type(subject) is not type(other_subject) or subject == other_subject:
                    continue
                contrary = direction(subject) != direction(other_subject)
                differ = _not_of(one.figure, other_subject) and _not_of(other.figure, subject)
                differ = differ and _apart(subject, other_subject)
                if not contrary and not differ or run.text.lower() == other_run.text.lower():
                    continue
                yield Edit(line, _exchange(page, line, run, other_run))
    yield from _weighed(page)


def _exchange(page: Page, line: Line, run: Run, other: Run) -> tuple[Change, ...]:
    """The names change places, each with its ticker."""
    first, second = _with_ticker(line, run), _with_ticker(line, other)
    texts = page.text[slice(*first)], page.text[slice(*second)]
    capital = first[0] == line.start
    new_first = texts[1][:1].upper() + texts[1][1:] if capital else texts[1]
    new_second = "the" + texts[0][3:] if texts[0].startswith("The ") else texts[0]
    return (Change(*first, new_first), Change(*second, new_second))


def _with_ticker(line: Line, run: Run) -> tuple[int, int]:
    at = line.runs.index(run)
    after = line.runs[at + 1] if at + 1 < len(line.runs) else None
    return (run.start, after.end if after is not None and after.states(r".*/ticker") else run.end)


def _not_of(figure: Run | None, subject: Subject) -> bool:
    """Whether a printed percentage can be no rounding of another's move."""
    if figure is None or not figure.states(r".*/change_pct") or subject.change_pct is None:
        return False
    return not may_stand_for(figure.text, abs(subject.change_pct))


def _apart(one: Subject, other: Subject) -> bool:
    """Two moves that no rounding makes one."""
    if one.change_pct is None or other.change_pct is None:
        return False
    if any(getattr(subject, "approx", None) for subject in (one, other)):
        return abs(one.change_pct - other.change_pct) > 1
    return abs(one.change_pct - other.change_pct) > 0.15


def _weighed(page: Page) -> Iterator[Edit]:
    """“Gains in A outweighed losses in B”: A and B change places."""
    for line in page.lines:
        cut = re.search(r"outweigh(?:ed|ing)", line.text)
        if not cut:
            continue
        sectors = [(r, s) for r in line.runs if isinstance(s := page.subject(r), Sector)]
        left = [x for x in sectors if x[0].end <= line.start + cut.start()]
        right = [x for x in sectors if x[0].start >= line.start + cut.end()]
        if left and right and {direction(left[-1][1]), direction(right[0][1])} == {"up", "down"}:
            yield Edit(line, (_to(left[-1][0], right[0][0].text), _to(right[0][0], left[-1][0].text)))


def _to(run: Run, text: str) -> Change:
    return Change(run.start, run.end, text)


@mutator("name")
def replaced(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A name replaced by that of another market or company of the day, or of one that the day knows nothing of."""
    for line in page.lines:
        for run, one, subject in _named(page, line):
            if isinstance(subject, Sector):
                continue
            others = page.snapshot.markets if isinstance(subject, Market) else page.snapshot.stocks
            fit = [
                o
                for o in others
                if o != subject
                and (
                    _apart(subject, o)
                    and _not_of(one.figure, o)
                    or {direction(o), direction(subject)} == {"up", "down"}
                )
                and _name(o).split("’s ")[-1].lower() not in line.text.lower()
                and getattr(o, "kind", "") == getattr(subject, "kind", "")
            ]
            if fit and rng.random() < 0.7:
                new = _name(rng.choice(fit))
            else:
                pool = outside(
                    page,
                    MARKETS[subject.kind] if isinstance(subject, Market) and subject.kind in MARKETS else COMPANIES,
                )
                if not pool or isinstance(subject, Market) and subject.kind not in MARKETS:
                    continue
                new = rng.choice(pool)
            yield Edit(line, (_to(run, _cased(line, run, new)),))


def _name(subject: Market | Stock) -> str:
    if isinstance(subject, Market):
        return placed_name(subject)
    return subject.short_name


def _cased(line: Line, run: Run, new: str) -> str:
    if run.start == line.start and not line.title:
        return new[:1].upper() + new[1:]
    if line.title:
        return new.removeprefix("the ")
    return new


@mutator("sector")
def another_sector(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A sector of which the data say nothing, or that went the other way, in place of one that moved."""
    for line in page.lines:
        for run, one, subject in _named(page, line):
            if isinstance(subject, Sector) and run.text.lower() == subject.name.lower():
                contrary = [
                    s.name
                    for s in page.snapshot.sectors
                    if {direction(s), direction(subject)} == {"up", "down"}
                    and not any(t.name == s.name and direction(t) == one.word.direction for t in page.snapshot.sectors)
                ]
                fit = contrary + [s for s in SECTORS if s not in page.data]
                new = rng.choice(fit)
                yield Edit(line, (_to(run, like(run.text, new)),))


@mutator("instrument")
def another_instrument(page: Page, rng: random.Random) -> Iterator[Edit]:
    """An index for its futures, futures for their index: where the data give the other one no such move."""
    for line in page.lines:
        for run, one, subject in _named(page, line):
            if not isinstance(subject, Market) or one.figure is None or line.title:
                continue
            if subject.kind == "future" and run.text.endswith(" futures"):
                bare = run.text.removesuffix(" futures")
                new = bare if "’s " in bare else f"the {bare}"
                others = [m for m in page.snapshot.markets if m.id == subject.underlying]
            elif subject.kind == "index" and not run.text.endswith("’s"):
                new = f"{run.text.removeprefix('The ').removeprefix('the ')} futures"
                others = [m for m in page.snapshot.markets if m.underlying == subject.id]
            else:
                continue
            if all(_apart(subject, other) and _not_of(one.figure, other) for other in others):
                yield Edit(line, (_to(run, _cased(line, run, new)),))


_GREATER_CHINA = {"China", "Hong Kong", "Taiwan"}  # one of which may be said to be in another


@mutator("place")
def misplaced(page: Page, rng: random.Random) -> Iterator[Edit]:
    """An index set in another country: “Japan’s Hang Seng”."""
    places = sorted({place_name(m) for m in page.snapshot.markets if m.place} - {""} | {"Vietnam", "Norway", "Chile"})
    for line in page.lines:
        for run in line.runs:
            subject = page.subject(run)
            if not isinstance(subject, Market) or not subject.place or subject.kind != "index":
                continue
            own = place_name(subject)
            match = re.match(r"(?:mainland |Mainland )?([A-Z][\w.]*(?: [A-Z][\w.]*)?)’s (?=\w)", run.text)
            if match and match[1] == own:
                fit = [p for p in places if p != own and not p.startswith("U") and not {p, own} <= _GREATER_CHINA]
                at = run.start
                yield Edit(line, (Change(at, at + len(match[0]), f"{rng.choice(fit)}’s "),))
    yield from _misplaced_sectors(page, rng)


def _misplaced_sectors(page: Page, rng: random.Random) -> Iterator[Edit]:
    """“Japanese” before the sector of another market: “Asian Stocks Rise as Japan Technology Shares Lead”."""
    for line in page.lines:
        for run, after in zip(line.runs, line.runs[1:], strict=False):
            market, sector = page.subject(run), page.subject(after if after.text.strip() else run)
            sits = isinstance(market, Market) and isinstance(sector, Sector) and sector.market == market.id
            if sits and isinstance(market, Market) and run.text == place_name(market):
                fit = [
                    m
                    for m in page.main()
                    if place_name(m) not in ("", run.text)
                    and not any(s.market == m.id and s.name == after.text.lower() for s in page.snapshot.sectors)
                    and not {place_name(m), run.text} <= _GREATER_CHINA
                ]
                if fit:
                    yield Edit(line, (_to(run, place_name(rng.choice(fit))),))


@mutator("ticker")
def wrong_ticker(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A ticker of another company, one with two signs exchanged, or one of another exchange."""
    known = {s.symbol for s in page.snapshot.stocks}
    for line in page.lines:
        for run in line.runs:
            match = re.fullmatch(r" \(([^:]+):(.+)\)", run.text)
            if not match or not run.states(r"/stocks/\d+/ticker"):
                continue
            exchange, ticker = match[1], match[2]
            own = page.subject(run)
            others = [s.symbol for s in page.snapshot.stocks if s != own and s.symbol.count(":") == 1]
            made = [f"{e}:{ticker}" for e in ("TYO", "HK", "NYSE", "LON") if e != exchange]
            made += [f"{exchange}:{ticker[1:]}{ticker[0]}", f"{exchange}:{ticker}{ticker[-1]}", *others[:3]]
            fit = [m for m in made if m != f"{exchange}:{ticker}" and (m in others or m not in known)]
            yield Edit(line, (Change(run.start, run.end, f" ({rng.choice(fit)})"),))


_LEADS = re.compile(
    r"led by|in the lead|setting the pace|leading the (?:losses|gains)|outpaced|did better than|fared worst|led down by"
    r"|weakest performer|strongest performer|only gainer|only faller|Leads? |Led by|Leading"
)


@mutator("leader")
def another_leads(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A superlative or the lead given to another market: one that did not have it."""
    main = [m for m in page.main() if m.change_pct is not None and m.tier == "primary"]
    for line in page.lines:
        cue = _LEADS.search(line.text)
        if not cue:
            continue
        at = line.start + cue.start()
        named = [
            (r, s) for r in line.runs if isinstance(s := page.subject(r), Market) and s in main and not r.states(MOVE)
        ]
        named.sort(key=lambda pair: abs(pair[0].start - at))
        if not named:
            continue
        run, leader = named[0]
        fit = [
            m
            for m in main
            if m.place != leader.place
            and abs((m.change_pct or 0) - (leader.change_pct or 0)) > 0.2
            and 0 < abs(m.change_pct or 0) < abs(leader.change_pct or 0)
            and placed_name(m).split("’s ")[-1] not in line.text
            and place_name(m) not in line.text
        ]
        if fit and place_name(leader):
            other = rng.choice(fit)
            bare = run.text.removeprefix("mainland ").removeprefix("Mainland ") == place_name(leader)
            yield Edit(line, (_to(run, _cased(line, run, place_name(other) if bare else placed_name(other))),))
    yield from _another_extreme(page, rng)


def _another_extreme(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A record or a highest-since given to a market that has none."""
    for line, run in milestones(page):
        named = [
            (r, s) for r in line.runs if isinstance(s := page.subject(r), Market) and r.token.ref and not r.states(MOVE)
        ]
        named = [(r, s) for r, s in named if r != run]
        if not named or len({s.id for _, s in named}) > 1:
            continue
        name, holder = named[0]
        fit = [
            m
            for m in page.main()
            if m != holder
            and not m.milestones
            and m.kind == holder.kind
            and not _near_extreme(page, m)
            and m.place
            and m.place != holder.place
            and placed_name(m) not in line.text
            and _apart(m, holder)
        ]
        if fit:
            possessive = "’s" if name.text.endswith("’s") and page.text[name.end : name.end + 1] == " " else ""
            yield Edit(line, (_to(name, _cased(line, name, placed_name(rng.choice(fit)) + possessive)),))


def _near_extreme(page: Page, market: Market) -> bool:
    """Whether history makes its close higher or lower than the ten before, or its move larger."""
    series = page.snapshot.history.get(market.id)
    if series is None:
        return False
    past = list(series.closes[-10:])
    close = market.level
    if close is None or len(past) < 10 or market.change_pct is None:
        return True
    moves = [100 * (b / a - 1) for a, b in zip(past, past[1:], strict=False)]
    extreme = close >= max(past) or close <= min(past)
    return extreme or market.change_pct >= max(moves) or market.change_pct <= min(moves)
