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


#: Small stories told together; each has its own units and people, so that none waits for another.
STORIES = {
    # 批示 sends two off side by side; 归档 follows the later of them, 07 at 10:00.
    "sent off": (
        ("1", "批示", "领导", "甲", "05 09:00", "05 09:30", "05 10:00"),
        ("1", "承办", "二处", "乙", "05 10:00", "05 10:00", "06 10:00"),
        ("1", "传阅", "三处", "丙", "05 11:00", "05 11:00", "07 10:00"),
        ("1", "归档", "四处", "丁", "07 10:00", "07 11:00", "07 11:30"),
        ("2", "批示", "领导", "甲", "", "05 11:00", "05 11:30"),
    ),
    # At 22:09 the desk is closed: the way took nine minutes by the wall. 17:50 to 8:50: half an
    # hour of working time. A way within the day goes as the others of its kind do.
    "ways": (
        ("1", "批示", "值班室", "甲", "05 21:00", "05 21:30", "05 22:00"),
        ("1", "承办", "二处", "乙", "05 22:09", "06 09:00", "06 10:00"),
        ("2", "批示", "值班室", "甲", "06 10:00", "06 10:00", "06 10:30"),
        ("2", "承办", "二处", "乙", "06 10:45", "06 11:00", "06 11:30"),
        ("3", "拟办", "三处", "丙", "05 17:00", "05 17:00", "05 17:50"),
        ("3", "审核", "四处", "丁", "06 08:50", "06 09:00", "06 10:00"),
    ),
    # One person. 1 waits 30 minutes for no reason; 2 and 3 wait in the queue; 4 does not wait.
    "waiting": (
        ("1", "登记", "一处", "甲", "05 08:30", "05 09:00", "05 10:00"),
        ("2", "登记", "一处", "甲", "05 09:00", "05 10:00", "05 11:00"),
        ("3", "登记", "一处", "甲", "05 09:10", "05 11:00", "05 11:10"),
        ("4", "登记", "一处", "甲", "05 15:00", "05 15:00", "05 15:20"),
    ),
    "overnight": (("1", "登记", "一处", "甲", "05 17:00", "06 08:45", "06 09:00"),),
    "no starts": (
        ("1", "登记", "一处", "甲", "05 09:00", "", "05 09:30"),
        ("1", "转办", "一处", "甲", "", "", "05 10:30"),
    ),
    "few starts": (
        ("1", "登记", "一处", "甲", "05 09:00", "05 09:00", "05 09:30"),
        ("2", "登记", "一处", "甲", "05 10:00", "", "05 11:30"),
        ("3", "登记", "一处", "甲", "05 16:00", "05 16:00", "05 15:00"),
        ("4", "登记", "一处", "甲", "05 17:00", "05 17:10", "05 17:20"),
    ),
    # What ends at midnight is known to the day.
    "days": (
        ("1", "登记", "一处", "甲", "05 09:00", "05 09:00", "05 09:30"),
        ("2", "登记", "一处", "甲", "05 09:00", "05 09:40", "06 00:00"),
    ),
}
#: Seen at 11:00.
OPEN = {
    # 1 is in hand for an hour, 2 waits though there is a second person: 30 minutes.
    "free": (
        ("0", "登记", "一处", "甲", "05 08:30", "05 08:30", "05 10:00"),
        ("00", "登记", "一处", "乙", "05 08:30", "05 08:30", "05 10:50"),
        ("1", "登记", "一处", "甲", "05 10:00", "05 10:00", ""),
        ("2", "登记", "一处", "乙", "05 10:30", "", ""),
    ),
    "busy": (
        ("1", "登记", "一处", "甲", "05 08:30", "05 08:30", "05 09:00"),
        ("2", "登记", "一处", "甲", "05 10:00", "05 10:00", ""),
        ("3", "登记", "一处", "甲", "05 10:30", "", ""),
    ),
}


def log_of(stories: dict[str, tuple[tuple[str, ...], ...]]) -> pd.DataFrame:
    """Rows of ``(case, activity, unit, actor, received, start, end)``, times as 05 09:00."""
    names = ["case_id", "activity", "unit", "actor", "received", "start", "end"]
    rows = [
        (f"{story}/{case}", activity, unit_of(unit, story), f"{story}/{actor}", *moments)
        for story, steps in stories.items()
        for case, activity, unit, actor, *moments in steps
    ]
    log = pd.DataFrame(rows, columns=names)
    bare = log["end"].str.endswith("00:00")
    for name in ("received", "start", "end"):
        log[name] = pd.to_datetime(("2024-03-" + log[name]).where(log[name] != ""))
    return log.assign(end_precision=np.where(bare, "day", "second"))


def unit_of(unit: str, story: str) -> str:
    return unit if unit == "值班室" else f"{story}/{unit}"


def fitted(log: pd.DataFrame, cutoff: str | None = None, **how: object) -> Office:
    with observed(log, CALENDAR, cutoff=cutoff, **how) as events:
        return fit_office(events, CALENDAR)


@pytest.fixture(scope="module")
def office() -> Office:
    """The office in which all of `STORIES` happened."""
    return fitted(log_of(STORIES))


@pytest.fixture(scope="module")
def under_way() -> Office:
    """The office in which the stories of `OPEN` are happening."""
    return fitted(log_of(OPEN), "2024-03-05 11:00")


def steps_of(office: Office, story: str) -> pd.DataFrame:
    """The steps of one story; their sources are counted among them."""
    ids = office.cases["case_id"].iloc[office.steps["case"]].to_numpy()
    at = [place for place, name in enumerate(ids) if name.startswith(f"{story}/")]
    own = office.steps.iloc[at]
    source = [at.index(place) if place >= 0 else -1 for place in own["source"]]
    return own.assign(source=source, case_id=ids[at]).reset_index(drop=True)


def pool(office: Office, which: str, story: str, activity: str = "登记") -> list[int]:
    steps = steps_of(office, story)
    kind = steps.loc[steps["activity"] == activity, "kind"].iloc[0]
    held = getattr(office, which)[kind]
    return list(held.times[0]) if held else []


def places_of(office: Office, story: str, unit: str = "一处") -> list[int]:
    desks = office.desks
    return desks.loc[desks["unit"] == f"{story}/{unit}", "places"].tolist()


def test_steps_are_sent_off_by_the_latest_that_had_ended(office: Office) -> None:
    steps = steps_of(office, "sent off")
    assert steps["activity"].tolist() == ["批示", "承办", "传阅", "归档", "批示"]
    assert steps["source"].tolist() == [-1, 0, 0, 2, -1]
    assert steps["transit"].tolist() == [0, 0, 3600, 0, 0]
    came = pd.to_datetime(steps["arrives"], unit="s")
    assert came[[0, 4]].tolist() == [
        pd.Timestamp("2024-03-05 09:00"),
        pd.Timestamp("2024-03-05 11:00"),
    ]
    assert steps["received_known"].tolist() == [True] * 4 + [False]


def test_ways_go_by_the_clock_of_the_desk_or_by_the_wall(office: Office) -> None:
    steps = steps_of(office, "ways")
    ways = steps.loc[steps["source"] >= 0, ["transit", "by_wall"]]
    assert ways.to_numpy().tolist() == [[540, True], [900, True], [1800, False]]


def test_other_waiting_is_learnt_where_somebody_was_free(office: Office) -> None:
    assert pool(office, "other", "waiting") == [0, 1800]
    assert pool(office, "handling", "waiting") == [600, 1200, 3600, 3600]
    assert places_of(office, "waiting") == [1]


def test_waiting_overnight_is_working_time(office: Office) -> None:
    assert pool(office, "other", "overnight") == [3600 + 900]


def test_without_starts_the_whole_stretch_is_other_waiting(office: Office) -> None:
    assert pool(office, "other", "no starts") == [1800]
    assert pool(office, "other", "no starts", "转办") == [3600]
    kinds = steps_of(office, "no starts")["kind"]
    assert [office.handling[kind] for kind in kinds] == [None, None]
    assert places_of(office, "no starts") == [-1]


def test_a_few_missing_starts_draw_from_the_rest(office: Office) -> None:
    assert pool(office, "handling", "few starts") == [600, 1800]


def test_moments_known_to_the_day_count_as_not_known(office: Office) -> None:
    assert pool(office, "handling", "days") == [1800]
    assert pool(office, "other", "days") == [0, 2400]


def test_open_steps_keep_what_they_took_already(under_way: Office) -> None:
    steps = steps_of(under_way, "free")
    open_then = steps[steps["case_id"].isin(["free/1", "free/2"])]
    assert open_then[["handling_beyond", "other_beyond"]].to_numpy().tolist() == [
        [3600, -1],
        [-1, 1800],
    ]


def test_what_waits_for_a_busy_desk_has_no_other_reason(under_way: Office) -> None:
    assert steps_of(under_way, "busy")["other_beyond"].tolist() == [-1, -1, -1]


def test_open_cases_go_on_as_a_closed_one_did() -> None:
    """2 stands where 1 once stood: it is to go on with 转办, and side by side 抄送, then 归档."""
    told = (
        ("1", "登记", "一处", "甲", "05 09:00", "05 09:00", "05 09:30"),
        ("1", "抄送", "二处", "乙", "05 09:30", "05 09:30", "05 09:50"),
        ("1", "转办", "二处", "乙", "05 09:30", "05 09:50", "05 10:00"),
        ("1", "归档", "三处", "丙", "05 10:00", "05 10:00", "05 10:10"),
        ("2", "登记", "一处", "甲", "05 11:00", "05 11:00", ""),
    )
    office = fitted(log_of({"on": told}), "2024-03-05 11:10", closed_by=["归档"])
    new = office.steps.iloc[5:]
    assert new["activity"].tolist() == ["抄送", "转办", "归档"]
    assert new["case"].eq(1).all()
    assert new["source"].tolist() == [4, 4, 6]
    assert len(office.occasions) == len(office.steps) == 8
    assert office.steps["lot"].tolist() == list(range(8))


def test_attributes_tell_cases_apart() -> None:
    """急件 take ten minutes, the others an hour: drawn by what a case is."""
    rows = tuple(
        (str(i), "登记", "一处", "甲", f"{5 + i // 20:02} 09:00", f"{5 + i // 20:02} 09:00",
         f"{5 + i // 20:02} {'09:10' if i % 2 else '10:00'}")
        for i in range(120)
    )  # fmt: skip
    log = log_of({"many": rows}).assign(急=["是" if i % 2 else "否" for i in range(120)])
    before = log.copy()
    office = fitted(log)
    assert_frame_equal(log, before)
    held = office.handling[0]
    assert held is not None
    drawn = [held.draw([32_400, 1, 10, 3, *office.occasions[at]], 0.5) for at in range(2)]
    told = [{"是": 600, "否": 3600}[office.cases["急"].iloc[at]] for at in range(2)]
    assert drawn == told


def test_working_days_left_in_the_month(office: Office) -> None:
    """2024-03-29, a Friday, was the last working day; the 28th had two left, Saturday none."""
    first = dt.date(2024, 3, 5)
    left = {
        day: office.working_left[(dt.date(2024, 3, day) - first).days] for day in (5, 28, 29, 30)
    }
    assert left == {5: 19, 28: 2, 29: 1, 30: 0}


def test_each_unit_keeps_its_hours(office: Office) -> None:
    night = int(pd.Timestamp("2024-03-05 22:00").timestamp())
    assert office.clock_of("值班室").begin(office.clock_of("值班室").work(night)) == night
    closed = office.clock_of("别处")
    assert closed.begin(closed.work(night)) == int(pd.Timestamp("2024-03-06 08:30").timestamp())


def test_logs_of_any_kind_are_fitted(random_log) -> None:
    """Ties, gaps, open steps, moments out of order: each step is there, sent off by an earlier."""
    parts = [random_log(seed).assign(case_id=lambda log, s=seed: f"{s}-" + log["case_id"])
             for seed in range(5)]  # fmt: skip
    log = pd.concat(parts, ignore_index=True).assign(row=lambda log: range(1, len(log) + 1))
    with observed(log, CALENDAR) as events:
        office = fit_office(events, CALENDAR)
        seen = events.frame(events.log)
    recorded = office.steps[office.steps["row"] <= log["row"].max()]
    assert sorted(recorded["row"]) == sorted(seen["row"])
    assert (office.steps["source"] < np.arange(len(office.steps))).all()
    sent = office.steps[office.steps["source"] >= 0]
    senders = office.steps["case"].iloc[sent["source"]]
    assert senders.tolist() == sent["case"].tolist()
    assert (office.steps["transit"] >= 0).all()
