"""What stands on a sheet, cell by cell, and how to change a few cells and no other."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from efficiency._doors.files import SEPARATORS, decode
from efficiency._doors.guards import guard_xlsx
from efficiency.evidence.points.cells import escaped, guarded, unguarded
from efficiency.problems import Problem, SettingsError

Value = str | float | int | dt.date
#: Parts of a workbook that openpyxl does not write back.
_LOST = ("xl/charts", "xl/media", "xl/pivotTables", "xl/threadedComments", "xl/embeddings",
         "xl/slicers", "xl/activeX", "xl/diagrams", "xl/vbaProject")  # fmt: skip
_MARKED = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}


@dataclass(frozen=True)
class Sheet:
    r"""
    A sheet as text, and how its file was written.

    Attributes
    ----------
    rows
        Every row with every cell, blank ones too; dates in ISO form.
    source
        The workbook that it is the first sheet of; None: it is text.
    encoding, separator, newline
        Of a text file.
    """

    rows: tuple[tuple[str, ...], ...] = ()
    source: Path | None = None
    encoding: str = "utf-8-sig"
    separator: str = ","
    newline: str = "\n"

    def cell(self, row: int, column: int | None) -> str:
        """A cell's text; empty where the row is too short."""
        cells = self.rows[row]
        return cells[column] if column is not None and column < len(cells) else ""


def open_sheet(path: Path, names: frozenset[str]) -> Sheet:
    """
    Open a csv or xlsx file; a text's separator is the one that shows most of the names.

    Parameters
    ----------
    path
        The file; of a workbook, its first sheet.
    names
        Headings of which the sheet should have some.

    Raises
    ------
    SettingsError
        If it is missing, of an unknown encoding, or not closed where a quote was opened.
    LogError
        If a workbook is unsafe.
    """
    if not path.is_file():
        raise SettingsError([Problem("no_file", {"path": str(path)}, file=path.name)])
    if path.suffix.lower() == ".xlsx":
        return Sheet(_book_rows(path), path)
    try:
        text, encoding = decode(path.read_bytes())
    except UnicodeDecodeError:
        raise SettingsError([Problem("encoding", file=path.name)]) from None
    text = text.removeprefix("\ufeff")
    separator = max(SEPARATORS, key=lambda mark: _named(text, mark, names))
    try:
        rows = tuple(tuple(row) for row in _reader(text, separator, strict=True))
    except csv.Error as error:
        problem = Problem("quotes", {"why": str(error)}, file=path.name)
        raise SettingsError([problem]) from None
    newline = "\r\n" if "\r\n" in text else "\n"
    return Sheet(rows, None, _MARKED.get(encoding, encoding), separator, newline)


def _reader(text: str, separator: str, *, strict: bool) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)


def _named(text: str, separator: str, names: frozenset[str]) -> int:
    """Count the names that a row shows at most under a separator."""
    try:
        rows = _reader(text, separator, strict=False)
        return max((len({cell.strip() for cell in row} & names) for row in rows), default=0)
    except csv.Error:
        return 0


def _book_rows(path: Path) -> tuple[tuple[str, ...], ...]:
    book = _load(path, values=True)
    return tuple(tuple(_shown(cell) for cell in row) for row in book.worksheets[0].iter_rows())


def _load(path: Path, *, values: bool) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(guard_xlsx(path), data_only=values)
    except (KeyError, zipfile.BadZipFile) as error:
        raise SettingsError([Problem("unsafe", {"why": str(error)}, file=path.name)]) from None


def _shown(cell: Any) -> str:
    """A cell as text: dates in ISO form, whole numbers without a point."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def sheet_bytes(sheet: Sheet, changes: Mapping[tuple[int, int], Value], suffix: str) -> bytes:
    """
    A sheet as a file in which some cells are changed and all others are as they were.

    Parameters
    ----------
    sheet
        As `open_sheet` gave it.
    changes
        New values by row and column, counted from 0; beyond the last, the sheet grows.
    suffix
        ``.csv`` or ``.xlsx``.

    Raises
    ------
    SettingsError
        If a cell to be changed is merged with others, or the workbook holds what would be lost:
        charts, pictures, pivot tables, threaded comments.
    """
    if suffix.lower() == ".xlsx":
        return _book_bytes(sheet, changes)
    rows = [list(row) for row in sheet.rows]
    for (row, column), value in sorted(changes.items()):
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = guarded(value) if isinstance(value, str) else str(value)
    lines = (_line(row, sheet.separator) + sheet.newline for row in rows)
    return "".join(lines).encode(sheet.encoding)


def _line(row: list[str], separator: str) -> str:
    if row == [""]:
        return '""'
    marks = (separator, '"', "\r", "\n")
    return separator.join(
        '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in marks) else cell
        for cell in row
    )


def _book_bytes(sheet: Sheet, changes: Mapping[tuple[int, int], Value]) -> bytes:
    import openpyxl

    if sheet.source is None:
        book = openpyxl.Workbook()
        texts = {(r, c): cell for r, row in enumerate(sheet.rows) for c, cell in enumerate(row)}
        # They are as they stood in a text, guarded where they had to be.
        changes = {**{at: unguarded(text) for at, text in texts.items() if text}, **changes}
    else:
        _refuse_losses(sheet.source)
        book = _load(sheet.source, values=False)
    page = book.worksheets[0]
    merged = []
    for (row, column), value in sorted(changes.items()):
        cell = page.cell(row + 1, column + 1)
        if type(cell).__name__ == "MergedCell":
            merged.append(cell.coordinate)
            continue
        _put(cell, value)
    if merged:
        shown = sheet.source.name if sheet.source else ""
        raise SettingsError([Problem("merged", {"cells": ", ".join(merged)}, file=shown)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _put(cell: Any, value: Value) -> None:
    """Set a cell's value; a text is never a formula."""
    if isinstance(value, str) and value:
        cell.value, cell.data_type = escaped(value), "s"
    else:
        cell.value = None if value == "" else value


def _refuse_losses(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    lost = [part.removeprefix("xl/") for part in _LOST if any(n.startswith(part) for n in names)]
    if lost:
        problem = Problem("would_lose", {"parts": ", ".join(lost)}, file=path.name)
        raise SettingsError([problem])
