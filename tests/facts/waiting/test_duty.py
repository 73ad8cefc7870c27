"""Who was on duty: given hours, silences, and the quarters of the week, counted by hand."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from efficiency.criteria.calendar import Calendar, Hours
from efficiency.facts.waiting.waits import waiting

HOUR = 3_600_000_000
WORKING = [
    dt.date(1970, 1, 1) + dt.timedelta(days=int(day))
    for day in Calendar()
    .days(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    .query("calendar == 0 and working")["day"]
]


def steps(*rows: tuple[str, dt.datetime, dt.datetime]) -> pd.DataFrame:
    """Write done steps of a quarter of an hour: who, received, start."""
    log = pd.DataFrame(rows, columns=["actor", "received", "start"])
    log = log.assign(end=log["start"] + pd.Timedelta(minutes=15), activity="办")
    return log.assign(case_id=[str(i) for i in range(len(log))], row=range(1, len(log) + 1))


def seen_on(days: list[dt.date], who: str = "甲", hour: int = 9) -> list[tuple]:
    """A step without waiting at nine o'clock of each day."""
    moments = [dt.datetime.combine(day, dt.time(hour)) for day in days]
    return [(who, moment, moment) for moment in moments]


def absent(worked: int, silent: int) -> float:
    """
    The unavailable hours of a step that waits over a silence.

    Somebody is seen on ``worked`` working days, of which the last comes after the silence; the
    step came half a day before the silence, and was begun as the office opened after.
    """
    before, after = WORKING[: worked - 1], WORKING[worked - 1 + silent]
    since = dt.datetime.combine(before[-1], dt.time(14, 30))
    until = dt.datetime.combine(after, dt.time(8, 30))
    log = steps(*seen_on(before), ("甲", since, until))
    last = waiting(log, Calendar()).iloc[-1]
    assert last["unavailability_hours"] + last["other_hours"] == pytest.approx(7 * silent + 3.5)
    return last["unavailability_hours"]


def test_a_silence_that_would_be_rare_is_an_absence() -> None:
    """Two silent days: (2 / 64)² is 0.00098, (2 / 63)² is 0.00101."""
    assert absent(62, 2) == pytest.approx(14)
    assert absent(61, 2) == 0


def test_nobody_is_absent_who_is_seldom_needed() -> None:
    """Seen on ten days of fifteen: (5 / 15)^5 is 0.004."""
    assert absent(10, 5) == 0
    assert absent(60, 1) == 0


def test_a_weekend_is_no_silence_nor_are_other_people() -> None:
    """乙 is away for ten days; 甲, who waits with him, is not."""
    before, after = WORKING[:60], WORKING[70:80]
    rows = [*seen_on(WORKING[:80]), *seen_on([*before, *after], "乙")]
    since = dt.datetime.combine(before[-1], dt.time(18))
    wait = (since, dt.datetime.combine(after[0], dt.time(8, 30)))
    log = steps(*rows, ("甲", *wait), ("乙", *wait))
    got = waiting(log, Calendar())["unavailability_hours"]
    assert got.iloc[-2] == 0
    assert got.iloc[-1] == pytest.approx(70)
    assert got.iloc[:-2].sum() == 0


def test_the_week_is_seen_in_quarters_of_an_hour() -> None:
    """On Tuesdays at 9: until 9:30, for the step of 9:00 ends at 9:15. He waits from 8:50 on."""
    tuesdays = [dt.date(2024, 3, 5) + dt.timedelta(days=7 * week) for week in range(10)]
    wait = (dt.datetime(2024, 5, 7, 8, 50), dt.datetime(2024, 5, 14, 9, 15))
    log = steps(*seen_on(tuesdays), ("甲", *wait))
    last = waiting(log).iloc[-1]
    # 30 minutes on 7 May, of which 9:00 to 9:15 are in hand; 15 minutes on 14 May.
    assert last["other_hours"] == pytest.approx(0.5)
    assert last["contention_hours"] + last["prioritisation_hours"] == pytest.approx(0.25)
    assert last["hours"] == pytest.approx(7 * 24 + 25 / 60)
    assert last["unavailability_hours"] == pytest.approx(last["hours"] - 0.75)


@pytest.mark.parametrize(("weeks", "hours"), [(10, 0.5), (11, 0.0), (30, 0.0)])
def test_a_quarter_that_is_seldom_seen_is_no_duty(weeks: int, hours: float) -> None:
    """One Tuesday from 16:00 to 16:15, two quarters, is a tenth of ten Tuesdays, not of eleven."""
    tuesdays = [dt.date(2024, 3, 5) + dt.timedelta(days=7 * week) for week in range(weeks)]
    since = dt.datetime.combine(tuesdays[-1], dt.time(15, 50))
    wait = (since, since.replace(hour=9, minute=0) + dt.timedelta(days=1))
    log = steps(*seen_on(tuesdays), *seen_on(tuesdays[:1], hour=16), ("甲", *wait))
    last = waiting(log).iloc[-1]
    assert last["other_hours"] == pytest.approx(hours)
    assert last["unavailability_hours"] == pytest.approx(last["hours"] - hours)


def test_three_in_thirty_is_a_tenth() -> None:
    tuesdays = [dt.date(2024, 3, 5) + dt.timedelta(days=7 * week) for week in range(30)]
    since = dt.datetime.combine(tuesdays[-1], dt.time(15, 50))
    wait = (since, since.replace(hour=9, minute=0) + dt.timedelta(days=1))
    log = steps(*seen_on(tuesdays), *seen_on(tuesdays[:3], hour=16), ("甲", *wait))
    assert waiting(log).iloc[-1]["other_hours"] == pytest.approx(0.5)


def test_given_hours_of_people_and_units() -> None:
    """甲 works until 11, the unit 一处 until 10, and whoever is not named until 12."""
    until = [Hours(((8 * HOUR, hour * HOUR),)) for hour in (11, 10, 12)]
    duty = Calendar(hours=until[2], units=(("甲", until[0]), ("一处", until[1])))
    wait = (dt.datetime(2024, 3, 5, 9), dt.datetime(2024, 3, 5, 13))
    log = steps(("甲", *wait), ("乙", *wait), ("", *wait), ("", *wait))
    log = log.assign(unit=[None, None, "一处", None])
    got = waiting(log, duty=duty)
    assert got["unavailability_hours"].tolist() == [2.0, 1.0, 3.0, 0.0]
    assert got["other_hours"].tolist() == [2.0, 3.0, 1.0, 4.0]


def test_given_hours_count_inside_the_calendar_only() -> None:
    duty = Calendar(hours=Hours(((8 * HOUR, 11 * HOUR),)))
    wait = (dt.datetime(2024, 3, 5, 9), dt.datetime(2024, 3, 5, 15))
    got = waiting(steps(("甲", *wait)), Calendar(), duty=duty).iloc[0]
    assert (got["off_hours"], got["other_hours"], got["unavailability_hours"]) == (2.5, 2.0, 1.5)


def test_nothing_waits_and_hours_are_given() -> None:
    at = dt.datetime(2024, 3, 5, 9)
    assert waiting(steps(("甲", at, at)), duty=Calendar())["hours"].tolist() == [0.0]
