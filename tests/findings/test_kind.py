"""Kinds of findings: each is one file, needs only what a study has, shows what it rests on."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from efficiency.findings import kinds
from efficiency.findings.kind import Estimate, summed
from efficiency.findings.kinds import KINDS
from efficiency.reviews.definitions import PARTS, TABLES
from efficiency.reviews.study import Question

#: What a study has beside tables and the fields of its question.
MORE = {"name", "limits", "day_hours", "recorded", "cutoff", "finding"}


def test_every_file_of_the_room_is_a_kind_of_its_name() -> None:
    files = {path.stem for path in Path(kinds.__path__[0]).glob("*.py")} - {"__init__"}
    assert files == set(KINDS)
    assert all(kind.name == name for name, kind in KINDS.items())


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_needs_tables_and_settings_that_there_are(name: str) -> None:
    kind = KINDS[name]
    known = {*TABLES, *PARTS, *MORE, *Question.__dataclass_fields__}
    for function in filter(None, (kind.find, kind.measure, kind.exhibit)):
        assert set(inspect.signature(function).parameters) <= known


def test_what_rests_on_all_cases_has_no_rows() -> None:
    shown = {name for name, kind in KINDS.items() if kind.exhibit}
    assert shown == {"standard", "rule", "slow_step", "rework"}


def test_a_sum_of_one_case_has_no_interval() -> None:
    import pandas as pd

    total = summed(pd.Series([2.0]), 1)
    assert isinstance(total, Estimate)
    assert total.value == 2.0
    assert total.low != total.low
