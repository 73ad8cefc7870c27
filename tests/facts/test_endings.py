"""What ends a case: activities, a status; open, closed and cancelled mean one thing everywhere."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

import efficiency as eff
from efficiency.facts.endings import Endings, Status, endings
from efficiency.facts.events import observed
from efficiency.facts.times import completion

Make = Callable[..., pd.DataFrame]


@pytest.fixture
def log(make_log: Make) -> pd.DataFrame:
    """1 is closed, 2 cancelled at ten, 3 open, 4 closed and cancelled later."""
    return make_log(
        ("1", "登记", "2024-03-05 09:00"), ("1", "归档", "2024-03-05 11:00"),
        ("2", "登记", "2024-03-05 09:00"), ("2", "作废", "2024-03-05 10:00"),
        ("2", "退回", "2024-03-06 09:00"),
        ("3", "登记", "2024-03-05 09:00"), ("3", "拟办", "2024-03-05 10:00"),
        ("4", "归档", "2024-03-05 10:00"), ("4", "作废", "2024-03-06 10:00"),
        状态=["办结"] * 2 + ["作废"] * 3 + ["在办"] * 2 + ["办结"] * 2,
    )  # fmt: skip


BY_ACTIVITY = Endings(("归档",), ("作废",))
BY_STATUS = Endings(status=Status("状态", ("办结",), ("作废",), ("在办",)))


@pytest.mark.parametrize(
    ("ends", "is_open", "cancelled"),
    [
        (["归档"], "23", ""),
        (BY_ACTIVITY, "3", "24"),
        (BY_STATUS, "3", "2"),
        (Endings(("归档",), status=Status("状态", cancelled=("作废",))), "3", "2"),
    ],
)
def test_who_is_open_and_who_is_cancelled(
    log: pd.DataFrame, ends: Endings | list[str], is_open: str, cancelled: str
) -> None:
    cases = eff.case_times(log, closed_by=ends)
    assert "".join(cases.loc[cases["open"], "case_id"]) == is_open
    assert "".join(cases.loc[cases["cancelled"], "case_id"]) == cancelled


def test_time_runs_up_to_the_cancellation(log: pd.DataFrame) -> None:
    """And then counts as a least only: the curve of completion has one case less that ended."""
    cases = eff.case_times(log, closed_by=BY_ACTIVITY).set_index("case_id")
    assert cases.loc["2", ["elapsed_hours", "work_hours", "age_hours"]].tolist() == [1, 1, 1]
    assert cases.loc["4", "elapsed_hours"] == 24
    assert completion(cases.reset_index())["share"].tolist() == [pytest.approx(1 / 3)]


def test_a_cancelled_case_is_in_no_rule(log: pd.DataFrame) -> None:
    rules = pd.DataFrame({"rule_id": ["A"], "kind": ["absence"], "a": ["登记"]})
    told = eff.adherence(log, rules, closed_by=BY_ACTIVITY)
    assert told[["n", "broken"]].values.tolist() == [[2, 2]]


def test_what_is_cut_off_was_not_cancelled(log: pd.DataFrame) -> None:
    with observed(log, cutoff="2024-03-05 09:30", closed_by=BY_ACTIVITY) as events:
        assert not events.frame(events.cases)["cancelled"].any()


def test_a_step_that_has_no_moment_yet_keeps_its_case_open() -> None:
    """A register melted to rows: 办结 of case 2 stands there, and is empty."""
    frame = pd.DataFrame({"case_id": ["1", "1", "2", "2"], "activity": ["受理", "办结"] * 2,
                          "end": ["2024-03-05", "2024-03-06", "2024-03-05", ""]})  # fmt: skip
    record = eff.read_record(frame)
    assert eff.case_times(record)["open"].tolist() == [False, True]
    assert eff.case_times(record, closed_by=["受理"])["open"].tolist() == [False, False]


def test_how_it_may_be_said() -> None:
    assert endings(["a"]) == Endings(("a",))
    assert endings(BY_STATUS) is BY_STATUS
    assert not endings(())
