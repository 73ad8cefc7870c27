"""Due dates, worked out by hand from the yearly notices and article 201 of the Civil Code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import efficiency as eff

Hold = Callable[..., list[dict[str, Any] | None]]
CUTOFF = "2026-12-31 18:00"
DUE = [
    # working minutes and hours: they stand still outside office spans
    ("30 min", "2024-03-05 17:25", "2024-03-05 17:55"),
    ("30 min", "2024-03-05 17:30", "2024-03-05 18:00"),  # used up at the close, not next morning
    ("30 min", "2024-03-05 17:45", "2024-03-06 08:45"),
    ("30 min", "2024-03-05 12:00", "2024-03-05 15:00"),
    ("30 min", "2024-03-05 11:30", "2024-03-05 12:00"),
    ("30 min", "2024-03-05 22:00", "2024-03-06 09:00"),
    ("30 min", "2024-10-12 10:00", "2024-10-12 10:30"),  # a make-up Saturday
    ("2 h", "2024-09-30 16:50", "2024-10-08 09:20"),  # National Day
    ("2 h", "2024-02-09 17:00", "2024-02-18 09:30"),  # Spring Festival ends in a make-up Sunday
    ("1.5 h", "2025-12-31 17:30", "2026-01-04 09:30"),  # over New Year into a make-up Sunday
    ("7 h", "2024-03-05 08:30", "2024-03-05 18:00"),
    ("7 h", "2024-03-05 08:30:01", "2024-03-06 08:30:01"),
    # working days: the day of the start is not counted
    ("1 working day", "2024-03-05 08:30", "2024-03-06 18:00"),
    ("1 working day", "2024-03-05 23:00", "2024-03-06 18:00"),
    ("1 working day", "2024-09-30 16:50", "2024-10-08 18:00"),
    ("1 working day", "2024-10-11 16:50", "2024-10-12 18:00"),
    ("1 working day", "2024-03-09 10:00", "2024-03-11 18:00"),  # a Saturday
    ("5 working days", "2024-02-05 09:00", "2024-02-18 18:00"),
    # calendar days: to 24:00, or to the close of the next working day
    ("10 days", "2024-03-05 09:00", "2024-03-16 00:00"),
    ("10 days", "2024-03-06 09:00", "2024-03-18 18:00"),  # ends on Saturday the 16th
    ("10 days", "2024-02-02 09:00", "2024-02-18 18:00"),  # ends on the 12th, in Spring Festival
    ("1 day", "2024-10-11 09:00", "2024-10-13 00:00"),  # a make-up Saturday is a working day
    ("1 days", "2024-02-28 09:00", "2024-03-01 00:00"),  # a leap year
    # same day
    ("same day", "2024-03-05 09:00", "2024-03-05 18:00"),
    ("same day", "2024-03-05 18:00", "2024-03-05 18:00"),
    ("same day", "2024-03-05 18:00:01", "2024-03-06 18:00"),
    ("same day", "2024-03-05 07:00", "2024-03-05 18:00"),  # before opening
    ("same day", "2024-09-30 18:30", "2024-10-08 18:00"),
    ("same day", "2024-10-12 09:00", "2024-10-12 18:00"),
    ("same day", "2024-10-13 09:00", "2024-10-14 18:00"),  # a Sunday
    # at least so long before: the last moment that leaves enough
    ("-30 min", "2024-03-05 10:00", "2024-03-05 09:30"),
    ("-30 min", "2024-03-05 14:45", "2024-03-05 11:45"),
    ("-30 min", "2024-03-05 15:00", "2024-03-05 14:30"),
    ("-30 min", "2024-10-08 08:40", "2024-09-30 17:40"),
]


def seconds(text: str) -> str:
    """Write a moment as it is shown."""
    return text if len(text) > len("2024-03-05 09:00") else f"{text}:00"


def test_due_dates(hold: Hold) -> None:
    """Every kind of limit, around every turn of the calendar."""
    early = (["登记 2024-01-02 09:00"], {"limit": "1 day"})
    pairs = [([f"登记 {begun}"], {"limit": limit}) for limit, begun, _ in DUE]
    told = hold(*pairs, early, cutoff=CUTOFF)[:-1]
    got = [
        (limit, begun, row and row["due"]) for (limit, begun, _), row in zip(DUE, told, strict=True)
    ]
    assert got == [(limit, begun, seconds(due)) for limit, begun, due in DUE]


def test_the_wall_clock_never_stands_still(hold: Hold) -> None:
    """Over nights, weekends and holidays."""
    begun = {"30 min": "2024-03-05 23:45", "20 min": "2024-10-01 12:00", "30 h": "2024-02-09 18:00"}
    told = hold(
        *(([f"登记 {at}"], {"limit": limit, "clock": "elapsed"}) for limit, at in begun.items()),
        (["登记 2024-03-05 00:10"], {"limit": "-30 min", "clock": "elapsed"}),
        cutoff=CUTOFF,
    )
    assert [row and row["due"] for row in told] == [
        "2024-03-06 00:15:00", "2024-10-01 12:20:00", "2024-02-11 00:00:00", "2024-03-04 23:40:00",
    ]  # fmt: skip


def test_met_means_at_or_before_due(hold: Hold) -> None:
    """To the second; a night in which the clock stands still is no grace."""
    half, day = {"limit": "30 min"}, {"limit": "1 working day"}
    ten, back = {"limit": "10 days"}, {"limit": "-30 min"}
    told = hold(
        (["登记 2024-03-05 17:30", "转办 2024-03-05 18:00:00"], half),
        (["登记 2024-03-05 17:30", "转办 2024-03-05 18:00:01"], half),
        (["登记 2024-03-05 09:00", "转办 2024-03-06 18:00:00"], day),
        (["登记 2024-03-05 09:00", "转办 2024-03-06 18:00:01"], day),
        (["登记 2024-03-05 09:00", "转办 2024-03-16 00:00:00"], ten),
        (["登记 2024-03-05 09:00", "转办 2024-03-16 00:00:01"], ten),
        (["登记 2024-03-05 10:00", "转办 2024-03-05 09:30:00"], back),
        (["登记 2024-03-05 10:00", "转办 2024-03-05 09:30:01"], back),
    )
    assert [row and row["verdict"] for row in told] == ["met", "late"] * 4


def test_at_the_cutoff_a_clock_is_pending_or_overdue(hold: Hold) -> None:
    """Due at the very cut-off is not yet past due."""
    told = hold(
        (["登记 2024-03-05 09:00"], {"limit": "1 working day"}),
        (["登记 2024-03-04 09:00"], {"limit": "1 working day"}),
        (["登记 2024-03-06 17:30"], {"limit": "30 min"}),
        (["登记 2024-03-06 17:29:59"], {"limit": "30 min"}),
        (["登记 2024-02-25 09:00"], {"limit": "10 days"}),
        cutoff="2024-03-06 18:00",
    )
    assert [row and row["verdict"] for row in told] == [
        "pending", "overdue", "pending", "overdue", "pending",
    ]  # fmt: skip


def test_hours_used_and_hours_over(hold: Hold) -> None:
    """On the limit's clock, working hours for limits in days; to the cut-off while open."""
    told = hold(
        (["登记 2024-03-05 17:25", "转办 2024-03-06 08:45"], {"limit": "30 min"}),
        (
            ["登记 2024-03-05 17:25", "转办 2024-03-06 08:45"],
            {"limit": "30 min", "clock": "elapsed"},
        ),
        (["登记 2024-03-05 17:00", "转办 2024-03-07 09:00"], {"limit": "1 working day"}),
        (["登记 2024-03-05 17:00"], {"limit": "1 working day"}),
        (["登记 2024-03-05 17:00", "转办 2024-03-05 17:45"], {"limit": "same day"}),
        (["登记 2024-02-23 17:00", "转办 2024-03-08 10:00"], {"limit": "10 days"}),
        cutoff="2024-03-08 10:00",
    )
    used = [round(row["used_hours"], 4) for row in told if row]
    assert used == [0.8333, 15.3333, 1 + 7 + 0.5, 1 + 7 + 7 + 1.5, 0.75, 1 + 9 * 7 + 1.5]
    over = [row["over_hours"] and round(row["over_hours"], 4) for row in told if row]
    # The ten days end on Monday 4 March at 24:00: four days and 90 minutes of office time ago.
    assert over == [0.3333, 14.8333, 0.5, 7 + 1.5, None, 3 * 7 + 1.5]


def test_seasons_and_duty_desks_have_deadlines_of_their_own(hold: Hold, tmp_path: Path) -> None:
    """Summer hours end at 18:30; the duty desk works at night and on holidays."""
    path = tmp_path / "calendar.toml"
    path.write_text(
        '[[seasons]]\nfrom = "07-01"\nto = "09-30"\nhours = ["08:30-12:00", "15:00-18:30"]\n'
        '[units."值班室"]\nhours = ["00:00-24:00"]\nevery_day = true\n',
        encoding="utf-8",
    )
    calendar = eff.read_calendar(path)
    limits = ["30 min", "same day", "1 working day", "10 days"]
    cases = [(["登记 2024-09-30 18:20"], {"limit": limit}) for limit in limits]
    office = hold(*cases, cutoff=CUTOFF, calendar=calendar)
    assert [row and row["due"] for row in office] == [
        "2024-10-08 08:50:00", "2024-09-30 18:30:00", "2024-10-08 18:00:00", "2024-10-11 00:00:00",
    ]  # fmt: skip
    duty = hold(*cases, cutoff=CUTOFF, calendar=calendar, unit="值班室")
    assert [row and row["due"] for row in duty] == [
        "2024-09-30 18:50:00", "2024-10-01 00:00:00", "2024-10-02 00:00:00", "2024-10-11 00:00:00",
    ]  # fmt: skip


def test_the_longest_limits_stay_inside_the_calendar(hold: Hold) -> None:
    """Ten years, of which the later ones are estimates."""
    told = hold(
        (["登记 2024-03-05 09:00"], {"limit": "2500 working days"}),
        (["登记 2024-03-05 09:00"], {"limit": "3653 days"}),
        (["登记 2024-03-05 09:00"], {"limit": "17500 h"}),
        cutoff="2024-03-06 09:00",
    )
    assert [row and row["verdict"] for row in told] == ["pending"] * 3
    assert all(row and row["due"] > "2034-01-01" for row in told)


def test_a_limit_that_looks_back_beyond_the_log_has_its_due(hold: Hold) -> None:
    """Monday 08:40 less 30 minutes is Friday 17:40, also where the log begins on Monday."""
    (row,) = hold((["登记 2024-03-11 08:40", "转办 2024-03-11 08:35"], {"limit": "-30 min"}))
    assert row
    assert (row["verdict"], row["due"]) == ("late", "2024-03-08 17:40:00")
