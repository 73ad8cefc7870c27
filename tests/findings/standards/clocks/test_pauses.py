"""Clocks that stand still: between a suspension and the next resumption."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Hold = Callable[..., list[dict[str, Any] | None]]
PAUSE = {"suspend": "补正", "resume": "补正完成", "to": "办结"}
CUTOFF = "2024-12-31 18:00"


def dues(told: list[dict[str, Any] | None]) -> list[str | None]:
    """The due dates to the minute."""
    return [row and row["due"] and row["due"][:16] for row in told]


def words(told: list[dict[str, Any] | None]) -> list[str | None]:
    """The verdicts."""
    return [row and row["verdict"] for row in told]


def test_hours_lose_the_time_of_every_pause(hold: Hold) -> None:
    """Four working hours from 9:00: three to noon, one after 14:30, and what stood still."""
    limit = {**PAUSE, "limit": "4 h"}
    told = hold(
        (["登记 2024-03-05 09:00"], limit),
        (["登记 2024-03-05 09:00", "补正 2024-03-05 10:00", "补正完成 2024-03-05 11:00"], limit),
        # suspended and resumed twice: one hour, and half an hour over lunch (11:45 to 14:45)
        (["登记 2024-03-05 09:00", "补正 2024-03-05 10:00", "补正完成 2024-03-05 11:00",
          "补正 2024-03-05 11:45", "补正完成 2024-03-05 14:45"], limit),
        # over a night and a weekend
        (["登记 2024-03-08 09:00", "补正 2024-03-08 11:00", "补正完成 2024-03-11 09:30"], limit),
        # on the wall clock the night counts
        (["登记 2024-03-08 09:00", "补正 2024-03-08 11:00", "补正完成 2024-03-11 09:30"],
         {**limit, "clock": "elapsed"}),
        cutoff=CUTOFF,
    )  # fmt: skip
    assert dues(told) == [
        "2024-03-05 15:30", "2024-03-05 16:30", "2024-03-05 17:00", "2024-03-11 11:30",
        "2024-03-11 11:30",
    ]  # fmt: skip


def test_days_lose_the_days_after_the_suspension_up_to_the_resumption(hold: Hold) -> None:
    """Three working days from Monday 4 March; ten days from the same day."""
    three, ten = {**PAUSE, "limit": "3 working days"}, {**PAUSE, "limit": "10 days"}
    twice = ["登记 2024-03-04 09:00", "补正 2024-03-05 10:00", "补正完成 2024-03-06 10:00",
             "补正 2024-03-07 10:00", "补正完成 2024-03-11 10:00"]  # fmt: skip
    told = hold(
        (["登记 2024-03-04 09:00"], three),
        (["登记 2024-03-04 09:00", "补正 2024-03-05 10:00", "补正完成 2024-03-05 17:00"], three),
        (["登记 2024-03-04 09:00", "补正 2024-03-05 10:00", "补正完成 2024-03-06 08:00"], three),
        # the 5th, the 7th and the 12th are counted
        (twice, three),
        (["登记 2024-03-04 09:00"], ten),
        # ten days end on the 14th, on the 15th with one day out, on the 19th with five
        (["登记 2024-03-04 09:00", "补正 2024-03-05 10:00", "补正完成 2024-03-06 08:00"], ten),
        (twice, ten),
        cutoff=CUTOFF,
    )
    assert dues(told) == [
        "2024-03-07 18:00", "2024-03-07 18:00", "2024-03-08 18:00", "2024-03-12 18:00",
        "2024-03-15 00:00", "2024-03-16 00:00", "2024-03-20 00:00",
    ]  # fmt: skip


def test_a_clock_that_stands_still_at_the_cutoff_is_suspended(hold: Hold) -> None:
    """However long ago; without a due date, for nobody knows when it will run again."""
    steps = ["登记 2024-03-04 09:00", "补正 2024-03-04 10:00"]
    limits = ["4 h", "3 working days", "10 days"]
    told = hold(*((steps, {**PAUSE, "limit": limit}) for limit in limits), cutoff=CUTOFF)
    assert words(told) == ["suspended"] * 3
    assert dues(told) == [None] * 3
    assert [row and row["used_hours"] for row in told] == [1.0] * 3
    before = hold((steps, {**PAUSE, "limit": "4 h"}), cutoff="2024-03-04 09:30")
    assert words(before) == ["pending"]


def test_what_is_done_while_the_clock_stands_is_met(hold: Hold) -> None:
    """Before the resumption, or without one."""
    limit = {**PAUSE, "limit": "4 h"}
    told = hold(
        (["登记 2024-03-04 09:00", "补正 2024-03-04 10:00", "办结 2024-03-15 10:00"], limit),
        (["登记 2024-03-04 09:00", "补正 2024-03-04 10:00", "办结 2024-03-15 10:00",
          "补正完成 2024-03-18 10:00"], limit),
        # resumed after one hour of use: three are left; four hours of the 15th and 18th are used
        (["登记 2024-03-04 09:00", "补正 2024-03-04 10:00", "补正完成 2024-03-15 15:00",
          "办结 2024-03-18 09:30"], limit),
    )  # fmt: skip
    assert words(told) == ["met", "met", "late"]
    last = told[2]
    assert last
    assert (last["used_hours"], last["over_hours"]) == (5.0, 1.0)
    assert last["due"] == "2024-03-15 18:00:00"


def test_a_pause_after_the_time_is_used_up_does_not_mend_it(hold: Hold) -> None:
    """Due at 15:30: a suspension at 16:00 comes too late, one at 15:00 does not."""
    limit = {**PAUSE, "limit": "4 h"}
    told = hold(
        (["登记 2024-03-05 09:00", "补正 2024-03-05 16:00", "补正完成 2024-03-06 10:00",
          "办结 2024-03-06 11:00"], limit),
        (["登记 2024-03-05 09:00", "补正 2024-03-05 15:00", "补正完成 2024-03-06 10:00",
          "办结 2024-03-06 10:30"], limit),
    )  # fmt: skip
    assert words(told) == ["late", "met"]
    assert dues(told) == ["2024-03-05 15:30", "2024-03-06 10:30"]


def test_a_pause_that_began_before_the_clock_holds_it_from_its_start(hold: Hold) -> None:
    """Suspended at 8:40, registered at 9:00, resumed at 10:00: four hours from ten."""
    limit = {**PAUSE, "limit": "4 h"}
    told = hold(
        (["补正 2024-03-05 08:40", "登记 2024-03-05 09:00", "补正完成 2024-03-05 10:00"], limit),
        (["补正 2024-03-05 08:40", "补正完成 2024-03-05 08:50", "登记 2024-03-05 09:00"], limit),
        cutoff=CUTOFF,
    )
    assert dues(told) == ["2024-03-05 16:30", "2024-03-05 15:30"]


def test_a_second_suspension_before_the_resumption_changes_nothing(hold: Hold) -> None:
    """And a resumption without a suspension is none."""
    limit = {**PAUSE, "limit": "4 h"}
    told = hold(
        (["登记 2024-03-05 09:00", "补正 2024-03-05 10:00", "补正 2024-03-05 10:30",
          "补正完成 2024-03-05 11:00"], limit),
        (["登记 2024-03-05 09:00", "补正完成 2024-03-05 10:00"], limit),
        (["登记 2024-03-05 09:00", "补正 2024-03-05 10:00", "补正完成 2024-03-05 11:00",
          "补正完成 2024-03-05 12:00"], limit),
        cutoff=CUTOFF,
    )  # fmt: skip
    assert dues(told) == ["2024-03-05 16:30", "2024-03-05 15:30", "2024-03-05 16:30"]


def test_only_the_standards_own_activities_stop_its_clock(hold: Hold) -> None:
    """Several may; another standard's do not."""
    steps = ["登记 2024-03-05 09:00", "听证 2024-03-05 10:00", "听证结束 2024-03-05 11:00"]
    several = {"suspend": "补正|听证", "resume": "补正完成|听证结束"}
    told = hold(
        (steps, {**PAUSE, "limit": "4 h"}),
        (steps, {**PAUSE, **several, "limit": "4 h"}),
        cutoff=CUTOFF,
    )
    assert dues(told) == ["2024-03-05 15:30", "2024-03-05 16:30"]


@pytest.mark.parametrize("limit", ["same day", "1 working day", "1 day"])
def test_suspended_on_the_last_day_it_is_suspended_at_the_cutoff(hold: Hold, limit: str) -> None:
    """Stopped before it was due, never resumed: the clock stands still at the cut-off."""
    begun = "2024-03-05 09:00" if limit == "same day" else "2024-03-04 09:00"
    (row,) = hold(
        ([f"登记 {begun}", "补正 2024-03-05 10:00"], {**PAUSE, "limit": limit}), cutoff=CUTOFF
    )
    assert row
    assert row["verdict"] == "suspended"
