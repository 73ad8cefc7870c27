"""Rates: each table as its contract says."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from efficiency import tables
from efficiency.evidence.points.points_file import no_points
from efficiency.findings.finding import Finding, finding_table
from efficiency.findings.rates import funnel, zeros
from efficiency.findings.standing import standing
from efficiency.reviews.study import Study

Keeps = Callable[[tables.Table, pd.DataFrame], None]


@pytest.mark.parametrize(
    "name",
    ["matters", "units"],
)
def test_what_a_study_gives_keeps_its_contract(office: Study, keeps: Keeps, name: str) -> None:
    frame = office.table(name)
    assert len(frame)
    keeps(getattr(tables, name.upper()), frame)


def test_how_an_office_stands_and_what_was_found(office: Study, keeps: Keeps) -> None:
    cases, held, rules = (office.table(name) for name in ("cases", "compliance", "adherence"))
    keeps(tables.STANDING, standing(cases, held, rules, (), no_points()))
    found = [
        Finding(
            kind="standard", subject=(("log", "a"), ("standard_id", "T1")), level="watch", says={},
            value=0.5, low=None, high=None, n=10, p=None, cases=(), table="judgements", hours=1.0,
        )
    ]  # fmt: skip
    keeps(tables.FINDINGS, finding_table(found))


def test_zeros_and_funnel(keeps: Keeps) -> None:
    keeps(tables.ZEROS, zeros(pd.DataFrame({"item": ["差错"], "k": [0], "n": [300]})))
    keeps(tables.FUNNEL, funnel(pd.DataFrame({"name": ["甲"], "k": [1], "n": [9]})))
