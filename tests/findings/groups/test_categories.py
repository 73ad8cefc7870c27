"""Categories of a register: counts by hand, the test by another road, and the sample's plan."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import special

from efficiency.findings.groups.categories import categories
from efficiency.sample.registers.shortfalls_found import CATEGORIES


def entries(**counts: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    names = [name for name, many in counts.items() for _ in range(many)]
    ids = [str(at) for at in range(len(names))]
    cases = pd.DataFrame({"case_id": ids, "open": False, "work_hours": 7.0})
    return pd.DataFrame({"case_id": ids, "category": names}), cases


def test_the_test_of_equal_counts_equals_its_definition() -> None:
    """S4's 154 in six: Σ (o − e)² ÷ e, and the upper tail of χ² with five degrees of freedom."""
    counts = {"a": 47, "b": 34, "c": 27, "d": 21, "e": 16, "f": 9}
    table = categories(*entries(**counts), None, 7.0)
    observed = np.array(list(counts.values()))
    expected = observed.sum() / 6
    assert table["expected"].iloc[0] == pytest.approx(25.6667, abs=1e-4)
    statistic = ((observed - expected) ** 2 / expected).sum()
    assert table["p"].iloc[0] == pytest.approx(special.gammaincc(2.5, statistic / 2), rel=1e-9)
    assert table["cumulative"].iloc[-1] == 1.0


def test_few_entries_are_not_tested_and_a_time_before_is_compared() -> None:
    before = entries(a=3, z=2)[0]
    table = categories(*entries(a=2, b=2), before, 7.0)
    assert table["p"].isna().all()
    assert table[["category", "before", "change"]].values.tolist() == [["a", 3, -1], ["b", 0, 2]]


def test_what_was_planted_is_counted(root: Path) -> None:
    place = root / "data" / "sample" / "quality" / "shortfalls.csv"
    frame = pd.read_csv(place, dtype=str)
    first = frame.drop_duplicates("问题")
    kinds = first.rename(columns={"问题编号": "case_id", "问题类别": "category"})
    cases = kinds[["case_id"]].assign(open=first["整改时间"].isna(), work_hours=7.0)
    table = categories(kinds[["case_id", "category"]], cases, None, 7.0)
    assert dict(zip(table["category"], table["cases"], strict=True)) == CATEGORIES
