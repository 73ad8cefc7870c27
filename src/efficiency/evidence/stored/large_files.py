"""Large files that others wrote: read piece by piece, never loaded whole."""

from __future__ import annotations

import csv
import glob
import itertools
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
from ibis.backends import BaseBackend

from efficiency import tables
from efficiency._doors import parquet, sessions
from efficiency._doors.files import encoding_of, table_of_text
from efficiency.evidence.log.records import moments_of, read_record
from efficiency.evidence.log.sources import Source, seen, text_source
from efficiency.evidence.log.stamps import MOST_FORMS, stand_alone
from efficiency.evidence.log_record import MOMENTS, TEXTS, Record
from efficiency.evidence.stored.several_converted import (
    changes_of_all,
    forms_of_all,
    joined_records,
)

#: Logs of more rows are read in pieces of so many.
LARGE, PIECE = 1_000_000, 250_000
#: Bytes that are looked at at a time.
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
        are left out, a csv that is neither in UTF-8 nor in GB18030 or holds more than a table; and
        where something is wrong, which the reader of whole files tells.
    """
    paths = [source] if isinstance(source, str | Path) else source
    if not isinstance(paths, list | tuple):
        return None
    folder = None
    try:
        rows = {path: _rows(path) for path in map(Path, paths)}
        small = 0 in rows.values() or sum(rows.values()) <= LARGE
        if small or len(rows) < len(paths) or asked.get("formats"):
            return None
        con = sessions.lasting()
        folder = sessions.aside(con)
        records = {
            path: _in_pieces(path, dict(columns or {}), asked, con, folder / str(at))
            for at, path in enumerate(rows)
        }
        alike = len({path.name for path in records}) < len(records)
        named = {path.as_posix() if alike else path.name: one for path, one in records.items()}
        return joined_records(named) if len(named) > 1 else next(iter(named.values()))
    except Exception:
        # Whatever it is, the reader of whole files has words for it, or can read it.
        if folder is not None:
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
        for frame in parquet.pieces_of(path, PIECE):
            # Pandas may have kept an index in it.
            yield Source(frame.reset_index(drop=True), path.name)
        return
    encoding, separators = encoding_of(path, _BLOCK), set()
    if encoding is None:
        raise _WholeError
    with path.open(encoding=encoding.replace("utf-8", "utf-8-sig"), newline=None) as file:
        heading = file.readline()
        if not heading.strip() or heading.startswith("sep="):
            raise _WholeError
        while lines := list(itertools.islice(file, PIECE)):
            text = heading + "".join(lines)
            # A quote that is open at the end of a line may take in rows of the next piece.
            if "\0" in text or any(line.count('"') % 2 for line in (heading, *lines)):
                raise _WholeError
            source = text_source(table_of_text(text, encoding, b"", path.name), path.name)
            separators.add(source.separator)
            if source.notes or len(separators) > 1 or _is_longer(lines, heading, source.separator):
                raise _WholeError
            yield source


def _is_longer(lines: Sequence[str], heading: str, separator: str) -> bool:
    """
    Whether the first row has more fields than the heading.

    Notes
    -----
    pandas lets every row end in a separator if the first does, and refuses a later one that does.
    """
    names = len(next(csv.reader([heading], delimiter=separator)))
    for line in lines:
        if len(next(csv.reader([line], delimiter=separator), [])) > names:
            return True
        if line.strip():
            break
    return False


def _in_pieces(
    path: Path, columns: Mapping[str, Any], asked: Mapping[str, Any], con: BaseBackend, folder: Path
) -> Record:
    """The record of a file, its steps in files of a folder of the session."""
    folder.mkdir()
    rows, records, kinds = 0, list[Record](), dict[str, set[str]]()
    precise = set[tuple[str, str]]()
    for number, source in enumerate(one for one in _pieces(path) if len(one.frame)):
        precise |= _precisions(source.frame, columns, asked.get("timezone", "Asia/Shanghai"))
        record = read_record(seen(source), columns, **asked)
        if record.paired or record.secrets.rows:
            raise _WholeError
        steps = record.log.assign(row=record.log["row"] + rows)
        for name in steps:
            if steps[name].notna().any():
                kinds.setdefault(name, set()).add(str(steps[name].dtype))
        piece = [parquet.arrow_of(steps)]
        parquet.write_parts(folder / f"{number:06d}.parquet", piece, {}, {})
        ledgers = {name: _further(getattr(record, name), rows) for name in ("rejected", "changed")}
        records.append(replace(record, log=None, **ledgers))
        rows += len(source.frame)
    forms = forms_of_all(records)
    # Which of two comes first then hangs on where each stands first.
    mingled = len({(form.column, form.n) for form in forms}) < len(forms)
    mingled |= max(Counter(form.column for form in forms).values(), default=0) > MOST_FORMS
    if mingled or not records or any(len(several) > 1 for several in kinds.values()):
        raise _WholeError
    log = con.read_parquet(f"{glob.escape(str(folder))}/*.parquet", hive_partitioning=False)
    mixed = [name for name in MOMENTS if {(name, "day"), (name, "second")} <= precise]
    changed = pd.concat([one.changed.assign(at=one.changed["row"]) for one in records])
    return replace(
        records[0],
        log=tables.LOG.check(_precise(log, mixed)),
        rejected=pd.concat([one.rejected for one in records], ignore_index=True),
        changed=changes_of_all(changed),
        rows=rows,
        forms=tuple(sorted(forms, key=lambda form: _place(form.column, columns))),
        rest=pd.concat([one.rest for one in records], ignore_index=True),
    )


def _place(column: str, columns: Mapping[str, Any]) -> int:
    """Which of the moments a column of theirs holds."""
    return [columns.get(name, name) for name in MOMENTS].index(column)


def _precisions(
    frame: pd.DataFrame, columns: Mapping[str, Any], timezone: str
) -> set[tuple[str, str]]:
    """
    How precise the typed moments of a piece seem to be.

    Raises
    ------
    _WholeError
        If how a value is read hangs on others: on the form of stamps, on whether all numbers are
        whole or all truths known; or parquet would not give back what pandas has.
    """
    said = {name: columns.get(name, name) for name in (*TEXTS, "transition", *MOMENTS)}
    moments = {name: said.pop(name) for name in MOMENTS}
    texts = {one for name in said.values() for one in ([name] if isinstance(name, str) else name)}
    strange = any(not isinstance(theirs, str) for theirs in moments.values())
    strange |= any(not str(name).isprintable() or not str(name) for name in frame)
    stamps = {theirs: name for name, theirs in moments.items()}
    precise = set[tuple[str, str]]()
    for name in frame:
        kind, values = frame[name].dtype, frame[name]
        if name not in stamps:
            strange |= not _is_plain(kind) or (name in texts and pd.api.types.is_float_dtype(kind))
        elif pd.api.types.is_datetime64_any_dtype(kind):
            read = moments_of(values, timezone, None, None)["precision"].dropna().unique()
            precise |= {(stamps[name], each) for each in read}
        else:
            strange |= not _is_each_read(values)
    if strange:
        raise _WholeError
    return precise


def _is_plain(kind: Any) -> bool:
    """Whether parquet keeps a column of a type as it is, whatever it holds."""
    if isinstance(kind, np.dtype) and kind.kind == "M":
        return np.datetime_data(kind)[0] in {"us", "ns"}
    if kind == np.dtype(object):
        return True
    numbers = pd.api.types.is_integer_dtype(kind) or pd.api.types.is_float_dtype(kind)
    return bool(numbers and isinstance(kind, np.dtype | pd.Int64Dtype))


def _is_each_read(values: pd.Series) -> bool:
    """Whether each stamp of a column is read without the others: a day, or with its year first."""
    try:
        array = pa.array(values, from_pandas=True)
    except pa.ArrowException:
        return False
    if pa.types.is_string(array.type):
        return stand_alone(array)
    return bool(pa.types.is_null(array.type) or pa.types.is_date32(array.type))


def _further(ledger: pd.DataFrame, rows: int) -> pd.DataFrame:
    """A ledger of a piece, its rows counted from the first of the file."""
    return ledger.assign(row=(ledger["row"] + rows).where(ledger["row"] > 0, 0))


def _precise(log: ir.Table, mixed: Sequence[str]) -> ir.Table:
    """A log with the precision of typed moments: dates only where all of the file are midnights."""
    said = {f"{name}_precision": ibis.cases((log[name].notnull(), "second")) for name in mixed}
    return log.mutate(**said) if said else log
