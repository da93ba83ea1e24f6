"""Snapshots in Parquet, and articles."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import orjson
import pytest

import wrapgen
from tests.batch.test_run import ITEMS, WRONG, files, run
from wrapgen.batch import parquet
from wrapgen.batch.inputs import count_items, read_items
from wrapgen.batch.work import Job
from wrapgen.errors import InputError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

SNAPSHOT: dict[str, Any] = {
    "region": "us",
    "as_of": "2025-11-12",
    "markets": [{"id": "SPX", "change_pct": 0.5, "level": 6850.0}, {"id": "IXIC", "change_pct": -0.3}],
    "history": {"SPX": {"dates": ["2025-11-11"], "closes": [6816.0]}},
}


def table(path: Path, columns: dict[str, Any]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def read(path: Path) -> list[Any]:
    assert count_items(path) == len(list(read_items(path)))
    return [json.loads(item.data) for item in read_items(path)]


def test_a_column_of_json_text(tmp_path: Path) -> None:
    texts = [orjson.dumps(SNAPSHOT).decode(), "{", None]
    path = table(tmp_path / "days.parquet", {"snapshot": texts, "client": ["a", "b", "c"]})
    items = list(read_items(path))
    assert [item.name for item in items] == ["days-000001", "days-000002", "days-000003"]
    assert json.loads(items[0].data) == SNAPSHOT and items[1].data == b"{"
    assert items[2].problem == "the row holds no snapshot"


def test_a_struct_column_and_columns_of_the_snapshots_keys(tmp_path: Path) -> None:
    assert read(table(tmp_path / "a.parquet", {"snapshot": pa.array([SNAPSHOT]), "more": [1]})) == [SNAPSHOT]
    assert read(table(tmp_path / "b.parquet", {key: pa.array([value]) for key, value in SNAPSHOT.items()})) == [
        SNAPSHOT
    ]


def test_a_null_is_a_key_that_is_not_there_and_days_are_text(tmp_path: Path) -> None:
    days = pa.array([dt.date(2025, 11, 12), None])
    columns = {"region": ["us", "europe"], "as_of": days, "phase": [None, "close"]}
    assert read(table(tmp_path / "a.parquet", columns)) == [
        {"region": "us", "as_of": "2025-11-12"},
        {"region": "europe", "phase": "close"},
    ]


def test_a_map_is_an_object(tmp_path: Path) -> None:
    kind = pa.map_(pa.string(), pa.struct({"dates": pa.list_(pa.string()), "closes": pa.list_(pa.float64())}))
    history = pa.array([list(SNAPSHOT["history"].items())], type=kind)
    assert read(table(tmp_path / "a.parquet", {"history": history})) == [{"history": SNAPSHOT["history"]}]


def test_what_is_no_parquet_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR0")
    for name, told in (("a.parquet", "is not Parquet"), ("none.parquet", "cannot be read")):
        with pytest.raises(InputError, match=told):
            count_items(tmp_path / name)
    monkeypatch.setattr(parquet, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"needs pyarrow, which is not installed: pip install 'wrapgen\[parquet\]'"):
        count_items(tmp_path / "a.parquet")


def test_articles_are_rows(tmp_path: Path) -> None:
    run(tmp_path, [*ITEMS[:6], WRONG], job=Job(format="parquet"))
    assert [path.name for path in sorted(tmp_path.glob("*.parquet"))] == ["part-00001.parquet", "part-00002.parquet"]
    rows = [row for path in sorted(tmp_path.glob("*.parquet")) for row in pq.read_table(path).to_pylist()]
    assert [row["name"] for row in rows] == [item.name for item in ITEMS[:6]]
    article = wrapgen.write(wrapgen.read_snapshot(json.loads(ITEMS[0].data)))
    row = rows[0]
    assert json.loads(row.pop("article")) == json.loads(orjson.dumps(article.to_dict()))
    assert row == {
        "name": "day-001",
        "id": article.id,
        "region": "asia-pacific",
        "date": dt.date(2025, 11, 12),
        "angle": article.angle["name"],
        "style": "house",
        "variant": 0,
        "headline": article.headline.text,
        "text": article.render("text"),
    }
    kept = pq.ParquetFile(tmp_path / "part-00001.parquet").metadata.row_group(0).column(0)
    assert kept.compression == "ZSTD"


def test_shards_of_parquet_are_the_same_bytes_again_and_can_be_gone_on_with(tmp_path: Path) -> None:
    job = Job(format="parquet")
    run(tmp_path / "a", job=job)
    run(tmp_path / "b", job=job, workers=2)
    assert files(tmp_path / "a") == files(tmp_path / "b")
    (tmp_path / "b" / "part-00002.parquet").write_bytes(b"half")
    assert run(tmp_path / "b", job=job).kept == 18
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_a_shard_of_failures_alone_is_an_empty_table(tmp_path: Path) -> None:
    run(tmp_path, [WRONG], job=Job(format="parquet"))
    assert pq.read_table(tmp_path / "part-00001.parquet").num_rows == 0
