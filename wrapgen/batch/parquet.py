"""Parquet in and out. pyarrow comes with the extra ``parquet`` and is asked for only when it is needed.

In: one row a snapshot. A column ``snapshot`` holds it, as JSON text or as a struct, and other columns are not read;
without one the columns are the snapshot's own keys (``region``, ``as_of``, ``markets``, ...). A null is a key that is
not there; dates and times become the text of the contract.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from wrapgen.errors import InputError, Problem

if TYPE_CHECKING:
    from pyarrow import Table
    from pyarrow.parquet import ParquetFile

MISSING = "needs pyarrow, which is not installed: pip install 'wrapgen[parquet]'"
_COLUMN = "snapshot"
_ROWS = 100  # read at a time: snapshots with two years of history are large


def installed() -> bool:
    return find_spec("pyarrow") is not None


def count_rows(path: Path) -> int:
    """Raises InputError for what is no Parquet file."""
    with _opened(path) as file:
        return int(file.metadata.num_rows)


def read_rows(path: Path) -> Iterator[tuple[bytes, str]]:
    """Each row's snapshot as JSON, or why it is none. Raises InputError for what is no Parquet file."""
    with _opened(path) as file:
        names = file.schema_arrow.names
        own = _COLUMN in names
        batches = file.iter_batches(batch_size=_ROWS, columns=[_COLUMN] if own else None)
        while (rows := _next_rows(path, batches)) is not None:
            for row in rows:
                yield _snapshot(row[_COLUMN] if own else row)


def parquet_file(rows: Sequence[bytes]) -> bytes:
    """A whole Parquet file of articles, each given as `article_row` made it; the same rows give the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(_table(rows), sink, compression="zstd")
    return bytes(sink.getvalue())


def article_row(name: str, date: dt.date, region: str, article: Mapping[str, Any], text: str) -> bytes:
    """One article as a row of the output, in JSON: how it comes from a worker."""
    return orjson.dumps({
        "name": name,
        "id": article["id"],
        "region": region,
        "date": date,
        "angle": article["angle"]["name"],
        "style": article["provenance"]["style"],
        "variant": article["provenance"]["variant"],
        "headline": article["headline"],
        "text": text,
        "article": orjson.dumps(article).decode(),
    })  # fmt: skip


def _table(rows: Sequence[bytes]) -> Table:
    import pyarrow as pa

    texts = ("name", "id", "region", "angle", "style", "headline", "text", "article")
    kinds = {**dict.fromkeys(texts, pa.string()), "date": pa.date32(), "variant": pa.int64()}
    order = ("name", "id", "region", "date", "angle", "style", "variant", "headline", "text", "article")
    read = [orjson.loads(row) for row in rows]
    for row in read:
        row["date"] = dt.date.fromisoformat(row["date"])
    return pa.Table.from_pylist(read, pa.schema([(name, kinds[name]) for name in order]))


def _opened(path: Path) -> ParquetFile:
    if not installed():
        raise InputError([Problem(str(path), f"Parquet {MISSING}")])
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path)
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror or str(error).splitlines()[0]}") from None
    except ValueError as error:  # pyarrow's own errors are ValueErrors
        raise _refused(path, f"is not Parquet: {str(error).strip().splitlines()[0]}") from None


def _next_rows(path: Path, batches: Iterator[Any]) -> list[dict[str, Any]] | None:
    """Raises InputError where the file breaks off or is damaged."""
    try:
        batch = next(batches, None)
        return None if batch is None else list(batch.to_pylist(maps_as_pydicts="strict"))
    except (OSError, ValueError) as error:  # pyarrow's own errors are ValueErrors
        raise _refused(path, f"is damaged: {str(error).strip().splitlines()[0]}") from None


def _snapshot(value: Any) -> tuple[bytes, str]:
    if isinstance(value, str):
        return value.encode(), ""
    if isinstance(value, bytes):
        return value, ""
    if not isinstance(value, dict):
        return b"", "the row holds no snapshot" if value is None else "the row holds neither JSON text nor a struct"
    try:
        return orjson.dumps(_without_nulls(value), default=_plain), ""
    except TypeError as error:
        return b"", f"the row holds what JSON cannot: {error}"


def _without_nulls(value: Any) -> Any:
    """Keys without a value go, at every depth; a list keeps its places."""
    if isinstance(value, dict):
        return {key: _without_nulls(part) for key, part in value.items() if part is not None}
    return [_without_nulls(part) for part in value] if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__}")


def _refused(path: Path, message: str) -> InputError:
    return InputError([Problem(str(path), message)])
