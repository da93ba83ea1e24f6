"""History against a naive reading of the definitions, and against pandas on real prices."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.facts.closes import TODAY, read, series
from wrapgen.facts.history import read_history, since_words
from wrapgen.intake.snapshot import Series

PRICES = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "prices-2025-26"
needs_prices = pytest.mark.skipif(not PRICES.is_dir(), reason="real prices (../shared) are not here")

# --- against a naive reading of the definitions -----------------------------------------------

# Whole cents, so that equal moves and equal levels are equal in floating point too.
closes_strategy = st.lists(st.integers(9000, 11000), min_size=2, max_size=40)
level_strategy = st.integers(9000, 11000)


def naive(past: Series, level: float) -> dict[str, object]:
    """Highest-since, runs and patterns straight from their definitions, O(n²)."""
    closes, n = past.closes, len(past.closes)

    def step(i: int) -> int:
        """Direction of the session ``i``; ``n`` is today's."""
        a, b = closes[i - 1], (level if i == n else closes[i])
        return 0 if abs(b / a - 1) < 0.00005 else 1 if b > a else -1

    higher = [i for i in range(n - 1) if closes[i] >= level and all(c < level for c in closes[i + 1 :])]
    lower = [i for i in range(n - 1) if closes[i] <= level and all(c > level for c in closes[i + 1 :])]
    same = [k for k in range(1, n + 1) if all(step(n - j) == step(n) != 0 for j in range(k))]
    before = [k for k in range(1, n) if all(step(n - 1 - j) == step(n - 1) != 0 for j in range(k))]
    ended = max(before, default=0) if step(n) != step(n - 1) else 0
    undone = 2 * abs(level - closes[-1]) >= abs(closes[-1] - closes[-2])
    return {
        "highest_since": past.dates[higher[0]] if higher else None,
        "lowest_since": past.dates[lower[0]] if lower else None,
        "is_high_of_history": all(c < level for c in closes),
        "is_low_of_history": all(c > level for c in closes),
        "streak_sessions": None if len(same) == n else len(same),
        "ended_sessions": None if ended in (0, n - 1) else ended,
        "rebound": step(n - 1) < 0 < step(n) and undone,
        "reversal": step(n - 1) > 0 > step(n) and undone,
        "follow_through": step(n - 1) == step(n) != 0 and undone,
    }


@given(closes_strategy, level_strategy)
def test_it_agrees_with_the_definitions(closes: list[int], level: int) -> None:
    facts = read(closes, level)
    expected = naive(series(closes), level)
    assert {name: getattr(facts, name) for name in expected} == expected


@given(closes_strategy, level_strategy, st.integers(-8, 8))
def test_the_scale_of_an_index_does_not_matter(closes: list[int], level: int, power: int) -> None:
    facts, scaled = read(closes, level), read([c * 2.0**power for c in closes], level * 2.0**power)
    levels = {"level", "near_peak_level", "near_trough_level"}
    for f in fields(facts):
        value, other = getattr(facts, f.name), getattr(scaled, f.name)
        assert other == (value if value is None or f.name not in levels else value * 2.0**power)


@given(closes_strategy, level_strategy, closes_strategy)
def test_later_closes_change_nothing(closes: list[int], level: int, later: list[int]) -> None:
    past = series(closes)
    days = tuple(TODAY + dt.timedelta(days=i) for i in range(len(later)))
    longer = Series(past.pointer, past.dates + days, past.closes + tuple(later))
    assert read_history(longer, level, None, TODAY, "close") == read_history(past, level, None, TODAY, "close")


@given(closes_strategy, level_strategy, closes_strategy)
def test_older_closes_change_no_date_that_was_known(closes: list[int], level: int, older: list[int]) -> None:
    short, long = read(closes, level), read([*older, *closes], level)
    for name in ("highest_since", "lowest_since", "streak_sessions", "ended_sessions", "prior_pct"):
        known = getattr(short, name)
        assert known is None or getattr(long, name) == known


@given(closes_strategy, level_strategy)
def test_a_mirrored_market_has_mirrored_levels(closes: list[int], level: int) -> None:
    facts, mirrored = read(closes, level), read([20000 - c for c in closes], 20000 - level)
    assert facts.highest_since == mirrored.lowest_since
    assert facts.is_high_of_history == mirrored.is_low_of_history
    assert facts.near_peak_date is None or facts.near_peak_gap_pct > 0


@given(closes_strategy, st.floats(-6, 6))
def test_what_is_claimed_from_a_rounded_percent_holds_for_the_level_it_was_rounded_from(
    closes: list[int], true_pct: float
) -> None:
    sent = round(true_pct, 1)
    assume(round(abs(true_pct - sent), 6) < 0.049)
    level = closes[-1] * (1 + true_pct / 100)
    claimed, true = read(closes, pct=sent), read(closes, level)
    for name in ("is_high_of_history", "is_low_of_history"):
        value = getattr(claimed, name)
        assert value is None or value == getattr(true, name)
    for name in ("highest_since", "lowest_since"):
        value = getattr(claimed, name)
        # Where rounding leaves it open, the date is a floor: the true one is no later, and no earlier than the other.
        assert value is None or (claimed.since_at_least or value) <= getattr(true, name) <= value


# --- on real prices ---------------------------------------------------------------------------


def load(name: str) -> Series:
    with (PRICES / f"{name}.csv").open(newline="") as file:
        rows = [row for row in list(csv.reader(file))[3:] if row[1]]
    dates = tuple(dt.date.fromisoformat(row[0]) for row in rows)
    return Series(f"/history/{name}", dates, tuple(float(row[1]) for row in rows))


def upto(whole: Series, i: int) -> Series:
    return Series(whole.pointer, whole.dates[:i], whole.closes[:i])


@needs_prices
def test_hang_seng_on_12_november_2025() -> None:
    whole = load("^HSI")
    i = whole.dates.index(TODAY)
    facts = read_history(upto(whole, i), whole.closes[i], None, TODAY, "close")
    assert facts.highest_since == dt.date(2025, 10, 6)
    assert facts.near_peak_date == dt.date(2025, 10, 2)
    assert since_words(dt.date(2025, 10, 6), TODAY).over == "P1M"
    assert since_words(dt.date(2025, 10, 2), TODAY)[2:] == ("early", 10, 2025)


def real_names() -> list[str]:
    return sorted(path.stem for path in PRICES.glob("*.csv")) if PRICES.is_dir() else []


@needs_prices
@pytest.mark.parametrize("name", real_names() or ["none"])
def test_every_session_of_real_prices_against_pandas(name: str) -> None:
    pd = pytest.importorskip("pandas")
    whole = load(name)
    closes = pd.Series(whole.closes, index=whole.dates)
    moves = closes.pct_change()
    signs = moves.where(moves.abs() >= 0.00005, 0).apply(lambda m: (m > 0) - (m < 0))
    runs = (signs != signs.shift()).cumsum()
    for i in range(20, len(closes)):
        date, level, past = whole.dates[i], whole.closes[i], closes.iloc[:i]
        facts = read_history(upto(whole, i), level, None, date, "close")
        # The whole file, with the future in it, must say the same.
        assert read_history(whole, level, None, date, "close") == facts

        at_least, at_most = past[past >= level].index, past[past <= level].index
        last = past.index[-1]
        assert facts.highest_since == (at_least[-1] if len(at_least) and at_least[-1] != last else None)
        assert facts.lowest_since == (at_most[-1] if len(at_most) and at_most[-1] != last else None)
        assert facts.is_high_of_history == (not len(at_least))
        assert facts.is_low_of_history == (not len(at_most))
        assert facts.off_high_pct == pytest.approx(min(0.0, (level / past.max() - 1) * 100))

        run = int((runs.iloc[: i + 1] == runs.iloc[i]).sum())
        if signs.iloc[i] and runs.iloc[i] > runs.iloc[1]:
            assert facts.streak_sessions == run
            assert (facts.streak_direction == "up") == (signs.iloc[i] > 0)
        assert facts.prior_pct == pytest.approx(moves.iloc[i - 1] * 100)

        before = moves.iloc[1:i]
        as_big = before[before >= moves.iloc[i]] if moves.iloc[i] > 0 else before[before <= moves.iloc[i]]
        notable = abs(moves.iloc[i]) >= 1.5 * before.iloc[-60:].abs().mean()
        since = as_big.index[-1] if notable and len(as_big) and as_big.index[-1] != last else None
        assert (facts.best_day_since or facts.worst_day_since) == since

        peak = past.max()
        near = 0.98 * peak <= level < peak
        assert facts.near_peak_date == (past[past == peak].index[-1] if near else None)
