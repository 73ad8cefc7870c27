"""A small office held against limits: each table as its contract says."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from efficiency import tables
from efficiency.findings.standards.calibration import brier
from efficiency.reviews.study import Study

Keeps = Callable[[tables.Table, pd.DataFrame], None]


@pytest.mark.parametrize(
    "name",
    [
        "judgements",
        "not_started",
        "compliance",
        "margins",
        "bunching",
        "due",
        "circumstances",
        "factors",
        "trees",
        "risk",
        "held_back",
        "calibration",
    ],
)
def test_what_a_study_gives_keeps_its_contract(office: Study, keeps: Keeps, name: str) -> None:
    frame = office.table(name)
    assert len(frame)
    keeps(getattr(tables, name.upper()), frame)


def test_scores(office: Study, keeps: Keeps) -> None:
    keeps(tables.BRIER, brier(office.table("held_back")))
