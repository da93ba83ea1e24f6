"""Names of companies: the short name used after first mention, and the symbol in brackets."""

from __future__ import annotations

_LEGAL = frozenset((
    "corp", "corporation", "inc", "incorporated", "co", "company", "ltd", "limited", "plc", "ag", "sa", "se",
    "nv", "bv", "spa", "ab", "asa", "oyj", "kk", "llc", "lp", "gmbh", "kgaa", "bhd", "berhad", "tbk", "pte",
    "pty", "pcl", "jsc", "pjsc", "sab", "sae", "a/s", "pt",
))  # fmt: skip
_FAMILY = frozenset(("group", "holding", "holdings"))
_LINKS = frozenset(("&", "and", "de"))


def short_company_name(name: str) -> str:
    """``name`` without the words that only say what kind of firm it is.

    ``SoftBank Group Corp.`` is SoftBank, ``Toyota Motor Corp`` is Toyota Motor. A name is never
    shortened to nothing, and "Group" stays where what is left would be no name (``Man Group``).
    """
    words = name.split()
    while len(words) > 1:
        last = words[-1].strip(",.()").replace(".", "").casefold()
        if last in _FAMILY and len(words) == 2 and len(words[0]) < 4 and not words[0].isupper():
            break
        if last not in _LEGAL and last not in _FAMILY:
            break
        words.pop()
        while len(words) > 1 and words[-1].casefold() in _LINKS:
            words.pop()
    words[-1] = words[-1].rstrip(",")
    return " ".join(words) or name


def symbol(prefix: str, ticker: str) -> str:
    """A share's symbol as printed in brackets: ``HK:6618``."""
    return f"{prefix}:{ticker}"
