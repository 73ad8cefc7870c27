"""Times that are doubtful: a year apart, all at once, at night, one a row."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from efficiency.evidence.log.quality import log_quality

Make = Callable[..., pd.DataFrame]


def found(log: pd.DataFrame, check: str) -> list[tuple[int, str]]:
    told = log_quality(log)
    told = told[told["check"] == check]
    return list(told[["n", "rows"]].itertuples(index=False, name=None))


def test_numbers_that_restart_each_year(make_log: Make) -> None:
    """0001 begins anew in 2024; 0002 goes on over New Year, 0003 comes back within the year."""
    log = make_log(
        ("0001", "登记", "2023-03-06 09:00"), ("0001", "办结", "2023-03-07 09:00"),
        ("0001", "登记", "2024-03-06 09:00"), ("0001", "办结", "2024-03-08 09:00"),
        ("0002", "登记", "2023-12-30 09:00"), ("0002", "办结", "2024-01-03 09:00"),
        ("0003", "登记", "2023-01-03 09:00"), ("0003", "登记", "2023-12-20 09:00"),
    )  # fmt: skip
    assert found(log, "restarted_ids") == [(1, "3")]


def test_a_case_that_was_entered_all_at_once(make_log: Make) -> None:
    at = "2024-03-05 09:00"
    log = make_log(*[("1", name, at) for name in "abc"], ("2", "a", at), ("2", "b", "2024-03-06"))
    assert found(log, "one_moment") == [(1, "1")]


def test_a_log_that_cannot_tell_what_is_open(make_log: Make) -> None:
    log = make_log(("1", "a", "2024-03-05 09:00"), ("2", "a", "2024-03-06 09:00"))
    assert found(log, "one_stamp") == [(2, "1;2")]
    assert found(log.assign(start=log["end"]), "one_stamp") == []
    assert (
        found(log.assign(end=log["end"].where([True, False]), start=log["end"]), "one_stamp") == []
    )


def test_much_at_night(make_log: Make) -> None:
    """Two of five at night; a date without a time says nothing."""
    hours = ["23:30", "05:59", "06:00", "12:00", "21:59"]
    log = make_log(*[("1", "a", f"2024-03-05 {hour}") for hour in hours])
    assert found(log, "night") == [(2, "1;2")]
    assert found(log.iloc[1:], "night") == []
    assert found(log.assign(end_precision="day"), "night") == []
