"""Claims added that the data do not hold: of others, of tomorrow, and of the day's own markets."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from tests.check.planted.causes import bare
from tests.check.planted.page import Page
from tests.check.planted.plants import Change, Edit, mutator
from tests.check.planted.world import ADDED, COMPANIES, MARKETS, OWN, outside, placed_name
from wrapgen.intake.snapshot import Market


def _after(page: Page, rng: random.Random, sentences: list[str]) -> Iterator[Edit]:
    """One of the sentences set behind a sentence of the body."""
    body = [line for line in page.lines if not line.title]
    for line in body[1:] or body:
        if sentences:
            yield Edit(line, (Change(line.end, line.end, " " + rng.choice(sentences)),))


def _known(page: Page, sentence: str) -> bool:
    """Whether a name or a matter of the sentence is one that the data speak of."""
    named = re.findall(r"(?<=[\w,“] )[A-Z][\w-]{2,}|Goldman|Bernstein|UBS|Nordea", sentence)
    matters = re.findall(
        r"(?i)inflation|industrial output|unemployment|economy|retail sales|trading volume|foreign investors", sentence
    )
    rates = re.findall(r"(?i)rate cut|cut rates|earnings are|volatility", sentence)
    return any(word.lower() in page.data for word in (*named, *matters, *rates))


def _adder(kind: str) -> None:
    @mutator(kind)
    def added(page: Page, rng: random.Random) -> Iterator[Edit]:
        companies = outside(page, COMPANIES)
        markets = [m for kind in ("index", "fx", "commodity") for m in outside(page, MARKETS[kind])]
        made = []
        for pattern in ADDED[kind]:
            for company, market in zip(companies, rng.sample(markets, len(markets)), strict=False):
                text = pattern.format(company=company, market=market)
                text = text[:1].upper() + text[1:]
                if not _known(page, text):
                    made.append(text)
        yield from _after(page, rng, made)


for _kind in ADDED:
    _adder(_kind)


@mutator("added clause")
def added_clause(page: Page, rng: random.Random) -> Iterator[Edit]:
    """Another company's or market's move set into a true sentence."""
    companies = outside(page, COMPANIES)
    markets = outside(page, MARKETS["index"])
    for one in bare(page):
        if one.figure is None or not companies or not markets:
            continue
        company, market = rng.choice(companies), rng.choice(markets)
        made = (
            f", while {market} {'lost' if one.word.direction == 'up' else 'gained'} 0.9%",
            f", with {company} {'up' if one.word.direction == 'up' else 'down'} 3.4%",
            f", outperforming {market}",
            f", {'led by' if one.word.direction == 'up' else 'dragged down by'} {company}",
        )
        yield Edit(one.line, (Change(one.line.end - 1, one.line.end - 1, rng.choice(made)),))


@mutator("added known")
def added_of_a_known_market(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A claim about one of the day's own markets that neither its figures nor its history bear out."""
    told = [m for m in page.main() if m.level is not None or m.change_pct is not None]
    fit = [m for m in told if not m.milestones and not m.streak and _plain(page, m)]
    made = [rng.choice(OWN).format(market=placed_name(m)) for m in fit]
    yield from _after(page, rng, [text[:1].upper() + text[1:] for text in made])


def _plain(page: Page, market: Market) -> bool:
    """Whether nothing in its history makes today's close an extreme, or its run longer than a session."""
    series = page.snapshot.history.get(market.id)
    if series is None:
        return True
    closes = [*series.closes[-30:], market.level or 0.0]
    if len(closes) < 31 or not min(closes[:-1]) < closes[-1] < max(closes[:-1]):
        return False
    return (closes[-1] > closes[-2]) != (closes[-2] > closes[-3])


@mutator("added figure")
def added_figure(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A level or a move in points set beside a true percentage, where the data have another one or none."""
    for one in bare(page):
        market = one.subject
        if not isinstance(market, Market) or market.kind != "index" or one.figure is None or market.change_pct is None:
            continue
        if not one.figure.text.endswith("%") or one.figure.end != one.line.end - 1:
            continue
        level = (market.level or rng.choice((1834.2, 5211.6, 24830.4))) * rng.choice((0.94, 1.07))
        points = abs((market.change or level * market.change_pct / 100) * rng.choice((0.6, 1.7)))
        made = rng.choice((f" to {level:,.2f}", f", or {points:,.2f} points,"))
        if made.endswith(","):
            made = made[:-1]
        yield Edit(one.line, (Change(one.figure.end, one.figure.end, made),))
