"""The register of errors (三零): rates with exact bounds, and the working days between errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.criteria.calendar import Calendar
from efficiency.findings.rates import zeros
from efficiency.findings.time.control import g_chart


def errors(
    kinds: pd.DataFrame,
    errors_of: Mapping[str, Sequence[str]],
    handled: Mapping[str, int],
) -> pd.DataFrame:
    """
    Hold the errors of each trade against what was handled in it.

    Parameters
    ----------
    kinds
        ``category``, one row an error.
    errors_of
        The logs in which an error of each category may happen.
    handled
        The cases of each log.

    Returns
    -------
    DataFrame
        ``tables.ERRORS``, in the order of ``errors_of``; see `rates.bounded`.

    Notes
    -----
    A case with two errors counts twice, so that the share is one of errors a case; where there are
    more errors than cases there is none.

    Examples
    --------
    >>> found = pd.DataFrame({"category": ["办文差错", "办文差错"]})
    >>> errors(found, {"办文差错": ["incoming"], "办会失误": ["meetings"]},
    ...        {"incoming": 100, "meetings": 60}).round(3).values.tolist()
    [['办文差错', 'incoming', 2, 100, 0.02, 0.002, 0.07], ['办会失误', 'meetings', 0, 60, 0.0, 0.0, 0.049]]
    """  # noqa: E501
    counts = kinds["category"].value_counts()
    rows = pd.DataFrame(
        {
            "item": list(errors_of),
            "of": ["、".join(logs) for logs in errors_of.values()],
            "k": [int(counts.get(name, 0)) for name in errors_of],
            "n": [sum(handled.get(log, 0) for log in logs) for logs in errors_of.values()],
        }
    )
    if rows.empty:
        return tables.ERRORS.empty()
    fits = rows["k"] <= rows["n"]
    bounds = zeros(rows.loc[fits, ["item", "k", "n"]]).set_index(rows.index[fits])
    whole = rows.join(bounds[["share", "low", "high"]])
    return tables.ERRORS.check(whole[tables.ERRORS.names])


def error_gaps(kinds: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """
    Chart the working days between the days on which an error of a category was found.

    Parameters
    ----------
    kinds
        ``category, at``, one row an error.
    calendar
        Says which days are working days.

    Returns
    -------
    DataFrame
        ``tables.ERROR_GAPS``, one row a day with an error but the first; see `control.g_chart`.

    Notes
    -----
    Errors of one day are one event: they have no day between them.
    """
    parts = []
    for name, rows in kinds.groupby("category", sort=True):
        days = rows["at"].dt.normalize().drop_duplicates().sort_values()
        if len(days) < 2:
            continue
        table = calendar.days(days.iloc[0].date(), days.iloc[-1].date())
        office = table[table["calendar"] == 0]
        since = (days - pd.Timestamp(0)).dt.days.to_numpy()
        ordinals = office.set_index("day")["ordinal"].reindex(since).to_numpy()
        gaps = np.maximum(np.diff(ordinals), 1)
        table = pd.DataFrame({"at": days.iloc[1:].dt.strftime("%Y-%m-%d"), "gap": gaps})
        parts.append(g_chart(table.astype({"gap": "int64"})).assign(item=name))
    if not parts:
        return tables.ERROR_GAPS.empty()
    whole = pd.concat(parts, ignore_index=True)
    return tables.ERROR_GAPS.check(whole[tables.ERROR_GAPS.names])
