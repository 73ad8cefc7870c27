"""A table with what belongs to it in one parquet file, which says whose it is."""

from __future__ import annotations

import io
import itertools
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

#: Under these names a file of ours keeps what is said of its table, and the tables beside it.
_ABOUT, _BESIDE = b"efficiency", b"efficiency:"


@dataclass(frozen=True)
class Parts:
    """What such a file holds beside its table: what is said of it, and the other tables."""

    about: dict[str, Any]
    beside: dict[str, pd.DataFrame]


def write_parts(
    path: Path,
    table: Iterable[pa.Table],
    about: Mapping[str, Any],
    beside: Mapping[str, pd.DataFrame],
) -> None:
    """
    Write a table and what belongs to it, whole or not at all.

    Parameters
    ----------
    path
        The file; one that is there already is replaced.
    table
        The table in parts of one schema, one at least; times are kept to the microsecond.
    about
        What is said of it, as JSON can hold it.
    beside
        Small tables that belong to it, by name.
    """
    kept = {_ABOUT: json.dumps(dict(about), ensure_ascii=False).encode()}
    kept |= {_BESIDE + name.encode(): packed(frame) for name, frame in beside.items()}
    handle, partial = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        os.close(handle)
        parts = iter(table)
        first = next(parts)
        schema = first.schema.with_metadata(kept)
        with pq.ParquetWriter(partial, schema, compression="zstd") as file:
            for part in itertools.chain([first], parts):
                file.write_table(part.replace_schema_metadata(kept))
        Path(partial).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(partial).unlink()
        raise


def parts_of(path: str | Path) -> Parts | None:
    """What a file of ours holds beside its table; None: it is none of ours, or no parquet."""
    kept = _kept(path)
    if not kept:
        return None
    beside = {
        key.removeprefix(_BESIDE).decode(): _unpacked(packed)
        for key, packed in kept.items()
        if key.startswith(_BESIDE)
    }
    return Parts(json.loads(kept[_ABOUT]), beside)


def files_of(path: Path) -> list[Path]:
    """A file itself; of a folder, the parquet files in it and within, by name, if there are any."""
    if not path.is_dir():
        return [path]
    found = sorted(path.rglob("*.parquet"))
    return [one for one in found if one.is_file() and not one.name.startswith((".", "~$"))]


def is_ours(path: str | Path) -> bool:
    """Whether a file is one of ours."""
    return bool(_kept(path))


def _kept(path: str | Path) -> dict[bytes, bytes]:
    """What a file of ours keeps beside its table, as it stands there; of another, nothing."""
    if Path(path).suffix.lower() != ".parquet" or not Path(path).is_file():
        return {}
    try:
        kept: dict[bytes, bytes] = pq.read_schema(path).metadata or {}
    except (OSError, pa.ArrowException, UnicodeDecodeError):  # damaged, also in its names
        return {}
    return kept if _ABOUT in kept else {}


def rows_of(path: Path) -> int:
    """How many rows a file of parquet says that it has; of what cannot be read, none."""
    try:
        with pq.ParquetFile(path) as file:
            return int(file.metadata.num_rows)
    except (OSError, pa.ArrowException, UnicodeDecodeError):
        return 0


def pieces_of(path: Path, rows: int) -> Iterator[pd.DataFrame]:
    """The table of a file of parquet, so many rows at a time."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(rows):
            yield frame_of(pa.Table.from_batches([batch]))


def table_of(path: str | Path) -> pd.DataFrame:
    """The table of a file of parquet."""
    return frame_of(pq.read_table(path))


def frame_of(table: pa.Table) -> pd.DataFrame:
    """A table of Arrow as a frame; whole numbers stay whole where a value is missing."""
    whole = {kind: pd.Int64Dtype() for kind in (pa.int8(), pa.int16(), pa.int32(), pa.int64())}
    frame: pd.DataFrame = table.to_pandas(types_mapper=whole.get)
    return frame


def arrow_of(frame: pd.DataFrame) -> pa.Table:
    """
    A frame in Arrow, with nothing said of pandas, and every column of a type.

    Examples
    --------
    >>> str(arrow_of(pd.DataFrame({"a": [None]})).schema.field("a").type)
    'string'
    """
    arrow = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata()
    # A column without one value has no type; text is what every column of a log may be.
    kinds = [
        field.with_type(pa.string()) if pa.types.is_null(field.type) else field
        for field in arrow.schema
    ]
    return arrow.cast(pa.schema(kinds))


def packed(frame: pd.DataFrame) -> bytes:
    """
    A frame as a file of parquet; a column of several kinds of values is text.

    Examples
    --------
    >>> packed(pd.DataFrame({"n": [1]}))[:4]
    b'PAR1'
    >>> pd.read_parquet(io.BytesIO(packed(pd.DataFrame({"n": [1, "a"]}))))["n"].tolist()
    ['1', 'a']
    """
    kept = io.BytesIO()
    try:
        table = arrow_of(frame)
    except pa.ArrowException:
        mixed = [name for name in frame if pd.api.types.is_object_dtype(frame[name])]
        texts = {name: frame[name].map(str, na_action="ignore") for name in mixed}
        table = arrow_of(frame.assign(**texts))
    pq.write_table(table, kept, compression="zstd")
    return kept.getvalue()


def _unpacked(packed: bytes) -> pd.DataFrame:
    frame: pd.DataFrame = pq.read_table(io.BytesIO(packed)).to_pandas()
    return frame
