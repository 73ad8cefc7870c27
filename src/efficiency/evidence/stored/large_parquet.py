"""Large files of parquet that others wrote: read piece by piece, never loaded whole."""

from __future__ import annotations

import glob
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis.backends import BaseBackend

from efficiency import tables
from efficiency._doors import parquet, sessions
from efficiency.evidence.log.records import read_record
from efficiency.evidence.log.sources import Source
from efficiency.evidence.log.stamps import are_usual
from efficiency.evidence.log_record import MOMENTS, TEXTS, Record
from efficiency.evidence.stored.several_converted import (
    changes_of_all,
    forms_of_all,
    joined_records,
)
from efficiency.problems import LogError

#: Logs of more rows are read in pieces of so many.
LARGE, PIECE = 1_000_000, 250_000


def large_parquet(
    source: Any, columns: Mapping[str, str | Sequence[str]] | None = None, **asked: Any
) -> Record | None:
    """
    The record of large files of parquet, its log not loaded; None: they are to be read whole.

    Parameters
    ----------
    source, columns, **asked
        As for `read_record`; several files are one log.

    Returns
    -------
    Record
        As `read_record` gives it; of several files as `joined_records` does. The steps lie in the
        private folder of a session that lasts until Python ends. None too where a row cannot be
        read without the others: stamps whose form is to be found out, life cycles, secrets that
        are left out; and where something is wrong, which the reader of whole files tells.
    """
    paths = [source] if isinstance(source, str | Path) else source
    if not isinstance(paths, list | tuple):
        return None
    schemas, rows = {}, 0
    for path in map(Path, paths):
        head = parquet.head_of(path)
        if head is None:
            return None
        schemas[path], rows = head.schema, rows + head.rows
    given = dict(columns or {})
    if rows <= LARGE or not all(
        _row_by_row(path, schema, given, asked) for path, schema in schemas.items()
    ):
        return None
    con = sessions.lasting()
    records = {}
    try:
        for path, schema in schemas.items():
            record = _in_pieces(path, schema, given, asked, con)
            if record is None:
                return None
            records[path.as_posix()] = record
        alike = len({path.name for path in schemas}) < len(schemas)
        named = {name if alike else Path(name).name: one for name, one in records.items()}
        return joined_records(named) if len(named) > 1 else next(iter(named.values()))
    except LogError:
        return None


def _row_by_row(
    path: Path, schema: pa.Schema, columns: Mapping[str, Any], asked: Mapping[str, Any]
) -> bool:
    """Whether each row of a file can be read without the others."""
    said = {name: columns.get(name, name) for name in (*TEXTS, *MOMENTS)}
    parts = [one for name in TEXTS for one in _each(said[name])]
    moments = [said[name] for name in MOMENTS if said[name] in schema.names]
    if asked.get("formats") or any(not isinstance(said[name], str) for name in MOMENTS):
        return False
    if any(pa.types.is_dictionary(field.type) for field in schema):
        return False
    # Whether 7.0 is the number 7 hangs on all the others.
    if any(pa.types.is_floating(schema.field(one).type) for one in parts if one in schema.names):
        return False
    spelled = [name for name in moments if pa.types.is_string(schema.field(name).type)]
    typed = [name for name in moments if _is_typed(schema.field(name).type)]
    return len(spelled) + len(typed) == len(moments) and all(
        are_usual(values) for name in spelled for values in parquet.column_of(path, name, PIECE)
    )


def _each(names: str | Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names


def _is_typed(kind: pa.DataType) -> bool:
    return bool(pa.types.is_timestamp(kind) or pa.types.is_date32(kind))


def _in_pieces(
    path: Path, schema: pa.Schema, columns: Mapping[str, Any], asked: Mapping[str, Any],
    con: BaseBackend,
) -> Record | None:  # fmt: skip
    """The record of a file; None as soon as a piece shows that rows hang on one another."""
    folder = sessions.aside(con)
    rows, records, kinds = 0, list[Record](), dict[str, set[str]]()
    for number, frame in enumerate(parquet.pieces_of(path, PIECE)):
        record = read_record(Source(frame, path.name), columns, **asked)
        if record.paired or record.secrets.rows:
            return None
        steps = record.log.assign(row=record.log["row"] + rows)
        for name in steps:
            if steps[name].notna().any():
                kinds.setdefault(name, set()).add(str(steps[name].dtype))
        piece = [parquet.arrow_of(steps)]
        parquet.write_parts(folder / f"{number:06d}.parquet", piece, {}, {})
        ledgers = {name: _further(getattr(record, name), rows) for name in ("rejected", "changed")}
        records.append(replace(record, log=_precisions(steps), **ledgers))
        rows += len(frame)
    if any(len(several) > 1 for several in kinds.values()):
        return None
    log = con.read_parquet(f"{glob.escape(str(folder))}/*.parquet", hive_partitioning=False)
    typed = {name: columns.get(name, name) for name in MOMENTS}
    clocks = [name for name, theirs in typed.items() if theirs in schema.names
              and pa.types.is_timestamp(schema.field(theirs).type)]  # fmt: skip
    changed = pd.concat([one.changed.assign(at=one.changed["row"]) for one in records])
    return replace(
        records[0],
        log=tables.LOG.check(_precise(log, [one.log for one in records], clocks)),
        rejected=pd.concat([one.rejected for one in records], ignore_index=True),
        changed=changes_of_all(changed),
        rows=rows,
        forms=forms_of_all(records),
        rest=pd.concat([one.rest for one in records], ignore_index=True),
    )


def _further(ledger: pd.DataFrame, rows: int) -> pd.DataFrame:
    """A ledger of a piece, its rows counted from the first of the file."""
    return ledger.assign(row=(ledger["row"] + rows).where(ledger["row"] > 0, 0))


def _precisions(steps: pd.DataFrame) -> pd.DataFrame:
    """How precise the moments of a piece are."""
    return steps[[f"{name}_precision" for name in MOMENTS]].drop_duplicates()


def _precise(log: ir.Table, told: Sequence[pd.DataFrame], clocks: Sequence[str]) -> ir.Table:
    """A log with the precision of typed moments: dates only where all of the file are midnights."""
    every = pd.concat(told, ignore_index=True)
    mixed = [name for name in clocks if {"day", "second"} <= set(every[f"{name}_precision"])]
    said = {f"{name}_precision": ibis.cases((log[name].notnull(), "second")) for name in mixed}
    return log.mutate(**said) if said else log
