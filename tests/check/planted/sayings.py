"""Errors in what is said of a move: its direction, its size, that it took place, how it stands to others."""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.check.planted.moves import Word, conjugate, like, words
from tests.check.planted.page import Line, Market, Page, Run, Stock, Subject, direction, size
from tests.check.planted.plants import Change, Edit, mutator

MOVE = r"/(?:markets|stocks|sectors)/\d+/(?:change_pct|change)"


class Said(NamedTuple):
    """A word of movement, at its place on the page, and the thing that it is said of."""

    line: Line
    word: Word
    start: int
    end: int
    subject: Subject
    figure: Run | None  # the size that is printed with it


_ABOUT = "(?:about |nearly |more than |less than |almost |around )?"


@functools.lru_cache(maxsize=4)
def said(page: Page) -> tuple[Said, ...]:
    """Every word of movement whose subject is beyond doubt, and which is true of it."""
    return tuple(_said(page))


def _said(page: Page) -> Iterator[Said]:
    for line in page.lines:
        for word in words(line.text, line.title):
            start, end = line.start + word.start, line.start + word.end
            if not line.own(start, end):
                continue
            found = _subject(page, line, word, start, end)
            if found is not None and direction(found[0]) == word.direction:
                yield Said(line, word, start, end, *found)


def _subject(page: Page, line: Line, word: Word, start: int, end: int) -> tuple[Subject, Run | None] | None:
    after = next((r for r in line.runs if r.start >= end and r.text.strip()), None)
    figure = next((r for r in line.runs if r.start >= end and (r.token.ref or r.token.facts)), None)
    text = page.text
    if word.form == "plain" and not line.title and not re.match(rf" {_ABOUT}\d", text[end:]):
        stands = re.search(r"\b(?:was|were|traded|with [^,]*) $", text[line.start : start])
        if word.verb in ("up", "down") or not stands:
            return None
    if figure is not None and figure.states(MOVE):
        between = text[end : figure.start]
        if re.fullmatch(rf" (?:by )?{_ABOUT}", between):
            subject = page.subject(figure)
            return (subject, figure) if subject is not None else None
    before = [r for r in line.runs if r.end <= start and (r.token.ref or r.token.facts)]
    if before and before[-1].states(MOVE) and re.fullmatch(r" ", text[before[-1].end : start]) and word.form == "noun":
        subject = page.subject(before[-1])
        return (subject, before[-1]) if subject is not None else None
    if word.form == "noun":
        if after is not None and re.fullmatch(r" in (?:the )?", text[end : after.start]) and page.subject(after):
            return page.subject(after), None  # type: ignore[return-value]
        names = [r for r in before if page.subject(r) is not None and text[: r.end].endswith("’s")]
        if names and text[names[-1].end : start] == " ":
            return page.subject(names[-1]), None  # type: ignore[return-value]
        return None
    while before and before[-1].states(r"/stocks/\d+/ticker"):
        before.pop()
    if before and (subject := page.subject(before[-1])) is not None:
        glue = text[before[-1].end : start]
        if re.fullmatch(
            r"(?:’s)?(?: shares| stocks| makers)?(?: \([^)]*\))?(?: both| each| all)?(?: traded| was| were)? ",
            glue,
            re.I,
        ):
            return subject, None
    return None


@mutator("sign")
def sign(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A verb, noun or particle of movement replaced by its contrary."""
    for line, word, start, end, _, figure in said(page):
        new = word.opposite
        if word.verb == "lose" and figure is None:
            new = {"past": "gained", "ing": "gaining"}.get(word.form, new)
        yield Edit(line, (Change(start, end, like(word.text, new)),))
    yield from _region(page)


def _region(page: Page) -> Iterator[Edit]:
    """The tone of the whole region turned round: “Asian stocks fell” on a day when more than half of them rose."""
    moves = [direction(m) for m in page.main()]
    for line in page.lines[:2]:
        found = words(line.text, line.title)
        first = next((r for r in line.runs if r.token.ref), None)
        for word in found[:1]:
            start, end = line.start + word.start, line.start + word.end
            sound = moves.count(word.direction) * 2 > len(moves) and len(moves) >= 3
            whole = re.match(r"(?:Most )?(?:Stocks|Stock markets|Asian|European|Global|Equities)", line.text)
            sound = sound and whole is not None and word.form != "noun" and line.own(start, end)
            if sound and (first is None or start < first.start):
                yield Edit(line, (Change(start, end, like(word.text, word.opposite)),))


# A move so far from what a verb is used for that no editor would let it stand: (small verb from, big verb up to).
_FAR: dict[str, tuple[float, float]] = {"index": (2.5, 0.35), "future": (2.5, 0.35), "fx": (2, 0.25), "stock": (5, 0.9)}
_FAR_OTHER = (5.0, 0.35)


@mutator("size")
def wrong_size(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A size verb far off the mark: edged for 4%, plunged for 0.1%."""
    for line, word, start, end, subject, _ in said(page):
        moved = size(subject)
        if moved is None or word.form in ("noun", "plain") or getattr(subject, "kind", "") in ("yield", "volatility"):
            continue
        kind = "stock" if isinstance(subject, Stock) else getattr(subject, "kind", "sector")
        small_from, big_to = _FAR.get(kind, _FAR_OTHER)
        up = word.direction == "up"
        if moved >= small_from and word.size != "small":
            verb = rng.choice(("edge up", "inch up", "tick up") if up else ("edge down", "inch down", "dip"))
        elif 0 < moved <= big_to and word.size != "big":
            verb = rng.choice(("soar", "surge", "skyrocket") if up else ("plunge", "plummet", "tumble"))
        else:
            continue
        yield Edit(line, (Change(start, end, like(word.text, conjugate(verb, word.form))),))


@mutator("negation")
def negated(page: Page, rng: random.Random) -> Iterator[Edit]:
    """What moved is said not to have moved; what happened, not to have happened."""
    for line, word, start, end, _, _ in said(page):
        if word.form == "past":
            yield Edit(line, (Change(start, end, f"did not {word.verb}"),))
    for line in page.lines:
        if line.title:
            continue
        for run in line.runs:
            events = [page.event(p) for p in run.pointers]
            if not any(e is not None and e.status in ("happened", "confirmed") for e in events):
                continue
            for match in _DEEDS.finditer(run.text):
                if match[0] == "reported" and run.states(r".*/noun_phrase"):
                    continue  # reported progress
                base = _BASES[match[0].lower()]
                if re.search(
                    r"\b(?:has|have|had|was|were|is|are|been|being|not|it’s)(?: \w+ly)? $", run.text[: match.start()]
                ):
                    continue
                yield Edit(line, (Change(run.start + match.start(), run.start + match.end(), f"did not {base}"),))
                break
        text = line.text
        for match in re.finditer(
            r"\b(?:it|the company|that|after|as) (reported|agreed|raised|cut|announced|said)\b", text
        ):
            start, end = line.start + match.start(1), line.start + match.end(1)
            told = [e for f in line.sentence.facts if isinstance(f, str) and (e := page.event(f)) is not None]
            if len(told) == 1 and told[0].status in ("happened", "confirmed") and line.own(start, end):
                yield Edit(line, (Change(start, end, f"did not {_BASES[match[1]]}"),))


_BASES = {
    **{
        "reported": "report",
        "agreed": "agree",
        "raised": "raise",
        "cut": "cut",
        "announced": "announce",
        "said": "say",
    },
    **{"unveiled": "unveil", "launched": "launch", "ordered": "order", "signed": "sign", "promised": "promise"},
    **{"offered": "offer", "bought": "buy", "sold": "sell", "won": "win", "imposed": "impose", "withdrew": "withdraw"},
    **{"attacked": "attack", "asked": "ask", "banned": "ban", "sided": "side", "struck": "strike", "took": "take"},
    **{"approved": "approve", "resigned": "resign", "beat": "beat", "missed": "miss", "fell": "fall", "rose": "rise"},
}
_DEEDS = re.compile(r"\b(?:" + "|".join(_BASES) + r")\b")


@mutator("contrast")
def false_contrast(page: Page, rng: random.Random) -> Iterator[Edit]:
    """“But” between two moves of one sign."""
    for line in page.lines:
        if line.title:
            continue
        told = [s for s in said(page) if s.line.start == line.start and s.figure is not None and s.word.form == "past"]
        for first, second in zip(told, told[1:], strict=False):
            assert first.figure is not None
            if direction(first.subject) != direction(second.subject) or first.subject == second.subject:
                continue
            between = page.text[first.figure.end : second.start]
            match = re.search(r",? and ", between)
            if match and line.own(first.figure.end, second.start) and " as " not in between:
                at = first.figure.end + match.start()
                yield Edit(line, (Change(at, at + len(match[0]), rng.choice((", but ", ", yet "))),))


@mutator("quantity")
def quantity(page: Page, rng: random.Random) -> Iterator[Edit]:
    """All for most, few for most; all of them where some went the other way; half again as many in a count."""
    moves = [direction(m) for m in page.main() if m.tier == "primary"]
    for line in page.lines[:3]:
        text = line.text
        verb = next(iter(words(text, line.title)), None)
        way = verb.direction if verb else None
        if text.startswith("Most ") and way in ("up", "down"):
            against = [m for m in moves if m is not None and m != way]
            if against:
                yield Edit(
                    line,
                    (
                        Change(
                            line.start,
                            line.start + 4,
                            rng.choice(("All", "Nearly all") if len(against) > len(moves) / 4 else ("All",)),
                        ),
                    ),
                )
            if moves.count(way) * 2 > len(moves):
                yield Edit(
                    line,
                    (
                        Change(
                            line.start,
                            line.start + 4,
                            rng.choice(("Few", "Only a few")),
                        ),
                    ),
                )
        against = [m for m in moves if m in ("up", "down") and m != way]
        match = re.match(r"(Asian|European|Global) (stocks|shares|equities) ", text)
        if match and verb and verb.start == match.end() and against:
            yield Edit(line, (Change(line.start, line.start + len(match[0]), f"All {match[1]} {match[2]} "),))
        if way and against and line.title and (match := re.match(r"(Asian|European|Global) Stocks (\w+)", text)):
            at = line.start + verb.end if verb and verb.form in ("base", "third") else 0
            if at and verb and verb.start < 24:
                yield Edit(line, (Change(at, at, " Across the Board"),))
    for line in page.lines:
        match = re.search(r"outpaced most of its|did better than most of its", line.text)
        if match:
            leader = next((page.subject(r) for r in line.runs if isinstance(page.subject(r), Market)), None)
            better = [
                m for m in page.main() if isinstance(leader, Market) and (m.change_pct or 0) > (leader.change_pct or 0)
            ]
            if isinstance(leader, Market) and better and leader.change_pct is not None:
                at = line.start + line.text.index("most of its")
                yield Edit(line, (Change(at, at + len("most of its"), "all of its"),))
