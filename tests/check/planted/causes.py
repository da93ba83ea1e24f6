"""Errors in why: causes invented or moved, despite for after, what is awaited told as done."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from tests.check.planted.page import Line, Page, direction, key
from tests.check.planted.plants import Change, Edit, mutator
from tests.check.planted.sayings import Said, said
from tests.check.planted.world import EVENTS
from wrapgen.intake.snapshot import Event, Market, Stock

_CAUSE = re.compile(
    r"\b(?:after|as|amid|on|following|despite|because|with|by|ahead|helped|hurt|under|in focus"
    r"|while|but|where|which|when)\b",
    re.I,
)
_TIME = re.compile(r"\bon (?:Wall Street|(?:Mon|Tues|Wednes|Thurs|Fri)day)\b")


def bare(page: Page) -> Iterator[Said]:
    """The last move of a sentence that gives no reason for any."""
    told = said(page)
    for line in page.lines:
        mine = [s for s in told if s.line.start == line.start]
        if line.title or not mine or line.of_events() or not line.text.endswith("."):
            continue
        if not _CAUSE.search(_TIME.sub("", line.text)):
            yield mine[-1]


@mutator("cause invented")
def invented(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A reason that the data do not hold, given to a move that has none or in place of the one that it has."""
    fit = [e for e in EVENTS if not any(word in page.data for word in e[2])]
    if not fit:
        return
    for one in bare(page):
        clause, noun, _ = rng.choice(fit)
        made = rng.choice(
            (f" after {clause}", f" as {clause}", f" amid {noun}", f", {_influence(one)} {noun}", f" on {noun}")
        )
        yield Edit(one.line, (Change(one.line.end - 1, one.line.end - 1, made),))
    for line, start, end, connective in _reasons(page):
        clause, noun, _ = rng.choice(fit)
        clausal = connective in ("after", "as")
        at = start - len(connective) - 1
        new = f"after {clause}" if clausal else f"{connective} {noun}"
        yield Edit(line, (Change(at, end, new),))


def _influence(one: Said) -> str:
    return "lifted by" if one.word.direction == "up" else "weighed down by"


def _reasons(page: Page) -> Iterator[tuple[Line, int, int, str]]:
    """(line, start, end, connective) of every reason made of the words of events that ends its sentence."""
    for line in page.lines:
        if line.title or not line.text.endswith("."):
            continue
        match = re.search(r"(?:after|amid|following|helped by|weighed down by|hurt by|on) (?=[^,]*\.$)", line.text)
        if not match or match.end() < 12:
            continue
        start, end = line.start + match.end(), line.end - 1
        covered = [(a, b) for a, b in line.of_events() if a >= start]
        if covered and covered[0][0] == start and covered[-1][1] == end:
            yield line, start, end, match[0].strip()


@mutator("cause moved")
def moved(page: Page, rng: random.Random) -> Iterator[Edit]:
    """A true event given as the reason of a stock, or of a market of another place, that it has nothing to do with."""
    for one in bare(page):
        if (
            not isinstance(one.subject, Stock | Market)
            or isinstance(one.subject, Market)
            and one.subject.kind != "index"
        ):
            continue
        for event in page.snapshot.events:
            if event.status not in ("happened", "confirmed") or not _foreign(page, event, one.subject):
                continue
            if event.noun_phrase and "{" not in event.noun_phrase:
                made = f", {_influence(one)} {event.noun_phrase}".replace("'", "’")
            elif event.clause and not re.match(r"(?:it|they|its|the company)\b", event.clause):
                made = f" after {event.clause}".replace("'", "’")
            else:
                continue
            yield Edit(one.line, (Change(one.line.end - 1, one.line.end - 1, made),))


def _ties(page: Page, event: Event) -> set[str]:
    """Everything that the snapshot ties an event to."""
    tied = set(event.affects) | {
        event.who or "",
        str(event.frame.get("target") or ""),
        str(event.frame.get("rival") or ""),
    }
    for listed in (page.snapshot.markets, page.snapshot.stocks, page.snapshot.sectors):
        tied.update(key(s) for s in listed if event.id in s.because)
    return tied - {""}


def _foreign(page: Page, event: Event, subject: Stock | Market) -> bool:
    """Whether an event is tied to companies alone, or to markets of other places, and neither to the subject nor to
    anything that stands near it."""
    tied = _ties(page, event)
    near = {subject.id, subject.name, subject.short_name}
    if isinstance(subject, Stock):
        near |= {subject.market or "", subject.sector or ""}
        near |= {s.id for s in page.snapshot.stocks if s.sector and s.sector == subject.sector}
    else:
        at_home = {m.id for m in page.snapshot.markets if m.place == subject.place}
        near |= {s.id for s in page.snapshot.stocks if s.market in at_home}
        near |= {m.id for m in page.snapshot.markets if m.place == subject.place or m.underlying == subject.id}
    if not tied or tied & near:
        return False
    companies = {s.id for s in page.snapshot.stocks}
    markets = {m.id: m for m in page.snapshot.markets}
    if not all(t in companies or t in markets for t in tied):
        return False
    words = f"{event.clause} {event.noun_phrase} {event.frame}".lower()
    if any(n and n.lower() in words for n in (subject.name, subject.short_name)):
        return False
    if isinstance(subject, Stock):
        own = markets.get(subject.market or "")
        return all(t in companies or own is None or markets[t].place != own.place for t in tied) and any(
            t in companies for t in tied
        )
    return all(t in companies or markets[t].kind == "index" and markets[t].place != subject.place for t in tied)


_BEFORE_NOUN = re.compile(
    r",? (?:on|amid|following|helped by|hurt by|supported by|weighed down by|under pressure from) (?:the |an? )?$"
)


@mutator("despite")
def despite(page: Page, rng: random.Random) -> Iterator[Edit]:
    """Despite for after where the event speaks for the move; because of for despite where it speaks against it."""
    for line in page.lines:
        told = [s for s in said(page) if s.line.start == line.start]
        for start, end in line.of_events():
            run = next(r for r in line.runs if r.start == start and r.end == end)
            event = next((e for p in run.pointers if (e := page.event(p)) is not None), None)
            before = [s for s in told if s.end <= start]
            subject = before[-1].subject if before else None
            if event is None or subject is None or event.id not in subject.because or event.polarity not in _SPEAKS:
                continue
            agrees = _SPEAKS[event.polarity] == direction(subject)
            text = page.text[line.start : start]
            if agrees and (found := _BEFORE_NOUN.search(text)):
                article = re.search(r"(?:the |a |an )$", text)
                yield Edit(
                    line, (Change(line.start + found.start(), start, f" despite {article[0] if article else ''}"),)
                )
            elif agrees and (found := re.search(r" after (?:it |the company )?$", text)):
                at = line.start + found.start()
                noun = page.text[at + len(" after ") :].startswith(("its ", "their ", "the results", "news", "word"))
                new = " despite " if noun else rng.choice((" although ", " even though "))
                yield Edit(line, (Change(at, at + len(" after "), new),))
            elif not agrees and (found := re.search(r" (?:came )?despite $", text)):
                at = line.start + found.start()
                yield Edit(line, (Change(at, start, found[0].replace("despite", "because of")),))


_SPEAKS = {"positive": "up", "negative": "down"}

_DUE = (
    (r"(?<=[a-z0-9%]) ahead of ", " after "),
    (r"\bAhead of ", "After "),
    (r"\bwith ((?:the |a |an )?[^,]+) in (?:view|prospect)\b", r"after \1"),
    (r"\b(?:is|are) due to report\b", "reported"),
    (r"\b(?:is|are) due to (give|present|close|meet|publish|hold|decide)\b", r"did \1"),
    (r"\bare due (?=on |later |this |next )", "were published "),
    (r"\bis expected to (\w+)\b", r"did \1"),
    (r"\bwill (\w+)\b", r"did \1"),
    (r"\b(?:may|could) (restrict|raise|delay|cut|impose|sell|buy|take|announce|hold|end)\b", r"did \1"),
)


@mutator("tense")
def told_as_done(page: Page, rng: random.Random) -> Iterator[Edit]:
    """What is scheduled or expected told as happened."""
    for line in page.lines:
        events = [e for f in _facts(line) if (e := page.event(f)) is not None]
        if not events or any(e.status not in ("scheduled", "expected") for e in events):
            continue
        for pattern, new in _DUE:
            match = re.search(pattern, line.text)
            if match:
                yield Edit(line, (Change(line.start + match.start(), line.start + match.end(), match.expand(new)),))
                break


def _facts(line: Line) -> list[str]:
    stated = [p for run in line.runs for p in run.pointers]
    return [f for f in (*line.sentence.facts, *stated) if isinstance(f, str)]
