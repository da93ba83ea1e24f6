"""Errors in what is told of an event: another actor, a deed turned into its contrary."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from tests.check.planted.page import Line, Market, Page, Run, direction
from tests.check.planted.plants import Change, Edit, mutator
from tests.check.planted.world import COMPANIES, outside, place_name

# Who could have done it just as well, as far as the grammar goes.
_ACTORS: tuple[tuple[str, ...], ...] = (
    ("the Federal Reserve", "the European Central Bank", "the Bank of England", "the Bank of Japan", "the Riksbank"),
    ("Federal Reserve", "European Central Bank", "Bank of England", "Riksbank"),
    ("Bank of Korea", "Bank of Thailand", "Bank Indonesia"),
    ("Bank of Japan", "Bank of Canada", "Bank of Mexico"),
    ("Reserve Bank of Australia", "Reserve Bank of New Zealand", "Reserve Bank of India"),
    ("People’s Bank of China", "Monetary Authority of Singapore"),
    ("JPMorgan", "Citigroup", "Deutsche Bank", "Barclays"),
    ("Washington", "Brussels", "Ottawa"),
    ("Beijing", "Ankara", "Jakarta"),
    ("Rome", "Lisbon", "Vienna"),
    ("Donald Trump", "Emmanuel Macron"),
    ("Chinese", "Brazilian", "Turkish"),
    ("China’s", "Brazil’s", "Turkey’s"),
    ("Japan’s", "Canada’s", "Mexico’s"),
    ("Germany’s", "Poland’s", "Portugal’s"),
    ("U.S.", "Canadian", "Mexican"),
    ("European", "African"),
)
_CONTRARY = {
    **{"raised": "cut", "raise": "cut", "raises": "cuts", "cut": "raised", "cuts": "increases", "raising": "cutting"},
    **{"rise": "fall", "fall": "rise", "rising": "falling", "falling": "rising", "fell": "rose", "rose": "fell"},
    **{"buy": "sell", "bought": "sold", "sold": "bought", "sale": "purchase", "purchase": "sale"},
    **{"strong": "weak", "weak": "strong", "stronger": "weaker", "weaker": "stronger", "upbeat": "gloomy"},
    **{"hopes": "fears", "optimism": "pessimism", "worries": "hopes", "fears": "hopes", "loss": "profit"},
    **{"higher": "lower", "lower": "higher", "increase": "decrease", "increases": "decreases", "gains": "losses"},
    **{"worsening": "easing", "escalating": "easing", "easing": "mounting", "continued": "halted"},
    **{"growth": "contraction", "grew": "shrank", "contraction": "expansion", "contracted": "expanded"},
    **{"failure": "success", "agreed": "refused", "launched": "dropped", "launch": "withdrawal", "imposed": "lifted"},
    **{"fastest": "slowest", "recovery": "relapse", "tight": "ample", "upgrade": "downgrade", "downgrade": "upgrade"},
    **{"jump": "slump", "better": "worse", "milder": "harsher", "inflows": "outflows", "approve": "reject"},
    **{"robust": "poor", "delay": "speed up", "restrict": "free", "reopen": "close", "entire": "partial"},
}


def _runs(page: Page) -> Iterator[tuple[Line, Run]]:
    for line in page.lines:
        for run in line.runs:
            if run.pointers and all(p.startswith("/events/") for p in run.pointers):
                yield line, run


@mutator("event name")
def another_actor(page: Page, rng: random.Random) -> Iterator[Edit]:
    """Another country, institution or company than the event's."""
    strangers = outside(page, COMPANIES)
    companies = [n for s in page.snapshot.stocks for n in (s.name, s.short_name)]
    for line, run in _runs(page):
        for actors in _ACTORS:
            found = re.search(rf"(?<![\w.]){re.escape(actors[0])}(?!\w)", run.text)
            fit = [a for a in actors[1:] if a.removeprefix("the ").lower() not in page.data]
            if found and fit:
                at = run.start + found.start()
                yield Edit(line, (Change(at, at + len(actors[0]), rng.choice(fit)),))
                break
        named = [n for n in companies if n and re.search(rf"(?<!\w){re.escape(n)}(?!\w)", run.text)]
        if named and strangers:
            name = max(named, key=len)
            at = run.start + run.text.index(name)
            yield Edit(line, (Change(at, at + len(name), rng.choice(strangers)),))
    yield from _roles_exchanged(page)


@mutator("event word")
def another_deed(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A word that carries the sense of an event turned into its contrary."""
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(_CONTRARY)})(?![\w-])")
    for line, run in _runs(page):
        found = list(pattern.finditer(run.text))
        if found:
            match = rng.choice(found)
            new = _CONTRARY[match[0]]
            yield Edit(line, (Change(run.start + match.start(), run.start + match.end(), new),))


def _roles_exchanged(page: Page) -> Iterator[Edit]:
    """The two parties of a deal, a stake or a ranking change places."""
    for line in page.lines:
        parties = [r for r in line.runs if r.states(r"/events/\d+/who") and r.text[:1].isupper()]
        others = [r for r in line.runs if r.states(r"/events/\d+/(?:target|rival)")]
        for who, other in zip(parties, others, strict=False):
            first, second = who.text.removesuffix("’s"), other.text.removesuffix("’s")
            if first == second or who.pointers[0].split("/")[2] != other.pointers[0].split("/")[2]:
                continue
            yield Edit(
                line,
                (
                    Change(who.start, who.start + len(first), second),
                    Change(other.start, other.start + len(second), first),
                ),
            )


@mutator("closed")
def closed(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A market that traded is said to have been closed, one that was closed to have traded."""
    traded = [m for m in page.main() if direction(m) is not None and m.tier == "primary" and place_name(m)]
    shut = {m.place for m in page.snapshot.markets if m.closed}
    shut |= {str(e.frame.get("place")) for e in page.snapshot.events if e.type == "holiday"}
    fit = [m for m in traded if m.place not in shut and m.place not in ("US", "EU")]
    for line in page.lines:
        match = re.search(r"(?:markets?|Trading)\b.* (was|were) closed", line.text)
        if match and "due to" not in line.text:
            at = line.start + match.start(1)
            yield Edit(line, (Change(at, at + len(match[1]) + len(" closed"), f"{match[1]} open"),))
            places = [r for r in line.runs if isinstance(m := page.subject(r), Market) and r.text == place_name(m)]
            if places and fit:
                run = rng.choice(places)
                yield Edit(line, (Change(run.start, run.end, place_name(rng.choice(fit))),))
    body = [line for line in page.lines if not line.title]
    for market in fit[:3]:
        made = rng.choice(("{}’s market was closed for a holiday.", "Markets in {} were closed.")).format(
            place_name(market)
        )
        line = body[-1]
        yield Edit(line, (Change(line.end, line.end, f" {made}"),))
