"""The page: dates, the case of headings, the length of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wrapgen.house.figures import move_forms
from wrapgen.house.page import Block, Page, Word, word_set
from wrapgen.house.types import Departure

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SHORT = {
    "January": "Jan.", "February": "Feb.", "August": "Aug.", "September": "Sept.", "October": "Oct.",
    "November": "Nov.", "December": "Dec.",
}  # fmt: skip
_MONTH = rf"(?:{'|'.join((*_MONTHS, *(short.replace('.', r'[.]') for short in _SHORT.values())))})"
_DATE = re.compile(
    rf"(?<!\w)(?:(?P<before>\d{{1,2}}) )?(?P<month>{_MONTH})(?: (?P<after>\d{{1,2}})(?![\d,.]*\d|\w))?(?!\w)"
)
# What stays small in a headline in title case.
_SMALL = word_set(
    "a an the and but or nor so yet for as at by in of on to per via from into onto with over than amid near if when "
    "that till vs past upon like its it"
)
_STOCKS = word_set("stocks shares markets equities gains losses futures")


def dates(page: Page) -> Iterator[Departure]:
    """A day on the wrong side of its month; a month beside a day at a length that the house does not print."""
    style = page.style
    for found in _DATE.finditer(page.text):
        day = found["before"] or found["after"]
        if day is None or found["before"] and found["after"]:
            continue
        month = next((name for name, short in _SHORT.items() if short == found["month"]), found["month"])
        said = _SHORT.get(month, month) if style.short_months else month
        if said != found["month"]:
            yield Departure(found.start("month"), found.end("month"), "short_months", found["month"], said)
        if style.day_first != bool(found["before"]):
            wanted = f"{day} {said}" if style.day_first else f"{said} {day}"
            yield Departure(found.start(), found.end(), "day_first", found[0], wanted)


def headline_case(page: Page) -> Iterator[Departure]:
    """A heading in the other case, as far as common words tell: stocks, verbs of moves, long words."""
    common = move_forms(page) | _STOCKS
    title = page.style.headline_case == "title"
    for block in page.headings:
        words = [word for n, word in enumerate(block.words) if n and word.text.isalpha() and not _named(page, word)]
        if title:
            small = [word for word in words if word.text.islower() and word.text not in _SMALL]
            wrong = [word for word in small if word.text in common or len(word.text) > 4]
        else:
            wrong = [word for word in words if word.text.istitle() and word.lower in common]
        if wrong:
            wanted = f"a capital for {'each word but small ones' if title else 'the first word and names alone'}"
            yield Departure(block.start, block.end, "headline_case", page.text[block.start : block.end], wanted)


def _named(page: Page, word: Word) -> bool:
    return any(mention.start <= word.start < mention.end for mention in page.mentions)


def paragraphs(page: Page) -> Iterator[Departure]:
    style = page.style
    for block in page.paragraphs:
        count = block.sentences
        if style.paragraph_sentences and count > style.paragraph_sentences:
            yield _long(page, block, "paragraph_sentences", f"at most {style.paragraph_sentences}, not {count}")
        if style.paragraph_words and count > 1 and block.length > style.paragraph_words:
            yield _long(page, block, "paragraph_words", f"at most {style.paragraph_words}, not {block.length}")


def _long(page: Page, block: Block, key: str, wants: str) -> Departure:
    return Departure(block.start, block.end, key, page.text[block.start : block.end], wants)
