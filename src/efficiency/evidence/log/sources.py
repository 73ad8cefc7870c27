"""Opens the files a log may come in, and gives their values as they stand there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from efficiency._doors import mining
from efficiency._doors.files import TextTable, once_each, read_text_table
from efficiency._doors.guards import guard_xes
from efficiency._doors.parquet import is_ours, table_of
from efficiency.evidence.log.headers import (
    AGAIN,
    LOOKED_AT,
    OUTSIDE,
    ZEROS,
    Note,
    heading_at,
    names_of,
    shown,
)
from efficiency.evidence.log.workbooks import SUFFIXES, read_workbook, without_below
from efficiency.problems import InputError, LogError, Problem, listed

#: What XES calls the columns of a log (IEEE 1849-2016, standard extensions).
XES_COLUMNS = {
    "case_id": "case:concept:name",
    "activity": "concept:name",
    "actor": "org:resource",
    "unit": "org:group",
    "end": "time:timestamp",
    "transition": "lifecycle:transition",
}
#: Of what a reader says no more than this is told.
_LONGEST_REASON = 160
#: Logs of events that belong to several objects at once (OCEL 1.0 and 2.0).
_OBJECTS = {".jsonocel", ".xmlocel", ".ocel", ".sqlite"}
#: What offices have that no library reads: it is saved in another form in two clicks.
_SAVE_AS = {".et", ".ett", ".numbers", ".wps"}

#: A log with more is none: the separator is wrong, or a matrix was turned.
MOST_COLUMNS = 1_000


@dataclass(frozen=True)
class Source:
    """
    What a file held.

    ``frame`` holds text, or typed columns where the file has types; ``columns`` what its format
    itself says about the meaning of columns; ``serials`` the day from which Excel dates are
    counted, None where numbers are none; ``notes`` what was set aside; ``sheet`` which was read;
    ``places`` the ``file, row`` of each row where several files are one source.
    """

    frame: pd.DataFrame
    name: str = "log"
    encoding: str = ""
    separator: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    serials: pd.Timestamp | None = None
    notes: tuple[Note, ...] = ()
    sheet: str = ""
    places: pd.DataFrame | None = None

    def placed(self, ledger: pd.DataFrame) -> pd.DataFrame:
        """A ledger with the file of each row, and its rows as they are counted there."""
        if self.places is None:
            return ledger.assign(file=self.name)
        at = ledger["row"] - 1
        within = at.between(0, len(self.places) - 1)
        found = self.places.reindex(at.where(within)).set_axis(ledger.index)
        row = found["row"].where(within, 0).astype("int64")
        return ledger.assign(file=found["file"].where(within, "").astype(object), row=row)


def open_source(
    source: str | Path | pd.DataFrame | Source | Sequence[str | Path], sheet: str | None = None
) -> Source:
    """
    Open a csv, a workbook (xlsx, xls, xlsb, ods), parquet, xes or xes.gz, or take a DataFrame.

    Parameters
    ----------
    source
        The file or frame; a source that was opened stays as it is. Several files are one source:
        they have the same columns, and a row that stands in two of them counts once.
    sheet
        Of a workbook; None: the visible one with the largest table.

    Raises
    ------
    LogError
        If a file is missing, of another kind, unsafe, without rows, or has other columns than the
        first of several.
    """
    if isinstance(source, Source):
        return source
    if not isinstance(source, str | Path | pd.DataFrame):
        return joined_files(source, sheet)
    if isinstance(source, pd.DataFrame):
        once_each([str(name) for name in source.columns], "log")
        opened = Source(source.reset_index(drop=True))
    else:
        opened = _file(Path(source), sheet)
    return seen(opened)


def seen(opened: Source) -> Source:
    """
    A source that may be a log.

    Raises
    ------
    LogError
        If it is one of objects, without rows, or too wide for a log.
    """
    if any(str(name).startswith("ocel:") for name in opened.frame.columns):
        raise LogError([Problem("objects", file=opened.name)])
    if opened.frame.empty:
        raise LogError([Problem("no_rows", file=opened.name)])
    if len(opened.frame.columns) > MOST_COLUMNS:
        details = {"n": len(opened.frame.columns), "most": MOST_COLUMNS}
        raise LogError([Problem("too_wide", details, file=opened.name)])
    return opened


def _file(path: Path, sheet: str | None) -> Source:
    """Open a file by its kind."""
    if not path.is_file():
        raise LogError([Problem("no_file", {"path": str(path)})])
    kind = ".xes" if path.name.lower().endswith(".xes.gz") else path.suffix.lower()
    readers = {".csv": _csv, ".tsv": _csv, ".txt": _csv, ".parquet": _parquet, ".xes": _xes}
    readers |= {suffix: lambda path: _workbook(path, sheet) for suffix in SUFFIXES}
    refused = {**dict.fromkeys(_OBJECTS, "objects"), **dict.fromkeys(_SAVE_AS, "save_as")}
    if kind not in readers or path.name.lower().endswith(".csv.gz"):
        key = refused.get(kind, "no_reader")
        raise LogError([Problem(key, {"suffix": path.suffix}, file=path.name)])
    return readers[kind](path)


def joined_files(paths: Sequence[str | Path], sheet: str | None) -> Source:
    """Open several files as one source, or tell of each what keeps it from being read."""
    opened, errors = [], []
    for path in paths:
        try:
            opened.append(open_source(path, sheet))
        except LogError as error:
            errors.append(error)
    errors += [
        other_columns(_heading(opened[0]), _heading(other))
        for other in opened[1:]
        if set(other.frame.columns) != set(opened[0].frame.columns)
    ]
    epochs = {one.serials for one in opened if one.serials is not None}
    if len(epochs) > 1:
        errors.append(
            LogError([Problem("mixed_epochs", file=each_name(one.name for one in opened))])
        )
    if errors:
        raise LogError([problem for error in errors for problem in error.problems])
    if len(opened) == 1:
        return opened[0]
    names = _apart([Path(path) for path in paths])
    frame = pd.concat([one.frame for one in opened], ignore_index=True)[opened[0].frame.columns]
    places = pd.DataFrame(
        {
            "file": np.repeat(names, [len(one.frame) for one in opened]).astype(object),
            "row": [row for one in opened for row in range(1, len(one.frame) + 1)],
        }
    )
    again = stood_before(frame, places["file"])
    kept = (~again).to_numpy()
    counts = places.loc[again, "file"].value_counts(sort=False)
    notes = [Note(0, "", name, AGAIN, int(n)) for name, n in counts.items()]
    for name, one in zip(names, opened, strict=True):
        notes += [replace(n, row=0, value=f"{name}: {n.value}".rstrip(": ")) for n in one.notes]
    return replace(
        opened[0],
        frame=frame[kept].assign(source_file=places["file"]).reset_index(drop=True),
        places=places[kept].reset_index(drop=True),
        notes=tuple(notes),
        serials=next(iter(epochs), None),
        name=each_name(one.name for one in opened),
        encoding=each_name(one.encoding for one in opened),
        separator=each_name(one.separator for one in opened),
        sheet=each_name(one.sheet for one in opened),
    )


def each_name(names: Iterable[str]) -> str:
    """
    Each different name once.

    Examples
    --------
    >>> each_name(["utf-8", "gbk", "utf-8"])
    'utf-8, gbk'
    """
    return ", ".join(dict.fromkeys(names))


def other_columns(first: tuple[str, Sequence[str]], other: tuple[str, Sequence[str]]) -> LogError:
    """
    What is said of a file that has other columns than the first of a log.

    Parameters
    ----------
    first, other
        The name and the columns of each.
    """
    (name, one), (file, two) = first, other
    details = {
        "first": name,
        "missing": listed([name for name in one if name not in two]) or "—",
        "more": listed([name for name in two if name not in one]) or "—",
    }
    return LogError([Problem("other_columns", details, file=file)])


def _heading(source: Source) -> tuple[str, list[str]]:
    return source.name, [str(name) for name in source.frame.columns]


def _apart(paths: Sequence[Path]) -> list[str]:
    """The names of files, with their folders where two bear one name."""
    names = [path.name for path in paths]
    return names if len(set(names)) == len(names) else [path.as_posix() for path in paths]


def stood_before(frame: pd.DataFrame, files: pd.Series) -> pd.Series:
    """
    Tell the rows that stood in an earlier file already, each as often as it stood there.

    Examples
    --------
    >>> frame = pd.DataFrame({"a": ["1", "1", "1", "2"]})
    >>> stood_before(frame, pd.Series(["x", "x", "y", "y"])).tolist()
    [False, False, True, False]
    """
    texts = frame.astype(str)
    nth = texts.assign(_file=files).groupby([*texts.columns, "_file"], sort=False).cumcount()
    return texts.assign(_nth=nth).duplicated()


def _csv(path: Path) -> Source:
    return text_source(read_text_table(path), path.name)


def text_source(table: TextTable, name: str) -> Source:
    """
    What a table of text holds, without what stands above its heading, below it, and totals.

    Parameters
    ----------
    table, name
        The table, and what its file is called.
    """
    grid, lines = _below_heading(table.frame, name)
    filled = [int((grid.iloc[:, at].str.strip() != "").sum()) for at in range(grid.shape[1])]
    names, notes = names_of([str(name) for name in grid.columns], None, filled)
    above = [Note(0, "", line, OUTSIDE) for line in (*map(str.strip, table.above), *lines) if line]
    frame, below = without_below(grid.set_axis(names, axis=1))
    zeros = [Note(0, "", "", ZEROS, table.zeros)] if table.zeros else []
    every = (*zeros, *above, *notes, *below)
    return Source(frame, name, table.encoding, table.separator, notes=every)


def _below_heading(frame: pd.DataFrame, file: str) -> tuple[pd.DataFrame, list[str]]:
    """A table whose title lines were padded with separators, from its heading on; what is above."""
    rows = [[str(name) for name in frame.columns], *frame.head(LOOKED_AT).to_numpy().tolist()]
    at = heading_at(rows)
    if not at:
        return frame, []
    once_each([name for name in rows[at] if name], file)
    below = frame.iloc[at:].reset_index(drop=True).set_axis(rows[at], axis=1)
    return below, [shown(row) for row in rows[:at]]


def _parquet(path: Path) -> Source:
    """Read typed columns; a file of ours was read already."""
    if is_ours(path):
        raise LogError([Problem("read_already", file=path.name)])
    try:
        frame = table_of(path)
    except Exception as error:
        raise _unreadable(path, "parquet", error) from None
    return Source(frame.reset_index(drop=True), path.name)


def _unreadable(path: Path, kind: str, error: Exception) -> LogError:
    """What a reader stumbled over, in a line."""
    lines = str(error).splitlines() or [type(error).__name__]
    details = {"kind": kind, "why": lines[0][:_LONGEST_REASON]}
    return LogError([Problem("unreadable", details, file=path.name)])


def _xes(path: Path) -> Source:
    guard_xes(path)
    try:
        frame = mining.read_xes(path)
    except Exception as error:
        raise _unreadable(path, "XES", error) from None
    # An attribute that pm4py puts on every row of a trace is the case's own.
    present = tuple((ours, theirs) for ours, theirs in XES_COLUMNS.items() if theirs in frame)
    return Source(frame, path.name, columns=present)


def _workbook(path: Path, sheet: str | None) -> Source:
    try:
        read = read_workbook(path, sheet)
    except InputError:
        raise
    except Exception as error:
        raise _unreadable(path, path.suffix, error) from None
    return Source(read.frame, path.name, serials=read.serials, notes=read.notes, sheet=read.sheet)
