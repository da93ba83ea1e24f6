"""The longer view: milestones and runs that no score has told, and moves over the month and the year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wrapgen.facts.lookback import SPANS, Span, span_of
from wrapgen.facts.types import FactBook, MarketFacts
from wrapgen.plan.types import Message, Paragraph, paragraph, tell

WITH_HISTORY: Final = ("index", "commodity", "crypto", "fx")
_MOST_TOGETHER: Final = 4  # markets in a sentence
_PRINTS: Final = 0.05  # percent; less would print as nothing


def history(book: FactBook, markets: Sequence[MarketFacts]) -> list[Paragraph]:
    """The longer view: milestones and runs that no score has told, then the session before, the month, the year."""
    told = [m for m in markets if m.kind in WITH_HISTORY and not m.previous]
    runs = [tell("market.milestone", market=m, milestone=found) for m in told for found in m.milestones[:2]]
    runs += _run_messages(told)
    paragraphs = [runs, *(span_messages(book, told, span) for span in SPANS)]
    return [paragraph("history", messages) for messages in paragraphs if messages]


def _run_messages(markets: Sequence[MarketFacts]) -> list[Message]:
    """Runs of sessions: those of one length that go on in one sentence."""
    alike: dict[tuple[str, int | None, bool], list[MarketFacts]] = {}
    for market in markets:
        if market.streak is not None:
            alike.setdefault((market.streak.direction, market.streak.sessions, market.streak.ended), []).append(market)
    out: list[Message] = []
    for (_, sessions, ended), group in alike.items():
        if ended or sessions is None:
            out.extend(tell("market.streak", market=m, streak=m.streak) for m in group)
        else:
            out.append(tell("market.runs", items=tuple(group), market=group[0], streak=group[0].streak))
    return out


def span_messages(book: FactBook, markets: Sequence[MarketFacts], span: Span) -> list[Message]:
    """Who rose over a span and who fell, the largest moves first, up to four a sentence; the last of the one side
    takes the first of the other along. Sentences after the first say that they are of the same span."""
    moves = {m.id: found.pct for m in markets if (found := span_of(book, m, span))}
    ups, downs = (
        sorted((m for m in markets if moves.get(m.id, 0.0) * sign >= _PRINTS), key=lambda m: -abs(moves[m.id]))
        for sign in (1, -1)
    )
    first, second = (("up", ups), ("down", downs)) if len(ups) >= len(downs) else (("down", downs), ("up", ups))
    out: list[Message] = []
    for way, went in (first, second):
        for group in _even(went):
            detail = f"{span}.more" if out else span
            out.append(tell("market.span", items=group, direction=way, detail=detail))  # type: ignore[arg-type]
    for n in range(len(out) - 1):
        if out[n].direction != out[n + 1].direction and len(out[n].items) + len(out[n + 1].items) <= _MOST_TOGETHER + 2:
            joined = out[n]._replace(satellites=(out[n + 1]._replace(kind="sat.span"),))
            return [*out[:n], joined, *out[n + 2 :]]
    return out


def _even(markets: Sequence[MarketFacts]) -> list[tuple[MarketFacts, ...]]:
    """Lists of four at most, about as long as each other."""
    count = -(-len(markets) // _MOST_TOGETHER)
    size = -(-len(markets) // count) if count else 1
    return [tuple(markets[n : n + size]) for n in range(0, len(markets), size)]
