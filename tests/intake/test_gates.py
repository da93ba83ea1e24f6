"""The data gates: what each lets pass and what it stops, at the very limit; and how a request meets them."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wrapgen
from wrapgen.intake.gates.catalogue import GATES
from wrapgen.intake.gates.types import Tripped

ROOT = Path(__file__).parents[2]
NOON = "2025-11-12T12:00:00+08:00"
Sent = dict[str, Any]


def limits(gate: str) -> dict[str, Any]:
    return next(rule.limits for rule in wrapgen.load_rules().reference.gates if rule.gate == gate)


def day(*markets: Sent, as_of: str = "2025-11-12", region: str = "asia-pacific", **rest: Any) -> Sent:
    """A Wednesday in Hong Kong, with the markets given."""
    return {"region": region, "as_of": as_of, "markets": list(markets) or [{"id": "HSI", "change_pct": 1.0}], **rest}


def hsi(**figures: Any) -> Sent:
    return {"id": "HSI", **figures}


def stock(ticker: str, change: float | None = None, **rest: Any) -> Sent:
    moved = {} if change is None else {"change_pct": change}
    return {"ticker": ticker, "exchange": "XHKG", "name": f"Company {ticker}", "market": "HSI", **moved, **rest}


def sessions(last: str, count: int, market: str = "HSI") -> list[str]:
    """The last ``count`` sessions of a market's exchange up to ``last``."""
    reference = wrapgen.load_rules().reference
    exchange = reference.exchanges[reference.markets[market].exchange or ""]
    closures = reference.closures[exchange.calendar or ""]
    found, date = [], dt.date.fromisoformat(last)
    while len(found) < count:
        if closures.off(date) is None:
            found.append(date.isoformat())
        date -= dt.timedelta(days=1)
    return found[::-1]


def zigzag(count: int, step: float = 1.0, around: float = 26000.0) -> list[float]:
    """Closes that go up and down by ``step`` percent, none twice in a row."""
    return [round(around * (1 + step / 100 * (n % 2)), 2) for n in range(count)]


def past(last: str = "2025-11-11", count: int = 40, step: float = 1.0, market: str = "HSI") -> Sent:
    return {market: {"dates": sessions(last, count, market), "closes": zigzag(count, step)}}


def with_closes(*closes: float, last: str = "2025-11-11") -> Sent:
    return {"HSI": {"dates": sessions(last, len(closes)), "closes": list(closes)}}


def event(**keys: Any) -> Sent:
    return {"id": "e", "type": "earnings", "who": "XHKG:1", "clause": "the company reported results", **keys}


class Case(NamedTuple):
    """Two snapshots on either side of a gate's limit, and the place that the gate points to."""

    stopped: Sent
    passes: Sent
    pointer: str
    now: str | None = None
    now_passes: str | None = None


def after(moment: str, **more: float) -> str:
    return (dt.datetime.fromisoformat(moment) + dt.timedelta(**more)).isoformat()


def _times() -> Iterator[tuple[str, Case]]:
    ahead = limits("future")["minutes"]
    moment = day(as_of=NOON)
    yield "future", Case(moment, moment, "/as_of", after(NOON, minutes=-ahead - 1), after(NOON, minutes=-ahead))
    tomorrow = day(as_of="2025-11-13")  # by the clock of Hong Kong, not by that of the caller
    yield "future", Case(tomorrow, tomorrow, "/as_of", "2025-11-12T15:59:00+00:00", "2025-11-12T16:00:00+00:00")
    old, hours = limits("stale")["days"], limits("stale")["hours"]
    yield "stale", Case(day(), day(), "/as_of", after(NOON, days=old + 1), after(NOON, days=old))
    late, soon = after(NOON, hours=hours + 0.1), after(NOON, hours=hours)
    yield "stale", Case(day(as_of=NOON, phase="midday"), day(as_of=NOON, phase="midday"), "/as_of", late, soon)
    yield "weekend", Case(day(as_of="2025-11-15"), day(as_of="2025-11-14"), "/as_of")
    nifty = {"id": "NIFTY", "change_pct": 0.3}
    yield "weekend", Case(day(nifty, as_of="2026-02-08"), day(nifty, as_of="2026-02-01"), "/as_of")  # a Sunday session
    yield "holiday", Case(day(as_of="2025-12-25"), day(as_of="2025-12-24"), "/markets/0")
    closed = [{"id": "HSI", "closed": True}, {"id": "N225", "change_pct": 0.4}]
    yield "closed_on_session_day", Case(day(*closed), day(*closed, as_of="2025-12-25"), "/markets/0/closed")
    gap, last = limits("wrong_year")["days"], "2025-11-11"
    for gate, days in (("wrong_year", gap), ("history_ends_early", limits("history_ends_early")["days"] + 1)):
        stopped, passes = (
            day(as_of=(dt.date.fromisoformat(last) + dt.timedelta(days=n)).isoformat(), history=past(last))
            for n in (days, days - 1)
        )
        yield gate, Case(stopped, passes, "/history/HSI/dates/39")
    since = [day(hsi(change_pct=1.0, milestone={"type": "highest", "since": text})) for text in ("2025-12", "2025-11")]
    yield "impossible_date", Case(*since, "/markets/0/milestone/since")
    near = [
        day(hsi(change_pct=1.0, milestone={"type": "highest", "over": "P1M", "near": {"what": "peak", "when": text}}))
        for text in ("2025-11-12", "2025-11-11")
    ]
    yield "impossible_date", Case(*near, "/markets/0/milestone/near/when")
    slack = limits("event_date")["days"]
    for status, sign in (("happened", 1), ("scheduled", -1)):
        dates = [(dt.date(2025, 11, 12) + dt.timedelta(days=sign * n)).isoformat() for n in (slack + 1, slack)]
        yield "event_date", Case(*(day(events=[event(status=status, when=d)]) for d in dates), "/events/0/when")
    months = [day(events=[event(status="scheduled", when=when)]) for when in ("2025-09", "2025-11")]
    yield "event_date", Case(*months, "/events/0/when")


def _units() -> Iterator[tuple[str, Case]]:
    tiny = limits("fraction_as_percent")["all_below"]
    three = [[{"id": i, "change_pct": size} for i in ("HSI", "N225", "KS11")] for size in (tiny - 0.01, tiny)]
    yield "fraction_as_percent", Case(day(*three[0]), day(*three[1]), "/markets/0/change_pct")
    two = [{"id": "HSI", "change_pct": 0.01}, {"id": "KS11", "change_pct": -0.01}, {"id": "N225", "change_pct": 0.0}]
    yield "fraction_as_percent", Case(day(*three[0]), day(*two), "/markets/0/change_pct")
    fine = [
        [{"id": i, "change_pct": size} for i, size in (("HSI", 0.0123), ("N225", 0.0041), ("KS11", third))]
        for third in (limits("fraction_as_percent")["fine_below"] - 0.001, limits("fraction_as_percent")["fine_below"])
    ]
    yield "fraction_as_percent", Case(day(*fine[0]), day(*fine[1]), "/markets/0/change_pct")
    below = limits("yield_change_unit")["below"]
    bonds = [day({"id": "US10Y", "change": change}, region="us") for change in (below - 0.05, below + 0.05)]
    yield "yield_change_unit", Case(*bonds, "/markets/0/change")
    most = limits("yield_level")["most"]
    levels = [day({"id": "US10Y", "level": most + x, "direction": "up"}, region="us") for x in (0.1, 0.0)]
    yield "yield_level", Case(*levels, "/markets/0/level")
    # From 26,260 to 26,522.60 is 1%.
    off = limits("move_against_history")["percent"]
    moves = [day(hsi(level=26522.6, change_pct=1 + off + x), history=past()) for x in (0.01, -0.01)]
    yield "move_against_history", Case(*moves, "/markets/0/change_pct")
    bp = limits("move_against_history")["basis_points"]
    bond_past = {"US10Y": {"dates": sessions("2025-11-11", 3, "SPX"), "closes": [4.1, 4.15, 4.1]}}
    steps = [
        day({"id": "US10Y", "level": 4.15, "change": 5 + bp + x}, region="us", history=bond_past) for x in (0.1, -0.1)
    ]
    yield "move_against_history", Case(*steps, "/markets/0/change")


def _moves() -> Iterator[tuple[str, Case]]:
    usual = limits("beyond_usual")
    step = usual["deviations"] * 0.7  # a history of moves of 0.7 percent
    wild = [day(hsi(change_pct=step + x), history=past(step=0.7)) for x in (0.1, -0.1)]
    yield "beyond_usual", Case(*wild, "/markets/0/change_pct")
    calm = [day(hsi(change_pct=usual["floor"]["index"] + x), history=past(step=0.1)) for x in (0.01, 0.0)]
    yield "beyond_usual", Case(*calm, "/markets/0/change_pct")
    most = limits("beyond_kind")["most"]
    crash = [day(hsi(change_pct=-most["index"] - x)) for x in (0.1, 0.0)]
    yield "beyond_kind", Case(*crash, "/markets/0/change_pct")
    plunge = [day(stocks=[stock("1", -most["stock"] - x)]) for x in (0.1, 0.0)]
    yield "beyond_kind", Case(*plunge, "/stocks/0/change_pct")
    bonds = [day({"id": "US10Y", "change": most["yield"] + x}, region="us") for x in (0.1, 0.0)]
    yield "beyond_kind", Case(*bonds, "/markets/0/change")
    wide = limits("day_range")["most"]["index"]
    ranges = [
        day(hsi(change_pct=1.0, level=26000.0, low=21000.0, high=21000 * (1 + (wide + x) / 100))) for x in (1, -1)
    ]
    yield "day_range", Case(*ranges, "/markets/0/high")
    slack = limits("split_jump")["tolerance"]
    halves = [day(stocks=[stock("1", round(-50 * (1 + slack + x), 4))]) for x in (-0.001, 0.001)]
    yield "split_jump", Case(*halves, "/stocks/0/change_pct")
    for factor in (2, 10):  # a consolidation of shares, and an index whose point has moved
        up = [day(stocks=[stock("1", round(100 * (factor * (1 + slack + x) - 1), 4))]) for x in (-0.001, 0.001)]
        yield "split_jump", Case(*up, "/stocks/0/change_pct")
    index = [day(hsi(level=26260 / 10 * (1 + slack + x), direction="down"), history=past()) for x in (-0.001, 0.001)]
    yield "split_jump", Case(*index, "/markets/0/level")
    jumps = [
        day(hsi(change_pct=1.0), history=with_closes(100.0, 102.0, 51 * (1 + slack + x), 51.5)) for x in (-0.001, 0.001)
    ]
    yield "split_in_history", Case(*jumps, "/history/HSI/closes/2")


def _constituents() -> Iterator[tuple[str, Case]]:
    own = limits("against_constituents")
    many = [stock(str(n), -own["stock"]) for n in range(int(own["stocks"]))]
    up = hsi(change_pct=own["index"])
    yield "against_constituents", Case(day(up, stocks=many), day(up, stocks=many[1:]), "/markets/0/change_pct")
    one_with_it = [*many[1:], stock("0", 0.1)]
    yield "against_constituents", Case(day(up, stocks=many), day(up, stocks=one_with_it), "/markets/0/change_pct")
    breadth = limits("against_breadth")
    few = [
        day(
            hsi(change_pct=breadth["index"]),
            breadth=[
                {
                    "market": "HSI",
                    "advancers": int(breadth["percent"] * 10) - x,
                    "decliners": 1000 - int(breadth["percent"] * 10) + x,
                }
            ],
        )
        for x in (1, 0)
    ]
    yield "against_breadth", Case(*few, "/breadth/0")
    slack = limits("weights_sum")["slack"]
    heavy = [day(stocks=[stock("1", 1.0, weight_pct=60), stock("2", 1.0, weight_pct=40 + slack + x)]) for x in (0.1, 0)]
    yield "weights_sum", Case(*heavy, "/stocks/1/weight_pct")
    adds = limits("constituents_add_up")
    # Half of the index made half a point; the other half can have made half of what a rest can.
    edge = 0.5 + adds["tolerance"] + adds["rest"] / 2
    rest = [day(hsi(change_pct=edge + x), stocks=[stock("1", 1.0, weight_pct=50)]) for x in (0.01, -0.01)]
    yield "constituents_add_up", Case(*rest, "/markets/0/change_pct")
    whole = [
        day(hsi(change_pct=1 + adds["tolerance"] + x), stocks=[stock("1", 1.0, weight_pct=100)]) for x in (0.01, -0.01)
    ]
    yield "constituents_add_up", Case(*whole, "/markets/0/change_pct")
    added = limits("contribution")
    level = hsi(level=20200.0, previous_close=20000.0)  # a stock that rose by 10% adds 20 points for 1% of weight
    points = [day(level, stocks=[stock("1", 10.0, contribution_points=20 * added["heaviest"] + x)]) for x in (1, 0)]
    yield "contribution", Case(*points, "/stocks/0/contribution_points")
    apart = [
        day(level, stocks=[stock("1", 10.0, weight_pct=4.0, contribution_points=80 * added["factor"] + x)])
        for x in (1, 0)
    ]
    yield "contribution", Case(*apart, "/stocks/0/contribution_points")
    all_of_it = limits("contributions_sum")
    off = 20000 * (all_of_it["tolerance"] + (100 - all_of_it["covered"]) / 100 * all_of_it["rest"]) / 100
    sums = [
        day(level, stocks=[stock("1", weight_pct=all_of_it["covered"], contribution_points=200 + off + x)])
        for x in (1, -1)
    ]
    yield "contributions_sum", Case(*sums, "/markets/0/change")


def _duplicates() -> Iterator[tuple[str, Case]]:
    other = {"id": "HSI2", "name": "Hang-Seng Index", "kind": "index", "place": "HK", "change_pct": 1.0}
    named = day(hsi(change_pct=1.0), other), day(hsi(change_pct=1.0), {**other, "name": "Hang Seng Composite"})
    yield "same_market", Case(*named, "/markets/1/id")
    level = {"id": "N225", "change_pct": 0.2, "level": 26000.57}
    doubled = day(hsi(level=26000.57, change_pct=1.0), level), day(hsi(level=26000.58, change_pct=1.0), level)
    yield "same_figures", Case(*doubled, "/markets/1/level")
    short = 10.0 ** (limits("same_figures")["digits"] - 1) + 1
    few = day(hsi(level=short, change_pct=1.0), {**level, "level": short})
    yield (
        "same_figures",
        Case(few, day(hsi(level=123.4, change_pct=1.0), {**level, "level": 123.4}), "/markets/1/level"),
    )

    def listed(ticker: str, exchange: str, name: str = "Alpha Corp") -> Sent:
        return {"ticker": ticker, "exchange": exchange, "name": name, "change_pct": 1.0}

    shares = [day(stocks=[listed("ALP", "XNAS"), listed(ticker, "XNYS", "Alpha Inc")]) for ticker in ("ALP", "ALP.B")]
    yield "same_share", Case(*shares, "/stocks/1")
    twins = [
        day(stocks=[listed("9000", "XHKG"), listed("ALP", "XNYS", name)]) for name in ("Alpha Corporation", "Beta")
    ]
    yield "twin_listing", Case(*twins, "/stocks/1")


def _history() -> Iterator[tuple[str, Case]]:
    dates, recent = sessions("2025-11-11", 30), int(limits("history_holes")["recent"])

    def without(*gone: int) -> Sent:
        kept = [n for n in range(30) if n not in gone]
        closes = zigzag(30)
        return day(history={"HSI": {"dates": [dates[n] for n in kept], "closes": [closes[n] for n in kept]}})

    # The first of the last few closes: a hole before it is old, a hole behind it is recent.
    yield "history_holes", Case(without(29 - recent), without(29 - recent + 1), "/history/HSI")
    yield "history_recent_hole", Case(without(29 - recent + 1), without(29 - recent), "/history/HSI")
    yield "history_recent_hole", Case(without(29), day(history=past(count=30)), "/history/HSI")
    holiday = {"HSI": {"dates": ["2025-12-24", "2025-12-25", "2025-12-29"], "closes": [1.0, 1.01, 1.02]}}
    plain = {"HSI": {"dates": ["2025-12-24", "2025-12-29"], "closes": [1.0, 1.02]}}
    days = [day(as_of="2025-12-30", history=history) for history in (holiday, plain)]
    yield "history_closed_day", Case(*days, "/history/HSI/dates/1")
    times = int(limits("history_repeats")["closes"]["index"])
    still = [day(history=with_closes(99.0, *[100.5] * n, 101.0)) for n in (times + 1, times)]
    yield "history_repeats", Case(*still, f"/history/HSI/closes/{times + 1}")
    nothing = [day(history=with_closes(10.0, close, 11.0)) for close in (0.0, 10.5)]
    yield "history_not_positive", Case(*nothing, "/history/HSI/closes/1")
    same = [day(hsi(level=level, change_pct=1.0), history=past()) for level in (26260.0, 26260.01)]
    yield "resent", Case(*same, "/markets/0/level")
    unmoved = day(hsi(level=26260.0, change_pct=0.0), history=past())
    yield "resent", Case(same[0], unmoved, "/markets/0/level")
    closes = with_closes(25000.0, 25611.23, 25800.0, 26000.0)  # up 2.44492% on the second day
    old = [day(hsi(level=25611.23, change_pct=pct), history=closes) for pct in (2.45, 2.46)]
    yield "old_session", Case(*old, "/markets/0/level")


def _events() -> Iterator[tuple[str, Case]]:
    factor = limits("actual_unlike_consensus")["factor"]
    units = [day(events=[event(actual=10 * factor - x, consensus=10)]) for x in (0, 0.1)]
    yield "actual_unlike_consensus", Case(*units, "/events/0/actual")
    small = limits("actual_unlike_consensus")["least"]
    rates = [day(events=[event(actual=size, consensus=0.1)]) for size in (small, small - 0.01)]
    yield "actual_unlike_consensus", Case(*rates, "/events/0/actual")
    for result, wrong, right in (("beat", 9.9, 10), ("miss", 10.1, 10), ("in_line", 10.6, 10.5)):
        results = [day(events=[event(result=result, actual=actual, consensus=10)]) for actual in (wrong, right)]
        yield "result_against_figures", Case(*results, "/events/0/result")


CASES = [*_times(), *_units(), *_moves(), *_constituents(), *_duplicates(), *_history(), *_events()]


def found(sent: Sent, now: str | None = None) -> list[Tripped]:
    return list(wrapgen.examine_snapshot(sent, now=now))


@pytest.mark.parametrize(("gate", "case"), CASES, ids=[f"{gate}-{n}" for n, (gate, _) in enumerate(CASES)])
def test_a_gate_stops_what_is_beyond_its_limit_and_nothing_before_it(gate: str, case: Case) -> None:
    tripped = [t for t in found(case.stopped, case.now) if t.name == gate]
    assert [t.pointer for t in tripped] == [case.pointer], found(case.stopped, case.now)
    assert tripped[0].figures and tripped[0].message
    now = case.now_passes or case.now
    assert gate not in {t.name for t in found(case.passes, now)}, found(case.passes, now)


def test_every_gate_has_its_pair() -> None:
    assert {gate for gate, _ in CASES} == set(GATES)


def test_the_clock_is_the_callers() -> None:
    """Without ``now`` the age of a day does not count: the past stays writable."""
    for as_of in ("1999-03-03", "2099-03-03"):
        assert not {"future", "stale"} & {t.name for t in found(day(as_of=as_of))}


@pytest.mark.parametrize("now", ["yesterday", "2025-11-12", "2025-11-12T10:00:00", "２０25-11-12T10:00:00Z"])
def test_a_time_that_is_none_is_an_error_of_the_option(now: str) -> None:
    with pytest.raises(wrapgen.OptionError) as caught:
        wrapgen.read_snapshot(day(), now=now)
    assert caught.value.option == "now"


# -- the published disasters


def test_a_share_split_that_was_not_adjusted_for_is_refused() -> None:
    """A share split seven for one: its price fell to a seventh, its earnings per share with it."""
    sent = day(
        {"id": "CCMP", "change_pct": 0.4, "level": 5189.6},
        as_of="2015-07-15",
        region="us",
        stocks=[
            {
                **{"ticker": "STRM", "exchange": "XNAS", "name": "Streaming Corp", "market": "CCMP"},
                **{"price": 100.37, "change_pct": -85.71, "because": ["results"]},
            }
        ],
        events=[
            {
                **{"id": "results", "type": "earnings", "who": "XNAS:STRM", "polarity": "negative", "result": "miss"},
                **{"actual": {"amount": 0.06, "currency": "USD"}, "consensus": {"amount": 0.44, "currency": "USD"}},
            }
        ],
    )
    with pytest.raises(wrapgen.SnapshotError) as caught:
        wrapgen.read_snapshot(sent)
    stopped = {problem.gate: problem for problem in caught.value.problems}
    assert stopped["split_jump"].pointer == "/stocks/0/change_pct"
    assert stopped["split_jump"].figures == {"ratio": 0.1429, "factor": "7 for 1"}
    adjusted = copy.deepcopy(sent)
    adjusted["stocks"][0] |= {"change_pct": 0.01}
    del adjusted["events"][0]["result"]
    assert wrapgen.write(wrapgen.read_snapshot(adjusted)).blocks


def test_a_wrong_year_is_refused() -> None:
    """An old day whose year was set to this one's: by the clock it is to come, by its history it is not today."""
    closes = zigzag(30, 0.6)
    old = day(
        hsi(level=26200.0, change_pct=0.77),
        as_of="2015-06-29",
        history={"HSI": {"dates": sessions("2015-06-26", 30), "closes": closes}},
    )
    assert "wrong_year" not in {t.name for t in found(old)}
    wrong = {**old, "as_of": "2025-06-30"}
    with pytest.raises(wrapgen.SnapshotError) as caught:
        wrapgen.read_snapshot(wrong, override=["stale", "history_ends_early", "history_recent_hole", "holiday"])
    assert {problem.gate for problem in caught.value.problems} == {"wrong_year"}
    with pytest.raises(wrapgen.SnapshotError) as caught:
        wrapgen.read_snapshot({**old, "as_of": "2025-06-30", "history": {}}, now="2025-06-29T12:00:00+08:00")
    assert {problem.gate for problem in caught.value.problems} == {"future"}


def test_an_old_sessions_figures_sent_as_todays_are_refused() -> None:
    history = past(count=20)
    closes = history["HSI"]["closes"] = [round(25000 + 17.31 * n * (n % 3 + 1), 2) for n in range(20)]
    move = round(100 * (closes[9] / closes[8] - 1), 2)
    with pytest.raises(wrapgen.SnapshotError) as caught:
        wrapgen.read_snapshot(day(hsi(level=closes[9], change_pct=move), history=history))
    told = next(problem for problem in caught.value.problems if problem.gate == "old_session")
    assert told.severity == "refuse" and (told.figures or {})["session"] == history["HSI"]["dates"][9]


# -- how a request meets them


CRASH = day(hsi(change_pct=-20.0), {"id": "N225", "change_pct": -18.0}, stocks=[stock("1", -50.0)])


def test_everything_that_is_held_is_told_at_once() -> None:
    with pytest.raises(wrapgen.SnapshotError) as caught:
        wrapgen.read_snapshot(CRASH)
    told = [(problem.pointer, problem.gate, problem.severity) for problem in caught.value.problems]
    assert told == [
        ("/markets/0/change_pct", "beyond_kind", "hold"),
        ("/markets/1/change_pct", "beyond_kind", "hold"),
        ("/stocks/0/change_pct", "beyond_kind", "hold"),
        ("/stocks/0/change_pct", "split_jump", "hold"),
    ]
    assert "gate: split_jump, which an override accepts" in str(caught.value)


def test_a_hold_that_is_overridden_by_name_is_written_and_listed() -> None:
    with pytest.raises(wrapgen.SnapshotError) as caught:
        wrapgen.read_snapshot(CRASH, override=["beyond_kind"])
    assert [problem.gate for problem in caught.value.problems] == ["split_jump"]
    article = wrapgen.write(wrapgen.read_snapshot(CRASH, override=["beyond_kind", "split_jump"])).to_dict()
    assert [(gate["name"], gate["overridden"]) for gate in article["gates"]] == [
        *[("beyond_kind", True)] * 3,
        ("split_jump", True),
    ]
    assert set(article["gates"][0]) == {"name", "severity", "message", "pointer", "figures", "overridden"}


def test_a_note_is_listed_and_stops_nothing() -> None:
    sent = day({"id": "HSI", "closed": True}, {"id": "N225", "change_pct": 0.4})
    (gate,) = wrapgen.write(wrapgen.read_snapshot(sent)).to_dict()["gates"]
    assert (gate["name"], gate["severity"], gate["overridden"]) == ("closed_on_session_day", "note", False)


def test_where_nothing_tripped_the_list_is_empty() -> None:
    assert wrapgen.write(wrapgen.read_snapshot(day())).to_dict()["gates"] == []


def test_an_override_changes_no_word() -> None:
    plain, accepted = (wrapgen.write(wrapgen.read_snapshot(day(), override=o)) for o in ((), ("beyond_kind",)))
    assert plain.to_dict() == accepted.to_dict()


@pytest.mark.parametrize(
    ("name", "message", "nearest"),
    [("beyond_knd", "unknown", "beyond_kind"), ("wrong_year", "cannot be overridden", None)],
)
def test_only_a_hold_that_there_is_can_be_overridden(name: str, message: str, nearest: str | None) -> None:
    with pytest.raises(wrapgen.OptionError) as caught:
        wrapgen.read_snapshot(day(), override=[name])
    assert message in caught.value.message and caught.value.nearest == nearest
    assert "beyond_kind" in (caught.value.allowed or ()) and "wrong_year" not in (caught.value.allowed or ())


def test_gates_are_asked_only_of_a_snapshot_that_can_be_read() -> None:
    with pytest.raises(wrapgen.SnapshotError) as caught:
        wrapgen.read_snapshot(day(hsi(change_pct=-20.0, change=3.0)))
    assert {problem.gate for problem in caught.value.problems} == {None}


# -- whatever comes


NAMES = ("HSI", "N225", "KS11", "SPX", "SSEC", "NIFTY", "TASI", "USDJPY", "US10Y", "BRENT", "VIX", "BTC", "ES_F", "XX1")
FIGURES = st.one_of(
    st.sampled_from([0.0, 0.01, -0.01, 1.0, -50.0, 100.0, -99.99, -85.71, 26260.0, 1e18, 1e-300, -1e18]),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 2)),
)
LEVELS = st.one_of(
    st.sampled_from([1e-300, 0.01, 26260.0, 26260.57, 1e18]), st.floats(0.01, 1e6).map(lambda x: round(x, 2) or 1.0)
)


def markets() -> st.SearchStrategy[list[Sent]]:
    milestones = st.fixed_dictionaries(
        {"type": st.just("highest")}, optional={"since": st.sampled_from(["9999-12", "2025-02-30", "1925", "May"])}
    )

    def market(name: str) -> st.SearchStrategy[Sent]:
        fixed: Sent = {"id": st.just(name)}
        if name == "XX1":
            fixed |= {"name": st.sampled_from(["KOSPI", "Other"]), "kind": st.just("index"), "place": st.just("KR")}
        more = {"session": st.sampled_from(["current", "current", "previous"]), "milestone": milestones}
        shapes = (
            {"change_pct": FIGURES},
            {"change": FIGURES},
            {"level": LEVELS},
            {"level": LEVELS, "change_pct": FIGURES, "approx": st.just("about")},
            {"level": LEVELS, "high": LEVELS, "low": LEVELS},
            {"previous_close": LEVELS, "change_pct": FIGURES},
            {"closed": st.just(True)},
        )
        return st.one_of([st.fixed_dictionaries({**fixed, **shape}, optional=more) for shape in shapes])

    return st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True).flatmap(
        lambda names: st.tuples(*map(market, names)).map(list)
    )


def stocks() -> st.SearchStrategy[list[Sent]]:
    one = st.fixed_dictionaries(
        {
            "ticker": st.sampled_from(["1", "2", "3"]),
            "exchange": st.sampled_from(["XHKG", "XNAS", "XNYS"]),
            "name": st.sampled_from(["Alpha Corp", "Alpha Inc", "Beta"]),
        },
        optional={
            "market": st.sampled_from(["HSI", "N225"]),
            "change_pct": FIGURES,
            "weight_pct": st.floats(0, 60).map(lambda x: round(x, 2)),
            "contribution_points": st.sampled_from([0.0, 0.5, 20.0, 1e18]),
        },
    )
    return st.lists(one, max_size=5, unique_by=lambda s: (s["ticker"], s["exchange"]))


def histories() -> st.SearchStrategy[Sent]:
    ends = st.sampled_from([dt.date(2025, 11, 11), dt.date(2025, 10, 24), dt.date(2015, 6, 1), dt.date(1901, 1, 1)])
    gaps = st.lists(st.integers(1, 4), max_size=30)
    days = st.tuples(ends, gaps).map(
        lambda drawn: [drawn[0] - dt.timedelta(days=sum(drawn[1][n:])) for n in range(len(drawn[1]) + 1)]
    )
    closes = st.one_of(LEVELS, st.sampled_from([0.0, -5.0, 26260.0]))
    series = days.flatmap(
        lambda dates: st.fixed_dictionaries(
            {
                "dates": st.just([d.isoformat() for d in dates]),
                "closes": st.lists(closes, min_size=len(dates), max_size=len(dates)),
            }
        )
    )
    return st.dictionaries(st.sampled_from(NAMES[:-1]), series, max_size=3)


def events() -> st.SearchStrategy[list[Sent]]:
    amounts = st.one_of(
        FIGURES, st.fixed_dictionaries({"amount": FIGURES, "currency": st.sampled_from(["USD", "EUR"])})
    )
    one = st.fixed_dictionaries(
        {"type": st.just("earnings"), "who": st.just("Somebody"), "status": st.sampled_from(["happened", "expected"])},
        optional={
            "when": st.sampled_from(["2025-11-30", "2031", "9999-12-31", "9999", "0000", "soon", "2025-02-30"]),
            "actual": amounts,
            "consensus": amounts,
            "result": st.sampled_from(["beat", "miss", "in_line"]),
        },
    )
    return st.lists(one, max_size=3).map(lambda found: [{"id": f"e{n}", **e} for n, e in enumerate(found)])


SNAPSHOTS = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["asia-pacific", "us", "global", "sa"]),
        "as_of": st.sampled_from(["2025-11-12", "2025-11-12T10:00:00+08:00", "2025-11-15", "2025-12-25", "2034-01-03"]),
        "markets": markets(),
    },
    optional={"stocks": stocks(), "events": events(), "history": histories()},
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SNAPSHOTS, st.randoms(use_true_random=False))
def test_gates_never_raise_and_no_order_changes_the_verdict(sent: Sent, order: Any) -> None:
    try:
        verdict = found(sent, "2025-11-12T10:00:00+08:00")
    except wrapgen.SnapshotError:  # not well formed: no gate was asked
        return
    turned = copy.deepcopy(sent)
    for key in ("markets", "stocks", "events"):
        order.shuffle(turned.get(key, []))
    again = found(turned, "2025-11-12T10:00:00+08:00")
    assert Counter((t.name, t.message) for t in verdict) == Counter((t.name, t.message) for t in again)


DAYS: dict[str, Callable[[], Sent]] = {
    str(path.relative_to(ROOT)): lambda path=path: json.loads(path.read_text("utf-8"))  # type: ignore[misc]
    for path in sorted([*ROOT.glob("seeds/*.json"), *ROOT.glob("tests/cases/*/snapshot.json")])
}


@pytest.mark.parametrize("name", DAYS)
def test_no_seed_and_no_real_day_is_held(name: str) -> None:
    assert [t for t in found(DAYS[name]()) if t.severity != "note"] == []
