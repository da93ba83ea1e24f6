"""The reference files that ship, and what the loader refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from wrapgen.intake.reference import Reference, ReferenceDataError
from wrapgen.intake.reference_files import load_reference

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "rules" / "reference"
SHARED = ROOT / ".." / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="cases and prices (../shared) are not here")


def test_there_is_enough_of_it(reference: Reference) -> None:
    assert len(reference.markets) >= 90
    assert len(reference.exchanges) >= 40


@needs_shared
def test_every_market_place_and_exchange_of_the_cases_is_known(reference: Reference) -> None:
    for path in [*SHARED.glob("cases/*/snapshot.json"), *SHARED.glob("contract/*.json")]:
        data = json.loads(path.read_text(encoding="utf-8"))
        assert {market["id"] for market in data["markets"]} <= reference.markets.keys(), path
        assert {market["place"] for market in data["markets"] if "place" in market} <= reference.places.keys()
        assert {stock["exchange"] for stock in data.get("stocks", [])} <= reference.exchanges.keys()


@needs_shared
def test_every_price_file_is_that_of_a_market(reference: Reference) -> None:
    symbols = [path.stem for path in SHARED.glob("data/prices-2025-26/*.csv")]
    assert symbols
    assert [symbol for symbol in symbols if reference.by_yahoo(symbol) is None] == []


def test_a_record_is_completed_from_its_place_and_exchange(reference: Reference) -> None:
    hang_seng = reference.markets["HSI"]
    assert (hang_seng.name, hang_seng.short) == ("Hang Seng Index", "Hang Seng")
    assert (hang_seng.exchange, hang_seng.currency, hang_seng.region) == ("XHKG", "HKD", "asia-pacific")
    assert hang_seng.article and not hang_seng.plural
    futures = reference.markets["ES_F"]
    assert futures.plural and not futures.article and futures.underlying == "SPX"
    yen = reference.markets["USDJPY"]
    assert (yen.name, yen.against, yen.place) == ("dollar", "yen", None)


def test_a_country_is_a_region_with_the_zone_of_its_exchange(reference: Reference) -> None:
    japan = reference.region("jp")
    assert japan is not None
    assert (japan.name, japan.adjective, japan.timezone, japan.calendar) == (
        "Japan",
        "Japanese",
        "Asia/Tokyo",
        "XTKS",
    )
    assert japan.places == {"JP"}


def test_why_a_country_is_no_region_is_told_with_what_it_lacks(reference: Reference) -> None:
    assert reference.region("zz") is None and "has no place ZZ" in reference.why_no_region("zz")
    assert reference.region("ua") is None and "Ukraine has no exchange" in reference.why_no_region("ua")
    assert reference.why_no_region("asia") == "is no region; a country is named as in 'jp'"


def test_what_is_no_region_is_none(reference: Reference) -> None:
    for key in ("JP", "eu", "zz", "", "Asia-Pacific", "ua"):
        assert reference.region(key) is None
    assert all(reference.region(key) for key in reference.region_keys())


def test_the_world_owns_every_place_and_europe_its_own(reference: Reference) -> None:
    world, europe = reference.region("global"), reference.region("europe")
    assert world is not None and europe is not None
    assert world.places == reference.places.keys()
    assert {"EU", "GB", "NO"} <= europe.places and "US" not in europe.places


def test_every_primary_market_is_an_index_and_every_place_has_at_least_one_name(reference: Reference) -> None:
    primaries = [market for market in reference.markets.values() if market.tier == "primary"]
    assert all(market.kind == "index" and market.place for market in primaries)


def test_sisters_are_of_one_kind(reference: Reference) -> None:
    for market in reference.markets.values():
        if market.sister:
            assert reference.markets[market.sister].kind == market.kind


def test_calendars_are_codes_that_the_package_has(reference: Reference) -> None:
    calendars = pytest.importorskip("exchange_calendars")
    known = set(calendars.get_calendar_names(include_aliases=True))
    used = {exchange.calendar for exchange in reference.exchanges.values()} - {None}
    used |= {region.calendar for region in reference.regions.values()}
    assert used <= known


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for path in RULES.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def refuse(files: Path) -> list[str]:
    with pytest.raises(ReferenceDataError) as caught:
        load_reference(files)
    return str(caught.value).splitlines()


def change(files: Path, name: str, old: str, new: str) -> int:
    """Replace the first ``old`` in a file; gives its line."""
    path = files / name
    text = path.read_text(encoding="utf-8")
    start = text.index(old, text.index("\n- {"))  # behind the comment that heads the file
    path.write_text(text[:start] + new + text[start + len(old) :], encoding="utf-8")
    return text[:start].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "markets.yaml",
            "kind: index",
            "kind: indx",
            ["kind 'indx'", "nearest: index", "allowed: commodity"],
        ),
        ("markets.yaml", "tier: primary", "tier: main", ["tier 'main'", "primary"]),
        ("markets.yaml", "sister: TOPX", "sister: TOPIX", ["sister 'TOPIX'", "nearest: TOPX"]),
        ("markets.yaml", "sister: TOPX", "sister: N225", ["its own sister"]),
        ("markets.yaml", "place: JP", "place: JA", ["place 'JA' is not in reference/places.yaml"]),
        ("markets.yaml", "short: Nikkei", "shrot: Nikkei", ["unknown key 'shrot'", "nearest: short"]),
        ("markets.yaml", "short: Nikkei", "short: 7", ["short 7 must be text"]),
        ("markets.yaml", "name: Nikkei 225, ", "", ["N225: key 'name' is missing"]),
        ("markets.yaml", "id: TOPX", "id: N225", ["'N225' is there twice"]),
        ("markets.yaml", "place: JP, ", "", ["N225: a market that spans countries needs a region"]),
        ("markets.yaml", "yahoo: ^N225", "yahoo: ^HSI", ["'^HSI' is already that of"]),
        (
            "exchanges.yaml",
            "timezone: Asia/Tokyo",
            "timezone: Asia/Tokio",
            ["'Asia/Tokio' is not a time zone", "nearest: Asia/Tokyo"],
        ),
        ("currencies.yaml", "word: won", "wrod: won", ["unknown key 'wrod'", "nearest: word"]),
        ("currencies.yaml", ", word: won", "", ["KRW: needs a symbol or a word"]),
        ("places.yaml", "exchange: XASX", "exchange: XAXS", ["exchange 'XAXS'", "nearest: X"]),
        ("places.yaml", "region: asia-pacific", "region: asia", ["region 'asia'", "nearest: asia-pacific"]),
        ("regions.yaml", "id: europe", "id: eurpoe", ["region 'eurpoe'", "nearest: europe"]),
    ],
)
def test_a_fault_is_told_with_file_line_value_and_remedy(
    files: Path, file: str, old: str, new: str, told: list[str]
) -> None:
    line = change(files, file, old, new)
    lines = refuse(files)
    mine = [text for text in lines if all(part in text for part in told)]
    assert mine, lines
    # The second record of a clash is the one at fault, wherever the first stands.
    assert mine[0].startswith(f"{file}:{line}:") or "already" in mine[0]


def test_all_faults_of_all_files_come_at_once(files: Path) -> None:
    change(files, "markets.yaml", "short: Nikkei", "shrot: Nikkei")
    change(files, "exchanges.yaml", "prefix: HK", "prefx: HK")
    lines = refuse(files)
    assert any(line.startswith("markets.yaml") for line in lines)
    assert any(line.startswith("exchanges.yaml") for line in lines)


def test_what_is_no_yaml_is_told_with_its_line(files: Path) -> None:
    (files / "regions.yaml").write_text("- {id: us\n- [", encoding="utf-8")
    assert "not YAML: line 2" in refuse(files)[0]
    (files / "regions.yaml").write_text("us: {}", encoding="utf-8")
    assert "must be a list of records" in refuse(files)[0]
