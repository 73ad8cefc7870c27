"""A small office held against its like and before: each table as its contract says."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from efficiency import tables
from efficiency.facts.closings import closing_times
from efficiency.findings.time.control import gaps_between
from efficiency.findings.time.shifts import level_shifts
from efficiency.reviews.study import Study

Keeps = Callable[[tables.Table, pd.DataFrame], None]


@pytest.mark.parametrize(
    "name",
    ["comparisons", "changes", "balance", "control"],
)
def test_what_a_study_gives_keeps_its_contract(office: Study, keeps: Keeps, name: str) -> None:
    frame = office.table(name)
    assert len(frame)
    keeps(getattr(tables, name.upper()), frame)


def test_series(office: Study, keeps: Keeps) -> None:
    series = closing_times(office.table("cases"), every="week")
    keeps(tables.CLOSING_TIMES, series)
    keeps(tables.SERIES, series)
    keeps(tables.SEGMENTS, level_shifts(series))


def test_gaps_between_flagged_cases(keeps: Keeps) -> None:
    cases = pd.DataFrame({"case_id": list("ab"), "at": list("12"), "k": [0, 1]})
    keeps(tables.FLAGGED, cases)
    keeps(tables.GAPS, gaps_between(cases))
