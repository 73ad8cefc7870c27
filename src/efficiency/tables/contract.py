"""What a contract is: what one row of a table is, its columns, the span that it speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeVar

import ibis.expr.types as ir
import pandas as pd
from ibis.expr.datatypes import DataType

from efficiency.problems import Hint, Problem, TableError, listed

Frame = TypeVar("Frame", pd.DataFrame, ir.Table)

#: What part of the record a table speaks of: the source as it was read; the cases begun in the
#: period of the review; all up to the cut-off, whatever the period; baseline and period together.
Span = Literal["record", "period", "whole", "baseline"]
#: kind -> (what to type to mend a pandas column, is the pandas type right, is the Ibis type right)
_MENDS = {
    "text": "df['{name}'].astype('str')",
    "time": "pd.to_datetime(df['{name}'])",
    "integer": "df['{name}'].astype('int64')",
    "number": "df['{name}'].astype('float64')",
    "boolean": "df['{name}'].astype('bool')",
}


@dataclass(frozen=True)
class Column:
    """
    One column of a contract.

    Attributes
    ----------
    name, kind, meaning
        Kinds are text, time, integer, number, boolean and any. An integer counts what its meaning
        says; of any cells nothing is asked.
    required
        Whether a table without it is none.
    nullable
        Whether some of its cells may be empty.
    unit
        Of a number.
    """

    name: str
    kind: str
    meaning: str
    required: bool = True
    nullable: bool = False
    unit: str = ""

    def breach(self, dtype: object) -> Problem | None:
        """Tell whether a pandas or Ibis type is wrong for this column."""
        if self.kind == "any" or _is_kind(dtype, self.kind):
            return None
        mend = _MENDS[self.kind].format(name=self.name)
        return Problem("type", {"name": self.name, "kind": self.kind, "got": dtype, "mend": mend})


@dataclass(frozen=True)
class Table:
    """
    A column contract.

    Attributes
    ----------
    name, row, columns
        The table's name, what one row of it is, and its columns in order.
    span
        What part of the record it speaks of.
    of_log
        Whether it speaks of one log: written, such a table says which in a column ``log``.

    Examples
    --------
    >>> from efficiency.tables import LOG
    >>> LOG.check(pd.DataFrame({"case_id": [7], "activity": ["登记"]}))
    Traceback (most recent call last):
        ...
    efficiency.problems.TableError: Not a 'log' table \
(one row = one handling step of one document or task):
      - column 'case_id' must be text, is int64; try df['case_id'].astype('str')
    """

    name: str
    row: str
    columns: tuple[Column, ...]
    span: Span = "period"
    of_log: bool = True

    @property
    def names(self) -> list[str]:
        """The contract's column names, in order."""
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """
        The table without rows, each column of its kind.

        Examples
        --------
        >>> Table("n", "one", columns(("n", "integer", "a count"))).empty().dtypes.tolist()
        [dtype('int64')]
        """
        kinds = {"text": object, "time": "datetime64[us]", "integer": "int64"}
        kinds |= {"number": "float64", "boolean": "bool", "any": object}
        return pd.DataFrame({c.name: pd.Series(dtype=kinds[c.kind]) for c in self.columns})

    def check(self, frame: Frame, only: Collection[str] = ()) -> Frame:
        """
        The frame itself, if it keeps the contract.

        Parameters
        ----------
        frame
            A DataFrame or an Ibis table. It is not changed.
        only
            The columns that are asked for; none: all that the contract requires.

        Raises
        ------
        TableError
            Lists every breach with what to type to mend it.
        """
        problems = self._breaches(frame, only)
        if problems:
            raise TableError(problems, Problem("table", {"table": self.name, "row": self.row}))
        return frame

    def _breaches(self, frame: Frame, only: Collection[str]) -> list[Problem]:
        if not isinstance(frame, pd.DataFrame | ir.Table):
            return [Problem("no_table", {"got": type(frame).__name__})]
        asked = [column for column in self.columns if not only or column.name in only]
        have = [str(name) for name in frame.columns]
        there = [column for column in asked if column.name in have]
        wrong = {column.name: column.breach(_dtype(frame, column.name)) for column in there}
        full = [one.name for one in there if not one.nullable and wrong[one.name] is None]
        gaps = _gaps(frame, full)
        problems = _alike(have)
        for column in asked:
            found = wrong.get(column.name) or gaps.get(column.name)
            if column not in there and (column.required or column.name in only):
                found = _missing(column.name, have)
            problems += [found] if found else []
        return problems


def _alike(have: list[str]) -> list[Problem]:
    """Columns that the engine cannot hold apart: their names differ in capitals only."""
    counts = Counter(name.lower() for name in have)
    several = [plain for plain, n in counts.items() if n > 1]
    return [
        Problem("alike_columns", {"names": listed(name for name in have if name.lower() == plain)})
        for plain in several
    ]


def _missing(name: str, have: list[str]) -> Problem:
    details = {"name": name, "have": listed(have), "hint": Hint(name, tuple(have))}
    return Problem("missing", details)


def _dtype(frame: pd.DataFrame | ir.Table, name: str) -> object:
    if isinstance(frame, ir.Table):
        return frame.schema()[name]
    series = frame[name]
    # The first value spares a look at all others.
    if not len(series) or (pd.isna(series.iloc[0]) and series.isna().all()):
        return "empty"
    # An object column is judged by what is in it: the text a person sees.
    return pd.api.types.infer_dtype(series, skipna=True) if series.dtype == object else series.dtype


def _is_kind(dtype: object, kind: str) -> bool:
    """Tell whether a pandas dtype, an inferred type or an Ibis type is of a kind."""
    if str(dtype) == "empty":  # nothing but missing values fits every kind
        return True
    if isinstance(dtype, DataType):
        tests = {
            "text": dtype.is_string(),
            "time": dtype.is_timestamp(),
            "integer": dtype.is_integer(),
            "number": dtype.is_numeric(),
            "boolean": dtype.is_boolean(),
        }
        return bool(tests[kind])
    if isinstance(dtype, pd.CategoricalDtype):
        return kind == "text" and _is_kind(pd.api.types.infer_dtype(dtype.categories), "text")
    if isinstance(dtype, str):  # what infer_dtype says
        return (kind, dtype) in {
            ("text", "string"),
            ("time", "datetime"),
            ("time", "datetime64"),
            ("integer", "integer"),
            ("number", "integer"),
            ("number", "floating"),
            ("boolean", "boolean"),
        }
    checks = {
        "text": pd.api.types.is_string_dtype,
        "time": pd.api.types.is_datetime64_dtype,
        "integer": pd.api.types.is_integer_dtype,
        "number": pd.api.types.is_numeric_dtype,
        "boolean": pd.api.types.is_bool_dtype,
    }
    return bool(checks[kind](dtype))


def _gaps(frame: pd.DataFrame | ir.Table, names: list[str]) -> dict[str, Problem]:
    """The columns among these that have empty cells: how many, and the first."""
    if isinstance(frame, ir.Table):
        return _gaps_on_engine(frame, names)
    found = {}
    for name in names:
        gaps = frame[name].isna().to_numpy()
        if gaps.any():
            details = {"name": name, "n": int(gaps.sum()), "row": int(gaps.argmax()) + 1}
            found[name] = Problem("empty", details)
    return found


def _gaps_on_engine(frame: ir.Table, names: list[str]) -> dict[str, Problem]:
    if not names:
        return {}
    # One pass over the table, however many columns there are.
    counted = frame.aggregate(**{name: frame.count(where=frame[name].isnull()) for name in names})
    counts = counted.execute().iloc[0]
    return {
        name: Problem("empty", {"name": name, "n": int(n), "row": "?"})
        for name, n in counts.items()
        if n
    }


def columns(
    *rows: tuple[str, ...], required: bool = True, nullable: bool = False
) -> tuple[Column, ...]:
    """Several columns: name, kind and meaning of each, and the unit of a number."""
    return tuple(
        Column(name, kind, meaning, required, nullable, "".join(unit))
        for name, kind, meaning, *unit in rows
    )
