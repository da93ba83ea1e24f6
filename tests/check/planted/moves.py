"""Words that say a rise or a fall, as a reader of market copy knows them, with the form that they stand in.

Written by hand and not taken from the lexicon, so that a verb misfiled there does not hide here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_REGULAR = "{0}s {0}ed {0}ed {0}ing"
_PARTS: dict[str, str] = {
    # infinitive: third person, past, participle, -ing
    "rise": "rises rose risen rising",
    "fall": "falls fell fallen falling",
    "lose": "loses lost lost losing",
    "shed": "sheds shed shed shedding",
    "put": "puts put put putting",
    "advance": "advances advanced advanced advancing",
    "decline": "declines declined declined declining",
    "retreat": _REGULAR,
    "rally": "rallies rallied rallied rallying",
    "surge": "surges surged surged surging",
    "plunge": "plunges plunged plunged plunging",
    "plummet": _REGULAR,
    "slip": "slips slipped slipped slipping",
    "dip": "dips dipped dipped dipping",
    "drop": "drops dropped dropped dropping",
    "slide": "slides slid slid sliding",
    "sink": "sinks sank sunk sinking",
    "ease": "eases eased eased easing",
    "tumble": "tumbles tumbled tumbled tumbling",
    "slump": _REGULAR,
    "edge": "edges edged edged edging",
    "inch": "inches inched inched inching",
    "tick": _REGULAR,
    "climb": _REGULAR,
    "jump": _REGULAR,
    "gain": _REGULAR,
    "add": _REGULAR,
    "soar": _REGULAR,
    "skyrocket": _REGULAR,
}
# A verb, its opposite, and its size: how large a move it needs or bears.
_VERBS: dict[str, tuple[str, str, str]] = {
    "rise": ("up", "fall", "any"),
    "gain": ("up", "lose", "any"),
    "add": ("up", "shed", "any"),
    "put on": ("up", "lose", "any"),
    "advance": ("up", "retreat", "any"),
    "climb": ("up", "drop", "clear"),
    "jump": ("up", "slide", "big"),
    "rally": ("up", "slump", "big"),
    "surge": ("up", "plunge", "big"),
    "soar": ("up", "plummet", "big"),
    "skyrocket": ("up", "plummet", "big"),
    "edge up": ("up", "edge down", "small"),
    "edge higher": ("up", "edge lower", "small"),
    "tick up": ("up", "tick down", "small"),
    "tick higher": ("up", "tick lower", "small"),
    "inch up": ("up", "inch down", "small"),
    "inch higher": ("up", "inch lower", "small"),
    "fall": ("down", "rise", "any"),
    "decline": ("down", "advance", "any"),
    "lose": ("down", "gain", "any"),
    "shed": ("down", "add", "any"),
    "lose ground": ("down", "gain ground", "any"),
    "drop": ("down", "climb", "clear"),
    "retreat": ("down", "advance", "clear"),
    "slide": ("down", "jump", "big"),
    "sink": ("down", "surge", "big"),
    "slump": ("down", "rally", "big"),
    "tumble": ("down", "jump", "big"),
    "plunge": ("down", "soar", "big"),
    "plummet": ("down", "soar", "big"),
    "slip": ("down", "rise", "small"),
    "dip": ("down", "edge up", "small"),
    "ease": ("down", "rise", "small"),
    "edge down": ("down", "edge up", "small"),
    "edge lower": ("down", "edge higher", "small"),
    "tick down": ("down", "tick up", "small"),
    "tick lower": ("down", "tick higher", "small"),
    "inch down": ("down", "inch up", "small"),
    "inch lower": ("down", "inch higher", "small"),
}
FORMS = ("base", "third", "past", "participle", "ing")
NOUNS: dict[str, tuple[str, str]] = {
    "gain": ("up", "loss"),
    "gains": ("up", "losses"),
    "rise": ("up", "fall"),
    "advance": ("up", "decline"),
    "climb": ("up", "drop"),
    "jump": ("up", "slide"),
    "rally": ("up", "slump"),
    "surge": ("up", "plunge"),
    "loss": ("down", "gain"),
    "losses": ("down", "gains"),
    "fall": ("down", "rise"),
    "drop": ("down", "climb"),
    "decline": ("down", "advance"),
    "retreat": ("down", "advance"),
    "slide": ("down", "jump"),
    "slump": ("down", "rally"),
    "tumble": ("down", "jump"),
    "plunge": ("down", "surge"),
}
PLAIN = {"up": ("up", "down"), "down": ("down", "up"), "higher": ("up", "lower"), "lower": ("down", "higher")}


def conjugate(verb: str, form: str) -> str:
    """``edge up`` in the past: ``edged up``."""
    head, _, rest = verb.partition(" ")
    parts = [head, *_PARTS[head].format(head).split()]
    return f"{parts[FORMS.index(form)]} {rest}".strip()


class Word(NamedTuple):
    """A word of movement in a text: where, which way, its form, what would say the contrary."""

    start: int
    end: int
    text: str
    verb: str  # the infinitive; of a noun or particle the word itself
    form: str  # one of FORMS, "noun" or "plain"
    direction: str
    size: str
    opposite: str


def _table(title: bool) -> dict[str, tuple[str, str]]:
    """What may stand in running text (no infinitives, no present tense) or in a title, with verb and form."""
    found: dict[str, tuple[str, str]] = {}
    for form in ("participle", "past", "ing") if not title else ("past", "ing", "base", "third"):
        for verb in _VERBS:
            found[conjugate(verb, form)] = (verb, form)
    return found


_TABLES = {title: _table(title) for title in (False, True)}


def _pattern(words: list[str]) -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])", re.I)


_FIND = {title: _pattern([*table, *NOUNS, *PLAIN]) for title, table in _TABLES.items()}
_NOUN_BEFORE = re.compile(r"(?:\b(?:an?|the|day’s|leading|leads|in|by|after|of|on|with)|’s|’|%|cent) $", re.I)
_NOUN_AFTER = re.compile(r"^ (?:in|spread|outweighed|from|on Wall)\b", re.I)


def words(text: str, title: bool) -> list[Word]:
    """The words of movement in a sentence, by position."""
    found = []
    for match in _FIND[title].finditer(text):
        low = match[0].lower()
        noun = low in NOUNS and (_NOUN_BEFORE.search(text[: match.start()]) or _NOUN_AFTER.match(text[match.end() :]))
        if noun or (low in NOUNS and low not in _TABLES[title]):
            way, opposite = NOUNS[low]
            made = Word(match.start(), match.end(), match[0], low, "noun", way, "any", opposite)
        elif low in _TABLES[title]:
            verb, form = _TABLES[title][low]
            way, other, big = _VERBS[verb]
            opposite = conjugate(other, form)
            made = Word(match.start(), match.end(), match[0], verb, form, way, big, opposite)
        else:
            way, opposite = PLAIN[low]
            made = Word(match.start(), match.end(), match[0], low, "plain", way, "any", opposite)
        found.append(made)
    return found


def like(model: str, word: str) -> str:
    """``word`` in capitals as ``model`` has them, word by word."""
    if not model[:1].isupper():
        return word
    titled = len(model.split()) > 1 and model.split()[1][:1].isupper() or len(model.split()) == 1
    return " ".join(w[:1].upper() + w[1:] for w in word.split()) if titled else word[:1].upper() + word[1:]
