"""Names in a text: every market, place and region that the reference data know, and what this snapshot names."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Final, NamedTuple

from wrapgen.check.lex import words_of
from wrapgen.check.words import Vocabulary
from wrapgen.intake.reference import Reference
from wrapgen.intake.snapshot import Snapshot

# What a firm's name may go without.
_LEGAL: Final = frozenset((
    "corp", "corporation", "inc", "incorporated", "co", "company", "ltd", "limited", "plc", "ag", "sa", "se", "nv",
    "bv", "spa", "ab", "asa", "oyj", "kk", "llc", "lp", "gmbh", "kgaa", "bhd", "berhad", "tbk", "pte", "pty", "pcl",
    "jsc", "pjsc", "sab", "group", "holding", "holdings", ".", ",", "s.a.", "n.v.", "s.p.a.", "a/s", "&", "sae",
    "pt",
))  # fmt: skip
# What a sector's name may go without, or with.
_SHARES: Final = frozenset(["shares", "stocks", "sector", "sectors", "companies", "names"])
Reading = tuple[str, str]  # kind and id


class Name:
    """A way to write something: its words, what it may mean, whether it is written with a capital.

    ``capital`` is the first word itself where it is spelled with one inside, eBay: it is no other word in small
    letters. ``tail`` are its words from the third on.
    """

    __slots__ = ("words", "meanings", "capital", "size", "tail")

    def __init__(self, words: tuple[str, ...], meanings: tuple[Reading, ...], capital: bool | str) -> None:
        self.words = words
        self.meanings = meanings
        self.capital = capital
        self.size = len(words)
        self.tail = list(words[2:])


class Names(NamedTuple):
    """The names that begin with one word: that word alone, and longer ones by their second, longest first."""

    alone: Name | None
    longer: dict[str, tuple[Name, ...]]


Trie = dict[str, Names]
Found = dict[tuple[str, ...], tuple[list[Reading], bool | str]]
Way = tuple[tuple[str, ...], str, str, bool | str]  # words, kind and id, whether it is written with a capital


def reference_names(reference: Reference, vocabulary: Vocabulary) -> Trie:
    """Every name of the reference data and of ``names.yaml``, by first word, longest first."""
    found: Found = {}
    for market in reference.markets.values():
        for text in {market.name, market.short, market.headline}:
            for way in _ways_of_index(text) if market.kind == "index" else (text,):
                _add(found, way, "market", market.id)
            if text.startswith("yield on the "):  # behind another: "and that on the 30-year bond"
                _add(found, f"that {text[6:]}", "market", market.id)
        if market.group:
            _add(found, market.group, "place", market.place or "")
        if market.against:
            _add(found, market.against, "side", market.against)
    for place in reference.places.values():
        for name in {place.name, place.adjective, place.city, place.demonym_stocks}:
            if name:
                _add(found, name, "place", place.id)
    for region in reference.regions.values():
        for name in (region.name.removeprefix("the "), region.adjective):
            _add(found, name, "region", region.id)
    for of, ident, ways in vocabulary.names:
        for way in ways:
            _add(found, way, of, ident)
    return _trie(found)


Ways = dict[str, list[Way]]


def snapshot_names(snapshot: Snapshot, base: Trie, vocabulary: Vocabulary, reference: Reference) -> Ways:
    """What this snapshot adds: companies with their symbols, sectors, markets that the reference data do not know.

    By first word; `own_names` makes names of it, once a text has that word.
    """
    ways: dict[str, list[Way]] = {}
    for market in snapshot.markets:
        ref = reference.markets.get(market.id)
        if ref is None or market.name != ref.name or market.short_name != ref.short:
            for name in {market.name, market.short_name}:
                for way in _ways_of_index(name):
                    _keep(ways, words_of(way), "market", market.id, not way[0].islower())
    firsts: dict[str, set[str]] = {}
    for stock in snapshot.stocks:
        for own in _ways_of_stock(stock.id, stock.name, stock.short_name, stock.symbol, stock.exchange, stock.ticker):
            words, kind = own[0], own[1]
            ways.setdefault(words[0], []).append(own)
            if kind == "stock":
                firsts.setdefault(words[0], set()).add(stock.id)
    sectors = {word for sector in snapshot.sectors for word in words_of(sector.name)}
    for first, owners in firsts.items():
        # The first word of a name stands for it where no other company has it and it means nothing else.
        usual = first in vocabulary.single or first in vocabulary.phrases or first in base or first in sectors
        if len(owners) == 1 and len(first) > 2 and not usual:
            _keep(ways, (first,), "stock", next(iter(owners)), True)
    for number, sector in enumerate(snapshot.sectors):
        ident = str(number)
        for words in _ways_of_sector(sector.name):
            _keep(ways, words, "sector", ident, False)
    return ways


# The same companies and sectors are in the news day after day.
@functools.lru_cache(maxsize=4096)
def own_names(ways: tuple[Way, ...]) -> Names:
    """The names of one first word: companies also without what their names may go without."""
    found: Found = {}
    first = ""
    for words, kind, ident, capital in ways:
        first = words[0]
        _put(found, words, kind, ident, capital)
        if kind == "stock":
            while len(words) > 1 and words[-1] in _LEGAL:
                words = words[:-1]
                _put(found, words, kind, ident, capital)
            for end in range(2, len(words)):
                _put(found, words[:end], kind, ident, capital)
    return _trie(found)[first]


def _keep(ways: dict[str, list[Way]], words: tuple[str, ...], kind: str, ident: str, capital: bool | str) -> None:
    ways.setdefault(words[0], []).append((words, kind, ident, capital))


def _add(found: Found, text: str, kind: str, ident: str) -> None:
    _put(found, words_of(text), kind, ident, not text[0].islower())


def _spelled(text: str) -> bool | str:
    """Whether a name is written with a capital; its first word where the capital stands inside."""
    if text[0].isupper():
        return True
    first = text.split()[0] if text.split() else text
    return first if first[:1].islower() and not first.islower() else not text[0].islower()


def _put(found: Found, words: tuple[str, ...], kind: str, ident: str, capital: bool | str) -> None:
    known = found.get(words)
    if known is None:
        found[words] = ([(kind, ident)], capital)
    elif (kind, ident) not in known[0]:
        known[0].append((kind, ident))


def _trie(found: Found) -> Trie:
    alone: dict[str, Name] = {}
    longer: dict[str, dict[str, list[Name]]] = {}
    for words, (meanings, capital) in found.items():
        name = Name(words, tuple(meanings), capital)
        if len(words) == 1:
            alone[words[0]] = name
        else:
            longer.setdefault(words[0], {}).setdefault(words[1], []).append(name)
    trie: dict[str, Names] = {first: Names(name, {}) for first, name in alone.items()}
    for first, seconds in longer.items():
        for names in seconds.values():
            if len(names) > 1:
                names.sort(key=_by_size)
        trie[first] = Names(alone.get(first), {second: tuple(names) for second, names in seconds.items()})
    return trie


def _by_size(name: Name) -> int:
    return -name.size


def _ways_of_index(name: str) -> Iterable[str]:
    yield name
    shorter = name
    if name.endswith((" Index", " index")):
        shorter = name[:-6]
        yield shorter
    else:
        yield f"{name} index"
    if "/" in name:
        yield shorter.partition("/")[2]
        yield shorter.partition("/")[2] + " index"


@functools.lru_cache(maxsize=4096)
def _ways_of_stock(id: str, name: str, short_name: str, symbol: str, exchange: str, ticker: str) -> tuple[Way, ...]:
    """A company's names and symbols."""
    names = [(words_of(text), "stock", id, _spelled(text)) for text in dict.fromkeys((name, short_name))]
    symbols = [(words_of(text), "ticker", id, False) for text in (symbol, f"{exchange}:{ticker}")]
    return (*names, *symbols)


@functools.lru_cache(maxsize=4096)
def _ways_of_sector(name: str) -> tuple[tuple[str, ...], ...]:
    """A sector's name with and without *shares*; technology is also tech, alone and within a longer name."""
    words = words_of(name)
    ways = [words]
    if len(words) > 1 and words[-1] in _SHARES:
        ways.append(words[:-1])
    if "technology" in words:
        short = tuple(["tech" if word == "technology" else word for word in words])
        ways.append(short)
        if len(short) == 2:
            ways.append((short[0], "-", short[1]))
    last = words[-1]
    if last.endswith("s") and len(last) > 3:
        ways.append((*words[:-1], last[:-1]))
    return tuple(ways)
