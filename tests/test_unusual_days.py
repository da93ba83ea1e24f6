"""Days unlike the seeds and the cases: every one must be written, in every style, length and wording, and read cleanly.

The snapshots are in `unusual/`, one for each thing that a newsroom may send and the cases do not: a lone index, a
region on holiday, directions without figures, each event type in each status, sixty stocks. What must hold of the
words is said in `cases/checks.py`; what must hold of the claims is said here.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import wrapgen
from tests.cases import checks
from tests.cases.library import Written, book
from wrapgen.article import Article
from wrapgen.facts.types import FactBook
from wrapgen.intake.snapshot import Snapshot
from wrapgen.text import Derived, Sentence

DAYS = {path.stem: path for path in sorted((Path(__file__).parent / "unusual").glob("*.json"))}
LENGTHS = ("brief", "standard", "long")
VARIANTS = range(4)
AWAITED = ("expected", "scheduled")

Options = tuple[str, str, int]
Claim = Callable[[dict[str, Any], Article], Iterator[str]]


@functools.cache
def sent(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(DAYS[name].read_text(encoding="utf-8"))
    return loaded


@functools.cache
def snapshot(name: str) -> Snapshot:
    return wrapgen.read_snapshot(sent(name))


@functools.cache
def facts(name: str) -> FactBook:
    return book(sent(name))


@functools.cache
def articles(name: str) -> dict[Options, Article]:
    """The day in every style, length and wording; written once, and only read after that."""
    rules = wrapgen.load_rules()
    every = itertools.product(sorted(rules.styles), LENGTHS, VARIANTS)
    return {
        (style, length, variant): wrapgen.write(
            snapshot(name), style=style, length=length, variant=variant, rules=rules
        )
        for style, length, variant in every
    }


def sentences(article: Article) -> Iterator[Sentence]:
    """Headline, subheads and body."""
    yield article.headline
    for block in article.blocks:
        yield from block.sentences


def found_in(name: str, problems: Callable[[Article], Iterator[str]]) -> list[str]:
    """Each problem once, with the first article that has it."""
    first: dict[str, Options] = {}
    for options, article in articles(name).items():
        for problem in problems(article):
            first.setdefault(problem, options)
    return [f"{'/'.join(map(str, options))}: {problem}" for problem, options in first.items()]


@pytest.mark.parametrize("name", DAYS)
def test_every_day_is_written(name: str) -> None:
    """A headline and at least a lede, whatever came in."""
    for options, article in articles(name).items():
        assert article.headline.text.strip(), options
        assert article.blocks and all(block.text.strip() for block in article.blocks), options


@pytest.mark.parametrize("name", DAYS)
def test_every_story_that_the_data_support_can_be_told(name: str) -> None:
    rules = wrapgen.load_rules()
    for angle in wrapgen.rank_angles(snapshot(name), rules):
        if angle.supported:
            assert wrapgen.write(snapshot(name), angle=angle.name, rules=rules).blocks, angle.name


@pytest.mark.parametrize("which", checks.CHECKS)
@pytest.mark.parametrize("name", DAYS)
def test_form(name: str, which: str) -> None:
    """What holds for the cases holds here: clean text, whole sentences, figures that were sent, nothing told twice."""

    def problems(article: Article) -> Iterator[str]:
        # A brief leaves markets out, and that is what it is for.
        if which == "own_markets_are_told" and article.provenance["length"] == "brief":
            return
        yield from checks.problems(Written(sent(name), snapshot(name), facts(name), article), which)

    found = found_in(name, problems)
    assert not found, "\n".join(found)


# -- claims


CLAIMS: dict[str, Claim] = {}


def claim(function: Claim) -> Claim:
    CLAIMS[function.__name__] = function
    return function


def tellings(data: dict[str, Any], article: Article) -> Iterator[tuple[dict[str, Any], str, str, Sentence]]:
    """(event, words before it, its words, sentence) wherever a sentence tells of an event."""
    for sentence in sentences(article):
        for number, event in enumerate(data.get("events", ())):
            own = f"/events/{number}/"
            at = [k for k, t in enumerate(sentence.tokens) if any(str(f).startswith(own) for f in t.facts)]
            if at:
                before = "".join(t.text for t in sentence.tokens[: at[0]])
                words = "".join(t.text for t in sentence.tokens[at[0] : at[-1] + 1])
                yield event, before, words, sentence


@claim
def what_was_denied_is_not_told_as_true(data: dict[str, Any], article: Article) -> Iterator[str]:
    """A denied report is told as denied, or not at all, and nothing follows from it."""
    for event, _, _, sentence in tellings(data, article):
        if event.get("status") == "denied" and not re.search(r"\b(?:den(?:y|ied|ial)|dismiss|reject)", sentence.text):
            yield f"{event['id']} was denied ({sentence.rule}): {sentence.text}"


@claim
def what_is_awaited_has_not_happened(data: dict[str, Any], article: Article) -> Iterator[str]:
    """Nothing came after, followed or was caused by what is still to come."""
    caused = r"(?i)\b(?:after|following|followed|hurt by|weighed down by|under pressure from|despite) (?:the )?$"
    for event, before, _, sentence in tellings(data, article):
        if event.get("status") in AWAITED and re.search(caused, before):
            yield f"{event['id']} is {event['status']} ({sentence.rule}): {sentence.text}"


@claim
def what_is_awaited_is_not_told_in_the_past(data: dict[str, Any], article: Article) -> Iterator[str]:
    """A typed event that is still to come: no past tense of its deed."""
    done = r"\b(?:sold|bought|took|agreed|completed|reported|posted|raised|cut|held|withdrew|upgraded|downgraded|came in)\b"
    for event, before, words, sentence in tellings(data, article):
        plain = "clause" in event or "noun_phrase" in event
        if event.get("status") in AWAITED and not plain and re.search(done, words) and "is due to" not in before + words:
            yield f"{event['id']} is {event['status']} ({sentence.rule}): {sentence.text}"


@claim
def what_happened_is_not_told_as_due(data: dict[str, Any], article: Article) -> Iterator[str]:
    for event, _, words, sentence in tellings(data, article):
        if event.get("status", "happened") in ("happened", "confirmed") and re.search(r"\bdue to\b", words):
            if "due to" not in event.get("clause", ""):
                yield f"{event['id']} has {event.get('status')} ({sentence.rule}): {sentence.text}"


@claim
def both_are_two(data: dict[str, Any], article: Article) -> Iterator[str]:
    for sentence in sentences(article):
        if re.search(r"[^,]+, [^,]+ and [^,]+ both\b", sentence.text):
            yield f"both of three ({sentence.rule}): {sentence.text}"


@claim
def a_rise_is_not_dragged_down(data: dict[str, Any], article: Article) -> Iterator[str]:
    """A stock that holds an index back does not drag down an index that rose, nor lift one that fell."""
    up, down = r"(?:rose|gained|added|advanced|climbed|jumped|rallied|surged|soared)", r"(?:fell|lost|slid|slipped|eased)"
    for sentence in sentences(article):
        text = sentence.text
        if re.search(rf"\b{up}\b[^,]*, dragged down by", text) or re.search(rf"\b{down}\b[^,]*, lifted by", text):
            yield f"({sentence.rule}): {text}"


@claim
def a_sentence_does_not_name_its_subject_as_the_reason(data: dict[str, Any], article: Article) -> Iterator[str]:
    """Not “Toyota falls after Toyota’s results”, “Japan’s index on Japan’s output”, “it rose as SoftBank is due”."""
    for sentence in sentences(article):
        found = re.match(r"((?:\w|[’&.\-])+(?: (?:& )?\w+)?)(?:’s?)? .*\b(?:after|on|of|as|over) \1(?:’s?)?\b", sentence.text)
        if found and found[1][:1].isupper() and found[1] not in ("The", "A"):
            yield f"{found[1]} twice ({sentence.rule}): {sentence.text}"


@claim
def a_currency_has_its_other_side(data: dict[str, Any], article: Article) -> Iterator[str]:
    """The dollar against what: a sentence that moves a currency of a pair names the pair’s other side."""
    for sentence in sentences(article):
        for number, market in enumerate(data["markets"]):
            moved = any(f"/markets/{number}/change_pct" in t.facts for t in sentence.tokens)
            if moved and re.fullmatch(r"[A-Z]{6}", market["id"]) and "against" not in sentence.text:
                yield f"{market['id']} against nothing ({sentence.rule}): {sentence.text}"


@claim
def a_large_move_is_not_called_flat(data: dict[str, Any], article: Article) -> Iterator[str]:
    """Where nothing but futures is known, or every market moved, the day is not said to be little changed."""
    moves = [m.get("change_pct") for m in data["markets"] if m.get("change_pct") is not None]
    flat = r"(?i)little changed|held steady|flat\b"
    if moves and min(map(abs, moves)) >= 0.3 and re.search(flat, article.headline.text):
        yield f"every market moved by 0.3% or more ({article.headline.rule}): {article.headline.text}"


@claim
def every_fact_is_sent(data: dict[str, Any], article: Article) -> Iterator[str]:
    """No sentence about a closed market states a move of it."""
    closed = {number for number, market in enumerate(data["markets"]) if market.get("closed")}
    for sentence in sentences(article):
        for fact in (f for t in sentence.tokens for f in t.facts if not isinstance(f, Derived)):
            found = re.fullmatch(r"/markets/(\d+)/change_pct", fact)
            if found and int(found[1]) in closed:
                yield f"{fact} of a closed market ({sentence.rule}): {sentence.text}"


@pytest.mark.parametrize("which", CLAIMS)
@pytest.mark.parametrize("name", DAYS)
def test_claims(name: str, which: str) -> None:
    found = found_in(name, functools.partial(CLAIMS[which], sent(name)))
    assert not found, "\n".join(found)
