"""What interviews brought up: themes and codes, by post and office, and when nothing new came."""

from __future__ import annotations

import numpy as np
import pandas as pd

from efficiency import tables

_TRAITS = ("office", "post_type")


def interview_themes(interviews: pd.DataFrame) -> pd.DataFrame:
    """
    In how many interviews each code came up, most frequent first.

    Parameters
    ----------
    interviews
        ``tables.INTERVIEWS``.

    Returns
    -------
    DataFrame
        ``tables.INTERVIEW_THEMES``: counted are interviews, not persons and not passages.

    Examples
    --------
    >>> rows = [(one, "甲", "", "协调", "会签慢", "等了一周") for one in ("1", "2")]
    >>> said = pd.DataFrame(rows, columns=tables.INTERVIEWS.names)
    >>> interview_themes(said)[["k", "n"]].values.tolist()
    [[2, 2]]
    """
    n, coded = interviews["interview"].nunique(), interviews[interviews["theme"] != ""]
    if coded.empty:
        return tables.INTERVIEW_THEMES.empty()
    whole = coded.groupby(["theme", "code"], sort=False).agg(
        k=("interview", "nunique"),
        offices=("office", lambda part: part[part != ""].nunique()),
        example=("quote", lambda part: next((text for text in part if text), "")),
    )
    whole = whole.reset_index().assign(n=n)
    whole = whole.assign(share=whole["k"] / n)
    whole = whole.sort_values("k", ascending=False, kind="stable").reset_index(drop=True)
    return tables.INTERVIEW_THEMES.check(whole[tables.INTERVIEW_THEMES.names])


def interview_groups(interviews: pd.DataFrame) -> pd.DataFrame:
    """
    In how many interviews of each post and office a theme came up.

    Returns
    -------
    DataFrame
        ``tables.INTERVIEW_GROUPS``.
    """
    parts = []
    for name in _TRAITS:
        known = interviews[interviews[name] != ""]
        n = known.groupby(name)["interview"].nunique()
        coded = known[known["theme"] != ""]
        if len(coded):
            whole = coded.groupby([name, "theme"], sort=True)["interview"].nunique()
            frame = whole.rename("k").reset_index().rename(columns={name: "value"})
            parts.append(frame.assign(attribute=name, n=frame["value"].map(n)))
    if not parts:
        return tables.INTERVIEW_GROUPS.empty()
    told = pd.concat(parts, ignore_index=True)[tables.INTERVIEW_GROUPS.names]
    return tables.INTERVIEW_GROUPS.check(told)


def saturation(interviews: pd.DataFrame) -> pd.DataFrame:
    """
    How many codes were new in each interview, in the order in which they were held.

    Returns
    -------
    DataFrame
        ``tables.SATURATION``: where the last interviews bring up nothing new, more would not
        either.
    """
    order = interviews["interview"].drop_duplicates().tolist()
    if not order:
        return tables.SATURATION.empty()
    coded = interviews[interviews["theme"] != ""]
    first = coded.drop_duplicates(["theme", "code"])["interview"].value_counts()
    fresh = np.array([int(first.get(name, 0)) for name in order])
    frame = pd.DataFrame(
        {"place": np.arange(1, len(order) + 1), "fresh": fresh, "codes": fresh.cumsum()}
    )
    return tables.SATURATION.check(frame)
