"""Figures as the house prints them. Each function returns text only; the caller attaches the fact."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
_SYMBOLS = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "HKD": "HK$",
    "AUD": "A$",
    "SGD": "S$",
    "CAD": "C$",
    "NZD": "NZ$",
    "TWD": "NT$",
}
_CURRENCY_WORDS = {
    "CNY": "yuan",
    "KRW": "won",
    "INR": "rupees",
    "JPY": "yen",
    "CHF": "Swiss francs",
    "SEK": "Swedish kronor",
    "NOK": "Norwegian kroner",
    "DKK": "Danish kroner",
    "BRL": "reais",
    "MXN": "Mexican pesos",
    "PHP": "Philippine pesos",
    "IDR": "rupiah",
    "MYR": "ringgit",
    "THB": "baht",
    "VND": "dong",
    "PKR": "Pakistani rupees",
    "TRY": "Turkish lira",
    "ZAR": "rand",
    "RUB": "rubles",
    "PLN": "zlotys",
    "SAR": "Saudi riyals",
    "AED": "dirhams",
}


@lru_cache(maxsize=4096)
def decimals_sent(value: float) -> int:
    """How many decimals a figure was sent with; ``1.0`` counts as none, JSON keeps no trailing zero."""
    text = repr(float(value))
    if "e" in text:
        return 2
    fraction = text.partition(".")[2]
    return 0 if fraction == "0" else len(fraction)


@lru_cache(maxsize=4096)
def rounded(value: float, decimals: int) -> str:
    """Half-up rounding of the decimal figure that was sent, without trailing zeros."""
    quantum = Decimal(1).scaleb(-decimals)
    figure = Decimal(repr(float(value))).copy_abs().quantize(quantum, rounding=ROUND_HALF_UP)
    text = f"{figure:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=4096)
def fixed(value: float, decimals: int) -> str:
    """As ``rounded`` but with exactly so many decimals and thousands separators (levels, points)."""
    figure = Decimal(repr(float(value))).copy_abs().quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{figure:,f}"


def count_words(number: int, below: int = 10) -> str:
    """Small whole numbers in words, as the house style sets."""
    return _WORDS[number] if 0 <= number < min(below, len(_WORDS)) else f"{number:,}"


def ordinal(number: int) -> str:
    if number < 10:
        return _ORDINALS[number]
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def magnitude(amount: float) -> str:
    """``31.2 million``, ``48,654``, ``1.5 trillion``: round sizes get words, exact counts stay exact."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(amount) >= size:
            return f"{rounded(amount / size, 2)} {word}"
    return rounded(amount, 2)


def money(amount: float, currency: str) -> str:
    symbol = _SYMBOLS.get(currency)
    if symbol and not (currency == "JPY" and abs(amount) >= 1e6):
        return symbol + magnitude(amount)
    return f"{magnitude(amount)} {_CURRENCY_WORDS.get(currency, currency)}"
