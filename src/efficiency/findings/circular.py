"""What a periodic circular tells: volume, limits by unit, what is overdue, what was made good."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.findings.rates import wilson

LATE = ("late", "overdue")


@dataclass(frozen=True)
class Circular:
    """
    The tables of a circular on one stretch of time.

    Attributes
    ----------
    volume
        ``tables.CIRCULAR_VOLUME``: this stretch and the one before.
    units
        ``tables.CIRCULAR_UNITS``: the limits that fell due, by unit.
    overdue
        ``tables.CIRCULAR_OVERDUE``: what was due and not done at its end.
    """

    volume: pd.DataFrame
    units: pd.DataFrame
    overdue: pd.DataFrame


def circular(
    cases: pd.DataFrame,
    judgements: pd.DataFrame,
    circumstances: pd.DataFrame,
    first: pd.Timestamp,
    last: pd.Timestamp,
) -> Circular:
    """
    Count what a circular tells of one stretch of time.

    Parameters
    ----------
    cases, judgements, circumstances
        ``tables.CASES``, ``tables.JUDGEMENTS`` and ``tables.CIRCUMSTANCES``.
    first, last
        The first moment of the stretch and the first after it.

    Returns
    -------
    Circular
        Its tables.

    Notes
    -----
    A case counts where it began and where it was closed, a clock where it fell due: each in one
    day alone, so that days add up to months, and months to a year. The units are in the order of
    their names: where intervals overlap there is no rank. The stretch before is as long as this
    one in days.
    """
    before = first - (last - first)
    spans = {"now": (first, last), "before": (before, first)}
    rows = [_counted(name, cases, judgements, *span) for name, span in spans.items()]
    volume = pd.DataFrame(rows, columns=tables.CIRCULAR_VOLUME.names)
    return Circular(
        tables.CIRCULAR_VOLUME.check(volume),
        _by_unit(circumstances, first, last),
        _overdue(judgements, cases, last),
    )


def _counted(
    name: str,
    cases: pd.DataFrame,
    judgements: pd.DataFrame,
    first: pd.Timestamp,
    last: pd.Timestamp,
) -> dict[str, object]:
    closed = ~cases["open"]
    due = judgements[_within(judgements["due"], first, last)]
    decided = due[due["verdict"].isin(["met", *LATE])]
    missed = int(decided["verdict"].isin(LATE).sum())
    left = _overdue(judgements, cases, last)
    return {
        "span": name,
        "begun": int(_within(cases["first"], first, last).sum()),
        "closed": int((closed & _within(cases["last"], first, last)).sum()),
        "decided": len(decided),
        "missed": missed,
        "share": 1 - missed / len(decided) if len(decided) else np.nan,
        "overdue": len(left),
        "made_good": int((left["to_time"].notna()).sum()),
    }


def _within(times: pd.Series, first: pd.Timestamp, last: pd.Timestamp) -> pd.Series:
    moments = pd.to_datetime(times)
    return (moments >= first) & (moments < last)


def _by_unit(circumstances: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The clocks that fell due, by the unit that stopped them or at which the case is."""
    rows = circumstances[_within(circumstances["due"], first, last)]
    rows = rows[rows["unit"].fillna("") != ""]
    table = rows.groupby("unit")["late"].agg(["size", "sum"]).reset_index()
    told = [
        (row.unit, row.n, row.late, *wilson(row.n - row.late, row.n))
        for row in table.set_axis(["unit", "n", "late"], axis=1).itertuples(index=False)
    ]
    return tables.CIRCULAR_UNITS.check(
        pd.DataFrame(told, columns=tables.CIRCULAR_UNITS.names)
        if told
        else tables.CIRCULAR_UNITS.empty()
    )


def _overdue(judgements: pd.DataFrame, cases: pd.DataFrame, last: pd.Timestamp) -> pd.DataFrame:
    """What was due by a moment and not done by then, the longest past due first."""
    due, done = (pd.to_datetime(judgements[name]) for name in ("due", "to_time"))
    # Of a case that was closed without the step nobody waits for it any more.
    gone = cases.loc[~cases["open"] & (pd.to_datetime(cases["last"]) < last), "case_id"]
    open_then = (done.isna() & ~judgements["case_id"].isin(gone)) | (done >= last)
    rows = judgements[(due < last) & open_then & judgements["verdict"].isin(LATE)]
    ranked = rows.sort_values(["due", "standard_id", "case_id"], ignore_index=True)
    return tables.CIRCULAR_OVERDUE.check(ranked[tables.CIRCULAR_OVERDUE.names])
