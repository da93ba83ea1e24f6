"""Reference data: what one record says twice, or two files say of one thing, must agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from wrapgen.check.lex import figure
from wrapgen.clause import word_set
from wrapgen.rulepack.pack import RulePack
from wrapgen.rulepack.soundness.sheets import Sheets
from wrapgen.rulepack.yamlfile import Record

EXCHANGES, PLACES, REGIONS = "reference/exchanges.yaml", "reference/places.yaml", "reference/regions.yaml"
CURRENCIES = "reference/currencies.yaml"
_MIC = re.compile(r"[A-Z0-9]{4}")
# Every currency in use, but for funds, metals and units of account.
_ISO_4217 = word_set(
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP "
    "CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF "
    "IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB "
    "RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD "
    "UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)
_SHARED_CURRENCIES = ("EUR", "USD", "XOF", "XAF", "XCD", "XPF")  # not named after one country
_CONTINENTS: Mapping[str, tuple[str, ...]] = {
    "asia-pacific": ("Asia", "Australia", "Pacific"),
    "europe": ("Europe", "Atlantic"),
    "us": ("America",),
    "americas": ("America",),
    "middle-east": ("Asia", "Africa"),
    "africa": ("Africa",),
}
# The words that a country's adjective ends in where it is not the name itself.
_ADJECTIVE = re.compile(r"(an|ean|ian|ese|ish|i|ch|ek|ss|ic|ine|tch|er)$")
_NOT_FROM_NAME = ("Dutch", "UAE")
_NAMED = re.compile(r"[A-Za-z0-9&./’'-]+")
_MISCASED = re.compile(r"[a-z][A-Z]{2}|^[A-Z]{2,}[a-z]{2}")
_SMALL_WORDS = frozenset(("of", "the", "and", "on", "index", "futures", "stock", "ex"))


def check_exchanges(sheets: Sheets, pack: RulePack) -> None:
    """Codes that have their form, one name each; clock, currency and calendar that fit the place."""
    records = sheets.records(EXCHANGES)
    once(sheets, EXCHANGES, records, "name")
    places = pack.reference.places
    for record in records:
        mic, place = record["mic"], record["place"]
        if not _MIC.fullmatch(mic):
            sheets.refuse(EXCHANGES, record.line_of("mic"), "no market identifier code (four capitals):", mic)
        if not re.fullmatch(r"[A-Z]+[0-9]?", record["prefix"]):
            sheets.refuse(EXCHANGES, record.line_of("prefix"), "a prefix is capitals:", record["prefix"])
        _capitals(sheets, EXCHANGES, record, "name")
        currency = record["currency"]
        own = currency[:2] == place or currency in _SHARED_CURRENCIES
        if _is_code(sheets, EXCHANGES, record) and not own:
            message = f"no currency of {place} ({place} and a letter, or one that countries share):"
            sheets.refuse(EXCHANGES, record.line_of("currency"), message, currency)
        region = places[place].region
        zones = _CONTINENTS.get(region, ())
        if zones and record["timezone"].split("/")[0] not in zones:
            message = f"no time zone of {region} ({', '.join(zones)}):"
            sheets.refuse(EXCHANGES, record.line_of("timezone"), message, record["timezone"])
        if not _is_zone(record["timezone"]):
            sheets.refuse(EXCHANGES, record.line_of("timezone"), "no time zone:", record["timezone"])
    _alike(sheets, records)
    prefixes: dict[str, Record] = {}
    for record in [record for record in records if not _trades_contracts(record)]:  # which no company is listed on
        other = prefixes.setdefault(record["prefix"], record)
        if other["place"] != record["place"]:
            message = f"prefix already that of an exchange of {other['place']} on line {other.line}:"
            sheets.refuse(EXCHANGES, record.line_of("prefix"), message, record["prefix"])


def check_currencies(sheets: Sheets, pack: RulePack) -> None:
    """Codes that there are, symbols that the claim checker reads, no symbol or word of two currencies."""
    records = sheets.records(CURRENCIES)
    for key in ("symbol", "word"):
        once(sheets, CURRENCIES, records, key)
    for record in records:
        _is_code(sheets, CURRENCIES, record)
        symbol = record.get("symbol")
        if symbol is not None and getattr(figure(f"{symbol}5".lower()), "currency", "") != symbol:
            message = "symbol that the claim checker does not read; say it as a word:"
            sheets.refuse(CURRENCIES, record.line_of("symbol"), message, symbol)


def _is_code(sheets: Sheets, file: str, record: Record) -> bool:
    currency = record["currency"]
    if currency not in _ISO_4217:
        message = "no currency code of ISO 4217:"
        sheets.unknown(file, record.line_of("currency"), message, currency, sorted(_ISO_4217))
    return currency in _ISO_4217


def _trades_contracts(record: Record) -> bool:
    return record.get("calendar") in ("CMES", "IEPA", "XNYS")


def _alike(sheets: Sheets, records: list[Record]) -> None:
    """Exchanges of one place have one currency and one clock, but for those where contracts are traded."""
    by_place: dict[str, list[Record]] = {}
    for record in records:
        by_place.setdefault(record["place"], []).append(record)
    for place, found in by_place.items():
        for key in ("currency", "timezone"):
            values = [record[key] for record in found]
            usual = max(values, key=values.count)
            for record in found:
                if record[key] != usual and not _trades_contracts(record) and values.count(usual) > 1:
                    sheets.refuse(EXCHANGES, record.line_of(key), f"{key} of {place} is {usual}, not", record[key])
    calendars = {record.get("calendar"): record for record in records if record.get("calendar") == record["mic"]}
    for record in records:
        calendar = record.get("calendar")
        owner = calendars.get(calendar)
        if calendar is not None and owner is not None and owner["place"] != record["place"]:
            message = f"calendar of {owner['place']} (line {owner.line}) for an exchange of {record['place']}:"
            sheets.refuse(EXCHANGES, record.line_of("calendar"), message, calendar)
        listed = any(other.get("calendar") == record["mic"] for other in records)
        if listed and calendar != record["mic"]:
            message = "has a calendar of its own, which others follow, and not"
            sheets.refuse(EXCHANGES, record.line_of("calendar"), message, calendar)


def check_places(sheets: Sheets, pack: RulePack) -> None:
    """Possessives and adjectives made of the name, the city where the exchange is, the region of its clock."""
    exchanges = pack.reference.exchanges
    records = sheets.records(PLACES)
    once(sheets, PLACES, records, "name")
    regions: dict[str, int] = {}
    for record in records:
        name, possessive = record["name"], record.get("possessive")
        regions[record["region"]] = regions.get(record["region"], 0) + 1
        article = "the " if record.get("article") is True else ""
        right = f"{article}{name}’" if name.endswith("s") else f"{article}{name}’s"
        if possessive is not None and possessive != right:
            sheets.unknown(PLACES, record.line_of("possessive"), f"possessive of {name} is not", possessive, (right,))
        if possessive is None and not article:
            sheets.refuse(PLACES, record.line_of("possessive"), "only a name with an article has none:", name)
        if not re.fullmatch(r"[A-Z]{2}", record["id"]):
            sheets.refuse(PLACES, record.line_of("id"), "an id is two capitals, not", record["id"])
        for key in ("name", "adjective", "city"):
            _capitals(sheets, PLACES, record, key)
        _adjective(sheets, record)
        exchange = exchanges.get(record.get("exchange") or "")
        if exchange is not None and exchange.place != record["id"] and record["id"] != "EU":
            message = f"exchange of {exchange.place}, not of {record['id']}:"
            sheets.refuse(PLACES, record.line_of("exchange"), message, exchange.mic)
        if exchange is not None and record.get("city") is not None:
            _city(sheets, record, [e for e in exchanges.values() if e.place == record["id"]])
        if exchange is None and any(e.place == record["id"] for e in exchanges.values()):
            sheets.refuse(PLACES, record.line, "has an exchange, which is not named here:", name)


def _adjective(sheets: Sheets, record: Record) -> None:
    adjective, name = record["adjective"], record["name"]
    line = record.line_of("adjective")
    if adjective in (name, *_NOT_FROM_NAME):
        return
    last, of = adjective.split()[-1], name.split()[-1 if " " in adjective else 0]
    if last[:2].lower() != of[:2].lower() and last[0] + last[2:3] != of[0] + of[2:3]:
        sheets.refuse(PLACES, line, f"adjective that does not begin as {name} does:", adjective)
    shared = next((n for n, (a, b) in enumerate(zip(last, of, strict=False)) if a != b), min(len(last), len(of)))
    if len(last) - shared > 5 or not _ADJECTIVE.search(last) and not of.startswith(last):
        sheets.refuse(PLACES, line, f"no adjective of {name}:", adjective)


def _city(sheets: Sheets, record: Record, exchanges: Iterable[object]) -> None:
    """The city is in the name or the clock of one of its exchanges."""
    city = record["city"]
    said = " ".join(f"{getattr(e, 'name', '')} {getattr(e, 'timezone', '')}" for e in exchanges)
    said += f" {record['name']}"
    if city.replace(" ", "_") not in said and city not in said and city not in OTHER_CITIES:
        sheets.refuse(PLACES, record.line_of("city"), "city that no exchange of the place has in its name:", city)


# Where the exchange is called after the country, and its clock after another city.
OTHER_CITIES = frozenset(("Mumbai", "Wellington", "Ho Chi Minh City", "Kuwait City", "Doha"))


def check_regions(sheets: Sheets, pack: RulePack) -> None:
    """The clock and the days of a region are those of one of its exchanges."""
    exchanges = pack.reference.exchanges.values()
    for record in sheets.records(REGIONS):
        _capitals(sheets, REGIONS, record, "adjective", lower=record["id"] == "global")
        for key in ("timezone", "calendar"):
            known = {getattr(exchange, key) for exchange in exchanges} | {"UTC"}
            if record[key] not in known:
                sheets.unknown(
                    REGIONS, record.line_of(key), f"{key} of no exchange", record[key], sorted(known - {None})
                )
        name = record["name"].removeprefix("the ")
        if record["id"] != "global" and record["adjective"][:2] != name[:2]:
            message = f"adjective that does not begin as {name} does:"
            sheets.refuse(REGIONS, record.line_of("adjective"), message, record["adjective"])
        places = {place.name: place.adjective for place in pack.reference.places.values()}
        if name in places and places[name] != record["adjective"]:
            message = f"adjective of {name} in {PLACES} is {places[name]}, not"
            sheets.refuse(REGIONS, record.line_of("adjective"), message, record["adjective"])


def once(sheets: Sheets, file: str, records: Iterable[Record], key: str) -> None:
    seen: dict[str, int] = {}
    for record in records:
        value = record.get(key)
        if value is None:
            continue
        if value in seen:
            sheets.refuse(file, record.line_of(key), f"{key} already on line {seen[value]}:", value)
        seen[value] = record.line


def _capitals(sheets: Sheets, file: str, record: Record, key: str, lower: bool = False) -> None:
    """A name is words with capitals, of letters and figures, with single spaces between."""
    value = record.get(key)
    if value is not None and not is_name(value, lower):
        sheets.refuse(file, record.line_of(key), f"{key} that is not written as a name:", value)


def is_name(text: str, lower: bool = False) -> bool:
    """Whether it is words with capitals; ``lower``: or small letters."""
    words = text.split()
    odd = [w for w in words if not _NAMED.fullmatch(w) or _MISCASED.search(w)]
    small = [w for w in words if w[0].islower() and w not in _SMALL_WORDS and not w[1:2].isupper()]  # but iShares
    return " ".join(words) == text and not odd and (lower or not small)


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):
        return False
