"""The sender's own phrases, without naming their subject twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

_ARTICLES: Final = frozenset(["a", "an", "new", "coming", "its", "their", "this", "that’s"])
_AUXILIARIES: Final = frozenset(
    (
        "may", "might", "could", "would", "will", "can", "should", "must", "has", "had", "have", "was", "were", "is",
        "are",
    )
)  # fmt: skip
# What may stand after a name that is a noun of its own: an auxiliary, a preposition, a conjunction.
_AFTER_SUBJECT: Final = _AUXILIARIES | frozenset(
    (
        "to", "from", "by", "for", "in", "on", "at", "with", "over", "of", "and", "or", "as", "after", "before",
        "amid", "while", "slash", "cut", "raise",
    )
)  # fmt: skip
# What may stand before a name in front of a noun: an arrest *of* Nikon directors.
_BEFORE_OWNED: Final = frozenset(
    ("of", "on", "in", "for", "at", "by", "from", "to", "with", "over", "about", "against")
)
# Beside another name, what *its* would be taken to mean.
_OWNERS: Final = frozenset(
    (
        "it", "its", "bank", "broker", "company", "court", "customer", "firm", "fund", "government", "group", "maker",
        "regulator", "rival", "supplier", "union",
    )
)  # fmt: skip


def without_name(
    text: str,
    names: Mapping[str, str],
    apostrophe: str,
    is_verb: Callable[[str], bool],
    is_noun: Callable[[str], bool],
    front: str = "it",
) -> str | None:
    """The phrase with its subject's name replaced by a pronoun; None where that cannot be done safely.

    ``names`` maps each name of the subject to the noun that stands for it in mid-phrase (``the
    company``, ``the index``). At the front the name becomes ``it``, its possessive ``its``, and so does the
    name in front of a noun (``Nissan chairman``), where nothing before it could own that.
    """
    for name in sorted(names, key=len, reverse=True):
        if not name:
            continue
        at = text.find(name)
        if at < 0:
            continue
        end = at + len(name)
        if (at and text[at - 1].isalnum()) or (end < len(text) and (text[end].isalnum() or text[end] in "-&")):
            return None  # part of a longer name
        owned = ""
        for mark in (f"{apostrophe}s ", f"{apostrophe} "):
            if text.startswith(mark, end):
                owned = mark
        before, after = text[:at], text[end + len(owned) :]
        if name in after:
            return None
        article = next((a for a in ("the ", "The ") if before.endswith(a)), "")
        before = before.removesuffix(article)
        if owned:
            return f"{before}its {after}"
        words = [word.strip(",.;") for word in after.split()[:2]]
        following, behind = words[0] if words else "", words[1] if len(words) > 1 else ""
        leading = before.split()
        # "Nikon shares" may say what it does; "Nikon shares fell" and "a warning on Nikon shares" cannot.
        a_noun = not is_verb(following) or bool(leading) or behind in _AUXILIARIES or is_verb(behind)
        before_noun = a_noun and is_noun(following) and following not in _AFTER_SUBJECT
        if before_noun and (not leading or leading[-1] in _BEFORE_OWNED):
            owned_by_another = any(word in _OWNERS or word != word.lower() for word in leading)
            return None if owned_by_another else f"{before}its{after}"  # "Apple unveiled phones with Nikon chips"
        if not leading:
            if following not in _AFTER_SUBJECT and not is_verb(following):
                return None  # "Nikon cameras": the name is part of a noun that no lexicon has
            return f"{front if not article else names[name]}{after}"
        last = leading[-1].lower()
        if last in _ARTICLES or (following and following not in _AFTER_SUBJECT):
            return None  # "a coming Walmart membership program", "Taiwan Semiconductor chips"
        return f"{before}{names[name]}{after}"
    return text


# Where the head of a noun phrase has ended: cuts *in* prices, signs *that* funds retreat.
_AFTER_HEAD: Final = frozenset(
    (
        "of", "in", "on", "for", "from", "to", "over", "that", "at", "by", "with", "after", "against", "amid", "than",
        "as", "about", "between", "among", "into", "under", "before", "since", "during", "despite", "following",
        "which", "who", "and", "or", "around", "across", "toward", "towards", "within", "without",
    )
)  # fmt: skip
_ONE: Final = frozenset(("a", "an", "one", "this", "another", "every", "each"))


def head_of(noun_phrase: str) -> str:
    """The noun of a phrase: the word before the first preposition; empty for no words."""
    words = noun_phrase.split()
    end = next((n for n, word in enumerate(words) if n and word.lower() in _AFTER_HEAD), len(words))
    return words[end - 1].strip(',.;”"') if words else ""


def heads_plural(noun_phrase: str, is_plural: Callable[[str], bool | None]) -> bool:
    """Whether a verb behind the phrase takes the plural, by its head.

    ``is_plural`` says it of a noun that the lexicon has; of others those in -s are.
    """
    words = noun_phrase.split()
    if not words or words[0].lower() in _ONE:
        return False
    head = head_of(noun_phrase)
    known = is_plural(head)
    return known if known is not None else head.endswith("s") and not head.endswith(("ss", "us", "is", "’s", "'s"))


def own_reason(owned: str, is_plural: Callable[[str], bool | None], is_uncounted: Callable[[str], bool]) -> str:
    """What something owns as the reason of its own move, said without *its* where no reader would miss it.

    ``owned`` stood behind its name: *net income below estimates* needs no owner beside the move of that very
    company, and *loss of its largest customer* has one; *plan to split itself* would need an article.
    """
    if " of its " in owned:
        return f"the {owned}"
    bare = heads_plural(owned, is_plural) or is_uncounted(head_of(owned))
    return owned if bare and " " in owned else f"its {owned}"


def mentions(text: str, name: str) -> bool:
    """Whether the phrase names it, as a word of its own."""
    return find_name(text, name) >= 0


def find_name(text: str, name: str) -> int:
    """Where the phrase names it, as a word of its own; -1 where it does not."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not ((at and text[at - 1].isalnum()) or (end < len(text) and text[end].isalnum())):
            return at
        at = text.find(name, at + 1)
    return -1
