"""What kinds of matters came in, and how many of each."""

from __future__ import annotations

import pandas as pd

from efficiency import tables
from efficiency.findings.groups.roles import is_matter

#: An attribute with more values than these tells no kinds.
MOST_VALUES = 20


def matters(first_values: pd.DataFrame) -> pd.DataFrame:
    """
    Count the cases of each kind of matter.

    Parameters
    ----------
    first_values
        One row a case, with what is known of it when it begins.

    Returns
    -------
    DataFrame
        ``tables.MATTERS``: of each attribute that tells what a matter is, the most frequent
        values first.

    Examples
    --------
    >>> cases = pd.DataFrame({"case_id": list("abc"), "文种": ["函", "请示", "请示"]})
    >>> matters(cases).values.tolist()
    [['文种', '请示', 2, 0.6666666666666666], ['文种', '函', 1, 0.3333333333333333]]
    """
    rows = []
    for name in first_values.columns:
        values = first_values[name]
        told = values.fillna("").astype(str)
        told = told[told != ""]
        if not is_matter(str(name)) or not 1 < told.nunique() <= MOST_VALUES:
            continue
        counts = told.value_counts().rename_axis("value").reset_index(name="cases")
        ranked = counts.sort_values(["cases", "value"], ascending=[False, True])
        rows.append(ranked.assign(attribute=str(name), share=ranked["cases"] / len(values)))
    if not rows:
        return tables.MATTERS.empty()
    whole = pd.concat(rows, ignore_index=True)
    return tables.MATTERS.check(whole[tables.MATTERS.names])
