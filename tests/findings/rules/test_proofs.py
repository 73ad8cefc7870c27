"""The steps that prove a breach: which, in what order, at what moment."""

from __future__ import annotations

import pandas as pd

from efficiency import tables
from efficiency.findings.rules.proofs import proofs

CUTOFF = pd.Timestamp("2024-03-31 18:00")
LOG = pd.DataFrame(
    {
        "row": [1, 2, 3, 4],
        "case_id": ["A", "A", "A", "B"],
        "activity": ["sign", "note", "send", "note"],
        "unit": ["desk", None, "hall", "desk"],
        "received": pd.to_datetime([None, "2024-03-05 08:00", "2024-03-01 00:00", None]),
        "start": pd.to_datetime([None, "2024-03-05 08:30", None, None]),
        "end": pd.to_datetime(["2024-03-07 09:00", "2024-03-06 10:00", "2024-04-02 09:00", None]),
        "received_precision": ["second", "second", "day", "second"],
        "start_precision": "second",
        "end_precision": ["minute", "minute", "second", "second"],
    }
)


def broken(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["rule_id", "case_id", "rows"]).assign(detail="x")


def test_the_steps_of_a_breach_stand_by_their_moment() -> None:
    """Done, else taken up, else received; what is done after the cut-off is not seen."""
    found = proofs(broken(("P2", "A", "1;2;3")), LOG, CUTOFF)
    assert tables.PROOFS.check(found) is found
    assert found[["row", "unit", "precision"]].values.tolist() == [
        [3, "hall", "day"], [2, "", "minute"], [1, "desk", "minute"],
    ]  # fmt: skip
    assert [f"{at:%m-%d %H}" for at in found["at"]] == ["03-01 00", "03-06 10", "03-07 09"]


def test_breaches_keep_their_order_and_a_row_may_prove_several() -> None:
    found = proofs(broken(("P9", "A", "2"), ("P1", "A", "2;1")), LOG, CUTOFF)
    assert found[["rule_id", "row"]].values.tolist() == [["P9", 2], ["P1", 2], ["P1", 1]]


def test_what_is_missing_or_has_no_moment_proves_nothing() -> None:
    """A step that never came, a row without a time, a row of another case."""
    found = proofs(broken(("P1", "A", ""), ("P2", "B", "4"), ("P3", "B", "1")), LOG, CUTOFF)
    assert tables.PROOFS.check(found) is found
    assert found.empty
    assert proofs(broken(("P1", "A", "")), LOG, CUTOFF).empty
