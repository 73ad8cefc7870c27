"""The rows that show a finding are the worst of its own cases, as they stand in the record."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from efficiency.findings.finding import Finding
from efficiency.reviews.exhibits import MOST_ROWS, MOST_STEPS, exhibit
from efficiency.reviews.inputs import Inputs

FINDING = Finding(
    kind="standard", subject=(("standard_id", "T1"),), level="watch", title="", criterion="",
    condition="", cause="", effect="", action="", value=0.5, low=0.4, high=0.6, n=8, p=None,
    cases=(), table="judgements", hours=3.0,
)  # fmt: skip
AT = pd.Timestamp("2024-03-04 09:00")
#: Six cases of T1, later from one to the next, and one of T2 that is later still.
JUDGEMENTS = pd.DataFrame(
    {
        "standard_id": ["T1"] * 6 + ["T2"],
        "case_id": [*"ABCDEF", "A"],
        "from_time": AT,
        "to_time": AT + pd.to_timedelta([1, 2, 3, 4, 5, 6, 9], "h"),
        "due": AT,
        "verdict": "late",
        "over_hours": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 99.0],
    }
)
STEPS = pd.DataFrame(
    {
        "log": ["a", "a", "a", "a", "b"],
        "row": [1, 2, 3, 4, 1],
        "case_id": ["A", "A", "B", "C", "A"],
        "activity": ["in", "out", "out", "out", "out"],
        "unit": "desk",
        "queue_hours": 0.5,
        "handling_hours": 0.5,
        "work_hours": [9.0, 2.0, 7.0, 7.0, 99.0],
    }
)
NOTHING = cast("Inputs", None)


def shown(finding: Finding, inputs: Inputs = NOTHING) -> pd.DataFrame:
    rows = exhibit(finding, {"judgements": JUDGEMENTS, "steps": STEPS}, inputs)
    assert rows is not None
    return rows


def test_a_standard_is_shown_by_its_latest_cases() -> None:
    """Of those that the finding names, the latest first; no other standard's."""
    rows = shown(replace(FINDING, cases=("B", "A", "F")))
    assert rows.columns.tolist() == ["case_id", "from_time", "due", "to_time", "over_hours"]
    assert rows["case_id"].tolist() == ["F", "B", "A"]
    assert rows["over_hours"].tolist() == [6.0, 2.0, 1.0]


def test_so_many_rows_are_shown() -> None:
    """The first cases that the finding names; they come with the worst in front."""
    rows = shown(replace(FINDING, cases=tuple("FEDCBA")))
    assert rows["case_id"].tolist() == list("FEDCB")
    assert len(rows) == MOST_ROWS


@pytest.mark.parametrize("kind", ["slow_step", "rework"])
def test_a_step_is_shown_by_its_longest_ones(kind: str) -> None:
    """Of this log and activity; equals by case."""
    subject = (("log", "a"), ("activity", "out"))
    rows = shown(replace(FINDING, kind=kind, subject=subject, cases=("A", "C", "B")))
    assert rows.columns.tolist() == [
        "case_id", "row", "unit", "queue_hours", "handling_hours", "work_hours",
    ]  # fmt: skip
    assert rows["case_id"].tolist() == ["B", "C", "A"]
    assert rows["row"].tolist() == [3, 4, 2]


@pytest.mark.parametrize("kind", ["slow_group", "waiting", "change", "backlog", "opinion"])
def test_what_rests_on_all_cases_has_no_rows(kind: str) -> None:
    finding = replace(FINDING, kind=kind, subject=(("log", "a"), ("unit", "desk")))
    assert exhibit(finding, {"judgements": JUDGEMENTS, "steps": STEPS}, NOTHING) is None


# --- a typical case of a broken rule


def ruled(steps: int = 4, **changes: Any) -> tuple[Finding, dict[str, pd.DataFrame], Inputs]:
    """Give a case of which steps 2 and 3 prove that a rule is broken; the last one is not done."""
    ends = [AT + pd.Timedelta(hours=place) for place in range(steps - 1)]
    log = pd.DataFrame(
        {
            "case_id": "A",
            "activity": [f"s{place}" for place in range(steps)],
            "actor": "P1",
            "unit": "desk",
            "received": AT - pd.Timedelta(hours=1),
            "start": pd.NaT,
            "end": [*ends, pd.Timestamp("2025-01-01")],
            "row": range(1, steps + 1),
        }
    )
    other = log.assign(case_id="B", row=log["row"] + steps)
    found = {
        "deviations": pd.DataFrame(
            {"rule_id": ["P1"], "case_id": "A", "rows": "2;3", "detail": "s1 before s2", "log": "a"}
        ),
        "cases": pd.DataFrame({"log": ["a"], "case_id": "A", "steps": steps, "work_hours": 3.0}),
    }
    record = SimpleNamespace(log=pd.concat([other, log], ignore_index=True))
    inputs = SimpleNamespace(records={"a": record}, cutoff=pd.Timestamp("2024-12-31"), **changes)
    finding = replace(FINDING, kind="rule", subject=(("rule_id", "P1"),), cases=("A",))
    return finding, found, cast("Inputs", inputs)


def test_a_broken_rule_is_shown_by_a_typical_case_step_by_step() -> None:
    """In the order in which the steps were done, with what proves the breach marked."""
    rows = exhibit(*ruled())
    assert rows is not None
    assert rows["activity"].tolist() == ["s0", "s1", "s2", "s3"]
    assert rows["proof"].tolist() == ["", "●", "●", ""]
    assert set(rows["case_id"]) == {"A"}
    assert set(rows["detail"]) == {"s1 before s2"}


def test_what_lies_after_the_cut_off_is_not_shown() -> None:
    """The last step is there, for it was received; its end is not, and it stands last."""
    rows = exhibit(*ruled())
    assert rows is not None
    assert rows["end"].isna().tolist() == [False, False, False, True]
    finding, found, inputs = ruled()
    log = inputs.records["a"].log
    log["received"] = log["received"].where(log["activity"] != "s3", pd.Timestamp("2025-01-01"))
    rows = exhibit(finding, found, inputs)
    assert rows is not None
    assert rows["activity"].tolist() == ["s0", "s1", "s2"]


def test_a_long_case_is_cut() -> None:
    rows = exhibit(*ruled(steps=MOST_STEPS + 5))
    assert rows is not None
    assert len(rows) == MOST_STEPS


def test_the_record_and_the_tables_stay_as_they_are() -> None:
    finding, found, inputs = ruled()
    log, tables = inputs.records["a"].log, {name: table.copy() for name, table in found.items()}
    before = log.copy()
    exhibit(finding, found, inputs)
    pd.testing.assert_frame_equal(log, before)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(found[name], table)
