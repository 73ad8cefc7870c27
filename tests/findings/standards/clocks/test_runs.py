"""When a clock starts and stops: moments, scopes, versions, and what is not started."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import efficiency as eff
from efficiency.findings.standards.judgements import not_started

Make = Callable[..., pd.DataFrame]
Hold = Callable[..., list[dict[str, Any] | None]]
DAY = {"limit": "1 working day"}
HALF = {"limit": "30 min"}


def spans(told: list[dict[str, Any] | None]) -> list[tuple[str, str | None, str] | None]:
    """Start, stop and verdict of each, times without date and seconds."""

    def short(text: str | None) -> str | None:
        return text and text[11:16]

    return [
        row and (short(row["from_time"]), short(row["to_time"]), row["verdict"]) for row in told
    ]


def test_a_clock_runs_from_the_earliest_to_the_first_at_or_after(hold: Hold) -> None:
    """Of several registrations the first; of several hand-overs the first that is not before."""
    date = "2024-03-05"
    told = hold(
        (
            [
                f"登记 {date} 10:00",
                f"登记 {date} 09:00",
                f"转办 {date} 11:00",
                f"转办 {date} 09:30",
            ],
            DAY,
        ),
        ([f"转办 {date} 08:40", f"登记 {date} 09:00", f"转办 {date} 09:10"], HALF),
        ([f"登记 {date} 09:00", f"转办 {date} 09:00"], HALF),
        ([f"转办 {date} 08:40", f"转办 {date} 08:50", f"登记 {date} 09:00"], HALF),
    )
    assert spans(told) == [
        ("09:00", "09:30", "met"),
        ("09:00", "09:10", "met"),
        ("09:00", "09:00", "met"),
        ("09:00", "08:50", "undecidable"),
    ]
    last = told[3]
    assert last
    assert (last["reason"], last["due"], last["used_hours"]) == ("before", None, None)


def test_a_bare_date_on_the_day_of_the_start_counts_as_after(hold: Hold) -> None:
    """It sorts as midnight, before the start; a bare date of the day before lies before."""
    told = hold(
        (["登记 2024-03-05 09:00", "转办 2024-03-05"], DAY),
        (["登记 2024-03-05 09:00", "转办 2024-03-04"], DAY),
        (["登记 2024-03-05 09:00", "转办 2024-03-05", "转办 2024-03-05 09:10"], DAY),
    )
    assert spans(told) == [
        ("09:00", "00:00", "met"), ("09:00", "00:00", "undecidable"), ("09:00", "00:00", "met"),
    ]  # fmt: skip
    assert [row and row["reason"] for row in told] == [None, "before", None]


def test_other_moments_of_a_step_may_be_named(hold: Hold) -> None:
    """Arrival and start; a step that has only another moment does not start the clock."""
    steps = ["登记.received 2024-03-05 08:40", "登记.start 2024-03-05 08:50",
             "登记 2024-03-05 09:00", "转办.received 2024-03-05 09:05",
             "转办 2024-03-05 10:00"]  # fmt: skip
    told = hold(
        (steps, {**HALF, "from": "登记.received", "to": "登记"}),
        (steps, {**HALF, "from": "登记.start", "to": "登记.end"}),
        (steps, {**HALF, "to": "转办.received"}),
        (["登记.received 2024-03-05 08:40"], HALF),
    )
    assert spans(told) == [
        ("08:40", "09:00", "met"), ("08:50", "09:00", "met"), ("09:00", "09:05", "met"), None,
    ]  # fmt: skip


def test_several_activities_may_start_and_stop_a_clock(hold: Hold) -> None:
    """Whichever comes first."""
    either = {**HALF, "from": "签收|登记", "to": "转办|退文"}
    told = hold(
        (["登记 2024-03-05 09:00", "签收 2024-03-05 08:50", "退文 2024-03-05 09:10"], either),
        (["登记 2024-03-05 09:00", "转办 2024-03-05 10:00", "退文 2024-03-05 09:40"], either),
    )
    assert spans(told) == [("08:50", "09:10", "met"), ("09:00", "09:40", "late")]


def test_a_limit_that_looks_back_takes_the_first_such_moment(hold: Hold) -> None:
    """Arrived at 08:50 and again at 09:50, the meeting at 10:00: in time."""
    told = hold(
        (
            ["登记 2024-03-05 10:00", "转办 2024-03-05 09:50", "转办 2024-03-05 08:50"],
            {"limit": "-30 min"},
        ),
        (["登记 2024-03-05 10:00", "转办 2024-03-05 10:50"], {"limit": "-30 min"}),
        (["登记 2024-03-05 10:00"], {"limit": "-30 min"}),
    )
    assert spans(told) == [
        ("10:00", "08:50", "met"), ("10:00", "10:50", "late"), ("10:00", None, "overdue"),
    ]  # fmt: skip


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    """Make a table of standards, from 登记 to 转办."""
    frame = pd.DataFrame(
        [{"from": "登记", "to": "转办", "clock": "working", **row} for row in rows]
    )
    for name in {"valid_from", "valid_to"} & set(frame.columns):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def test_the_version_in_force_when_the_clock_starts_applies(make_log: Make) -> None:
    """30 minutes to the end of June, two hours from July; both days count; before, none."""
    log = make_log(
        ("1", "登记", "2024-06-30 09:00"), ("1", "转办", "2024-07-01 09:30"),
        ("2", "登记", "2024-07-01 09:00"), ("2", "转办", "2024-07-01 10:30"),
        ("3", "登记", "2023-12-29 09:00"), ("3", "转办", "2024-07-01 10:30"),
        ("4", "登记", "2024-06-28 17:59"), ("4", "转办", "2024-07-01 10:00"),
    )  # fmt: skip
    standards = table(
        {
            "standard_id": "T1",
            "limit": "30 min",
            "valid_from": "2024-01-01",
            "valid_to": "2024-06-30",
        },
        {"standard_id": "T1", "limit": "2 h", "valid_from": "2024-07-01", "valid_to": None},
    )
    told = eff.judge(log, standards)
    # A Sunday: 30 minutes from Monday's opening. Friday evening: one minute, 29 on Monday.
    assert told[["case_id", "verdict"]].values.tolist() == [
        ["1", "late"],
        ["4", "late"],
        ["2", "met"],
    ]
    assert told["due"].astype(str).tolist() == [
        "2024-07-01 09:00:00", "2024-07-01 08:59:00", "2024-07-01 11:00:00",
    ]  # fmt: skip
    assert not_started(log, standards).values.tolist() == [["T1", 0]]


def scoped(make_log: Make) -> pd.DataFrame:
    """Make five cases of several kinds, each registered and forwarded within the hour."""
    steps = [(c, a, f"2024-03-05 09:0{i}") for c in "12345" for i, a in enumerate(["登记", "转办"])]
    kinds = {
        "1": ("请示", "特急"),
        "2": ("报告", "平件"),
        "3": ("函", "特急"),
        "4": ("", "特急"),
        "5": ("请示", ""),
    }
    log = make_log(*steps)
    # The first row of a case is empty: the first non-empty value counts.
    second = [(c, a) for c, a, _ in steps]
    log["文种"] = [kinds[c][0] if a == "转办" else "" for c, a in second]
    log["紧急程度"] = [kinds[c][1] if a == "转办" else None for c, a in second]
    log["金额"] = [int(c) for c, _ in second]
    return log


@pytest.mark.parametrize(
    ("scope", "cases"),
    [
        ("", "12345"),
        ("文种=请示", "15"),
        ("文种=请示|报告", "125"),
        ("文种=请示|报告; 紧急程度!=平件", "15"),
        ("紧急程度!=平件", "1345"),
        ("文种!=请示；紧急程度=特急", "34"),
        ("文种=", "4"),
        ("金额=2|3", "23"),
        ("case_id=4", "4"),
    ],
)
def test_scopes_take_the_first_non_empty_value(make_log: Make, scope: str, cases: str) -> None:
    """All conditions must hold; what is empty is none of the values."""
    standards = table({"standard_id": "T1", "limit": "same day", "scope": scope})
    assert "".join(eff.judge(scoped(make_log), standards)["case_id"]) == cases


@pytest.mark.filterwarnings("ignore:.*the log has no activity")
def test_what_was_not_seen_at_the_cutoff_tells_nothing_of_a_case(make_log: Make) -> None:
    """The kind is written in a step after the cut-off: the case is not yet in scope."""
    log = scoped(make_log)
    standards = table({"standard_id": "T1", "limit": "same day", "scope": "文种=请示"})
    assert eff.judge(log, standards, cutoff="2024-03-05 09:00:30").empty


def test_cases_without_a_verdict_are_counted(make_log: Make) -> None:
    """No start; no stop where none is required; out of scope they are not counted."""
    log = make_log(
        ("1", "登记", "2024-03-05 09:00"), ("1", "转办", "2024-03-05 09:10"),
        ("2", "转办", "2024-03-05 09:00"),
        ("3", "登记", "2024-03-05 09:00"),
        ("4", "转办", "2024-03-05 08:00"), ("4", "登记", "2024-03-05 09:00"),
        ("5", "转办", "2024-03-05 09:00"),
        文种=["函", "函", "函", "函", "函", "函", "请示"],
    )  # fmt: skip
    standards = table(
        {"standard_id": "T2", "limit": "same day", "required": "no", "scope": "文种=函"},
        {"standard_id": "T1", "limit": "same day", "required": "yes", "scope": ""},
        {"standard_id": "T3", "limit": "same day", "required": "", "scope": "文种=批复"},
    )
    told = eff.judge(log, standards)
    assert told[["standard_id", "case_id", "verdict"]].values.tolist() == [
        ["T2", "1", "met"], ["T2", "4", "undecidable"],
        ["T1", "1", "met"], ["T1", "3", "pending"], ["T1", "4", "undecidable"],
    ]  # fmt: skip
    assert not_started(log, standards).values.tolist() == [["T2", 2], ["T1", 2], ["T3", 0]]


def test_no_standards_start_nothing(make_log: Make) -> None:
    """Both tables are there, and empty."""
    log = make_log(("1", "登记", "2024-03-05 09:00"))
    none = table({"standard_id": "T1", "limit": "same day"}).iloc[:0]
    assert eff.judge(log, none).empty
    assert not_started(log, none).columns.tolist() == ["standard_id", "not_started"]


def test_an_empty_precision_is_to_the_second(make_log: Make) -> None:
    """The contract of a log allows it; without the column the case is judged."""
    log = make_log(("1", "登记", "2024-03-05 09:00"), ("1", "转办", "2024-03-05 09:10"))
    standards = table({"standard_id": "T1", "limit": "30 min"})
    expected = eff.judge(log, standards)["verdict"].tolist()
    assert expected == ["met"]
    assert (
        eff.judge(log.assign(end_precision=[None, "second"]), standards)["verdict"].tolist()
        == expected
    )
