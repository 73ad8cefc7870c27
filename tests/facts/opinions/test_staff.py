"""Staff by trait and load a head: masked and doubtful offices are left out, and counted."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from efficiency.evidence.survey.staffing import read_staffing
from efficiency.facts.opinions.staff import headcounts, staff, staff_load
from surveyed import written

TEXT = "单位,总人数,大专,本科\n甲,10,4,6\n乙,20余,5,15\n丙,3,4,6\n丁,*,2,*\n"


@pytest.fixture
def staffing(tmp_path: Path) -> pd.DataFrame:
    return read_staffing(written(tmp_path, "staffing.csv", TEXT))


def test_by_hand(staffing: pd.DataFrame) -> None:
    """丙 does not add up, 丁 masks one of its kinds: totals 10 + 20, 大专 4 + 5, 本科 6 + 15."""
    rows = staff(staffing).set_index(["attribute", "value"])
    assert rows.loc[("total", ""), ["headcount", "offices", "masked"]].tolist() == [30, 2, 2]
    assert rows.at[("total", ""), "at_least"]
    assert rows.loc[("education", "大专"), ["headcount", "offices", "masked"]].tolist() == [9, 2, 2]
    assert rows.at[("education", "本科"), "share"] == pytest.approx(21 / 30)


def test_heads_of_an_office(staffing: pd.DataFrame) -> None:
    """Of 乙 only a lower bound is told, but its parts are known."""
    assert headcounts(staffing).to_dict() == {"甲": 10.0, "乙": 20.0}


def test_load_is_of_offices_that_both_know(staffing: pd.DataFrame) -> None:
    steps = pd.DataFrame({"unit": ["甲"] * 5 + ["丙"] * 3 + ["戊"]})
    rows = staff_load(staffing, {"a": steps, "b": steps.head(0)})
    assert rows.values.tolist() == [["a", "甲", 10.0, 5, 0.5]]
