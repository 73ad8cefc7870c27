"""Who works there: how many by education, post and age, and how much each has to do."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from efficiency import tables


def staff(staffing: pd.DataFrame) -> pd.DataFrame:
    """
    The staff by each trait, over the offices whose figures are known and add up.

    Parameters
    ----------
    staffing
        ``tables.STAFFING``.

    Returns
    -------
    DataFrame
        ``tables.STAFF``, one row a trait and value, over the offices that tell all values of the
        trait; ``masked`` counts the others.
    """
    rows = []
    for name, trait in staffing.groupby("attribute", sort=False):
        known = trait["headcount"].notna() & ~trait["doubted"]
        # An office of which one kind is masked would make the others look larger.
        whole = known.groupby(trait["office"]).all()
        offices = set(whole.index[whole])
        for value, part in trait.groupby("value", sort=False):
            mine = part[part["office"].isin(offices)]
            n = float(mine["headcount"].sum()) if len(mine) else np.nan
            rows.append((name, value, n, np.nan, len(offices), len(whole) - len(offices),
                         bool(mine["at_least"].any())))  # fmt: skip
    if not rows:
        return tables.STAFF.empty()
    frame = pd.DataFrame(rows, columns=tables.STAFF.names)
    sums = frame.groupby("attribute")["headcount"].transform("sum")
    share = (frame["headcount"] / sums.where(sums > 0)).where(frame["attribute"] != "total")
    return tables.STAFF.check(frame.assign(share=share))


def headcounts(staffing: pd.DataFrame) -> pd.Series:
    """
    The number of people of each office: its total, else the sum of a trait that is known whole.

    Examples
    --------
    >>> rows = [("甲", "education", "本科", 3.0), ("甲", "education", "大专", 2.0)]
    >>> frame = pd.DataFrame(rows, columns=["office", "attribute", "value", "headcount"])
    >>> headcounts(frame.assign(at_least=False, doubted=False)).to_dict()
    {'甲': 5.0}
    """
    sound = staffing[~staffing["doubted"] & ~staffing["at_least"]]
    wide = sound.pivot_table(
        index="office", columns="attribute", values="headcount", sort=False,
        aggfunc=lambda part: part.sum(skipna=False), dropna=False,
    )  # fmt: skip
    first = [name for name in ("total", "education", "post_type", "age_band") if name in wide]
    whole: pd.Series = wide[first].bfill(axis=1).iloc[:, 0].dropna() if first else pd.Series()
    return whole[whole > 0].astype(float)


def staff_load(staffing: pd.DataFrame, done: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """
    How many steps each office did in each log, beside its staff.

    Parameters
    ----------
    staffing
        ``tables.STAFFING``.
    done
        ``tables.STEPS`` of each log, by its name.

    Returns
    -------
    DataFrame
        ``tables.STAFF_LOAD``, one row a log and office that both know.
    """
    people = headcounts(staffing)
    parts = []
    for log, steps in done.items():
        counts = steps["unit"].value_counts(sort=False)
        both = [name for name in people.index if name in counts.index]
        n = counts.reindex(both).astype("int64")
        parts.append(
            pd.DataFrame(
                {"log": log, "office": both, "headcount": people.reindex(both).to_numpy(),
                 "steps": n.to_numpy(), "per_head": (n / people.reindex(both)).to_numpy()}
            )
        )  # fmt: skip
    held = [part for part in parts if len(part)]
    if not held:
        return tables.STAFF_LOAD.empty()
    return tables.STAFF_LOAD.check(pd.concat(held, ignore_index=True))
