"""Words: spelling, countries, names and what stands for them, tickers, verbs that the house bars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wrapgen.house.page import Page
from wrapgen.house.types import Departure

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])|(?<=s)['’](?=\s+[^\W\d_])")
_TICKER = re.compile(r"\(([A-Z][A-Z.]{1,8}): ?([A-Z0-9][A-Z0-9./-]{0,9})\)")
_COUNTRY = {
    "us": re.compile(r"(?<![\w.])(?:U\.S\.(?!A)|U\.S(?![\w.])|US(?![\w$]))"),
    "uk": re.compile(r"(?<![\w.])(?:U\.K\.|U\.K(?![\w.])|UK(?!\w))"),
}
_LEGAL = r"(?:Corporation|Corp|Incorporated|Inc|Limited|Ltd|PLC|plc|SpA|AG|SA|NV|SE)"
_FIRM = re.compile(rf"(?:[A-Z][\w&’'.-]*\s+)+{_LEGAL}\b\.?")
_STAND_INS = {
    "the_company": re.compile(r"\b[Tt]he company\b"),
    "the_index": re.compile(r"\b[Tt]he index\b(?! of)"),
}


def apostrophe(page: Page) -> Iterator[Departure]:
    for found in _APOSTROPHE.finditer(page.text):
        if found[0] != page.style.apostrophe:
            yield Departure(found.start(), found.end(), "apostrophe", found[0], page.style.apostrophe)


def countries(page: Page) -> Iterator[Departure]:
    for key, pattern in _COUNTRY.items():
        wanted: str = getattr(page.style, key)
        for found in pattern.finditer(page.text):
            if found[0] != wanted:
                yield Departure(found.start(), found.end(), key, found[0], wanted)


def spellings(page: Page) -> Iterator[Departure]:
    """Our spelling of a word where the house has another; not in names, which keep theirs."""
    house = dict(page.style.spellings)
    for block in page.blocks:
        for n, word in enumerate(block.words):
            named = word.text[0].isupper() and n > 0 and not block.heading
            if word.lower in house and not named:
                yield Departure(word.start, word.end, "spellings", word.text, house[word.lower])


def tickers(page: Page) -> Iterator[Departure]:
    """A ticker in a house without; in one with, a ticker in a heading, or given again."""
    given: set[str] = set()
    for found in _TICKER.finditer(page.text):
        symbol = f"{found[1]}:{found[2]}"
        heading = any(block.start <= found.start() < block.end for block in page.headings)
        if not page.style.tickers:
            yield Departure(found.start(), found.end(), "tickers", found[0], "no tickers")
        elif heading or symbol in given:
            wanted = "a ticker at the first mention in the body"
            yield Departure(found.start(), found.end(), "tickers", found[0], wanted)
        given.add(symbol)


def names(page: Page) -> Iterator[Departure]:
    """An index or a company by its full name where the house has the short one, or the other way round.

    The names of indices are known; a company's is full where its legal form is part of it.
    """
    style = page.style
    seen: set[str] = set()
    for mention in page.mentions:
        market = mention.market
        heading = page.blocks[mention.block].heading
        if heading or market.kind != "index" or market.name == market.short or _of_future(page, mention.end):
            continue
        full = mention.text == market.name
        key, wanted = ("later_name", style.later_name) if market.id in seen else ("first_name", style.first_name)
        seen.add(market.id)
        if full and wanted == "short":
            yield Departure(mention.start, mention.end, key, mention.text, market.short)
        elif key == "later_name" and not full and wanted == "full":
            yield Departure(mention.start, mention.end, key, mention.text, market.name)
    for found in _FIRM.finditer(page.text):
        name = found[0].rstrip(".")
        key, wanted = ("later_name", style.later_name) if name in seen else ("first_name", style.first_name)
        seen.add(name)
        if wanted == "short":
            yield Departure(found.start(), found.end(), key, found[0], "the name without its legal form")


def _of_future(page: Page, end: int) -> bool:
    return page.text[end:].lstrip().startswith("futures")


def stand_ins(page: Page) -> Iterator[Departure]:
    for key, pattern in _STAND_INS.items():
        if not getattr(page.style, key):
            for found in pattern.finditer(page.text):
                yield Departure(found.start(), found.end(), key, found[0], "the name")


def first(page: Page) -> Iterator[Departure]:
    """An index of a place that the house tells first, behind another of its region; the lede may tell any."""
    style, places = page.style, page.reference.places
    lede = next((n for n, block in enumerate(page.blocks) if not block.heading), -1)
    before: set[str] = set()
    for mention in page.mentions:
        market = mention.market
        if mention.block <= lede or page.blocks[mention.block].heading or market.kind != "index":
            continue
        place = places.get(market.place or "")
        region = place.region if place is not None else market.region
        if place is None or place.id not in style.first:
            before.add(region)
            continue
        if region in before:
            wanted = f"{place.adjective} indices before others"
            yield Departure(mention.start, mention.end, "first", mention.text, wanted)
        return


def barred_verbs(page: Page) -> Iterator[Departure]:
    """A verb that the house does not use, in any form, and a noun that is the same word."""
    lexicon = page.lexicon
    barred: dict[str, list[tuple[str, str]]] = {}
    for say in page.style.barred_verbs:
        lemma, _, particle = say.partition(" ")
        for form in {lemma, f"{lemma}s", *lexicon.verbs[lemma]}:
            barred.setdefault(form, []).append((particle, say))
    for block in page.blocks:
        for n, word in enumerate(block.words):
            for particle, say in barred.get(word.lower, ()):
                after = block.words[n + 1 : n + 2]
                if not particle or after and after[0].lower == particle:
                    end = after[0].end if particle else word.end
                    found = page.text[word.start : end]
                    yield Departure(word.start, end, "barred_verbs", found, f"another verb than {say}")
                    break
