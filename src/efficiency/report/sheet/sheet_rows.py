"""The rows of a sheet, written by columns: a call for each cell takes minutes over a million."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from efficiency.report.sheet.cell_values import HEAD_ROWS, Value, different_texts, value

#: The look of a cell by what it holds; None: as any other.
Look: TypeAlias = Callable[[Value], Any]
#: Rows of which a sheet says together from which column to which they reach, and that are put
#: into text at once.
_TOLD_TOGETHER, _AT_ONCE = 16, 16 * 1024


@dataclass(frozen=True)
class Cells:
    """
    The cells of a column.

    Attributes
    ----------
    codes
        The number of each row's cell; below 0: it is empty.
    different
        The different cells, by their number.
    """

    codes: np.ndarray
    different: list[Value]

    def head(self, n: int) -> list[Value]:
        """The first cells, one by one."""
        return [None if code < 0 else self.different[code] for code in self.codes[:n]]


def cells_of(column: pd.Series) -> Cells:
    """
    A column as a workbook holds it, each different cell once.

    Examples
    --------
    >>> told = cells_of(pd.Series(["a", "", "b", "a"]))
    >>> told.codes.tolist(), told.different
    ([0, -1, 1, 0], ['a', 'b'])
    """
    if column.dtype == object:
        codes, different = _of_objects(column)
    else:
        codes, uniques = pd.factorize(column)
        different = [value(one) for one in uniques.tolist()]
    # What is nothing in a workbook has no number, and the others follow on one another.
    filled = np.array([one is not None for one in different], dtype=bool)
    numbers = np.append(np.where(filled, np.cumsum(filled) - 1, -1), -1)
    return Cells(numbers[codes].astype("int32"), [one for one in different if one is not None])


def _of_objects(column: pd.Series) -> tuple[np.ndarray, list[Value]]:
    texts = different_texts(column)
    if texts is None:
        cells = [value(one) for one in column.tolist()]
        # True is 1 and 1 is 1.0 to Python, and not to whoever reads them.
        known: dict[tuple[type, Value], int] = {}
        codes = [known.setdefault((type(one), one), len(known)) for one in cells]
        return np.array(codes, dtype="int64"), [one for _, one in known]
    codes = pc.fill_null(texts.indices, -1).to_numpy(zero_copy_only=False)
    return codes, [value(one) for one in texts.dictionary.to_pylist()]


@dataclass(frozen=True)
class _Column:
    """A column of a sheet: of each different cell what follows its address."""

    name: str
    codes: np.ndarray
    texts: pa.Array


class Rows(Worksheet):  # type: ignore[misc]
    """
    A sheet whose rows below its heads are put down by columns.

    Notes
    -----
    Written just as xlsxwriter writes them, byte for byte.
    """

    dim_rowmax: int | None

    def __init__(self) -> None:
        super().__init__()
        self._below: dict[int, _Column] = {}
        self._length = 0

    def put(self, place: int, cells: Cells, look: Look) -> None:
        """
        Put down the cells of a column below the heads.

        Parameters
        ----------
        place
            The column, from nought.
        cells
            As `cells_of` gives them.
        look
            Gives the look of a cell.
        """
        counts = np.bincount(cells.codes[cells.codes >= 0], minlength=len(cells.different))
        texts = [
            self._after_address(cell, look(cell), int(n))
            for cell, n in zip(cells.different, counts, strict=True)
        ]
        column = _Column(xl_col_to_name(place), cells.codes, pa.array(texts, pa.string()))
        self._below[place] = column
        self._length = max(self._length, len(cells.codes))

    def _after_address(self, cell: Value, look: Any, n: int) -> str:
        style = f' s="{look._get_xf_index()}"' if look else ""
        if isinstance(cell, str):
            number = self.str_table._get_shared_string_index(cell)
            self.str_table.count += n - 1
            return f'"{style} t="s"><v>{number}</v></c>'
        if isinstance(cell, bool):
            return f'"{style} t="b"><v>{int(cell)}</v></c>'
        if isinstance(cell, dt.datetime):
            cell = self._convert_date_time(cell)
        return f'"{style}><v>{cell:.16G}</v></c>'

    def _write_dimension(self) -> None:
        heads = self.dim_rowmax
        if self._length:
            self.dim_rowmax = max(heads or 0, HEAD_ROWS - 1 + self._last())
        super()._write_dimension()
        self.dim_rowmax = heads

    def _last(self) -> int:
        """How many rows there are up to the last that holds anything."""
        filled = [np.flatnonzero(column.codes >= 0) for column in self._below.values()]
        return max((int(rows[-1]) + 1 for rows in filled if len(rows)), default=0)

    def _write_rows(self) -> None:
        super()._write_rows()
        if not self._length:
            return
        there = np.array([column.codes >= 0 for _, column in sorted(self._below.items())])
        spans = self._spans(there)
        for begun in range(0, self._length, _AT_ONCE):
            self.fh.write(self._text(slice(begun, begun + _AT_ONCE), there, spans))

    def _spans(self, there: np.ndarray) -> np.ndarray:
        """From which column to which each row reaches, with those that are told together."""
        groups = (np.arange(self._length) + HEAD_ROWS) // _TOLD_TOGETHER
        begins = np.flatnonzero(np.diff(groups, prepend=-1))
        filled = np.logical_or.reduceat(there, begins, axis=1)
        filled[:, 0] = True  # the heads are among them
        first = filled.argmax(axis=0) + 1
        last = len(filled) - filled[::-1].argmax(axis=0)
        told = np.array([f"{one}:{other}" for one, other in zip(first, last, strict=True)])
        return np.asarray(np.repeat(told, np.diff(begins, append=self._length)))

    def _text(self, part: slice, there: np.ndarray, spans: np.ndarray) -> str:
        """Some of the rows; one without any cell is left out."""
        rows = np.flatnonzero(there[:, part].any(axis=0)) + part.start
        numbers = pa.array(rows + HEAD_ROWS + 1).cast(pa.string())
        cells = []
        for _, column in sorted(self._below.items()):
            codes = column.codes[rows]
            after = column.texts.take(pa.array(codes, mask=codes < 0))
            cell = pc.binary_join_element_wise(f'<c r="{column.name}', numbers, after, "")
            cells.append(pc.fill_null(cell, ""))
        told = pa.array(spans[rows].astype(object), pa.string())
        lines = pc.binary_join_element_wise(
            '<row r="', numbers, '" spans="', told, '">', *cells, "</row>", ""
        )
        return "".join(lines.to_pylist())
