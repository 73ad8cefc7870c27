"""The map of an office's work: counts by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from efficiency.findings.works import works


def seen(**given: object) -> pd.DataFrame:
    plain = {"cases": 10, "change": 2, "done": 8, "done_share": 0.8, "median_hours": 7.5}
    return pd.DataFrame([plain | given])


LIMITS = pd.DataFrame(
    {"share": [0.95, 0.90, 0.89, np.nan, 0.5], "target": [0.9, 0.9, 0.9, 0.9, np.nan]}
)


def test_a_limit_counts_with_a_target_and_a_share_and_is_met_at_its_target() -> None:
    row = works(seen(), LIMITS, pd.DataFrame({"broken": [0, 3, 1]})).iloc[0]
    assert row[["standards", "standards_met", "rules", "rules_broken"]].tolist() == [3, 2, 3, 2]
    assert row[["cases", "change", "done", "done_share"]].tolist() == [10, 2, 8, 0.8]


def test_what_is_not_known_stays_empty() -> None:
    none = pd.DataFrame({"share": [], "target": []}, dtype=float)
    table = works(seen(change=None, median_hours=np.nan), none, pd.DataFrame({"broken": []}))
    assert table[["change", "median_hours"]].isna().all(axis=None)
    assert table.loc[0, ["standards", "rules"]].tolist() == [0, 0]


def test_a_rule_that_could_not_be_decided_is_not_broken() -> None:
    rules = pd.DataFrame({"broken": pd.array([None, 2], dtype="Int64")})
    assert works(seen(), LIMITS, rules)["rules_broken"].item() == pytest.approx(1)
