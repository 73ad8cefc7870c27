"""The map of an office's work: each kind of it in a row, how much, how fast, how well."""

from __future__ import annotations

from typing import Any

import pandas as pd

from efficiency import tables

_TAKEN = ("cases", "change", "done", "done_share", "median_hours")


def works(
    overview: pd.DataFrame, compliance: pd.DataFrame, adherence: pd.DataFrame
) -> pd.DataFrame:
    """
    Put one kind of work in a row: its volume, its time, its limits and its rules.

    Parameters
    ----------
    overview, compliance, adherence
        ``tables.OVERVIEW``, ``tables.COMPLIANCE`` and ``tables.ADHERENCE`` of one log.

    Returns
    -------
    DataFrame
        ``tables.WORKS``, one row.

    Notes
    -----
    Counts of limits and of rules, and no share over all of them: the clocks of one case hang
    together, and a share over limits of different kinds has no interval that anybody could give.

    Examples
    --------
    >>> seen = pd.DataFrame({
    ...     "cases": [4], "change": [1], "done": [3], "done_share": [0.75], "median_hours": [6.5],
    ... })
    >>> held = pd.DataFrame({"share": [0.95, 0.5], "target": [0.9, 0.9]})
    >>> works(seen, held, pd.DataFrame({"broken": [0, 2, 1]})).iloc[:, 5:].values.tolist()
    [[2, 1, 3, 2]]
    """
    judged = compliance[compliance["target"].notna() & compliance["share"].notna()]
    row: dict[str, Any] = {name: overview[name].iloc[0] for name in _TAKEN}
    row |= {
        "standards": len(judged),
        "standards_met": int((judged["share"] >= judged["target"]).sum()),
        "rules": len(adherence),
        "rules_broken": int((adherence["broken"] > 0).fillna(value=False).sum()),
    }
    table = pd.DataFrame([row], columns=tables.WORKS.names)
    return tables.WORKS.check(table.astype({"change": "Int64"}))
