"""What happened, of a small office: each table as its contract says."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from efficiency import tables
from efficiency.reviews.study import Study

Keeps = Callable[[tables.Table, pd.DataFrame], None]


@pytest.mark.parametrize(
    "name",
    [
        "overview",
        "cases",
        "steps",
        "variants",
        "edges",
        "ends",
        "volume",
        "completion",
        "step_summary",
        "rework",
        "handovers",
        "involvement",
        "approvals",
    ],
)
def test_what_a_study_gives_keeps_its_contract(office: Study, keeps: Keeps, name: str) -> None:
    frame = office.table(name)
    assert len(frame)
    keeps(getattr(tables, name.upper()), frame)


def test_nobody_did_work_over_again(office: Study, keeps: Keeps) -> None:
    keeps(tables.REFERRALS, office.table("referrals"))
