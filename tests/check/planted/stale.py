"""A true sentence of another day, set into today's article: yesterday's news told again."""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.cases import library
from tests.check.planted.page import Page, direction
from tests.check.planted.plants import Change, Edit, mutator
from tests.check.planted.sayings import MOVE
from wrapgen.intake.snapshot import Market, Stock

_OF_ITS_DAY = re.compile(r"Asia|Europe|region|session|trade\b|elsewhere|since then", re.I)


class Told(NamedTuple):
    """A sentence of a case and what moved in it, by id, in percent."""

    of: str
    text: str
    moves: tuple[tuple[str, float], ...]


@functools.cache
def _told() -> tuple[Told, ...]:
    """Sentences of the cases that state the moves of markets and companies by name, and nothing of the region."""
    found = []
    for name in library.FILES:
        page = Page(name, 0, library.article(name), library.snapshot(name), library.sent(name))
        for line in page.lines:
            plain = not line.of_events() and not re.search(
                r"Asia|Europe|region|session|trade\b|elsewhere", line.text, re.I
            )
            if line.title or not plain or any("as_of" in p or "phase" in p for r in line.runs for p in r.pointers):
                continue
            stated = [s for r in line.runs if r.states(MOVE) and isinstance(s := page.subject(r), Market | Stock)]
            named = {s.id for r in line.runs if r.token.ref and isinstance(s := page.subject(r), Market | Stock)}
            moves = tuple((s.id, s.change_pct) for s in stated if s.id in named and s.change_pct is not None)
            if moves and len(moves) == len(stated) == len(named):
                found.append(Told(name, line.text, moves))
    return tuple(found)


@mutator("another day")
def of_another_day(page: Page, rng: random.Random) -> Iterator[Edit]:
    """Every move of it differs from today's, or is of something that today's data lack."""
    today = {s.id: s for s in (*page.snapshot.stocks, *page.snapshot.markets)}
    fit = []
    for told in _told():
        here = [(today.get(ident), pct) for ident, pct in told.moves]
        differs = all(
            s is None
            or s.change_pct is not None
            and abs(s.change_pct - pct) > 0.4
            or direction(s) == "flat"
            and abs(pct) > 0.4
            for s, pct in here
        )
        if differs and told.of != page.name and told.text not in page.text:
            fit.append((told, any(s is not None for s, _ in here)))
    known = [told for told, near in fit if near]
    pool = known or [told for told, _ in fit]
    body = [line for line in page.lines if not line.title]
    for line in body[1:] or body:
        if pool:
            yield Edit(line, (Change(line.end, line.end, f" {rng.choice(pool).text}"),))


def _differs(subject: Market | Stock | None, pct: float) -> bool:
    """Whether today's move is clearly another one, or none is known."""
    if subject is None:
        return True
    if subject.change_pct is None:
        return direction(subject) == "flat" and abs(pct) > 0.4
    return abs(subject.change_pct - pct) > 0.4
