"""Half a year of real closes through the engine: what it writes must be true of the prices.

Everything that an article claims of the past (highest since, best day, runs) is worked out again here
with pandas from the price files, not from the engine's facts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

import wrapgen
from tests.prices import FOLDER, REGIONS, days, prices
from wrapgen.article import Article
from wrapgen.batch.snapshots import Day
from wrapgen.text import Sentence

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="real prices (../shared) are not here")

STILL = 0.05  # a smaller move prints as none, percent
HARDLY = 0.1  # a move that is called little changed, percent
ROUNDING = 0.006  # of figures with two decimals


class Wrap(NamedTuple):
    """A session, and what became of it."""

    day: Day
    article: Article

    @property
    def label(self) -> str:
        return f"{self.day.region} {self.day.date:%Y-%m-%d}"

    @property
    def own(self) -> list[dict[str, Any]]:
        """The region's own indices that traded."""
        return [m for m in self.sent if m["role"] == "main" and "closed" not in m]

    @property
    def sent(self) -> list[dict[str, Any]]:
        assert self.day.snapshot is not None
        return list(self.day.snapshot["markets"])

    def sentences(self) -> Iterator[Sentence]:
        yield self.article.headline
        for block in self.article.blocks:
            yield from block.sentences


@cache
def written() -> tuple[tuple[Wrap, ...], tuple[tuple[Day, str], ...]]:
    """(wraps, sessions that were refused, each with the reason)."""
    rules = wrapgen.load_rules()
    wraps: list[Wrap] = []
    refused: list[tuple[Day, str]] = []
    for day in days():
        if day.snapshot is None:
            refused.append((day, day.reason))
            continue
        try:
            snapshot = wrapgen.read_snapshot(day.snapshot, rules.reference)
        except wrapgen.SnapshotError as error:
            refused.append((day, str(error)))
        else:
            wraps.append(Wrap(day, wrapgen.write(snapshot, rules=rules)))
    return tuple(wraps), tuple(refused)


def wraps(region: str | None = None) -> tuple[Wrap, ...]:
    return tuple(w for w in written()[0] if region in (None, w.day.region))


def report(problems: list[str]) -> str:
    return f"{len(problems)} problems:\n" + "\n".join(problems[:40])


# --- what pandas says ----------------------------------------------------------------------------


class Past(NamedTuple):
    """One market's closes and moves up to a session, that session last."""

    closes: pd.Series
    moves: pd.Series

    @classmethod
    def of(cls, wrap: Wrap, market: str) -> Past:
        """As of the session that the snapshot sends: the day before, for a backdrop."""
        sent = next(m for m in wrap.sent if m["id"] == market)
        before = pd.Timedelta(days=1 if sent.get("session") == "previous" else 0)
        until = pd.Timestamp(wrap.day.date) - before
        return cls(prices().closes[market][:until], prices().moves[market][:until])

    @property
    def today(self) -> pd.Timestamp:
        return self.closes.index[-1]

    def run(self, direction: int, end: int | None = None) -> int:
        """Sessions in a row that went ``direction``, up to today's, or up to yesterday's with ``end`` -1."""
        signs = np.sign(self.moves.to_numpy()[:end])
        other = np.flatnonzero(signs != direction)
        return len(signs) - 1 - int(other[-1]) if len(other) else len(signs)

    def beyond(self, word: str) -> pd.Series:
        """The earlier sessions that today's does not beat: as high, as low, as good or as bad a day."""
        values = self.moves if word in ("best", "worst", "biggest") else self.closes
        sign = -1 if word in ("lowest", "worst") or (word == "biggest" and values.iloc[-1] < 0) else 1
        return values.iloc[:-1][sign * values.iloc[:-1] >= sign * values.iloc[-1]]

    def bears_out(self, word: str, since: str, span: str) -> bool:
        """Whether today's is the ``word`` since a date ("october 6"), or in a span ("more than a month")."""
        beyond = self.beyond(word)
        if since:
            day = pd.Timestamp(since if re.search(r"\d{4}", since) else f"{since} {self.today.year}")
            day = day if day < self.today else day - pd.DateOffset(years=1)
            return len(beyond) > 0 and beyond.index[-1] == day
        count, unit = re.fullmatch(r"(?:more than |at least |over )?(.+?) (week|month|year)s?", span).groups()  # type: ignore[union-attr]
        start = self.today - pd.DateOffset(**{f"{unit}s": number(count)})
        return self.closes.index[0] <= start and not (beyond.index > start).any()


WORDS = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)


def number(word: str) -> int:
    for words in (WORDS, ORDINALS):
        if word in words:
            return words.index(word) + 1
    return int(re.sub(r"\D", "", word))


# --- claims in the text --------------------------------------------------------------------------

SUPERLATIVE = re.compile(
    r"\b(?P<word>highest|lowest|best|worst|biggest)(?: one-day)?"
    r"(?: (?:level|price|close|closing level|yield|day|gain|rise|jump|fall|drop|loss|decline))?"
    r" (?:since (?P<since>[a-z]+ \d+(?:, \d{4})?)"
    r"|in (?P<span>(?:more than |at least |over )?[\w-]+ (?:week|month|year)s?))"
)
ANY_SUPERLATIVE = re.compile(r"\b(?:highest|lowest|best|worst|biggest|record|all-time)\b")
NEAR = re.compile(r"\b(?P<part>early|mid|late)-(?P<month>[a-z]+) (?P<what>peak|trough)")
GOES_ON = re.compile(
    r"(?P<n>\w+) (?:straight|consecutive) (?:session|day|gain|loss|rise|fall)"
    r"|(?:extend\w*|extending) (?:its|a|their) (?P<way>winning|losing) run to (?P<m>\w+) sessions"
)
ENDED = re.compile(
    r"(?:after|from) (?P<n>\w+) sessions of (?P<way>gains|losses)"
    r"|(?P<m>\w+)-session (?:run of )?(?P<kind>gains|losses|winning|losing)"
)
UPS = ("gains", "winning")


class Claim(NamedTuple):
    """A claim, the market that it is made of (None: the region's stocks), and where it stands."""

    wrap: Wrap
    sentence: Sentence
    market: str | None
    match: re.Match[str]

    def __str__(self) -> str:
        return f"{self.wrap.label}: {self.match[0]!r} of {self.market or 'the region'} in {self.sentence.text!r}"

    @property
    def pasts(self) -> list[Past]:
        """Of the market; of the region, every one of its own indices (of the United States, the S&P 500)."""
        if self.market:
            return [Past.of(self.wrap, self.market)]
        if self.wrap.day.region == "us":
            return [Past.of(self.wrap, "SPX")]
        return [Past.of(self.wrap, m["id"]) for m in self.wrap.own]


def claims(pattern: re.Pattern[str]) -> Iterator[Claim]:
    """Every match in headlines and bodies, with the market named last before it; "for the Dow" names it after."""
    for wrap in wraps():
        sent = {m["id"] for m in wrap.sent}
        for sentence in wrap.sentences():
            text = sentence.text.lower()
            for match in pattern.finditer(text):
                before, after, at = None, None, 0
                for token in sentence.tokens:
                    if token.ref in sent:
                        if at < match.start():
                            before = token.ref
                        elif text[match.end() : at] in (" run for ", " run for the "):
                            after = token.ref
                    at += len(token.text)
                yield Claim(wrap, sentence, after or before, match)


def spans(match: re.Match[str]) -> dict[str, str]:
    return {key: value or "" for key, value in match.groupdict().items()}


def untrue_runs() -> Iterator[Claim]:
    for claim in claims(GOES_ON):
        sessions = number(claim.match["n"] or claim.match["m"])
        if not all(past.run(int(np.sign(past.moves.iloc[-1]))) == sessions for past in claim.pasts):
            yield claim


def untrue_ends() -> Iterator[Claim]:
    for claim in claims(ENDED):
        sessions = number(claim.match["n"] or claim.match["m"])
        up = 1 if (claim.match["way"] or claim.match["kind"]) in UPS else -1
        for past in claim.pasts:
            if past.run(up, end=-1) != sessions or past.moves.iloc[-1] * up > 0:
                yield claim
                break


# --- tests ---------------------------------------------------------------------------------------


def test_every_session_gives_an_article_or_says_why_not() -> None:
    _, refused = written()
    assert len(wraps()) >= 340
    # These prices agree with themselves: only the day that they begin on has nothing to be measured against.
    assert [f"{day.region} {day.date}" for day, _ in refused] == [f"{region} 2025-09-08" for region in REGIONS]
    assert all("no price of the session before" in reason for _, reason in refused)
    for wrap in wraps():
        assert wrap.article.headline.text and wrap.article.blocks, wrap.label


@pytest.mark.parametrize("region", REGIONS)
def test_two_sessions_in_a_row_open_differently(region: str) -> None:
    def opening(wrap: Wrap) -> str:
        lede = next(block for block in wrap.article.blocks if block.kind == "paragraph")
        return " ".join(lede.text.split()[:4])

    days = wraps(region)
    alike = [
        f"{b.label}: {opening(b)!r} ({a.article.blocks[0].sentences[0].rule}; {b.article.blocks[0].sentences[0].rule})"
        for a, b in zip(days, days[1:], strict=False)
        if opening(a) == opening(b)
    ]
    assert not alike, report(alike)


@pytest.mark.parametrize("region", REGIONS)
def test_no_angle_takes_more_than_half_of_the_days(region: str) -> None:
    names = Counter(str(wrap.article.angle["name"]) for wrap in wraps(region))
    second = Counter(str((wrap.article.counterpoint or {"name": "none"})["name"]) for wrap in wraps(region))
    print(f"{region}: {dict(names.most_common())}; beside it: {dict(second.most_common())}")
    assert max(names.values()) <= len(wraps(region)) / 2, names


def test_every_angle_told_is_true_of_the_prices() -> None:
    untrue = []
    for wrap in wraps():
        for angle in (wrap.article.angle, wrap.article.counterpoint):
            if angle is not None:
                untrue += [f"{wrap.label} {angle['name']}: {what}" for what in contradicted(wrap, dict(angle))]
    assert not untrue, report(untrue)


def contradicted(wrap: Wrap, angle: dict[str, object]) -> Iterator[str]:
    """What of an angle, its subject and its evidence the prices do not bear out."""
    own = pd.Series({m["id"]: m["change_pct"] for m in wrap.own})
    traded = [m for m in wrap.sent if "closed" not in m]
    behind = pd.Series([m["change_pct"] for m in traded if m["role"] == "backdrop"], dtype=float)
    ups, downs, still = int((own >= STILL).sum()), int((own <= -STILL).sum()), int((own.abs() <= HARDLY).sum())
    name = str(angle["name"])
    subject = next((str(v) for v in angle["subjects"].values() if v), None)  # type: ignore[attr-defined]
    breadth = {len(own), ups, downs, len(own) - ups - downs, still, own.mean(), np.ptp(own), own.abs().max()}
    if name == "flat" and subject is not None:
        others = own.drop(subject)
        agrees = still >= 0.5 * len(own) and 2 * others.abs().max() <= abs(own[subject]) + ROUNDING
        figures = breadth
    elif subject is None:
        agrees = {
            "broad_advance": ups >= 0.6 * len(own) and own.sum() > 0,
            "broad_decline": downs >= 0.6 * len(own) and own.sum() < 0,
            "mixed": ups >= 1 and downs >= 1,
            "flat": still >= 0.5 * len(own),
            "follows_wall_street": own.median() * behind.mean() > 0 if len(behind) else False,
        }.get(name)
        figures = breadth | {own.abs().mean(), behind.mean()}
    else:
        past, pct = Past.of(wrap, subject), own[subject]
        prior = past.moves.iloc[-2] if len(past.moves) > 1 else 0.0
        way = int(np.sign(past.moves.iloc[-1]))
        others = own.drop(subject)
        gap, place = pct - own.median(), others.max() if pct > 0 else others.min()
        agrees = {
            "led_by_market": pct > 0 and pct > others.max(),
            "dragged_by_market": pct < 0 and pct < others.min(),
            "divergence": (pct * others < STILL).all() or pct in (own.max(), own.min()),
            "rebound": pct > 0 > prior,
            "reversal": pct < 0 < prior,
            "extends_run": past.run(way) >= 2,
            "milestone": history_made(past),
        }.get(name)
        runs = {past.run(way)} if name == "extends_run" else {past.run(-way, end=-1)}
        figures = {pct, prior, gap, pct - place, np.ptp(own)} | (runs if name in RUNS else set())
    if agrees is None:
        yield "nobody checks this angle here"
    elif not agrees:
        yield f"{subject or 'the region'} does not bear it out: {own.to_dict()}"
    for line in angle["because"] if name != "milestone" else ():  # type: ignore[attr-defined]
        for figure in re.findall(r"\b\d+(?:\.\d+)?", re.sub(r"\b[A-Z][A-Z0-9]+\b", "", str(line))):
            if not any(abs(abs(value) - float(figure)) < ROUNDING for value in figures):
                yield f"evidence {line!r}: no {figure} in the prices"


RUNS = ("rebound", "reversal", "extends_run")


def history_made(past: Past) -> bool:
    """Today's close, or move, is beyond every one of the four weeks before."""
    start = past.today - pd.Timedelta(days=27)
    return any(not (past.beyond(word).index > start).any() for word in ("highest", "lowest", "best", "worst"))


def test_no_superlative_that_the_prices_contradict() -> None:
    found = list(claims(SUPERLATIVE))
    assert len(found) > 100, "claims of a highest or a lowest are there to be checked"
    untrue = [str(c) for c in found if not all(p.bears_out(**spans(c.match)) for p in c.pasts)]
    unread = [str(c) for c in claims(ANY_SUPERLATIVE) if not SUPERLATIVE.search(c.sentence.text.lower())]
    assert not untrue + unread, report(untrue + unread)


def test_a_peak_that_is_near_is_the_highest_close_and_was_then() -> None:
    untrue = []
    for claim in claims(NEAR):
        for past in claim.pasts:
            closes = past.closes[past.today - pd.DateOffset(years=1) :].iloc[:-1]
            date = closes.idxmax() if claim.match["what"] == "peak" else closes.idxmin()
            part = "early" if date.day <= 10 else "mid" if date.day <= 20 else "late"
            gap = abs(past.closes.iloc[-1] / closes[date] - 1)
            if (part, f"{date:%B}".lower()) != (claim.match["part"], claim.match["month"]) or gap > 0.025:
                untrue.append(str(claim))
    assert not untrue, report(untrue)


def test_runs_are_as_long_as_the_prices_say_and_of_the_market_named() -> None:
    assert len(list(claims(GOES_ON))) > 100
    untrue = [str(claim) for claim in untrue_runs()]
    assert not untrue, report(untrue)


def test_runs_that_ended_did_so_and_are_of_the_market_named() -> None:
    assert len(list(claims(ENDED))) > 100
    untrue = [str(claim) for claim in untrue_ends()]
    assert not untrue, report(untrue)


def test_across_the_board_means_every_index_and_most_means_the_greater_part() -> None:
    wrong = []
    for wrap in wraps():
        own = pd.Series([m["change_pct"] for m in wrap.own])
        ways = max((own >= STILL).sum(), (own <= -STILL).sum())
        for sentence in wrap.sentences():
            text = sentence.text.lower()
            all_of_them = "across the board" in text or "broadly" in text
            if (all_of_them and ways < len(own)) or (re.search(r"\bmost(ly)?\b", text) and 2 * ways <= len(own)):
                wrong.append(f"{wrap.label}: {sentence.text!r} with {own.tolist()}")
    assert not wrong, report(wrong)


def test_every_printed_move_is_the_markets_own() -> None:
    wrong = []
    for wrap in wraps():
        sent = {f"/markets/{i}/change_pct": m for i, m in enumerate(wrap.sent) if "change_pct" in m}
        for sentence in wrap.sentences():
            for token in sentence.tokens:
                figure = re.search(r"(\d+(?:\.\d+)?)%", token.text)
                for pointer in token.facts if figure else ():
                    if pointer in sent and figure:
                        unit = 10.0 ** -len(figure[1].partition(".")[2])
                        if abs(float(figure[1]) - abs(sent[pointer]["change_pct"])) > 0.5 * unit + 1e-9:
                            wrong.append(f"{wrap.label}: {token.text} for {sent[pointer]} in {sentence.text!r}")
    assert not wrong, report(wrong)


def test_the_hang_sengs_history_on_12_november_comes_out_of_prices_alone() -> None:
    wrap = next(w for w in wraps("asia-pacific") if f"{w.day.date:%F}" == "2025-11-12")
    past = Past.of(wrap, "HSI")
    assert past.beyond("highest").index[-1] == pd.Timestamp("2025-10-06")
    assert past.closes.idxmax() == pd.Timestamp("2025-10-02")
    told = " ".join(s.text for s in wrap.sentences() if any(t.ref == "HSI" for t in s.tokens) and "high" in s.text)
    assert re.search(r"highest level (?:in more than a month|since October 6)", told), told
    assert "early-October peak" in told, told
