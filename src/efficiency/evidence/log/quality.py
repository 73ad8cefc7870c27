"""What is doubtful in a log: each doubt with how many rows it touches and which ones to look at."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import ibis
import ibis.expr.types as ir
import pandas as pd
from ibis.backends import BaseBackend

from efficiency import tables
from efficiency._doors import engine, sessions
from efficiency._doors.engine import Value
from efficiency.evidence.log.doubtful_names import (
    first_rows,
    placeholders,
    same_names,
    similar_activities,
    unread_dates,
)
from efficiency.evidence.log.doubtful_times import gaps, night, time_checks

#: Years away from the log's median year: 1948 and 2204 are slips of the hand.
YEARS_AWAY = 15
_MOMENTS = ("received", "start", "end")


def log_quality(log: pd.DataFrame | ir.Table) -> pd.DataFrame:
    """
    List what is doubtful in a log. Nothing is changed or dropped.

    Parameters
    ----------
    log
        ``tables.LOG``.

    Returns
    -------
    DataFrame
        ``tables.QUALITY``, one row a doubt that was found:

        =================  ====================================================================
        missing            a column that is filled elsewhere is empty
        open               a step has no end
        day_precision      a stamp has a date and no time
        duplicate          the same step stands again
        end_before_start   a step ends, or starts, before what should come first
        implausible_year   a stamp lies more than 15 years from the log's median year
        equal_stamps       five or more cases share one stamp of ``end``
        bulk_entry         one person ended steps of five or more cases within one minute
        gap                ten or more days without any entry
        similar_names      a rare activity is written much like a common one
        same_names         two values of a column differ in blanks, widths or brackets alone
        placeholder        a person or unit is called ?, 未知, STAFF MEMBER, …
        restarted_ids      a case begins anew in another year: do the numbers restart?
        one_moment         all steps of a case were ended at one moment
        one_stamp          a row has one stamp: without ``closed_by`` no case is seen to be open
        night              much was done at night: is it another zone?
        unread_dates       a column of dates was not read as one of the moments
        =================  ====================================================================

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1"], "activity": ["登记", "转办"],
    ...     "start": pd.to_datetime(["2024-03-05 09:00", "2024-03-05 11:00"]),
    ...     "end": pd.to_datetime(["2024-03-05 09:30", "2024-03-05 10:00"]),
    ... })
    >>> log_quality(log)[["check", "detail", "n", "rows"]].values.tolist()
    [['end_before_start', 'end < start', 1, '2']]
    """
    tables.LOG.check(log)
    if isinstance(log, pd.DataFrame):
        numbered = log if "row" in log else log.assign(row=range(1, len(log) + 1))
        with sessions.session() as con:
            return _quality(engine.keep(engine.table(numbered), con), con)
    return _quality(log, engine.backend_of(log))


def _quality(log: ir.Table, con: BaseBackend) -> pd.DataFrame:
    checks = [*_row_checks(log), *time_checks(log)]
    total = int(engine.frame(log.aggregate(n=log.count()), con)["n"].iloc[0])
    counts = {
        f"n_{i}": table.filter(holds).count().as_scalar()
        for i, (_, _, table, holds) in enumerate(checks)
    }
    found = engine.frame(log.aggregate(n=log.count()).mutate(**counts), con).iloc[0]
    rows = [
        (check, detail, int(found[f"n_{i}"]), first_rows(table.filter(holds), con))
        for i, (check, detail, table, holds) in enumerate(checks)
        if found[f"n_{i}"]
    ]
    rows += [*gaps(log, con), *similar_activities(log, con), *same_names(log, con)]
    rows += [*placeholders(log, con), *night(log, con), *unread_dates(log, con)]
    doubts = pd.DataFrame(rows, columns=["check", "detail", "n", "rows"])
    doubts.insert(3, "share", doubts["n"] / max(total, 1))
    return tables.QUALITY.check(doubts.astype({"n": "int64", "share": "float64"}))


def _row_checks(log: ir.Table) -> Iterator[tuple[str, str, ir.Table, Value]]:
    """The doubts that can be seen in a row or between rows that are alike."""
    present = [name for name in _MOMENTS if name in log.columns]
    for name in ("actor", "unit", "received", "start"):
        if name in log.columns:
            anywhere = log[name].notnull().cast("int64").max().over(ibis.window())
            marked = log.select("row", gap=log[name].isnull(), anywhere=anywhere)
            yield "missing", name, marked, marked.gap & (marked.anywhere == 1)
    if "end" in log.columns:
        yield "open", "end", log, log.end.isnull()
    for name in present:
        precision = f"{name}_precision"
        if precision in log.columns:
            yield "day_precision", name, log, log[precision].fill_null("") == "day"
    same = [name for name in ("case_id", "activity", "actor", *present) if name in log.columns]
    turn = ibis.row_number().over(ibis.window(group_by=same, order_by="row"))
    copies = log.select("row", turn=turn)
    yield "duplicate", ", ".join(same), copies, copies.turn > 0
    for later, earlier in itertools.combinations(reversed(present), 2):
        yield "end_before_start", f"{later} < {earlier}", log, _reversed(log, later, earlier)
    for name in present:
        middle = log[name].year().median().over(ibis.window())
        years = log.select("row", off=(log[name].year() - middle).abs())
        yield "implausible_year", name, years, years.off > YEARS_AWAY


def _reversed(log: ir.Table, later: str, earlier: str) -> Value:
    """Tell where one moment lies before what should come first, as far as both are known."""
    apart = log[later].date() != log[earlier].date()
    fine = ibis.literal(value=True)
    for name in (later, earlier):
        if f"{name}_precision" in log.columns:
            fine = fine & (log[f"{name}_precision"].fill_null("second") != "day")
    return (log[later] < log[earlier]) & (apart | fine)
