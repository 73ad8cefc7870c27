"""Opens the files a log may come in, and gives their values as they stand there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from efficiency._doors import mining
from efficiency._doors.files import once_each, read_text_table
from efficiency._doors.guards import guard_xes
from efficiency.evidence.log.headers import OUTSIDE, Note, names_of
from efficiency.evidence.log.workbooks import SUFFIXES, read_workbook, without_below
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
#: What offices have that no library reads: it is saved in another form in two clicks.
_SAVE_AS = {".et", ".ett", ".numbers", ".wps"}


@dataclass(frozen=True)
class Source:
    """
    What a file held.

    ``frame`` holds text, or typed columns where the file has types; ``columns`` what its format
    itself says about the meaning of columns; ``serials`` the day from which Excel dates are
    counted, None where numbers are none; ``notes`` what was set aside; ``sheet`` which was read.
    """

    frame: pd.DataFrame
    name: str = "log"
    encoding: str = ""
    separator: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    serials: pd.Timestamp | None = None
    notes: tuple[Note, ...] = ()
    sheet: str = ""


def open_source(source: str | Path | pd.DataFrame | Source, sheet: str | None = None) -> Source:
    """
    Open a csv, a workbook (xlsx, xls, xlsb, ods), parquet, xes or xes.gz, or take a DataFrame.

    Parameters
    ----------
    source
        The file or frame; a source that was opened stays as it is.
    sheet
        Of a workbook; None: the visible one with the largest table.

    Raises
    ------
    LogError
        If the file is missing, of another kind, unsafe, or without rows.
    """
    if isinstance(source, Source):
        return source
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
            ".parquet": _parquet,
            ".xes": _xes,
        }
        if kind in _SAVE_AS:
            raise LogError([Problem("save_as", {"suffix": path.suffix}, file=path.name)])
        if path.name.lower().endswith(".csv.gz") or kind not in {*readers, *SUFFIXES}:
            raise LogError([Problem("no_reader", {"suffix": path.suffix}, file=path.name)])
        opened = _workbook(path, sheet) if kind in SUFFIXES else readers[kind](path)
    if opened.frame.empty:
        raise LogError([Problem("no_rows", file=opened.name)])
    return opened


def _csv(path: Path) -> Source:
    table = read_text_table(path)
    grid = table.frame
    filled = [int((grid.iloc[:, at].str.strip() != "").sum()) for at in range(grid.shape[1])]
    names, notes = names_of([str(name) for name in grid.columns], None, filled)
    above = [Note(0, "", line.strip(), OUTSIDE) for line in table.above if line.strip()]
    frame, below = without_below(grid.set_axis(names, axis=1))
    return Source(frame, path.name, table.encoding, table.separator, notes=(*above, *notes, *below))


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


def _workbook(path: Path, sheet: str | None) -> Source:
    read = read_workbook(path, sheet)
    return Source(read.frame, path.name, serials=read.serials, notes=read.notes, sheet=read.sheet)
