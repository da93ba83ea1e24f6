"""The units of figures, of money above all: what stands beside an amount, and what the code of a currency means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wrapgen.check.lex import Figure
from wrapgen.intake.reference import Reference

_SIGNS: Final = {"€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₩": "won"}
_DOLLAR: Final = "dollar"  # with or without the letters of a country before its sign
SIZES: Final = {"million": 1e6, "billion": 1e9, "trillion": 1e12}
# The currencies that a sign may stand for.
SIGNS: Final = {
    "$": ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN"), "€": ("EUR",), "£": ("GBP",),
    "¥": ("JPY", "CNY", "CNH"),
    "₹": ("INR",), "₩": ("KRW",), "HK$": ("HKD",), "US$": ("USD",), "NT$": ("TWD",), "A$": ("AUD",), "C$": ("CAD",),
    "NZ$": ("NZD",), "S$": ("SGD",), "R$": ("BRL",),
}  # fmt: skip
_COUNTED: Final = {"percent": "percent", "%": "percent", "point": "points", "points": "points"}


def money_units(reference: Reference) -> dict[str, str]:
    """By code (``kzt``) and by word without its -s (``tenge``, ``dirham``): the one unit, ``money:tenge``."""
    units = {word: _unit(word) for word in (*_SIGNS.values(), _DOLLAR)}
    codes = {exchange.currency for exchange in reference.exchanges.values()} | reference.currencies.keys()
    for code in codes:
        said = reference.currencies.get(code)
        name = code.lower()
        if said is not None and said.word:
            name = _singular(said.word.split()[-1].lower())
        elif said is not None and said.symbol:
            name = _SIGNS.get(said.symbol, _DOLLAR)
        units[code.lower()] = units[name] = _unit(name)
    return units


def named(word: str, units: dict[str, str]) -> str:
    """The unit that a word of a text names, with or without its -s; "" for none."""
    unit = units.get(word, "")
    return units.get(_singular(word), "") if not unit and word.endswith("s") else unit


def unit_of_code(code: object, units: dict[str, str]) -> str:
    """``money:tenge`` of KZT; "" of what is no code."""
    return units.get(code.lower(), "") if isinstance(code, str) else ""


def unit_of(shown: Figure, following: Iterable[str], units: dict[str, str]) -> str:
    """The unit of a figure from its sign or the words behind it: ``percent``, ``basis_points``, ``money:yen``."""
    if shown.currency:
        return _unit(_SIGNS.get(shown.currency, _DOLLAR))
    if shown.percent:
        return "percent"
    words = [word for word in following if word != "-"]
    if words and words[0] in SIZES:
        del words[0]
    first = words[0] if words else ""
    second = words[1] if len(words) > 1 else ""
    if first == "per" and second == "cent":
        return "percent"
    if first == "basis" and second in ("point", "points"):
        return "basis_points"
    if first in _COUNTED:
        return _COUNTED[first]
    return named(first, units) or named(second, units)


def _unit(name: str) -> str:
    return f"money:{name}"


def _singular(word: str) -> str:
    return word.rstrip("s")
