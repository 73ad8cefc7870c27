"""Reads the table in a workbook: what cells show, and what is hidden, merged or not computed."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from lxml import etree

from efficiency._doors.files import decode, once_each
from efficiency._doors.guards import guard_xlsx
from efficiency.evidence.log.headers import (
    HIDDEN_ROW,
    HIDDEN_SHEET,
    LOOKED_AT,
    NOT_COMPUTED,
    OTHER_SHEET,
    OUTSIDE,
    TOTAL,
    Note,
    below_from,
    heading_at,
    names_of,
    shown,
)
from efficiency.problems import Hint, LogError, Problem, listed

#: Workbooks of other programs and of older ones, which python-calamine reads.
OTHERS = (".xls", ".xlsb", ".ods")
SUFFIXES = (".xlsx", ".xlsm", *OTHERS)
#: So many places are named.
_NAMED = 5
#: The namespace of tables in OpenDocument.
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
#: How an old workbook begins, and what is in one that is locked.
_OLE, _LOCKED = bytes.fromhex("d0cf11e0a1b11ae1"), "EncryptedPackage".encode("utf-16-le")
_EPOCH, _MAC_EPOCH = pd.Timestamp("1899-12-30"), pd.Timestamp("1904-01-01")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_HIDDEN = re.compile(rb'<row (?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_FORMULA = re.compile(
    rb'<c (?=[^>]*\br="([A-Z]+\d+)")[^>]*>\s*'
    rb"<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)


@dataclass(frozen=True)
class Sheet:
    """
    One sheet.

    Attributes
    ----------
    name
        Its name.
    rows
        Its cells as text.
    merges
        What is merged: top, left, bottom and right, from 0.
    hidden
        The numbers of its hidden rows.
    empty_formulas
        The cells with a formula whose value was never stored.
    """

    name: str
    rows: list[list[str]]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden: tuple[str, ...] = ()
    empty_formulas: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetTable:
    """
    The table of a sheet.

    Attributes
    ----------
    frame
        Its rows as text.
    notes
        What was set aside, and what a reader of the workbook would not see.
    sheet
        Its name.
    serials
        The day from which numbers count days.
    """

    frame: pd.DataFrame
    notes: tuple[Note, ...]
    sheet: str
    serials: pd.Timestamp


def read_workbook(path: Path, sheet: str | None = None) -> SheetTable:
    """
    Read the table of a sheet.

    Parameters
    ----------
    path
        A workbook, of one of `SUFFIXES`.
    sheet
        Which; None: the visible one with the largest table.

    Raises
    ------
    LogError
        If the workbook is unsafe, damaged or locked, the sheet is not there, or it holds no table.
    """
    _check_kind(path)
    reader = _by_calamine if path.suffix.lower() in OTHERS else _by_openpyxl
    try:
        sheets, others, serials = reader(path, sheet)
    except (KeyError, ValueError, EOFError, OSError, zipfile.BadZipFile) as error:
        if isinstance(error, LogError):
            raise
        raise LogError([Problem("unsafe", {"why": str(error)}, file=path.name)]) from None
    largest = max(sheets, key=_table_size)
    beside = [Note(0, "", one.name, OTHER_SHEET) for one in sheets if one is not largest]
    frame, notes = _table(largest, path.name)
    return SheetTable(frame, (*notes, *beside, *others), largest.name, serials)


def _check_kind(path: Path) -> None:
    """Tell what a file really is that only bears the name of a workbook."""
    with path.open("rb") as file:
        head = file.read(512)
    is_old = path.suffix.lower() == ".xls"
    if head.startswith(_OLE):
        if _LOCKED in path.read_bytes():
            raise LogError([Problem("locked", file=path.name)])
        kind = "" if is_old else ".xls"
    elif head.startswith(b"PK"):
        kind = ".xlsx" if is_old else ""
    elif head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise LogError([Problem("web_page", file=path.name)])
    else:
        kind = ".csv" if _is_text(path.read_bytes()) else ""
    if kind:
        raise LogError([Problem("misnamed", {"kind": kind}, file=path.name)])


def _is_text(data: bytes) -> bool:
    """Whether bytes are lines of text."""
    try:
        text, _ = decode(data)
    except UnicodeDecodeError:
        return False
    return "\n" in text and all(sign.isprintable() or sign.isspace() for sign in set(text))


_Read = tuple[list[Sheet], list[Note], pd.Timestamp]


def _by_openpyxl(path: Path, sheet: str | None) -> _Read:
    """Read cell by cell: other readers lose what a cell's format says of a date."""
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.load_workbook(guard_xlsx(path), read_only=True, data_only=True)
    names = {one.title: one.sheet_state == "visible" for one in book.worksheets}
    sheets = [_sheet(book[name], path) for name in _wanted(names, sheet, path)]
    serials = _MAC_EPOCH if book.epoch == CALENDAR_MAC_1904 else _EPOCH
    book.close()
    return sheets, _hidden_sheets(names, sheets), serials


def _by_calamine(path: Path, sheet: str | None) -> _Read:
    """Read what only calamine reads; midnight sharp is a date there, whatever the format shows."""
    import python_calamine as calamine

    if path.suffix.lower() != ".xls":
        guard_xlsx(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        kinds = (calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible)
        names = {
            one.name: one.visible == kinds[1] for one in book.sheets_metadata if one.typ == kinds[0]
        }
        wanted = _wanted(names, sheet, path)
        sheets = [_other_sheet(name, book.get_sheet_by_name(name)) for name in wanted]
        if path.suffix.lower() == ".ods":
            spanned = _ods_merges(path)
            sheets = [replace(one, merges=spanned.get(one.name, ())) for one in sheets]
    except calamine.CalamineError as error:
        raise ValueError(str(error)) from None
    return sheets, _hidden_sheets(names, sheets), _EPOCH


def _wanted(names: dict[str, bool], sheet: str | None, path: Path) -> list[str]:
    """The sheets to look at: the one that is asked for, hidden or not, else all visible ones."""
    wanted = [
        name for name, visible in names.items() if name == sheet or (sheet is None and visible)
    ]
    if not wanted:
        have = tuple(names)
        details = {"got": sheet, "have": listed(have), "hint": Hint(str(sheet), have)}
        raise LogError([Problem("no_sheet", details, file=path.name)])
    return wanted


def _hidden_sheets(names: dict[str, bool], read: Iterable[Sheet]) -> list[Note]:
    known = {one.name for one in read}
    return [
        Note(0, "", name, HIDDEN_SHEET)
        for name, visible in names.items()
        if not visible and name not in known
    ]


def _sheet(sheet: Any, path: Path) -> Sheet:
    with zipfile.ZipFile(path) as archive:
        drawn = archive.read(sheet._worksheet_path)
    merges = tuple(
        (int(top) - 1, _number(left), int(bottom) - 1, _number(right))
        for left, top, right, bottom in _MERGED.findall(drawn)
    )
    # What a sheet says of its own size may be wrong: rows beyond it would be lost.
    sheet.reset_dimensions()
    return Sheet(
        sheet.title,
        [[_cell(cell) for cell in row] for row in sheet.iter_rows()],
        merges,
        tuple(row.decode() for row in _HIDDEN.findall(drawn)),
        tuple(cell.decode() for cell in _FORMULA.findall(drawn)),
    )


def _other_sheet(name: str, sheet: Any) -> Sheet:
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merges = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return Sheet(name, rows, merges)


def _ods_merges(path: Path) -> dict[str, tuple[tuple[int, int, int, int], ...]]:
    """What is merged in each sheet of an OpenDocument, which calamine does not tell."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(
            archive.read("content.xml"), etree.XMLParser(resolve_entities=False)
        )
    return {
        sheet.get(f"{_TABLE}name"): tuple(_spans(sheet)) for sheet in root.iter(f"{_TABLE}table")
    }


def _spans(sheet: Any) -> Iterator[tuple[int, int, int, int]]:
    top = 0
    for row in sheet.iter(f"{_TABLE}table-row"):
        left = 0
        for cell in row:
            down, across = (
                int(cell.get(f"{_TABLE}number-{way}-spanned", 1)) for way in ("rows", "columns")
            )
            if down > 1 or across > 1:
                yield top, left, top + down - 1, left + across - 1
            left += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        top += int(row.get(f"{_TABLE}number-rows-repeated", 1))


def _number(letters: bytes) -> int:
    """The number of a column from 0, by its letters."""
    total = 0
    for one in letters:
        total = total * 26 + one - 64
    return total - 1


def _table_size(sheet: Sheet) -> int:
    """The rows of the table in a sheet; of no table none."""
    rows = [row for row in sheet.rows if any(row)]
    at = heading_at(rows)
    wide = bool(rows) and sum(bool(cell) for cell in rows[at]) > 1
    return len(rows) - at if wide else 0


def _table(sheet: Sheet, file: str) -> tuple[pd.DataFrame, list[Note]]:
    """The table of a sheet: below its heading, merged cells filled in, blank rows left out."""
    widest = max(map(len, sheet.rows), default=0)
    rows = [[*row, *[""] * (widest - len(row))] for row in sheet.rows]
    at = heading_at(rows)
    if not any(any(row) for row in rows):
        raise LogError([Problem("no_rows", file=file)])
    over = [m for m in sheet.merges if m[0] == at and m[1] < m[3]]
    two = bool(over) and at + 1 < len(rows)
    body_at = at + 2 if two else at + 1
    _fill_merged(rows, sheet.merges, at)
    body = [row for row in rows[body_at:] if any(cell.strip() for cell in row)]
    filled = [sum(bool(row[column].strip()) for row in body) for column in range(widest)]
    names, made = names_of(rows[at], rows[at + 1] if two else None, filled)
    once_each(names, file)
    above = [Note(0, "", shown(row), OUTSIDE) for row in sheet.rows[:at] if shown(row)]
    blank = len(rows) - body_at - len(body)
    if blank:
        above.append(Note(0, "", "", OUTSIDE, blank))
    frame = pd.DataFrame(body, columns=names, dtype=str)
    frame, below = without_below(frame.loc[:, [bool(name) for name in names]])
    return frame, [*above, *made, *below, *_unseen(sheet)]


def _fill_merged(
    rows: list[list[str]], merges: Iterable[tuple[int, int, int, int]], heading: int
) -> None:
    """Put the value of merged cells into each; a title merged over the table names no column."""
    for top, left, bottom, right in merges:
        for row in (
            range(max(top, heading), min(bottom, len(rows) - 1) + 1) if bottom >= heading else ()
        ):
            for column in range(left, min(right + 1, len(rows[row]))):
                rows[row][column] = rows[top][left]


def _unseen(sheet: Sheet) -> list[Note]:
    """What who opens the workbook does not see, or sees and we do not."""
    told = ((HIDDEN_ROW, sheet.hidden), (NOT_COMPUTED, sheet.empty_formulas))
    return [Note(0, "", _few(places), reason, len(places)) for reason, places in told if places]


def _few(places: Sequence[str]) -> str:
    return ", ".join(places[:_NAMED]) + (" …" if len(places) > _NAMED else "")


def without_below(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Note]]:
    """
    Set aside the totals of a table, wherever they stand, and the notes below it.

    Examples
    --------
    >>> frame, notes = without_below(pd.DataFrame({"编号": ["1", "合计"], "件数": ["2", "2"]}))
    >>> len(frame), notes[0].value
    (1, '合计 | 2')
    """
    tail = frame.tail(LOOKED_AT)
    first = len(frame) - len(tail)
    end = first + below_from(tail.to_numpy().tolist())
    rows = frame.iloc[end:].to_numpy().tolist()
    notes = [Note(end + at, "", shown(row), OUTSIDE) for at, row in enumerate(rows, start=1)]
    kept = frame.iloc[:end]
    totals = kept.iloc[:, :2].apply(lambda column: column.astype(str).str.match(TOTAL)).any(axis=1)
    if not totals.any():
        return kept, notes
    within = kept[totals].to_numpy().tolist()
    notes += [Note(0, "", shown(row), OUTSIDE) for row in within]
    return kept[~totals].reset_index(drop=True), notes


def _cell(cell: Any) -> str:
    """
    A cell as the text a person sees, with dates in ISO form and to their own precision.

    Notes
    -----
    A date whose format shows no hours has day precision; one that shows no seconds, minutes.
    """
    value, form = cell.value, str(getattr(cell, "number_format", "") or "")
    if isinstance(value, dt.datetime):
        bare = value.time() == dt.time()
        if bare and "h" not in form.lower():
            return value.strftime("%Y-%m-%d")
        seconds = value.second or value.microsecond or "s" in form.lower()
        return value.isoformat(" ") if seconds else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, int | float) and not isinstance(value, bool):
        # What was typed as 007 and is shown so.
        zeros = re.fullmatch(r"0+", form)
        return _text(value).zfill(len(zeros[0])) if zeros and value >= 0 else _text(value)
    return _text(value)


def _text(value: Any) -> str:
    """
    A value as text.

    Examples
    --------
    >>> _text(7.0), _text(dt.date(2024, 3, 5)), _text(dt.datetime(2024, 3, 5, 9, 30))
    ('7', '2024-03-05', '2024-03-05 09:30')
    """
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        exact = value.second or value.microsecond
        return value.isoformat(" ") if exact else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
