"""Days unlike the seeds and the cases: every one must be written, in every style, length and wording, and read cleanly.

The snapshots are in `unusual/`, one for each thing that a newsroom may send and the cases do not: a lone index, a
region on holiday, directions without figures, each event type in each status, sixty stocks. What must hold of the
words is said in `cases/checks.py`; what must hold of the claims is said here.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import wrapgen
from tests.cases import checks
from tests.cases.library import UNUSUAL as DAYS
from tests.cases.library import Written, facts, sent
from tests.thorough import THOROUGH
from wrapgen.article import Article
from wrapgen.intake.snapshot import Snapshot
from wrapgen.text import Derived, Sentence

LENGTHS = ("brief", "standard", "long")
VARIANTS = range(4 if THOROUGH else 2)
AWAITED = ("expected", "scheduled")

# What a check rings and an editor would not: a company's own spelling, a phrasal verb of the sender's.
SOUND = ("S.A.", "A.O.", "dragged on.", "'e.l.f.'", "lower case: eBay", "SET set the pace")

# What a data gate holds, and rightly: crashes beyond what an index does, days made up without a look at the calendar,
# a history with a hole. They are written all the same, as an editor would who overrides the gate by its name.
_OFF_DAYS = (
    *("asia-equal-moves", "asia-mixed-directions", "typed-central-banks", "typed-policy-statements"),
    *(f"plain-events-{status}" for status in ("confirmed", "continuing", "denied", "expected", "happened")),
    *("plain-events-reported", "plain-events-scheduled"),
)
HELD = {
    "us-crash": ("beyond_kind",),
    "bare-us-split": ("beyond_kind",),
    "monday-after-fall-history": ("history_recent_hole",),
    "bare-first-below": ("weekend",),
    "bare-global-lift": ("weekend",),
    **dict.fromkeys(_OFF_DAYS, ("holiday",)),
}

Options = tuple[str, str, int]
Claim = Callable[[Written], Iterator[str]]


@functools.cache
def snapshot(name: str) -> Snapshot:
    return wrapgen.read_snapshot(sent(name), override=HELD.get(name, ()))


@functools.cache
def attempts(name: str) -> dict[Options, Article | Exception]:
    """The day in every style, length and wording; written once, and only read after that."""
    rules = wrapgen.load_rules()
    made: dict[Options, Article | Exception] = {}
    for style, length, variant in itertools.product(sorted(rules.styles), LENGTHS, VARIANTS):
        try:
            written = wrapgen.write(snapshot(name), style=style, length=length, variant=variant, rules=rules)
        except Exception as error:  # noqa: BLE001 - any error is a failure, told once by the first test
            made[style, length, variant] = error
        else:
            made[style, length, variant] = written
    return made


def articles(name: str) -> dict[Options, Article]:
    return {options: made for options, made in attempts(name).items() if isinstance(made, Article)}


def sentences(article: Article) -> Iterator[Sentence]:
    """Headline, subheads and body."""
    yield article.headline
    for block in article.blocks:
        yield from block.sentences


def subheads(article: Article) -> list[Sentence]:
    return [s for block in article.blocks if block.kind == "subhead" for s in block.sentences]


def found_in(name: str, problems: Claim) -> list[str]:
    """Each problem once, with the first article that has it."""
    first: dict[str, Options] = {}
    for options, article in articles(name).items():
        for problem in problems(Written(sent(name), snapshot(name), facts(name), article)):
            first.setdefault(problem, options)
    return [f"{'/'.join(map(str, options))}: {problem}" for problem, options in first.items()]


@pytest.mark.parametrize("name", DAYS)
def test_no_more_is_held_than_an_editor_would_see(name: str) -> None:
    tripped = wrapgen.examine_snapshot(sent(name))
    assert {gate.name for gate in tripped if gate.severity == "hold"} == set(HELD.get(name, ()))
    assert not [gate for gate in tripped if gate.severity == "refuse"]


@pytest.mark.parametrize("name", DAYS)
def test_every_day_is_written(name: str) -> None:
    """A headline and at least a lede, whatever came in."""
    for options, made in attempts(name).items():
        if isinstance(made, Exception):
            raise AssertionError(f"{options} was not written") from made
        assert made.headline.text.strip(), options
        assert made.blocks and all(block.text.strip() for block in made.blocks), options


@pytest.mark.parametrize("name", DAYS)
def test_every_story_that_the_data_support_can_be_told(name: str) -> None:
    rules = wrapgen.load_rules()
    for angle in wrapgen.rank_angles(snapshot(name), rules):
        if angle.supported:
            assert wrapgen.write(snapshot(name), angle=angle.name, rules=rules).blocks, angle.name


@pytest.mark.parametrize("name", DAYS)
def test_form(name: str) -> None:
    """What holds for the cases holds here: clean text, whole sentences, figures that were sent, nothing told twice."""

    def problems(made: Written) -> Iterator[str]:
        for which in checks.CHECKS:
            # A brief leaves markets out, and that is what it is for.
            if which != "own_markets_are_told" or made.article.provenance["length"] != "brief":
                found = checks.problems(made, which)
                yield from (f"{which}: {problem}" for problem in found if not any(s in problem for s in SOUND))

    found = found_in(name, problems)
    assert not found, "\n".join(found)


# -- claims


CLAIMS: dict[str, Claim] = {}


def claim(function: Claim) -> Claim:
    CLAIMS[function.__name__] = function
    return function


def tellings(made: Written) -> Iterator[tuple[dict[str, Any], str, str, Sentence]]:
    """(event, words before it, its words, sentence) wherever a sentence tells of an event."""
    for sentence in sentences(made.article):
        for number, event in enumerate(made.sent.get("events", ())):
            own = f"/events/{number}/"
            at = [k for k, t in enumerate(sentence.tokens) if any(str(f).startswith(own) for f in t.facts)]
            if at:
                before = "".join(t.text for t in sentence.tokens[: at[0]])
                words = "".join(t.text for t in sentence.tokens[at[0] : at[-1] + 1])
                yield event, before, words, sentence


@claim
def what_was_denied_is_not_told_as_true(made: Written) -> Iterator[str]:
    """A denied report is told as denied, or not at all, and nothing follows from it."""
    for event, _, _, sentence in tellings(made):
        if event.get("status") == "denied" and not re.search(r"\b(?:den(?:y|ied|ial)|dismiss|reject)", sentence.text):
            yield f"{event['id']} was denied ({sentence.rule}): {sentence.text}"


@claim
def what_is_awaited_has_not_happened(made: Written) -> Iterator[str]:
    """Nothing came after, followed or was caused by what is still to come."""
    caused = r"(?i)\b(?:after|following|followed|hurt by|weighed down by|under pressure from|despite) (?:the )?$"
    for event, before, _, sentence in tellings(made):
        if event.get("status") in AWAITED and re.search(caused, before):
            yield f"{event['id']} is {event['status']} ({sentence.rule}): {sentence.text}"


@claim
def what_is_awaited_is_not_told_in_the_past(made: Written) -> Iterator[str]:
    """A typed event that is still to come: no past tense of its deed."""
    done = r"\b(?:sold|bought|took|agreed|completed|reported|raised|cut|held|withdrew|(?:up|down)graded|came in)\b"
    for event, before, words, sentence in tellings(made):
        typed = "clause" not in event and "noun_phrase" not in event
        due = "is due to" in before + words
        if event.get("status") in AWAITED and typed and not due and re.search(done, words):
            yield f"{event['id']} is {event['status']} ({sentence.rule}): {sentence.text}"


@claim
def what_happened_is_not_told_as_due(made: Written) -> Iterator[str]:
    for event, _, words, sentence in tellings(made):
        done = event.get("status", "happened") in ("happened", "confirmed")
        if done and "due to" in words and "due to" not in event.get("clause", ""):
            yield f"{event['id']} is {event.get('status')} ({sentence.rule}): {sentence.text}"


@claim
def both_are_two(made: Written) -> Iterator[str]:
    for sentence in sentences(made.article):
        if re.search(r"[^,]+, [^,]+ and [^,]+ both\b", sentence.text):
            yield f"both of three ({sentence.rule}): {sentence.text}"


@claim
def a_rise_is_not_dragged_down(made: Written) -> Iterator[str]:
    """A stock that holds an index back does not drag down an index that rose, nor lift one that fell."""
    up = "(?:rose|gained|added|advanced|climbed|jumped|rallied|surged|soared)"
    down = "(?:fell|lost|slid|slipped|eased)"
    for sentence in sentences(made.article):
        text = sentence.text
        if re.search(rf"\b{up}\b[^,]*, dragged down by", text) or re.search(rf"\b{down}\b[^,]*, lifted by", text):
            yield f"({sentence.rule}): {text}"


@claim
def a_subject_is_named_once(made: Written) -> Iterator[str]:
    """Not “Toyota Falls After Toyota’s Results”, nor “SoftBank rose as SoftBank is due to report”."""
    places = {m.place for m in made.snapshot.markets if m.place}
    companies = {s.short_name for s in made.snapshot.stocks} - {m.short_name.split()[0] for m in made.snapshot.markets}
    names = companies | {wrapgen.load_rules().reference.places[place].name for place in places}
    titles = [made.article.headline, *subheads(made.article)]
    for sentence in sentences(made.article):
        for name in names if sentence in titles else companies:
            if len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", re.sub(r" \([A-Z]+:.*?\)", "", sentence.text))) > 1:
                yield f"{name} twice ({sentence.rule}): {sentence.text}"


@claim
def a_currency_has_its_other_side(made: Written) -> Iterator[str]:
    """The dollar against what: a sentence that moves a currency of a pair says against which."""
    pairs = {
        number for number, m in enumerate(made.sent["markets"]) if re.fullmatch("(?:USD|EUR|GBP|AUD)[A-Z]{3}", m["id"])
    }
    for sentence in sentences(made.article):
        for number in pairs:
            moved = any(f"/markets/{number}/change_pct" in t.facts for t in sentence.tokens)
            if moved and "against" not in sentence.text:
                yield f"{made.sent['markets'][number]['id']} against nothing ({sentence.rule}): {sentence.text}"


@claim
def a_large_move_is_not_called_flat(made: Written) -> Iterator[str]:
    """Where nothing but futures is known, or every market moved, the day is not said to be little changed."""
    moves = [m.get("change_pct") for m in made.sent["markets"] if m.get("change_pct") is not None]
    flat = r"(?i)little changed|held steady|flat\b"
    if any(m.get("direction") == "flat" for m in made.sent["markets"]):
        return
    if moves and min(map(abs, moves)) >= 0.3 and re.search(flat, made.article.headline.text):
        yield f"every market moved by 0.3% or more ({made.article.headline.rule}): {made.article.headline.text}"


@claim
def a_closed_market_did_not_move(made: Written) -> Iterator[str]:
    """No sentence about a closed market states a move of it."""
    closed = {number for number, market in enumerate(made.sent["markets"]) if market.get("closed")}
    for sentence in sentences(made.article):
        for fact in (f for t in sentence.tokens for f in t.facts if not isinstance(f, Derived)):
            found = re.fullmatch(r"/markets/(\d+)/change_pct", fact)
            if found and int(found[1]) in closed:
                yield f"{fact} of a closed market ({sentence.rule}): {sentence.text}"


@claim
def one_market_is_not_most_of_them(made: Written) -> Iterator[str]:
    """*Most* and *mostly* need three places, *broadly* and *across the board* no market that went the other way."""
    own = [m for m in made.snapshot.markets if m.role == "main" and m.kind == "index" and not m.closed]
    for sentence in sentences(made.article):
        if re.search(r"\bmost(?:ly)?\b", sentence.text, re.I) and len({m.place for m in own if m.place}) < 3:
            yield f"of {len(own)} ({sentence.rule}): {sentence.text}"
        split = {m.direction for m in own} >= {"up", "down"}
        if split and re.search(r"\b(?:broadly|across the board)\b", sentence.text):
            yield f"not all went one way ({sentence.rule}): {sentence.text}"


@claim
def a_session_before_is_not_today(made: Written) -> Iterator[str]:
    """What the region's markets did the session before is not told with today's weekday."""
    today = made.snapshot.date.strftime("%A")
    old = {n for n, m in enumerate(made.sent["markets"]) if m.get("session") == "previous"}
    for sentence in sentences(made.article):
        of_region = any(isinstance(f, Derived) and f.name == "region.tone" for f in sentence.facts)
        stated = () if of_region else (f for t in sentence.tokens for f in t.facts if isinstance(f, str))
        moved = {int(f.split("/")[2]) for f in stated if f.startswith("/markets/")}
        if moved and moved <= old and f"on {today}" in sentence.text:
            yield f"the session before ({sentence.rule}): {sentence.text}"


@claim
def a_gap_in_history_is_no_high(made: Written) -> Iterator[str]:
    """Two closes two months apart do not show the highest level in two months, nor the length of a run."""
    for sentence in sentences(made.article):
        for ident, series in made.sent.get("history", {}).items():
            facts = {f for t in sentence.tokens for f in t.facts if isinstance(f, Derived)}
            if len(series["closes"]) < 3 and any(f"/history/{ident}" in fact.sources for fact in facts):
                yield f"{ident} has {len(series['closes'])} closes ({sentence.rule}): {sentence.text}"


@claim
def levels_follow_to_or_at(made: Written) -> Iterator[str]:
    """“Fell 1.1%, its lowest level since May” sets a level beside a percentage; it fell *to* it."""
    beside = r"(?:%|per cent|\d points), (?:its|a|an) (?:highest|lowest|record (?:high|low|close))"
    for sentence in sentences(made.article):
        if re.search(beside, sentence.text):
            yield f"({sentence.rule}): {sentence.text}"


@claim
def what_the_house_calls_per_cent(made: Written) -> Iterator[str]:
    """A style that writes per cent writes no sign, and sets a space before it."""
    if made.article.provenance["style"] == "british":
        for sentence in sentences(made.article):
            if re.search(r"%|\dper cent", sentence.text):
                yield f"({sentence.rule}): {sentence.text}"


@pytest.mark.parametrize("name", DAYS)
def test_claims(name: str) -> None:
    def problems(made: Written) -> Iterator[str]:
        for which, found in CLAIMS.items():
            yield from (f"{which}: {problem}" for problem in found(made))

    found = found_in(name, problems)
    assert not found, "\n".join(found)
