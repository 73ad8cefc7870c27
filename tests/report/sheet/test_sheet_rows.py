"""Rows by columns: the bytes that xlsxwriter writes of the same cells, one by one."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from efficiency.report.sheet import sheet_rows
from efficiency.report.sheet.cell_values import HEAD_ROWS, Value, value
from efficiency.report.sheet.sheet_rows import Rows, cells_of

TEXTS = st.text(max_size=3) | st.sampled_from(["", "=1", "\u0000x", '<b>&"', " a "])
MIXED = st.none() | TEXTS | st.booleans() | st.integers(-3, 3) | st.sampled_from([1.0, 0.5])
COLUMNS = {
    "text": TEXTS | st.none(),
    "mixed": MIXED,
    "number": st.floats(-1e18, 1e18) | st.sampled_from([float("nan"), float("inf"), -0.0]),
    "whole": st.integers(-(2**62), 2**62),
    "at": st.none() | st.datetimes(dt.datetime(1850, 1, 1), dt.datetime(2200, 1, 1)),
    "truth": st.booleans(),
}
KINDS = {"text": object, "mixed": object, "number": "float64", "whole": "int64",
         "at": "datetime64[us]", "truth": bool}  # fmt: skip


def looks(book: Any) -> dict[type, Any]:
    """A look for each type, numbered in this order."""
    made = {
        str: book.add_format({"text_wrap": True}),
        float: book.add_format({"num_format": "0.0"}),
        dt.datetime: book.add_format({"num_format": "yyyy"}),
    }
    for look in made.values():
        look._get_xf_index()
    return made


def put_one(sheet: Any, at: tuple[int, int], cell: Value, look: Any) -> None:
    """One cell by xlsxwriter's own call."""
    if isinstance(cell, bool):
        sheet.write_boolean(*at, cell)
    elif isinstance(cell, str):
        sheet.write_string(*at, cell, look(cell))
    elif isinstance(cell, dt.datetime):
        sheet.write_datetime(*at, cell, look(cell))
    elif cell is not None:
        sheet.write_number(*at, cell, look(cell))


def written(frame: pd.DataFrame, *, by_columns: bool) -> bytes:
    """A workbook of one sheet: a head in every column, and its cells."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": dt.datetime(2000, 1, 1)})
    made = looks(book)
    sheet = book.add_worksheet("a", Rows if by_columns else None)

    def look(cell: Value) -> Any:
        return None if isinstance(cell, bool) else made.get(type(cell), made[float])

    for place, name in enumerate(frame.columns):
        sheet.write_string(0, place, name)
        sheet.write_string(1, place, name)
        if by_columns:
            sheet.put(place, cells_of(frame[name]), look)
            continue
        for row, one in enumerate(frame[name].tolist(), HEAD_ROWS):
            put_one(sheet, (row, place), value(one), look)
    book.close()
    return kept.getvalue()


@settings(deadline=None, derandomize=True, max_examples=40)
@given(
    st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, max_size=5),
    st.integers(0, 40),
    st.data(),
)
def test_the_bytes_are_those_of_one_call_a_cell(names: list[str], rows: int, data: Any) -> None:
    """Rows without a cell, blocks of rows that reach less far, put down in parts."""
    drawn = {
        f"{place}": pd.Series(
            data.draw(st.lists(COLUMNS[name], min_size=rows, max_size=rows)), dtype=KINDS[name]
        )
        for place, name in enumerate(names)
    }
    frame = pd.DataFrame(drawn)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet_rows, "_AT_ONCE", 16)
        assert written(frame, by_columns=True) == written(frame, by_columns=False)


def test_rows_without_cells_at_the_end_are_none() -> None:
    """They make a sheet no longer."""
    frame = pd.DataFrame({"a": ["x", *[None] * 50], "b": [None] * 51})
    assert written(frame, by_columns=True) == written(frame, by_columns=False)


def test_cells_are_told_apart_by_their_type() -> None:
    """To Python True is 1, and 1 is 1.0."""
    told = cells_of(pd.Series([1, True, 1.0, "1", None, True], dtype=object))
    assert told.codes.tolist() == [0, 1, 2, 3, -1, 1]
    assert [type(one) for one in told.different] == [int, bool, float, str]
    assert told.head(2) == [1, True]
