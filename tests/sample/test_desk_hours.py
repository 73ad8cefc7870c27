"""The hours of a desk, held against answers worked out by hand and against invariants."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import efficiency as eff
from efficiency.sample.desk_hours import DeskHours, day_number


def at(text: str) -> int:
    """The seconds since 1970 of a time."""
    return int((dt.datetime.fromisoformat(text) - dt.datetime(1970, 1, 1)).total_seconds())


# 08:30-12:00 and 14:30-18:00; 2024-09-29 is a make-up Sunday, 10-01 to 10-07 are off, 10-12 is
# a make-up Saturday.
OFFICE = DeskHours.of(eff.Calendar().days(dt.date(2024, 9, 23), dt.date(2024, 10, 20)), 0)


@pytest.fixture(scope="module")
def duty(days: pd.DataFrame) -> DeskHours:
    """The hours of the desk that is always open."""
    return DeskHours.of(days, 1)


def test_day_number_counts_from_1970():
    assert day_number(dt.date(2024, 9, 23)) * 86_400 == at("2024-09-23")


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [
        ("2024-09-23 09:00", "2024-09-23 10:00", 3_600),
        ("2024-09-23 11:30", "2024-09-23 14:45", 2_700),  # over lunch: 30 and 15 minutes
        ("2024-09-23 12:10", "2024-09-23 14:20", 0),
        ("2024-09-27 17:25", "2024-09-29 08:45", 3_000),  # Friday to the make-up Sunday
        ("2024-09-30 16:50", "2024-10-08 09:00", 6_000),  # over the National Day
    ],
)
def test_work_counts_only_office_hours(start: str, end: str, seconds: int):
    assert OFFICE.work(at(end)) - OFFICE.work(at(start)) == seconds


def test_nothing_was_worked_before_the_first_day():
    assert OFFICE.work(at("2024-09-01 10:00")) == 0


def test_begin_and_finish_lie_on_either_side_of_a_break():
    noon = OFFICE.work(at("2024-09-23 12:00"))
    assert OFFICE.finish(noon) == at("2024-09-23 12:00")
    assert OFFICE.begin(noon) == at("2024-09-23 14:30")
    evening = OFFICE.work(at("2024-09-30 18:00"))
    assert OFFICE.finish(evening) == at("2024-09-30 18:00")
    assert OFFICE.begin(evening) == at("2024-10-08 08:30")


@given(st.integers(1, OFFICE.work(OFFICE.closings[-1]) - 1))
def test_begin_and_finish_undo_work(work: int):
    assert OFFICE.work(OFFICE.begin(work)) == OFFICE.work(OFFICE.finish(work)) == work
    assert OFFICE.finish(work) <= OFFICE.begin(work)


@given(
    st.integers(at("2024-09-23"), at("2024-10-18")),
    st.integers(at("2024-09-23"), at("2024-10-18")),
)
def test_work_never_runs_faster_than_the_wall(a: int, b: int):
    a, b = sorted((a, b))
    assert 0 <= OFFICE.work(b) - OFFICE.work(a) <= b - a


@pytest.mark.parametrize(
    ("moment", "closing", "morning"),
    [
        ("2024-09-23 16:00", "2024-09-23 18:00", "2024-09-24 08:30"),
        ("2024-09-23 18:00", "2024-09-23 18:00", "2024-09-24 08:30"),
        ("2024-09-23 18:01", "2024-09-24 18:00", "2024-09-25 08:30"),
        ("2024-09-28 10:00", "2024-09-29 18:00", "2024-09-30 08:30"),  # Saturday off
    ],
)
def test_closing_and_next_morning(moment: str, closing: str, morning: str):
    assert OFFICE.closing(at(moment)) == at(closing)
    assert OFFICE.next_morning(at(moment)) == at(morning)


@pytest.mark.parametrize(
    ("moment", "n", "due"),
    [
        ("2024-09-23 09:00", 1, "2024-09-24 18:00"),
        ("2024-09-27 20:00", 1, "2024-09-29 18:00"),
        ("2024-09-30 16:50", 5, "2024-10-12 18:00"),  # 8, 9, 10, 11, 12 October
        ("2024-10-05 09:00", 1, "2024-10-08 18:00"),  # begun on a day off
    ],
)
def test_working_days_leave_out_the_first_day(moment: str, n: int, due: str):
    assert OFFICE.working_days_on(at(moment), n) == at(due)


def test_days_of_a_pause_are_not_counted():
    # Due on the 3rd working day after Monday; stopped on Tuesday, resumed on Thursday:
    # Tuesday, Friday, then the make-up Sunday.
    pause = (at("2024-09-24 10:00"), at("2024-09-26 09:00"))
    assert OFFICE.working_days_on(at("2024-09-23 09:00"), 3, [pause]) == at("2024-09-29 18:00")


def test_a_pause_without_end_leaves_nothing_due_unless_time_was_up_before():
    """A day counts at whose close the clock runs: it stopped on the 25th at ten."""
    start, stop = at("2024-09-23 09:00"), (at("2024-09-25 10:00"), None)
    assert OFFICE.working_days_on(start, 2, [stop]) is None
    assert OFFICE.working_days_on(start, 1, [stop]) == at("2024-09-24 18:00")


def test_calendar_days_end_at_midnight_or_with_the_next_working_day():
    assert OFFICE.days_on(at("2024-09-23 09:00"), 3) == at("2024-09-27 00:00")
    assert OFFICE.days_on(at("2024-09-23 09:00"), 10) == at("2024-10-08 18:00")


def test_the_duty_desk_never_closes(duty: DeskHours):
    a, b = at("2024-02-09 23:00"), at("2024-02-12 04:00")  # the Spring Festival
    assert duty.work(b) - duty.work(a) == b - a
    assert duty.begin(duty.work(a)) == duty.finish(duty.work(a)) == a
    assert duty.closing(a) == at("2024-02-10 00:00")


def test_summer_hours_of_the_sample(days: pd.DataFrame):
    office = DeskHours.of(days, 0)
    assert office.closing(at("2024-07-01 12:00")) == at("2024-07-01 18:30")
    assert office.begin(office.work(at("2024-07-01 12:30"))) == at("2024-07-01 15:00")
    assert office.closing(at("2024-10-08 12:00")) == at("2024-10-08 18:00")
