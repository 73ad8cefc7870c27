"""Points and what is told of them: each table as its contract says."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from efficiency import tables
from efficiency.evidence.points.points_file import typed_points
from efficiency.findings.improvement.loop import loop, loop_measures
from efficiency.findings.improvement.points import pareto

Keeps = Callable[[tables.Table, pd.DataFrame], None]
DAY = pd.Timestamp("2024-06-01")


def test_a_points_file_and_what_is_told_of_it(keeps: Keeps) -> None:
    row = {"id": "a", "status": "new", "first_found": DAY, "due": DAY, "hours": 3.0}
    for points in (typed_points(pd.DataFrame([row])), typed_points(pd.DataFrame([row]).head(0))):
        keeps(tables.POINTS, points)
        keeps(tables.PARETO, pareto(points))
        keeps(tables.LOOP, loop(points, DAY))
        keeps(tables.LOOP_MEASURES, loop_measures(points, DAY))
