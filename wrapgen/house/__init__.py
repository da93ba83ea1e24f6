"""Reads a finished text as an outside desk would, and tells where it departs from a house style.

`lint` is the whole of it. It knows the style, the forms of the lexicon's verbs and the names of the reference data;
of how articles are made, or of the session that one is about, it knows nothing. So it does not miss what a style
wants and the text leaves out: a level that was sent and is not printed, a first mention without its ticker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wrapgen.house import figures, layout, words
from wrapgen.house.page import Page, read_page
from wrapgen.house.types import Departure
from wrapgen.intake.reference import Reference
from wrapgen.rulepack.lexicon import Lexicon
from wrapgen.wording.style import Style

__all__ = ["KEYS", "Departure", "lint"]

_RULES: tuple[tuple[Callable[[Page], Iterator[Departure]], tuple[str, ...]], ...] = (
    (figures.percent, ("percent",)),
    (figures.decimals, ("decimals", "headline_decimals")),
    (figures.magnitudes, ("magnitudes",)),
    (figures.numbers_as_words_below, ("numbers_as_words_below",)),
    (figures.levels, ("levels",)),
    (figures.points, ("points",)),
    (words.apostrophe, ("apostrophe",)),
    (words.countries, ("us", "uk")),
    (words.spellings, ("spellings",)),
    (words.tickers, ("tickers",)),
    (words.names, ("first_name", "later_name")),
    (words.stand_ins, ("the_company", "the_index")),
    (words.first, ("first",)),
    (words.barred_verbs, ("barred_verbs",)),
    (layout.dates, ("day_first", "short_months")),
    (layout.headline_case, ("headline_case",)),
    (layout.paragraphs, ("paragraph_sentences", "paragraph_words")),
)
# The keys of a style that a text can be held to.
KEYS = tuple(key for _, keys in _RULES for key in keys)


def lint(text: str, style: Style, lexicon: Lexicon, reference: Reference) -> tuple[Departure, ...]:
    """Every departure of ``text`` from ``style``, in the order of the text.

    ``lexicon`` has the forms of verbs, ``reference`` the names of indices. Any text is taken.
    """
    page = read_page(text, style, lexicon, reference)
    return tuple(sorted(departure for rule, _ in _RULES for departure in rule(page)))
