"""The house's spelling: of what a sender wrote, before it stands in a sentence, and of our own words in one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from wrapgen.clause import word_set
from wrapgen.text import Token, make_token
from wrapgen.wording.dates import MONTHS, day_and_month
from wrapgen.wording.figures import MAGNITUDES, recounted, with_magnitude, with_percent
from wrapgen.wording.style import Style

_COUNTRIES: Final = {"US": "us", "U.S": "us", "UK": "uk", "U.K": "uk"}
# Before these a small number is one of those that a house has rules for.
_COUNTED: Final = word_set("session sessions day days week weeks month months quarter quarters year years")
_STOPPED: Final = ("Corp.", "Inc.", "Co.", "Ltd.")
_TRAILING: Final = ",;:.)"
# As the rules and the reference data are written.
_US, _UK, _APOSTROPHE = "U.S.", "U.K.", "’"

Spell = Callable[[Token], Token]


@lru_cache(maxsize=8192)
def house_spelling(text: str, style: Style) -> str:
    """A sender's phrase with percent, magnitudes, dates, counts, countries and apostrophes as the house has them: ``6.8
    percent`` as ``6.8%``, ``US`` as ``U.S.``; no final stop.

    It works word by word on the phrase, before it stands in any sentence.
    """
    out: list[str] = []
    for word in text.replace("'", style.apostrophe).split():
        core = word.rstrip(_TRAILING)
        tail = word[len(core) :]
        joined = _with_last(out, core, style) if out else None
        if joined is not None:
            out[-1] = joined + tail
        elif core.endswith("%") and core[-2:-1].isdigit():
            out.append(with_percent(style, core[:-1]) + tail)
        else:
            out.append(_country(core, tail, style))
    said = " ".join(out)
    if said.endswith(".") and not said.endswith((style.us, style.uk, *_STOPPED)):
        said = said[:-1]
    return said


def _with_last(out: list[str], word: str, style: Style) -> str | None:
    """What the last word and this one make: a percentage, a round amount, a count, a date; None where nothing."""
    last = out[-1]
    if last[-1:].isdigit():
        if word in ("percent", "pct"):
            return with_percent(style, last)
        if word in MAGNITUDES:
            return with_magnitude(style, last, word)
        if word in MONTHS and _is_day(last):
            return day_and_month(MONTHS.index(word) + 1, int(last), style)
    if word == "cent" and last == "per" and out[-2:-1] and out[-2][-1:].isdigit():
        out.pop()
        return with_percent(style, out[-1])
    if word in _COUNTED and (counted := recounted(last, style.numbers_as_words_below)) != last:
        return f"{counted} {word}"
    if last in MONTHS and _is_day(word):
        return day_and_month(MONTHS.index(last) + 1, int(word), style)
    return None


def _is_day(word: str) -> bool:
    return word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31


def _country(core: str, tail: str, style: Style) -> str:
    """``US-led`` as ``U.S.-led``; any other word as it is."""
    head, hyphen, rest = core.partition("-")
    key = _COUNTRIES.get(head)
    if key is None:
        return core + tail
    return f"{getattr(style, key)}{hyphen}{rest}{tail.removeprefix('.')}"


def own_spelling(word: str, style: Style) -> str:
    """A word of our own as the house spells it."""
    return dict(style.spellings).get(word, word)


def speller(style: Style) -> Spell | None:
    """What spells our own words as the house does, token by token; None where it would change nothing.

    Our own are those that state no fact and name nothing. The two countries and the apostrophe are spelled wherever
    they stand: the names of the reference data have them too.
    """
    own = dict(style.spellings)
    if not own and (style.us, style.uk, style.apostrophe) == (_US, _UK, _APOSTROPHE):
        return None

    def spell(token: Token) -> Token:
        text = token.text
        if "U." in text:
            text = text.replace(_US, style.us).replace(_UK, style.uk)
        text = text.replace(_APOSTROPHE, style.apostrophe)
        if own and token.ref is None and not token.facts:
            text = " ".join([_respelled(word, own) for word in text.split(" ")])
        return token if text == token.text else make_token(text, token.ref, token.facts)

    return spell


def _respelled(word: str, own: dict[str, str]) -> str:
    core = word.rstrip(_TRAILING)
    return own[core] + word[len(core) :] if core in own else word
