"""Parquet in, Parquet out: the same fields as in JSON Lines, batch by batch. Needs pyarrow (`palabre[parquet]`)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from palabre.engine.evaluate.bulk import CHUNK, Numbered, assess_all, told

#: Rows of one row group written at a time.
_GROUP = 32 * CHUNK
_COLUMNS = ("id", "text", "lang", "article_title", "article_text", "article_byline", "parent")


def assess_parquet(source: Path, target: Path, model: Path | None = None, jobs: int | None = None) -> int:
    """Assess every row of ``source`` into ``target``; 2 with a sentence when pyarrow or the file is missing."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        print("Parquet needs pyarrow: pip install 'palabre[parquet]'", file=sys.stderr)
        return 2
    try:
        reader = pq.ParquetFile(source)
    except (OSError, pa.ArrowInvalid) as error:
        print(f"{source} cannot be read as Parquet: {error}", file=sys.stderr)
        return 2
    with reader, pq.ParquetWriter(target, schema(pa)) as writer:
        results = told(assess_all(_rows(reader), model, jobs), sys.stderr)
        while group := list(islice(results, _GROUP)):
            writer.write_table(pa.Table.from_pylist([_row(one) for one in group], schema=schema(pa)))
    return 0


def schema(pa: Any) -> Any:
    """Columns of the result: scores as a map, spans as a list of structures."""
    span = pa.struct({"begin": pa.int32(), "end": pa.int32(), "label": pa.string(), "score": pa.float32()})
    kinds = {"id": pa.string(), "language": pa.string(), "scores": pa.map_(pa.string(), pa.float32())}
    return pa.schema({**kinds, "spans": pa.list_(span), "model": pa.string()})


def _rows(reader: Any) -> Iterator[Numbered]:
    known = [name for name in _COLUMNS if name in reader.schema_arrow.names]
    number = 0
    for batch in reader.iter_batches(CHUNK, columns=known):
        for row in batch.to_pylist():
            number += 1
            yield number, row


def _row(result: dict[str, Any]) -> dict[str, Any]:
    name = result["id"]
    return {**result, "id": None if name is None else str(name), "scores": list(result["scores"].items())}
