"""An office is fitted as it was: who sent what off, on which clock, and what no queue explains."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from efficiency.criteria.calendar import Calendar, Hours
from efficiency.facts.events import observed
from efficiency.what_if.fitted_office import Office, fit_office

HOUR = 3_600_000_000
#: 8:30 to 12:00 and 14:30 to 18:00; the duty desk is always open.
CALENDAR = Calendar(units=(("值班室", Hours(((0, 24 * HOUR),), every_day=True)),))


def log_of(*rows: tuple[str, ...]) -> pd.DataFrame:
    """A log of ``(case, activity, unit, actor, received, start, end)``, times as 05 09:00."""
    names = ["case_id", "activity", "unit", "actor", "received", "start", "end"]
    log = pd.DataFrame(rows, columns=names)
    for name in ("received", "start", "end"):
        log[name] = pd.to_datetime(("2024-03-" + log[name]).where(log[name] != ""))
    return log.assign(**{name: log[name].replace("", None) for name in ("unit", "actor")})


def fitted(log: pd.DataFrame, cutoff: str | None = None, **how: object) -> Office:
    with observed(log, CALENDAR, cutoff=cutoff, **how) as events:
        return fit_office(events, CALENDAR)


def pool(office: Office, which: str, activity: str) -> list[int]:
    kind = office.steps.loc[office.steps["activity"] == activity, "kind"].iloc[0]
    held = getattr(office, which)[kind]
    return list(held.times[0]) if held else []


def test_steps_are_sent_off_by_the_latest_that_had_ended() -> None:
    """批示 sends two off side by side; 归档 follows the later of them, 07 at 10:00."""
    office = fitted(log_of(
        ("1", "批示", "领导", "甲", "05 09:00", "05 09:30", "05 10:00"),
        ("1", "承办", "二处", "乙", "05 10:00", "05 10:00", "06 10:00"),
        ("1", "传阅", "三处", "丙", "05 11:00", "05 11:00", "07 10:00"),
        ("1", "归档", "四处", "丁", "07 10:00", "07 11:00", "07 11:30"),
        ("2", "批示", "领导", "甲", "", "05 11:00", "05 11:30"),
    ))  # fmt: skip
    steps = office.steps
    assert steps["activity"].tolist() == ["批示", "承办", "传阅", "归档", "批示"]
    assert steps["source"].tolist() == [-1, 0, 0, 2, -1]
    assert steps["transit"].tolist() == [0, 0, 3600, 0, 0]
    came = pd.to_datetime(steps["arrives"], unit="s")
    assert came[[0, 4]].tolist() == [
        pd.Timestamp("2024-03-05 09:00"),
        pd.Timestamp("2024-03-05 11:00"),
    ]
    assert steps["received_known"].tolist() == [True] * 4 + [False]


def test_ways_go_by_the_clock_of_the_desk_or_by_the_wall() -> None:
    """At 22:09 the desk is closed: the way took nine minutes by the wall. 17:50 to 8:50: half an
    hour of working time. A way within the day goes as the others of its kind do."""
    office = fitted(log_of(
        ("1", "批示", "值班室", "甲", "05 21:00", "05 21:30", "05 22:00"),
        ("1", "承办", "二处", "乙", "05 22:09", "06 09:00", "06 10:00"),
        ("2", "批示", "值班室", "甲", "06 10:00", "06 10:00", "06 10:30"),
        ("2", "承办", "二处", "乙", "06 10:45", "06 11:00", "06 11:30"),
        ("3", "拟办", "三处", "丙", "05 17:00", "05 17:00", "05 17:50"),
        ("3", "审核", "四处", "丁", "06 08:50", "06 09:00", "06 10:00"),
    ))  # fmt: skip
    ways = office.steps.loc[office.steps["source"] >= 0, ["transit", "by_wall"]]
    assert ways.to_numpy().tolist() == [[540, True], [900, True], [1800, False]]


def test_other_waiting_is_learnt_where_somebody_was_free() -> None:
    """One person. 1 waits 30 minutes for no reason; 2 and 3 wait in the queue; 4 does not wait."""
    office = fitted(log_of(
        ("1", "登记", "一处", "甲", "05 08:30", "05 09:00", "05 10:00"),
        ("2", "登记", "一处", "甲", "05 09:00", "05 10:00", "05 11:00"),
        ("3", "登记", "一处", "甲", "05 09:10", "05 11:00", "05 11:10"),
        ("4", "登记", "一处", "甲", "05 15:00", "05 15:00", "05 15:20"),
    ))  # fmt: skip
    assert pool(office, "other", "登记") == [0, 1800]
    assert pool(office, "handling", "登记") == [600, 1200, 3600, 3600]
    assert office.desks["places"].tolist() == [1]


def test_waiting_overnight_is_working_time() -> None:
    office = fitted(log_of(("1", "登记", "一处", "甲", "05 17:00", "06 08:45", "06 09:00")))
    assert pool(office, "other", "登记") == [3600 + 900]


def test_without_starts_the_whole_stretch_is_other_waiting() -> None:
    office = fitted(log_of(
        ("1", "登记", "一处", "甲", "05 09:00", "", "05 09:30"),
        ("1", "转办", "一处", "甲", "", "", "05 10:30"),
    ))  # fmt: skip
    assert (pool(office, "other", "登记"), pool(office, "other", "转办")) == ([1800], [3600])
    assert office.handling == (None, None)
    assert office.desks["places"].tolist() == [-1]


def test_a_few_missing_starts_draw_from_the_rest() -> None:
    office = fitted(log_of(
        ("1", "登记", "一处", "甲", "05 09:00", "05 09:00", "05 09:30"),
        ("2", "登记", "一处", "甲", "05 10:00", "", "05 11:30"),
        ("3", "登记", "一处", "甲", "05 16:00", "05 16:00", "05 15:00"),
        ("4", "登记", "一处", "甲", "05 17:00", "05 17:10", "05 17:20"),
    ))  # fmt: skip
    assert pool(office, "handling", "登记") == [600, 1800]


def test_moments_known_to_the_day_count_as_not_known() -> None:
    log = log_of(
        ("1", "登记", "一处", "甲", "05 09:00", "05 09:00", "05 09:30"),
        ("2", "登记", "一处", "甲", "05 09:00", "05 09:40", "06 00:00"),
    )
    office = fitted(log.assign(end_precision=["second", "day"]))
    assert pool(office, "handling", "登记") == [1800]
    assert pool(office, "other", "登记") == [0, 2400]


def test_open_steps_keep_what_they_took_already() -> None:
    """1 is in hand for an hour, 2 waits though there is a second person: 30 minutes."""
    office = fitted(log_of(
        ("0", "登记", "一处", "甲", "05 08:30", "05 08:30", "05 10:00"),
        ("00", "登记", "一处", "乙", "05 08:30", "05 08:30", "05 10:50"),
        ("1", "登记", "一处", "甲", "05 10:00", "05 10:00", ""),
        ("2", "登记", "一处", "乙", "05 10:30", "", ""),
    ), "2024-03-05 11:00")  # fmt: skip
    steps = office.steps[office.steps["case"] > 1]
    assert steps[["handling_beyond", "other_beyond"]].to_numpy().tolist() == [
        [3600, -1],
        [-1, 1800],
    ]


def test_what_waits_for_a_busy_desk_has_no_other_reason() -> None:
    office = fitted(log_of(
        ("1", "登记", "一处", "甲", "05 08:30", "05 08:30", "05 09:00"),
        ("2", "登记", "一处", "甲", "05 10:00", "05 10:00", ""),
        ("3", "登记", "一处", "甲", "05 10:30", "", ""),
    ), "2024-03-05 11:00")  # fmt: skip
    assert office.steps["other_beyond"].tolist() == [-1, -1, -1]


def test_open_cases_go_on_as_a_closed_one_did() -> None:
    """2 stands where 1 once stood: it is to go on with 转办, and side by side 抄送, then 归档."""
    office = fitted(log_of(
        ("1", "登记", "一处", "甲", "05 09:00", "05 09:00", "05 09:30"),
        ("1", "抄送", "二处", "乙", "05 09:30", "05 09:30", "05 09:50"),
        ("1", "转办", "二处", "乙", "05 09:30", "05 09:50", "05 10:00"),
        ("1", "归档", "三处", "丙", "05 10:00", "05 10:00", "05 10:10"),
        ("2", "登记", "一处", "甲", "05 11:00", "05 11:00", ""),
    ), "2024-03-05 11:10", closed_by=["归档"])  # fmt: skip
    new = office.steps.iloc[5:]
    assert new["activity"].tolist() == ["抄送", "转办", "归档"]
    assert new["case"].eq(1).all()
    assert new["source"].tolist() == [4, 4, 6]
    assert len(office.occasions) == len(office.steps) == 8
    assert office.steps["lot"].tolist() == list(range(8))


def test_attributes_tell_cases_apart() -> None:
    """急件 take ten minutes, the others an hour: drawn by what a case is."""
    rows = [
        (str(i), "登记", "一处", "甲", f"{5 + i // 20:02} 09:00", f"{5 + i // 20:02} 09:00",
         f"{5 + i // 20:02} {'09:10' if i % 2 else '10:00'}")
        for i in range(120)
    ]  # fmt: skip
    log = log_of(*rows).assign(急=["是" if i % 2 else "否" for i in range(120)])
    before = log.copy()
    office = fitted(log)
    assert_frame_equal(log, before)
    held = office.handling[0]
    assert held is not None
    drawn = [held.draw([32_400, 1, 10, 3, *office.occasions[at]], 0.5) for at in range(2)]
    told = [{"是": 600, "否": 3600}[office.cases["急"].iloc[at]] for at in range(2)]
    assert drawn == told


def test_working_days_left_in_the_month() -> None:
    """2024-03-29, a Friday, was the last working day; the 28th had two left, Saturday none."""
    office = fitted(log_of(("1", "登记", "一处", "甲", "05 09:00", "05 09:00", "05 09:30")))
    first = dt.date(2024, 3, 5)
    left = {
        day: office.working_left[(dt.date(2024, 3, day) - first).days] for day in (5, 28, 29, 30)
    }
    assert left == {5: 19, 28: 2, 29: 1, 30: 0}


def test_each_unit_keeps_its_hours() -> None:
    office = fitted(log_of(("1", "登记", "值班室", "甲", "05 09:00", "05 09:00", "05 09:30")))
    night = int(pd.Timestamp("2024-03-05 22:00").timestamp())
    assert office.clock_of("值班室").begin(office.clock_of("值班室").work(night)) == night
    closed = office.clock_of("别处")
    assert closed.begin(closed.work(night)) == int(pd.Timestamp("2024-03-06 08:30").timestamp())


@pytest.mark.parametrize("seed", range(5))
def test_hand_made_logs_of_any_kind_are_fitted(seed: int, random_log) -> None:
    """Ties, gaps, open steps, moments out of order: each step is there, sent off by an earlier."""
    log = random_log(seed)
    with observed(log, CALENDAR) as events:
        office = fit_office(events, CALENDAR)
        seen = events.frame(events.log)
    recorded = office.steps[office.steps["row"] <= log["row"].max()]
    assert sorted(recorded["row"]) == sorted(seen["row"])
    assert (office.steps["source"] < np.arange(len(office.steps))).all()
    assert (
        office.steps["case"]
        .iloc[office.steps["source"]]
        .to_numpy()[office.steps["source"] >= 0]
        .tolist()
        == office.steps.loc[office.steps["source"] >= 0, "case"].tolist()
    )
    assert (office.steps["transit"] >= 0).all()
