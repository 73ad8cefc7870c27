"""Rates: each table as its contract says."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from efficiency import tables
from efficiency.findings.rates import funnel, zeros
from efficiency.reviews.study import Study

Keeps = Callable[[tables.Table, pd.DataFrame], None]


@pytest.mark.parametrize(
    "name",
    ["units"],
)
def test_what_a_study_gives_keeps_its_contract(office: Study, keeps: Keeps, name: str) -> None:
    frame = office.table(name)
    assert len(frame)
    keeps(getattr(tables, name.upper()), frame)


def test_zeros_and_funnel(keeps: Keeps) -> None:
    keeps(tables.ZEROS, zeros(pd.DataFrame({"item": ["差错"], "k": [0], "n": [300]})))
    keeps(tables.FUNNEL, funnel(pd.DataFrame({"name": ["甲"], "k": [1], "n": [9]})))
