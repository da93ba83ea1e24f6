"""Whether a stretch that tells of an event turns it round: denied, done before its time, another word in it."""

from __future__ import annotations

from wrapgen.check.claims import Reading
from wrapgen.check.subjects import is_connective
from wrapgen.intake.snapshot import Event

_NOT = frozenset(("not", "never", "no", "n't"))


# Words that leave open whether a thing comes about.
_OPEN = frozenset((
    "will", "would", "may", "might", "could", "can", "should", "due", "expect", "expects", "expected",
    "expectation", "expectations", "plan", "plans", "planned", "awaits", "await", "awaiting", "awaited", "ahead",
    "before", "upcoming", "schedule", "scheduled", "prospect", "hopes", "hope", "optimism", "fears", "worries",
    "if", "whether", "likely", "set", "to", "calendar", "view", "prospects", "speculation", "nears", "looms",
    "possible", "possibility", "soon",
))  # fmt: skip


_DONE = frozenset(("did", "was", "were", "had", "has", "have"))


def turned(reading: Reading, start: int, end: int, mask: int, event: Event) -> bool:
    """Whether the stretch denies what the event says, tells as done what is to come, or runs two events into one."""
    items = reading.items
    first, last = items[start], items[end]
    words = reading.tokens.words
    before = reading.ran
    reading.ran = (first.i, last.j, mask)
    if (
        before is not None
        and before[1] <= first.i
        and first.i - before[1] <= 2
        and not before[2] & mask
        and before[0] >= items[0].i
    ):
        between = words[before[1] : first.i]
        others = [e for n, e in enumerate(reading.world.snapshot.events) if before[2] & (1 << n)]
        if any(
            e.id == event.frame.get("overshadowed_by") or e.frame.get("overshadowed_by") == event.id for e in others
        ):
            return False
        if (
            not {",", "and", "after", "as", "on", "while"} & set(between)
            or before[1] - before[0] == 1
            or last.j - first.i == 1
        ):
            reading.claim(
                "event",
                first,
                last,
                "unsupported",
                pointer=event.pointer,
                why="it runs two events of the data into one",
            )
            return True
    own = reading.world.language.words
    for at in range(max(first.i - 3, items[0].i), last.j):
        if words[at] in _NOT and not reading.world.book.masks.get(own[words[at]].stem, 0) & mask:
            if at < first.i and start and items[start - 1].j > at and items[start - 1].role != "negation":
                continue
            reading.claim(
                "event",
                first,
                last,
                "contradicted",
                true="it is so",
                pointer=event.pointer,
                why="the data do not deny it",
            )
            return True
    if start and _wrong_before(reading, start, mask):
        word = items[start - 1]
        reading.claim(
            "event",
            word,
            last,
            "contradicted",
            true="another word",
            pointer=event.pointer,
            why="what is known of the event has another word there",
        )
        return True
    if event.status in ("scheduled", "expected"):
        stretch = words[max(first.i - 4, items[0].i) : last.j + 2]
        inside = [w for w in words[first.i - 1 : first.i] if w in _DONE] + words[first.i : last.j]
        told = f" {event.clause or ''} {event.noun_phrase or ''} ".lower()
        if "did" in inside and " did " not in told:
            reading.claim(
                "event",
                first,
                last,
                "contradicted",
                true=f"it is {event.status}",
                pointer=event.pointer,
                why="it has not happened yet",
            )
            return True
        if not _OPEN.intersection(stretch):
            done = next(
                (w for w in inside if (w in _DONE or (w.endswith("ed") and len(w) > 4)) and f" {w} " not in told), None
            )
            if done is not None:
                reading.claim(
                    "event",
                    first,
                    last,
                    "contradicted",
                    true=f"it is {event.status}",
                    pointer=event.pointer,
                    why="it has not happened yet",
                )
                return True
    return False


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
