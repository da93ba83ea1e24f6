"""Markets, their symbols at vendors, what a snapshot from prices holds, and the plans that order them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wrapgen.intake.reference import MarketRef, Reference
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.soundness.reference import is_name, once
from wrapgen.rulepack.soundness.sheets import Sheets, Text, texts_of
from wrapgen.rulepack.yamlfile import Record

MARKETS, SYMBOLS = "reference/markets.yaml", "reference/symbols.yaml"
COMPOSITIONS, PLANS = "reference/compositions.yaml", "plans/layouts.yaml"
_WORD = re.compile(r"[a-z0-9]+")
# What a short name may say that the name does not: what it is, or where.
_FREE = frozenset(
    ("index", "fund", "fx", "u", "s", "yield", "bond", "world", "chip", "futures", "stock", "and", "shares")
)
_TENORS = {"M": "month", "Y": "year"}


def check_markets(sheets: Sheets, pack: RulePack) -> None:
    """A market's names, place, exchange, currency and symbol say one thing."""
    reference = pack.reference
    records = sheets.records(MARKETS)
    names: dict[str, Record] = {}
    for record in records:
        market = reference.markets[record["id"]]
        other = names.setdefault(market.name, record)
        if other is not record and not market.against:
            sheets.refuse(MARKETS, record.line_of("name"), f"name already on line {other.line}:", market.name)
        if not re.fullmatch(r"[A-Z0-9]+(_F)?", market.id):
            sheets.refuse(MARKETS, record.line_of("id"), "an id is capitals and figures, not", market.id)
        _names(sheets, record, market, reference)
        _place(sheets, record, market, reference)
        _yahoo(sheets, record, market, reference)
        _kind(sheets, record, market, reference)
    once(sheets, MARKETS, [r for r in records if "headline" in r], "headline")
    _currencies(sheets, records)


def _names(sheets: Sheets, record: Record, market: MarketRef, reference: Reference) -> None:
    """A short name is made of words of the name."""
    long = set(_WORD.findall(market.name.lower()))
    around = _around(market, reference) if {"short", "headline"} & record.keys() else set()
    for key in ("short", "headline"):
        if key not in record:
            continue
        base = long | set(_WORD.findall(market.short.lower())) if key == "headline" else long
        for word in _WORD.findall(record[key].lower()):
            part = any(word.rstrip("s") in known for known in base if len(known) > 3)
            known = part or word in base | _FREE | around or word[1:] in base or _initials(word, market.name)
            if not known:
                sheets.unknown(MARKETS, record.line_of(key), f"word that {market.name} does not have:", word, base)
        if record[key] == (market.name if key == "short" else market.short):
            sheets.refuse(MARKETS, record.line_of(key), f"{key} says nothing new; leave it out:", record[key])
    if market.kind in ("index", "future") and not is_name(market.name):
        sheets.refuse(MARKETS, record.line_of("name"), "name that is not written as one:", market.name)
    if any(part != part.strip() or "  " in part for part in (market.name, market.short, market.headline)):
        sheets.refuse(MARKETS, record.line_of("name"), "a space too many in", market.name)


def _initials(word: str, name: str) -> bool:
    """Whether a word abbreviates the name: STI, JGB, KLCI."""
    initials = "".join(part[0].lower() for part in re.findall(r"[A-Za-z]+", name))
    return word in initials


def _around(market: MarketRef, reference: Reference) -> set[str]:
    """The words that a name may bring in: the market's id, its place and the other indices there."""
    place = reference.places.get(market.place or "")
    said = [market.id, *((place.name, place.adjective, place.city or "") if place is not None else ())]
    said += [m.name for m in reference.markets.values() if m.place == market.place and m.id != market.id]
    if market.place == "AE":
        said.append("Abu Dhabi")  # of the two cities with an exchange, the one that the place does not name
    return {word for text in said for word in _WORD.findall(text.lower())}


def _place(sheets: Sheets, record: Record, market: MarketRef, reference: Reference) -> None:
    """Sister, underlying and exchange are of its own place."""
    exchange = reference.exchanges.get(market.exchange or "")
    if market.kind == "index" and exchange is not None and exchange.place != market.place and market.place != "EU":
        sheets.refuse(
            MARKETS, record.line_of("exchange"), f"exchange of {exchange.place}, not {market.place}:", exchange.mic
        )
    place = reference.places.get(market.place or "")
    if market.kind == "index" and place is not None and place.exchange is None and exchange is None:
        message = (
            f"no wrap can be of {place.name}, which has no exchange: add that to reference/exchanges.yaml, and its"
        )
        message += " mic to the place in reference/places.yaml, for"
        sheets.refuse(MARKETS, record.line_of("place"), message, market.id)
    if "exchange" in record and market.kind == "index" and place is not None and place.exchange == record["exchange"]:
        sheets.refuse(
            MARKETS, record.line_of("exchange"), "is the main one of its place; leave it out:", record["exchange"]
        )
    sister = reference.markets.get(market.sister or "")
    if sister is not None and (sister.kind, sister.place, sister.region) != (market.kind, market.place, market.region):
        sheets.refuse(
            MARKETS, record.line_of("sister"), f"sister of {market.id} is of another kind or place:", sister.id
        )
    if market.tier == "primary" and (market.kind != "index" or market.place is None):
        sheets.refuse(MARKETS, record.line_of("tier"), "only an index of a place is primary:", market.id)
    if market.kind != "index" and market.tier != "gauge":
        sheets.refuse(MARKETS, record.line_of("tier"), "what is no index is a gauge:", market.id)
    if market.tier == "secondary" and not any(
        other.tier == "primary" and other.place == market.place for other in reference.markets.values()
    ):
        sheets.refuse(
            MARKETS, record.line_of("tier"), f"secondary, and {market.place} has no primary index:", market.id
        )
    if market.tier == "gauge" and market.kind == "index" and market.place not in (None, "EU") and market.article:
        sheets.refuse(MARKETS, record.line_of("tier"), "gauge, though of one place:", market.id)
    if market.group is not None and place is not None and place.name not in market.group:
        sheets.refuse(MARKETS, record.line_of("group"), f"label without the name of {place.name}:", market.group)


def _yahoo(sheets: Sheets, record: Record, market: MarketRef, reference: Reference) -> None:
    """The form of a symbol by kind, and its suffix by exchange."""
    symbol = market.yahoo
    if symbol is None:
        return
    line = record.line_of("yahoo")
    forms = {
        "index": r"\^[A-Z0-9.]+|[A-Z0-9]+\.[A-Z]{2}|X?[A-Z]{2,4}",
        "future": r"[A-Z]+=F",
        "commodity": r"[A-Z]{2}=F",
        "fx": r"[A-Z]{3}(?:[A-Z]{3})?=X|DX-Y\.NYB",
        "crypto": rf"{market.id}-USD",
        "yield": r"\^[A-Z]{3}",
        "volatility": rf"\^{market.id}",
    }
    if not re.fullmatch(forms[market.kind], symbol):
        sheets.refuse(MARKETS, line, f"no symbol of a market of kind {market.kind}:", symbol)
    if market.kind == "fx" and symbol.endswith("=X"):
        right = (f"{market.id}=X", f"{market.id[3:]}=X" if market.id.startswith("USD") else "")
        if symbol not in right:
            sheets.unknown(MARKETS, line, f"symbol of {market.id} is not", symbol, [each for each in right if each])
    suffix = re.search(r"\.[A-Z]{2}$", symbol)
    exchange = reference.exchanges.get(market.exchange or "")
    suffixes = {r["mic"]: r.get("yahoo") for r in sheets.part(SYMBOLS, "exchanges")}
    if suffix and exchange is not None:
        known = suffixes.get(exchange.mic)
        if known and suffix[0] != known:
            sheets.unknown(MARKETS, line, f"suffix that {SYMBOLS} does not give {exchange.mic}:", symbol, (known,))


def _kind(sheets: Sheets, record: Record, market: MarketRef, reference: Reference) -> None:
    """What the kind asks of a record."""
    if market.kind == "fx" and market.against is not None:
        base, quote = market.id[:3], market.id[3:]
        if market.currency != quote or base == quote or not re.fullmatch(r"[A-Z]{6}", market.id):
            sheets.refuse(
                MARKETS, record.line_of("currency"), f"currency of {market.id} is {quote}, not", market.currency
            )
    elif market.kind == "fx" and market.region == "global":
        sheets.refuse(MARKETS, record.line, "a currency pair needs against:", market.id)
    if not 0 <= market.decimals <= 4:
        sheets.refuse(MARKETS, record.line_of("decimals"), "0 to 4 decimals, not", market.decimals)
    if "decimals" in record and market.decimals == (4 if market.kind == "fx" else 2):
        sheets.refuse(MARKETS, record.line_of("decimals"), f"usual for {market.kind}; leave it out:", market.decimals)
    usual = {"article": market.kind in ("index", "fx", "yield", "volatility"), "plural": market.kind == "future"}
    for key, value in usual.items():
        if key in record and record[key] is value and not market.name.endswith("Average"):
            sheets.refuse(MARKETS, record.line_of(key), f"usual for {market.kind}; leave it out:", key)
    if market.kind == "future":
        _future(sheets, record, market, reference)
    elif market.underlying is not None:
        sheets.refuse(MARKETS, record.line_of("underlying"), "only a future has an underlying:", market.id)
    if (market.kind == "future") is not market.id.endswith("_F"):
        sheets.refuse(MARKETS, record.line_of("id"), "the id of a future, and of nothing else, ends in _F:", market.id)
    tenor = re.search(r"(\d+)([MY]?)$", market.id)
    if market.kind == "yield" and tenor is not None:
        words = f"{tenor[1]}-{_TENORS.get(tenor[2], 'year')}"
        if any(words not in name for name in (market.name, market.short)):
            sheets.refuse(MARKETS, record.line_of("name"), f"names of {market.id} must say {words}:", market.name)
    if market.sector is not None and any(
        set(_WORD.findall(market.sector)) - {"and"} - set(_WORD.findall(name.lower()))
        for name in (market.name, market.short)
    ):
        sheets.refuse(MARKETS, record.line_of("sector"), f"sector that {market.name} does not name:", market.sector)
    if ("Sector" in market.name or "fund" in market.short) and market.sector is None:
        sheets.refuse(MARKETS, record.line, "a sector fund without its sector:", market.id)


def _future(sheets: Sheets, record: Record, market: MarketRef, reference: Reference) -> None:
    if not all(name.endswith("futures") for name in (market.name, market.short, market.headline)):
        sheets.refuse(MARKETS, record.line_of("name"), "names of a future end in futures:", market.name)
    under = reference.markets.get(market.underlying or "")
    if under is None:
        return
    if under.kind != "index" or under.place != market.place:
        sheets.refuse(MARKETS, record.line_of("underlying"), "no index of its own place:", under.id)
    names = {name for name in (under.name, under.short)}
    stem = market.name.removesuffix(" futures")
    if stem not in names and not any(stem in name for name in names):
        sheets.unknown(MARKETS, record.line_of("name"), f"no future of {under.name}:", market.name, names)
    own = market.id.removesuffix("_F")
    if own in reference.markets and own != under.id:
        sheets.refuse(MARKETS, record.line_of("underlying"), f"underlying of {market.id} is {own}, not", under.id)


def _currencies(sheets: Sheets, records: Iterable[Record]) -> None:
    """One currency has one name in all of its pairs: the last word of it, at least."""
    seen: dict[str, tuple[str, Record]] = {}
    for record in records:
        if record["kind"] != "fx" or "against" not in record:
            continue
        for code, key in ((record["id"][:3], "name"), (record["id"][3:], "against")):
            word = str(record[key]).split()[-1]
            said, other = seen.setdefault(code, (word, record))
            if said != word:
                message = f"{code} is called {said} on line {other.line}, not"
                sheets.refuse(MARKETS, record.line_of(key), message, word)
                sheets.refuse(MARKETS, other.line, f"{code} is called {word} on line {record.line}, not", said)


def check_symbols(sheets: Sheets, pack: RulePack) -> None:
    """Known markets and exchanges, in the order of their files; one meaning a symbol; like suffixes alike."""
    reference = pack.reference
    seen: dict[tuple[str, str], int] = {}
    for record in sheets.part(SYMBOLS, "markets"):
        market = record["market"]
        if market not in reference.markets:
            sheets.unknown(SYMBOLS, record.line_of("market"), "no market has the id", market, reference.markets)
            continue
        if len(record) == 1:
            sheets.refuse(SYMBOLS, record.line, "no vendor's symbol of", market)
        for vendor in (key for key in record if key != "market"):
            for text in texts_of(record, vendor):
                _once_of(sheets, seen, vendor, text)
                _symbol(sheets, vendor, text, reference.markets[market])
    listed = [record["market"] for record in sheets.part(SYMBOLS, "markets") if record["market"] in reference.markets]
    for market_id in listed:
        if listed.count(market_id) > 1:
            sheets.refuse(SYMBOLS, 0, "market that stands there twice", market_id)
    by_mic = {record["mic"]: record for record in sheets.part(SYMBOLS, "exchanges")}
    for mic, record in by_mic.items():
        if mic not in reference.exchanges:
            sheets.unknown(SYMBOLS, record.line_of("mic"), "no exchange has the code", mic, reference.exchanges)
            continue
        for vendor in (key for key in record if key != "mic"):
            suffix = record[vendor]
            if suffix and not re.fullmatch(r"\.[A-Z]{1,6}", suffix):
                sheets.refuse(SYMBOLS, record.line_of(vendor), "a suffix is a stop and capitals:", suffix)
            for other_mic, other in by_mic.items():
                same = other.get(vendor) == suffix and other_mic != mic and other_mic in reference.exchanges
                if same and reference.exchanges[other_mic].place != reference.exchanges[mic].place:
                    sheets.refuse(
                        SYMBOLS, record.line_of(vendor), f"suffix of {other_mic} (line {other.line}) too:", suffix
                    )
    for mic in sorted(reference.exchanges.keys() - by_mic.keys()):
        before = [record.line for name, record in by_mic.items() if name < mic]
        at = max(before, default=sheets.files[SYMBOLS].line_of("exchanges"))
        sheets.refuse(SYMBOLS, at, "after this line one is missing, if only {mic: ...}, of the exchange", mic)
    vendors = {record["id"]: record for record in sheets.part(SYMBOLS, "vendors")}
    for record in vendors.values():
        for kind in (key for key in record if key not in ("id", "like")):
            filled = re.sub(r"\{(id|yahoo)\}", "X", str(record[kind]))
            if "{" in filled or "}" in filled or not re.fullmatch(r"(?:[A-Z]+:)?X(?:[A-Z.-]*)", filled):
                sheets.refuse(
                    SYMBOLS, record.line_of(kind), "names a market as [PREFIX:]{id}[SUFFIX], not", record[kind]
                )


def _once_of(sheets: Sheets, seen: dict[tuple[str, str], int], vendor: str, text: Text) -> None:
    at = seen.setdefault((vendor, text.text), text.line)
    if at != text.line:
        sheets.refuse(SYMBOLS, text.line, f"symbol of {vendor} already on line {at}:", text.text)


def _symbol(sheets: Sheets, vendor: str, text: Text, market: MarketRef) -> None:
    """The form of a vendor's symbol, and the id or its Yahoo symbol in it where it stands there."""
    forms = {
        "polygon": r"(?:[CIX]:)?[A-Z0-9]+",
        "alphavantage": r"[A-Z]+",
        "fmp": r"[A-Z]+USD",
        "eodhd": r"[A-Z0-9]+\.(?:INDX|COMM|FOREX|GBOND|US|SHG|SHE|CC)",
        "finnhub": r"OANDA:[A-Z]{3}_[A-Z]{3}",
    }
    if vendor in forms and not re.fullmatch(forms[vendor], text.text):
        sheets.refuse(SYMBOLS, text.line, f"no symbol as {vendor} writes them:", text.text)
    core = re.sub(r"^[A-Z]+:|\.[A-Z]+$|_|USD$", "", text.text)
    if market.sector is not None or market.kind == "fx":
        right = {market.id, market.id.removesuffix("USD")}
        if core not in right:
            sheets.unknown(SYMBOLS, text.line, f"no symbol of {market.id}:", text.text, right)
    if market.kind == "yield" and market.id[:2] in ("US",) and core != market.id:
        sheets.unknown(SYMBOLS, text.line, f"no symbol of {market.id}:", text.text, (f"{market.id}.GBOND",))
    if market.kind == "yield" and core[-3:-1] != "10" and market.id.endswith("10"):
        sheets.refuse(SYMBOLS, text.line, "no ten-year yield:", text.text)
    stem = re.sub(r"\D", "", market.yahoo or "")
    if market.place == "CN" and stem not in text.text and not text.text.startswith(market.id):
        sheets.unknown(SYMBOLS, text.line, f"no symbol of {market.id}:", text.text, (stem,))
    contract = (market.yahoo or "").removesuffix("=F") if market.kind in ("commodity", "future") else ""
    if contract and vendor in ("fmp", "eodhd") and contract[:2] != core[:2] and not core.startswith("X"):
        sheets.unknown(SYMBOLS, text.line, f"no symbol of {market.id}:", text.text, (contract,))


def check_compositions(sheets: Sheets, pack: RulePack) -> None:
    """Known markets, each once, in the part that its kind belongs in; a country's main indices are its own."""
    reference = pack.reference
    seen: dict[str, int] = {}
    for record in sheets.records(COMPOSITIONS):
        region = record["region"]
        if region in seen:
            sheets.refuse(COMPOSITIONS, record.line, f"region already on line {seen[region]}:", region)
        seen[region] = record.line
        listed: dict[str, str] = {}
        for part in ("main", "backdrop", "context", "futures"):
            for ident, line in texts_of(record, part):
                market = reference.markets.get(ident)
                if market is None:
                    sheets.unknown(COMPOSITIONS, line, "no market has the id", ident, reference.markets)
                    continue
                if ident in listed:
                    sheets.refuse(COMPOSITIONS, line, f"stands under {listed[ident]} too:", ident)
                listed[ident] = part
                if part in ("main", "backdrop") and market.kind != "index":
                    sheets.refuse(COMPOSITIONS, line, f"only an index is {part}, not", ident)
                if (part == "futures") and market.kind != "future":
                    sheets.refuse(COMPOSITIONS, line, "no future:", ident)
                if part == "backdrop" and market.place != "US":
                    sheets.refuse(COMPOSITIONS, line, "no index of Wall Street:", ident)
                own = reference.region(region)
                if part == "main" and own is not None and market.place not in (*own.places, "EU"):
                    sheets.refuse(COMPOSITIONS, line, f"no index of {region}:", ident)
        for ident, _ in texts_of(record, "futures"):
            market = reference.markets.get(ident)
            if market is not None and market.underlying and market.underlying not in listed and region != "us":
                line = record.line_of("futures")
                sheets.refuse(COMPOSITIONS, line, f"future of {market.underlying}, which is not there:", ident)
        _complete(sheets, record, reference)


# Where Wall Street's session is the region's own, or part of it.
_AMERICAN = ("us", "americas", "global")


def _complete(sheets: Sheets, record: Record, reference: Reference) -> None:
    """What a wrap is not without: what stands around it, Wall Street the night before, and a region's own indices."""
    region = record["region"]
    own = reference.region(region)
    places = (reference.places[place].region for place in (own.places if own is not None else ()) if place)
    american = region in _AMERICAN or bool(set(places) & set(_AMERICAN))
    needed = ["context", *(() if american else ("backdrop",)), *(("main",) if region in reference.regions else ())]
    for part in needed:
        if part not in record:
            sheets.refuse(COMPOSITIONS, record.line, f"no {part} of", region)


def check_plans(sheets: Sheets, pack: RulePack) -> None:
    """Places and markets that are known, each once; sections once."""
    known = (*pack.reference.places, *pack.reference.markets)
    for record in sheets.records(PLANS):
        for key in ("elsewhere_order", "gauges", "neighbours", "sections", "layouts"):
            seen: set[str] = set()
            for text in texts_of(record, key):
                if text.text in seen:
                    sheets.refuse(PLANS, text.line, f"stands twice in {key}:", text.text)
                seen.add(text.text)
                for part in text.text.split() if key in ("elsewhere_order", "gauges", "neighbours") else ():
                    allowed = pack.reference.places if key == "neighbours" else known
                    if part not in allowed:
                        sheets.unknown(PLANS, text.line, f"no place or market of {key} is called", part, allowed)
                market = pack.reference.markets.get(text.text)
                if key == "gauges" and market is not None and market.tier != "gauge":
                    sheets.refuse(PLANS, text.line, "no gauge:", text.text)
        for needed in ("scores", "movers", "context", "closed", "ahead"):
            if needed not in record["sections"]:
                sheets.refuse(PLANS, record.line_of("sections"), "every plan has the section", needed)
