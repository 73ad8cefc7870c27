"""Large files that others wrote: read piece by piece, never loaded whole."""

from __future__ import annotations

import glob
import itertools
import shutil
from collections.abc import Iterator, Mapping, Sequence
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
from efficiency._doors.files import table_of_text
from efficiency.evidence.log.records import read_record
from efficiency.evidence.log.sources import Source, seen, text_source
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
#: Bytes whose lines are counted at a time.
_BLOCK = 1 << 24


class _WholeError(Exception):
    """A row cannot be read without the others."""


def large_files(
    source: Any, columns: Mapping[str, str | Sequence[str]] | None = None, **asked: Any
) -> Record | None:
    """
    The record of large files, parquet or csv, its log not loaded; None: they are to be read whole.

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
        are left out, a csv that is not in UTF-8 or holds more than a table; and where something
        is wrong, which the reader of whole files tells.
    """
    paths = [source] if isinstance(source, str | Path) else source
    if not isinstance(paths, list | tuple):
        return None
    rows = {path: _rows(path) for path in map(Path, paths)}
    if 0 in rows.values() or sum(rows.values()) <= LARGE or asked.get("formats"):
        return None
    given, con = dict(columns or {}), sessions.lasting()
    folder = sessions.aside(con)
    try:
        records = {
            path: _in_pieces(path, given, asked, con, folder / str(at))
            for at, path in enumerate(rows)
        }
        alike = len({path.name for path in records}) < len(records)
        named = {path.as_posix() if alike else path.name: one for path, one in records.items()}
        return joined_records(named) if len(named) > 1 else next(iter(named.values()))
    except (_WholeError, LogError, OSError, ValueError, pa.ArrowException):
        shutil.rmtree(folder, ignore_errors=True)
        return None


def _rows(path: Path) -> int:
    """How many rows a file has, or at most has; none: it is ours, or of another kind."""
    kind = path.suffix.lower()
    if not path.is_file() or kind not in {".csv", ".tsv", ".txt", ".parquet"}:
        return 0
    if kind == ".parquet":
        return 0 if parquet.is_ours(path) else parquet.rows_of(path)
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))


def _pieces(path: Path) -> Iterator[Source]:
    """What a file holds, so many rows at a time."""
    if path.suffix.lower() == ".parquet":
        yield from (Source(frame, path.name) for frame in parquet.pieces_of(path, PIECE))
        return
    separators = set()
    with path.open(encoding="utf-8-sig", newline=None) as file:
        heading = file.readline()
        while lines := list(itertools.islice(file, PIECE)):
            text = heading + "".join(lines)
            # A quote that is open at the end of a line may take in rows of the next piece.
            if "\0" in text or heading.startswith("sep=") or any(n.count('"') % 2 for n in lines):
                raise _WholeError
            source = text_source(table_of_text(text, "utf-8", b"", path.name), path.name)
            separators.add(source.separator)
            if source.notes or len(separators) > 1:
                raise _WholeError
            yield source


def _in_pieces(
    path: Path, columns: Mapping[str, Any], asked: Mapping[str, Any], con: BaseBackend, folder: Path
) -> Record:
    """The record of a file, its steps in files of a folder of the session."""
    folder.mkdir()
    rows, records, kinds = 0, list[Record](), dict[str, set[str]]()
    clocks, precise = set[str](), set[tuple[str, str]]()
    for number, source in enumerate(one for one in _pieces(path) if len(one.frame)):
        clocks |= _clocks(source.frame, columns)
        record = read_record(seen(source), columns, **asked)
        if record.paired or record.secrets.rows:
            raise _WholeError
        steps = record.log.assign(row=record.log["row"] + rows)
        for name in steps:
            if steps[name].notna().any():
                kinds.setdefault(name, set()).add(str(steps[name].dtype))
        precise |= {
            (name, each) for name in MOMENTS for each in steps[f"{name}_precision"].unique()
        }
        piece = [parquet.arrow_of(steps)]
        parquet.write_parts(folder / f"{number:06d}.parquet", piece, {}, {})
        ledgers = {name: _further(getattr(record, name), rows) for name in ("rejected", "changed")}
        records.append(replace(record, log=None, **ledgers))
        rows += len(source.frame)
    if any(len(several) > 1 for several in kinds.values()):
        raise _WholeError
    log = con.read_parquet(f"{glob.escape(str(folder))}/*.parquet", hive_partitioning=False)
    mixed = [name for name in clocks if {(name, "day"), (name, "second")} <= precise]
    changed = pd.concat([one.changed.assign(at=one.changed["row"]) for one in records])
    return replace(
        records[0],
        log=tables.LOG.check(_precise(log, mixed)),
        rejected=pd.concat([one.rejected for one in records], ignore_index=True),
        changed=changes_of_all(changed),
        rows=rows,
        forms=forms_of_all(records),
        rest=pd.concat([one.rest for one in records], ignore_index=True),
    )


def _clocks(frame: pd.DataFrame, columns: Mapping[str, Any]) -> set[str]:
    """
    The moments that are typed.

    Raises
    ------
    _WholeError
        If how a value is read hangs on others: on the form of stamps, or on whether all numbers
        are whole.
    """
    said = {name: columns.get(name, name) for name in (*TEXTS, *MOMENTS)}
    texts = [one for name in TEXTS for one in ([said[name]] if isinstance(said[name], str)
                                               else said[name])]  # fmt: skip
    moments = {name: said[name] for name in MOMENTS}
    if any(not isinstance(theirs, str) for theirs in moments.values()) or any(
        isinstance(kind, pd.CategoricalDtype) for kind in frame.dtypes
    ):
        raise _WholeError
    if any(pd.api.types.is_float_dtype(frame[name]) for name in texts if name in frame):
        raise _WholeError
    known = {name: frame[theirs] for name, theirs in moments.items() if theirs in frame}
    typed = {name for name, one in known.items() if pd.api.types.is_datetime64_any_dtype(one)}
    if not all(_is_each_read(one) for name, one in known.items() if name not in typed):
        raise _WholeError
    return typed


def _is_each_read(values: pd.Series) -> bool:
    """Whether each stamp of a column is read without the others: a day, or of the usual form."""
    try:
        array = pa.array(values, from_pandas=True)
    except pa.ArrowException:
        return False
    if pa.types.is_string(array.type):
        return are_usual(array)
    return bool(pa.types.is_null(array.type) or pa.types.is_date32(array.type))


def _further(ledger: pd.DataFrame, rows: int) -> pd.DataFrame:
    """A ledger of a piece, its rows counted from the first of the file."""
    return ledger.assign(row=(ledger["row"] + rows).where(ledger["row"] > 0, 0))


def _precise(log: ir.Table, mixed: Sequence[str]) -> ir.Table:
    """A log with the precision of typed moments: dates only where all of the file are midnights."""
    said = {f"{name}_precision": ibis.cases((log[name].notnull(), "second")) for name in mixed}
    return log.mutate(**said) if said else log
