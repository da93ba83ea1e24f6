"""Whether a stretch that tells of an event turns it round: denied, done before its time, another word in it."""

from __future__ import annotations

from typing import Final

from wrapgen.check.claims import Reading
from wrapgen.check.read import Item
from wrapgen.check.subjects import is_connective
from wrapgen.intake.snapshot import Event

_PASSIVE: Final = frozenset(("was", "were", "been", "being", "is", "are"))
_NOT: Final = frozenset(("not", "never", "no", "n't"))


# Words that leave open whether a thing comes about.
_OPEN: Final = frozenset((
    "will", "would", "may", "might", "could", "can", "should", "due", "expect", "expects", "expected",
    "expectation", "expectations", "plan", "plans", "planned", "awaits", "await", "awaiting", "awaited", "ahead",
    "before", "upcoming", "schedule", "scheduled", "prospect", "hopes", "hope", "optimism", "fears", "worries",
    "if", "whether", "likely", "set", "to", "calendar", "view", "prospects", "speculation", "nears", "looms",
    "possible", "possibility", "soon",
))  # fmt: skip


# A purchase that is talked of is told with one of these, and not as struck.
_TALKED_OF: Final = _OPEN.difference(("to", "set", "ahead", "before", "due", "view")).union((
    "talk", "talks", "report", "reports", "reported", "reportedly", "said", "interest", "interested", "considering",
    "weighing", "exploring", "negotiations", "negotiating", "approach",
))  # fmt: skip
# What is reported is told with one of these.
_SAID_TO_BE: Final = _TALKED_OF.union((
    "word", "say", "says", "saying", "suggest", "suggests", "suggested", "reporting", "alleged", "apparently",
))  # fmt: skip
_DENIED: Final = frozenset(
    ("deny", "denied", "denies", "denying", "denial", "dismissed", "dismisses", "rejected", "rejects", "refuted")
)
_READINGS: Final = frozenset(("data_release", "sales_ranking"))  # figures, which come as a report
_BACK: Final = 2  # words of "the sale"
_STRUCK: Final = frozenset((
    "deal", "agreed", "agrees", "agreement", "announced", "announces", "acquired", "acquires", "acquisition",
    "bought", "buys", "purchase", "purchased", "takeover", "merger",
))  # fmt: skip
_IN_TALKS: Final = frozenset((None, "talks", "reported"))  # stages


# How a reading is told: came in weak.
_COMES: Final = frozenset(("come", "comes", "came", "coming"))
_DOES: Final = _PASSIVE.union(
    ("has", "had", "will", "confirmed", "confirms", "said", "says", "sold", "sells", "bought", "buys", "cut", "agreed")
)
_DONE: Final = frozenset(("did", "was", "were", "had", "has", "have"))


def turned(reading: Reading, start: int, end: int, mask: int, event: Event) -> bool:
    """Whether the stretch from item ``start`` to ``end`` says other than the event does; then that is a claim."""
    first, last = reading.items[start], reading.items[end]
    before, reading.ran = reading.ran, (first.i, last.j, mask)
    if before is not None and _runs_into(reading, before, start, end, mask, event):
        why = "it runs two events of the data into one"
        reading.claim("event", first, last, "unsupported", pointer=event.pointer, why=why)
        return True
    doubt = None
    if event.status == "denied" and not reading.tokens.any_of(_DENIED, reading.items[0].i, reading.items[-1].j):
        doubt = ("it was denied", "what was denied is told as denied, or not at all")
    elif _denies(reading, start, end, mask):
        doubt = ("it is so", "the data do not deny it")
    elif start and _wrong_before(reading, start, mask):
        first = reading.items[start - 1]
        doubt = ("another word", "what is known of the event has another word there")
    elif end + 1 < len(reading.items) and _wrong_behind(reading, end, mask):
        last = reading.items[end + 1]
        doubt = ("another word", "what is known of the event has another word there")
    elif _exchanged(reading, start, end, event) or _swapped(reading, start, end, event):
        doubt = ("the other way round", "it was done by the other of the two")
    elif event.status in ("scheduled", "expected") and _done(reading, start, end, event):
        doubt = (f"it is {event.status}", "it has not happened yet")
    elif event.type == "merger" and event.status in ("reported", "continuing") and _struck(reading, start, end, event):
        doubt = ("it is talked of", "no deal is known to be struck")
    elif event.status == "reported" and _as_fact(reading, start, end, event):
        doubt = ("it is reported", "no more is known than that it is said")
    if doubt is not None:
        true, why = doubt
        reading.claim("event", first, last, "contradicted", true=true, pointer=event.pointer, why=why)
    return doubt is not None


def _runs_into(reading: Reading, before: tuple[int, int, int], start: int, end: int, mask: int, event: Event) -> bool:
    """Whether the stretch told just before, of another event, goes on into this one as if they were one."""
    items, words = reading.items, reading.tokens.words
    first, last = items[start], items[end]
    if not items[0].i <= before[0] < before[1] <= first.i <= before[1] + 2 or before[2] & mask:
        return False
    others = [e for n, e in enumerate(reading.world.snapshot.events) if before[2] & (1 << n)]
    if any(e.id == event.frame.get("overshadowed_by") or e.frame.get("overshadowed_by") == event.id for e in others):
        return False
    between = words[before[1] : first.i]
    if between == ["and"] and first.role == "unknown":
        return True  # "raised … and cut …": one subject, two events
    joined = not {",", "and", "after", "as", "on", "while"}.isdisjoint(between)
    if event.status in ("scheduled", "expected") and (between[:2] == ["ahead", "of"] or between[:1] == ["before"]):
        joined = True  # one happened, and the other is waited for
    return not joined or before[1] - before[0] == 1 or last.j - first.i == 1


def _denies(reading: Reading, start: int, end: int, mask: int) -> bool:
    """Whether a *not* stands in it or right before it that the event does not have."""
    items, words = reading.items, reading.tokens.words
    first = max(items[start].i - 3, items[0].i)
    if not reading.tokens.any_of(_NOT, first, items[end].j):
        return False
    known, book = reading.world.language.words, reading.world.book
    for at in range(first, items[end].j):
        if words[at] not in _NOT or book.mask(known[words[at]]) & mask:
            continue
        own = at >= items[start].i or not start or items[start - 1].j <= at or items[start - 1].role == "negation"
        if own:
            return True
    return False


def _exchanged(reading: Reading, start: int, end: int, event: Event) -> bool:
    """Whether it is said to have been done by another than who did it: "was outsold by"."""
    words = reading.tokens.words
    first, last = reading.items[start].i + 1, reading.items[end].j
    if event.who is None:
        return False
    for at in range(first, last):
        if words[at] == "by" and words[at - 2] in _PASSIVE:
            if " by " in f" {event.clause or ''} {event.noun_phrase or ''} ".lower():
                return False
            party = next((item for item in reading.items[start : end + 1] if item.i > at), None)
            if party is None or party.role == "figure":
                return False
            named = {thing.id for thing in party.things}
            return event.who not in named and words[party.i] not in event.who.lower()
    return False


def _swapped(reading: Reading, start: int, end: int, event: Event) -> bool:
    """Whether what was bought or sold is said to have bought or sold: "Denyo is to buy a stake in Komatsu"."""
    words, target = reading.tokens.words, event.frame.get("target")
    if event.who is None or not isinstance(target, str):
        return False
    sold, seller = _first_of(reading, start, end, target), _first_of(reading, start, end, event.who)
    if sold is None or seller is None or sold.i >= seller.i:
        return False
    does = words[sold.j] in _DOES and words[seller.j] not in _DOES
    return does and "by" not in words[sold.j : seller.i]


def _first_of(reading: Reading, start: int, end: int, party: str) -> Item | None:
    """Where a company, or the plain name that was sent, first stands in a stretch."""
    for item in reading.items[start : end + 1]:
        if party in {thing.id for thing in item.things} or reading.word(item.i) in party.lower().split():
            return item
    return None


def _done(reading: Reading, start: int, end: int, event: Event) -> bool:
    """Whether what is still to come is told as done."""
    words, first, last = reading.tokens.words, reading.items[start], reading.items[end]
    stretch = words[max(first.i - 4, reading.items[0].i) : last.j + 2]
    inside = [word for word in words[first.i - 1 : first.i] if word in _DONE] + words[first.i : last.j]
    told = f" {event.clause or ''} {event.noun_phrase or ''} ".lower()
    if "did" in inside and " did " not in told:
        return True
    if not _OPEN.isdisjoint(stretch):
        return False
    return any((w in _DONE or (w.endswith("ed") and len(w) > 4)) and f" {w} " not in told for w in inside)


def _struck(reading: Reading, start: int, end: int, event: Event) -> bool:
    """Whether a purchase that is talked of is told as agreed or done."""
    words, first, last = reading.tokens.words, reading.items[start], reading.items[end]
    if event.frame.get("stage") not in _IN_TALKS:
        return False
    told = f" {event.clause or ''} {event.noun_phrase or ''} ".lower()
    stretch = words[max(first.i - 4, reading.items[0].i) : last.j + 2]
    struck = any(word in _STRUCK and f" {word} " not in told for word in words[first.i : last.j])
    return struck and _TALKED_OF.isdisjoint(stretch)


def _as_fact(reading: Reading, start: int, end: int, event: Event) -> bool:
    """Whether what is only reported is told as done, in other words than the sender's and without one that says so."""
    words, first, last = reading.tokens.words, reading.items[start], reading.items[end]
    if event.type in _READINGS:
        return False
    told = set(f"{event.clause or ''} {event.noun_phrase or ''}".lower().split())
    own = [word for word in words[first.i : last.j] if word not in told]
    if len(own) <= _BACK:
        return False  # the sender's, or "the sale" of which a sentence before has told
    return _SAID_TO_BE.isdisjoint(words[max(first.i - 6, reading.items[0].i) : last.j + 3])


def _wrong_before(reading: Reading, start: int, mask: int) -> bool:
    """Whether a word of movement that the event lacks stands right before it: lower-than-expected."""
    items = reading.items
    word = items[start - 1]
    if word.role == "ordinal" and not word.mask & mask and reading.word(items[start].i) in ("quarter", "half"):
        return True
    if word.role not in ("move", "quality") or word.mask & mask:
        return False
    link = reading.tokens.words[word.j : items[start].i]
    if "than" in link and {"-", "than"}.issuperset(link):
        return True
    if word.role == "quality":
        return not link
    return start > 1 and len(link) <= 2 and is_connective(reading, items[start - 2])


def _wrong_behind(reading: Reading, end: int, mask: int) -> bool:
    """Whether it is said to have come in as it did not: strong, where the event says weak."""
    word = reading.items[end + 1]
    if word.role not in ("move", "quality") or word.mask & mask:
        return False
    link = reading.tokens.words[reading.items[end].j : word.i]
    return len(link) == 2 and link[0] in _COMES and link[1] == "in"
