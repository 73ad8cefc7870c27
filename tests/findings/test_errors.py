"""The register of errors: rates as published bounds have them, gaps counted by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy import stats

import efficiency as eff
from efficiency.findings.errors import error_gaps, errors


def kinds(*rows: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["category", "at"])
    return frame.assign(at=pd.to_datetime(frame["at"], format="ISO8601"))


def test_rates_are_exact_and_none_is_made_of_nothing() -> None:
    table = errors(
        kinds(*[("办文", "2024-03-05")] * 3, ("别的", "2024-03-05")),
        {"办文": ["a", "b"], "办会": ["c"], "办事": ["nowhere"]},
        {"a": 60, "b": 40, "c": 300},
    ).set_index("item")
    assert table["n"].tolist() == [100, 300, 0]
    assert table["k"].tolist() == [3, 0, 0]
    # Clopper and Pearson by the beta distribution; of none in 300 the rule of three: about 1 %.
    low, high = stats.beta.ppf(0.025, 3, 98), stats.beta.ppf(0.975, 4, 97)
    assert table.loc["办文", ["low", "high"]].tolist() == pytest.approx([low, high], rel=1e-9)
    assert 0.0098 < table.loc["办会", "high"] < 0.01
    assert table.loc["办事", ["share", "low", "high"]].isna().all()


def test_more_errors_than_cases_have_no_share() -> None:
    table = errors(kinds(("办文", "2024-03-05"), ("办文", "2024-03-06")), {"办文": ["a"]}, {"a": 1})
    assert table["share"].isna().all()


def test_gaps_are_working_days_and_one_day_is_one_event() -> None:
    """4 to 8 March is a working week; Monday 11 follows it; Saturday counts with its Friday."""
    table = error_gaps(
        kinds(
            ("办文", "2024-03-04 09:00"), ("办文", "2024-03-04 15:00"), ("办文", "2024-03-06"),
            ("办文", "2024-03-11"), ("办会", "2024-03-04"),
        ),
        eff.Calendar(),
    )  # fmt: skip
    assert table[["item", "at", "gap"]].values.tolist() == [
        ["办文", "2024-03-06", 2], ["办文", "2024-03-11", 3],
    ]  # fmt: skip
