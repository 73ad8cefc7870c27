"""The office itself: everyone has a desk, every step has one in its unit, and the dates fit."""

from __future__ import annotations

from collections import Counter

import chinese_calendar
import pandas as pd

from efficiency.sample.desk_hours import DAY, DeskHours
from efficiency.sample.establishment import (
    CHANGED,
    CUTOFF,
    DEPARTMENTS,
    DESKS,
    DRAFTERS,
    DUTY,
    FIRST,
    FRONT_UNIT,
    HANDLERS,
    KINDS,
    LAID_ASIDE,
    LAST,
    LEADERS,
    LEGAL_UNIT,
    LOOP_UNIT,
    MINUTES,
    SLOW_STEPS,
    SLOW_UNIT,
    WORK_DAY,
)


def doing(activity: str) -> set[str]:
    """The units with a desk for an activity."""
    return {unit for unit, activities, _ in DESKS if activity in activities}


def test_every_person_sits_at_one_desk_of_a_unit_of_two_to_five():
    people = [(unit, name) for unit, _, names in DESKS for name in names.split()]
    assert len({name for _, name in people}) == len(people)
    sizes = pd.Series([unit for unit, _ in people]).value_counts()
    assert sizes.between(2, 5).all()


def test_every_step_has_its_minutes():
    assert set(MINUTES) == {activity for _, activities, _ in DESKS for activity in activities}


def test_no_unit_has_two_desks_for_one_step():
    pairs = Counter((unit, activity) for unit, activities, _ in DESKS for activity in activities)
    assert set(pairs.values()) == {1}


def test_units_have_desks_for_what_they_do():
    assert doing("拟办") == {*DRAFTERS, DUTY}
    assert doing("审核") == set(DRAFTERS)
    for activity in ("承办", "反馈", "补正", "补正完成", "退办", "转发"):
        assert doing(activity) == set(HANDLERS)
    assert doing("初审") == doing("转办") == {FRONT_UNIT, DUTY}
    assert doing("合法性审核") == {LEGAL_UNIT, DUTY}
    assert doing("批示") == {LEADERS, DUTY}


def test_departments_handle_and_do_not_draft():
    assert set(DEPARTMENTS) == {"市发改委", "市财政局", "市住建局", "市教育局"}
    assert set(DEPARTMENTS) == doing("承办") - doing("拟办")


def test_what_is_planted_has_a_place():
    assert all(SLOW_UNIT in doing(activity) for activity in SLOW_STEPS)
    assert LOOP_UNIT in DRAFTERS
    assert SLOW_UNIT != LOOP_UNIT
    assert set(LAID_ASIDE) < set(KINDS)


def test_the_record_covers_two_years_and_ends_at_a_close_of_business():
    ends = pd.Timestamp(CUTOFF, unit="s")
    assert (ends.normalize() - pd.Timestamp(FIRST)).days + 1 == 365 + 366
    assert chinese_calendar.is_workday(ends.date())
    assert f"{ends:%H:%M}" == "18:00"


def test_every_day_of_the_office_is_as_long(office: DeskHours):
    lengths = {office.work((day + 1) * DAY) - office.work(day * DAY) for day in office.days}
    assert lengths == {WORK_DAY} == {7 * 3600}


def test_the_change_comes_three_quarters_through_and_days_are_known_beyond_the_end():
    changed, ends = (pd.Timestamp(moment, unit="s") for moment in (CHANGED, CUTOFF))
    assert (changed - pd.Timestamp(FIRST)).days == 365 + 182
    # Seven working days, and as many again for papers that are asked for, through the new year.
    beyond = pd.date_range(ends.normalize() + pd.Timedelta(days=1), pd.Timestamp(LAST))
    assert sum(chinese_calendar.is_workday(day.date()) for day in beyond) > 2 * 7
