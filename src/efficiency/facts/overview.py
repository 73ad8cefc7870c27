"""What a log comes to: how many cases, how many of them done, by how many ways, how fast."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.facts.times import hours_to_share

#: Ways whose cases together are told.
FEW_WAYS, MANY_WAYS = 2, 10


def overview(
    cases: pd.DataFrame,
    variants: pd.DataFrame,
    completion: pd.DataFrame,
    steps: pd.DataFrame,
    day_hours: float,
    cases_before: int | None,
    rows: int,
    rejected: int,
) -> pd.DataFrame:
    """
    Sum a log up in one row.

    Parameters
    ----------
    cases, variants, completion, steps
        ``tables.CASES``, ``tables.VARIANTS``, ``tables.COMPLETION`` and ``tables.STEPS``.
    day_hours
        Office hours of a usual working day, for times in days.
    cases_before
        Cases that began in the time compared with; None: there is none.
    rows, rejected
        Rows of the source, and those that could not be taken.

    Returns
    -------
    DataFrame
        ``tables.OVERVIEW``, one row.

    Examples
    --------
    >>> from efficiency.facts.flows import variants
    >>> from efficiency.facts.times import case_times, completion, step_times
    >>> log = pd.DataFrame({
    ...     "case_id": ["1", "1", "2"], "activity": ["登记", "办结", "登记"],
    ...     "end": pd.to_datetime(["2024-03-05 09:00", "2024-03-05 10:30", None]),
    ...     "received": pd.to_datetime(["2024-03-05 09:00", None, "2024-03-05 09:00"]),
    ... })
    >>> cases = case_times(log)
    >>> table = overview(cases, variants(log), completion(cases), step_times(log), 7.0, 3, 3, 0)
    >>> table[["cases", "done", "open", "done_share", "change"]].values.tolist()
    [[2, 1, 1, 0.5, -1]]
    """
    n, running = len(cases), int(cases["open"].sum())
    cancelled = int(cases["cancelled"].sum()) if "cancelled" in cases else 0
    done = n - running - cancelled
    median, ninety = (_within(completion, share) for share in (0.5, 0.9))
    row: dict[str, Any] = {
        "rows": rows,
        "rejected": rejected,
        "cases": n,
        "steps": int(cases["steps"].sum()),
        "units": int(steps.loc[steps["unit"].fillna("") != "", "unit"].nunique()),
        "done": done,
        "open": running,
        "cancelled": cancelled,
        "done_share": done / n if n else np.nan,
        "before": cases_before,
        "change": None if cases_before is None else n - cases_before,
        "variants": len(variants),
        "few_share": float(variants["share"].head(FEW_WAYS).sum()),
        "many_share": float(variants["share"].head(MANY_WAYS).sum()),
        "median_hours": median,
        "ninety_hours": ninety,
        "median_days": median / day_hours,
        "ninety_days": ninety / day_hours,
    }
    table = pd.DataFrame([row], columns=tables.OVERVIEW.names)
    return tables.OVERVIEW.check(table.astype({"before": "Int64", "change": "Int64"}))


def _within(completion: pd.DataFrame, share: float) -> float:
    """By when a share of the cases was done; nan: not by the cut-off."""
    hours = hours_to_share(completion, share) if len(completion) else np.inf
    return hours if np.isfinite(hours) else np.nan
