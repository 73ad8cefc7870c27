"""What kinds of matters came in: counted case by case."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from efficiency import tables
from efficiency.findings.groups.matters import MOST_VALUES, matters

SEEDS = settings(deadline=None, derandomize=True, max_examples=60)
VALUES = st.lists(
    st.sampled_from(["函", "请示", "报告", "", None]), min_size=1, max_size=30
)  # fmt: skip


@SEEDS
@given(VALUES)
def test_every_kind_is_counted(values: list[str | None]) -> None:
    """Shares are of all cases, of which some say nothing; the most frequent first, ties by name."""
    got = matters(pd.DataFrame({"case_id": [str(n) for n in range(len(values))], "文种": values}))
    told = Counter(value for value in values if value)
    want = sorted(told.items(), key=lambda pair: (-pair[1], pair[0])) if len(told) > 1 else []
    if len(told) > 1:
        assert got[["value", "cases"]].values.tolist() == [list(pair) for pair in want]
        assert got["share"].tolist() == pytest.approx([n / len(values) for _, n in want])
        assert set(got["attribute"]) == {"文种"}
        assert got["share"].sum() <= 1 + 1e-9
    assert got.columns.tolist() == tables.MATTERS.names


def test_only_what_tells_what_a_matter_is() -> None:
    """Neither whence it came, nor what came of it, nor who it is, nor when."""
    kinds = ["a", "b", "a"]
    cases = pd.DataFrame(
        {
            "case_id": list("123"), "first": pd.to_datetime(["2024-03-05"] * 3), "来文单位": kinds,
            "办理结果": kinds, "紧急程度": ["特急", "平件", "平件"], "文种": ["函", "函", "请示"],
        }
    )  # fmt: skip
    before = cases.copy()
    got = matters(cases)
    assert_frame_equal(cases, before)
    assert got[["attribute", "value", "cases"]].values.tolist() == [
        ["紧急程度", "平件", 2], ["紧急程度", "特急", 1], ["文种", "函", 2], ["文种", "请示", 1],
    ]  # fmt: skip


@pytest.mark.parametrize(("many", "told"), [(1, 0), (2, 2), (MOST_VALUES, 20), (21, 0)])
def test_one_kind_or_very_many_tell_nothing(many: int, told: int) -> None:
    cases = pd.DataFrame({"文种": [f"文{n % many}" for n in range(2 * many)]})
    assert len(matters(cases)) == told


def test_without_kinds_the_table_is_empty() -> None:
    for cases in (pd.DataFrame({"case_id": ["1"]}), pd.DataFrame({"文种": pd.Series(dtype=str)})):
        got = matters(cases)
        assert got.empty
        assert got.columns.tolist() == tables.MATTERS.names
