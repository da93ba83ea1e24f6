"""*a* or *an*, by the sound that the next word begins with.

Market copy begins words with figures (*an 8% drop*), with initials that are spelled out (*an S&P 500
move*, *a UBS deal*) and with initials that are read as words (*a FTSE gauge*).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from wrapgen.clause import word_set

_VOWEL_NAMES: Final = frozenset("AEFHILMNORSX")  # letters whose names begin with a vowel: ef, aitch, em
# Capitals read as a word, which begins with a consonant though the name of its first letter does not.
_AS_WORDS: Final = word_set(
    "FTSE FANG FAANG FIFA HIBOR LIBOR LIFFE MERVAL MIB NASA NASDAQ NATO NIFTY NIKKEI NIO RICS SABIC "
    "SARS SENSEX SIBOR SOFR STOXX SWIFT REIT RAM ROM LED HOYA FANUC MOEX SIM SET SAAB SEAT SHIBOR "
    "MOSFET"
)
_SILENT_H: Final = ("hour", "honest", "honor", "honour", "heir")
_LIKE_YOU: Final = tuple(word_set("eu ewe uk ura uru ubiq uga unanim use usu usa uten uti uto"))
_UN_PREFIX: Final = ("unid", "unim", "unin")  # unidentified, unimpressive, unintended: un- before an i
_OPENING: Final = "“‘\"'([$€£¥₩₹"
_WORD: Final = re.compile(r"[^\s—–/]+")
_FIGURE: Final = re.compile(r"[0-9][0-9,]*")


@lru_cache(maxsize=4096)  # the same few figures and nouns follow, in one article after another
def indefinite(following: str) -> str:
    """The article for the words that follow it: ``an`` before ``8%``, ``a`` before ``European``."""
    return "an" if _vowel(following) else "a"


def _vowel(text: str) -> bool:
    match = _WORD.search(text.lstrip(_OPENING))
    if match is None:
        return False
    word = match[0].rstrip(",.;:)”’") or match[0]
    if word[0].isdigit():
        return _figure(word)
    stem = re.split(r"[-’']", word, maxsplit=1)[0] or word
    if _spelled(stem):
        return stem[0].upper() in _VOWEL_NAMES
    lower = word.lower()
    if lower.startswith(_SILENT_H):
        return True
    if lower[0] not in "aeiouáéíóúàèìòùâêîôûäëïöüåø":
        return False
    if stem.lower() in ("one", "once", "oneself"):
        return False
    if lower.startswith("uni"):
        return lower.startswith(_UN_PREFIX)
    return not lower.startswith(_LIKE_YOU)


def _figure(word: str) -> bool:
    """Eight, eighty, eight hundred; eleven and eighteen, of units or of thousands."""
    match = _FIGURE.match(word)
    digits = match[0].replace(",", "") if match else ""
    if digits.startswith("8"):
        return True
    return digits[:2] in ("11", "18") and len(digits) % 3 == 2


def _spelled(stem: str) -> bool:
    """Whether a word is read letter by letter: S&P, U.S., MSCI, YU7, and the E of E-mini."""
    letters = [char for char in stem if char.isalpha()]
    if not letters:
        return False
    if len(stem) == 1:
        return True
    if not all(char.isupper() for char in letters):
        return len(stem) > 1 and stem[0] == "x" and stem[1].isupper()  # xAI
    if "." in stem or "&" in stem or any(char.isdigit() for char in stem):
        return True
    if stem in _AS_WORDS:
        return False
    # Longer capitals are read as words where they can be: TOPIX, KOSPI, HYUNDAI, IBOVESPA.
    return len(stem) < 5 or not any(char in "AEIOU" for char in stem)
