"""Which open cases are past due, which soon will be: red, yellow and green lights (红黄绿灯)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from efficiency import tables

#: Working days before the deadline from which on a light is yellow; C.4: 到期前三天提醒.
WARNING_DAYS = 3
_RANKS = {"red": 0, "yellow": 1, "green": 2}


def lights(margins: pd.DataFrame, day_hours: float) -> pd.DataFrame:
    """
    Put a light on each clock that still runs at the cut-off.

    Parameters
    ----------
    margins
        ``tables.MARGINS``.
    day_hours
        Office hours of a usual working day.

    Returns
    -------
    DataFrame
        ``tables.LIGHTS``, the most overdue first. Red: the deadline has passed. Yellow: three
        working days or less are left. Green: more is left. A clock that stands still, or whose
        deadline is not known, has no light.

    Examples
    --------
    >>> clocks = pd.DataFrame({
    ...     "standard_id": "T1", "case_id": ["1", "2", "3", "4"],
    ...     "verdict": ["pending", "overdue", "pending", "met"],
    ...     "left_hours": [40.0, -3.0, 21.0, 2.0],
    ...     "used_share": [0.3, 1.1, 0.7, 0.9],
    ...     "from_time": pd.Timestamp("2024-12-02 09:00"), "due": pd.Timestamp("2024-12-31 18:00"),
    ... })
    >>> lights(clocks, 7.0)[["case_id", "light"]].values.tolist()
    [['2', 'red'], ['3', 'yellow'], ['1', 'green']]
    """
    running = margins[margins["verdict"].isin(["pending", "overdue"])]
    soon = running["left_hours"] <= WARNING_DAYS * day_hours
    light = np.where(running["verdict"] == "overdue", "red", np.where(soon, "yellow", "green"))
    told = running.assign(light=light)
    ranked = told.assign(rank=told["light"].map(_RANKS)).sort_values(
        ["rank", "left_hours", "standard_id", "case_id"], kind="stable"
    )
    return tables.LIGHTS.check(ranked[tables.LIGHTS.names].reset_index(drop=True))
