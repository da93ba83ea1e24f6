"""Whatever snapshot comes, the gates answer, and no order of its lists changes what they say."""

from __future__ import annotations

import copy
import datetime as dt
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wrapgen
from tests.intake.suspects import Sent, found

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
