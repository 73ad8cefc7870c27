"""All tables as one workbook: a sheet of contents, and a sheet a table."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Real
from typing import Any

import pandas as pd
import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from efficiency import tables as contracts
from efficiency._doors.signs import is_formula
from efficiency.language import Language
from efficiency.report.sheet.cell_values import (
    HEAD_ROWS,
    MOST_ROWS,
    Value,
    sheet_names,
    value,
)
from efficiency.report.sheet.sheet_rows import Look, Rows, cells_of
from efficiency.words import heading, phrase
from efficiency.words.meaning_words import meaning

#: Nothing that a table holds becomes a formula, a link or a number; the file says no day.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_BORN = dt.datetime(2000, 1, 1)
#: Of the sheet of contents: the row of its heads, counted from nought; the tables follow.
CONTENTS_HEAD = 3
#: Widths of columns in signs, and the rows that are looked at for them.
_NARROW, _BROAD, _LOOKED_AT = 8, 40, 500
#: What a number of a contract is shown as, by its unit.
_SHARE, _DECIMAL, _COUNT, _MOMENT = "0.0%", "#,##0.00", "#,##0", "yyyy-mm-dd hh:mm"
_P = '[<0.001]"<0.001";0.000'


def workbook(
    tables: Mapping[str, pd.DataFrame], language: Language, title: str, small_cell: int = 0
) -> bytes:
    """
    Write tables as a workbook; the same tables give the same bytes.

    Parameters
    ----------
    tables
        By name.
    language
        Of the heads and of the sheet of contents.
    title
        Stands above the contents.
    small_cell
        What rests on fewer cases is withheld in these tables: the contents say so.

    Examples
    --------
    >>> workbook({"ends": pd.DataFrame({"n": [3]})}, "zh", "示例")[:2]
    b'PK'
    """
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, _OPTIONS)
    book.set_properties({"title": title, "created": _BORN})
    writing = _Writing(book, language)
    names = sheet_names(tables, contents_name(language))
    contents = book.add_worksheet(contents_name(language))
    writing.contents(contents, tables, names, (title, small_cell))
    for table, frame in tables.items():
        writing.table(book.add_worksheet(names[table], Rows), table, frame)
    book.close()
    return kept.getvalue()


def contents_name(language: Language) -> str:
    """
    Name the sheet of contents.

    Examples
    --------
    >>> contents_name("zh")
    '目录'
    """
    return phrase("sheet_contents", language)


def contract_of(table: str) -> contracts.Table | None:
    """
    The contract of a table by the name under which a review writes it, or by its own.

    Examples
    --------
    >>> contract_of("rules").name, contract_of("nothing")
    ('adherence', None)
    """
    found = contracts.WRITTEN.get(table) or getattr(contracts, table.upper(), None)
    return found if isinstance(found, contracts.Table) else None


@dataclass
class _Writing:
    """A workbook while it is written, with the looks of its cells."""

    book: Any
    language: Language
    looks: dict[str, Any] = field(default_factory=dict)

    def look(self, **properties: Any) -> Any:
        """A look of cells, made once."""
        key = str(properties)
        if key not in self.looks:
            self.looks[key] = self.book.add_format(properties)
        return self.looks[key]

    @property
    def head(self) -> Any:
        """The look of heads."""
        return self.look(bold=True, bg_color="#EAF2FB", bottom=1, text_wrap=True, valign="top")

    def contents(
        self,
        sheet: Worksheet,
        tables: Mapping[str, pd.DataFrame],
        names: Mapping[str, str],
        above: tuple[str, int],
    ) -> None:
        """Write the sheet of contents: one row a table, with a link to its sheet."""
        title, small_cell = above
        sheet.write_string(0, 0, str(value(title) or ""), self.look(bold=True, font_size=14))
        if small_cell > 1:
            sheet.write_string(1, 0, phrase("sheet_small", self.language, n=small_cell))
        heads = (
            phrase("sheet_table", self.language),
            phrase("sheet_row", self.language),
            phrase("sheet_rows", self.language),
            phrase("sheet_remark", self.language),
        )
        for place, head in enumerate(heads):
            sheet.write_string(CONTENTS_HEAD, place, head, self.head)
        for row, (table, frame) in enumerate(tables.items(), CONTENTS_HEAD + 1):
            contract = contract_of(table)
            link = f"internal:'{names[table]}'!A{HEAD_ROWS}"
            look = self.look(font_color="#2F6FAB", underline=1)
            sheet.write_url(row, 0, link, look, string=str(value(table) or names[table]))
            sheet.write_string(row, 1, meaning(contract.row, self.language) if contract else "")
            sheet.write_number(row, 2, len(frame), self.look(num_format="#,##0"))
            if len(frame) > MOST_ROWS:
                sheet.write_string(row, 3, phrase("sheet_cut", self.language, n=f"{MOST_ROWS:,}"))
        sheet.freeze_panes(CONTENTS_HEAD + 1, 0)
        _printed(sheet)
        for place, width in enumerate((24, 70, 12, 30)):
            sheet.set_column(place, place, width)

    def table(self, sheet: Rows, table: str, frame: pd.DataFrame) -> None:
        """Write the sheet of a table: its own names in a hidden row, its heads, its rows."""
        contract = contract_of(table)
        columns = {column.name: column for column in contract.columns} if contract else {}
        sheet.set_row(0, None, None, {"hidden": True})
        for place, name in enumerate(map(str, frame.columns)):
            head = heading(name, self.language, table)
            sheet.write_string(0, place, name)
            sheet.write_string(1, place, head, self.head)
            note = _note(name, columns.get(name), self.language)
            sheet.write_comment(1, place, note, {"x_scale": 2})
            cells = cells_of(frame.iloc[:MOST_ROWS, place])
            shown = _shown(name, columns.get(name), frame.iloc[:, place])
            first = cells.head(_LOOKED_AT)
            sheet.put(place, cells, self._look_in(shown, first))
            sheet.set_column(place, place, _width(head, first))
        sheet.freeze_panes(HEAD_ROWS, 1)
        _printed(sheet)
        sheet.repeat_rows(HEAD_ROWS - 1)
        if len(frame.columns):
            last = HEAD_ROWS - 1 + max(1, min(len(frame), MOST_ROWS))
            sheet.autofilter(HEAD_ROWS - 1, 0, last, len(frame.columns) - 1)

    def _look_in(self, shown: str, first: list[Value]) -> Look:
        """How the cells of a column look, each as what it is."""
        number, moment = self.look(num_format=shown), self.look(num_format=_MOMENT)
        quoted = self.look(quote_prefix=True)
        long = self.look(text_wrap=True, valign="top") if _is_long(first) else None

        def look(cell: Value) -> Any:
            if isinstance(cell, str):
                return quoted if is_formula(cell) else long
            if isinstance(cell, bool):
                return None
            return moment if isinstance(cell, dt.datetime) else number

        return look


def _printed(sheet: Worksheet) -> None:
    """Print on A4 across, as broad as one page, as long as it takes."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _note(name: str, column: contracts.Column | None, language: Language) -> str:
    """What is noted on a head: the column's own name, its meaning and unit."""
    if column is None:
        return name
    unit = f" ({meaning(column.unit, language)})" if column.unit else ""
    return f"{name}\n{meaning(column.meaning, language)}{unit}"


def _shown(name: str, column: contracts.Column | None, cells: pd.Series) -> str:
    """The number format of a column."""
    known = _numbers(cells)
    whole = len(known) > 0 and bool((known % 1 == 0).all()) and bool(known.abs().max() > 1)
    if whole or (column and column.kind == "integer"):
        return _COUNT
    if name == "p" or name.startswith("p_") or name.endswith("_p"):
        return _P
    unit = column.unit if column else ""
    return _SHARE if unit == "0 to 1" or name.endswith("share") else _DECIMAL


def _numbers(cells: pd.Series) -> pd.Series:
    """The numbers of a column; of some that are withheld, the others."""
    if pd.api.types.is_bool_dtype(cells):
        return cells.iloc[:0]
    if cells.dtype == object:
        if pd.api.types.infer_dtype(cells, skipna=True) in ("string", "empty"):
            return cells.iloc[:0]
        cells = pd.Series([one for one in cells if isinstance(one, Real)], dtype="float64")
    return cells.dropna() if pd.api.types.is_numeric_dtype(cells) else cells.iloc[:0]


def _width(head: str, cells: list[Value]) -> float:
    """The width of a column in signs; a Chinese one counts twice."""
    texts = [head + "  ", *(_text(cell) for cell in cells)]
    widest = max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) for text in texts)
    return min(max(widest + 1, _NARROW), _BROAD)


def _is_long(cells: list[Value]) -> bool:
    """Whether texts of a column are broader than columns get."""
    return any(isinstance(cell, str) and len(cell) > _BROAD // 2 for cell in cells)


def _text(cell: Value) -> str:
    """About what a cell shows."""
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell or "")
