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
from efficiency.evidence.log.headers import (
    LOOKED_AT,
    OUTSIDE,
    Note,
    below_from,
    heading_at,
    names_of,
    shown,
)
from efficiency.problems import Hint, LogError, Problem, listed

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
    Open a csv, xlsx, parquet, xes or xes.gz file, or take a DataFrame.

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
        if path.name.lower().endswith(".csv.gz") or kind not in {*readers, ".xlsx"}:
            raise LogError([Problem("no_reader", {"suffix": path.suffix}, file=path.name)])
        opened = _xlsx(path, sheet) if kind == ".xlsx" else readers[kind](path)
    if opened.frame.empty:
        raise LogError([Problem("no_rows", file=opened.name)])
    return opened


def _csv(path: Path) -> Source:
    table = read_text_table(path)
    grid = table.frame
    filled = [int((grid.iloc[:, at].str.strip() != "").sum()) for at in range(grid.shape[1])]
    names, notes = names_of([str(name) for name in grid.columns], None, filled)
    above = [Note(0, "", line.strip(), OUTSIDE) for line in table.above if line.strip()]
    frame, below = _without_below(grid.set_axis(names, axis=1))
    return Source(frame, path.name, table.encoding, table.separator, notes=(*above, *notes, *below))


def _without_below(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Note]]:
    """Set aside the totals and notes below a table."""
    tail = frame.tail(LOOKED_AT)
    first = len(frame) - len(tail)
    end = first + below_from(tail.to_numpy().tolist())
    rows = frame.iloc[end:].to_numpy().tolist()
    notes = [Note(end + at, "", shown(row), OUTSIDE) for at, row in enumerate(rows, start=1)]
    return frame.iloc[:end], notes


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


@dataclass(frozen=True)
class _Sheet:
    """One sheet: its cells as text, and the ranges that are merged (rows and columns from 0)."""

    name: str
    rows: list[list[str]]
    merges: tuple[tuple[int, int, int, int], ...] = ()


def _xlsx(path: Path, sheet: str | None) -> Source:
    """Read a sheet cell by cell: pandas would lose what a cell's format says of a date."""
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    try:
        book = openpyxl.load_workbook(guard_xlsx(path), read_only=True, data_only=True)
        visible = [one for one in book.worksheets if one.sheet_state == "visible"]
        wanted = [one for one in visible if sheet is None or one.title == sheet]
        if not wanted:
            have = tuple(one.title for one in visible)
            details = {"got": sheet, "have": listed(have), "hint": Hint(str(sheet), have)}
            raise LogError([Problem("no_sheet", details, file=path.name)])
        sheets = [_sheet(one, path) for one in wanted]
        mac = book.epoch == CALENDAR_MAC_1904
        book.close()
    except (KeyError, zipfile.BadZipFile) as error:
        raise LogError([Problem("unsafe", {"why": str(error)}, file=path.name)]) from None
    largest = max(sheets, key=_table_size)
    epoch = pd.Timestamp("1904-01-01") if mac else pd.Timestamp("1899-12-30")
    return _table(largest, path.name, epoch)


def _sheet(sheet: Any, path: Path) -> _Sheet:
    with zipfile.ZipFile(path) as archive:
        found = re.findall(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"',
                           archive.read(sheet._worksheet_path))  # fmt: skip
    merges = tuple(
        (int(top) - 1, _number(left), int(bottom) - 1, _number(right))
        for left, top, right, bottom in found
    )
    return _Sheet(sheet.title, [[_cell(cell) for cell in row] for row in sheet.iter_rows()], merges)


def _number(letters: bytes) -> int:
    """The number of a column from 0, by its letters."""
    total = 0
    for one in letters:
        total = total * 26 + one - 64
    return total - 1


def _table_size(sheet: _Sheet) -> int:
    """The rows of the table in a sheet; of no table none."""
    rows = [row for row in sheet.rows if any(row)]
    at = heading_at(rows)
    wide = bool(rows) and sum(bool(cell) for cell in rows[at]) > 1
    return len(rows) - at if wide else 0


def _table(sheet: _Sheet, file: str, epoch: pd.Timestamp) -> Source:
    """The table of a sheet: below its heading, merged cells filled in, blank rows left out."""
    rows = [list(row) for row in sheet.rows]
    at = heading_at(rows)
    if not any(any(row) for row in rows):
        raise LogError([Problem("no_rows", file=file)])
    over = [m for m in sheet.merges if m[0] == at and m[1] < m[3]]
    two = bool(over) and at + 1 < len(rows)
    body_at = at + 2 if two else at + 1
    for top, left, bottom, right in sheet.merges:
        # A title that is merged over the table says nothing of its columns.
        if bottom >= at:
            for row in range(max(top, at), min(bottom, len(rows) - 1) + 1):
                for column in range(left, min(right, len(rows[row]) - 1) + 1):
                    rows[row][column] = rows[top][left]
    body = [row for row in rows[body_at:] if any(cell.strip() for cell in row)]
    width = max((len(row) for row in (*rows[at : at + 1], *body)), default=0)
    body = [row + [""] * (width - len(row)) for row in body]
    filled = [sum(bool(row[column].strip()) for row in body) for column in range(width)]
    names, made = names_of(rows[at], rows[at + 1] if two else None, filled)
    once_each(names, file)
    above = [Note(0, "", shown(row), OUTSIDE) for row in sheet.rows[:at] if shown(row)]
    blank = len(rows) - body_at - len(body)
    if blank:
        above.append(Note(0, "", "", OUTSIDE, blank))
    frame = pd.DataFrame(body, columns=names, dtype=str)
    frame, below = _without_below(frame.loc[:, [bool(name) for name in names]])
    return Source(frame, file, serials=epoch, notes=(*above, *made, *below), sheet=sheet.name)


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
