"""How a request meets the gates, and the published disasters rebuilt."""

from __future__ import annotations

import copy

import pytest

import wrapgen
from tests.intake.suspects import day, found, hsi, past, sessions, stock, zigzag

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
