"""What is asked of a log: the same of a DataFrame and of a table on an engine."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from efficiency.evidence.log_record import Record
from efficiency.evidence.stored.converted import convert, open_log

#: Nobody noted when a step began; the last step came, and was not done yet.
LOG = pd.DataFrame(
    {
        "case_id": ["2", "2", "1"],
        "activity": ["转办", "登记", "转办"],
        "received": [None, None, "2024-03-07 10:00"],
        "end": ["2024-03-05 09:00", "2024-03-06 09:00", None],
        "页数": [3, None, 3],
    }
).astype({"页数": "Int64"})


@pytest.fixture(params=["frame", "table"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> Record:
    """The log, in memory or in a file."""
    LOG.to_csv(tmp_path / "log.csv", index=False)
    read = convert(tmp_path / "log.csv", tmp_path / "log.parquet")
    return read if request.param == "frame" else open_log(tmp_path / "log.parquet")


def test_different_values_come_in_the_order_of_rows(record: Record) -> None:
    """What is missing is none of them."""
    assert record.different("activity").tolist() == ["转办", "登记"]
    assert record.different("页数").tolist() == ["3"]
    assert record.different("actor").tolist() == []


def test_whether_a_column_holds_anything(record: Record) -> None:
    """And how many steps there are."""
    assert [record.holds(name) for name in ("received", "start", "页数")] == [True, False, True]
    assert record.steps == len(LOG)


def test_the_span_is_that_of_all_moments(record: Record) -> None:
    """A moment that no step has hides none of the others."""
    assert record.span == (pd.Timestamp("2024-03-05 09:00"), pd.Timestamp("2024-03-07 10:00"))
