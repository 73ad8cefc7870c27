"""One false discovery rate over all tests of a review."""

from __future__ import annotations

import numpy as np
import pandas as pd

#: Tests within one review share one false discovery rate.
DISCOVERY_RATE = 0.05


def adjusted(*tables: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    """
    Several tables of tests with their p adjusted together.

    Parameters
    ----------
    tables
        Each has a column ``p``; an empty p is no test.

    Returns
    -------
    tuple of DataFrame
        The tables with ``p_adjusted``: at most 0.05 for discoveries of which no more than 5 %
        are expected to be false, over all tables.

    Raises
    ------
    TableError
        If a table has no column ``p``.

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the
    Royal Statistical Society B 57, 289-300.

    Examples
    --------
    >>> first, second = adjusted(pd.DataFrame({"p": [0.01]}), pd.DataFrame({"p": [0.04, None]}))
    >>> first["p_adjusted"].tolist(), second["p_adjusted"].tolist()
    ([0.02], [0.04, nan])
    """
    from scipy import stats

    from efficiency.tables import TESTS

    every = pd.concat(
        [TESTS.check(table)["p"].astype(float) for table in tables], ignore_index=True
    )
    known = every.notna()
    told = every.copy()
    if known.any():
        told[known] = stats.false_discovery_control(every[known].clip(0, 1).to_numpy())
    ends = np.cumsum([len(table) for table in tables])[:-1]
    parts = np.split(told.to_numpy(), ends)
    return tuple(table.assign(p_adjusted=part) for table, part in zip(tables, parts, strict=True))
