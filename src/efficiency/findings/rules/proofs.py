"""The steps that prove each breach, with their moments: a breach can be told step by step."""

from __future__ import annotations

import ibis.expr.types as ir
import pandas as pd

from efficiency import tables
from efficiency._doors import engine

#: Where the moment of a step stands, the first that is known (contract of the log).
_MOMENTS = ("end", "start", "received")


def proofs(
    deviations: pd.DataFrame, recorded: pd.DataFrame | ir.Table, cutoff: pd.Timestamp
) -> pd.DataFrame:
    """
    The steps that prove each breach.

    Parameters
    ----------
    deviations
        ``tables.DEVIATIONS``.
    recorded
        ``tables.LOG``, with every column.
    cutoff
        Later moments are not seen.

    Returns
    -------
    DataFrame
        ``tables.PROOFS``, in the order of the breaches and within each by moment and row. What is
        broken by a step that is missing has none.

    Examples
    --------
    >>> broken = pd.DataFrame({"rule_id": ["P2"], "case_id": ["1"], "rows": ["1;2"], "detail": "x"})
    >>> log = pd.DataFrame({
    ...     "row": [1, 2], "case_id": "1", "activity": ["批示", "登记"], "unit": "文书科",
    ...     "received": pd.NaT, "start": pd.NaT,
    ...     "end": pd.to_datetime(["2024-03-05 09:00", "2024-03-06 09:00"]),
    ...     "received_precision": "second", "start_precision": "second", "end_precision": "second",
    ... })
    >>> found = proofs(broken, log, pd.Timestamp("2024-12-31"))
    >>> found[["rule_id", "row", "activity", "at"]].astype(str).values.tolist()
    [['P2', '1', '批示', '2024-03-05 09:00:00'], ['P2', '2', '登记', '2024-03-06 09:00:00']]
    """
    named = deviations.loc[deviations["rows"] != "", ["rule_id", "case_id", "rows"]]
    if named.empty:
        return tables.PROOFS.empty()
    each = named.assign(place=range(len(named)), row=named["rows"].str.split(";")).explode("row")
    each["row"] = each["row"].astype("int64")
    steps = engine.rows_with(recorded, "row", each["row"])
    at, precision = pd.Series(pd.NaT, steps.index, "datetime64[us]"), pd.Series("", steps.index)
    for name in reversed(_MOMENTS):
        seen = steps[name] <= cutoff
        at, precision = (
            at.mask(seen, steps[name]), precision.mask(seen, steps[f"{name}_precision"])
        )  # fmt: skip
    told = steps[["row", "case_id", "activity", "unit"]].assign(at=at, precision=precision)
    rows = each.merge(told, on=["case_id", "row"]).dropna(subset="at")
    ordered = rows.sort_values(["place", "at", "row"], kind="stable", ignore_index=True)
    ordered["unit"] = ordered["unit"].fillna("")
    return ordered[list(tables.PROOFS.names)]
