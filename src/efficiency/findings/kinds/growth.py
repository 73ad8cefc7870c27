"""More of what is not to grow than in the time compared with (只减不增)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from scipy import stats

from efficiency.findings.finding import Finding
from efficiency.findings.kind import Estimate, Kind, Measure
from efficiency.findings.said import Count, Number, said


def find(name: str, overview: pd.DataFrame, *, not_to_grow: bool) -> Iterator[Finding]:
    """
    Find that there were more cases than before, where people said that there are to be none.

    Notes
    -----
    The requirement is on the count, so more is more; whether the growth is beyond chance is told
    by the interval of the ratio, and decides how loudly it is told.
    """
    row = overview.iloc[0]
    if not not_to_grow or pd.isna(row["change"]) or row["change"] <= 0:
        return
    ratio = _ratio(int(row["cases"]), int(row["before"]))
    yield Finding(
        kind="growth",
        subject=(("log", name),),
        level="action" if ratio.low > 1 else "watch",
        says={
            "title": said("growth_title", more=Count(int(row["change"]))),
            "criterion": said("growth_criterion"),
            "condition": said(
                "growth_condition", cases=Count(int(row["cases"])),
                before=Count(int(row["before"])), ratio=Number(ratio.value, 2),
                low=Number(ratio.low, 2), high=Number(ratio.high, 2),
            ),
            "cause": said("cause_untested"),
            "effect": said("growth_effect"),
            "action": said("growth_action"),
        },
        value=ratio.value,
        low=ratio.low,
        high=ratio.high,
        n=int(row["cases"]),
        p=None,
        cases=(),
        table="overview",
        hours=0.0,
        theme="procedure",
        certainty=0.95 if ratio.low > 1 else 0.5,
        gravity=2,
        concerned=int(row["change"]),
    )  # fmt: skip


def measure(name: str, overview: pd.DataFrame, *, not_to_grow: bool) -> Iterator[Measure]:
    """Measure how many cases there were for each of the time before."""
    row = overview.iloc[0]
    if not_to_grow and pd.notna(row["before"]):
        ratio = _ratio(int(row["cases"]), int(row["before"]))
        yield Measure((("log", name),), "in_for_before", ratio, int(row["cases"]), unit="ratio")


def _ratio(now: int, before: int) -> Estimate:
    """
    The ratio of two counts with its exact 95 % interval.

    Notes
    -----
    Of two Poisson counts, the share of the first in their sum is binomial.

    References
    ----------
    Clopper, C. J. and Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated
    in the case of the binomial. Biometrika 26, 404-413.
    """
    share = stats.binomtest(now, now + before).proportion_ci(method="exact")
    low, high = (float(part / (1 - part)) if part < 1 else float("inf") for part in share)
    return Estimate(now / before, low, high)


KIND = Kind("growth", find, measure)
