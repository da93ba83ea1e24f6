"""Things outside a snapshot, to be told as if they were in it: companies, markets, events, views."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import wrapgen
from tests.check.planted.page import Market, Page

COMPANIES = (
    *("Orsted Maritime", "Kestrel Biotech", "Nakagawa Steel", "Bluefin Robotics", "Halvorsen Shipping", "Tata Motors"),
    *("Vestas", "Petrobras", "Carrefour", "Ryanair", "Pernod Ricard", "Kia", "Bridgestone", "Lenovo", "Boeing"),
)
SECTORS = ("airlines", "tobacco", "shipping companies", "hotels", "chemicals", "food producers", "telecoms")
MARKETS: dict[str, tuple[str, ...]] = {
    "index": ("Vietnam’s VN-Index", "Chile’s IPSA", "Norway’s OBX", "Egypt’s EGX 30", "Greece’s Athens General"),
    "future": ("FTSE MIB futures", "Kospi 200 futures", "IBEX futures"),
    "fx": ("the Mexican peso", "the Norwegian krone", "the Turkish lira", "the Polish zloty"),
    "commodity": ("palladium", "wheat", "natural gas", "platinum", "soybeans"),
    "crypto": ("Solana", "XRP", "Dogecoin"),
}
# What did not happen: (what stands after "after", after "amid", the words that must not be in the data).
EVENTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("a magnitude-6 earthquake struck the capital", "fears of another earthquake", ("earthquake",)),
    ("the finance minister resigned", "the finance minister’s resignation", ("finance minister",)),
    ("OPEC agreed to deepen output cuts", "OPEC’s deeper output cuts", ("opec",)),
    ("a cyberattack halted settlement systems", "a cyberattack on settlement systems", ("cyberattack",)),
    ("regulators opened an accounting inquiry", "an accounting inquiry", ("inquiry", "accounting")),
    ("port workers went on strike", "a strike by port workers", ("strike", "port workers")),
    ("Moody’s cut the country’s credit rating", "a credit-rating downgrade by Moody’s", ("moody", "credit rating")),
    ("parliament rejected the budget", "parliament’s rejection of the budget", ("budget", "parliament")),
    ("unemployment jumped to a decade high", "a jump in unemployment", ("unemployment", "jobless")),
    ("the Swiss National Bank sold francs", "franc sales by the Swiss National Bank", ("swiss national", "franc")),
    ("the company’s founder stepped down", "its founder’s departure", ("founder", "stepped down")),
    ("a fire closed its largest plant", "a fire at its largest plant", ("fire", "plant")),
)
# Whole claims that the data do not hold. {company}, {market}: one from outside.
ADDED: dict[str, tuple[str, ...]] = {
    "added company": (
        "{company} jumped 6.4% after it raised its outlook.",
        "{company} fell 2.7%.",
        "{company} shares slid to a five-year low.",
        "Among other movers, {company} gained 3.1%.",
        "{company} was the biggest loser, dropping 8%.",
    ),
    "added market": (
        "{market} rose 1.3%.",
        "{market} closed 0.7% lower.",
        "Elsewhere, {market} hit a record high.",
        "{market} added 0.4%, its fourth straight gain.",
    ),
    "added view": (
        "Analysts at Bernstein said that the selling was overdone.",
        "“Investors are too complacent,” said Maria Keller, a strategist at Nordea.",
        "Goldman Sachs upgraded the region’s equities to overweight.",
        "Traders said that short covering had helped.",
        "Strategists at UBS called the move a buying opportunity.",
    ),
    "added forecast": (
        "The market is expected to rise a further 5% by the end of the year.",
        "The central bank is likely to cut rates next month.",
        "Earnings are forecast to grow 12% next year.",
        "Markets price in an 80% chance of a rate cut in March.",
        "Volatility is set to increase in the coming weeks.",
    ),
    "added macro": (
        "Inflation slowed to 2.3% in the latest month.",
        "Industrial output grew 4.1% from a year earlier.",
        "The unemployment rate held at 3.9%.",
        "The economy expanded by 0.6% in the third quarter.",
        "Retail sales dropped 1.4% in the month.",
    ),
    "added streak": (
        "It was the market’s eleventh straight session of gains.",
        "The advance was the biggest since 1987.",
        "Stocks had lost more than 9% over the previous four weeks.",
        "Trading volume was 45% above its 30-day average.",
        "Foreign investors sold a net $1.7 billion of shares.",
    ),
}

# The same of a market that the data do speak of. {market}: one without record, run or extreme.
OWN = (
    "{market} hit a record high.",
    "{market} closed at its lowest level in three years.",
    "{market} has now risen for six sessions in a row.",
    "{market} was up 12.4% for the year.",
    "{market} had its worst day since 2011.",
    "Turnover on {market} was 38% above average.",
    "{market} was 14.6% short of its record.",
    "On {market}, decliners outnumbered advancers by 311 to 26.",
)


@functools.cache
def _places() -> dict[str, str]:
    return {key: place.name for key, place in wrapgen.load_rules().reference.places.items()}


def place_name(market: Market) -> str:
    return _places().get(market.place or "", "")


def placed_name(market: Market) -> str:
    """As a first mention would name it: “Japan’s Nikkei 225”, “the dollar”."""
    place = place_name(market)
    if market.kind == "index" and place and market.place not in ("US", "EU", "PH", "NL", "CZ", "AE"):
        return f"{place}’s {market.short_name}"
    return f"the {market.short_name}" if market.article else market.short_name


def outside(page: Page, names: Iterable[str]) -> list[str]:
    """Those names of which no part stands in the data."""

    def known(name: str) -> bool:
        return any(part.lower() in page.data for part in re.findall(r"[\w-]{3,}", name.split("’s ")[-1]))

    return [name for name in names if not known(name)]
