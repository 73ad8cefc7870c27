"""A log with the ledger of its reading, and what is asked of it wherever it lies."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from efficiency import tables
from efficiency._doors import engine
from efficiency.evidence.log.classified import Secrets
from efficiency.evidence.log.stamps import Form

MOMENTS = ("received", "start", "end")
TEXTS = ("case_id", "activity", "actor", "unit")


@dataclass(frozen=True)
class Record:
    """
    A log with the ledger of its reading.

    Attributes
    ----------
    log
        The accepted steps (``tables.LOG``): a DataFrame, or a table on an engine (`open_log`).
    rejected
        ``file, row, column, value, reason, case_id, activity``: the rows that could not be
        accepted.
    changed
        ``file, row, column, value, reason, n``: values of accepted rows that were set to missing,
        and each distinct text that was trimmed, with its first row and how many rows have it.
    rows
        Data rows in the source: accepted and rejected.
    encoding, separator, sheet
        What was found out about a csv file, or which sheet of a workbook was read.
    files
        How many files it was read from.
    forms
        How the stamps of each column of moments were written.
    secrets
        What was marked as a state secret and left out.
    people
        Columns that are about persons, where that was asked; see `personal`.
    paired
        Whether rows of a life cycle were brought together to steps.
    rest
        What the rejected rows hold: whom they name is to be hidden too.
    """

    log: Any
    rejected: pd.DataFrame
    changed: pd.DataFrame
    rows: int
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    files: int = 1
    forms: tuple[Form, ...] = ()
    secrets: Secrets = field(default_factory=Secrets)
    people: tuple[str, ...] = ()
    paired: bool = False
    rest: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def lost(self) -> pd.DataFrame:
        """
        ``case_id, activity, undone`` of the rejected rows of which both are known.

        ``undone``: the row has no moment because nothing stands there, not because it cannot be
        read: the step is still to be done.
        """
        known = self.rejected[["case_id", "activity", "value"]]
        known = known[(known[["case_id", "activity"]] != "").all(axis=1)]
        undone = known["value"].str.strip() == ""
        return known[["case_id", "activity"]].assign(undone=undone)

    def different(self, column: str) -> pd.Series:
        """The different values of a column of the log, wherever it lies (`different`)."""
        return different(self.log, column)

    def holds(self, column: str) -> bool:
        """Whether some row has a value in a column."""
        if isinstance(self.log, pd.DataFrame):
            return bool(self.log[column].notna().any())
        known = self.log.filter(self.log[column].notnull()).limit(1)
        return bool(len(engine.frame(known.select(column), engine.backend_of(self.log))))

    @cached_property
    def steps(self) -> int:
        """How many steps were accepted."""
        if isinstance(self.log, pd.DataFrame):
            return len(self.log)
        counted = self.log.aggregate(steps=self.log.count())
        return int(engine.frame(counted, engine.backend_of(self.log))["steps"].iloc[0])

    @cached_property
    def span(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """The first moment of the log, and the last."""
        moments = [self.log[name] for name in MOMENTS]
        if isinstance(self.log, pd.DataFrame):
            every = pd.concat(moments)
            return every.min(), every.max()
        first = ibis.least(*(moment.min() for moment in moments))
        last = ibis.greatest(*(moment.max() for moment in moments))
        ends = self.log.aggregate(first=first, last=last)
        row = engine.frame(ends, engine.backend_of(self.log)).iloc[0]
        return row["first"], row["last"]


def as_record(log: pd.DataFrame | ir.Table | Record) -> Record:
    """
    A log that was read elsewhere, or built by hand, with an empty ledger.

    Parameters
    ----------
    log
        ``tables.LOG``, or a record, which stays as it is.

    Raises
    ------
    TableError
        If it is no log.
    """
    if isinstance(log, Record):
        return log
    tables.LOG.check(log)
    rejected, changed = tables.REJECTED.empty(), tables.CHANGED.empty()
    if not isinstance(log, pd.DataFrame):
        made = Record(log, rejected, changed, 0)
        return replace(made, rows=made.steps)
    numbered = log if "row" in log else log.assign(row=range(1, len(log) + 1))
    return Record(in_order(numbered), rejected, changed, len(log))


def different(log: pd.DataFrame | ir.Table, column: str) -> pd.Series:
    """
    The different values of a column of a log, in the order of its rows; what is missing is none.

    Parameters
    ----------
    log
        A DataFrame, or a table on an engine, of which no more than these values is loaded.
    column
        The column.

    Notes
    -----
    A table without ``row`` has no order: its values come in their own.

    Examples
    --------
    >>> different(pd.DataFrame({"unit": ["a", None, "b", "a"]}), "unit").tolist()
    ['a', 'b']
    """
    if isinstance(log, pd.DataFrame):
        return log[column].dropna().drop_duplicates()
    known = log.filter(log[column].notnull())
    first = known.row.min() if "row" in log.columns else known[column].min()
    values = known.group_by(column).aggregate(first_of_all=first).order_by("first_of_all")
    return engine.frame(values.select(column), engine.backend_of(log))[column]


def in_order(log: pd.DataFrame) -> pd.DataFrame:
    """Our columns first, all of them, then theirs."""
    for name in (*TEXTS, *MOMENTS, *(f"{moment}_precision" for moment in MOMENTS)):
        if name not in log:
            log = log.assign(**{name: None})
    typed = dict.fromkeys(MOMENTS, "datetime64[us]")
    first = [name for name in tables.LOG.names if name in log]
    rest = [name for name in log.columns if name not in first]
    return log[[*first, *rest]].astype(typed).astype({"row": "int64"})
