"""Changes do to an office what they say, and name what they do not know."""

from __future__ import annotations

import pandas as pd
import pytest

from efficiency.criteria.calendar import Calendar
from efficiency.criteria.calendar import Hours as CalendarHours
from efficiency.facts.events import observed
from efficiency.problems import SettingsError
from efficiency.what_if.alterations import (
    Change,
    Deadline,
    Merge,
    OpeningHours,
    Priority,
    Remove,
    Staff,
    changed,
)
from efficiency.what_if.fitted_office import Office, fit_office
from efficiency.what_if.histories import history

HOUR = 3_600_000_000


@pytest.fixture(scope="module")
def office() -> Office:
    """Two documents that take the same way: 登记, 审核 after half an hour, 转办."""
    rows = [
        (case, activity, unit, actor, *(f"2024-03-0{day} {at}" for at in moments))
        for case, day in (("1", 5), ("2", 6))
        for activity, unit, actor, *moments in (
            ("登记", "一处", "甲", "09:00", "09:00", "09:20"),
            ("审核", "二处", "乙", "09:30", "10:00", "10:10"),
            ("转办", "一处", "甲", "10:10", "10:10", "10:15"),
        )
    ]  # fmt: skip
    names = ["case_id", "activity", "unit", "actor", "received", "start", "end"]
    log = pd.DataFrame(rows, columns=names)
    log = log.assign(**{name: pd.to_datetime(log[name]) for name in names[4:]})
    log = log.assign(急=log["case_id"].map({"1": "平件", "2": "特急"}))
    with observed(log, Calendar()) as events:
        return fit_office(events, Calendar())


def ends(office: Office, *changes: Change) -> list[tuple[str, str, str]]:
    """What the first document's history would be."""
    log = history(changed(office, changes), 1).log
    own = log[log["case_id"] == "1"]
    clock = own["end"].dt.strftime("%H:%M")
    return list(zip(own["activity"], own["unit"], clock, strict=True))


def test_nothing_changed(office: Office) -> None:
    assert ends(office) == [
        ("登记", "一处", "09:20"),
        ("审核", "二处", "10:10"),
        ("转办", "一处", "10:15"),
    ]


def test_a_step_left_out_takes_its_way_and_its_waiting_along(office: Office) -> None:
    assert ends(office, Remove("审核")) == [("登记", "一处", "09:20"), ("转办", "一处", "09:25")]


def test_without_its_first_step_a_case_begins_when_it_came(office: Office) -> None:
    """At 9:00, and straight to 审核: 30 minutes of waiting, 10 in hand."""
    assert ends(office, Remove("登记")) == [("审核", "二处", "09:40"), ("转办", "一处", "09:45")]
    assert ends(office, Remove("登记"), Remove("审核")) == [("转办", "一处", "09:05")]
    assert ends(office, Remove("登记"), Remove("审核"), Remove("转办")) == []


def test_steps_done_in_one_go(office: Office) -> None:
    """审核 follows at once, in the hands that registered; both stay on the record."""
    merged = ends(office, Merge("登记", "审核"))
    assert merged == [
        ("登记", "一处", "09:20"),
        ("审核", "一处", "09:30"),
        ("转办", "一处", "09:35"),
    ]
    log = history(changed(office, [Merge("登记", "审核")]), 1).log
    assert log.loc[log["case_id"] == "1", "actor"].tolist() == ["甲"] * 3
    assert log["received"].iloc[1] == log["start"].iloc[1] == log["end"].iloc[0]


def test_three_steps_in_one_go(office: Office) -> None:
    merged = ends(office, Merge("登记", "审核"), Merge("审核", "转办"))
    assert [end for _, _, end in merged] == ["09:20", "09:30", "09:35"]


def test_people(office: Office) -> None:
    desks = changed(office, [Staff("一处", 2), Staff("二处", 1)]).desks.set_index("desk")
    assert desks["places"].to_dict() == {"一处": 3, "二处": 2}
    assert office.desks["places"].tolist() == [1, 1]


def test_hours(office: Office) -> None:
    """Open from 9:25: 登记 is done at 9:45, half an hour later all else."""
    late = CalendarHours(((int(9.25 * HOUR), 17 * HOUR),))
    assert ends(office, OpeningHours(Calendar(hours=late)))[0] == ("登记", "一处", "09:35")


def test_ranks(office: Office) -> None:
    ranked = changed(office, [Priority("急", ("特急", "平件"))]).steps
    assert ranked.groupby("case")["first_rank"].unique().map(list).tolist() == [[1], [0]]
    first = changed(office, [Priority("急", ("平件",))]).steps
    assert first.groupby("case")["first_rank"].unique().map(list).tolist() == [[0], [1]]


def test_deadlines(office: Office) -> None:
    from dataclasses import replace

    due = pd.DataFrame({"T1": [None, 1_709_600_000.0]})
    ranked = changed(replace(office, due=due), [Deadline("T1")]).steps
    ranks = ranked.groupby("case")["second_rank"].first()
    assert ranks[1] == 1_709_600_000 < ranks[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Remove("审合"), "no activity '审合'; nearest: 审核"),
        (Merge("登计", "审核"), "no activity '登计'; nearest: 登记"),
        (Merge("审核", "登记"), "登记 never follows straight on 审核"),
        (Staff("一科", 1), "no desk '一科'; nearest: 一处"),
        (Staff("一处", -1), "desk 一处 has 1 people; at least 1 must stay"),
        (Priority("急办", ("特急",)), "no column '急办'; nearest: 急"),
        (Priority("急", ("加急",)), "no case has the value '加急'; nearest: 特急"),
        (Deadline("T9"), "there is no standard 'T9'"),
    ],
)
def test_what_is_not_known_is_named_with_what_is_nearest(
    office: Office, change: Change, said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        changed(office, [change])


def test_all_that_is_wrong_is_said_at_once(office: Office) -> None:
    with pytest.raises(SettingsError) as caught:
        changed(office, [Remove("甲"), Staff("乙", 1)])
    assert [problem.key for problem in caught.value.problems] == ["activity", "desk"]


def test_nobody_can_be_added_where_starts_are_not_known() -> None:
    log = pd.DataFrame({
        "case_id": ["1"], "activity": ["登记"], "unit": ["一处"], "actor": ["甲"],
        "end": pd.to_datetime(["2024-03-05 09:00"]),
    })  # fmt: skip
    with observed(log, Calendar()) as events:
        office = fit_office(events, Calendar())
    with pytest.raises(SettingsError, match="how many people desk 一处 has cannot be seen"):
        changed(office, [Staff("一处", 1)])
