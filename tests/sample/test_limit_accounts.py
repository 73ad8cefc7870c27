"""What the office promised: documents made by hand, verdicts worked out by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import efficiency as eff
from efficiency.sample.desk_hours import DeskHours
from efficiency.sample.limit_accounts import PROMISES, accounts, verdict_of
from efficiency.sample.plan import Plan
from efficiency.sample.simulation import Run, Step, simulate

BY_NAME = {promise.name: promise for promise in PROMISES}


def at(text: str) -> int:
    """The seconds since 1970 of a time."""
    return int((dt.datetime.fromisoformat(text) - dt.datetime(1970, 1, 1)).total_seconds())


def step(activity: str, end: str | None, unit: str = "文书科", received: str | None = None) -> Step:
    """A step of document 0."""
    moment = at(end) if end else None
    arrived = at(received) if received else (moment or 0)
    return Step(0, activity, "张某", unit, arrived, moment, moment)


@pytest.fixture(scope="module")
def idle(days: pd.DataFrame) -> Run:
    """An office without a document."""
    return Run(Plan(), DeskHours.of(days, 0), DeskHours.of(days, 1), [])


@pytest.mark.parametrize(
    ("name", "steps", "verdict"),
    [
        # 17:45 + 15 minutes, and 15 minutes the next morning
        ("T1", [("登记", "2024-03-05 17:45"), ("转办", "2024-03-06 08:45")], "met"),
        ("T1", [("登记", "2024-03-05 17:45"), ("转办", "2024-03-06 08:46")], "late"),
        ("T1", [("登记", "2024-03-05 17:45")], None),
        # the last day of summer hours: 90 minutes, and 30 minutes after the holiday
        ("T2", [("签收", "2024-09-30 17:00"), ("转办", "2024-10-08 09:00")], "met"),
        ("T2", [("签收", "2024-09-30 17:00"), ("转办", "2024-10-08 09:01")], "late"),
        ("T3", [("签收", "2024-03-05 09:00"), ("退文", "2024-03-05 18:00")], "met"),
        ("T3", [("签收", "2024-03-05 18:00"), ("退文", "2024-03-06 08:40")], "late"),
        ("T4", [("签收", "2024-07-05 09:00"), ("拟办", "2024-07-05 18:30")], "met"),  # summer
        ("T5", [("转办", "2024-12-30 09:00")], "pending"),
        ("T5", [("转办", "2024-12-27 09:00")], "overdue"),
        ("T5", [("转办", "2024-04-30 16:00"), ("拟办", "2024-05-06 18:00")], "met"),  # May Day
        ("T8", [("批示", "2024-12-20 09:00")], "pending"),  # due on 31 December, 18:00
        ("T8", [("批示", "2024-12-19 09:00")], "overdue"),
        ("T8", [("批示", "2024-12-19 09:00"), ("补正", "2024-12-23 09:00")], "suspended"),
        # 16 March is a Saturday: due on Monday at the close of business
        ("T9", [("批示", "2024-03-01 09:00"), ("反馈", "2024-03-18 18:00")], "met"),
        ("T9", [("批示", "2024-03-01 09:00"), ("反馈", "2024-03-18 18:01")], "late"),
        ("T9", [("批示", "2024-03-04 09:00"), ("反馈", "2024-03-19 23:00")], "met"),
    ],
)  # fmt: skip
def test_verdicts(name: str, steps: list[tuple[str, str]], verdict: str | None, idle: Run):
    assert verdict_of(BY_NAME[name], [step(*one) for one in steps], idle) == verdict


def test_days_of_two_suspensions_are_not_counted(idle: Run):
    # Monday + 7 working days would be Wednesday 13 March; Wednesday and Thursday (first pause)
    # and Monday (second pause) are left out: Monday 18 March.
    steps = [
        step("批示", "2024-03-04 09:00"),
        step("补正", "2024-03-05 10:00"),
        step("补正完成", "2024-03-07 10:00"),
        step("补正", "2024-03-08 10:00"),
        step("补正完成", "2024-03-11 10:00"),
    ]
    for end, verdict in (("2024-03-18 18:00", "met"), ("2024-03-19 08:31", "late")):
        assert verdict_of(BY_NAME["T8"], [*steps, step("反馈", end)], idle) == verdict


def test_the_unit_that_started_the_clock_lends_its_hours(idle: Run):
    signed = step("签收", "2024-03-05 23:50", "应急办")
    in_time = step("拟办", "2024-03-06 00:00", "应急办")
    too_late = step("拟办", "2024-03-06 00:01", "应急办")
    assert verdict_of(BY_NAME["T4"], [signed, in_time], idle) == "met"
    assert verdict_of(BY_NAME["T4"], [signed, too_late], idle) == "late"


def test_elapsed_limits_run_at_night_and_arrival_counts(idle: Run):
    order = step("批示", "2024-03-05 23:00", "应急办")
    for received, verdict in (("2024-03-05 23:30:00", "met"), ("2024-03-05 23:30:01", "late")):
        handed = step("承办", "2024-03-06 11:00", "市财政局", received)
        assert verdict_of(BY_NAME["T14"], [order, handed], idle) == verdict


def test_the_first_draft_counts(idle: Run):
    steps = [
        step("签收", "2024-03-05 09:00"),
        step("拟办", "2024-03-05 10:00"),
        step("退回", "2024-03-05 11:00"),
        step("拟办", "2024-03-06 10:00"),
    ]
    assert verdict_of(BY_NAME["T4"], steps, idle) == "met"


def test_the_promises_make_a_sound_table_of_standards(root: Path):
    table = eff.read_standards(root / "data" / "sample" / "standards.csv")
    assert table["standard_id"].tolist() == [promise.name for promise in PROMISES]
    assert table["source"].str.startswith("S4 ").all()
    quoted = [
        title in source for title, source in zip(table["title"], table["source"], strict=True)
    ]
    assert all(quoted)
    # What a sentence calls them: each otherwise, and in a few words.
    assert table["short"].is_unique
    assert table["short"].str.len().between(4, 16).all()


def test_accounts_add_up_and_leave_out_what_they_are_told_to(days: pd.DataFrame):
    run = simulate(days, Plan(), 5, 300)
    names = [str(case) for case in range(300)]
    for told in accounts(run, names, {"0", "1"}).values():
        judged = [name for held in told["cases"].values() for name in held]
        assert len(judged) == len(set(judged)) == told["in_scope"] - told["not_started"]
        assert not {"0", "1"} & set(judged)
        assert sum(told[kind] for kind in told["cases"]) == len(judged)
