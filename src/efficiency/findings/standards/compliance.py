"""How far each standard was kept: the share met, with its n and its interval."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from efficiency import tables
from efficiency.findings.rates import clustered

VERDICTS = ("met", "late", "pending", "overdue", "suspended", "undecidable", "cancelled")


def compliance(
    judgements: pd.DataFrame,
    standards: pd.DataFrame | None = None,
    not_started: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """
    Sum up judgements, one row a standard.

    Parameters
    ----------
    judgements
        ``tables.JUDGEMENTS``.
    standards
        ``tables.STANDARDS``, for targets and for standards without a verdict.
    not_started
        What `not_started` counted; None: the column is empty, for judgements cannot tell.

    Returns
    -------
    DataFrame
        ``tables.COMPLIANCE`` in the order of the standards. The share is met ÷ (met + late +
        overdue): what is pending, suspended or undecidable proves nothing either way, and
        cancelled cases are counted apart. Where clocks that start on one day go the same way more
        often than chance makes them, for they come in batches, the interval is that of
        ``effective_n`` independent ones.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22, 209-212.

    Examples
    --------
    >>> judgements = pd.DataFrame({
    ...     "standard_id": ["T1"] * 4, "case_id": list("1234"),
    ...     "from_time": pd.Timestamp("2024-03-05"), "to_time": pd.NaT, "due": pd.NaT,
    ...     "verdict": ["met", "late", "pending", "met"],
    ...     "reason": None, "used_hours": 1.0, "over_hours": None,
    ... })
    >>> compliance(judgements)[["standard_id", "n", "met", "share"]].round(3).values.tolist()
    [['T1', 4, 2, 0.667]]
    """
    tables.JUDGEMENTS.check(judgements, ("standard_id", "verdict"))
    ids = list(dict.fromkeys(judgements["standard_id"]))
    targets: dict[str, float] = {}
    if standards is not None:
        tables.STANDARDS.check(standards, ("standard_id",))
        ids = list(dict.fromkeys([*standards["standard_id"], *ids]))
        if "target" in standards:
            targets = dict(zip(standards["standard_id"], standards["target"], strict=True))
    waiting: dict[str, int] = {}
    if not_started is not None:
        known = tables.NOT_STARTED.check(not_started)
        waiting = dict(zip(known["standard_id"], known["not_started"], strict=True))
    shares = dict(_shares(judgements))
    counts = pd.crosstab(judgements["standard_id"], judgements["verdict"])
    counts = counts.reindex(index=ids, columns=list(VERDICTS), fill_value=0)
    rows = []
    for standard in ids:
        row = {name: int(counts.at[standard, name]) for name in VERDICTS}
        share, low, high, worth = shares.get(standard, (np.nan,) * 4)
        target = targets.get(standard)
        target = None if target is None or pd.isna(target) else float(target)
        met = None if target is None or pd.isna(share) else share >= target
        missed = row["late"] + row["overdue"]
        rows.append(
            {
                "standard_id": standard,
                "n": sum(row.values()) - row["cancelled"],
                **row,
                "not_started": waiting.get(standard),
                "share": share,
                "low": low,
                "high": high,
                "effective_n": worth,
                "target": target,
                "target_met": met,
                "decided": row["met"] + missed,
                "missed": missed,
                "gap": np.nan if target is None else share - target,
            }
        )
    table = pd.DataFrame(rows, columns=tables.COMPLIANCE.names)
    return tables.COMPLIANCE.check(
        table.astype({"not_started": "Int64", "target": "float64", "target_met": "boolean"})
    )


def _shares(judgements: pd.DataFrame) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Each standard's share met with its interval, batches of one day taken as such."""
    decided = judgements[judgements["verdict"].isin(["met", "late", "overdue"])]
    for standard, rows in decided.groupby("standard_id"):
        batch = np.arange(len(rows))
        if "from_time" in rows:
            batch = pd.factorize(pd.to_datetime(rows["from_time"]).dt.normalize())[0]
        met = (rows["verdict"] == "met").to_numpy(dtype=float)
        yield str(standard), clustered(met, batch.astype(np.int64))
