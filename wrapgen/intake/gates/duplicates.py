"""Gates about one thing sent as two: an index under two ids, a share on two entries, a line of a feed doubled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from wrapgen.intake.gates.types import Finding, Limits, View, digits, figure
from wrapgen.intake.names import short_company_name
from wrapgen.intake.snapshot import Market, Stock


def same_market(view: View, limits: Limits) -> Iterator[Finding]:
    """A market under two ids, at least one of which the reference data do not know: of one name, kind and place."""
    if all(market.known for market in view.snapshot.markets):
        return
    groups: dict[tuple[str, str, str | None], list[Market]] = defaultdict(list)
    for market in view.snapshot.markets:
        for name in {_folded(market.name), _folded(market.short_name)}:
            groups[name, market.kind, market.place].append(market)
    told = set()
    for markets in groups.values():
        if len(markets) > 1 and not all(m.known for m in markets) and (ids := _ids(markets)) not in told:
            told.add(ids)
            message = f"{ids} are all called {min(m.name for m in markets)}: is it one market under several ids?"
            yield Finding(f"{markets[-1].pointer}/id", message, {"ids": ids})


def same_figures(view: View, limits: Limits) -> Iterator[Finding]:
    """Markets with one and the same level, to the last decimal: a line of the feed doubled, or shifted."""
    groups: dict[float, list[Market]] = {}
    for market in view.snapshot.markets:
        if market.level is not None:
            groups.setdefault(market.level, []).append(market)
    for level, markets in groups.items():
        if len(markets) > 1 and digits(level) >= limits.number("digits"):
            ids = _ids(markets)
            message = f"{ids} all stand at {figure(level)}: is it the figure of one of them?"
            yield Finding(f"{markets[-1].pointer}/level", message, {"ids": ids, "level": level})


def same_share(view: View, limits: Limits) -> Iterator[Finding]:
    """One share on two entries: a company's ticker on two exchanges of one place."""
    exchanges = view.reference.exchanges
    for stocks in _companies(view):
        groups: dict[tuple[str, str], list[Stock]] = defaultdict(list)
        for stock in stocks:  # two classes of share (GOOG, GOOGL) are two shares
            groups[stock.ticker, exchanges[stock.exchange].place].append(stock)
        for group in groups.values():
            if len(group) > 1:
                message = f"{_ids(group)} are one share of {min(s.name for s in group)}, sent more than once"
                yield Finding(group[-1].pointer, message, {"ids": _ids(group)})


def twin_listing(view: View, limits: Limits) -> Iterator[Finding]:
    """A company listed in two places, as by depositary receipts: two moves of one company."""
    exchanges = view.reference.exchanges
    for stocks in _companies(view):
        if len({exchanges[stock.exchange].place for stock in stocks}) > 1:
            message = f"{_ids(stocks)} are listings of one company, {min(s.name for s in stocks)}"
            yield Finding(stocks[-1].pointer, message, {"ids": _ids(stocks)})


def _companies(view: View) -> Iterator[list[Stock]]:
    """The stocks of each company that has more than one."""
    groups: dict[str, list[Stock]] = {}
    for stock in view.snapshot.stocks:
        groups.setdefault(_company(stock.name), []).append(stock)
    return (stocks for stocks in groups.values() if len(stocks) > 1)


def _ids(items: Sequence[Market | Stock]) -> str:
    ids = sorted(item.id for item in items)
    return f"{', '.join(ids[:-1])} and {ids[-1]}"


@lru_cache(maxsize=4096)
def _company(name: str) -> str:
    return _folded(short_company_name(name))


def _folded(name: str) -> str:
    """A name without case, space or punctuation."""
    return "".join(char for char in name.casefold() if char.isalnum()) or name
