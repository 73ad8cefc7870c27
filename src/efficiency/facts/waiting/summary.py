"""How much of each activity's waiting goes to which cause."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd

from efficiency import tables
from efficiency._doors import engine, sessions
from efficiency.facts.waiting.waits import CAUSES

#: What is read of ``tables.WAITS``.
_READ = ("activity", "case_id", "hours", *(f"{cause}_hours" for cause in CAUSES))


#: Of a sum, what may be rounding.
_ROUNDING = 1e-12


def waiting_summary(waits: pd.DataFrame | ir.Table) -> pd.DataFrame:
    """
    Sum up waiting by activity and cause, the activity that waits longest first.

    Parameters
    ----------
    waits
        As `waiting` gives it.

    Returns
    -------
    DataFrame
        ``activity`` ('': all of them, which come first)``, cause`` (of `CAUSES`)``, hours, share``
        (of the activity's whole waiting)``, low, high, work_share`` (of its waiting inside the
        calendar)``, work_low, work_high, n`` (steps measured)``, unmeasured`` (steps that could not
        be: see ``assumed``).

    Notes
    -----
    A share is a ratio of sums over cases, R = Σ x_i / Σ T_i; its 95 % interval rests on the linear
    approximation Var(R) ≈ n/(n−1) Σ (x_i − R T_i)² / (Σ T_i)², so that the steps of one case need
    not be independent. Cases whose steps wait for the same desk are not: where desks are busy the
    intervals are too narrow.

    References
    ----------
    Cochran, W. G. (1977). Sampling Techniques, third edition, section 6.4. Wiley.

    Examples
    --------
    >>> waits = pd.DataFrame({
    ...     "case_id": ["1", "2"], "activity": ["拟办", "拟办"], "hours": [0.0, 1.5],
    ...     **{f"{cause}_hours": [0.0, 0.0] for cause in CAUSES[:-1]},
    ... }).assign(contention_hours=[0.0, 1.0], other_hours=[0.0, 0.5])
    >>> summary = waiting_summary(waits).query("activity == '拟办' and hours > 0")
    >>> summary[["cause", "hours", "share"]].round(3).values.tolist()
    [['contention', 1.0, 0.667], ['other', 0.5, 0.333]]
    """
    tables.WAITS.check(waits, _READ)
    if isinstance(waits, pd.DataFrame):
        with sessions.session() as con:
            sums = engine.frame(_case_sums(engine.table(waits)), con)
    else:
        sums = engine.frame(_case_sums(waits), engine.backend_of(waits))
    parts = [_of_cause(sums, cause) for cause in CAUSES]
    table = pd.concat(parts, ignore_index=True)
    # A stable order: all first, then by what the activity waits, causes as they are listed.
    ranked = table.assign(whole=table["activity"] != "", rank=-table["waited"])
    ranked = ranked.sort_values(["whole", "rank", "activity"], kind="stable")
    return tables.WAITING.check(ranked[tables.WAITING.names].reset_index(drop=True))


def _case_sums(waits: ir.Table) -> ir.Table:
    """Sums over the cases of each activity, and of '', which is all of them."""
    narrow = waits.select(*_READ)
    both = ibis.union(narrow, narrow.mutate(activity=ibis.literal("")).select(*_READ))
    known = both.hours.notnull()
    cases = both.group_by("activity", "case_id").aggregate(
        steps=both.count(where=known),
        unmeasured=both.count(where=~known),
        t=both.hours.sum().fill_null(0.0),
        w=(both.hours - both.off_hours).sum().fill_null(0.0),
        **{cause: both[f"{cause}_hours"].sum().fill_null(0.0) for cause in CAUSES},
    )
    products = {"tt": cases.t * cases.t, "ww": cases.w * cases.w}
    for cause in CAUSES:
        x = cases[cause]
        products |= {f"{cause}_xx": x * x, f"{cause}_xt": x * cases.t, f"{cause}_xw": x * cases.w}
    sums = {name: value.sum() for name, value in products.items()}
    sums |= {name: cases[name].sum() for name in ("steps", "unmeasured", "t", "w", *CAUSES)}
    return cases.group_by("activity").aggregate(cases=cases.count(where=cases.steps > 0), **sums)


def _of_cause(sums: pd.DataFrame, cause: str) -> pd.DataFrame:
    """The rows of one cause: its hours, and its shares with their intervals."""
    hours, squares, n = sums[cause], sums[f"{cause}_xx"], sums["cases"]
    share = _ratio(hours, sums["t"], squares, sums[f"{cause}_xt"], sums["tt"], n)
    inside = _ratio(hours, sums["w"], squares, sums[f"{cause}_xw"], sums["ww"], n)
    if cause == "off":
        inside = inside * np.nan
    return pd.DataFrame(
        {
            "activity": sums["activity"],
            "cause": cause,
            "hours": hours,
            **share.to_dict("series"),
            **inside.add_prefix("work_").to_dict("series"),
            "n": sums["steps"].astype("int64"),
            "unmeasured": sums["unmeasured"].astype("int64"),
            "waited": sums["t"],
        }
    )


def _ratio(
    x: pd.Series, t: pd.Series, xx: pd.Series, xt: pd.Series, tt: pd.Series, n: pd.Series
) -> pd.DataFrame:
    """Σx / Σt with its 95 % interval, from the sums over n cases."""
    share = (x / t.where(t > 0)).clip(0, 1)
    spread = xx - 2 * share * xt + share**2 * tt
    # What is left of numbers that cancel is their rounding, and hangs on the order of the sums.
    spread = spread.where(spread > _ROUNDING * (xx + share**2 * tt), 0)
    error = (spread * n / (n - 1).where(n > 1)).pow(0.5) / t
    low, high = (share - 1.96 * error).clip(0, 1), (share + 1.96 * error).clip(0, 1)
    return pd.DataFrame({"share": share, "low": low, "high": high})
