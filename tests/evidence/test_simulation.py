"""The office at work: hours are kept, nobody does two things at once, every way is a known one."""

from __future__ import annotations

import datetime as dt
import itertools

import chinese_calendar
import numpy as np
import pandas as pd
import pytest

import efficiency as eff
from efficiency.evidence.office import CUTOFF, FIRST, LAST, Plan
from efficiency.evidence.simulation import Run, simulate

CUTOFF_TIME = pd.Timestamp("2024-12-31 18:00")
#: What may follow what, as domain experts tell it.
NEXT = {
    "签收": {"登记"},
    "登记": {"初审"},
    "初审": {"退文", "转办"},
    "转办": {"拟办"},
    "拟办": {"退回", "审核", "批示"},
    "退回": {"拟办"},
    "审核": {"批示"},
    "批示": {"补正", "承办"},
    "补正": {"补正完成"},
    "补正完成": {"补正", "承办"},
    "承办": {"催办", "反馈"},
    "催办": {"反馈"},
    "反馈": {"办结"},
    "办结": {"归档"},
    "退文": set(),
    "归档": set(),
}


@pytest.fixture(scope="module")
def run(days: pd.DataFrame) -> Run:
    """Give a run of another seed than the sample's."""
    return simulate(days, Plan(), 11, 1500)


@pytest.fixture(scope="module")
def steps(run: Run) -> pd.DataFrame:
    """Give its steps with times."""
    frame = pd.DataFrame(run.steps)
    moments = {name: pd.to_datetime(frame[name], unit="s") for name in ("received", "start", "end")}
    return frame.assign(**moments)


def open_then(moments: pd.Series) -> pd.Series:
    """Tell by the yearly notices and the written hours whether the office was open."""
    works = moments.dt.date.map(chinese_calendar.is_workday)
    stamp = moments.dt.strftime("%m-%d")
    summer = (stamp >= "07-01") & (stamp <= "09-30")
    minute = moments.dt.hour * 60 + moments.dt.minute + moments.dt.second / 60
    afternoon = minute - np.where(summer, 30, 0)
    return works & (minute.between(510, 720) | afternoon.between(870, 1080))


def test_steps_are_taken_up_and_done_in_office_hours(steps: pd.DataFrame):
    office = steps[steps["unit"] != "应急办"]
    for name in ("start", "end"):
        assert open_then(office[name].dropna()).all()


def test_the_duty_desk_works_at_night(steps: pd.DataFrame):
    duty = steps.loc[steps["unit"] == "应急办", "end"].dropna()
    assert 0.2 < (~open_then(duty)).mean() < 0.8


def test_the_duty_desk_handles_urgent_documents_only(run: Run, steps: pd.DataFrame):
    urgent = {case for case, document in enumerate(run.documents) if document.urgency == "特急"}
    assert set(steps.loc[steps["unit"] == "应急办", "case"]) == urgent
    assert urgent.isdisjoint(steps.loc[steps["unit"] == "市领导", "case"])


def test_nobody_does_two_things_at_once(steps: pd.DataFrame):
    busy = steps.dropna(subset=["start"]).sort_values(["actor", "start"])
    until = busy["end"].fillna(CUTOFF_TIME).groupby(busy["actor"]).shift()
    assert not (busy["start"] < until).any()


def test_a_desk_takes_documents_up_in_the_order_in_which_they_become_ready(steps: pd.DataFrame):
    # The simulation keeps its steps in the order in which documents became ready.
    desk = steps[(steps["unit"] == "文书科") & steps["activity"].isin(["签收", "登记", "归档"])]
    assert desk.dropna(subset=["start"])["start"].is_monotonic_increasing


def test_each_document_goes_a_known_way(steps: pd.DataFrame):
    for _, own in steps.groupby("case"):
        way = own.sort_values("received")["activity"].tolist()
        assert way[0] == "签收"
        assert all(b in NEXT[a] for a, b in itertools.pairwise(way))


def test_a_step_begins_after_the_one_before_has_ended(steps: pd.DataFrame):
    own = steps.sort_values(["case", "received"])
    before = own.groupby("case")["end"].shift()
    assert not (own["received"] < before).any()
    assert (own["start"].dropna() >= own.loc[own["start"].notna(), "received"]).all()
    done = own.dropna(subset=["end"])
    assert (done["end"] > done["start"]).all()


def test_nothing_is_seen_after_the_cutoff_and_something_is_open(steps: pd.DataFrame):
    assert pd.Timestamp(CUTOFF, unit="s") == CUTOFF_TIME
    assert steps[["received", "start", "end"]].max().max() <= CUTOFF_TIME
    unseen = steps[steps["end"].isna()]
    assert len(unseen)
    assert unseen["case"].is_unique
    assert unseen.loc[unseen["start"].isna(), "actor"].isna().all()
    assert unseen.loc[unseen["start"].notna(), "actor"].notna().all()


def test_month_ends_are_the_last_three_working_days(run: Run):
    last = {pd.Timestamp(day, unit="D").date() for day in run.month_ends}
    in_september = {day for day in last if (day.year, day.month) == (2024, 9)}
    # The make-up Sunday 29 September is a working day.
    assert in_september == {dt.date(2024, 9, 27), dt.date(2024, 9, 29), dt.date(2024, 9, 30)}


def test_one_unit_is_slow_at_the_month_end_only(steps: pd.DataFrame, run: Run):
    front = steps[(steps["unit"] == "秘书一处") & steps["end"].notna()]
    hours = eff.work_hours(front["start"], front["end"], eff.Calendar())
    at_end = (
        front["start"]
        .dt.floor("D")
        .map(lambda day: (day - pd.Timestamp("1970-01-01")).days in run.month_ends)
    )
    winter = ~front["start"].dt.month.isin([7, 8, 9])  # the public calendar has no summer hours
    ratio = hours[at_end & winter].median() / hours[~at_end & winter].median()
    assert ratio == pytest.approx(5, rel=0.15)


def test_handling_is_quicker_since_the_change(steps: pd.DataFrame):
    handled = steps[(steps["activity"] == "承办") & steps["end"].notna()]
    handled = handled[~handled["start"].dt.month.isin([7, 8, 9]) & (handled["unit"] != "综合处")]
    hours = eff.work_hours(handled["start"], handled["end"], eff.Calendar())
    since = handled["start"] >= "2024-07-01"
    assert hours[since].median() / hours[~since].median() == pytest.approx(0.75, rel=0.12)


def test_the_same_seed_gives_the_same_steps_and_another_seed_others(days: pd.DataFrame):
    first, again, other = (simulate(days, Plan(), seed, 60).steps for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_more_days_in_the_table_change_nothing(root, days: pd.DataFrame):
    calendar = eff.read_calendar(root / "data" / "sample" / "calendar.toml")
    longer = calendar.days(FIRST - dt.timedelta(days=400), LAST + dt.timedelta(days=400))
    assert simulate(longer, Plan(), 3, 60).steps == simulate(days, Plan(), 3, 60).steps


@pytest.mark.parametrize("part", ["no duty desk", "too short"])
def test_a_day_table_that_does_not_reach_is_refused(days: pd.DataFrame, part: str):
    short = {
        "no duty desk": days[days["calendar"] == 0],
        "too short": days.groupby("calendar").head(500),
    }
    with pytest.raises(ValueError, match="2023-01-01 to 2025-03-31"):
        simulate(short[part], Plan(), 1, 10)


def test_simulating_leaves_the_day_table_as_it_was(days: pd.DataFrame):
    before = days.copy()
    simulate(days, Plan(), 1, 10)
    pd.testing.assert_frame_equal(days, before)
