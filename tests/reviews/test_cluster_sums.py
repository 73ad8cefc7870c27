"""What is summed up over parts is what the whole comes to."""

from __future__ import annotations

import pandas as pd
import pytest

import efficiency as eff
from efficiency._doors import engine, sessions
from efficiency.reviews.cluster_sums import SUMMED

LOG = pd.DataFrame(
    {
        "case_id": list("112233"), "activity": ["登记", "办结"] * 3,
        "end": pd.to_datetime(
            ["2024-03-05 09:00", "2024-03-05 10:00", "2024-03-05 09:00", "2024-03-05 12:00",
             "2024-03-05 08:30", "2024-03-05 09:00"]
        ),
        "row": range(1, 7),
    }
)  # fmt: skip


def parted(work: object) -> pd.DataFrame:
    """The pieces of each case of its own, summed up."""
    summed = SUMMED[work]  # type: ignore[index]
    with sessions.session() as con:
        parts = [
            engine.frame(summed.pieces_of(con.create_table(f"part_{case}", part)), con)
            for case, part in LOG.groupby("case_id")
        ]
        return engine.frame(summed.rows(con.create_table("pieces", pd.concat(parts))), con)


def test_a_median_is_that_of_all_parts() -> None:
    """Of one, three and half an hour: no sum of the parts' own medians would give it."""
    row = parted(eff.edges).iloc[0]
    assert row[["source", "target", "cases", "count"]].tolist() == ["登记", "办结", 3, 3]
    assert row["median_work_hours"] == pytest.approx(1.0)
    assert row["p90_work_hours"] == pytest.approx(1.0 + 0.8 * 2.0)


def test_a_way_is_counted_over_all_parts() -> None:
    assert parted(eff.variants)[["activities", "cases"]].values.tolist() == [["登记 → 办结", 3]]
