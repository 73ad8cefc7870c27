"""Opens the files a log may come in, and gives their values as they stand there."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from efficiency._doors import mining
from efficiency._doors.files import once_each, read_text_table
from efficiency._doors.guards import guard_xes, guard_xlsx
from efficiency.problems import LogError, Problem

#: What XES calls the columns of a log (IEEE 1849-2016, standard extensions).
XES_COLUMNS = {
    "case_id": "case:concept:name",
    "activity": "concept:name",
    "actor": "org:resource",
    "unit": "org:group",
    "end": "time:timestamp",
    "transition": "lifecycle:transition",
}


@dataclass(frozen=True)
class Source:
    """
    What a file held.

    ``frame`` holds text, or typed columns where the file has types; ``columns`` what its format
    itself says about the meaning of columns; ``serials`` whether numbers may be Excel dates.
    """

    frame: pd.DataFrame
    name: str = "log"
    encoding: str = ""
    separator: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    serials: bool = False


def open_source(source: str | Path | pd.DataFrame) -> Source:
    """
    Open a csv, xlsx, parquet, xes or xes.gz file, or take a DataFrame.

    Raises
    ------
    LogError
        If the file is missing, of another kind, unsafe, or without rows.
    """
    if isinstance(source, pd.DataFrame):
        once_each([str(name) for name in source.columns], "log")
        opened = Source(source.reset_index(drop=True))
    else:
        path = Path(source)
        if not path.is_file():
            raise LogError([Problem("no_file", {"path": str(path)})])
        kind = ".xes" if path.name.lower().endswith(".xes.gz") else path.suffix.lower()
        readers = {
            ".csv": _csv,
            ".tsv": _csv,
            ".txt": _csv,
            ".xlsx": _xlsx,
            ".parquet": _parquet,
            ".xes": _xes,
        }
        if path.name.lower().endswith(".csv.gz") or kind not in readers:
            raise LogError([Problem("no_reader", {"suffix": path.suffix}, file=path.name)])
        opened = readers[kind](path)
    if opened.frame.empty:
        raise LogError([Problem("no_rows", file=opened.name)])
    return opened


def _csv(path: Path) -> Source:
    table = read_text_table(path)
    return Source(table.frame, path.name, table.encoding, table.separator)


def _parquet(path: Path) -> Source:
    """Read typed columns; whole numbers stay whole where a value is missing."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    whole = {kind: pd.Int64Dtype() for kind in (pa.int8(), pa.int16(), pa.int32(), pa.int64())}
    frame = pq.read_table(path).to_pandas(types_mapper=whole.get)
    return Source(frame.reset_index(drop=True), path.name)


def _xes(path: Path) -> Source:
    frame = mining.read_xes(guard_xes(path))
    # An attribute that pm4py puts on every row of a trace is the case's own.
    present = tuple((ours, theirs) for ours, theirs in XES_COLUMNS.items() if theirs in frame)
    return Source(frame, path.name, columns=present)


def _xlsx(path: Path) -> Source:
    """Read the first sheet cell by cell: pandas would lose what a cell's format says of a date."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(guard_xlsx(path), read_only=True, data_only=True)
        rows = [[_cell(cell) for cell in row] for row in book.worksheets[0].iter_rows()]
        book.close()
    except (KeyError, zipfile.BadZipFile) as error:
        raise LogError([Problem("unsafe", {"why": str(error)}, file=path.name)]) from None
    rows = [row for row in rows if any(row)]
    if not rows:
        raise LogError([Problem("no_rows", file=path.name)])
    header = [name.strip() for name in rows[0]]
    once_each(header, path.name)
    body = [row + [""] * (len(header) - len(row)) for row in rows[1:]]
    frame = pd.DataFrame([row[: len(header)] for row in body], columns=header, dtype=str)
    return Source(frame.loc[:, [bool(name) for name in header]], path.name, serials=True)


def _cell(cell: Any) -> str:
    """
    A cell as the text a person sees, with dates in ISO form and to their own precision.

    Notes
    -----
    A date whose format shows no hours has day precision; one that shows no seconds, minutes.
    """
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        shown = str(cell.number_format or "").lower()
        bare = value.time() == dt.time()
        if bare and "h" not in shown:
            return value.strftime("%Y-%m-%d")
        seconds = value.second or value.microsecond or "s" in shown
        return value.isoformat(" ") if seconds else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        # What was typed as 007 and is shown so.
        zeros = re.fullmatch(r"0+", str(cell.number_format or ""))
        return str(value).zfill(len(zeros[0])) if zeros and value >= 0 else str(value)
    return str(value)
