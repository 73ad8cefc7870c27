"""What people bring, and doubts about it: each table as its contract says."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from efficiency import tables
from efficiency.reviews.study import Study

Keeps = Callable[[tables.Table, pd.DataFrame], None]


@pytest.mark.parametrize(
    "name",
    ["quality"],
)
def test_what_a_study_gives_keeps_its_contract(office: Study, keeps: Keeps, name: str) -> None:
    frame = office.table(name)
    assert len(frame)
    keeps(getattr(tables, name.upper()), frame)


def test_a_clean_log_has_an_empty_ledger(office: Study, keeps: Keeps) -> None:
    for name in ("rejected", "changed"):
        keeps(getattr(tables, name.upper()), office.table(name))
