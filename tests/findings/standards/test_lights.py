"""Lights by hand: what is past due, what soon will be, and what has no light."""

from __future__ import annotations

import pandas as pd
import pytest

import efficiency as eff
from efficiency.findings.standards.lights import WARNING_DAYS, lights

#: Drafting within five working days, of 7 hours each; the cut-off is a Friday noon.
STANDARDS = pd.DataFrame(
    {"standard_id": ["T"], "from": ["登记"], "to": ["拟办"], "limit": ["5 working days"]}
)


def clocks(**given: list[object]) -> pd.DataFrame:
    n = len(next(iter(given.values())))
    plain = {
        "standard_id": ["T"] * n, "case_id": [str(i) for i in range(n)],
        "verdict": ["pending"] * n, "left_hours": [1.0] * n, "used_share": [0.5] * n,
        "from_time": [pd.Timestamp("2024-12-02")] * n, "due": [pd.Timestamp("2024-12-31")] * n,
    }  # fmt: skip
    return pd.DataFrame(plain | given)


def test_by_the_record_of_an_office() -> None:
    """Due on 7, 13 and 17 June: the dragon boat holiday of Monday the 10th counts for nothing."""
    began = ["2024-05-31 09:00", "2024-06-05 09:00", "2024-06-07 09:00"]
    log = pd.DataFrame({
        "case_id": ["late", "soon", "early"], "activity": "登记", "end": pd.to_datetime(began),
    })  # fmt: skip
    log["received"] = log["end"]
    table = lights(eff.margins(log, STANDARDS, cutoff="2024-06-11 12:00"), 7.0)
    assert table[["case_id", "light"]].to_numpy().tolist() == [
        ["late", "red"], ["soon", "yellow"], ["early", "green"],
    ]  # fmt: skip


def test_three_days_and_no_more_are_soon() -> None:
    table = lights(clocks(left_hours=[WARNING_DAYS * 7.0, WARNING_DAYS * 7.0 + 0.1]), 7.0)
    assert table["light"].tolist() == ["yellow", "green"]


@pytest.mark.parametrize("verdict", ["met", "late", "suspended", "undecidable", "cancelled"])
def test_what_does_not_run_has_no_light(verdict: str) -> None:
    assert lights(clocks(verdict=[verdict]), 7.0).empty


def test_the_most_overdue_come_first() -> None:
    table = lights(
        clocks(verdict=["overdue", "pending", "overdue"], left_hours=[-1.0, 30.0, -9.0]), 7.0
    )
    assert table["case_id"].tolist() == ["2", "0", "1"]
