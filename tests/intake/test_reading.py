"""Reading a snapshot: what it becomes, what is refused, and that nothing else can happen."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections import UserDict
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wrapgen.intake.problems import SnapshotError
from wrapgen.intake.reading import content_hash, load_text, read_snapshot
from wrapgen.intake.reference import Reference
from wrapgen.intake.snapshot import Snapshot

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / ".." / "shared"
FILES = [*sorted(SHARED.glob("cases/*/snapshot.json")), *sorted(SHARED.glob("contract/*.json"))]

Problems = Callable[[Any], dict[str, Any]]


@pytest.mark.skipif(not SHARED.is_dir(), reason="cases (../shared) are not here")
def test_every_case_reads_without_problem_or_warning(reference: Reference) -> None:
    assert len(FILES) >= 36
    for path in FILES:
        data = json.loads(path.read_text(encoding="utf-8"))
        snapshot = read_snapshot(data, reference)
        assert snapshot.warnings == (), path
        sent = {"markets": snapshot.markets, "stocks": snapshot.stocks, "events": snapshot.events}
        assert all(len(items) == len(data.get(key, [])) for key, items in sent.items())


@pytest.mark.skipif(not SHARED.is_dir(), reason="cases (../shared) are not here")
def test_the_default_role_is_the_one_that_senders_state(reference: Reference) -> None:
    for path in FILES:
        data = json.loads(path.read_text(encoding="utf-8"))
        stated = [market.get("role") for market in data["markets"]]
        bare = {
            **data,
            "markets": [{k: v for k, v in market.items() if k != "role"} for market in data["markets"]],
        }
        derived = [market.role for market in read_snapshot(bare, reference).markets]
        # Elsewhere's index of the same session is context; senders of one-country wraps say so too.
        assert [role for role, said in zip(derived, stated, strict=True) if said] == [s for s in stated if s], path


def test_the_seed_becomes_what_it_says(reference: Reference) -> None:
    seed = (ROOT / "seeds" / "asia-2025-11-12-morning.json").read_bytes()
    snapshot = read_snapshot(seed, reference)
    assert (snapshot.region, snapshot.date, snapshot.phase) == (
        "asia-pacific",
        dt.date(2025, 11, 12),
        "morning",
    )
    assert snapshot.as_of is not None and snapshot.as_of.utcoffset() == dt.timedelta(hours=8)
    markets = {market.id: market for market in snapshot.markets}
    assert markets["N225"].direction == "flat"
    assert markets["SSEC"].direction == "flat_to_lower"
    assert markets["SSEC"].group == markets["CSI300"].group == "mainland China"
    assert markets["HSI"].milestones[0].pointer == "/markets/0/milestone"
    assert markets["NIFTY_F"].streak is not None and markets["NIFTY_F"].role == "context"
    stocks = {stock.ticker: stock for stock in snapshot.stocks}
    assert (stocks["6618"].symbol, stocks["NVDA"].symbol, stocks["9984"].symbol) == (
        "HK:6618", "NASDAQ:NVDA", "TYO:9984",
    )  # fmt: skip
    events = {event.id: event for event in snapshot.events}
    assert events["congress-vote"].importance == 5
    assert events["xiaomi-outsells-tesla"].frame["figures"][0]["units"] == 48654
    assert isinstance(events["xiaomi-outsells-tesla"].frame["figures"][0]["units"], int)


def test_reference_names_win_and_the_rest_is_derived(small: dict[str, Any], reference: Reference) -> None:
    small["markets"][0] |= {"name": "Some other name", "kind": "index"}
    snapshot = read_snapshot(small, reference)
    hang_seng, nikkei, futures, wall_street = snapshot.markets
    assert (hang_seng.name, hang_seng.short_name, hang_seng.direction) == (
        "Hang Seng Index",
        "Hang Seng",
        "down",
    )
    assert (nikkei.change_pct, nikkei.change, nikkei.direction) == (0.25, 100.0, "up")
    assert [market.role for market in snapshot.markets] == ["main", "main", "context", "backdrop"]
    assert (futures.plural, futures.article, futures.underlying) == (True, False, "SPX")
    assert wall_street.pointer == "/markets/3"
    stock = snapshot.stocks[0]
    assert (stock.id, stock.symbol, stock.short_name) == ("XHKG:0005", "HK:0005", "Harbour")
    assert snapshot.events[0].frame == {"action": "hold"}
    assert (snapshot.events[0].status, snapshot.events[0].importance) == ("happened", 3)
    assert snapshot.phase == "close" and snapshot.as_of is None
    assert snapshot.history["HSI"].dates[-1] == dt.date(2024, 3, 4)
    assert snapshot.breadth[0].decliners == 60 and snapshot.volume[0].currency == "HKD"


def test_a_snapshot_is_frozen(small: dict[str, Any], reference: Reference) -> None:
    snapshot = read_snapshot(small, reference)
    with pytest.raises(AttributeError):
        snapshot.region = "us"  # type: ignore[misc]


def test_reading_leaves_what_was_sent_alone(small: dict[str, Any], reference: Reference) -> None:
    before = copy.deepcopy(small)
    read_snapshot(small, reference)
    assert small == before


def test_text_bytes_and_any_mapping_read_alike(small: dict[str, Any], reference: Reference) -> None:
    expected = read_snapshot(small, reference)
    text = json.dumps(small)
    for form in (text, text.encode(), "\ufeff" + text, MappingProxyType(small), UserDict(small)):
        assert read_snapshot(form, reference) == expected


def test_the_hash_is_of_content_not_of_layout(small: dict[str, Any]) -> None:
    turned = dict(reversed(small.items()))
    assert content_hash(turned) == content_hash(small)
    turned["as_of"] = "2024-03-06"
    assert content_hash(turned) != content_hash(small)
    assert len(content_hash(small)) == 64


def test_an_unlisted_market_is_what_its_sender_says(small: dict[str, Any], reference: Reference) -> None:
    small["markets"].append({"id": "MYX", "name": "My Exchange Index", "kind": "index", "place": "HK", "level": 9.0})
    small["markets"].append({"id": "TIN", "name": "tin", "kind": "commodity", "change_pct": 2})
    index, tin = read_snapshot(small, reference).markets[-2:]
    assert (index.known, index.tier, index.role, index.name) == (
        False,
        "secondary",
        "main",
        "My Exchange Index",
    )
    assert (tin.tier, tin.article, tin.change_pct, tin.role) == ("gauge", False, 2.0, "context")


def test_roles_follow_the_region(small: dict[str, Any], reference: Reference) -> None:
    small["region"] = "us"
    small["history"] = {}
    small["markets"] += [
        {"id": "VIX", "level": 15.0},
        {"id": "XLE", "change_pct": 1.0},
        {"id": "MXAPJ", "change_pct": 1.0},
    ]
    roles = {market.id: market.role for market in read_snapshot(small, reference).markets}
    assert roles == {
        "HSI": "context", "N225": "context", "ES_F": "context", "SPX": "main", "VIX": "context",
        "XLE": "context", "MXAPJ": "context",
    }  # fmt: skip
    small["region"] = "asia-pacific"
    assert {market.id: market.role for market in read_snapshot(small, reference).markets}["MXAPJ"] == "main"


def test_phase_follows_from_a_date_time(small: dict[str, Any], reference: Reference) -> None:
    small["as_of"] = "2024-03-05T10:30:00+08:00"
    assert read_snapshot(small, reference).phase == "morning"
    small["phase"] = "afternoon"
    assert read_snapshot(small, reference).phase == "afternoon"


def test_names_lose_what_cannot_be_printed(small: dict[str, Any], reference: Reference) -> None:
    small["stocks"][0]["name"] = " Har\u202ebour\x00\n  Ltd\u200b "
    small["events"][0]["clause"] = "rates\twere held"
    snapshot = read_snapshot(small, reference)
    assert snapshot.stocks[0].name == "Harbour Ltd"
    assert snapshot.events[0].clause == "rates were held"


def edit(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """``data`` with ``value`` at ``path``; ``...`` takes the key away."""
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")[1:]]
    inner: Any = data
    for part in parents:
        inner = inner[part]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "pointer", "nearest"),
    [
        ("/region", ..., "/region", None),
        ("/region", "asia", "/region", "asia-pacific"),
        ("/region", "JP", "/region", "jp"),
        ("/as_of", "2024-03-05T10:30:00", "/as_of", None),
        ("/as_of", "5 March 2024", "/as_of", None),
        ("/as_of", "0001-01-01T00:00:00+08:00", "/as_of", None),
        ("/as_of", 20240305, "/as_of", None),
        ("/phase", "mornin", "/phase", "morning"),
        ("/markets", [], "/markets", None),
        ("/markets", {}, "/markets", None),
        ("/marktes", [], "/marktes", "markets"),
        ("/markets/0", "HSI", "/markets/0", None),
        ("/markets/0/id", "HSJ", "/markets/0/id", "HSI"),
        ("/markets/0/change_pct", "1.2", "/markets/0/change_pct", None),
        ("/markets/0/change_pct", True, "/markets/0/change_pct", None),
        ("/markets/0/change_pct", None, "/markets/0/change_pct", None),
        ("/markets/0/change_pct", float("nan"), "/markets/0/change_pct", None),
        ("/markets/0/change_pct", float("inf"), "/markets/0/change_pct", None),
        ("/markets/0/change_pct", 10**400, "/markets/0/change_pct", None),
        ("/markets/0/chnage_pct", 1.2, "/markets/0/chnage_pct", "change_pct"),
        ("/markets/0/direction", "upp", "/markets/0/direction", "up"),
        ("/markets/0/direction", "up", "/markets/0/direction", None),
        ("/markets/0/closed", True, "/markets/0/closed", None),
        ("/markets/0/because", ["rate"], "/markets/0/because/0", "rates"),
        ("/markets/0/because", "rates", "/markets/0/because", None),
        (
            "/markets/0/streak",
            {"direction": "up", "sessions": 0, "status": "extends"},
            "/markets/0/streak/sessions",
            None,
        ),
        ("/markets/0/streak", {"direction": "up", "status": "extend"}, "/markets/0/streak/status", "extends"),
        ("/markets/0/milestone", {"type": "high"}, "/markets/0/milestone/type", "highest"),
        ("/markets/0/milestone", [{"type": "highest", "over": "P1X"}], "/markets/0/milestone/0/over", None),
        ("/markets/1/change", 500.0, "/markets/1/change", None),
        ("/markets/1/id", "HSI", "/markets/1", None),
        ("/stocks/0/exchange", "XHKK", "/stocks/0/exchange", "XHKG"),
        ("/stocks/0/market", "HSII", "/stocks/0/market", "HSI"),
        ("/stocks/0/direction", "up", "/stocks/0/direction", None),
        ("/stocks/0/contribution_points", 3.0, "/stocks/0/contribution_points", None),
        ("/stocks/0/name", "\x00\n", "/stocks/0/name", None),
        ("/stocks/0/name", "Har\ud800bour", "/stocks/0/name", None),
        ("/stocks/0/ticker", "00 05", "/stocks/0/ticker", None),
        ("/sectors/0/market", "HS", "/sectors/0/market", "HSI"),
        ("/breadth/0/advancers", 1.5, "/breadth/0/advancers", None),
        ("/history/HSI/closes", [100.0], "/history/HSI", None),
        ("/history/HSI/dates", ["2024-03-04", "2024-03-01"], "/history/HSI/dates/1", None),
        ("/history/HSI/dates", ["2024-03-04", "2024-03-05"], "/history/HSI/dates/1", None),
        ("/history/a~b", {"dates": [], "closes": []}, "/history/a~0b", None),
        ("/events/0/type", "central_bnak", "/events/0/type", "central_bank"),
        ("/events/0/action", "rise", "/events/0/action", "raise"),
        ("/events/0/action", ..., "/events/0", None),
        ("/events/0/indicator", "inflation", "/events/0/indicator", None),
        ("/events/0/affects", ["XHKG:0006"], "/events/0/affects/0", "XHKG:0005"),
        ("/events/0/who", "XHKG:0006", "/events/0/who", "XHKG:0005"),
        ("/events/0/who", "HK:0005", "/events/0/who", "XHKG:0005"),
        ("/events/0/who", "0005.HK", "/events/0/who", None),
        ("/events/0/overshadowed_by", "rats", "/events/0/overshadowed_by", "rates"),
        ("/events/0/importance", 6, "/events/0/importance", None),
        ("/events/0/place", "ZZ", "/events/0/place", None),
        ("/events/0/id", "HSI", "/events/0", None),
    ],
)
def test_a_problem_has_its_pointer_and_the_nearest_name(
    small: dict[str, Any], problems: Problems, path: str, value: Any, pointer: str, nearest: str | None
) -> None:
    found = problems(edit(small, path, value))
    assert pointer in found, found
    assert found[pointer].nearest == nearest


def test_every_problem_comes_at_once(small: dict[str, Any], problems: Problems) -> None:
    small["markets"][0]["change_pct"] = "1"
    small["stocks"][0]["effect"] = "draggy"
    small["extra"] = 1
    assert list(problems(small)) == ["/extra", "/markets/0/change_pct", "/stocks/0/effect"]


def test_a_key_of_another_event_type_is_told_as_such(small: dict[str, Any], problems: Problems) -> None:
    small["events"][0]["consensus"] = 3.0
    assert "events of type earnings, data_release" in problems(small)["/events/0/consensus"].message


def test_who_and_target_may_be_plain_names(small: dict[str, Any], reference: Reference) -> None:
    small["events"].append({"id": "deal", "type": "merger", "who": "A Fund", "target": "Another: Firm"})
    assert read_snapshot(small, reference).warnings == ()
    small["events"][-1]["target"] = "XNYS:IBM"
    with pytest.raises(SnapshotError, match="/events/1/target: 'XNYS:IBM' is no stock"):
        read_snapshot(small, reference)


def test_odd_but_harmless_things_are_warnings(small: dict[str, Any], reference: Reference) -> None:
    small["markets"][2] = {"id": "ES_F", "kind": "index"}
    small["stocks"][0]["effect"] = "lift"
    small["markets"][0]["streak"] = {"direction": "up", "status": "extends"}
    told = " ".join(read_snapshot(small, reference).warnings)
    for pointer in ("/markets/2: ", "/markets/2/kind: ", "/stocks/0/effect: ", "/markets/0/streak: "):
        assert pointer in told


@pytest.mark.parametrize(
    ("milestone", "pct", "kept"),
    [
        ({"type": "best_day", "since": "2024"}, -1.0, False),
        ({"type": "worst_day", "since": "2024"}, 1.0, False),
        ({"type": "record_high"}, -2.0, False),
        ({"type": "lowest", "since": "2024-03"}, 0.4, False),
        ({"type": "first_above", "value": 7000}, -0.3, False),
        ({"type": "record_high", "basis": "intraday"}, -0.9, True),  # it was reached before the fall
        ({"type": "best_day", "since": "2024", "basis": "intraday"}, -0.9, False),  # a day is no moment
        ({"type": "record_high", "short_of": True}, -0.4, True),
        ({"type": "record_high"}, 2.0, True),
        ({"type": "lowest", "since": "2024-03"}, 0.0, True),
    ],
)
def test_a_milestone_that_the_move_denies_is_left_out_and_told(
    small: dict[str, Any], reference: Reference, milestone: dict[str, Any], pct: float, kept: bool
) -> None:
    for key in ("markets", "stocks"):
        sent = copy.deepcopy(small)
        for stale in ("change", "direction", "effect", "level", "contribution_points"):
            sent[key][0].pop(stale, None)
        sent[key][0] |= {"change_pct": pct, "milestone": milestone}
        read = read_snapshot(sent, reference)
        assert bool(getattr(read, key)[0].milestones) == kept
        assert any(f"/{key}/0/milestone: '{milestone['type']}' is left out" in told for told in read.warnings) != kept


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b'{"a": ', "line 1"),
        ('{\n "a": NaN}', "line 2, column 7"),
        (b'{"a": "\xff"}', "UTF-8"),
        ('{"a": "\ud800"}', "UTF-8"),
        ("[" * 50_000, "not JSON"),
        ("", "empty"),
        ("[]", "JSON object, not a list"),
        ("null", "JSON object, not null"),
    ],
)
def test_broken_json_is_told_with_its_place(reference: Reference, text: str | bytes, told: str) -> None:
    with pytest.raises(SnapshotError) as caught:
        read_snapshot(text, reference)
    assert told in str(caught.value)


def test_load_text_gives_plain_values() -> None:
    assert load_text(b'{"a": [1, 2.5, null]}') == {"a": [1, 2.5, None]}


# Damaged snapshots: any value anywhere in a valid one is replaced by something that may not fit.
_HOSTILE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**400, -(10**30), float("nan"), float("inf"), 1e308, -0.0, 1e-320]),
    st.floats(),
    st.text(max_size=20),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Zl"]), max_size=5),
    st.sampled_from(["HSI", "N225", "rates", "up", "2024-03-05", "9999-12-31T23:59:59+14:00", "__proto__", "_schema"]),
    st.recursive(st.none(), lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner)),
)


def _deep(levels: int) -> Any:
    value: Any = []
    for _ in range(levels):
        value = [value]
    return value


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [path] if path else []
    for key, item in inner if len(path) < 6 else ():
        found += _places(item, (*path, key))
    return found


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_makes_anything_but_a_snapshot_or_its_error(
    small: dict[str, Any], reference: Reference, data: st.DataObject
) -> None:
    damaged = copy.deepcopy(small)
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(_places(damaged)))
        inner = damaged
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = data.draw(_HOSTILE | st.builds(_deep, st.just(3_000)))
        if isinstance(inner, dict) and data.draw(st.booleans()):
            inner[data.draw(st.text(max_size=8))] = data.draw(_HOSTILE)
    try:
        snapshot = read_snapshot(damaged, reference)
    except SnapshotError as error:
        assert error.problems
        assert len(str(error).split("\n")) == len(error.problems)
        str(error).encode("utf-8")
        assert all(not problem.pointer or problem.pointer.startswith("/") for problem in error.problems)
    else:
        assert isinstance(snapshot, Snapshot)
        json.dumps([market.name for market in snapshot.markets]).encode("ascii")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.recursive(_HOSTILE, lambda inner: st.dictionaries(st.text(max_size=6), inner, max_size=4), max_leaves=8))
def test_anything_at_all_is_refused_in_words(reference: Reference, anything: Any) -> None:
    with pytest.raises(SnapshotError):
        read_snapshot(anything, reference)


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("markets", [{"id": "HSI", "change_pct": 1.0}] * 301),
        ("stocks", [{"ticker": "1", "exchange": "XHKG", "name": "One"}] * 1001),
        ("events", [{"id": "e", "type": "other", "clause": "it rained"}] * 301),
        ("history", {f"M{number}": {"dates": [], "closes": []} for number in range(301)}),
    ],
)
def test_more_than_any_day_has_is_refused_in_one_problem(reference: Reference, where: str, value: Any) -> None:
    data = {"region": "hk", "as_of": "2025-11-12", "markets": [{"id": "HSI", "change_pct": 1.0}], where: value}
    with pytest.raises(SnapshotError) as refused:
        read_snapshot(data, reference)
    (problem,) = refused.value.problems
    assert problem.pointer == f"/{where}" and "the most is" in problem.message
