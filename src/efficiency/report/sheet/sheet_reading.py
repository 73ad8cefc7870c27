"""What stands in a workbook by now, and which of its cells are not what was written."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import openpyxl
import pandas as pd
from openpyxl.utils import get_column_letter

from efficiency.language import LANGUAGES
from efficiency.report.sheet.cell_values import HEAD_ROWS, MOST_ROWS, same, sheet_names, values
from efficiency.report.sheet.row_pairs import paired
from efficiency.report.sheet.workbook import CONTENTS_HEAD, contents_name

#: The cells of a row in the order of its columns.
Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True)
class Difference:
    """
    Where a workbook is not what was written.

    Attributes
    ----------
    sheet, cell, column
        Where: ``C12``, and the table's own name of the column. A row that was added or is missing
        has no column; one that is missing has no cell.
    found, expected
        What stands there and what was written; None: nothing.
    """

    sheet: str
    cell: str
    column: str
    found: Any
    expected: Any


def read_tables(source: str | Path | bytes) -> dict[str, pd.DataFrame]:
    """
    Read the tables of a workbook as values.

    Parameters
    ----------
    source
        The file, or its bytes. It may have been edited, and saved by another program.

    Returns
    -------
    dict
        By name, each with its own column names and the rows of its sheet as index.

    Examples
    --------
    >>> from efficiency.report.sheet.workbook import workbook
    >>> read_tables(workbook({"ends": pd.DataFrame({"n": [3]})}, "zh", ""))["ends"].to_dict()
    {'n': {3: 3}}
    """
    sheets = _sheets(source)
    return {table: _frame(sheets[name]) for table, name in _tables(sheets).items()}


def differences(source: str | Path | bytes, tables: Mapping[str, pd.DataFrame]) -> list[Difference]:
    """
    List where a workbook is not what `workbook` writes for these tables.

    Rows that were sorted are no difference; nor are the looks, the heads, and sheets of one's own.

    Parameters
    ----------
    source
        The file, or its bytes.
    tables
        By name.

    Examples
    --------
    >>> from efficiency.report.sheet.workbook import workbook
    >>> book = workbook({"ends": pd.DataFrame({"n": [3]})}, "zh", "")
    >>> differences(book, {"ends": pd.DataFrame({"n": [4]})})
    [Difference(sheet='ends', cell='A3', column='n', found=3, expected=4)]
    """
    sheets = _sheets(source)
    names = sheet_names(tables, _contents(sheets))
    found = [*_in_contents(sheets, tables)]
    for table, name in names.items():
        if name in sheets:
            found += _in_sheet(name, sheets[name], tables[table])
        else:
            found.append(Difference(name, "", "", None, table))
    return found


# --- the sheets


def _sheets(source: str | Path | bytes) -> dict[str, list[Row]]:
    """All rows of all sheets, from the first, whatever a sheet says of its size."""
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    try:
        return {sheet.title: _rows(sheet) for sheet in book.worksheets}
    finally:
        book.close()


def _rows(sheet: Any) -> list[Row]:
    sheet.reset_dimensions()
    return list(sheet.iter_rows(values_only=True))


def _contents(sheets: Mapping[str, list[Row]]) -> str:
    """The name of the sheet of contents, in the language in which it was written."""
    names = [contents_name(language) for language in LANGUAGES]
    return next((name for name in names if name in sheets), names[0])


def _listed(sheets: Mapping[str, list[Row]]) -> list[tuple[int, Row]]:
    """The tables that the contents list, each with the row in which it stands."""
    rows = sheets.get(_contents(sheets), [])[CONTENTS_HEAD + 1 :]
    return [(place, row) for place, row in enumerate(rows, CONTENTS_HEAD + 2) if any(row)]


def _tables(sheets: Mapping[str, list[Row]]) -> dict[str, str]:
    """The sheet of each table that the contents list; all sheets where there are no contents."""
    contents = _contents(sheets)
    if contents not in sheets:
        return {name: name for name in sheets}
    listed = sheet_names((str(row[0]) for _, row in _listed(sheets)), contents)
    return {table: name for table, name in listed.items() if name in sheets}


def _frame(rows: list[Row]) -> pd.DataFrame:
    """The rows of a sheet under the table's own names, which its first row holds."""
    places = _places(rows)
    cells = [[_at(row, place) for place in places.values()] for row in rows[HEAD_ROWS:]]
    index = pd.RangeIndex(HEAD_ROWS + 1, HEAD_ROWS + 1 + len(cells))
    frame = pd.DataFrame(cells, index=index, columns=list(places), dtype=object)
    return frame.dropna(how="all") if places else frame


def _places(rows: list[Row]) -> dict[str, int]:
    """Where each column stands, by its own name."""
    heads = rows[0] if rows else ()
    return {str(name): place for place, name in enumerate(heads) if name is not None}


def _at(row: Row, place: int) -> Any:
    return row[place] if place < len(row) else None


# --- their comparison


def _in_contents(
    sheets: Mapping[str, list[Row]], tables: Mapping[str, pd.DataFrame]
) -> Iterator[Difference]:
    """The counts of rows in the contents that are not those of the tables."""
    name = _contents(sheets)
    for number, row in _listed(sheets):
        frame = tables.get(str(row[0]))
        if frame is not None and _at(row, 2) != len(frame):
            head = str(sheets[name][CONTENTS_HEAD][2])
            yield Difference(name, f"C{number}", head, _at(row, 2), len(frame))


def _in_sheet(sheet: str, rows: list[Row], frame: pd.DataFrame) -> Iterator[Difference]:
    """The cells and rows of a sheet that are not those of its table."""
    places = _places(rows)
    columns = [name for name in map(str, frame.columns) if name in places]
    for name in map(str, frame.columns):
        if name not in places:
            yield Difference(sheet, "", name, None, name)
    at = [places[name] for name in columns]
    found = _numbered([tuple(_at(row, place) for place in at) for row in rows[HEAD_ROWS:]])
    expected = _numbered(_expected(frame, columns))
    for row, other in paired(_compared(found), _compared(expected)):
        yield from _between(
            sheet, dict(zip(columns, at, strict=True)), (row, found.get(row)), expected.get(other)
        )
    yield from _beside(sheet, rows, {places[str(name)] for name in columns})


def _expected(frame: pd.DataFrame, columns: list[str]) -> list[Row]:
    names = frame.columns.map(str)
    cells = [values(frame.iloc[:MOST_ROWS, names.get_loc(name)]) for name in columns]
    return list(zip(*cells, strict=True))


def _numbered(rows: Iterable[Row]) -> dict[int, Row]:
    """The rows that hold something, each by its number on the sheet."""
    return {
        number: row
        for number, row in enumerate(rows, HEAD_ROWS + 1)
        if any(cell not in {None, ""} for cell in row)
    }


def _compared(rows: Mapping[int, Row]) -> dict[int, Row]:
    return {number: tuple(map(same, row)) for number, row in rows.items()}


def _between(
    sheet: str, at: Mapping[str, int], found: tuple[int, Row | None], expected: Row | None
) -> Iterator[Difference]:
    """The cells in which two rows differ, or the row that has no other."""
    number, row = found
    if row is None:
        yield Difference(sheet, "", "", None, expected)
    elif expected is None:
        yield Difference(sheet, f"A{number}", "", row, None)
    else:
        for (name, place), one, other in zip(at.items(), row, expected, strict=True):
            if same(one) != same(other):
                cell = f"{get_column_letter(place + 1)}{number}"
                yield Difference(sheet, cell, name, one, other)


def _beside(sheet: str, rows: list[Row], known: set[int]) -> Iterator[Difference]:
    """What stands beside the columns of the table."""
    for number, row in enumerate(rows[HEAD_ROWS:], HEAD_ROWS + 1):
        for place, cell in enumerate(row):
            if place not in known and cell not in {None, ""}:
                cell_name = f"{get_column_letter(place + 1)}{number}"
                yield Difference(sheet, cell_name, "", cell, None)
