"""What a register's entries are about: the most frequent first, and what came of each."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from efficiency import tables
from efficiency.findings.rates import wilson


def categories(
    kinds: pd.DataFrame, cases: pd.DataFrame, kinds_before: pd.DataFrame | None, day_hours: float
) -> pd.DataFrame:
    """
    Count the entries of each category, and how many of them are done, and how fast.

    Parameters
    ----------
    kinds
        ``case_id, category``; an entry without a category has an empty one.
    cases
        ``tables.CASES`` of the same cases.
    kinds_before
        The same as ``kinds``, of the time compared with; None: there is none.
    day_hours
        Office hours of a usual working day.

    Returns
    -------
    DataFrame
        ``tables.CATEGORIES``.

    Notes
    -----
    Pearson's χ² holds the counts against categories that are all equally frequent; its p stands in
    each row. Fewer than five expected of each: none.

    Examples
    --------
    >>> kinds = pd.DataFrame({"case_id": list("abc"), "category": ["细致", "细致", "沟通"]})
    >>> cases = pd.DataFrame({
    ...     "case_id": list("abc"), "open": [False, True, False], "work_hours": [7.0, 1.0, 14.0]})
    >>> table = categories(kinds, cases, None, 7.0)
    >>> table[["category", "cases", "cumulative", "done", "median_days"]].values.tolist()
    [['细致', 2, 0.6666666666666666, 1, 1.0], ['沟通', 1, 1.0, 1, 2.0]]
    """
    known = kinds.merge(cases[["case_id", "open", "work_hours"]], on="case_id")
    if known.empty:
        return tables.CATEGORIES.empty()
    days = (known["work_hours"] / day_hours).where(~known["open"])
    grouped = known.assign(done=~known["open"], days=days).groupby("category")
    table = grouped.agg(
        cases=("case_id", "size"), done=("done", "sum"), median_days=("days", "median")
    ).reset_index()
    table = table.sort_values(["cases", "category"], ascending=[False, True], ignore_index=True)
    before = None if kinds_before is None else kinds_before["category"].value_counts()
    told = table.assign(
        before=pd.NA if before is None else table["category"].map(before).fillna(0),
        share=table["cases"] / len(known),
        cumulative=table["cases"].cumsum() / len(known),
        expected=len(known) / len(table),
        p=_equal(table["cases"].to_numpy(dtype=float)),
    ).astype({"before": "Int64"})
    told["change"] = (told["cases"] - told["before"]).astype("Int64")
    rates = [wilson(k, n) for k, n in zip(told["done"], told["cases"], strict=True)]
    parts = pd.DataFrame(rates, columns=["done_share", "low", "high"], index=told.index)
    return tables.CATEGORIES.check(told.join(parts)[tables.CATEGORIES.names])


def _equal(counts: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    """The p of the χ² test that all categories are equally frequent."""
    if len(counts) < 2 or counts.mean() < 5:
        return float("nan")
    return float(stats.chisquare(counts).pvalue)
