"""Kinds of findings: each is one file, needs only what a study has, shows what it rests on."""

from __future__ import annotations

import inspect
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from efficiency.findings import kinds
from efficiency.findings.kind import Estimate, averaged, summed
from efficiency.findings.kinds import KINDS
from efficiency.reviews.definitions import PARTS, TABLES
from efficiency.reviews.inquiry import ASKED
from efficiency.reviews.study import Question

#: What a study has beside tables and the fields of its question.
MORE = {
    "name", "log", "limits", "day_hours", "recorded", "cutoff", "finding", "subject",
    "caused", "outside", "closers",
}  # fmt: skip
#: What a kind may need: of a log its study, of the survey what people were asked.
NEEDS = {
    "log": {*TABLES, *PARTS, *MORE, *Question.__dataclass_fields__},
    "survey": {*ASKED, "items", "small_cell", "finding"},
}


def test_every_file_of_the_room_is_a_kind_of_its_name() -> None:
    files = {path.stem for path in Path(kinds.__path__[0]).glob("*.py")} - {"__init__"}
    assert files == set(KINDS)
    assert all(kind.name == name for name, kind in KINDS.items())


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_needs_tables_and_settings_that_there_are(name: str) -> None:
    kind = KINDS[name]
    for function in filter(None, (kind.find, kind.measure, kind.exhibit, kind.observe)):
        assert set(inspect.signature(function).parameters) <= NEEDS[kind.of]


def test_what_rests_on_all_cases_has_no_rows() -> None:
    shown = {name for name, kind in KINDS.items() if kind.exhibit}
    assert shown == {"standard", "rule", "slow_step", "rework", "opinion"}


def test_what_no_action_reaches_alone_is_not_observed_case_by_case() -> None:
    """A change lies behind, a backlog is the desk's, an opinion has no case."""
    unobserved = {name for name, kind in KINDS.items() if kind.observe is None}
    assert unobserved == {"change", "backlog", "cover", "growth", "opinion"}


def test_a_mean_has_the_interval_of_students_t() -> None:
    """Gosset's sleep data, the gain by the second drug: 2.33 hours, 0.90 to 3.76 (Student 1908)."""
    gain = pd.Series([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4, np.nan])
    assert averaged(gain) == pytest.approx((2.33, 0.8977, 3.7623), abs=1e-4)


def test_the_mean_of_one_has_no_interval_and_that_of_none_is_none() -> None:
    one, none = averaged(pd.Series([2.0])), averaged(pd.Series([np.nan]))
    assert (one.value, np.isnan(one.low), np.isnan(one.high)) == (2.0, True, True)
    assert np.isnan(none).all()


def test_a_sum_of_one_case_has_no_interval() -> None:
    total = summed(pd.Series([2.0]), 1)
    assert isinstance(total, Estimate)
    assert total.value == 2.0
    assert total.low != total.low
